#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the way of launches: told, and explained back to what began it."""
import os
import pathlib
import unittest

from program import LEAK, ProgramTest

WAITS = pathlib.Path(os.environ["ISSSIM_SOURCE"], "tests", "property", "launches.cfg")

PAD = (
    'pads.site_31={name="Site 31";}',
    'launch_systems.soyuz_2_1a.pads=["site_31"]',
    'failures.collapse={name="is wrecked"; strikes="pad"; '
    'effects=({effect="pad_closed"; duration=150;});}',
    'events.wreck={at="2023-02-01Z"; what="failure"; failure="collapse"; pad="site_31";}',
)
LOSS = (
    'families.kin={name="The kin"; stand_down=60; crew_after=1;}',
    'launch_systems.big={name="Big"; family="kin";}',
    "vehicles.crew_dragon.launch_system=big",
    "vehicles.cargo_dragon.launch_system=big",
    'events.loss={at="2023-02-01Z"; what="family_failure"; family="kin";}',
)
SWITCH = (
    'vehicles.cygnus.alternatives=({launch_system="spare"; lead=90;})',
    'launch_systems.spare={name="Spare";}',
    'failures.doubts={name="is doubted"; strikes="rocket"; '
    'effects=({effect="launch_grounded"; duration=400;});}',
    'events.doubt={at="2023-02-01Z"; what="failure"; failure="doubts"; '
    'launch_system="antares";}',
)


class Launches(ProgramTest):
    def story(self, settings):
        words = [word for setting in settings for word in ("--set", setting)]
        out, _ = self.run_program("run", LEAK, "-o", "x.h5", *words)
        return " ".join(out.split())

    def test_a_wrecked_pad_stops_two_types_of_vehicle(self):
        story = self.story(PAD)
        self.assertIn(
            "Site 31 is wrecked. Nothing can be launched from Site 31 until 2023-07-01.", story)
        self.assertIn("Soyuz MS-23 waits for a pad; Site 31 is free on 2023-07-01.", story)
        self.assertIn("Progress MS-22 waits for a pad; Site 31 is free on 2023-07-01.", story)
        for flight in ("MS-23", "Progress-MS-22"):
            self.assert_in_order(
                ("Site 31 is wrecked.", "Site 31 can be used again.", "launches"),
                self.causes("LAUNCHED", flight))

    def test_a_loss_elsewhere_grounds_the_family_and_people_longer(self):
        story = self.story(LOSS)
        self.assertIn("A launch of The kin fails that has nothing to do with the station. Big is "
                      "grounded until 2023-04-02.", story)
        self.assertIn("Dragon Crew-6 waits for its rocket, which is grounded until 2023-04-02.",
                      story)
        self.assertIn("Dragon CRS-27 waits for its rocket, which is grounded until 2023-04-02.",
                      story)
        self.assertIn("Dragon Crew-6 waits until its rocket has flown without people: 1 more "
                      "launch must succeed.", story)
        self.assert_in_order(
            ("A launch of The kin fails", "Big may fly again.", "Dragon CRS-27 launches",
             "Dragon Crew-6 launches"),
            self.causes("LAUNCHED", "Crew-6"))

    def test_a_launch_on_another_rocket_goes_back_to_the_grounding(self):
        story = self.story(SWITCH)
        self.assertIn("Cygnus NG-19 will fly on Spare instead, from 2023-05-02 on.", story)
        self.assert_in_order(
            ("is doubted.", "is grounded", "Cygnus NG-19 will fly on Spare", "NG-19 launches"),
            self.causes("LAUNCHED", "NG-19"))

    def test_the_parts_of_every_metric_add_up(self):
        for replication in ("0", "3"):
            self.run_program("run", WAITS, "-qo", "w.h5", "--force", "--replication", replication)
            for metric in ("scrubs", "external_failures", "pad_closed_d", "port_wait_d",
                           "rockets_switched", "grounded_d", "slip_mean_d"):  # fmt: skip
                out, _ = self.run_program("explain", "w.h5", "--why", metric)
                self.assertNotIn("The file accounts for", out)


if __name__ == "__main__":
    unittest.main()
