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

    def changed(self, text, base="minimal.cfg"):
        """A scenario: `base` with `text` on top."""
        path = self.folder / "changed.cfg"
        path.write_text(f'base = [ "{base}" ];\n{text}', encoding="utf-8")
        return path


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
            r"2023-01-18  Rubio's seat moves to Dragon Crew-5, an improvised place in a sound "
            r"vehicle\.\s+2 people without a safe",
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

    def test_a_crew_that_a_rule_has_made_is_named_after_its_first_flight_alone(self):
        taxi = """remove = [ "flights.Second", "failures.leak.life" ];
                  cadence = { taxi = { name = "Taxi"; vehicle = "capsule"; interval = 100;
                      first = "2030-04-03Z"; relieves = "First";
                      crew = ( { segment = "core"; count = 2; } ); }; };"""
        story = self.sentences(self.changed(taxi))
        self.assertIn("The crew of Taxi 1 will fly Taxi 2.", story)
        self.assertRegex(story, r"Taxi 2 launches (\d+ days? late )?with Taxi 1's 2 people(, and|\.)")

    def test_a_crew_vehicle_without_people_flies_empty_and_late(self):
        late = """flights = { Second = { crew = [ ]; }; };
                  vehicles = { capsule = { slip = 10; }; }; remove = [ "events.the_leak",
                  "flights.Second.relieves" ];"""
        self.assertRegex(self.sentences(self.changed(late)),
                         r"Second launches empty, 10 days late, and docks")

    def test_a_ship_that_comes_back_to_its_port_isnt_moved_from_port_to_port(self):
        moved = """flights = { First = { as_flown = { relocations = (
                   { undock = "2030-01-09Z"; dock = "2030-01-10Z"; port = "north"; } ); }; }; };
                   scenario = { mode = "replay"; }; remove = [ "events.the_leak" ];"""
        self.assertIn("First is back at north, which it had left for a time.",
                      self.sentences(self.changed(moved), "-v"))

    def test_what_rounds_to_nothing_has_no_sign(self):
        early = """flights = { Second = { as_flown = { launch = "2030-04-02T23:50Z";
                   dock = "2030-04-03T06:00Z"; port = "south"; }; }; };
                   scenario = { mode = "replay"; }; remove = [ "events.the_leak" ];"""
        out = self.tell(self.changed(early), "-v")
        self.assertRegex(out, r"\nslip_mean_d +0\.0 d ")

    def test_no_replacement(self):
        story = self.sentences(MINIMAL, "--set", "policy.call_up=false")
        self.assertIn("Decision on First: no replacement is sent (policy.call_up is false).", story)
        self.assertRegex(story, r"Second launches (\d+ days late )?with Chen and Dana")
        self.assertIn("First, damaged, leaves with Ada and Boris", story)

    def test_a_return_at_once(self):
        story = self.sentences(MINIMAL, "--set", "policy.return_in_damaged=at_once")
        self.assertIn(
            "Decision on First: its crew goes home in it as soon as it can, on 2030-02-06.", story
        )

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

    def test_why_no_replacement_is_sent(self):
        story = self.sentences(self.changed('remove = [ "vehicles.capsule.call_up_lead" ];'))
        self.assertIn("no replacement is sent (its type has no call_up_lead).", story)
        story = self.sentences(
            self.changed(
                'remove = [ "flights.Second.relieves" ]; lines = { yard = { ready = [ "2030-03-01Z" ]; }; }; vehicles = { capsule = { '
                'line = "yard"; }; }; flights = { Second = { visiting = true; }; };'
            )
        )
        self.assertIn("no replacement is sent (there is none to be had).", story)

    def test_a_finding_and_its_decision_in_one_moment_are_one_line(self):
        self.assertIn(
            "its seats are for an emergency only. Decision on First: Second is called up without "
            "crew to replace it, to be",
            self.sentences(MINIMAL, "--set", "policy.decision=0"),
        )


