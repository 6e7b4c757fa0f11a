#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`isssim describe`: the reference, in the terminal, as a page and for programs."""
import json
import os
import pathlib
import re
import unittest

from program import MINIMAL, ProgramTest

SOURCE = pathlib.Path(os.environ["ISSSIM_SOURCE"])
KEYS = (SOURCE / "engine/model/keys.def").read_text()
SECTIONS = re.findall(r"^(?:SINGLE|SECTION|ROWS)\((\w+)", KEYS, re.MULTILINE)
# (section, setting) of every KEY
SETTINGS = re.findall(r'^KEY\((\w+),\s*\w+,\s*[\w.]+,\s*"([\w.]+)"', KEYS, re.MULTILINE)


class Describe(ProgramTest):
    def describe(self, *arguments, **environment):
        out, err = self.run_program("describe", *arguments, **environment)
        self.assertEqual(err, "")
        return out

    def as_json(self, *arguments):
        return json.loads(self.describe(*arguments, "--json"))


class Told(Describe):
    def test_without_a_path_every_section_is_listed(self):
        lines = self.describe().splitlines()
        for section in SECTIONS:
            self.assertTrue(any(re.match(rf" +{section}\b", line) for line in lines), section)

    def test_a_section_tells_each_of_its_settings(self):
        for section in SECTIONS:
            out = self.describe(section)
            for name in (name for of, name in SETTINGS if of == section):
                self.assertRegex(out, rf"\n  {re.escape(name)} +\S")

    def test_a_setting_has_type_unit_range_default_meaning_and_example(self):
        out = self.describe("vehicles.handover")
        for part in ("a time or distribution", "in d", "0 to 10000 d", "default 5",
                     "From its docking to the departure", 'handover = "7 d";'):  # fmt: skip
            self.assertIn(part, out)
        self.assertIn("required", self.describe("flights.vehicle"))
        self.assertIn("optional", self.describe("flights.undock"))
        self.assertIn('"forecast", "replay"', self.describe("scenario.mode"))

    def test_paths_of_a_scenario_lead_to_the_setting(self):
        for paths in (
            ("flights.launch", "flights.MS-23.launch"),
            ("flights.as_flown.port", "flights.First.as_flown.port"),
            ("effects.survival", "failures.leak.effects[0].survival", "failures.effects.survival"),
            ("vehicles.slip", "vehicles.capsule.slip", "vehicles.capsule.slip.mean"),
            ("flights", "flights.First"),
            ("weibull", "distributions.weibull"),
            ("launch_systems.success", "launch_systems.small_rocket.success.uncertain.trials"),
        ):
            self.assertEqual(len({self.describe(path) for path in paths}), 1, paths)

    def test_a_group_of_settings_is_told_alone(self):
        out = self.describe("flights.as_flown")
        self.assertIn("as_flown.dock", out)
        self.assertNotIn("relieves", out)

    def test_distributions_have_parameters_examples_and_what_stands_around_them(self):
        out = self.describe("distributions")
        for part in ("weibull", "shape, scale", 'dist = "pert"', "p_zero", "shift", "lower",
                     "upper"):  # fmt: skip
            self.assertIn(part, out)

    def test_what_can_be_uncertain_is_told(self):
        out = self.describe("uncertain")
        for part in ("once an outer point", "study.inner", "gamma_rate", "successes = 160"):
            self.assertIn(part, re.sub(r"\s+", " ", out))
        self.assertIn("or uncertain", self.describe("launch_systems.success"))
        self.assertIn("events = 1", self.describe("gamma_rate"))

    def test_units_are_told_by_dimension(self):
        self.assertRegex(self.describe("units"), r"a mass +kg, g, t, lb")

    def test_lines_fit_the_terminal(self):
        for path in (None, *SECTIONS, "distributions", "units", "uncertain", "flights.as_flown.relocations"):
            arguments = [path] if path else []
            for line in self.describe(*arguments, COLUMNS="80").splitlines():
                self.assertLessEqual(len(line), 80, line)


class Mistyped(Describe):
    def test_suggestions(self):
        for wrong, meant in (
            ("fligths", "flights?"),
            ("flights.lanch", "flights.launch?"),
            ("flights.MS-23.lanch", "flights.launch?"),
            ("flights.MS-23.as_flown.lanch", "flights.as_flown.launch?"),
            ("failures.leak.effects[0].survivl", "effects.survival?"),
            ("flights.MS-23.as_flown.relocations[0].prt", "relocations.port?"),
            ("launch", "flights.launch or flights.as_flown.launch"),
            ("weibul", "weibull?"),
            ("distribution", "distributions?"),
            ("uncertan", "uncertain?"),
        ):
            self.assertIn(meant, self.refuses("describe", wrong, code=64), wrong)

    def test_without_a_neighbour_it_says_where_to_look(self):
        self.assertIn("isssim describe", self.refuses("describe", "xyzzy", code=64))
        err = self.refuses("describe", "scenario.xyzzy", code=64)
        self.assertIn("isssim describe scenario", err)
        self.refuses("describe", "flights.MS-23.xyzzy", code=64)
        self.refuses("describe", "flights." + 400 * "x" + ".y", code=64)

    def test_the_page_is_whole(self):
        self.refuses("describe", "flights", "--markdown", code=64)


