#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run says: the record retold, the turns that it can take, and its looks."""
import os
import pty
import re
import subprocess
import unittest

from program import LEAK, MINIMAL, PROGRAM, ProgramTest

REPLAY = ["--set", "scenario.mode=replay"]
ROCKET = "launch_systems.soyuz_2_1a.success"


class Story(ProgramTest):
    def tell(self, *arguments, **environment):
        return self.run_program("run", "--no-output", *arguments, **environment)[0]

    def sentences(self, *arguments):
        """The story with its lines joined, one a date, remarks apart by two blanks."""
        story = re.split(r"\n\n", self.tell(*arguments))[1]
        return re.sub(r"\n {12}(?! )", " ", story)


class Record(Story):
    """Replayed, the year 2023 is what it was, whatever the seed."""

    def setUp(self):
        super().setUp()
        self.story = self.sentences(LEAK, *REPLAY)

    def test_the_leak_and_whom_it_strands(self):
        self.assertRegex(
            self.story,
            r"2022-12-15  Soyuz MS-22 \(at Rassvet nadir\) loses coolant\. Prokopyev, "
            r"Petelin and Rubio have no safe seat any more\. +forced by the scenario\n",
        )

    def test_the_opening_names_everyone_in_full(self):
        first = self.story.splitlines()[0]
        self.assertIn("7 people aboard: Sergey Prokopyev, Dmitri Petelin and Frank Rubio", first)
        self.assertNotIn("Frank", self.story[len(first) :])

    def test_one_seat_moves_then_two_are_left_unsafe(self):
        self.assertRegex(
            self.story,
            r"2023-01-18  Rubio's seat moves to Dragon Crew-5 .*\n? +2 people without a safe",
        )

    def test_the_rescue_ship_comes_empty(self):
        self.assertRegex(
            self.story,
            r"2023-02-24  Soyuz MS-23 launches empty to replace Soyuz MS-22, 20 days before "
            r"its planned date, and docks to Poisk zenith on the 26th\. The seats of "
            r"Prokopyev, Petelin and Rubio move to Soyuz MS-23\.\s+everyone has a safe seat",
        )
        self.assertIn("2023-03-28  Soyuz MS-22 leaves empty and lands.", self.story)

    def test_it_changes_ports(self):
        self.assertIn(
            "2023-04-06  Soyuz MS-23 moves from Poisk zenith to Prichal nadir.", self.story
        )

    def test_they_land_after_a_year(self):
        self.assertIn(
            "2023-09-27  Soyuz MS-23 leaves with Prokopyev, Petelin and Rubio, and lands "
            "after 371 days in space.",
            self.story,
        )

    def test_appointments_are_never_told(self):
        self.assertNotIn("DUE", self.tell(LEAK, "-v"))

    def test_cargo_is_told_only_when_asked_for(self):
        self.assertNotIn("Progress", self.story)
        self.assertRegex(
            self.sentences(LEAK, *REPLAY, "-v"),
            r"2023-02-09  Progress MS-22 launches and docks to Zvezda aft on the 11th\.",
        )

    def test_the_summary_is_the_records(self):
        out = self.tell(LEAK, *REPLAY)
        self.assertRegex(out, r"180\.0 d  Person-days without a safe seat\n")
        self.assertRegex(out, r"370\.9 d  Frank Rubio, launch to landing")


class Turns(Story):
    """Ways that it could have gone, forced."""

    def test_the_call_up_and_whose_vehicle_it_takes(self):
        self.assertRegex(
            self.sentences(MINIMAL),
            r"2030-01-30  Decision on First: Second is called up without crew to replace it, "
            r"to be launched on 2030-03-18 instead of 2030-04-03\. The crew of Second is left "
            r"without a vehicle\.",
        )

    def test_no_replacement(self):
        story = self.sentences(MINIMAL, "--set", "policy.call_up=false")
        self.assertIn("Decision on First: no replacement is sent.", story)
        self.assertRegex(story, r"Second launches (\d+ days late )?with Chen and Dana")
        self.assertIn("First, damaged, leaves with Ada and Boris", story)

    def test_a_return_at_once(self):
        story = self.sentences(MINIMAL, "--set", "policy.return_in_damaged=at_once")
        self.assertIn("Decision on First: its crew is to go home in it at once, in 7 days.", story)

    def test_deaths_are_told(self):
        effect = 'failures.leak.effects=({effect="vehicle_unsafe"; survival=0.0;})'
        story = self.sentences(
            MINIMAL, "--set", "policy.return_in_damaged=at_once", "--set", effect
        )
        self.assertRegex(story, r"Ada and Boris die\. +lives lost")

    def test_a_crews_failed_ascent_is_an_abort(self):
        story = self.sentences(LEAK, "--set", "policy.call_up=false", "--set", f"{ROCKET}=0.0")
        self.assertRegex(
            story,
            r"Soyuz MS-23 launches .*with Oleg Kononenko, Nikolai Chub and Loral O'Hara\. The "
            r"ascent of Soyuz MS-23 fails; its crew aborts and lands unhurt\.",
        )

    def test_a_cargo_loss_and_its_grounding_are_told_always(self):
        story = self.sentences(LEAK, "--set", f"{ROCKET}=0.0")
        self.assertIn("The ascent of Progress MS-22 fails; its cargo is lost.", story)
        self.assertRegex(story, r"Soyuz MS-23 waits for its rocket, which is grounded until 20")

    def test_a_hold_for_a_port_is_told(self):
        story = self.sentences(LEAK)
        self.assertIn("Axiom Ax-3 is ready and waits for a free port.", story)

    def test_the_switch_from_record_to_forecast_is_told(self):
        story = self.sentences(LEAK, "--set", 'scenario.forecast_from="2023-01-05Z"')
        self.assertIn("2023-01-05  The record ends here; what follows is a forecast.", story)

    def test_a_forced_failure_that_finds_no_vehicle_is_told(self):
        story = self.sentences(MINIMAL, "--set", 'events.the_leak.flight="Second"')
        self.assertIn("2030-01-20  Second is spared a failure", story)


