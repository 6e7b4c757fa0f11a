#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers of scenarios/history.cfg are those that its generator writes."""
import csv
import filecmp
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCENARIOS = pathlib.Path(os.environ["ISSSIM_SOURCE"], "scenarios")


class Layers(unittest.TestCase):
    def test_the_generator_writes_what_is_shipped(self):
        shipped = SCENARIOS / "library" / "history"
        with tempfile.TemporaryDirectory(prefix="isssim-history-") as folder:
            subprocess.run([sys.executable, SCENARIOS / "history" / "make_history.py",
                            folder], check=True, timeout=60)
            made = sorted(path.name for path in pathlib.Path(folder).iterdir())
            self.assertEqual(len(made), 8)
            _, differ, missing = filecmp.cmpfiles(folder, shipped, made, shallow=False)
        self.assertEqual((differ, missing), ([], []))

    def test_every_fact_names_its_source(self):
        for name in ("crewed", "cargo", "other", "moves", "stays", "ports", "expeditions",
                     "commanders"):
            path = SCENARIOS / "history" / "facts" / f"{name}.csv"
            with open(path, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    self.assertTrue(row["source"], (name, row))
                    self.assertNotIn(None, row, name)  # a comma too many


if __name__ == "__main__":
    unittest.main()
