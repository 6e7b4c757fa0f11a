#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped library: fitted figures are those of the record, every layer loads, and
what it says of rockets and pads has the consequences that it had."""
import csv
import filecmp
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from program import SCENARIOS, ProgramTest

LIBRARY = SCENARIOS / "library"
HISTORY = "library/history/iss-2000-2026.cfg"
TIANGONG = """\
base = [ "library/rockets-tiangong.cfg", "library/vehicles/tiangong.cfg" ];
scenario = { title = "Tiangong"; start = "2026-01-01Z"; end = "2026-12-31Z"; };
ports = { front = { segment = "core"; docking = "apas"; };
          aft = { segment = "core"; docking = "apas"; }; };
flights = { SZ = { vehicle = "shenzhou"; launch = "2026-04-20Z"; undock = "2026-10-20Z"; };
            TZ = { vehicle = "tianzhou"; launch = "2026-07-01Z"; }; };
"""


def script(name):
    """A script of the library as a module."""
    spec = importlib.util.spec_from_file_location(name, LIBRARY / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


class Fitted(unittest.TestCase):
    def test_the_script_writes_what_is_shipped(self):
        with tempfile.TemporaryDirectory(prefix="isssim-library-") as folder:
            subprocess.run([sys.executable, LIBRARY / "fit.py", folder], check=True,
                           timeout=60)  # fmt: skip
            made = sorted(str(path.relative_to(folder))
                          for path in pathlib.Path(folder).rglob("*.cfg"))  # fmt: skip
            self.assertEqual(len(made), 1 + len(list((LIBRARY / "record").iterdir())))
            _, differ, missing = filecmp.cmpfiles(folder, LIBRARY, made, shallow=False)
        self.assertEqual((differ, missing), ([], []))

    def test_the_published_slips_are_those_of_the_plans(self):
        """Every class of lead time, to the digits that were published."""
        module, low = script("fit"), -1
        plans = [(int(row["lead_days"]), int(row["slip_days"]))
                 for row in module.table("launch_slips.csv")]  # fmt: skip
        for high, on_time, shape, scale in module.PUBLISHED:
            slips = [slip for lead, slip in plans if low < lead <= high]
            late = [slip for slip in slips if slip > 0]
            self.assertAlmostEqual(1 - len(late) / len(slips), on_time, delta=0.0005)
            got = module.weibull(late)
            self.assertAlmostEqual(got[0], shape, delta=0.005)
            self.assertAlmostEqual(got[1] / scale, 1, delta=0.0015)
            low = high

    def test_no_layer_knows_what_came_after_its_day(self):
        module = script("fit")
        known = [module.known_stand_downs(module.day(date))
                 for date in module.DAYS.values()]  # fmt: skip
        counts = [sum(map(len, families.values())) for families in known]
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(known[list(module.DAYS).index("2003")],
                         {"space_shuttle": [975], "soyuz": [15]})  # fmt: skip
        self.assertNotIn("antares", known[list(module.DAYS).index("2014")])

    def test_every_fact_names_its_source(self):
        for name in ("launch_slips", "launch_slips_final_weeks", "plans", "stand_downs",
                     "launches"):  # fmt: skip
            path = SCENARIOS / "history" / "facts" / f"{name}.csv"
            with open(path, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    self.assertTrue(row["source"], (name, row))
                    self.assertNotIn(None, row, name)


class Conditions(ProgramTest):
    """medical.cfg: 101 conditions and three kits."""

    def settings(self):
        out, _ = self.run_program("show", "k15_medical.cfg", "--json")
        return {s["path"]: s["value"] for s in json.loads(out)["settings"]}

    def test_the_script_writes_what_is_shipped(self):
        with tempfile.TemporaryDirectory(prefix="isssim-library-") as folder:
            subprocess.run([sys.executable, LIBRARY / "conditions.py", folder], check=True,
                           timeout=60)  # fmt: skip
            made = (pathlib.Path(folder) / "medical.cfg").read_text(encoding="utf-8")
        self.assertEqual(made, (LIBRARY / "medical.cfg").read_text(encoding="utf-8"))

    def test_every_condition_is_loaded_with_its_mean_rate(self):
        """From the table, not by the script's own reading of it."""
        settings = self.settings()
        loaded = {path.split(".")[1] for path in settings if path.startswith("conditions.")}
        table = SCENARIOS / "history" / "facts" / "medical_conditions.csv"
        with open(table, encoding="utf-8", newline="") as file:
            facts = {row["condition"].replace("-", "_"): row for row in csv.DictReader(file)}
        self.assertEqual(len(facts), 101)
        self.assertEqual(loaded, set(facts))
        for name, row in facts.items():
            a, b = float(row["p1"]), float(row["p2"])
            rate = settings[f"conditions.{name}.incidence"]
            mean = {"gamma": lambda d: d["shape"] * d["scale"], "beta": lambda d: a / b,
                    "lognormal": lambda d: a / b}  # fmt: skip
            known = rate if isinstance(rate, float) else mean[rate["dist"]](rate)
            self.assertAlmostEqual(known / (a / b), 1, delta=2e-5, msg=name)

    def test_every_comment_says_where_an_incidence_is_from(self):
        text = (LIBRARY / "medical.cfg").read_text(encoding="utf-8")
        tiers = re.findall(r"^        # (tier[AB]-\w+), ", text, re.MULTILINE)
        counts = {tier: tiers.count(tier) for tier in tiers}
        self.assertEqual(counts, {"tierA-nasa": 34, "tierB-pymc": 66, "tierB-lit": 1})


