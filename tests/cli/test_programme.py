#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A programme and where it leads to: the end of one station, a rescue at another."""
import unittest

from case import Case
from program import SCENARIOS

END = SCENARIOS / "end_of_life.cfg"
TIANGONG = SCENARIOS / "tiangong.cfg"
REPLAY = ["--set", "scenario.mode=replay", "--set", "scenario.end=2026-01-31Z"]
IN_TIME = ["--set", "vehicles.deorbit_vehicle.slip=0"]


class ProgrammeCase(Case):
    def why(self, name):
        out, _ = self.run_program("explain", "x.h5", "--why", name)
        return " ".join(out.split())


class Tiangong(ProgrammeCase):
    def test_replayed_it_is_the_record(self):
        self.run_case(TIANGONG, *REPLAY)
        flights = self.rows("flights")
        self.assertEqual(flights["Shenzhou-21"]["undock"], "2025-11-14T03:14:00Z")
        self.assertEqual(flights["Shenzhou-21"]["land"], "2025-11-14T08:40:00Z")
        self.assertEqual(flights["Shenzhou-22"]["launch"], "2025-11-25T04:11:42Z")
        self.assertEqual(flights["Shenzhou-22"]["dock"], "2025-11-25T07:50:00Z")
        self.assertEqual(flights["Shenzhou-22"]["crew_up"], "0")
        self.assertEqual(flights["Shenzhou-20"]["land"], "2026-01-19T01:34:00Z")
        self.assertEqual(flights["Shenzhou-20"]["crew_down"], "0")
        down = {row["person"]: row["flight_down"] for row in self.table("crew")}
        self.assertEqual(down["chen_dong"], "Shenzhou-21")
        # From 14 November 03:14 to 25 November 07:50; three people since 4 November 03:00.
        self.assertAlmostEqual(self.metric("no_lifeboat_d"), 11.192, delta=0.001)
        self.assertAlmostEqual(self.metric("unsafe_person_days"), 3 * 21.201, delta=0.01)

    def test_the_ship_that_stands_by_is_launched_empty(self):
        story = self.run_case(TIANGONG)
        flights = self.rows("flights")
        self.assertEqual(flights["Shenzhou-22"]["crew_up"], "0")
        self.assertLess(flights["Shenzhou-22"]["launch"], "2025-12-10")
        self.assertIn("Shenzhou-22 is called up without crew", story)
        self.assertIn("Finding on Shenzhou-20: no safe way home",
                      self.causes("LAUNCHED", "Shenzhou-22"))  # fmt: skip
        # Its crew takes the next ship, on about the day on which it was to fly.
        self.assertEqual(flights["Shenzhou-23"]["launch"][:7], "2026-04")
        self.assertEqual(
            {row["flight_up"] for row in self.table("crew") if "sz22" in row["person"]},
            {"Shenzhou-23"},
        )

    def test_no_ship_stands_by(self):
        self.run_case(TIANGONG, "--set", 'lines.shenzhou.ready=["2026-04-01Z"]')
        self.assertEqual(self.rows("flights")["Shenzhou-22"]["launch"][:10], "2026-04-01")
        self.assertGreater(self.metric("no_lifeboat_d"), 137)


class End(ProgrammeCase):
    def test_the_station_comes_down_after_the_last_crew_has_left(self):
        story = self.run_case(END, *IN_TIME)
        self.assertIn("2030-04-01 By the programme: the mission is to end. The mission is "
                      "over: nothing more is launched, and the crews go home.", story)  # fmt: skip
        self.assertRegex(story, r"The station reenters as planned, \d+ days after the last "
                                r"departure of people\.")  # fmt: skip
        self.assertEqual(self.metric("mission_end_d"), 1547)
        self.assertEqual(self.metric("end_delay_d"), 0)
        self.assertEqual(self.metric("deorbited"), 1)
        self.assertEqual(self.metric("station_lost"), 0)
        reentry = self.table("state")[-1]
        self.assertEqual(reentry["crew"], "0")
        left = max(row["leave"] for row in self.table("crew"))
        self.assertLess("2030-09-01", left)
        launched = [row["launch"] for row in self.table("flights") if row["launch"]]
        self.assertLess(max(launched), "2030-04-01")

    def test_rockets_that_fail_after_the_mission_are_nobodys_concern(self):
        story = self.run_case(END, *IN_TIME, "--set", "families.falcon_9.external=100")
        self.assertGreater(self.metric("external_failures"), 10)
        during, after = story.split("The mission is over", 1)
        for told in ("may fly again", "has nothing to do with the station"):
            self.assertIn(told, during)
            self.assertNotIn(told, after)

    def test_the_columns_are_explained(self):
        self.run_case(END, *IN_TIME)
        self.assertIn("US deorbit vehicle 2.", self.why("launches_cancelled"))
        self.assertIn("the mission is to end.", self.why("deorbited"))
        for name in ("uncrewed_d", "unstaffed_ros_d", "end_delay_d", "below_min_crew_d"):
            self.assertNotIn("don't add up", self.why(name))
        out, _ = self.run_program("explain", "x.h5", "--at", "2033-01-01")
        self.assertIn("nobody aboard; the station has been deorbited.", out)

    def test_the_end_waits_for_a_late_deorbit_vehicle(self):
        story = self.run_case(END, "--set", "vehicles.deorbit_vehicle.slip=500")
        self.assertIn("The mission goes on until a deorbit vehicle is docked.", story)
        self.assertRegex(story, r"The mission is over, \d+ days after its date:")
        self.assertGreater(self.metric("end_delay_d"), 200)
        self.assertIn("the mission is to end", self.why("end_delay_d"))
        # Crews go on relieving each other.
        crewed = [row for row in self.table("flights")
                  if row["vehicle"] == "soyuz_ms" and row["launch"] > "2030-04-01"]  # fmt: skip
        self.assertNotEqual(crewed, [])

    def test_a_partner_who_leaves_takes_ships_and_people_along(self):
        self.run_case(END, *IN_TIME, "--set", "programme.russia_leaves.delay=0")
        flights = self.table("flights")
        for row in flights:
            if row["vehicle"] in ("soyuz_ms", "progress_ms"):
                self.assertLess(row["launch"], "2029-01-01", row["id"])
        agency = {row["id"]: row["agency"] for row in self.table("people")}
        late = [row for row in self.table("crew") if row["launch"] > "2029-01-01"]
        self.assertNotEqual(late, [])
        self.assertNotIn("Roscosmos", {agency[row["person"]] for row in late})
        self.assertGreater(self.metric("unstaffed_ros_d"), 200)


class All(ProgrammeCase):
    def test_they_check_without_a_word_and_show_round_trips(self):
        for scenario in (END, TIANGONG):
            self.assert_checked_and_shown(scenario)

    def test_no_replication_fails(self):
        for scenario in (END, TIANGONG):
            out, _ = self.run_program("mc", scenario, "-n", 64, "-o", "m.h5", "--force")
            self.assertNotIn("fail to", out)
            self.assertRegex(out, r"(?m)^64 missions computed")


if __name__ == "__main__":
    unittest.main()
