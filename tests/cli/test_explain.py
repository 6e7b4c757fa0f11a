#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions to a finished file: causes, a moment, lives, numbers."""
import json
import re
import unittest

from program import LEAK, MINIMAL, ProgramTest


class Explain(ProgramTest):
    arguments = []

    def setUp(self):
        super().setUp()
        self.run_program("run", LEAK, "-qo", "x.h5", *self.arguments)

    def ask(self, *words, file="x.h5"):
        """The answer, with its dated lines joined."""
        out, err = self.run_program("explain", file, *words)
        self.assertEqual(err, "")
        return re.sub(r"\n {19}(?! )", " ", out)

    def facts(self, *words, file="x.h5"):
        return json.loads(self.run_program("explain", file, "--json", *words)[0])

    def refused(self, *words):
        return self.refuses("explain", "x.h5", *words, code=64)


class Event(Explain):
    def test_a_departure_goes_back_to_the_leak(self):
        lines = self.facts("UNDOCKED", "MS-22")["causes"]
        texts = [line["text"] for line in lines]
        for text, start in zip(texts, (
            "Soyuz MS-22 (at Rassvet nadir) loses coolant.",
            "Soyuz MS-22: a failure is noticed.",
            "Finding on Soyuz MS-22",
            "Decision on Soyuz MS-22: a replacement is called up.",
            "Soyuz MS-23 launches empty to replace Soyuz MS-22",
            "Soyuz MS-23 docks",
            "Soyuz MS-22 leaves empty.",
        ), strict=True):
            self.assertTrue(text.startswith(start), text)
        self.assertEqual(lines[0]["time"], "2022-12-15T00:45:00Z")
        times = [line["time"] for line in lines]
        self.assertEqual(times, sorted(times))

    def test_it_goes_one_step_further(self):
        after = self.facts("LIFEBOAT_DECISION")["consequences"]
        texts = " ".join(line["text"] for line in after)
        self.assertIn("Soyuz MS-23 is called up without crew to replace Soyuz MS-22", texts)
        self.assertIn("Rubio's seat moves to Dragon Crew-5", texts)
        self.assertIn("Soyuz MS-23 launches empty", texts)
        self.assertNotIn("docks", texts)

    def test_a_planned_flight_goes_back_to_the_plan(self):
        out = self.ask("launched", "Crew-6")
        self.assertIn("plans of the day: Dragon Crew-6 is to launch on 2023-02-15.", out)

    def test_a_number_a_kind_or_one_argument_mean_the_same(self):
        row = self.facts("UNDOCKED", "MS-22")["causes"][-1]["event"]
        answers = {
            self.ask(str(row)), self.ask(f"#{row}"), self.ask("UNDOCKED", "MS-22"),
            self.ask("undocked Soyuz MS-22"), self.ask("Undocked", "ms-22"),
        }
        self.assertEqual(len(answers), 1)

    def test_several_are_listed_with_their_numbers(self):
        lines = self.facts("UNDOCKED")["events"]
        self.assertGreater(len(lines), 5)
        self.assertTrue(all(line["event"] is not None for line in lines))

    def test_what_events_are_about_is_found_by_key_and_name(self):
        self.run_program("run", MINIMAL, "-qo", "s.h5", "--set", "systems.pump={name=\"The pump\"; "
                         "units=2; life=100; repair=9; effects=({max_crew=1;});}")
        one = self.facts("UNIT_FAILED", "The pump 1", file="s.h5")
        self.assertRegex(one.get("events", one.get("causes"))[-1]["text"], r"^The pump 1 fails")
        both = self.facts("UNIT_FAILED", "pump", file="s.h5")["events"]
        self.assertTrue(any("The pump 2" in line["text"] for line in both))
        limits = self.facts("CREW_LIMITED", "pump", file="s.h5")["events"]
        self.assertEqual(limits[0]["text"], "While the pump is down no more than 1 person may "
                                            "be aboard.")

    def test_mistakes_get_the_nearest_name(self):
        self.assertIn("did you mean UNDOCKED?", self.refused("UNDOKED", "MS-22"))
        self.assertIn("did you mean MS-22?", self.refused("UNDOCKED", "MS-27"))
        self.assertIn("did you mean rubio?", self.refused("--person", "Rubjo"))
        self.assertIn("did you mean unsafe_max?", self.refused("--why", "unsafe_mx"))
        self.assertIn("allowed 0 to", self.refused("99999"))
        self.assertIn("no event is UNDOCKED MS-25", self.refused("UNDOCKED", "MS-25"))

    def test_one_question_is_needed(self):
        self.assertIn("one question", self.refused())
        self.assertIn("got 2", self.refused("3", "--at", "2023-01-20"))


