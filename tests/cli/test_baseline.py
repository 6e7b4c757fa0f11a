#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five years with every process on: no mission fails, and nothing runs away."""
import statistics
import unittest

from program import SCENARIOS
from study import StudyTest

BASELINE = SCENARIOS / "baseline_2025_2030.cfg"
CONDITIONS = SCENARIOS / "baseline_conditions.cfg"
MISSIONS = 200
YEARS = 1826 / 365.25


class Baseline(StudyTest):
    def rows(self, scenario, missions, *arguments):
        """Each metric's value in every mission, none of which failed."""
        self.mc("-n", missions, "-o", "x.h5", *arguments, scenario=scenario)
        file = self.open("x.h5")
        rows = file["replications"]
        self.assertEqual(len(rows["arrivals"]), missions)
        self.assertEqual(len(file["failed"]["replication"]), 0)
        return rows

    def is_within(self, low, values, high):
        middle = statistics.median(float(value) for value in values)
        self.assertGreater(middle, low)
        self.assertLess(middle, high)

    def test_five_years_stay_within_what_is_known_of_the_station(self):
        rows = self.rows(BASELINE, MISSIONS, "--series", "crew,reserve_food,reserve_oxygen")
        # From 2013 to 2025 12.3 a year, with 21 to 24 t from 2020 on, and seven people.
        self.is_within(9 * YEARS, rows["arrivals"], 15 * YEARS)
        self.is_within(17e3 * YEARS, rows["upmass_kg"], 25e3 * YEARS)
        self.is_within(6.3 * 1826, rows["crew_days"], 7.6 * 1826)
        self.is_within(2.5 * YEARS, rows["evas"], 8 * YEARS)
        self.is_within(60, [hours / 260.9 for hours in rows["research_h"]], 105)
        self.nothing_runs_out(rows)
        self.nothing_drifts()

    def nothing_runs_out(self, rows):
        for name, days in (("food", 60), ("water_us", 30), ("water_rs", 30),
                           ("oxygen", 20), ("nitrogen", 60), ("propellant", 700)):  # fmt: skip
            self.is_within(days, rows[f"lowest.{name}_d"], 3000)
        self.is_within(-1, rows["repair_backlog"], 0.5)
        self.is_within(410, rows["altitude_min_km"], 420)

    def nothing_drifts(self):
        """The median at each moment."""
        fans = self.open("x.h5")["fans"]
        names = [name.decode() for name in fans["series"][:]]
        middle = list(fans["quantile"][:]).index(0.5)
        for name, low, high in (("crew", 6, 12), ("reserve_food", 100, 240),
                                ("reserve_oxygen", 35, 60)):  # fmt: skip
            course = fans["value"][names.index(name), :, middle]
            self.assertGreaterEqual(min(course), low, name)
            self.assertLessEqual(max(course), high, name)

    def test_conditions_run_as_well(self):
        rows = self.rows(CONDITIONS, 20)
        self.is_within(50, rows["medical_events"], 5000)


if __name__ == "__main__":
    unittest.main()
