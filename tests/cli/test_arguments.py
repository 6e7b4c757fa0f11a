#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: what is understood, and what is said about the rest."""
import unittest

from program import LEAK, MINIMAL, ProgramTest


class Help(ProgramTest):
    def test_no_arguments_give_the_usage_on_stderr(self):
        self.assertIn("isssim run SCENARIO", self.refuses(code=64))

    def test_help_goes_to_stdout(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            out, err = self.run_program(*arguments)
            self.assertIn("Commands:", out)
            self.assertEqual(err, "")

    def test_both_ways_to_ask_about_a_command_give_one_answer(self):
        for command in ("run", "check", "show", "describe", "list", "help"):
            asked, _ = self.run_program("help", command)
            self.assertEqual(asked, self.run_program(command, "--help")[0])
            self.assertIn(f"isssim {command}", asked)

    def test_help_fits_eighty_columns(self):
        for arguments in ([], ["run"], ["check"], ["show"], ["describe"], ["list"]):
            for line in self.run_program("help", *arguments)[0].splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_help_of_a_command_lists_its_options_only(self):
        self.assertIn("--replication K", self.run_program("help", "run")[0])
        self.assertNotIn("--replication", self.run_program("help", "check")[0])

    def test_version_is_one_line(self):
        out, _ = self.run_program("--version")
        self.assertRegex(out, r"\Aisssim \d+\.\d+\.\d+ \(.+\)\n\Z")


class Mistakes(ProgramTest):
    def test_unknown_command_gets_a_suggestion(self):
        self.assertIn("did you mean check?", self.refuses("chekc", code=64))
        self.assertIn("did you mean run?", self.refuses("help", "rnu", code=64))

    def test_unknown_command_without_a_neighbour_is_told_where_to_look(self):
        self.assertIn("isssim help", self.refuses("dance", code=64))

    def test_unknown_option_gets_a_suggestion(self):
        err = self.refuses("run", MINIMAL, "--replicaton", "3", code=64)
        self.assertIn("did you mean --replication?", err)
        self.assertIn("-z", self.refuses("run", MINIMAL, "-z", code=64))
        self.assertIn("--frobnicate", self.refuses("--frobnicate", code=64))

    def test_option_of_another_command_is_refused(self):
        self.refuses("check", MINIMAL, "--seed", "1", code=64)

    def test_missing_and_surplus_values_are_refused(self):
        self.assertIn("value", self.refuses("run", MINIMAL, "--output", code=64))
        self.assertIn("no value", self.refuses("run", MINIMAL, "--force=1", code=64))
        self.refuses("run", MINIMAL, "--seed", "1", "--seed", "2", code=64)

    def test_one_scenario_is_needed_and_enough(self):
        self.assertIn("SCENARIO", self.refuses("run", code=64))
        self.assertIn("SCENARIO", self.refuses("run", "", code=64))
        self.assertIn("enough", self.refuses("run", MINIMAL, LEAK, code=64))

    def test_numbers_are_whole_and_in_range(self):
        for wrong in ("x", "", "-1", "1.5", "1e3", " 1", "0x10", "9223372036854775808"):
            err = self.refuses("run", MINIMAL, "--replication", wrong, code=64)
            self.assertIn("--replication", err)
        self.refuses("run", MINIMAL, "--seed", "18446744073709551616", code=64)
        self.run_program("run", MINIMAL, "-q", "--no-output", "--seed", "18446744073709551615")


class Places(ProgramTest):
    def test_options_may_stand_before_or_behind_the_scenario(self):
        for arguments in (["-q", "--no-output", MINIMAL], [MINIMAL, "-q", "--no-output"], ["-q", MINIMAL, "--no-output"]):
            self.run_program("run", *arguments)

    def test_two_dashes_end_the_options(self):
        (self.folder / "-odd.cfg").write_bytes(MINIMAL.read_bytes())
        self.run_program("check", "--", "-odd.cfg")


if __name__ == "__main__":
    unittest.main()
