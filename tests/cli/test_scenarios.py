#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios found, missing and wrong; `isssim check`."""
import os
import unittest

from program import LEAK, MINIMAL, SCENARIOS, ProgramTest

WRONG = """\
station = { nmae = "Outpost"; };
scenario = {
    title = "Wrong";
    start = "2030-01-01Z";
    end = "2029-01-01Z";
};
flights = { One = { vehicle = "nothing"; launch = "2030-02-01Z"; }; };
"""


class Check(ProgramTest):
    def test_a_good_scenario_is_one_line(self):
        out, err = self.run_program("check", MINIMAL)
        self.assertEqual(
            out,
            "Two people, one ship, one leak · 2030-01-01 to 2030-11-01 · 2 flights, "
            "4 people, 1 type of vehicle, 2 ports\n",
        )
        self.assertEqual(err, "")
        self.assertEqual(self.files(), [])

    def test_the_real_case_passes(self):
        self.assertIn("Soyuz MS-22", self.run_program("check", LEAK)[0])

    def test_every_problem_is_told_with_its_line(self):
        (self.folder / "wrong.cfg").write_text(WRONG)
        err = self.refuses("check", "wrong.cfg", code=65)
        self.assertRegex(err, r"(?m)^wrong\.cfg:1: .*did you mean name\?")
        self.assertRegex(err, r"(?m)^wrong\.cfg:\d: scenario\.end: ")
        self.assertRegex(err, r"(?m)^wrong\.cfg:7: .*nothing")

    def test_run_refuses_it_likewise_and_writes_no_file(self):
        (self.folder / "wrong.cfg").write_text(WRONG)
        self.assertEqual(
            self.refuses("run", "wrong.cfg", code=65),
            self.refuses("check", "wrong.cfg", code=65),
        )

    def test_a_syntax_error_is_told_with_its_line(self):
        (self.folder / "wrong.cfg").write_text("scenario = {\n    title = ;\n};\n")
        self.assertRegex(self.refuses("check", "wrong.cfg", code=65), r"^wrong\.cfg:2: ")


class Set(ProgramTest):
    def test_a_setting_changes_the_scenario(self):
        out, _ = self.run_program("check", MINIMAL, "--set", 'scenario.title="Else"')
        self.assertTrue(out.startswith("Else · "), out)

    def test_a_typo_in_a_path_gets_a_suggestion(self):
        for command in ("run", "check"):
            err = self.refuses(command, MINIMAL, "--set", "policy.cal_up=false", code=65)
            self.assertIn("did you mean call_up?", err)
            self.assertIn("--set:1:", err)

    def test_the_ordinal_of_the_wrong_one_is_told(self):
        good = ["--set", "policy.call_up=false"]
        err = self.refuses("check", MINIMAL, *good, "--set", "policy.decision=maybe", code=65)
        self.assertIn("--set:2:", err)


class Missing(ProgramTest):
    def test_a_missing_file_is_no_input(self):
        for command in ("run", "check"):
            err = self.refuses(command, "nowhere.cfg", code=66)
            self.assertIn("nowhere.cfg", err)

    def test_a_folder_is_no_input(self):
        self.assertIn("folder", self.refuses("run", self.folder, code=66))

    def test_a_pipe_is_no_input(self):
        os.mkfifo(self.folder / "pipe.cfg")
        self.refuses("check", "pipe.cfg", code=66)

    def test_a_shipped_scenario_is_found_by_name_with_a_note(self):
        out, err = self.run_program("check", "minimal.cfg", ISSSIM_LIBRARY=str(SCENARIOS))
        self.assertIn("Two people", out)
        self.assertIn("taking the shipped", err)

    def test_a_file_that_is_here_goes_before_a_shipped_one(self):
        text = MINIMAL.read_text(encoding="utf-8").replace("Two people", "Mine")
        (self.folder / "minimal.cfg").write_text(text, encoding="utf-8")
        out, err = self.run_program("check", "minimal.cfg")
        self.assertTrue(out.startswith("Mine"), out)
        self.assertEqual(err, "")

    def test_a_wrong_library_is_told(self):
        _, err = self.run_program("check", MINIMAL, ISSSIM_LIBRARY="/nowhere")
        self.assertIn("ISSSIM_LIBRARY", err)


if __name__ == "__main__":
    unittest.main()
