#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are the values of the sample (tests/unit/outcome/sample.h) what a reader gets?

Usage: check_sample.py WRITE_SAMPLE FOLDER

Writes the sample with the program WRITE_SAMPLE into FOLDER, checks the contract with
check_file, then each value in h5py and in xarray with both of its engines.
"""
import datetime
import functools
import json
import pathlib
import shutil
import subprocess
import sys
import unittest

import check_file  # first: it skips when the readers aren't there
import h5py
import numpy as np
import xarray as xr

EPOCH = np.datetime64("2022-12-15T00:45:52", "ns")
PORTS = ["Rassvet", "Поиск", "Harmony forward"]
NOTES = ["", "two\nlines", '"quoted" \\ ü', ""]
EVENTS = 70000  # more than a chunk
WRITER, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])


@functools.cache
def write(name, *arguments):
    path = FOLDER / name
    subprocess.run([WRITER, path, *map(str, arguments)], check=True)
    return path


def event_us(count):
    """The times of the sample's events; see sample_events()."""
    return np.array([i * 12345678901 + i % 7 for i in range(count)])


class Contract(unittest.TestCase):
    def test_sample_keeps_the_contract(self):
        for events in (0, 1, 10, EVENTS):
            path = write(f"sample{events}.h5", events)
            self.assertEqual(check_file.Checker(str(path)).run(), [])

    def test_bare_file_keeps_the_contract(self):
        path = write("bare.h5", 0, "bare")
        self.assertEqual(check_file.Checker(str(path)).run(), [])


