#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`isssim list`: the shipped scenarios with their questions."""
import json
import unittest

from program import MINIMAL, SCENARIOS, ProgramTest

SHIPPED = sorted(path.name for path in SCENARIOS.glob("*.cfg"))


class List(ProgramTest):
    def test_every_shipped_scenario_has_title_and_question(self):
        entries = json.loads(self.run_program("list", "--json")[0])
        self.assertEqual([entry["file"] for entry in entries], SHIPPED)
        for entry in entries:
            self.assertTrue(entry["title"] and entry["question"], entry)

    def test_they_are_told(self):
        out, err = self.run_program("list")
        self.assertEqual(err, "")
        self.assertIn("Two people, one ship, one leak", out)
        self.assertIn("How long are two people without a safe way home?", out)
        for name in SHIPPED:
            self.assertRegex(out, rf"(?m)^{name} ")

    def test_lines_fit_the_terminal(self):
        for line in self.run_program("list", COLUMNS="80")[0].splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_the_library_is_the_one_named_and_its_folders_arent_searched(self):
        (self.folder / "library").mkdir()
        (self.folder / "library" / "part.cfg").write_bytes(MINIMAL.read_bytes())
        (self.folder / "mine.cfg").write_bytes(MINIMAL.read_bytes())
        (self.folder / "notes.txt").write_text("no scenario")
        out, _ = self.run_program("list", "--json", ISSSIM_LIBRARY=self.folder)
        self.assertEqual([entry["file"] for entry in json.loads(out)], ["mine.cfg"])

    def test_a_broken_one_is_told_and_the_others_are_listed(self):
        (self.folder / "a.cfg").write_text("station = {")
        (self.folder / "b.cfg").write_bytes(MINIMAL.read_bytes())
        out, err = self.run_program("list", code=65, ISSSIM_LIBRARY=self.folder)
        self.assertIn("isssim check a.cfg", err)
        self.assertTrue(out.startswith("b.cfg "))

    def test_an_untitled_one_is_listed_by_its_name(self):
        (self.folder / "a.cfg").write_text("station = { min_crew = 2; };")
        out, _ = self.run_program("list", "--json", ISSSIM_LIBRARY=self.folder)
        self.assertEqual(json.loads(out), [{"file": "a.cfg", "title": "", "question": ""}])

    def test_without_a_library_there_is_nothing_to_list(self):
        err = self.refuses("list", code=66, ISSSIM_LIBRARY=self.folder / "nowhere")
        self.assertIn("ISSSIM_LIBRARY", err)

    def test_it_takes_no_argument(self):
        self.assertIn("no argument", self.refuses("list", "minimal.cfg", code=64))


if __name__ == "__main__":
    unittest.main()
