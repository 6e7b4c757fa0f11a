#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A forecast of 2013 to 2019 from what was known on 1 January 2013, against what came.

Usage: forecast_2013.py N

Of ten metrics, named here before any forecast was made, at least eight of the record's
numbers must lie inside the central 90 % of N replications of forecast_2013.cfg.  The
figures that the scenario calls fitted are fitted here again, to flights before 2013 alone.
A forecast in which the Soyuz fly at two fifths of their rate, and one in which Progress fly
twice as often, must fail.
"""
import csv
import datetime
import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

MISSIONS = int(sys.argv[1])
SOURCE = pathlib.Path(os.environ["ISSSIM_SOURCE"])
FACTS = SOURCE / "scenarios" / "history" / "facts"
SCENARIO = SOURCE / "tests" / "statistical" / "forecast_2013.cfg"
SIX_LIVE_THERE = datetime.datetime(2009, 5, 1)
START, END = datetime.datetime(2013, 1, 1), datetime.datetime(2020, 1, 1)
DAY = datetime.timedelta(days=1)

# What the model calls it: the types of the record.
ARRIVALS = {
    "arrivals.soyuz_tma_m": ["soyuz"],
    "arrivals.progress_m_m": ["progress-mm", "progress-ms"],
    "arrivals.dragon_1": ["dragon1"],
    "arrivals.cygnus": ["cygnus"],
    "arrivals.htv": ["htv"],
    "arrivals.atv": ["atv"],
}
DOCKED = {
    "docked.soyuz_tma_m_d": ["soyuz"],
    "docked.progress_m_m_d": ["progress-mm", "progress-ms"],
}
METRICS = [*ARRIVALS, *DOCKED, "cargo_losses", "crew_days"]
MUTATIONS = ["cadence.soyuz.interval.scale=33.9", "cadence.progress.interval.scale=4.8"]


def moment(text):
    """A time of the record; noon where it has the day only, the end where it's open."""
    if not text:
        return END + 3650 * DAY
    if "T" not in text:
        return datetime.datetime.fromisoformat(text) + DAY / 2
    return datetime.datetime.fromisoformat(text.rstrip("Z"))


def table(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Visit:
    def __init__(self, row):
        self.type, self.arrived = row["vehicle"], bool(row["dock"])
        self.launch = moment(row["launch"])
        self.dock, self.undock = moment(row["dock"]), moment(row["undock"])


VISITS = [Visit(row) for row in table("crewed.csv") + table("cargo.csv")]
CARGO = {row["vehicle"] for row in table("cargo.csv")}


def within(start, end):
    """Days of [start, end) that fall into the seven years."""
    return max(0.0, (min(end, END) - max(start, START)) / DAY)


def record():
    """The ten numbers as they came."""
    real = {}
    for name, types in ARRIVALS.items():
        real[name] = sum(START <= v.dock < END for v in VISITS if v.type in types)
    for name, types in DOCKED.items():
        real[name] = sum(within(v.dock, v.undock) for v in VISITS if v.type in types)
    real["cargo_losses"] = sum(START <= v.launch < END and not v.arrived
                               for v in VISITS if v.type in CARGO)
    real["crew_days"] = sum(within(moment(row["arrive"]), moment(row["depart"]))
                            for row in table("stays.csv") if row["arrive"])
    return real


def fits():
    """What the scenario's comments say of flights before 2013, from the record."""
    lines = []
    for types in (["soyuz"], ["progress-mm"], ["htv"]):
        known = sorted((v for v in VISITS if v.type in types and v.arrived
                        and SIX_LIVE_THERE <= v.dock < START), key=lambda v: v.launch)
        gaps = [(b.launch - a.launch) / DAY for a, b in zip(known, known[1:])]
        stays = [(v.undock - v.dock) / DAY for v in known]
        for what, values in (("gaps", gaps), ("stays", stays)):
            lines.append((what, len(values), statistics.mean(values),
                          statistics.stdev(values)))
    return lines


def check_fits():
    """Each "N gaps of M d, spread S" of the scenario's comments is one of the record."""
    said = re.findall(r"(\d+) (gaps|stays) of (\d+(?:\.\d+)?) d, spread (\d+(?:\.\d+)?)",
                      SCENARIO.read_text(encoding="utf-8"))
    found = fits()
    wrong = [words for words in said
             if not any(what == words[1] and count == int(words[0])
                        and abs(mean - float(words[2])) <= 0.6
                        and abs(spread - float(words[3])) <= 0.6
                        for what, count, mean, spread in found)]
    if len(said) < 6:
        wrong.append(("fewer figures than there were",))
    for words in wrong:
        print("FAILED: not in the record:", *words)
    return not wrong


def forecast(folder, *settings):
    words = [word for setting in settings for word in ("--set", setting)]
    out = subprocess.run(
        [os.environ["ISSSIM"], "mc", SCENARIO, "-n", str(MISSIONS), "--json", "--force",
         "-o", os.path.join(folder, "x.h5"), *words], stdout=subprocess.PIPE,
        check=True).stdout
    facts = json.loads(out)
    assert (facts["replications"], facts["failed"]) == (MISSIONS, 0)
    level = [min(range(len(facts["quantiles"])),
                 key=lambda i: abs(facts["quantiles"][i] - p)) for p in (0.05, 0.5, 0.95)]
    return {metric["metric"]: [metric["value"][i] for i in level]
            for metric in facts["metrics"] if metric["metric"] in METRICS}


def inside(real, made, tell):
    count = 0
    for name in METRICS:
        low, middle, high = made[name]
        hit = low <= real[name] <= high
        count += hit
        if tell:
            print(f"{name:24} {low:8.0f} {middle:8.0f} {high:8.0f}   record "
                  f"{real[name]:8.0f}  {'inside' if hit else 'OUTSIDE'}")
    return count


def main():
    real, good = record(), check_fits()
    assert not any(math.isnan(value) for value in real.values())
    with tempfile.TemporaryDirectory(prefix="isssim-forecast-") as folder:
        count = inside(real, forecast(folder), tell=True)
        print(f"{count} of {len(METRICS)} inside the central 90 %")
        if count < 8:
            print("FAILED: fewer than 8")
            good = False
        for mutation in MUTATIONS:
            count = inside(real, forecast(folder, mutation), tell=False)
            print(f"with {mutation}: {count}")
            if count >= 8:
                print("FAILED: the mutation isn't seen")
                good = False
    return 0 if good else 1


sys.exit(main())