class Moment(Explain):
    def test_it_says_who_isnt_safe_and_why(self):
        out = self.ask("--at", "2023-01-20")
        self.assertTrue(out.startswith(
            "At the end of 2023-01-20: 7 people aboard, 2 of them without a safe seat.\n"))
        self.assertRegex(out, r"2022-12-15  Sergey Prokopyev and Dmitri Petelin have seats in a "
                              r"damaged vehicle, for an emergency only: Soyuz MS-22 \(at Rassvet "
                              r"nadir\)\.")
        self.assertRegex(out, r"2023-01-10  Frank Rubio has an improvised place in a sound "
                              r"vehicle: Dragon Crew-5")
        self.assertRegex(out, r"(?s)Why some have no safe seat\n.*loses coolant.*Soyuz MS-23 is "
                              r"called up.*When that ends\n.*move to Soyuz MS-23\.")
        self.assertIn("Rassvet nadir: Soyuz MS-22, no safe way home.\n", out)
        self.assertIn("Prichal nadir: free.\n", out)
        self.assertRegex(out, r"Under way\n.*Soyuz MS-23 is called up")

    def test_when_all_is_well_nothing_is_explained(self):
        facts = self.facts("--at", "2022-12-14")
        self.assertIn("7 people aboard, everyone with a safe seat", facts["answer"])
        self.assertNotIn("why_unsafe", facts)

    def test_a_moment_is_to_the_second(self):
        self.assertIn("everyone", self.facts("--at", "2022-12-15T00:44:59Z")["answer"])
        self.assertIn("3 of them", self.facts("--at", "2022-12-15T00:45:00Z")["answer"])
        self.assertIn("everyone", self.facts("--at", "2022-12-14")["answer"])
        self.assertIn("3 of them", self.facts("--at", "2022-12-15")["answer"])

    def test_a_flight_on_its_way_is_under_way(self):
        texts = [line["text"] for line in self.facts("--at", "2023-03-01")["under_way"]]
        self.assertTrue(any(text.startswith("Dragon Crew-6 launches") for text in texts), texts)

    def test_a_port_counts_while_it_is_there(self):
        (self.folder / "late.cfg").write_text("""base = [ "minimal.cfg" ];
            ports = { late = { segment = "core"; docking = "latch"; from = "2030-06-01Z";
                               until = "2030-09-01Z"; }; };""", encoding="utf-8")
        self.run_program("run", "late.cfg", "-o", "late.h5")
        for date, there in ("2030-05-01", False), ("2030-07-01", True), ("2030-10-01", False):
            out = self.ask("--at", date, file="late.h5")
            self.assertEqual("late: free." in out, there, out)

    def test_it_says_why_as_many_are_aboard(self):
        self.run_program("run", "medical_return.cfg", "-qo", "m.h5")
        out = self.ask("--at", "2026-01-20", file="m.h5")
        self.assertTrue(out.startswith("At the end of 2026-01-20: 3 people aboard, "), out)
        self.assertRegex(out, r"Aboard, since\n2025-11-27  Sergey Kud-Sverchkov")
        self.assertRegex(out, r"(?s)Why as many are aboard\n.*the one who falls ill.*the case is "
                              r"noticed.*4 people must go home early.*Crew-11 leaves.*3 people "
                              r"aboard\n\nDocked")
        self.assertNotIn("Why as many", self.ask("--at", "2026-01-06", file="m.h5"))

    def test_dates_that_are_none(self):
        self.assertIn("that's no date", self.refused("--at", "soon"))
        self.assertIn("no such day", self.refused("--at", "2023-02-30"))
        self.assertIn("2022-12-01 to 2023-12-31", self.refused("--at", "2021-01-01"))


