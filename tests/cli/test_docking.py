#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How ships arrive, what they wait for and who makes room: told, explained, counted."""
import os
import pathlib
import unittest

from program import MINIMAL, ProgramTest

TROUBLE = pathlib.Path(os.environ["ISSSIM_SOURCE"], "tests", "property", "docking.cfg")

BARGE = (
    'vehicles.barge={name="Barge"; role="cargo"; docking="latch"; stay=30; rendezvous=24; '
    'ports=["north"]; profiles=({name="one day"; share=1; rendezvous=24;}); '
    "free_flight_life=9;}",
    'flights.Barge-1={name="Barge 1"; vehicle="barge"; launch="2030-02-01Z";}',
    "vehicles.capsule.relocation=12",
)
JAM = (
    'failures.jam={name="is jammed"; strikes="port"; ports=["south"]; '
    'effects=({effect="port_blocked"; duration=4;});}',
    'events.jam={at="2030-02-01T12:00Z"; what="failure"; failure="jam"; port="south";}',
    'vehicles.barge.ports=["south"]',
)


class Docking(ProgramTest):
    def story(self, *settings):
        words = [word for setting in BARGE + settings for word in ("--set", setting)]
        out, _ = self.run_program("run", MINIMAL, "-v", "-o", "x.h5", *words)
        return " ".join(out.split())

    def test_a_launch_is_explained_by_the_move_and_the_move_by_the_wait(self):
        story = self.story("policy.relocate=true", 'remove=["events.the_leak"]')
        self.assertIn("Barge 1 is ready and waits for a free port. First is to make room for "
                      "Barge 1.", story)
        self.assertIn("First moves from north to south.", story)
        self.assertIn("docks to north on the 2nd (one day).", story)
        self.assert_in_order(
            ("Barge 1 is ready and waits for a free port.", "First is to make room for Barge 1.",
             "First moves from north to south.", "Barge 1 launches"),
            self.causes("LAUNCHED", "Barge-1"))

    def test_a_ship_that_finds_its_port_blocked_waits_for_it(self):
        story = self.story(*JAM)
        self.assertIn("Barge 1 arrives, finds no free port and waits in free flight.", story)
        self.assert_in_order(("south is jammed.", "south can be used again.", "docks to south"),
                             self.causes("DOCKED", "Barge-1"))
        out, _ = self.run_program("explain", "x.h5", "--why", "loiter_d")
        self.assertIn("loiter_d is 3.5 d", out)
        self.assertIn("Barge 1, until 2030-02-05", out)

    def test_a_ship_that_nobody_can_capture_goes_home_or_burns_up(self):
        alone = ('vehicles.barge.ports=["south"]', 'vehicles.barge.captured_by="arm"',
                 'crew.chen.skills=["arm"]')
        story = self.story(*alone)
        self.assertIn("Barge 1 arrives and waits in free flight: nobody aboard can capture it.",
                      story)
        self.assertIn("Barge 1 gives up docking and is sent to burn up.", story)
        (self.folder / "x.h5").unlink()
        self.assertIn("Barge 1 gives up docking and goes home.",
                      self.story(*alone, "vehicles.barge.lands=true"))

    def test_who_docks_by_hand_is_told(self):
        hand = ('vehicles.barge.ports=["south"]', "vehicles.barge.manual=1")
        self.assertIn("Barge 1 is docked to south by hand (one day).", self.story(*hand))
        (self.folder / "x.h5").unlink()
        self.assertIn("Barge 1 can't dock by itself, and nobody is there to do it.",
                      self.story('flights.First.undock="2030-01-10Z"',
                                 'remove=["flights.Second"]', *hand))

    def test_a_skill_that_nobody_has_is_refused_with_a_hint(self):
        sets = [word for setting in BARGE for word in ("--set", setting)]
        _, err = self.run_program("check", MINIMAL, *sets, "--set",
                                  'vehicles.barge.captured_by="arm"', code=65)
        self.assertIn("nobody has this skill, so that Barge-1 could never be berthed", err)
        self.assertIn('hint: skills = [ "arm" ] of somebody in crew', err)

    def test_words_are_shown_and_described(self):
        out, _ = self.run_program("show", MINIMAL, "--set", 'crew.ada.skills=["arm", "walks"]')
        self.assertIn('skills = [ "arm", "walks" ];', out)
        (self.folder / "shown.cfg").write_text(out)
        again, _ = self.run_program("show", "shown.cfg")
        self.assertIn('skills = [ "arm", "walks" ];', again)
        out, _ = self.run_program("describe", "crew.skills")
        self.assertIn("array of words of your own", out)

    def test_the_parts_of_every_metric_add_up(self):
        for replication in ("6", "10"):
            self.run_program("run", TROUBLE, "-qo", "w.h5", "--force", "--replication", replication)
            for metric in ("loiter_d", "relocations", "manual_dockings", "port_wait_d",
                           "docking_failures", "dockings"):  # fmt: skip
                out, _ = self.run_program("explain", "w.h5", "--why", metric)
                self.assertNotIn("The file accounts for", out)


if __name__ == "__main__":
    unittest.main()
