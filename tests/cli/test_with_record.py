#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios with their record: in a replay each is what happened, and a forecast begins
with that day's situation and knows nothing of what came later.

What really happened stands in brackets in the scenarios' metrics and in
scenarios/history/facts; both are compared with the replay.
"""
import datetime
import json
import re
import unittest

from program import SCENARIOS, ProgramTest
from test_history import DAY, Replay, aboard, h5py, recorded_stays

REPLAY = ("--set", "scenario.mode=replay")
IN_BRACKETS = re.compile(r"\((-?[\d,.]+)(?: d)?(?:, [^)]*)?\)$")

# scenario, first and last day
SPANS = {
    "columbia_grounding": ("2003-01-31", "2006-08-01"),
    "progress_loss_2011": ("2011-08-23", "2012-12-31"),
    "cargo_gap": ("2014-10-27", "2016-07-01"),
    "soyuz_abort": ("2018-10-10", "2019-12-31"),
}


def day(text):
    return datetime.datetime.fromisoformat(text)


class RecordTest(ProgramTest):
    def play(self, name, *options):
        self.run_program("run", SCENARIOS / f"{name}.cfg", "-qo", "x.h5", "--force", *options)

    def metrics(self):
        """Value and meaning of each metric, by name."""
        out, _ = self.run_program("info", "x.h5", "--json")
        return {metric["name"]: metric for metric in json.loads(out)["metrics"]}

    def value(self, name):
        return self.metrics()[name]["value"]

    def assert_aboard(self, date, count):
        out, _ = self.run_program("explain", "x.h5", "--at", date)
        people = {1: "1 person aboard"}.get(count, f"{count} people aboard")
        self.assertIn(f": {people}", out.splitlines()[0])

    def story(self, *of):
        out, _ = self.run_program("explain", "x.h5", "--json", *of)
        facts = json.loads(out)
        return " ".join(line["text"] for line in facts.get("story", facts.get("causes")))


class Replays(RecordTest):
    def test_the_value_in_brackets_is_what_the_record_gives(self):
        for name in SPANS:
            self.play(name, *REPLAY)
            told = 0
            for metric, row in self.metrics().items():
                match = IN_BRACKETS.search(row["meaning"])
                if match:
                    expected = float(match[1].replace(",", ""))
                    self.assertAlmostEqual(row["value"], expected, delta=0.051,
                                           msg=f"{name}: {metric}")
                    told += 1
            self.assertGreaterEqual(told, 5, name)

    @unittest.skipIf(h5py is None, "needs h5py")
    def test_on_no_day_does_the_crew_differ_from_the_record(self):
        stays = recorded_stays()
        for name, (first, last) in SPANS.items():
            self.play(name, *REPLAY)
            replay = Replay(self.folder / "x.h5", day(first))
            when = day(first) + DAY
            while when < day(last):
                for residents in (False, True):
                    self.assertEqual(aboard(replay.stays, when, residents),
                                     aboard(stays, when, residents), f"{name}: {when}")
                when += DAY

    @unittest.skipIf(h5py is None, "needs h5py")
    def test_two_residents_from_may_2003_to_july_2006(self):
        self.play("columbia_grounding", *REPLAY)
        replay = Replay(self.folder / "x.h5", day("2003-01-31"))
        handovers, when = 0, day("2003-05-05")
        while when < day("2006-07-06"):
            residents = len(aboard(replay.stays, when, residents=True))
            self.assertIn(residents, (2, 4), when)
            handovers += residents == 4
            when += DAY
        self.assertLess(handovers, 60)
        self.assertEqual(len(aboard(replay.stays, day("2003-05-03"), True)), 5)
        self.assertEqual(len(aboard(replay.stays, day("2006-07-08"), True)), 3)

    def test_columbia_and_her_crew_are_lost(self):
        self.play("columbia_grounding", *REPLAY)
        self.assertEqual(self.value("crew_lost"), 7)
        self.assertIn("Rick Husband", self.story("--flight", "STS-107"))
        self.assertEqual(self.value("uncrewed_d"), 0)

    def test_three_people_from_16_september_to_16_november_2011(self):
        self.play("progress_loss_2011", *REPLAY)
        for date, count in (("2011-09-15", 6), ("2011-09-16", 3), ("2011-11-15", 3),
                            ("2011-11-16", 6), ("2011-11-22", 3), ("2011-12-23", 6)):
            self.assert_aboard(date, count)
        self.assertEqual(self.value("uncrewed_d"), 0)

    def test_the_crew_of_ms_10_lands_and_ms_11_comes_early(self):
        self.play("soyuz_abort", *REPLAY)
        self.assertIn("its crew aborts and lands unhurt", self.story("--flight", "MS-10"))
        self.assertIn("Soyuz MS-11 launches 17 days early", self.story("--flight", "MS-11"))
        self.assertEqual(self.value("crew_lost"), 0)
        for date, count in (("2018-10-11", 3), ("2018-12-02", 3), ("2018-12-03", 6),
                            ("2018-12-20", 3)):
            self.assert_aboard(date, count)
        out, _ = self.run_program("explain", "x.h5", "--person", "hague")
        self.assertIn("up with Soyuz MS-10, whose launch failed: 0 hours in space", out)
        self.assertIn("up with Soyuz MS-12, down with Soyuz MS-12 on 2019-10-03", out)

    @unittest.skipIf(h5py is None, "needs h5py")
    def test_three_losses_and_cygnus_back_on_atlas_v_404_days_later(self):
        self.play("cargo_gap", *REPLAY)
        self.assertEqual(self.value("ascent_failures"), 2)  # Orb-3, CRS-7
        self.assertEqual(self.value("vehicles_lost"), 1)    # Progress M-27M
        with h5py.File(self.folder / "x.h5", "r") as file:
            rockets = file["launch_systems/id"].asstr()[()]
            names = list(file["flights/id"].asstr()[()])
            rocket = file["flights/launch_system"][names.index("OA-4")]
            launch = dict(zip(names, file["flights/launch"][()] / 86400e6))
        self.assertEqual(rockets[rocket], "atlas_v")
        self.assertEqual(int(launch["OA-4"] - launch["Orb-3"]), 403)
        self.assertEqual(round(launch["CRS-8"] - launch["CRS-7"]), 285)


class Forecasts(RecordTest):
    def test_nobody_flies_of_whom_nobody_knew(self):
        self.play("columbia_grounding")
        out, _ = self.run_program("explain", "x.h5", "--person", "padalka")
        self.assertNotIn("TMA-4", out)
        out, _ = self.run_program("explain", "x.h5", "--flight", "STS-121")
        self.assertNotIn("2006-07-04", out)

    def test_a_loss_of_antares_moves_cygnus_to_another_rocket_after_its_lead_time(self):
        self.play("cargo_gap")
        self.assertGreater(self.value("launch_oa4"), 1.9 + 330)
        self.assert_in_order(
            ("Launches of Antares stop after the failure of Cygnus Orb-3. Antares is grounded",
             "Cygnus OA-4 will fly on Atlas V", "Cygnus OA-4 launches"),
            self.story("LAUNCHED", "OA-4"))

    def test_without_another_rocket_cygnus_waits_for_its_own(self):
        self.play("cargo_gap", "--set", "vehicles.cygnus.alternatives=()")
        launch = self.value("launch_oa4")
        self.assertTrue(launch is None or launch > 1.9 + 450, launch)
        self.assertIn("Cygnus OA-4 waits for its rocket", self.story("--flight", "OA-4"))

    def test_stores_run_low_when_ships_are_lost_and_are_filled_up_again(self):
        self.play("cargo_gap")
        metrics = self.metrics()
        self.assertLess(metrics["lowest.food_d"]["value"], 120)
        self.assertGreater(metrics["upmass_lost_kg"]["value"], 500)
        self.assertGreater(metrics["upmass_kg"]["value"], 5000)
        out, _ = self.run_program("explain", "x.h5", "--why", "upmass_lost_kg")
        self.assertIn("food in Progress M-27M", out)
        out, _ = self.run_program("explain", "x.h5", "RESERVE_LOW", "food")
        self.assertIn("The reserve of food is down to 120 days", out)
        with h5py.File(self.folder / "x.h5", "r") as file:
            food = list(file["resources/id"].asstr()[()]).index("food")
            stock = file["levels/stock"][()][file["levels/resource"][()] == food]
            reserve = file["levels/reserve"][()][file["levels/resource"][()] == food]
        self.assertEqual(stock[0], 1840)
        self.assertAlmostEqual(reserve[0], 1840 / 10.8)

    def test_stores_change_nothing_as_long_as_they_last(self):
        """Nor do they move any draw."""
        self.play("cargo_gap", "--set", "resources.food.reserve=()")
        with_stores = self.metrics()
        self.play("cargo_gap", "--set", "remove=resources")
        for name, metric in self.metrics().items():
            if not name.startswith("upmass"):
                self.assertEqual(with_stores[name]["value"], metric["value"], name)

    def test_two_more_losses_are_forced(self):
        self.play("cargo_gap", "--set", "vehicles.dragon_1.slip=0",
                  "--set", "vehicles.dragon_1.slips=()")
        for flight in ("Progress-M-27M", "CRS-7"):
            self.assertRegex(self.story("--flight", flight), "fail")

    def test_the_stand_down_holds_the_next_crew(self):
        self.play("progress_loss_2011", "--set", "families.soyuz.stand_down=100")
        self.assertIn("Soyuz TMA-22 waits for its rocket", self.story("--flight", "TMA-22"))
        self.assert_in_order(
            ("Launches of Soyuz rockets stop after the failure of Progress M-12M",
             "may fly again", "Progress M-13M launches", "Soyuz TMA-22 launches"),
            self.story("LAUNCHED", "TMA-22"))

    def test_the_crew_of_ms_10_survives_in_every_forecast(self):
        for replication in range(5):
            self.play("soyuz_abort", "--replication", str(replication))
            self.assertIn("its crew aborts and lands unhurt", self.story("--flight", "MS-10"))


if __name__ == "__main__":
    unittest.main()
