#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does numpy find in a study's rows what the engine's summary says?

Usage: check_summary.py WRITE_SUMMARY FOLDER
"""
import functools
import pathlib
import subprocess
import sys
import unittest

import check_file  # first: it skips when the readers aren't there
import numpy as np
import xarray as xr

WRITER, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SIZES = (0, 1, 2, 997, 20000)
METRICS = ["stay", "idle", "boats", "late"]


@functools.cache
def study(rows, engine="h5netcdf"):
    path = FOLDER / f"summary{rows}.h5"
    if not path.exists() or engine == "h5netcdf":
        subprocess.run([WRITER, path, str(rows)], check=True)
    return {group: xr.load_dataset(path, engine=engine, group=group)
            for group in ("rows", "summary", "fans", "counts", "failed", "quantiles")}


class Study(unittest.TestCase):
    def each(self):
        """Every metric of every size, with its numbers."""
        for rows in SIZES:
            tables = study(rows)
            for name in METRICS:
                with self.subTest(rows=rows, metric=name):
                    column = tables["rows"][name].values
                    yield tables["summary"].sel(metric=name), column[~np.isnan(column)]

    def test_files_keep_the_contract(self):
        for rows in SIZES:
            study(rows)
            path = str(FOLDER / f"summary{rows}.h5")
            self.assertEqual(check_file.Checker(path).run(), [])

    def test_quantiles_are_numpys_to_the_bit(self):
        for summary, numbers in self.each():
            if len(numbers):
                wanted = np.quantile(numbers, summary["quantile"].values)
                np.testing.assert_array_equal(summary["value"].values, wanted)
            else:
                self.assertTrue(np.isnan(summary["value"].values).all())

    def test_moments(self):
        for summary, numbers in self.each():
            self.assertEqual(summary["n"], len(numbers))
            self.assertEqual(summary["nonzero"], np.count_nonzero(numbers))
            if len(numbers) > 1:
                for name, wanted in (("mean", numbers.mean()), ("sd", numbers.std(ddof=1)),
                                     ("min", numbers.min()), ("max", numbers.max()),
                                     ("p_nonzero", np.mean(numbers != 0))):
                    np.testing.assert_allclose(summary[name], wanted, 1e-12, 1e-15)
                np.testing.assert_allclose(summary["mcse"],
                                           summary["sd"] / np.sqrt(len(numbers)), 1e-12)

    def test_missing_and_failed(self):
        for rows in SIZES:
            tables = study(rows)
            status = tables["rows"]["status"].values
            summary = tables["summary"]
            total = summary["n"] + summary["missing"] + np.count_nonzero(status)
            self.assertTrue((total == rows).all())
            np.testing.assert_array_equal(tables["failed"]["replication"],
                                          np.flatnonzero(status))
            np.testing.assert_array_equal(
                tables["failed"]["events"],
                tables["rows"]["events"].values[status != 0].astype(int))

    def test_counts(self):
        for rows in SIZES:
            tables = study(rows)
            for metric, name in enumerate(METRICS):
                counts = tables["counts"]
                mine = counts["metric"].values == metric
                column = tables["rows"][name].values
                values, times = np.unique(column[~np.isnan(column)], return_counts=True)
                if name not in ("boats", "late"):
                    values = times = []
                np.testing.assert_array_equal(counts["value"].values[mine], values)
                np.testing.assert_array_equal(counts["count"].values[mine], times)

    def test_fans(self):
        for engine in ("h5netcdf", "netcdf4"):
            tables = study(20000, engine)
            fans = tables["fans"].sel(series="crew")
            self.assertEqual(tables["fans"]["value"].dims, ("series", "time", "quantile"))
            self.assertEqual(fans["time"].values[1], np.datetime64("2030-01-02"))
            for moment in (0, 1):
                column = tables["rows"][f"crew{moment}"].values
                column = column[~np.isnan(column)]
                wanted = np.quantile(column, fans["quantile"].values)
                np.testing.assert_array_equal(fans["value"].values[moment], wanted)
                np.testing.assert_allclose(fans["mean"].values[moment], column.mean(), 1e-12)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], warnings="ignore")
