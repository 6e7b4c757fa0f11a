#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scenarios/history.cfg is the record: who was aboard on every day, what was docked where.

The expected values are read from scenarios/history/facts, not from the layers made from
them.  A time of which the record has the day only is taken as 12:00, so people are counted
at 00:00 UTC, on every day.
"""
import csv
import datetime
import pathlib
import sys
import tempfile
import time
import unittest

from program import SCENARIOS, ProgramTest

try:
    import h5py
except ImportError:
    h5py = None

HISTORY = SCENARIOS / "history.cfg"
FACTS = SCENARIOS / "history" / "facts"
START = datetime.datetime(2000, 11, 2)
END = datetime.datetime(2026, 10, 9)
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
PREFIXES = ("Soyuz ", "Dragon ", "Axiom ", "Starliner ", "Cygnus ")


def table(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(text):
    """A time of the record, None when it has none; noon of a day."""
    if not text:
        return None
    if "T" not in text:
        return datetime.datetime.fromisoformat(text) + DAY / 2
    return datetime.datetime.fromisoformat(text.rstrip("Z"))


def days():
    day = START + DAY
    while day <= END:
        yield day
        day += DAY


class Stay:
    def __init__(self, person, arrive, depart, visitor):
        self.person, self.visitor = person, visitor
        self.arrive, self.depart = arrive, depart or END + DAY

    def covers(self, when):
        return self.arrive <= when < self.depart


def recorded_stays():
    """Everyone's stays by the record; who never arrived had none.  Arrivals known to the
    day are those of the flight."""
    docked = {row["flight"]: row["dock"] for row in table("crewed.csv")}
    return [
        Stay(row["person"], moment(docked[row["up"]]), moment(row["depart"]),
             row["kind"] == "visitor")
        for row in table("stays.csv")
        if row["arrive"]
    ]


class Replay:
    """What the engine made of it."""

    def __init__(self, path, start=START):
        with h5py.File(path, "r") as file:
            def times(name):
                unknown = -(2**63)
                return [
                    None if us == unknown
                    else start + datetime.timedelta(microseconds=int(us))
                    for us in file[name][()]
                ]

            ids = file["people/id"].asstr()[()]
            rows = zip(file["crew/person"][()], times("crew/arrive"),
                       times("crew/leave"), file["crew/visiting"][()])
            self.stays = [
                Stay(ids[person], arrive, leave, bool(visitor))
                for person, arrive, leave, visitor in rows
                if arrive
            ]
            ports = file["ports/name"].asstr()[()]
            names = file["flights/name"].asstr()[()]
            self.flights = {
                name: {"launch": launch, "dock": dock, "undock": undock, "land": land}
                for name, launch, dock, undock, land in zip(
                    names, times("flights/launch"), times("flights/dock"),
                    times("flights/undock"), times("flights/land"))
            }
            self.berths = [
                (ports[port], names[flight], start, end)
                for port, flight, start, end in zip(
                    file["port_intervals/port"][()], file["port_intervals/flight"][()],
                    times("port_intervals/start"), times("port_intervals/end"))
            ]
            self.metrics = dict(zip(file["metrics/name"].asstr()[()],
                                    file["metrics/value"][()]))


def aboard(stays, when, residents=False):
    return sorted(
        stay.person
        for stay in stays
        if stay.covers(when) and not (residents and stay.visitor)
    )


def roll(stays, residents=False):
    """Who is aboard at the beginning of each day: {day: sorted people}."""
    people = {day: [] for day in days()}
    for stay in stays:
        day = max(START, stay.arrive.replace(hour=0, minute=0, second=0, microsecond=0))
        while day <= min(END, stay.depart):
            if day in people and stay.covers(day) and not (residents and stay.visitor):
                people[day].append(stay.person)
            day += DAY
    return {day: sorted(names) for day, names in people.items()}


@unittest.skipUnless(h5py, "h5py isn't there")
class History(unittest.TestCase):
    """One replay, looked at from all sides."""

    @classmethod
    def setUpClass(cls):
        runner = ProgramTest()
        with tempfile.TemporaryDirectory(prefix="isssim-history-") as folder:
            runner.folder = pathlib.Path(folder)
            begin = time.perf_counter()
            runner.run_program("run", HISTORY, "--reproducible", "-o", "h.h5", "-q")
            print(f"a run takes {time.perf_counter() - begin:.2f} s", file=sys.stderr)
            cls.replay = Replay(runner.folder / "h.h5")
        cls.record = recorded_stays()

    def test_the_same_people_are_aboard_on_every_day(self):
        replay, record = roll(self.replay.stays), roll(self.record)
        for day in days():
            self.assertEqual(replay[day], record[day], day)

    def test_and_the_same_are_residents(self):
        replay, record = roll(self.replay.stays, True), roll(self.record, True)
        for day in days():
            self.assertEqual(replay[day], record[day], day)

    def test_every_stay_begins_and_ends_at_its_minute(self):
        def minutes(stays):
            return sorted((stay.person, stay.arrive, stay.depart) for stay in stays)

        self.assertEqual(len(self.replay.stays), 492)
        self.assertEqual(minutes(self.replay.stays), minutes(self.record))

    def test_two_residents_after_columbia(self):
        """From the landing of Expedition 6 to the arrival of Thomas Reiter; four while
        one crew hands over to the next."""
        first, last = datetime.datetime(2003, 5, 5), datetime.datetime(2006, 7, 6)
        residents = roll(self.replay.stays, residents=True)
        counts = [len(residents[day]) for day in days() if first <= day <= last]
        self.assertEqual(set(counts), {2, 4})
        self.assertLess(counts.count(4), 60)  # six handovers

    def test_thirteen_people_in_july_2009(self):
        people = roll(self.replay.stays)
        for day in range(18, 29):
            self.assertEqual(len(people[datetime.datetime(2009, 7, day)]), 13, day)
        self.assertEqual(max(map(len, people.values())), 13)

    def test_the_station_is_never_empty_again(self):
        self.assertEqual(min(map(len, roll(self.replay.stays).values())), 2)
        self.assertAlmostEqual(self.replay.metrics["uncrewed_d"], (9 * 60 + 21) / 1440)

    def test_person_days(self):
        total = sum((min(stay.depart, END) - stay.arrive) / DAY
                    for stay in self.replay.stays)
        self.assertAlmostEqual(total / 48254, 1, delta=0.001)

    def test_nobody_is_without_a_safe_seat_but_after_the_leak(self):
        """Prokopyev and Petelin from the leak of MS-22 to the docking of MS-23, Rubio
        until his seat was moved."""
        leak, moved = datetime.datetime(2022, 12, 15, 0, 45), datetime.datetime(2023, 1, 18)
        docked = self.replay.flights["Soyuz MS-23"]["dock"]
        self.assertAlmostEqual(self.replay.metrics["unsafe_person_days"],
                               (2 * (docked - leak) + (moved - leak)) / DAY)

    # ---- vehicles --------------------------------------------------------------------

    def assert_steps(self, row, steps):
        flight = self.replay.flights[row["flight"]]
        for step, value in steps.items():
            if value:
                self.assertLess(abs(flight[step] - moment(value)), MINUTE,
                                f'{row["flight"]}: {step}')

    def test_every_crewed_flight_docks_and_leaves_at_its_minute(self):
        for row in table("crewed.csv"):
            self.assert_steps(row, {key: row[key] for key in ("launch", "dock", "undock")})
            if "T" in row["land"] and not row["outcome"]:
                self.assert_steps(row, {"land": row["land"]})

    def test_every_cargo_flight_docks_and_leaves_at_its_minute(self):
        rows = table("cargo.csv")
        for row in rows:
            if row["flight"] == "Progress M1-3":
                self.assertNotIn(row["flight"], self.replay.flights)  # before the start
            else:
                self.assert_steps(row,
                                  {key: row[key] for key in ("launch", "dock", "undock")})
        lost = [row["flight"] for row in rows if row["outcome"]]
        self.assertEqual(len(lost), 5)
        for name in lost:
            self.assertIsNone(self.replay.flights[name]["dock"], name)
        self.assertEqual(self.replay.metrics["ascent_failures"], 5)  # four, and MS-10
        self.assertEqual(self.replay.metrics["vehicles_lost"], 1)  # Progress M-27M

    def test_no_port_holds_two_vehicles(self):
        for port in {berth[0] for berth in self.replay.berths}:
            stays = sorted((start, end or END, name)
                           for where, name, start, end in self.replay.berths
                           if where == port)
            for before, after in zip(stays, stays[1:]):
                self.assertLessEqual(before[1], after[0], (port, before[2], after[2]))

    def test_every_relocation_is_made(self):
        moves = table("moves.csv")
        self.assertEqual(len(moves), 34)
        for move in moves:
            undock, dock = moment(move["undock"]), moment(move["dock"])
            stays = [berth for berth in self.replay.berths if berth[1] == move["flight"]]
            left = [port for port, _, _, end in stays if end == undock]
            taken = [port for port, _, start, _ in stays if start == dock]
            self.assertEqual(len(left), 1, move)
            self.assertEqual(len(taken), 1, move)
            self.assertTrue(left[0].startswith(move["from"]), move)
            self.assertTrue(taken[0].startswith(move["to"]), move)

    def test_the_older_layers_of_2022_and_2023_say_the_same(self):
        """soyuz_leak.cfg has a record of its own, made before this one."""
        runner = ProgramTest()
        with tempfile.TemporaryDirectory(prefix="isssim-history-") as folder:
            runner.folder = pathlib.Path(folder)
            runner.run_program("run", SCENARIOS / "soyuz_leak.cfg", "-o", "l.h5", "-q",
                               "--set", "scenario.mode=replay",
                               "--set", "scenario.start=2022-12-01Z")
            with h5py.File(runner.folder / "l.h5", "r") as file:
                start = datetime.datetime.fromisoformat(file.attrs["epoch"].rstrip("Z"))
                names = file["flights/name"].asstr()[()]
                docks, undocks = file["flights/dock"][()], file["flights/undock"][()]
        compared = 0
        for name, dock, undock in zip(names, docks, undocks):
            for step, us in (("dock", dock), ("undock", undock)):
                if us != -(2**63):
                    here = start + datetime.timedelta(microseconds=int(us))
                    self.assertEqual(self.replay.flights[name][step], here, (name, step))
                    compared += 1
        self.assertGreater(compared, 30)


class Story(ProgramTest):
    def test_surnames_of_several_words_stay_whole(self):
        out, _ = self.run_program("run", HISTORY)
        self.assertRegex(out, r"leaves with Zalyotin, De Winne and\s+Lonchakov")
        self.assertRegex(out, r"Dubrov, Vande Hei and\s+Shkaplerov")

    def test_it_is_told_in_some_hundred_lines(self):
        out, _ = self.run_program("run", HISTORY)
        self.assertLess(out.count("\n"), 800)


class NoHindsight(ProgramTest):
    def forecast(self, flights="", code=0):
        """A year from 1 October 2018, of which the scenario says but `flights`."""
        (self.folder / "x.cfg").write_text(
            'base = [ "library/history/iss-2000-2026.cfg" ];\n'
            'scenario = { title = "x"; start = "2018-10-01Z"; end = "2019-10-01Z"; };\n'
            f"flights = {{ {flights} }};\n", encoding="utf-8")
        _, told = self.run_program("run", "x.cfg", "-q", "-o", "x.h5", code=code)
        return told

    def test_a_forecast_knows_nothing_of_what_the_record_launches_later(self):
        self.forecast()
        out, _ = self.run_program("explain", "x.h5", "--at", "2018-10-01T12:00Z")
        self.assertIn(": 6 people aboard", out)
        out, _ = self.run_program("explain", "x.h5", "--flight", "MS-10")
        self.assertNotIn("2018-10-11", out)
        out, _ = self.run_program("explain", "x.h5", "--at", "2019-09-30T00:00Z")
        self.assertIn(": nobody aboard", out)

    def test_with_a_plan_it_flies(self):
        self.forecast('MS-10 = { launch = "2018-10-11T08:40Z"; crew = [ "ovchinin", "hague" ]; };')
        out, _ = self.run_program("explain", "x.h5", "--person", "hague")
        self.assertIn("Soyuz MS-10", out)

    def test_a_plan_without_a_date_is_told(self):
        told = self.forecast('MS-10 = { crew = [ "hague" ]; };', code=65)
        self.assertIn("flights.MS-10.launch: is missing: the record launches", told)


class WithoutH5py(ProgramTest):
    """What `isssim explain` says of some days, for machines that have no h5py."""

    def test_people_aboard(self):
        self.run_program("run", HISTORY, "-o", "h.h5", "-q")
        for year in range(2001, 2027, 4):
            day = datetime.datetime(year, 7, 20)
            out, _ = self.run_program("explain", "h.h5", "--at", f"{day:%Y-%m-%d}T00:00Z")
            expected = len(aboard(recorded_stays(), day))
            self.assertIn(f": {expected} people aboard, everyone with a safe seat", out)


if __name__ == "__main__":
    unittest.main()