class Life(Explain):
    arguments = ["--set", "scenario.mode=replay"]

    def test_a_person_by_key_name_or_surname(self):
        answers = {self.ask("--person", name) for name in ("rubio", "Frank Rubio", "RUBIO")}
        self.assertEqual(len(answers), 1)
        out = answers.pop()
        self.assertIn("up with Soyuz MS-22, down with Soyuz MS-23 on 2023-09-27: 371 days", out)
        self.assertIn("2023-01-18  an improvised place in Dragon Crew-5 (sound) until 2023-02-26", out)
        self.assertIn("2023-04-06  Soyuz MS-23 moves from Poisk zenith to Prichal nadir.", out)
        self.assertNotIn("Crew-6", out)

    def test_who_is_gone_without_a_vehicle_has_had_a_good_launch(self):
        self.run_program("run", "k15_medical.cfg", "-qo", "k.h5", "--set", "medical.kit=none",
                         "--set", "medical.scale_evacuation=1e6")
        out = self.ask("--person", "five", file="k.h5")
        self.assertRegex(out, "up with Ship, gone without a vehicle on 2030-[0-9-]*: [0-9]+ days")
        self.assertNotIn("launch failed", out)

    def test_a_flight_with_its_ports_and_its_people(self):
        facts = self.facts("--flight", "MS-23")
        self.assertIn("sent to replace Soyuz MS-22", facts["answer"])
        self.assertEqual([line["text"].split(" until")[0] for line in facts["ports"]],
                         ["Poisk zenith", "Prichal nadir"])
        self.assertEqual(len(facts["seats"]), 3)
        self.assertIn("launches empty", facts["story"][0]["text"])

    def test_a_name_that_two_have_is_asked_for(self):
        err = self.refused("--person", "first specialist")
        self.assertIn("could be any of these: ", err)
        self.assertIn("Ax-2's first specialist", err)
        self.assertIn("Crew-7's first specialist", err)

    def test_in_a_replay_the_seats_are_the_records(self):
        out = self.ask("--at", "2023-01-20")
        self.assertIn("2 of them without a safe seat", out)
        self.assertIn("2023-02-26  The seats of Prokopyev, Petelin and Rubio move", out)
        self.assertNotIn("Under way", out)


class Why(Explain):
    def metrics(self, file):
        facts = json.loads(self.run_program("info", file, "--json")[0])
        return {metric["name"]: metric["value"] for metric in facts["metrics"]}

    def check_sums(self, file):
        for name, value in self.metrics(file).items():
            answer = self.facts("--why", name, file=file)
            self.assertTrue(answer["answer"].startswith(name))
            self.assertNotIn("The file accounts for", answer["answer"], name)
            amounts = [line["amount"] for line in answer["parts"]]
            if "defined it" in answer["answer"] or "--why" in answer["answer"] or (
                "--at" in answer["answer"] or None in amounts or value is None
            ):
                continue
            made = sum(amounts)
            if "mean of" in answer["answer"]:
                made /= len(amounts)
            self.assertAlmostEqual(made, value, places=6, msg=name)

    def test_the_parts_of_every_metric_add_up(self):
        self.check_sums("x.h5")

    def test_they_add_up_in_a_replay(self):
        self.run_program("run", LEAK, "-qo", "r.h5", "--set", "scenario.mode=replay")
        self.check_sums("r.h5")

    def test_they_add_up_when_much_goes_wrong(self):
        self.run_program(
            "run", LEAK, "-qo", "w.h5", "--set", "policy.return_in_damaged=at_once",
            "--set", "launch_systems.soyuz_2_1a.success=0.0",
        )
        self.check_sums("w.h5")

    def test_they_add_up_with_deaths_and_an_empty_station(self):
        effect = 'failures.leak.effects=({effect="vehicle_unsafe"; survival=0.0;})'
        self.run_program("run", MINIMAL, "-qo", "d.h5", "--set", effect,
                         "--set", "policy.return_in_damaged=at_once")
        self.assertEqual(len(self.facts("--why", "crew_lost", file="d.h5")["parts"]), 2)
        self.check_sums("d.h5")

    def test_unsafe_days_are_told_by_person(self):
        out = self.ask("--why", "unsafe_person_days")
        self.assertIn("unsafe_person_days is 148.2 d", out)
        self.assertRegex(out, r"61\.1 d +#\d+  2022-12-15  Sergey Prokopyev in Soyuz MS-22, until "
                              r"2023-02-14")

    def test_the_way_to_the_rescue_is_told_in_steps(self):
        parts = self.facts("--why", "rescue_launch_d")["parts"]
        self.assertIn("to its launch", parts[-1]["text"])
        self.assertGreater(len(parts), 2)


if __name__ == "__main__":
    unittest.main()
