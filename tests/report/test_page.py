#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report taken apart: its structure, its numbers, what it escapes, what it needs."""
import doctest
import pathlib
import re
import shlex
import tempfile
import unittest

from pages import (EMPTY, LEAK, MINIMAL, SCENARIOS, ProgramTest, read,
                   skip_without_modules, table, value)


def setUpModule():
    temporary = tempfile.TemporaryDirectory(prefix="isssim-report-")
    unittest.addModuleCleanup(temporary.cleanup)
    Made.pages = pathlib.Path(temporary.name)


class Made(ProgramTest):
    """Reports of a run, of a mission with everything on, and of a study."""

    #: name: how the result is made
    CASES = {
        "leak": ["run", LEAK],
        "all": ["run", SCENARIOS / "baseline_2025_2030.cfg"],
        "study": ["mc", LEAK, "-n", "60", "--traces", "worst:unsafe_person_days=1",
                  "--series", "crew,unsafe"],
        "uncertain": ["mc", SCENARIOS / "baseline_2025_2030.cfg", "-n", "8"],
        "small": ["run", MINIMAL, "--set", "scenario.mode=replay"],
    }

    pages = None

    def made(self, name):
        """The report, taken apart; made once for all tests."""
        if not (self.pages / f"{name}.html").exists():
            self.run_program(*self.CASES[name], "-qo", self.pages / f"{name}.h5")
            self.run_program("report", self.pages / f"{name}.h5")
        return read(self.pages / f"{name}.html")


