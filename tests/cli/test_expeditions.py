#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expeditions: as in the record, by rule, and in what the program tells."""
import csv
import io
import json
import unittest

from program import SCENARIOS, ProgramTest

FACTS = SCENARIOS / "history" / "facts"

# Those that by no rule begin with people who leave.
EXCEPTIONS = {
    20: "with the docking of TMA-15",
    59: "with the docking of MS-12",
    69: "with the departure of MS-22, which took nobody",
}


def facts(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Expeditions(ProgramTest):
    def table(self, name):
        out, _ = self.run_program("export", "x.h5", name)
        return list(csv.DictReader(io.StringIO(out)))

    def replay(self, more="", remove=""):
        """The record, from the docking of Expedition 1 on, without what `remove` says."""
        (self.folder / "x.cfg").write_text(
            f'base = [ "history.cfg" ];\nremove = [ "events"{remove} ];\n{more}\n',
            encoding="utf-8")
        self.run_program("run", "x.cfg", "-q", "--force", "-o", "x.h5",
                         ISSSIM_LIBRARY=str(SCENARIOS))
        return self.table("expeditions")

    def begins(self, rows):
        """{number: start} of a table of expeditions."""
        first = {}
        for row in rows:
            first.setdefault(int(row["number"]), row["start"])
        return first

    def test_a_replay_has_those_of_the_record(self):
        rows = self.replay()
        known = [row for row in rows if int(row["number"]) <= 74]
        self.assertEqual([(row["number"], row["commander"]) for row in known],
                         [(row["number"], row["commander"])
                          for row in facts("expeditions.csv")])
        self.assertEqual(sorted(self.begins(known)), list(range(1, 75)))
        # What the record doesn't name: Expedition 75 began with MS-28's departure.
        self.assertEqual(self.begins(rows)[75][:10], "2026-07-26")
        stays = {(row["name"], row["launch"][:4]): row["expeditions"]
                 for row in self.table("crew")}
        self.assertEqual(stays["William Shepherd", "2000"], "1")
        self.assertEqual(stays["Chris Hadfield", "2012"], "34-35")
        self.assertEqual(stays["Frank Rubio", "2022"], "67-69")
        self.assertEqual(stays["Dennis Tito", "2001"], "")

    def test_the_rule_numbers_the_record_as_history_did(self):
        record = self.begins(self.replay())
        early = self.begins(self.replay(
            'station = { expedition = 1; }; scenario = { end = "2003-02-01Z"; };',
            ', "expeditions"'))
        late = self.begins(self.replay(
            'station = { expedition = 6; }; scenario = { start = "2003-02-01Z"; };'
            'vehicles = { shuttle = { expeditions = "never"; }; };', ', "expeditions"'))
        self.assertEqual(early, {number: record[number] for number in range(1, 7)})
        left_out = 0
        for number in range(7, 76):
            if number in EXCEPTIONS:
                left_out += 1
                self.assertNotIn(record[number], late.values(), EXCEPTIONS[number])
            else:
                self.assertEqual(late.pop(number - left_out), record[number], number)
        self.assertEqual(list(late), [6])

    def test_who_commands_is_told(self):
        self.replay('scenario = { start = "2021-09-01Z"; end = "2021-12-01Z"; };')
        out, _ = self.run_program("run", "x.cfg", "-o", "y.h5",
                                  ISSSIM_LIBRARY=str(SCENARIOS))
        self.assertIn("2021-10-17  Expedition 66 begins; ", out)
        self.assertIn("takes command of Expedition 66.", out)
        out, _ = self.run_program("explain", "x.h5", "--at", "2021-10-10")
        self.assertIn("Expedition 65, commanded by Thomas Pesquet.", " ".join(out.split()))
        out, _ = self.run_program("explain", "x.h5", "--json", "--why", "expeditions")
        self.assertEqual([part["text"] for part in json.loads(out)["parts"]],
                         ["Expedition 66, commanded by Thomas Pesquet."])

    def test_a_forecast_goes_on_from_the_record(self):
        (self.folder / "x.cfg").write_text('base = [ "medical_return.cfg" ];\n',
                                           encoding="utf-8")
        self.run_program("run", "x.cfg", "-q", "-o", "x.h5", "--set",
                         "events.medical_case.when=replay",
                         ISSSIM_LIBRARY=str(SCENARIOS))
        rows = self.table("expeditions")
        self.assertEqual((rows[0]["number"], rows[0]["commander"]), ("74", "fincke"))
        out, _ = self.run_program("explain", "x.h5", "--json", "COMMAND_HANDED_OVER")
        told = " ".join(line["text"] for line in json.loads(out)["causes"])
        self.assert_in_order(["Crew-11 leaves", "takes command of Expedition 74"], told)


class Silence(ProgramTest):
    def test_without_expeditions_nothing_is_said(self):
        out, _ = self.run_program("run", SCENARIOS / "minimal.cfg", "-o", "x.h5")
        self.assertNotIn("xpedition", out)
        out, _ = self.run_program("explain", "x.h5", "--at", "2030-02-01")
        self.assertNotIn("xpedition", out)
        out, _ = self.run_program("export", "x.h5", "expeditions")
        self.assertEqual(len(out.splitlines()), 1)


class Lost(ProgramTest):
    def test_the_loss_of_the_station_is_told(self):
        (self.folder / "x.cfg").write_text(
            'base = [ "minimal.cfg" ]; station = { uncrewed_life = 20; };\n'
            'remove = [ "events", "flights.Second", "failures.leak.life" ];\n',
            encoding="utf-8")
        out, _ = self.run_program("run", "x.cfg", "-o", "x.h5",
                                  ISSSIM_LIBRARY=str(SCENARIOS))
        self.assertIn("Nobody has come in time: the station is lost", out)
        self.assertIn("1  The station is lost", out)
        out, _ = self.run_program("explain", "x.h5", "STATION_LOST")
        self.assertIn("leaves", out)


if __name__ == "__main__":
    unittest.main()
