#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are the values of the sample of a study (tests/unit/store/study_sample.h) what a
reader gets, from h5py and from xarray with both of its engines?

Usage: check_study.py WRITE_STUDY FOLDER
"""
import functools
import pathlib
import subprocess
import sys
import unittest

import check_file  # first: it skips when the readers aren't there
import h5py
import numpy as np
import xarray as xr

ROWS = 3000
METRICS = ["crew_mean", "stay.longest_d", "docked.Поиск"]
WRITER, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
R = np.arange(ROWS, dtype=np.uint64)
FAILED = R % 97 == 13


@functools.cache
def write(name, *arguments):
    path = FOLDER / name
    subprocess.run([WRITER, path, *map(str, arguments)], check=True)
    return path


class Contract(unittest.TestCase):
    def test_study_keeps_the_contract(self):
        for rows in (0, 1, ROWS):
            path = write(f"study{rows}.h5", rows)
            self.assertEqual(check_file.Checker(str(path)).run(), [])

    def test_incomplete_study_keeps_it_but_for_that(self):
        path = write("stopped.h5", 100, 5000)
        self.assertEqual(check_file.Checker(str(path)).run(),
                         [f"{path}: /: not complete"])


class H5py(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = h5py.File(write(f"study{ROWS}.h5", ROWS), "r")
        cls.addClassCleanup(cls.file.close)

    def test_head(self):
        head = self.file.attrs
        self.assertEqual(head["filetype"], "isssim/mc")
        self.assertEqual(head["seed"], 2**64 - 2)
        self.assertEqual(head["requested"], ROWS)
        self.assertEqual(head["complete"], 1)
        self.assertNotIn("replication", head)
        self.assertNotIn("shard_count", head)

    def test_incomplete_head(self):
        with h5py.File(write("stopped.h5", 100, 5000), "r") as file:
            self.assertEqual(file.attrs["complete"], 0)
            self.assertEqual(file.attrs["requested"], 5000)
            self.assertEqual(len(file["replications/replication"]), 100)

    def test_columns_stand_in_their_order_in_one_piece(self):
        order = []
        low = self.file["replications"].id
        low.links.visit(lambda name: order.append(name.decode()),
                        idx_type=h5py.h5.INDEX_CRT_ORDER)
        self.assertEqual(order,
                         ["replication", "fingerprint", "events", "status"] + METRICS)
        for name in order:
            self.assertIsNone(self.file["replications"][name].chunks)

    def test_numbers_are_exact(self):
        rows = self.file["replications"]
        np.testing.assert_array_equal(rows["replication"], R)
        np.testing.assert_array_equal(rows["fingerprint"],
                                      R * np.uint64(0x9E3779B97F4A7C15))
        np.testing.assert_array_equal(rows["events"], 100 + R % 50)
        crew = 6 + (R % 1000) / 1000
        np.testing.assert_array_equal(rows["crew_mean"], np.where(FAILED, np.nan, crew))
        self.assertEqual(rows["stay.longest_d"].attrs["units"], "d")

    def test_statuses_have_names(self):
        status = self.file["replications/status"]
        names = np.array(status.attrs["flag_meanings"].split())
        found = names[status[...]]
        np.testing.assert_array_equal(found, np.where(FAILED, "ERR_EVENT_LIMIT", "OK"))


class Xarray:
    """What both engines have to give."""

    def open(self, group):
        seen = xr.open_dataset(write(f"study{ROWS}.h5", ROWS), engine=self.engine,
                               group=group)
        self.addCleanup(seen.close)
        return seen.load()

    def test_rows(self):
        rows = self.open("replications")
        self.assertEqual(rows.sizes["replication"], ROWS)
        self.assertEqual(rows["docked.Поиск"].dims, ("replication",))
        self.assertEqual(float(rows["crew_mean"].sel(replication=2)), 6.002)
        self.assertEqual(rows["fingerprint"].dtype, np.uint64)

    def test_fan_counts(self):
        counts = self.open("fan_counts")
        self.assertEqual(counts["crew"].dims, ("time", "value_crew"))
        self.assertEqual(counts["water"].shape, (5, 3))
        np.testing.assert_array_equal(counts["crew"].sum("value_crew"),
                                      np.full(5, (~FAILED).sum()))
        self.assertEqual(int(counts["crew"].sel(value_crew=7)[0]),
                         int((~FAILED & (R % 8 == 7)).sum()))
        self.assertEqual(counts["time"].values[1],
                         np.datetime64("2022-12-16T00:45:52", "ns"))

    def test_tables_and_traces(self):
        self.assertEqual(list(self.open("summary")["metric"].values), METRICS)
        self.assertEqual(self.open("traces/r000003/events").sizes["time"], 10)


class H5netcdf(Xarray, unittest.TestCase):
    engine = "h5netcdf"


class Netcdf4(Xarray, unittest.TestCase):
    engine = "netcdf4"


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], warnings="ignore")