class Structure(Made):
    def test_it_is_a_sound_page_that_everybody_can_use(self):
        for name in self.CASES:
            with self.subTest(name):
                self.check(self.made(name), name)

    def check(self, root, name):
        (html,) = root.all("html")
        self.assertEqual(html["lang"], "en")
        self.assertTrue(root.all("title")[0].text())
        for landmark in ("header", "nav", "main", "footer"):
            self.assertEqual(len(root.all(landmark)), 1, landmark)
        self.check_references(root)
        self.check_headings(root)
        self.check_pictures(root)
        self.check_tables(root)
        self.check_needs_nothing(root)
        size = (self.pages / f"{name}.html").stat().st_size
        self.assertLess(size, 2_000_000, name)

    def check_references(self, root):
        ids = [node["id"] for node in root.walk() if node["id"] is not None]
        self.assertEqual(sorted(ids), sorted(set(ids)))
        named = [node["href"] for node in root.all("a", "use")]
        named += [f"#{i}" for node in root.walk()
                  for i in (node["aria-labelledby"] or "").split()]
        named += re.findall(r"url\((#[^)]*)\)", " ".join(
            text for node in root.walk() for text in node.attributes.values() if text))
        self.assertLessEqual({n[1:] for n in named}, set(ids))
        self.assertTrue(all(n.startswith("#") for n in named))
        first = root.all("body")[0].all("a")[0]
        self.assertIn("Skip", first.text())
        self.assertEqual(first["href"], "#" + root.all("main")[0]["id"])

    def check_headings(self, root):
        levels = [int(node.name[1]) for node in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
        self.assertEqual(levels.count(1), 1)
        self.assertEqual(levels[0], 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1, levels)

    def check_pictures(self, root):
        pictures = root.all("svg")
        self.assertGreaterEqual(len(pictures), 2)
        for svg in pictures:
            self.assertEqual(svg["role"], "img")
            title, description = svg.parts[0], svg.parts[1]
            self.assertEqual((title.name, description.name), ("title", "desc"))
            self.assertTrue(title.text() and description.text())
            self.assertEqual(svg["aria-labelledby"], f"{title['id']} {description['id']}")
        for figure in root.all("figure"):
            self.assertEqual(len(figure.all("svg")), 1)
            self.assertTrue(figure.all("figcaption")[0].text())
            self.assertTrue(figure.all("table"), "no table says the same")

    def check_tables(self, root):
        for found in root.all("table"):
            self.assertTrue(found.all("caption")[0].text())
            head, *rows = found.all("tr")
            self.assertEqual({cell["scope"] for cell in head.all("th")}, {"col"})
            for row in rows:
                cells = row.all("th", "td")
                self.assertEqual(len(cells), len(head.all("th")))
                self.assertEqual(cells[0]["scope"], "row")
        for region in root.all("div"):
            if region["role"] == "region":
                self.assertEqual(region["tabindex"], "0")
                self.assertTrue(region["aria-label"])

    def check_needs_nothing(self, root):
        known = {"a", "abbr", *EMPTY}
        self.assertFalse(root.all("script", "link", "iframe", "img", "object", "embed", "base",
                                  "form", "input"))
        for node in root.walk():
            for name, text in node.attributes.items():
                self.assertFalse(name.startswith("on"), name)
                self.assertNotRegex(text or "", r"^//|https?:", (node.name, name))
                if name in ("src", "href"):
                    self.assertIn(node.name, known)
        (style,) = root.all("style")
        self.assertNotRegex(style.text(), r"url\(|@import")
        policy = [m["content"] for m in root.all("meta") if m["http-equiv"]]
        self.assertIn("default-src 'none'", policy[0])


class Numbers(Made):
    """What it says is what the file has."""

    def test_all_metrics_of_a_run(self):
        import h5py

        root = self.made("leak")
        with h5py.File(self.pages / "leak.h5") as file:
            metrics = file["metrics"]
            known = dict(zip([n.decode() for n in metrics["name"][()]], metrics["value"][()]))
        head, *rows = table(root, "All metrics")
        self.assertEqual([cell.text() for cell in head], ["Metric", "Value", "Meaning"])
        self.assertEqual(len(rows), len(known))
        for name, number, _ in rows:
            expected = known[name.text()]
            self.assertEqual(value(number), None if expected != expected else expected)

    def test_the_flights_of_a_run(self):
        import isssim

        root = self.made("leak")
        with isssim.open(self.pages / "leak.h5") as run:
            flights = run.flights
        made = [t for t in root.all("table") if t.all("caption")[0].text() == "Flights"]
        head = [cell.text() for cell in made[-1].all("tr")[0].all("th")]
        rows = [row.all("th", "td") for row in made[-1].all("tr")[1:]]
        self.assertEqual([row[0].text() for row in rows], flights["name"].tolist())
        for row, launch, slip in zip(rows, flights["launch"], flights["slip_d"]):
            time = row[head.index("Launch")].all("time")
            self.assertEqual([t["datetime"] for t in time],
                             [] if launch != launch else [f"{launch:%Y-%m-%dT%H:%M:%S}Z"])
            self.assertEqual(value(row[head.index("Slip, d")]), None if slip != slip else slip)

    def test_the_summary_of_a_study(self):
        import isssim

        root = self.made("study")
        with isssim.open(self.pages / "study.h5") as study:
            summary, quantiles = study.summary, study.quantiles
        head, *rows = table(root, "All metrics")
        names = [cell.text() for cell in head]
        self.assertEqual(len(rows), len(summary))
        for row in rows:
            name = row[names.index("Metric")].text()
            expected = {
                "Mean": summary.at[name, "mean"],
                "Monte Carlo error": summary.at[name, "mcse"],
                "Median": quantiles.at[name, 0.5],
                "5\u202f%".replace("\u202f", " "): quantiles.at[name, 0.05],
                "Not 0": summary.at[name, "p_nonzero"],
            }
            for column, number in expected.items():
                self.assertEqual(value(row[names.index(column)]),
                                 None if number != number else number, (name, column))

    def test_the_story_is_the_programs(self):
        import json

        root = self.made("leak")
        facts = json.loads(self.run_program("info", self.pages / "leak.h5", "--story", "--json")[0])
        told = [" ".join(item.text().split())
                for ol in root.all("ol") if ol["class"] == "story" for item in ol.all("li")]
        self.assertEqual(len(told), len(facts["story"]))
        for line, item in zip(facts["story"], told):
            self.assertIn(line["text"], item)
            self.assertIn(line["remark"] or "", item)

    def test_a_line_points_to_the_one_that_it_follows_from(self):
        root = self.made("leak")
        items = {item["id"]: item for item in root.all("li") if item["id"]}
        (decision,) = (i for i in items.values() if i.text()[10:].startswith("Decision on"))
        pointer = [a for a in decision.all("a")]
        self.assertIn("Finding on", items[pointer[0]["href"][1:]].text())

    def test_what_failed_and_how_late_the_latest_was(self):
        text = " ".join(self.made("leak").all("main")[0].text().split())
        import isssim

        with isssim.open(self.pages / "leak.h5") as run:
            latest = run.flights.dropna(subset=["slip_d"]).sort_values("slip_d").iloc[-1]
        self.assertIn(f"at most {latest['slip_d']:.1f} ({latest['name']})", text)
        self.assertIn("3 people at most without a safe seat home", text)

    def test_the_scenario_in_the_page_gives_the_same_mission(self):
        root = self.made("leak")
        (again,) = (s for s in root.all("section") if s["id"] == "again")
        (text,) = (d.all("code")[0].text() for d in again.all("details")
                   if "all layers" in d.all("summary")[0].text())
        (self.folder / "scenario.cfg").write_text(text, encoding="utf-8")
        (call,) = (c.text() for c in again.all("code") if c.text().endswith(" scenario.cfg"))
        self.run_program(*shlex.split(call)[1:], "-qo", "again.h5")
        for name in ("metrics", "events"):
            self.assertEqual(self.run_program("export", self.pages / "leak.h5", name)[0],
                             self.run_program("export", "again.h5", name)[0])


class Escaping(ProgramTest):
    def test_no_text_of_a_file_becomes_markup(self):
        nasty = "</title><script>alert(1)</script><b id='x'>&amp; \\\"q\\\""
        plain = nasty.replace('\\"', '"')
        text = MINIMAL.read_text(encoding="utf-8")
        title = re.search(r'title = "(.*?)"', text)[1]
        name = re.search(r'name = "(.*?)"', text)[1]
        text = text.replace(f'"{title}"', f'"{nasty}"').replace(f'"{name}"', f'"N {nasty}"')
        (self.folder / "nasty.cfg").write_text(text, encoding="utf-8")
        self.run_program("run", "nasty.cfg", "-qo", "n <b>&.h5")
        self.run_program("report", "n <b>&.h5")
        root = read(self.folder / "n <b>&.html")
        self.assertEqual(root.all("h1")[0].text(), plain)
        self.assertTrue(root.all("title")[0].text().startswith(plain))
        self.assertFalse(root.all("script", "b"))
        self.assertIn(nasty, root.text())  # the scenario as it was written
        self.assertFalse([node for node in root.walk() if node["id"] == "x"])

    def test_what_html_cant_hold_is_replaced(self):
        from isssim.report.markup import element

        self.assertEqual(element("p", "a\x00b\x1fc\ud800d\n", "<"), "<p>a\ufffdb\ufffdc\ufffdd\n&lt;</p>")


class Pictures(unittest.TestCase):
    def test_a_picture_with_very_many_points_stays_small(self):
        import matplotlib.figure
        import numpy

        from isssim.report import figures

        draw = numpy.random.default_rng(1).normal
        figure = matplotlib.figure.Figure(figsize=(7, 2))
        axes = figure.add_subplot()
        axes.plot(numpy.cumsum(draw(size=300_000)))
        axes.scatter(numpy.arange(20_000), draw(size=20_000))
        made = figures.svg(figure, "many", "Many", "points")
        self.assertLess(len(made), 600_000)
        self.assertIn("<image", made)

    def test_dotted_hatches_stay_small_and_sharp(self):
        import matplotlib.figure

        from isssim.report import figures

        figure = matplotlib.figure.Figure(figsize=(7, 2))
        figure.add_subplot().bar([1, 2], [1, 2], hatch=".....", edgecolor="white")
        made = figures.svg(figure, "dots", "Dots", "two bars")
        self.assertLess(len(made), 60_000)
        self.assertNotIn("<image", made)
        self.assertRegex(made, r'stroke-width="[01]\.\d+" stroke-linecap="round"')


class Words(unittest.TestCase):
    def test_the_examples_in_the_sources(self):
        from isssim.report import markup, words

        for module in (markup, words):
            failed, tried = doctest.testmod(module)
            self.assertEqual(failed, 0)
            self.assertGreater(tried, 0)

    def test_texts_of_a_scenario_are_found(self):
        from isssim.report import scenario

        text = 'scenario = {\n    title = "a";\n    question = "one \\"two\\" "\n      "three\\\\";\n};\n'
        self.assertEqual(scenario.setting(text, "scenario.question"), 'one "two" three\\')
        self.assertEqual(scenario.setting(text, "scenario.none"), "")


class Colours(unittest.TestCase):
    """Contrast of at least 4.5 (WCAG 2.1, AA), on paper and on shade, in each scheme."""

    def test_every_text_is_read_on_every_ground(self):
        import isssim.report as report

        css = pathlib.Path(report.__file__).with_name("page.css").read_text(encoding="utf-8")
        schemes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))
                   for block in re.findall(r":root \{(.*?)\}", css, re.S)]
        self.assertEqual(len(schemes), 3)
        for scheme in schemes:
            for ink in ("ink", "soft", "link", "bad", "good"):
                for ground in ("paper", "shade"):
                    self.contrast(scheme[ink], scheme[ground])
            self.contrast(scheme["bad"], scheme["bad-shade"])
            self.contrast(scheme["good"], scheme["good-shade"])

    def contrast(self, one, other):
        lights = sorted((self.light(one), self.light(other)))
        ratio = (lights[1] + 0.05) / (lights[0] + 0.05)
        self.assertGreaterEqual(ratio, 4.5, (one, other))

    @staticmethod
    def light(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
        parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


if __name__ == "__main__":
    skip_without_modules()
    unittest.main()
