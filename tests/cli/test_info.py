#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A finished file looked at: `isssim info`, and the facts of `run` as JSON."""
import json
import re
import unittest

from program import LEAK, MINIMAL, SCENARIOS, ProgramTest


class Info(ProgramTest):
    def setUp(self):
        super().setUp()
        self.told, _ = self.run_program("run", LEAK, "-o", "x.h5", "--set", "policy.call_up=false")
        self.info, _ = self.run_program("info", "x.h5")

    def test_it_says_which_mission_and_which_program(self):
        self.assertTrue(self.info.startswith("Soyuz MS-22 loses its coolant\n"))
        self.assertIn("2022-12-01 to 2023-12-31, forecast from 2022-12-01", self.info)
        self.assertRegex(self.info, r"\nSeed +20221215, replication 0\n")
        self.assertRegex(self.info, r"\nSettings +policy\.call_up=false\n")
        self.assertRegex(self.info, r"\nProgram +isssim \S+ \(.*\), format 1\.\d+\n")
        self.assertRegex(self.info, r"\nModel hash +[0-9a-f]{64}\n")

    def test_it_lists_the_tables_with_their_rows(self):
        events = re.search(r"\n(\d+) events in", self.told).group(1)
        self.assertRegex(self.info, rf"\n +{events}  /events ")
        self.assertRegex(self.info, r"\n +8  /ports ")

    def test_the_summary_is_the_runs(self):
        for verbose in ([], ["-v"]):
            told, _ = self.run_program(
                "run", LEAK, "--no-output", "--set", "policy.call_up=false", *verbose
            )
            info, _ = self.run_program("info", "x.h5", *verbose)
            self.assertEqual(info.split("\n\n")[-1].strip(), told.split("\n\n")[-2].strip())

    def test_json_has_the_same(self):
        facts = json.loads(self.run_program("info", "x.h5", "--json")[0])
        self.assertEqual(facts["title"], "Soyuz MS-22 loses its coolant")
        self.assertEqual((facts["seed"], facts["replication"]), (20221215, 0))
        self.assertEqual(facts["settings"], ["policy.call_up=false"])
        self.assertEqual({t["name"]: t["rows"] for t in facts["tables"]}["ports"], 8)
        self.assertIn("isssim run", facts["made"]["command_line"])

    def test_a_replay_is_called_one(self):
        self.run_program("run", LEAK, "-qo", "r.h5", "--set", "scenario.mode=replay")
        self.assertIn("to 2023-12-31, replay\n", self.run_program("info", "r.h5")[0])

    def test_a_reproducible_file_doesnt_say_when_and_where(self):
        self.run_program("run", MINIMAL, "-qo", "m.h5", "--reproducible")
        self.assertNotRegex(self.run_program("info", "m.h5")[0], r"\n(Made|Command|Libraries) ")
        facts = json.loads(self.run_program("info", "m.h5", "--json")[0])
        self.assertIsNone(facts["made"]["started"])


