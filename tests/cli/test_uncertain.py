#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that aren't known: shown, drawn, told and explained."""
import json
import re
import unittest

from program import MINIMAL, ProgramTest

SETS = {
    "launch_systems.small_rocket.success": '{uncertain={dist="beta"; successes=160; trials=162;};}',
    "vehicles.capsule.slip": '{dist="weibull"; shape=1.0; scale={uncertain={dist="uniform"; '
    "min=20; max=40;};};}",
    "vehicles.capsule.call_up_lead": '{uncertain={dist="uniform"; min=40; max="60 d";};}',
    "failures.leak.life": '{dist="exponential"; rate={uncertain={dist="gamma_rate"; events=1; '
    'exposure="25 yr"; prior="uniform";};};}',
    "failures.leak.effects[0].survival": "{uncertain=0.875;}",
}
PATHS = {
    "launch_systems.small_rocket.success": ("1", 0.9, 1),
    "vehicles.capsule.slip.scale": ("d", 20, 40),
    "vehicles.capsule.call_up_lead": ("d", 40, 60),
    "failures.leak.life.rate": ("1/d", 0, 0.01),
    "failures.leak.effects[0].survival": ("1", 0.875, 0.875),
}


def sets(*more):
    given = [f"{path}={value}" for path, value in SETS.items()] + list(more)
    return [word for text in given for word in ("--set", text)]


class Uncertain(ProgramTest):
    def drawn(self, *arguments):
        """Value, units and meaning of each metric that is a path."""
        out = self.run_program("run", MINIMAL, "--no-output", "--json", *arguments)[0]
        return {
            metric["name"]: metric for metric in json.loads(out)["metrics"] if "." in metric["name"]
        }

    def values(self, replication, *more):
        drawn = self.drawn("--replication", replication, *sets(*more))
        return [drawn[path]["value"] for path in PATHS]

    def test_what_is_shown_loads_to_the_same_model(self):
        models = []
        for arguments in ([MINIMAL, *sets()], ["again.cfg"]):
            text, _ = self.run_program("show", *arguments)
            models += re.findall(r"^# model (\w+)$", text, re.M)
            (self.folder / "again.cfg").write_text(text)
        self.assertEqual(len(models), 2)
        self.assertEqual(models[0], models[1])
        self.assertIn(
            'success = { uncertain = { dist = "beta"; successes = 160; trials = 162; }; };', text
        )

    def test_each_is_a_metric_named_by_its_path(self):
        drawn = self.drawn(*sets())
        self.assertEqual(sorted(drawn), sorted(PATHS))
        for path, (units, least, greatest) in PATHS.items():
            self.assertEqual(drawn[path]["units"], units)
            self.assertTrue(least <= drawn[path]["value"] <= greatest, drawn[path])
        self.assertEqual(
            drawn["vehicles.capsule.slip.scale"]["meaning"],
            "Drawn value of slip.scale: How much later than planned a launch is; drawn once, "
            "when it enters the plan",
        )

    def test_replications_of_an_outer_point_share_their_values(self):
        first, second = self.values(0), self.values(1)
        self.assertEqual(first[-1], second[-1])
        for a, b in zip(first[:-1], second[:-1]):
            self.assertNotEqual(a, b)
        self.assertEqual(self.values(0, "study.inner=4"), first)
        self.assertEqual(self.values(3, "study.inner=4"), first)
        self.assertEqual(self.values(4, "study.inner=4"), second)

    def test_a_member_can_be_set(self):
        drawn = self.drawn(*sets("vehicles.capsule.slip.scale.uncertain.min=39.5"))
        self.assertGreaterEqual(drawn["vehicles.capsule.slip.scale"]["value"], 39.5)

    def test_the_summary_tells_them_when_asked_to_tell_more(self):
        brief, _ = self.run_program("run", MINIMAL, "--no-output", *sets())
        self.assertNotIn("Drawn value", brief)
        more, _ = self.run_program("run", MINIMAL, "-nv", *sets())
        self.assertRegex(more, r"vehicles\.capsule\.slip\.scale +[23]\d\.\d\d d  Drawn value")
        self.assertRegex(more, r"failures\.leak\.life\.rate +[\d.e-]+ 1/d  Drawn value")

    def test_a_file_explains_them(self):
        self.run_program("run", MINIMAL, "-qo", "x.h5", *sets())
        out, _ = self.run_program("explain", "x.h5", "--why", "failures.leak.effects[0].survival")
        self.assertIn("is 0.875: Drawn value of survival", out)
        self.assertRegex(out, r"each\s+outer\s+point\s+draws\s+it\s+once")
        err = self.refuses("explain", "x.h5", "--why", "failures.leak.life.rte", code=64)
        self.assertIn("did you mean failures.leak.life.rate?", err)

    def test_a_column_of_a_file_can_be_uncertain_too(self):
        (self.folder / "x.csv").write_text("days\n45\n50\n")
        (self.folder / "x.cfg").write_text(
            'base = [ "minimal.cfg" ];\nvehicles = { capsule = { call_up_lead = { uncertain = '
            '{ dist = "empirical"; file = "x.csv"; column = "days"; }; }; }; };\n'
        )
        (self.folder / "minimal.cfg").write_bytes(MINIMAL.read_bytes())
        out, _ = self.run_program("run", "x.cfg", "-nv")
        self.assertRegex(out, r"vehicles\.capsule\.call_up_lead +(45|50) d  Drawn value")


if __name__ == "__main__":
    unittest.main()
