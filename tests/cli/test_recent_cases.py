#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of 2024 to 2026: replayed they are the record; what they force, and why."""
import unittest

from case import Case
from program import SCENARIOS

CFT = SCENARIOS / "starliner_cft.cfg"
PAD = SCENARIOS / "pad_damage.cfg"
MEDICAL = SCENARIOS / "medical_return.cfg"
WITH = SCENARIOS / "seat_exchange.cfg"
WITHOUT = SCENARIOS / "no_seat_exchange.cfg"
REPLAY = ["--set", "scenario.mode=replay"]


class RecentCase(Case):
    def aboard(self, date):
        before = [row for row in self.table("state") if row["time"] <= date]
        return int(before[-1]["crew"])


class Record(RecentCase):
    """In mode replay nothing is the model's."""

    def test_starliner_leaves_without_its_crew(self):
        self.run_case(CFT, *REPLAY)
        cft = self.rows("flights")["CFT"]
        self.assertEqual(cft["launch"], "2024-06-05T14:52:15Z")
        self.assertEqual(cft["dock"], "2024-06-06T17:34:00Z")
        self.assertEqual(cft["undock"], "2024-09-06T22:04:00Z")
        self.assertEqual((cft["crew_up"], cft["crew_down"]), ("2", "0"))
        self.they_come_home_in_crew_9_which_flew_with_two()
        self.people_are_aboard(
            {"2024-06-05": 7, "2024-07-01": 9, "2024-09-15": 12, "2024-09-26": 9,
             "2024-10-10": 11, "2024-12-01": 7, "2025-03-17": 11, "2025-04-10": 10})  # fmt: skip

    def people_are_aboard(self, record):
        for date, people in record.items():
            self.assertEqual(self.aboard(date), people, date)

    def they_come_home_in_crew_9_which_flew_with_two(self):
        crew9 = self.rows("flights")["Crew-9"]
        self.assertEqual((crew9["crew_up"], crew9["crew_down"]), ("2", "4"))
        self.assertEqual(crew9["undock"], "2025-03-18T05:05:00Z")
        self.assertEqual(self.rows("crew", "person")["williams"]["flight_down"], "Crew-9")
        self.assertAlmostEqual(self.metric("stay_wilmore"), 286.29, delta=0.05)
        self.assertAlmostEqual(self.metric("stay_hague"), 171.19, delta=0.05)
        # Two from 6 June 17:35 to 6 September 12:00.
        self.assertAlmostEqual(self.metric("unsafe_person_days"), 2 * 91.77, delta=0.1)

    def test_progress_flies_from_the_mended_pad(self):
        story = self.run_case(PAD, *REPLAY)
        flights = self.rows("flights")
        self.assertEqual(flights["Progress-MS-33"]["launch"], "2026-03-22T11:59:00Z")
        self.assertEqual(flights["Progress-MS-33"]["dock"], "2026-03-24T13:40:00Z")
        self.assertEqual(flights["MS-29"]["launch"], "2026-07-14T14:47:00Z")
        self.assertIn("2025-11-27 Site 31 loses its service platform.", story)
        self.assertAlmostEqual(self.metric("launch_progress_ms33"), 116.5, delta=0.05)
        # Crew-11 went home early in January.
        self.people_are_aboard({"2025-11-30": 10, "2026-01-10": 7, "2026-01-20": 3,
                                "2026-02-20": 7, "2026-07-20": 10})  # fmt: skip

    def test_crew_11_goes_home_and_three_keep_the_station(self):
        story = self.run_case(MEDICAL, *REPLAY)
        flights = self.rows("flights")
        self.assertEqual(flights["Crew-11"]["undock"], "2026-01-14T22:20:00Z")
        self.assertEqual(flights["Crew-11"]["land"], "2026-01-15T08:41:00Z")
        self.assertEqual(flights["Crew-11"]["crew_down"], "4")
        self.assertEqual(flights["Crew-12"]["launch"], "2026-02-13T10:15:55Z")
        self.assertEqual(flights["Crew-12"]["dock"], "2026-02-14T20:15:00Z")
        self.people_are_aboard({"2026-01-10": 7, "2026-01-20": 3, "2026-02-14": 3,
                                "2026-02-15": 7, "2026-07-20": 10})  # fmt: skip
        self.assertAlmostEqual(self.metric("undock_crew11"), 9.93, delta=0.01)
        self.assertAlmostEqual(self.metric("dock_crew12"), 40.84, delta=0.01)
        self.assertAlmostEqual(self.metric("below_min_crew_d"), 30.91, delta=0.01)
        self.assertEqual(self.metric("evacuations"), 0)  # the record's, not the model's
        # The spacewalk of 8 January: one of its two had fallen ill the day before.
        self.assertIn("2026-01-08 A spacewalk (US EVA 94) has to wait", story)
        self.assertNotRegex(story, r"2026-01-[\d -]*[^.]* outside")
        self.assertEqual(self.metric("evas_lost"), 1)