class Medical(ProgramTest):
    """Illness by one rate: the choices are the published figures, and what they make of
    the record."""

    def test_the_record_against_three_readings(self):
        done = subprocess.run([sys.executable, LIBRARY / "medical.py"], check=True,
                              capture_output=True, text=True, timeout=60)  # fmt: skip
        chances = [float(line.split()[-1]) for line in done.stdout.splitlines()[2:6]]
        for chance, known in zip(chances, (0.2825, 0.0017, 0.0135, 0.8224), strict=True):
            self.assertAlmostEqual(chance, known, delta=0.00006)

    def test_its_exposure_is_that_of_the_history(self):
        """Whose stays are counted from docking to undocking, by the minute."""
        self.run_program("run", "history.cfg", "-q", "-o", "h.h5")
        out, _ = self.run_program("export", "h.h5", "metrics")
        days = {row["name"]: row["value"] for row in csv.DictReader(out.splitlines())}
        known = script("medical").PERSON_DAYS
        self.assertAlmostEqual(float(days["crew_days"]) / known, 1, delta=1e-4)

    def setting(self, layer, path):
        (self.folder / "x.cfg").write_text(
            f'base = [ "medical_return.cfg", "library/{layer}.cfg" ];\n'
        )
        self.run_program("run", "x.cfg", "-q", "-f", "-o", "x.h5")
        out, _ = self.run_program("show", "x.cfg", "--json")
        settings = {s["path"]: s["value"] for s in json.loads(out)["settings"]}
        return settings[f"failures.illness.{path}"]

    def test_the_layers_have_the_rates_of_the_script(self):
        medical = script("medical")
        for layer, rate in {
            "medical_k15": medical.K15 / medical.YEAR,
            "medical_seven": medical.THREE_YEARS / medical.CREW / medical.YEAR,
        }.items():
            written = self.setting(layer, "life")["rate"]
            self.assertAlmostEqual(written / rate, 1, delta=5e-5)
            comment = (LIBRARY / "medical-rate.cfg").read_text(encoding="utf-8")
            self.assertIn(f"rate={written:.4e}".replace("e-0", "e-"), comment)
        self.assertEqual(self.setting("medical_three_years", "life")["mean"], "3 yr")
        self.assertEqual(self.setting("medical_three_years", "clock"), "together")
        posterior = self.setting("medical-rate", "life")["rate"]["uncertain"]
        self.assertEqual((posterior["events"], posterior["exposure"]),
                         (medical.EVENTS, medical.PERSON_DAYS))  # fmt: skip


class Layers(ProgramTest):
    def check(self, text):
        (self.folder / "x.cfg").write_text(text)
        out, err = self.run_program("check", "x.cfg")
        self.assertEqual(err, "", text)
        return out

    def test_every_era_loads_on_the_history_without_a_warning(self):
        years = sorted(path.stem for path in (LIBRARY / "eras").glob("*.cfg"))
        self.assertGreater(len(years), 8)
        for year in years:
            self.check(
                f'base = [ "{HISTORY}", "library/eras/{year}.cfg" ];\n'
                f'scenario = {{ title = "From {year}"; start = "{year}-11-03Z"; '
                'end = "2027-01-01Z"; };\n'
            )

    def test_tiangong_loads(self):
        self.check(TIANGONG)

    def test_every_layer_is_used(self):
        """A layer that neither a scenario nor a test names is tested by nothing."""
        tests = SCENARIOS.parent / "tests"
        files = [*LIBRARY.rglob("*.cfg"), *SCENARIOS.glob("*.cfg"), *tests.glob("*/*.cfg")]
        named = " ".join(path.read_text(encoding="utf-8") for path in files)
        for path in LIBRARY.rglob("*.cfg"):
            if path.parent.name != "eras" and not re.search("tiangong|medical_", path.name):
                self.assertRegex(named, rf'"[^"]*\b{re.escape(path.name)}"', path)

    def test_every_ship_of_the_record_has_a_rocket_with_a_family(self):
        out, _ = self.run_program("show", "history.cfg", "--json")
        settings = {s["path"]: s["value"] for s in json.loads(out)["settings"]}
        ships = {path.split(".")[1] for path in settings if path.startswith("vehicles.")}
        self.assertEqual(len(ships), 22)
        for ship in ships:
            rocket = settings[f"vehicles.{ship}.launch_system"]
            family = settings[f"launch_systems.{rocket}.family"]
            self.assertIn("dist", settings[f"families.{family}.stand_down"])