class Page(Describe):
    def test_docs_has_what_the_program_prints(self):
        page = (SOURCE / "docs/scenario-reference.md").read_text()
        self.assertEqual(
            page,
            self.describe("--markdown"),
            "isssim describe --markdown > docs/scenario-reference.md",
        )

    def test_it_holds_a_complete_scenario_that_runs(self):
        blocks = re.findall(r"^```\n(.*?)^```\n", self.describe("--markdown"), re.M | re.S)
        complete = [block for block in blocks if "scenario = {" in block]
        self.assertEqual(len(complete), 1)
        (self.folder / "page.cfg").write_text(complete[0])
        self.run_program("run", "page.cfg", "--no-output")

    def test_it_tells_each_section_and_setting(self):
        page = self.describe("--markdown")
        for section in SECTIONS:
            self.assertIn(f"\n### {section}\n", page)
        self.assertEqual(len(re.findall(r"^\| `[\w.]+` \| .* \| `.*` \|$", page, re.M)),
                         len(SETTINGS))  # fmt: skip
        self.assertNotIn("%", re.sub(r"\d+(\.\d+)? %|\| % \|", "", page))


class Programs(Describe):
    def test_everything_is_there(self):
        reference = self.as_json()
        self.assertEqual([section["name"] for section in reference["sections"]], SECTIONS)
        told = [
            (setting["section"], setting["name"])
            for section in reference["sections"]
            for setting in section["settings"]
        ]
        self.assertEqual(told, SETTINGS)
        self.assertEqual(reference["units"]["a length"], "km, m")

    def test_a_part_is_the_same_as_in_the_whole(self):
        whole = self.as_json()
        flights = next(s for s in whole["sections"] if s["name"] == "flights")
        self.assertEqual(self.as_json("flights"), flights)
        self.assertIn(self.as_json("flights.launch"), flights["settings"])
        self.assertEqual(self.as_json("distributions"), whole["distributions"])
        self.assertIn(self.as_json("gamma"), whole["distributions"]["families"])
        self.assertEqual(self.as_json("units"), whole["units"])
        self.assertEqual(self.as_json("uncertain"), whole["uncertain"])