class Story(ProgramTest):
    """`info --story` tells a file as the program that wrote it did."""

    def test_it_is_the_runs(self):
        for verbose in ([], ["-v"]):
            told, _ = self.run_program("run", LEAK, "-fo", "x.h5", *verbose)
            again, _ = self.run_program("info", "x.h5", "--story", *verbose)
            head, story = told.split("\n\n", 1)
            self.assertIn("Soyuz MS-22", head)
            self.assertIn(story.rsplit("\n\n", 1)[0], again)

    def test_json_has_the_lines_that_run_gives(self):
        ran = json.loads(self.run_program("run", LEAK, "-o", "x.h5", "--json")[0])
        facts = json.loads(self.run_program("info", "x.h5", "--json", "--story")[0])
        self.assertEqual(facts["story"], ran["story"])
        self.assertNotIn("story", json.loads(self.run_program("info", "x.h5", "--json")[0]))

    def test_a_mission_with_everything_on_is_told_again(self):
        """Its station raises itself, without a flight."""
        told, _ = self.run_program("run", SCENARIOS / "baseline_2025_2030.cfg", "-o", "b.h5")
        again, _ = self.run_program("info", "b.h5", "--story")
        self.assertIn(told.split("\n\n", 1)[1].rsplit("\n\n", 1)[0], again)

    def test_a_study_tells_the_missions_that_it_keeps(self):
        self.run_program("mc", LEAK, "-qn", "3", "--traces", "2", "-o", "mc.h5")
        told, _ = self.run_program("info", "mc.h5", "--story")
        facts = json.loads(self.run_program("info", "mc.h5", "--json", "--story")[0])
        self.assertEqual([story["replication"] for story in facts["stories"]], [0, 1])
        for number in (0, 1):
            ran = json.loads(
                self.run_program("run", LEAK, "--json", "--no-output", "-r", number)[0])
            self.assertEqual(facts["stories"][number]["story"], ran["story"])
            self.assertIn(f"\nReplication {number}\n\n2022-12-01  The story begins", told)

    def test_the_summary_names_what_run_prints_in_order(self):
        told, _ = self.run_program("run", LEAK, "-o", "x.h5")
        facts = json.loads(self.run_program("info", "x.h5", "--json")[0])
        labels = [line["label"] for line in facts["summary"]]
        self.assertEqual(labels, re.findall(r"(?m)^ *[\d.]+(?: \w+)?  (.+)$",
                                            told.split("\n\n")[-2]))
        metrics = {metric["name"] for metric in facts["metrics"]}
        self.assertLessEqual({line["metric"] for line in facts["summary"]}, metrics)


class Refused(ProgramTest):
    def test_a_missing_file(self):
        self.assertIn("none.h5: No such file", self.refuses("info", "none.h5", code=66))

    def test_a_scenario_is_no_result(self):
        self.assertIn("isn't an HDF5 file", self.refuses("info", MINIMAL, code=65))

    def test_a_file_cut_short(self):
        self.run_program("run", MINIMAL, "-qo", "m.h5")
        whole = (self.folder / "m.h5").read_bytes()
        (self.folder / "m.h5").write_bytes(whole[: len(whole) // 2])
        self.assertIn("m.h5: is damaged", self.refuses("explain", "m.h5", "1", code=65))

    def test_no_file(self):
        self.assertIn("info needs a FILE", self.refuses("info", code=64))


class Json(ProgramTest):
    """`run --json` says what `run` says."""

    def test_the_lines_are_the_storys(self):
        told, _ = self.run_program("run", LEAK, "--no-output")
        facts = json.loads(self.run_program("run", LEAK, "--no-output", "--json")[0])
        words = " ".join(re.split(r"\n\n", told)[1].split())
        for line in facts["story"]:
            self.assertIn(line["time"][:10] + " " + line["text"], words)
        self.assertEqual(len(facts["story"]), len(re.findall(r"(?m)^20\d\d-", told)))
        leak = next(line for line in facts["story"] if "loses coolant" in line["text"])
        self.assertEqual(leak["remark"], "forced by the scenario")
        self.assertEqual(leak["time"], "2022-12-15T00:45:00Z")

    def test_metrics_have_units_and_null_for_no_value(self):
        facts = json.loads(
            self.run_program("run", LEAK, "--no-output", "--json", "--set", "policy.call_up=false")[0]
        )
        metrics = {metric["name"]: metric for metric in facts["metrics"]}
        self.assertIsNone(metrics["rescue_launch_d"]["value"])
        self.assertEqual(metrics["unsafe_max"], {
            "name": "unsafe_max", "value": 3.0, "units": "1",
            "meaning": "Most people aboard without a safe seat",
        })
        self.assertIsNone(facts["file"])

    def test_the_file_is_written_and_named(self):
        facts = json.loads(self.run_program("run", MINIMAL, "--json", "-o", "m.h5")[0])
        self.assertEqual((facts["file"], self.files()), ("m.h5", ["m.h5"]))
        self.assertEqual(facts["question"], "How long are two people without a safe way home?")


if __name__ == "__main__":
    unittest.main()