class Medical(RecentCase):
    def test_one_falls_ill_and_all_four_who_came_together_go(self):
        story = self.run_case(MEDICAL)
        self.assertRegex(story, r"4 people must go home early in Dragon Crew-11, which leaves "
                         r"as soon as it can, on 2026-01-1\d\.")  # fmt: skip
        self.assertEqual(self.rows("flights")["Crew-11"]["crew_down"], "4")
        self.assertEqual(self.metric("evacuations"), 1)
        self.assertEqual(self.metric("evacuations_unsafe"), 0)
        crew = self.rows("crew", "person")
        for person in ("cardman", "fincke", "yui", "platonov"):
            self.assertEqual(crew[person]["flight_down"], "Crew-11")

    def test_why_three_are_aboard_on_20_january(self):
        self.run_case(MEDICAL)
        out, _ = self.run_program("explain", "x.h5", "--at", "2026-01-20")
        self.assertIn("3 people aboard", out)
        self.assertIn("Christopher Williams", " ".join(out.split()))
        causes = self.causes("UNDOCKED", "Crew-11")
        at = [causes.find(part) for part in ("stands for the one who falls ill",
                                             "4 people must go home early in Dragon Crew-11",
                                             "Dragon Crew-11 leaves with")]  # fmt: skip
        self.assertNotIn(-1, at, causes)
        self.assertEqual(at, sorted(at))
        out, _ = self.run_program("explain", "x.h5", "--why", "below_min_crew_d")
        self.assertIn("fewer than 4 residents, until", " ".join(out.split()))

    def test_without_the_case_they_leave_when_the_relief_has_come(self):
        self.run_case(MEDICAL, "--set", "events.medical_case.when=replay")
        flights = self.rows("flights")
        self.assertGreater(flights["Crew-11"]["undock"], flights["Crew-12"]["dock"])
        self.assertEqual(self.metric("below_min_crew_d"), 0)

    def test_the_relief_comes_sooner_by_policy(self):
        launches = []
        for advance in (0, 4):
            self.run_case(MEDICAL, "--set", f"policy.advance={advance}")
            launches.append(self.rows("flights")["Crew-12"]["launch"])
        self.assertLess(launches[1], launches[0])
        causes = self.causes("LAUNCHED", "Crew-12")
        self.assertIn("After the early return of Dragon Crew-11, Dragon Crew-12 is brought "
                      "forward by 4 days", causes)  # fmt: skip

    def test_or_they_wait_for_it(self):
        """Replication 1, in which Crew-12 hardly slips."""
        story = self.run_case(MEDICAL, "--set", "policy.evacuation_wait=60",
                              "--replication", "1")  # fmt: skip
        self.assertRegex(story, r"Cardman is to go home early, and waits for Dragon Crew-12, "
                         r"which is to dock in \d+ days")  # fmt: skip
        flights = self.rows("flights")
        self.assertGreater(flights["Crew-11"]["undock"], flights["Crew-12"]["dock"])
        self.assertEqual(self.metric("below_min_crew_d"), 0)
        self.assertEqual(self.metric("early_returns"), 0)

    def test_or_the_patient_changes_seats_with_one_of_the_smaller_crew(self):
        self.run_case(MEDICAL, "--set", "policy.evacuation_vehicle=fewest")
        crew = self.rows("crew", "person")
        self.assertEqual(crew["cardman"]["flight_down"], "MS-28")
        self.assertEqual(crew["williams_christopher"]["flight_down"], "Crew-11")
        self.assertEqual(self.rows("flights")["MS-28"]["crew_down"], "3")
        self.assertEqual(self.aboard("2026-01-20"), 4)
        for event, told in (("SEAT_MOVED", "Cardman's seat moves to Soyuz MS-28"),
                            ("UNDOCKED", "3 people must go home early in Soyuz MS-28")):  # fmt: skip
            causes = self.causes(event, "cardman" if event == "SEAT_MOVED" else "MS-28")
            self.assertIn("stands for the one who falls ill", causes)
            self.assertIn(told, causes)
        out, _ = self.run_program("explain", "x.h5", "--why", "evas_lost")
        self.assertRegex(out, r"1 .* US EVA 94|1 .* Russian segment")


