#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""December 2013: loop A's pump module is changed in two spacewalks within four days."""
import json
import unittest

from case import Case
from program import SCENARIOS

PUMP = SCENARIOS / "pump_module.cfg"
# The first of the two came ten days after the failure, by the clock of the record; nothing
# else fails.
AS_IT_WAS = ["--set", "eva.us_repair.preparation=9.98", "--set", "systems.loop_a.outings=2"]
ELSE = ("oga", "elektron", "cdra", "vozdukh", "upa", "wpa", "loop_b", "ammonia",
        "shunts", "chargers", "switches", "gyros", "external_computers", "us_computers",
        "ros_computers", "us_toilet", "ros_toilet")  # fmt: skip
ALONE = [word for name in ELSE for word in ("--set", f"systems.{name}.life=1e6")]


class Pump(Case):
    def run_case(self, *arguments):
        return super().run_case(PUMP, *AS_IT_WAS, *ALONE, *arguments)

    def dates(self, kind):
        return [row["time"] for row in self.table("events") if row["type"] == kind]

    def test_two_spacewalks_within_four_days_and_it_runs_again(self):
        story = self.run_case()
        self.assertIn("The EMU suits are out of use until 2014-10-07.", story)
        self.assertIn("2013-12-11 Cooling loop A fails. The repair of Cooling loop A takes 2 "
                      "spacewalks. While Cooling loop A is down 50 % of the research is lost.",
                      story)  # fmt: skip
        self.assertRegex(story, r"2013-12-21 Mastracchio and Hopkins go outside for \d\.\d hours "
                         r"\(US contingency: repair of Cooling loop A\); Wakata helps from "
                         r"inside")  # fmt: skip
        self.assertRegex(story, r"2013-12-24 Cooling loop A runs again after 13 days")
        first, second = self.dates("EVA_BEGINS")
        self.assertTrue(first.startswith("2013-12-21") and second <= "2013-12-25", second)
        self.assertEqual(self.metric("evas_contingency"), 2)
        self.assertEqual(self.metric("evas_planned"), 0)
        self.assertAlmostEqual(self.metric("eva_wait_d"), 9.98, delta=0.001)

    def test_the_backlog_is_of_repairs_inside(self):
        self.run_case("--set", "policy.eva_contingency_waiver=false",
                      "--set", "systems.us_toilet.life=30")  # fmt: skip
        out, _ = self.run_program("explain", "x.h5", "--why", "repair_backlog")
        self.assertNotIn("Cooling loop A", out)
        self.assertNotIn("The file accounts for", out)
        self.assertNotIn("e+", out)

    def test_nothing_of_later_years_fails(self):
        self.run_case()
        self.assertNotIn("brine", [row["id"] for row in self.table("systems")])

    def test_what_is_broken_or_waits_is_under_way(self):
        self.run_case()
        out, _ = self.run_program("explain", "x.h5", "--at", "2013-12-15")
        under_way = " ".join(out[out.index("Under way"):].split())
        self.assertIn("The EMU suits are out of use until 2014-10-07.", under_way)
        self.assertIn("Cooling loop A fails.", under_way)
        self.assertIn("The repair of Cooling loop A takes 2 spacewalks.", under_way)
        out, _ = self.run_program("explain", "x.h5", "--at", "2013-12-22")
        self.assertIn("Cooling loop A fails.", out)
        self.assertNotIn("takes 2 spacewalks", out)
        out, _ = self.run_program("explain", "x.h5", "--at", "2014-10-30")
        self.assertNotIn("Cooling loop A", out)
        self.assertNotIn("The EMU suits", out)

    def test_a_person_s_spacewalks_are_told(self):
        self.run_case()
        out, _ = self.run_program("explain", "x.h5", "--person", "mastracchio")
        self.assertRegex(out, r"2013-12-21 +Outside for \d\.\d hours: US contingency, repair "
                              r"of Cooling loop A\.")  # fmt: skip
        out, _ = self.run_program("explain", "x.h5", "--person", "wakata")
        self.assertRegex(out, r"2013-12-21 +Helps from inside for")

    def test_cygnus_waits_for_january(self):
        story = self.run_case("--set", "vehicles.cygnus.slips=()", "--set", "vehicles.cygnus.slip=0")
        self.assertIn("2013-12-17 The station has no cooling for a ship. Nothing can dock at "
                      "Harmony nadir until 2014-01-06.", story)  # fmt: skip
        self.assertRegex(story, r"Cygnus Orb-1 launches \d+ days late|Orb-1 is ready and waits")
        self.assertGreater(self.metric("launch_orb1"), 36)

    def test_without_a_spare_it_waits_for_a_dragon(self):
        story = self.run_case("-v", "--set", "parts.pump_module.stock=0",
                              "--set", "parts.pump_module.lead=60",
                              "--set", "vehicles.dragon_1.slip=0",
                              "--set", "launch_systems.falcon_9.success=1",
                              "--set", "families.falcon_9.external=1e6")  # fmt: skip
        self.assertIn("Cooling loop A waits for a spare: there is no pump module aboard.", story)
        self.assertRegex(story, r"Dragon CRS-3 brings \d spares?\.")
        self.assertGreater(self.metric("system_down.loop_a_d"), 75)

    def test_with_spares_to_spare_nothing_is_sooner(self):
        self.run_case()
        down = self.metric("system_down.loop_a_d")
        self.run_case("--set", "parts.pump_module.stock=3")
        self.assertEqual(self.metric("system_down.loop_a_d"), down)

    def test_without_a_waiver_it_waits_for_the_suits(self):
        story = self.run_case("--set", "policy.eva_contingency_waiver=false")
        self.assertGreaterEqual(self.dates("EVA_BEGINS")[0], "2014-10-07")
        self.assertIn("2014-10-07 The EMU suits are in use again.", story)
        out, _ = self.run_program("explain", "x.h5", "--why", "eva_wait_d")
        self.assertRegex(out, r"\d{3}\.\d d .* Cooling loop A\.")
        out, _ = self.run_program("explain", "x.h5", "--why", "suits_down_d")
        self.assertRegex(out, r"The EMU suits, until 2014-10-07")

    def test_the_record_has_no_systems_and_nobody_outside(self):
        self.run_program("run", PUMP, "-o", "x.h5", "--force", "--set", "scenario.mode=replay")
        self.assertEqual(self.table("repairs"), [])
        self.assertEqual(self.metric("evas"), 0)


class Years(Case):
    """Four years with planned spacewalks and repairs: 11 planned ones in the record's 1,012
    days from 2024 on are 4.0 a year, 26 repairs since 2001 1.0 (derived_rates.csv)."""

    def test_spacewalks_of_four_years(self):
        years = SCENARIOS.parent / "tests" / "cli" / "spacewalks.cfg"
        out, _ = self.run_program("mc", years, "-n", "200", "--json", "-q")
        means = {row["metric"]: row["mean"] for row in json.loads(out)["metrics"]}
        self.assertAlmostEqual(means["evas_planned"] / 4, 4.0, delta=0.5)
        self.assertAlmostEqual(means["evas_contingency"] / 4, 1.0, delta=0.3)
        self.assertLess(means["evas_lost"], 2)


if __name__ == "__main__":
    unittest.main()