class Forced(Story):
    """What the scenario forces and finds nothing to strike or to move."""

    def test_a_failure_awaits_a_vehicle_that_is_still_to_come(self):
        story = self.sentences(MINIMAL, "--set", 'events.the_leak.flight="Second"')
        self.assertRegex(
            story,
            r"2030-01-20  A failure \(leaks\) awaits Second, which hasn't been launched yet\.\s+"
            r"forced by the scenario\n",
        )

    def test_a_failure_spares_a_vehicle_that_is_gone_or_had_it(self):
        again = """events = {{ again = {{ at = "{}"; what = "failure"; failure = "leak";
                   flight = "First"; }}; }};"""
        self.assertIn(
            "2030-01-22  First is spared a failure (leaks): it had it before.",
            self.sentences(self.changed(again.format("2030-01-22Z"))),
        )
        story = self.sentences(
            self.changed(again.format("2030-08-01Z") + 'remove = [ "events.the_leak" ];')
        )
        self.assertIn("2030-08-01  First is spared a failure (leaks): it has left.", story)

    def test_a_seat_that_cant_move_says_why(self):
        move = """events = {{ move = {{ at = "2030-01-10Z"; what = "seat_move"; person = "{}";
                  flight = "{}"; }}; }};"""
        for person, flight, why in (
            ("chen", "First", "Chen isn't aboard"),
            ("ada", "First", "Ada has one there"),
            ("ada", "Second", "Second isn't docked"),
        ):
            story = self.sentences(self.changed(move.format(person, flight)))
            self.assertRegex(
                story,
                rf"2030-01-10  No seat moves to {flight}: {why}\.\s+forced by the scenario\n",
            )

    def test_a_seat_that_moves_is_told_as_that_alone(self):
        story = self.sentences(LEAK, *REPLAY)
        self.assertNotIn("No seat moves", story)

    def test_an_ascent_that_is_to_fail_is_announced(self):
        fail = """launch_systems = { rocket = {}; }; vehicles = { capsule = {
                  launch_system = "rocket"; }; };
                  events = { fail = { at = "2030-01-10Z"; what = "ascent_failure";
                             flight = "Second"; }; };"""
        self.assertRegex(
            self.sentences(self.changed(fail)),
            r"2030-01-10  Second is to fail on its way up\.\s+forced by the scenario\n",
        )


class Crews(Story):
    """Who flies, who can't, who leaves early."""

    THIRD = """ports = { east = { segment = "core"; docking = "latch"; }; };
               vehicles = { capsule = { slip = 0; }; };
               flights = { Third = { vehicle = "capsule"; crew = [ %s ];
                           launch = "2030-04-15Z"; }; };"""

    def test_a_ship_whose_crew_is_still_aboard_launches_empty_and_says_so(self):
        story = self.sentences(
            self.changed(self.THIRD % '"ada", "boris"' + 'remove = [ "events.the_leak" ];'),
            "--set", 'flights.Second.launch="2030-04-09Z"',
        )
        self.assertIn(
            "2030-04-15  Third launches empty: Ada and Boris are still aboard. It docks to east.",
            story,
        )
        self.assertNotIn("empty,", story)

    def test_of_a_crew_some_fly(self):
        story = self.sentences(
            self.changed(self.THIRD % '"ada", "eve"' + 'remove = [ "events.the_leak" ];'
                         'crew = { eve = { name = "Eve"; segment = "core"; }; };'),
            "--set", 'flights.Second.launch="2030-04-09Z"',
        )
        self.assertIn(
            "Third launches with Eve, without Ada, who is still aboard, and docks to east.", story
        )

    def test_the_dead_dont_fly_and_nobody_hands_over_to_an_empty_ship(self):
        story = self.sentences(
            self.changed(self.THIRD % '"ada", "boris"'),
            "--set", "policy.return_in_damaged=at_once", "--set", 'flights.Third.relieves="Second"',
            "--set", 'failures.leak.effects=({effect="vehicle_unsafe"; survival=0.0;})',
        )
        self.assertIn("Third launches empty: Ada and Boris died. It docks to south.", story)
        self.assertNotIn("handover", story)

    EVACUATE = """failures = { smoke = { name = "fills with smoke"; strikes = "station";
                      effects = ( { effect = "evacuate"; who = "station"; } ); }; };
                  policy = { early_return = 2; };
                  events = { smoke = { at = "2030-04-05T12:00Z"; what = "failure";
                             failure = "smoke"; }; };
                  vehicles = { capsule = { slip = 0; }; }; remove = [ "events.the_leak" ];"""

    def test_an_evacuation_is_a_sentence_for_each_vehicle(self):
        story = self.sentences(self.changed(self.EVACUATE))
        for flight in ("First", "Second"):
            self.assertIn(
                f"2 people must go home early in {flight}, which leaves as soon as it can, on "
                "2030-04-07.",
                story,
            )
        self.assertNotIn("at once", story)

    def test_what_never_flies_is_named_at_the_end(self):
        ending = 'scenario = { end = "2030-04-08Z"; }; vehicles = { capsule = { slip = %s; }; };'
        self.assertRegex(
            self.sentences(self.changed(ending % 40 + 'policy = { call_up = false; };')),
            r"Still on the ground: Second \(its launch has slipped; planned 2030-04-03\)\.",
        )
        story = self.sentences(self.changed(ending % 0), "--set", 'scenario.end="2030-04-01Z"')
        self.assertNotIn("Still on the ground", story)

    def test_what_it_waits_for_is_named_too(self):
        line = """lines = { yard = { ready = [ "2031-01-01Z" ]; }; };
                  vehicles = { capsule = { line = "yard"; }; }; policy = { call_up = false; };"""
        self.assertIn(
            "Second (waits for its vehicle; planned 2030-04-03)",
            self.sentences(self.changed(line)),
        )
        story = self.sentences(LEAK, "--set", f"{ROCKET}=0.0", "--set",
                               "launch_systems.soyuz_2_1a.stand_down=2000")
        self.assertRegex(story, r"Soyuz MS-24 \(waits for its rocket; planned 2023-09-15\)")
        story = self.sentences(MINIMAL, *REPLAY)
        self.assertIn("Second (not in the record; planned 2030-04-03)", story)