class Starliner(RecentCase):
    def test_two_stay_on_the_ground_for_two_who_come_home(self):
        story = self.run_case(CFT)
        self.assertIn("Decision on Starliner CFT: Dragon Crew-9 is to bring its people home, "
                      "with 2 people fewer going up.", story)  # fmt: skip
        self.assertIn("Starliner CFT leaves empty", story)
        self.assertRegex(story, r"Dragon Crew-9 launches [^.]*with Nick Hague and Alexander "
                         r"Gorbunov, without Zena Cardman and Stephanie Wilson, who stay on "
                         r"the ground")  # fmt: skip
        crew = self.rows("crew", "person")
        for person in ("wilmore", "williams"):
            self.assertEqual(crew[person]["flight_up"], "CFT")
            self.assertEqual(crew[person]["flight_down"], "Crew-9")
        self.assertEqual(self.rows("flights")["CFT"]["crew_down"], "0")

    def test_or_they_go_home_in_it(self):
        self.run_case(CFT, "--set", "policy.return_in_damaged=at_relief")
        self.assertEqual(self.rows("flights")["CFT"]["crew_down"], "2")
        self.assertEqual(self.rows("flights")["Crew-9"]["crew_up"], "4")
        self.assertEqual(self.metric("returned_at_risk"), 2)


class Pad(RecentCase):
    def closed_for(self, days):
        effect = f'({{ effect = "pad_closed"; duration = {days}; }})'
        return ["--set", f"failures.platform_lost.effects={effect}"]

    def test_soyuz_and_progress_wait_and_nobody_else(self):
        self.run_case(PAD, *self.closed_for(380))
        waits = {row["flight"] for row in self.table("events") if row["type"] == "LAUNCH_QUEUED"}
        self.assertLessEqual({"Progress-MS-33", "Progress-MS-34", "MS-29"}, waits)
        rockets = {flight: row["launch_system"] for flight, row in self.rows("flights").items()}
        self.assertEqual({rockets[flight] for flight in waits}, {"soyuz_2_1a"})
        mended = "2026-12-12"
        for flight in ("Progress-MS-33", "MS-29"):
            launch = self.rows("flights")[flight]["launch"]
            self.assertTrue(launch == "" or launch >= mended, f"{flight} {launch}")

    def test_why_progress_was_late(self):
        story = self.run_case(PAD, *self.closed_for(115))
        self.assertRegex(story, r"2025-12-19 Progress MS-33 waits for a pad; Site 31 is free on "
                         r"2026-03-22\..* 2026-03-22 Site 31 can be used again\. Progress MS-33 "
                         r"launches 93 days late")  # fmt: skip
        self.assertNotIn("Pirs", story)  # a port that is gone
        self.assertIn("Rassvet nadir Soyuz MS-28", story)
        causes = self.causes("LAUNCHED", "Progress-MS-33")
        at = [causes.find(part) for part in ("Site 31 loses its service platform.",
                                             "Site 31 can be used again.",
                                             "Progress MS-33 launches 93 days late")]  # fmt: skip
        self.assertNotIn(-1, at, causes)
        self.assertEqual(at, sorted(at))

    def test_who_waits_for_the_same_pad_is_told_in_one_sentence(self):
        story = self.run_case(PAD, *self.closed_for(290))
        self.assertRegex(story, r"Progress MS-34, Soyuz MS-29 and Progress MS-35 wait for a pad; "
                         r"Site 31 is free on ")  # fmt: skip
        out, _ = self.run_program("explain", "x.h5", "LAUNCH_QUEUED", "MS-29")
        self.assertIn("Soyuz MS-29 waits for a pad", " ".join(out.split()))

    def test_who_still_waits_at_the_end(self):
        story = self.run_case(PAD, *self.closed_for(900))
        self.assertIn("Soyuz MS-29 (waits for a pad; planned 2026-07-14)", story)

    def test_rockets_that_nobody_waits_for_are_left_out(self):
        family = 'events.far={at="2026-03-01Z"; what="family_failure"; family="vulcan";}'
        self.assertNotIn("Vulcan", self.run_case(PAD, "--set", family))
        self.assertIn("Vulcan", self.run_case(PAD, "--set", family, "-v"))