class Chains(ProgramTest):
    """The record's flights as the plan, one thing gone wrong."""

    def story(self, year, settings, start, end):
        (self.folder / "x.cfg").write_text(
            f'base = [ "{HISTORY}", "library/eras/{year}.cfg" ];\n'
            f'scenario = {{ title = "X"; start = "{start}"; end = "{end}"; }};\n{settings}'
        )
        out, _ = self.run_program("run", "x.cfg", "-v", "-f", "-o", "x.h5")
        return " ".join(out.split())

    def test_a_loss_of_falcon_9_grounds_three_kinds_of_ship(self):
        story = self.story("2025", """
families = { falcon_9 = { stand_down = 400; }; };
vehicles = { cygnus_f9 = { alternatives = (); }; };
events = { loss = { at = "2025-01-10Z"; what = "family_failure"; family = "falcon_9"; }; };
flights = { Crew-10 = { launch = "2025-03-15Z"; }; CRS-32 = { launch = "2025-04-01Z"; };
    NG-23 = { launch = "2025-08-15Z"; };
    Progress-MS-30 = { launch = "2025-02-28Z"; }; };
""", "2025-01-01Z", "2026-06-30Z")  # fmt: skip
        for flight in ("Dragon Crew-10", "Dragon CRS-32", "Cygnus NG-23"):
            self.assertIn(f"{flight} waits for its rocket, which is grounded until 2026-02-14.",
                          story)  # fmt: skip
        self.assertIn("Progress MS-30 launches", story)
        self.assertIn("A launch of Falcon 9 fails", self.causes("LAUNCHED", "Crew-10"))

    def test_a_loss_of_antares_moves_cygnus_after_the_lead_time(self):
        story = self.story("2014", """
families = { antares = { stand_down = 720; }; };
flights = { Orb-3 = { launch = "2014-10-28Z"; };
    OA-4 = { vehicle = "cygnus"; launch = "2015-04-01Z"; }; };
vehicles = { cygnus = { slips = (); slip = 0; }; };
events = { loss = { at = "2014-10-27Z"; what = "ascent_failure"; flight = "Orb-3"; }; };
""", "2014-10-27Z", "2016-03-31Z")  # fmt: skip
        switched = re.search(r"Cygnus OA-4 will fly on Atlas V instead, from (\S+) on", story)
        self.assertTrue("2015-09-23" <= switched[1] <= "2016-02-20", switched)
        self.assertIn("The ascent of Cygnus Orb-3 fails", self.causes("LAUNCHED", "OA-4"))

    def test_damage_of_site_31_stops_soyuz_and_progress(self):
        story = self.story("2025", """
failures = { collapse = { name = "loses its service cabin"; strikes = "pad";
    pads = [ "baikonur_31" ]; effects = ( { effect = "pad_closed"; duration = 250; } ); }; };
events = { damage = { at = "2025-11-28Z"; what = "failure"; failure = "collapse";
    pad = "baikonur_31"; }; };
flights = { MS-29 = { launch = "2026-07-14Z"; }; Progress-MS-33 = { launch = "2026-03-22Z"; }; };
""", "2025-11-26Z", "2026-09-30Z")  # fmt: skip
        for flight, name in (("MS-29", "Soyuz MS-29"), ("Progress-MS-33", "Progress MS-33")):
            self.assertIn(f"{name} waits for a pad; Baikonur Site 31 is free on 2026-08-05.",
                          story)  # fmt: skip
            self.assertIn("Baikonur Site 31 loses its service cabin.",
                          self.causes("LAUNCHED", flight))  # fmt: skip

    def test_the_shuttle_waits_for_an_orbiter(self):
        """Four launches in a month with three orbiters."""
        flights = "".join(
            f'STS-9{i} = {{ vehicle = "shuttle"; launch = "2009-01-{day:02}Z"; '
            f'visiting = true; }};\n'
            for i, day in enumerate((1, 8, 15, 22))
        )
        settings = """
families = { space_shuttle = { stand_down = 0; }; };
launch_systems = { space_shuttle = { success = 1; scrubs = (); pads = []; }; };
vehicles = { shuttle = { slip = 0; docking_success = 1; }; };
"""
        story = self.story("2006", settings + "flights = {" + flights + "};",
                           "2008-12-20Z", "2009-12-31Z")  # fmt: skip
        self.assertRegex(story, "STS-93 waits for its vehicle, which is ready on 2009-0[4-9]")
        self.assertRegex(story, "STS-93 launches empty, 1[0-9]{2} days late")


if __name__ == "__main__":
    unittest.main()