class Moments(Story):
    """What held when it happened, not how it ended."""

    WORSE = """failures = { burst = { name = "bursts"; vehicles = [ "capsule" ];
                   assessment = 5; effects = ( { effect = "vehicle_unsafe"; seats = "none"; } );
               }; };
               events = { burst = { at = "2030-02-01Z"; what = "failure"; failure = "burst";
                          flight = "First"; }; };"""

    def test_a_finding_knows_nothing_of_later_failures(self):
        story = self.sentences(self.changed(self.WORSE))
        self.assertIn("2030-01-25  Finding on First: no safe way home; its seats are for", story)
        self.assertIn("2030-02-06  Finding on First: no way home; its seats are lost.", story)

    def test_a_failure_of_a_damaged_ship_isnt_nobodys(self):
        story = self.sentences(self.changed(self.WORSE))
        self.assertRegex(story, r"2030-02-01  First \(at north\) bursts\. +forced")

    def test_a_remark_stands_beside_what_changed_it(self):
        story = self.sentences(LEAK, "--set", "policy.seat_move=0")
        self.assertRegex(story, r"launched on [^\n]*is left without a vehicle\.\n")
        self.assertRegex(
            story, r"Rubio's seat moves to Dragon Crew-5, an improvised[^\n]*\s+2 people without"
        )

    def test_a_ship_that_outstays_its_life_says_for_what(self):
        life = 'vehicles = { capsule = { certified_life = "125 d"; slip = 0; call_up_lead = 60; };};'
        story = self.sentences(self.changed(life))
        self.assertIn(
            "2030-02-03  The certified life of First ends; it stays, as its people wait for "
            "Second.",
            story,
        )
        story = self.sentences(self.changed(life), "--set", "policy.decision=20")
        self.assertIn("it stays, as nothing is decided about its people yet.", story)
        story = self.sentences(
            self.changed(life), "--set", "policy.call_up=false",
            "--set", "policy.return_in_damaged=never",
        )
        self.assertIn("it stays, as its people don't go home in a damaged one.", story)


class Cargo(Story):
    TRUCK = """vehicles = { truck = { role = "cargo"; docking = "latch"; stay = 20; }; };
               flights = { Load = { vehicle = "truck"; launch = "2030-02-01Z"; }; };"""

    def test_what_is_left_out_is_said_once(self):
        out = self.tell(LEAK)
        self.assertEqual(out.count("cargo traffic is left out; -v tells it"), 1)
        self.assertTrue(out.endswith("cargo traffic is left out; -v tells it\n"))
        self.assertNotIn("left out", self.tell(LEAK, "-v"))
        self.assertNotIn("left out", self.tell(MINIMAL))

    def test_illness_is_left_out_too(self):
        self.assertTrue(self.tell("k15_medical.cfg").endswith(
            "illness is left out; -v tells it\n"))
        self.assertNotIn("left out", self.tell("k15_medical.cfg", "-v"))

    def test_where_no_crew_is_to_fly_cargo_is_the_story(self):
        alone = self.changed(self.TRUCK + 'remove = [ "flights.Second", "events.the_leak" ];')
        out = self.tell(alone)
        self.assertIn("2030-02-01  Load launches and docks to south.", out)
        self.assertNotIn("left out", out)
        self.assertNotIn("Load launches", self.tell(self.changed(self.TRUCK)))


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

    def test_numbers_of_the_chart_keep_a_blank_between(self):
        for replication in range(12):
            out = self.tell(LEAK, "--replication", replication, COLUMNS="80")
            (row,) = re.findall(r"\nAboard +(.*)\n", out)
            numbers = row.split()
            self.assertLessEqual(set(numbers), {str(n) for n in range(16)}, row)
            last = re.search(r"The story ends with (\w+)", out)[1].replace("nobody", "0")
            self.assertEqual(numbers[-1], last)

    def test_an_amount_has_a_label_for_its_sign(self):
        early = """vehicles = { capsule = { slip = 0; }; };
                   policy = { shifted_launch = "ready"; };
                   flights = { Third = { vehicle = "capsule"; crew = [ "ada" ];
                               launch = "2030-08-01Z"; }; };"""
        self.assertIn("\n 14.4 d  Delay of the launches against the plan, on average\n", self.tell(LEAK))
        self.assertIn(
            "\n120.0 d  Launches earlier than planned, on average\n",
            self.tell(self.changed(early)),
        )

    def test_a_metric_without_words_of_its_own_names_whom_it_is_about(self):
        own = 'metrics = { s = { measure = "stay"; person = "ada"; }; '
        out = self.tell(self.changed(own + 'l = { measure = "launch"; flight = "Second"; }; };'))
        self.assertIn("d  Longest stay of Ada, launch to landing\n", out)
        self.assertIn("d  Launch of Second, after the scenario's start\n", out)

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