class Examples(Describe):
    """Each example works, on top of the smallest scenario."""

    def layer(self, setting, sections):
        """Scenario text that uses the setting's example."""
        section = setting["section"]
        if sections[section]["shape"] == "rows":
            return None  # used by the setting that holds the rows
        needed = {
            other["name"]: other["example"]
            for other in sections[section]["settings"]
            if other["required"]
        }
        needed[setting["name"]] = setting["example"]
        needed |= self.beside.get((section, setting["name"]), {})
        context = self.contexts.get((section, setting["name"]))
        if context is not None:
            value = f'{setting["name"]} = {setting["example"]};'
            return (
                f'base = [ "minimal.cfg" ];\n{section} = {{ another = '
                f"{{ {context} effects = (); {value} }}; }};\n"
            )
        text = "".join(
            f"{name.partition('.')[0]} = {{ {name.partition('.')[2]} = {value}; }};\n"
            if "." in name
            else f"{name} = {value};\n"
            for name, value in needed.items()
        )
        if sections[section]["shape"] == "named":
            text = f"{self.name_in[section]} = {{\n{text}}};\n"
        return f'base = [ "minimal.cfg" ];\n{section} = {{\n{text}}};\n'

    # Settings that mean something beside others only.
    contexts = {
        ("failures", "ports"): 'strikes = "port";',
        ("failures", "launch_systems"): 'strikes = "rocket";',
        ("failures", "pads"): 'strikes = "pad";',
        ("failures", "crew"): 'strikes = "person";',
        ("failures", "clock"): 'strikes = "person"; life = 900;',
        ("failures", "probability"): 'strikes = "station"; per = "docking";',
        ("failures", "suits"): 'strikes = "station"; per = "eva"; probability = 0.01;',
        ("failures", "beta_factor"): 'strikes = "port"; life = 9;',
    }

    beside = {
        ("vehicles", "alternatives"): {"launch_system": '"small_rocket"'},
        ("cadence", "relieves"): {"crew": '( { segment = "core"; } )'},
        ("cadence", "after"): {
            "first": '"2030-07-01Z"',
            "crew": '( { segment = "core"; } )',
        },
        ("parts", "target"): {"lead": "90"},
        ("systems", "needs"): {"units": "3"},
        ("conditions", "after"): {"process": '"once"'},
        ("systems", "by"): {"eva": '"walk"', "by": '"eva"'},
        ("systems", "eva"): {"by": '"eva"'},
        ("systems", "outings"): {"by": '"eva"', "eva": '"walk"'},
        ("eva", "interval"): {"first": '"2030-02-01Z"'},
        ("eva", "count"): {"first": '"2030-02-01Z"', "interval": "90"},
        ("eva", "until"): {"first": '"2030-02-01Z"', "interval": "90"},
        ("utilisation", "research"): {"nominal_crew": "3"},
        ("utilisation", "nominal_crew"): {"research": "( { crew = 3; hours = 35; } )"},
        ("programme", "name"): {"max_crew": "3"},
        ("programme", "at"): {"max_crew": "3"},
        ("programme", "delay"): {"max_crew": "3"},
        ("programme", "deorbit_vehicle"): {"ends": "true"},
        ("programme", "last_crew"): {"ends": "true"},
        ("programme", "deorbit"): {"ends": "true"},
        ("cadence", "visiting"): {"crew": '( { segment = "core"; } )'},
    }

    # An orbit has all of these.
    orbit = {
        "altitude": "416",
        "floor": "414",
        "target": "417",
        "mass": "420000",
        "drag": "2640",
        "density": "3.7e-12",
        "scale_height": "58.5",
        "exhaust": "2942",
        "boosters": '[ "capsule" ]',
        "inclination": "51.64",
        "node": "100",
        "avoidance": "228",
    }

    name_in = {
        "ports": "north",
        "resources": "food",
        "production": "greenhouse",
        "transfers": "bags",
        "families": "small_rockets",
        "pads": "east_pad",
        "launch_systems": "small_rocket",
        "lines": "capsule_line",
        "vehicles": "capsule",
        "crew": "ada",
        "flights": "First",
        "cadence": "supply",
        "programme": "last_flight",
        "suits": "emu",
        "eva": "walk",
        "failures": "leak",
        "experiments": "crystals",
        "parts": "pump",
        "systems": "cooling",
        "tasks": "exercise",
        "kits": "small",
        "conditions": "sinusitis",
        "events": "the_leak",
        "metrics": "stay_ada",
        "expeditions": "third",
    }

    def test_settings(self):
        (self.folder / "minimal.cfg").write_bytes(MINIMAL.read_bytes())
        things = "".join(
            f"{section} = {{ {name} = {{}}; }};\n"
            for section, name in self.name_in.items()
            if section
            in ("families", "pads", "launch_systems", "lines", "kits", "parts", "suits")
        )
        things += (
            'cadence = { taxi = { vehicle = "capsule"; first = "2030-04-01Z"; interval = 90; '
            'until = "2030-05-01Z"; '
            'crew = ( { segment = "core"; skills = [ "robotics" ]; } ); }; };\n'
        )
        things += (
            'resources = { food = { class = "dry"; stock = 600; per_person = 1.8; '
            "nominal_crew = 2; }; water = { stock = 100; use = 1; }; };\n"
            'production = { greenhouse = { resource = "food"; per_day = 0.5; }; };\n'
            'vehicles = { capsule = { cargo = ( { class = "dry"; mass = 400; } ); }; };\n'
        )
        things += 'failures = { no_cooling = { strikes = "station"; effects = (); }; };\n'
        things += 'eva = { walk = { segment = "core"; }; };\n'
        things += 'systems = { cooling = { life = 900; }; };\n'
        things += 'medical = { kit = "small"; };\n'
        things += "orbit = {" + "".join(f"{n} = {v}; " for n, v in self.orbit.items()) + "};\n"
        things += 'utilisation = { nominal_crew = 3; research = ( { crew = 1; hours = 9; } ); };\n'
        things += 'crew = { ada = { skills = [ "robotics" ]; }; '
        things += 'chen = { skills = [ "robotics" ]; }; };\n'  # one in each crew
        things = things.replace("small_rocket = {};", "small_rocket = {}; big_rocket = {};")
        sections = {section["name"]: section for section in self.as_json()["sections"]}
        for section in sections.values():
            for setting in section["settings"]:
                text = self.layer(setting, sections)
                if text is None:
                    continue
                with self.subTest(f"{section['name']}.{setting['name']}"):
                    (self.folder / "things.cfg").write_text(
                        'base = [ "minimal.cfg" ];\n'
                        'remove = [ "flights.Second.relieves" ];\n' + things
                    )
                    (self.folder / "x.cfg").write_text(text.replace("minimal", "things"))
                    self.run_program("check", "x.cfg")

    def test_distributions(self):
        for family in self.as_json("distributions")["families"]:
            for parameter in family["parameters"]:
                self.assertIn(f" {parameter} = ", family["example"])
            value = family["example"]
            if family["name"] == "gamma_rate":
                value = f'{{ dist = "exponential"; rate = {{ uncertain = {value}; }}; }}'
            self.run_program("check", MINIMAL, "--set", f"vehicles.capsule.handover={value}")

    def test_what_is_uncertain(self):
        """The examples are settings of a rocket, a failure and a vehicle."""
        where = {
            "success": "launch_systems.small_rocket",
            "life": "failures.leak",
            "call_up_lead": "vehicles.capsule",
        }
        for example in self.as_json("uncertain"):
            name, _, value = example["example"].rstrip(";").partition(" = ")
            self.run_program("check", MINIMAL, "--set", f"{where.pop(name)}.{name}={value}")
        self.assertEqual(where, {})


if __name__ == "__main__":
    unittest.main()
