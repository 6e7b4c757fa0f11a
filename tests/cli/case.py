# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of a scenario and the tables of its file, for the tests of single cases."""
import csv
import io

from program import ProgramTest


class Case(ProgramTest):
    def run_case(self, scenario, *arguments):
        """The story in one line; the file is x.h5."""
        out, _ = self.run_program("run", scenario, "-o", "x.h5", "--force", *arguments)
        return " ".join(out.split())

    def table(self, name):
        """The rows of a table of the file, as exported."""
        out, _ = self.run_program("export", "x.h5", name)
        return list(csv.DictReader(io.StringIO(out)))

    def rows(self, name, key="id"):
        return {row[key]: row for row in self.table(name)}

    def metric(self, name):
        return float(self.rows("metrics", "name")[name]["value"])

    def assert_checked_and_shown(self, scenario):
        """Nothing to warn of, and what `show` prints is the same scenario."""
        _, err = self.run_program("check", scenario)
        self.assertEqual(err, "", scenario)
        self.run_case(scenario)
        before = self.table("metrics")
        shown, _ = self.run_program("show", scenario)
        (self.folder / "shown.cfg").write_text(shown, encoding="utf-8")
        self.run_case("shown.cfg")
        self.assertEqual(self.table("metrics"), before, scenario)
