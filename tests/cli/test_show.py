#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`isssim show`: the merged scenario loads back to the same model, says where each value
comes from, and how it differs from another."""
import json
import re
import unittest

from program import LEAK, MINIMAL, SCENARIOS, ProgramTest

PLACE = re.compile(r"# ([\w./-]+\.cfg):(\d+)$")


class Show(ProgramTest):
    def show(self, *arguments, **environment):
        out, err = self.run_program("show", *arguments, **environment)
        self.assertEqual(err, "")
        return out

    def as_json(self, *arguments):
        return json.loads(self.show(*arguments, "--json"))

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name


class Round(Show):
    def assert_same_model(self, *arguments):
        text = self.show(*arguments)
        model = self.as_json(*arguments[:1], *(a for a in arguments[1:] if a != "--origin"))
        again = self.as_json(self.write("again.cfg", text))
        self.assertEqual(again["model"], model["model"])
        self.assertIn(f"# model {model['model']}\n", text)
        self.assertEqual(
            [(s["path"], s["value"]) for s in again["settings"]],
            [(s["path"], s["value"]) for s in model["settings"]],
        )

    def test_every_shipped_scenario_loads_back_to_the_same_model(self):
        shipped = sorted(SCENARIOS.glob("*.cfg"))
        self.assertTrue(shipped)
        for path in shipped:
            self.assert_same_model(path)
            self.assert_same_model(path, "--origin")

    def test_so_does_one_with_overrides(self):
        self.assert_same_model(
            MINIMAL, "--set", "station.min_crew=1", "--set", 'scenario.title="a # b // \\" c"',
            "--set", "failures.leak.effects[0].survival=0.5",
            "--set", 'policy.damaged_stay={dist="gamma"; shape=4; scale=5;}',
        )  # fmt: skip

    def test_a_name_that_isnt_text_stays_in_its_comment(self):
        name = 'a\nscenario = 1;\n"é\x1b.cfg'
        (self.folder / name).write_bytes(MINIMAL.read_bytes())
        self.assert_same_model(name, "--origin")

    def test_other_models_have_other_hashes(self):
        other = self.as_json(MINIMAL, "--set", "station.min_crew=1")
        self.assertNotEqual(other["model"], self.as_json(MINIMAL)["model"])


class Places(Show):
    def test_the_main_files_own_values_have_none(self):
        self.assertNotIn("#", self.show(MINIMAL).split("\n\n", 1)[1])

    def test_layers_are_named_with_file_and_line(self):
        lines = self.show(LEAK).splitlines()
        named = 0
        for line in lines[2:]:
            place = PLACE.search(line)
            if place:
                file = (SCENARIOS / place[1]).read_text().splitlines()
                self.assertIn(line.split(" = ")[0].strip(), file[int(place[2]) - 1])
                named += 1
        self.assertGreater(named, 300)
        self.assertFalse(any("soyuz_leak.cfg:" in line for line in lines))

    def test_they_dont_depend_on_where_the_program_is_called(self):
        (self.folder / "scenarios").symlink_to(SCENARIOS)
        self.assertEqual(self.show("scenarios/soyuz_leak.cfg"), self.show(LEAK))

    def test_origin_names_the_main_file_too(self):
        out = self.show(MINIMAL, "--origin")
        for line in out.splitlines():
            if " = " in line and not line.endswith("{"):
                self.assertRegex(line, PLACE)
                file, number = PLACE.search(line).groups()
                self.assertEqual(file, "minimal.cfg")
                name = line.split(" = ")[0].strip()
                self.assertIn(name, MINIMAL.read_text().splitlines()[int(number) - 1])

    def test_overrides_are_named_by_their_number(self):
        out = self.show(MINIMAL, "--set", "station.min_crew=1", "--set",
                        "failures.leak.effects[0].survival=0.5")  # fmt: skip
        self.assertRegex(out, r"min_crew = 1; +# --set:1\n")
        self.assertRegex(out, r"effects = .*survival = 0\.5.* # minimal\.cfg:\d+, --set:2\n")

    def test_json_has_values_and_places(self):
        settings = {s["path"]: s for s in self.as_json(LEAK)["settings"]}
        self.assertEqual(settings["vehicles.soyuz_ms.seats"]["value"], 3)
        self.assertRegex(settings["vehicles.soyuz_ms.seats"]["origin"],
                         r"^library/vehicles/soyuz_ms\.cfg:\d+$")  # fmt: skip
        self.assertEqual(settings["vehicles.soyuz_ms.slip"]["value"],
                         {"dist": "exponential", "mean": 10, "p_zero": 0.6})  # fmt: skip
        self.assertRegex(settings["scenario.start"]["origin"], r"^soyuz_leak\.cfg:\d+$")


class Difference(Show):
    def test_none(self):
        self.assertIn("no difference", self.show(MINIMAL, "--diff", MINIMAL))
        self.assertEqual(self.as_json(MINIMAL, "--diff", MINIMAL)["differences"], [])

    def test_changed_added_and_missing_settings(self):
        self.write("left.cfg", MINIMAL.read_text().replace("min_crew = 2", "min_crew = 1"))
        self.write("right.cfg", MINIMAL.read_text().replace("    decision = 5;\n",
                                                            "    seat_move = 3;\n"))  # fmt: skip
        out = self.show("left.cfg", "--diff", "right.cfg")
        self.assertRegex(out, r"station\.min_crew\n  - 1 +left.cfg:\d+\n  \+ 2 +right.cfg:\d+\n")
        self.assertRegex(out, r"policy\.decision\n  - 5 +left\S+\n  \+ not given \(default 0\)\n")
        self.assertRegex(out, r"policy\.seat_move\n  - not given \(default 0\)\n  \+ 3 ")
        self.assertIn("3 settings differ", out)

    def test_a_value_that_becomes_a_distribution_is_one_difference(self):
        found = self.as_json(
            MINIMAL, "--diff", MINIMAL, "--set", 'policy.decision={dist="exponential"; mean=5;}'
        )["differences"]
        self.assertEqual([d["path"] for d in found], ["policy.decision"])
        self.assertEqual(found[0]["left"]["value"], {"dist": "exponential", "mean": 5})
        self.assertEqual(found[0]["left"]["origin"], "--set:1")
        self.assertEqual(found[0]["right"]["value"], 5)

    def test_what_is_missing_is_null_for_programs(self):
        found = self.as_json(
            MINIMAL, "--diff", MINIMAL, "--set", "policy.seat_move=3"
        )["differences"]
        self.assertEqual((found[0]["path"], found[0]["right"]), ("policy.seat_move", None))

    def test_another_order_is_told(self):
        swapped = re.sub(r"(\s+north = .*)(\s+south = .*)", r"\2\1", MINIMAL.read_text())
        self.write("swapped.cfg", swapped)
        self.assertIn("another order", self.show(MINIMAL, "--diff", "swapped.cfg"))

    def test_long_values_fit_the_terminal(self):
        out = self.show(LEAK, "--diff", MINIMAL, COLUMNS="80")
        for line in out.splitlines()[1:]:
            self.assertLessEqual(len(line), 80, line)

    def test_the_other_scenario_must_be_one(self):
        self.write("bad.cfg", "station = {")
        self.assertIn("bad.cfg:1", self.refuses("show", MINIMAL, "--diff", "bad.cfg", code=65))
        self.refuses("show", MINIMAL, "--diff", "none.cfg", code=66)


class Refused(Show):
    def test_wrong_scenarios_get_their_messages_and_nothing_is_shown(self):
        self.refuses("show", MINIMAL, "--set", "station.min_crw=1", code=65)
        self.refuses("show", "none.cfg", code=66)
        self.refuses("show", code=64)


if __name__ == "__main__":
    unittest.main()