class H5py(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = h5py.File(write(f"sample{EVENTS}.h5", EVENTS), "r")
        cls.addClassCleanup(cls.file.close)

    def test_head(self):
        head = self.file.attrs
        self.assertEqual(head["seed"], 2**64 - 1)
        self.assertEqual(head["replication"], 3)
        self.assertEqual(head["title"], "A sample: Союз")
        self.assertEqual(head["epoch"], "2022-12-15T00:45:52Z")
        self.assertEqual(head["rng"], "philox4x64-10")
        self.assertEqual(head["Conventions"], "CF-1.10")

    def test_numbers_are_exact(self):
        events = self.file["events"]
        i = np.arange(EVENTS, dtype=np.uint64)
        np.testing.assert_array_equal(events["sequence"], 9000000000 + i)
        np.testing.assert_array_equal(events["fingerprint"],
                                      np.uint64(0xFFFFFFFFFFFFFFF0) - i * i)
        np.testing.assert_array_equal(events["port"], (i % 4).astype(int) - 1)
        np.testing.assert_array_equal(events["value"],
                                      np.where(i % 2 == 1, 0.5 * i, np.nan))

    def test_texts(self):
        self.assertEqual(list(self.file["ports/name"].asstr()), PORTS)
        self.assertEqual(list(self.file["notes/text"].asstr()), NOTES)
        self.assertEqual(self.file["people/agency"].shape, (0,))

    def test_long_columns_are_chunked_and_deflated(self):
        time = self.file["events/time"]
        self.assertEqual(time.chunks, (65536,))
        self.assertTrue(time.shuffle)
        self.assertEqual((time.compression, time.compression_opts), ("gzip", 1))
        self.assertIsNone(self.file["state/crew"].chunks)

    def test_columns_stand_in_their_order(self):
        order = []
        low = self.file["events"].id
        low.links.visit(lambda name: order.append(name.decode()),
                        idx_type=h5py.h5.INDEX_CRT_ORDER)
        self.assertEqual(order, ["time", "type", "port", "value", "planned", "crewed",
                                 "sequence", "fingerprint"])

    def test_provenance(self):
        group = self.file["provenance"]
        self.assertEqual(group["scenario_text"].asstr()[()], 'title = "x";\n')
        self.assertEqual(list(group["overrides"].asstr()), ["seed=7", 'horizon="200 d"'])
        self.assertEqual(list(group["files/path"].asstr()),
                         ["soyuz_leak.cfg", "library/?port.cfg"])
        self.assertEqual(list(group["files/sha256"].asstr()), ["aa00", "bb11"])
        self.assertEqual(list(group["files/text"].asstr()), ['title = "x";\n', ""])
        self.assertEqual(group.attrs["elapsed_s"], 1.25)
        self.assertIn("GSL 2.7.1", group.attrs["libraries"])
        self.assertGreater(group.attrs["max_rss"], 2**20)
        started = datetime.datetime.fromisoformat(group.attrs["started"].rstrip("Z"))
        age = datetime.datetime.utcnow() - started
        self.assertLess(abs(age.total_seconds()), 3600)

    def test_json_is_json(self):
        document = json.loads(self.file["provenance/json"].asstr()[()])
        self.assertEqual(int(document["seed"]), 2**64 - 1)
        self.assertEqual(document["title"], "A sample: Союз")
        self.assertEqual(document["overrides"][1], 'horizon="200 d"')
        self.assertEqual(document["files"][0], {"path": "soyuz_leak.cfg", "sha256": "aa00"})
        self.assertEqual(document["elapsed_s"], 1.25)


class Xarray:
    """What both engines have to give."""

    def open(self, group, events=EVENTS):
        path = write(f"sample{events}.h5", events)
        seen = xr.open_dataset(path, engine=self.engine, group=group)
        self.addCleanup(seen.close)
        return seen.load()

    def test_times_are_exact(self):
        time = self.open("events")["time"].values
        wanted = EPOCH + event_us(EVENTS).astype("m8[us]").astype("m8[ns]")
        np.testing.assert_array_equal(time, wanted)

    def test_unknown_times_are_nat(self):
        events = self.open("events")
        planned, time = events["planned"].values, events["time"].values
        unknown = np.arange(EVENTS) % 2 == 0
        np.testing.assert_array_equal(np.isnat(planned), unknown)
        off = planned[~unknown] - (time[~unknown] - np.timedelta64(1, "D"))
        # xarray goes through float64 nanoseconds: 27 years are good to 64 of them.
        self.assertLessEqual(abs(off.astype(int)).max(), 64)

    def test_flags_are_booleans(self):
        events = self.open("events")
        self.assertEqual(events["crewed"].dtype, bool)
        np.testing.assert_array_equal(events["crewed"], np.arange(EVENTS) % 3 == 2)

    def test_durations_stay_numbers(self):
        self.assertEqual(self.open("events")["value"].dtype, np.float64)

    def test_codes_have_meanings(self):
        kind = self.open("events")["type"]
        words = np.array(kind.attrs["flag_meanings"].split())
        self.assertEqual(list(words[kind.values[:4]]), ["launch", "dock", "land", "launch"])

    def test_columns_across_a_table_have_its_coordinate(self):
        state = self.open("state")
        self.assertEqual(state["docked"].dims, ("time", "port"))
        self.assertEqual(list(state["port"].values), PORTS)
        self.assertTrue(state["docked"].sel(port="Поиск").values[1])
        self.assertEqual(state["load"].sel(port="Rassvet").values[3], 7003.5)
        self.assertTrue(np.isnan(state["load"].values[0, 1]))
        self.assertEqual(state["until"].values[2, 2], EPOCH + np.timedelta64(2, "D"))
        self.assertTrue(np.isnat(state["until"].values[2, 1]))
        self.assertEqual(state["remark"].values[1, 1], "seen")
        self.assertEqual(state["remark"].values[1, 2], "")
        self.assertEqual(state["aboard"].shape, (5, 0))
        self.assertEqual(state["wanted"].dims, ("time", "port", "note"))
        self.assertEqual(state["wanted"].sel(port="Harmony forward").values[2, 1], 2)
        self.assertEqual(int(state["wanted"].notnull().sum()), 5)

    def test_texts(self):
        self.assertEqual(list(self.open("notes")["text"].values), NOTES)
        self.assertEqual(self.open("provenance/files")["text"].values[0], 'title = "x";\n')

    def test_empty_tables_have_their_columns(self):
        failures = self.open("failures")
        self.assertEqual(failures.sizes["time"], 0)
        self.assertEqual(len(failures.variables), 8)
        self.assertEqual(self.open("people")["agency"].shape, (0,))
        self.assertEqual(self.open("events", 0).sizes["time"], 0)


class H5netcdf(Xarray, unittest.TestCase):
    engine = "h5netcdf"


class Netcdf4(Xarray, unittest.TestCase):
    engine = "netcdf4"


class Mutants(unittest.TestCase):
    """The contract's checker finds what it is there to find."""

    def complains(self, change, about):
        path = shutil.copy(write("sample10.h5", 10), FOLDER / "mutant.h5")
        with h5py.File(path, "r+") as file:
            change(file)
        problems = check_file.Checker(str(path)).run()
        self.assertTrue(any(about in p for p in problems), problems)

    def test_attributes_are_missed(self):
        for name in ("units", "long_name"):
            self.complains(lambda f, n=name: f["events/value"].attrs.__delitem__(n),
                           f"no {name}")
        self.complains(lambda f: f.attrs.__setitem__("complete", np.int32(0)),
                       "not complete")

    def test_time_spans_are_found(self):
        self.complains(lambda f: f["events/value"].attrs.__setitem__("units", "days"),
                       "time span")

    def test_forbidden_types_are_found(self):
        enum = h5py.enum_dtype({"a": 0, "b": 1}, basetype="u1")
        for value in (np.array([b"ab"]), np.array([True]), np.zeros(1, "i4,f8")):
            self.complains(lambda f, v=value: f["events"].__setitem__("bad", v),
                           "forbidden type")
        self.complains(lambda f: f["events"].create_dataset("bad", (1,), enum),
                       "forbidden type")

    def test_missing_scales_are_found(self):
        self.complains(lambda f: f["events/value"].dims[0].detach_scale(f["events/time"]),
                       "0 scales")

    def test_wild_references_and_codes_are_found(self):
        self.complains(lambda f: f["events/port"].__setitem__(0, 3), "points outside")
        self.complains(lambda f: f["events/type"].__setitem__(0, 3), "without a meaning")

    def test_stray_nat_is_found(self):
        self.complains(lambda f: f["events/time"].__setitem__(0, check_file.NO_TIME),
                       "without a _FillValue")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], warnings="ignore")