class Falcon(RecentCase):
    """A loss in 2025 that has nothing to do with the station."""

    LOSS = ["--set", 'events.loss={at="2025-12-15Z"; what="family_failure"; family="falcon_9";}',
            "--set", "families.falcon_9.stand_down=220",
            "--set", "vehicles.cygnus_f9.slips=()", "--set", "vehicles.cygnus_f9.slip=0",
            "--set", "vehicles.cargo_dragon.slips=()",
            "--set", "vehicles.cargo_dragon.slip=0"]  # fmt: skip

    def test_three_types_of_ship_wait_alike(self):
        story = self.run_case(PAD, *self.LOSS)
        self.assertIn("A launch of Falcon 9 fails that has nothing to do with the station.", story)
        flights = self.rows("flights")
        for flight, vehicle in {"Crew-12": "crew_dragon", "CRS-34": "cargo_dragon",
                                "NG-24": "cygnus_f9"}.items():  # fmt: skip
            self.assertEqual(flights[flight]["vehicle"], vehicle)
            self.assertGreaterEqual(flights[flight]["launch"], "2026-07-23", flight)
            causes = self.causes("LAUNCHED", flight)
            self.assertIn("A launch of Falcon 9 fails", causes)
            # People wait for more than the end of the stand-down.
            self.assertIn("A launch of Falcon 9 for somebody else succeeds."
                          if vehicle == "crew_dragon" else "Falcon 9 may fly again.", causes)

    def test_soyuz_flies_on(self):
        self.run_case(PAD, *self.LOSS, *Pad.closed_for(self, 60))
        self.assertLess(self.rows("flights")["MS-29"]["launch"], "2026-08-15")


class Exchange(RecentCase):
    """The two scenarios differ in who flies in what, and in nothing else."""

    def launches(self, scenario, replication):
        self.run_case(scenario, "--replication", replication,
                      "--set", "failures.illness.life=1000000")  # fmt: skip
        return {row["id"]: row["launch"] for row in self.table("flights")}

    def test_every_launch_is_the_same(self):
        self.assertEqual(self.launches(WITH, 5), self.launches(WITHOUT, 5))

    def test_each_ship_flies_its_own_segments_people(self):
        self.run_case(WITHOUT)
        segments = {row["id"]: row["segment"] for row in self.table("people")}
        vehicles = {row["id"]: row["vehicle"] for row in self.table("flights")}
        for row in self.table("crew"):
            if row["visiting"] == "false" and row["launch"] >= "2026-01-05":
                home = {"soyuz_ms": "ROS", "crew_dragon": "USOS"}[vehicles[row["flight_up"]]]
                self.assertEqual(segments[row["person"]], home, row["name"])

    def test_a_ship_that_goes_home_early_empties_a_segment_only_without_it(self):
        ill = ["--set", 'events.ill={at="2026-04-01Z"; what="failure"; failure="illness"; '
               'person="meir";}', "--set", "scenario.end=2026-10-15Z"]  # fmt: skip
        self.run_case(WITH, *ill)
        self.assertEqual(self.metric("usos_unstaffed"), 0)
        self.run_case(WITHOUT, *ill)
        self.assertGreater(self.metric("unstaffed_usos_d"), 30)


class All(RecentCase):
    def test_they_check_without_a_word_and_show_round_trips(self):
        for scenario in (CFT, PAD, MEDICAL, WITH, WITHOUT):
            self.assert_checked_and_shown(scenario)

    def test_no_replication_fails(self):
        for scenario in (CFT, PAD, MEDICAL, WITH, WITHOUT):
            out, _ = self.run_program("mc", scenario, "-n", 16, "-o", "m.h5", "--force")
            self.assertNotIn("fail to", out)
            self.assertRegex(out, r"(?m)^16 missions computed")


if __name__ == "__main__":
    unittest.main()