class Looks(Story):
    def widths(self, out):
        return [len(line) for line in out.split("\n\n", 1)[1].splitlines()]

    def test_lines_fit_the_width(self):
        for columns, width in ((None, 100), ("80", 80), ("20", 80), ("93", 93), ("500", 120)):
            for verbose in ([], ["-v"]):
                settings = {} if columns is None else {"COLUMNS": columns}
                widths = self.widths(self.tell(LEAK, *verbose, **settings))
                self.assertLessEqual(max(widths), width)
                self.assertGreater(max(widths), width - 3)

    def test_words_stay_whole(self):
        out = self.tell(LEAK, "-v", COLUMNS="80")
        words = set(re.findall(r"[A-Za-z]+", self.tell(LEAK, "-v", COLUMNS="120")))
        text = re.sub(r"(?m)^x = unsafe(.*\n)+?\n", "", out)
        self.assertEqual(set(re.findall(r"[A-Za-z]+", text)) - words, set())

    def test_no_line_ends_in_blanks(self):
        self.assertNotRegex(self.tell(LEAK, "-v"), r"(?m) $")

    def test_the_chart_has_a_row_a_port(self):
        out = self.tell(MINIMAL)
        self.assertRegex(out, r"\nx = unsafe    2030\nPort          Jan ")
        self.assertRegex(out, r"\nnorth         First x+┤\nsouth +Second ─+┤\nAboard        2 +0\n")
        self.assertRegex(out, r"\nNo safe seat  0    2 +0\n")

    def test_a_short_mission_is_charted_by_days(self):
        out = self.tell(MINIMAL, "--set", 'scenario.end="2030-01-29Z"')
        self.assertRegex(out, r"\nx = unsafe    Jan\nPort          1 +3 +5|Port          1  2 ")

    def test_piped_output_has_no_escape_codes(self):
        self.assertNotIn("\033", self.tell(LEAK, "-v", TERM="xterm"))

    def test_without_utf8_there_is_only_ascii(self):
        out = self.tell(LEAK, "-v", LC_ALL="C")
        self.assertTrue(out.isascii())
        self.assertIn("Soyuz MS-22 xx", out)
        self.assertRegex(out, r"Dragon Crew-5 =+\|")

    def test_a_title_cant_command_the_terminal(self):
        out = self.tell(MINIMAL, "--set", r'scenario.title="a\x1b[31mb\x07"')
        self.assertTrue(out.startswith("a?[31mb? · "), out[:40])

    def on_a_terminal(self, **environment):
        try:
            ours, theirs = pty.openpty()
        except OSError as error:  # a chroot without /dev/pts
            self.skipTest(f"no terminal to be had: {error}")
        settings = {"LC_ALL": "C.UTF-8", "TERM": "xterm", "PATH": os.environ["PATH"]}
        child = subprocess.Popen(
            [PROGRAM, "run", "--no-output", str(MINIMAL)],
            stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, cwd=self.folder,
            env={**settings, **environment},
        )
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            seen += piece
        os.close(ours)
        self.assertEqual(child.wait(), 0)
        return seen.decode()

    def test_a_terminal_gets_colour_unless_it_declines(self):
        self.assertIn("\033[31m", self.on_a_terminal())
        self.assertNotIn("\033", self.on_a_terminal(NO_COLOR="1"))
        self.assertNotIn("\033", self.on_a_terminal(TERM="dumb"))


if __name__ == "__main__":
    unittest.main()
