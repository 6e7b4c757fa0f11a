#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference mission of NASA's Integrated Medical Model, without the engine.

    k15_model.py N [SCALE=VALUE ...]    TME, CHI, EVAC, LOCL of N missions for each kit
    k15_model.py N --fit KIT            the scales with which KIT comes out as published

Keenan et al., ICES-2015-71, 2015 (K15): six people, four men and two women, 180 days; two
with six EVAs each, one with calcium in the coronaries, three with contact lenses, two with
crowns.  No seats, no ships: whom an evacuation or a death removes is gone at once, and the
days left are lost.  Written from the tables in scenarios/history/facts and from what
docs/medical.md says the model is, in numpy and with nothing of the engine's: it is what
the engine is compared with (k15.py) and what the scales are fitted with.

All missions of a block are done at once, the n-th illness of each of them in one step.
"""
import csv
import math
import pathlib
import sys

import numpy as np

FACTS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "history" / "facts"
DAYS = 180
CREW = (
    {"sex-male", "EVA", "CAC-positive", "contacts", "crowns"},
    {"sex-male", "EVA", "contacts", "crowns"},
    {"sex-male", "contacts"},
    {"sex-male"},
    {"sex-female"},
    {"sex-female"},
)
EVAS = np.arange(1, 7) * DAYS / 7  # days, of those who go out
PARTICLE_EVENTS = 1.5e-3  # a day
LATE = 30  # days aboard before what comes late can come
FIRST_DAYS = 7  # what comes once, comes in these
UNLISTED = "unlisted"  # what a treatment takes of which the table names no item
PARTS = ("fi_cp1", "dt_cp1_hours", "fi_cp2", "dt_cp2_hours", "fi_cp3", "p_evac", "p_locl")
HOURS = 24

KITS = ("none", "iss_hms", "unlimited")
SCALES = {"incidence": 1.0, "impairment": 1.0, "evacuation": 1.0, "loss": 1.0}
# K15: TME, CHI, EVAC, LOCL, the last three in percent.
PUBLISHED = {"none": (98.3, 59.20, 66.90, 2.89), "iss_hms": (106, 94.93, 5.57, 0.44),
             "unlimited": (106, 94.98, 4.93, 0.45)}  # fmt: skip


def rows(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(text):
    """`a=1;b=2` as a dictionary."""
    parts = (part.split("=") for part in text.split(";") if part)
    return {key: float(value) for key, value in parts}


def pert_mean(ends):
    return (ends[..., 0] + 4 * ends[..., 1] + ends[..., 2]) / 6


def pert(rng, ends):
    """One value for each (min, mode, max), which may be one point."""
    low, mode, high = ends[..., 0], ends[..., 1], ends[..., 2]
    width = np.where(high > low, high - low, 1)
    a = 1 + 4 * (mode - low) / width
    b = 1 + 4 * (high - mode) / width
    return np.where(high > low, low + (high - low) * rng.beta(a, b), low)


class Conditions:
    """The table as arrays, the conditions along the first axis, those left out aside."""

    def __init__(self, without=()):
        self.rows = [row for row in rows("medical_conditions.csv")
                     if row["condition"] not in without]  # fmt: skip
        self.process = np.array([row["process"] for row in self.rows])
        self.items = [pairs(row["resources"]) or {UNLISTED: 1} for row in self.rows]
        self.names = sorted({name for needed in self.items for name in needed})
        number = len(self.rows)
        self.item = np.zeros((number, 3), int)
        self.count = np.zeros((number, 3))
        for index, needed in enumerate(self.items):
            for place, (name, count) in enumerate(needed.items()):
                self.item[index, place] = self.names.index(name)
                self.count[index, place] = count
        self.factor = np.array([[math.prod(
            factor for flag, factor in pairs(row["risk_multipliers"]).items()
            if flag in flags) for row in self.rows] for flags in CREW])  # fmt: skip
        self.care = np.array([[[[float(row[f"{care}.{part}.{end}"])
                                 for end in ("min", "mode", "max")] for row in self.rows]
                               for part in PARTS] for care in ("treated", "untreated")])

    def kit(self, name):
        """How many there are of each of self.names."""
        if name == "unlimited":
            return np.full(len(self.names), np.inf)
        stock = {row["resource"]: float(row["quantity"])
                 for row in rows("medical_kit_iss_hms.csv")}  # fmt: skip
        stock[UNLISTED] = np.inf
        return np.array([stock.get(item, 0) if name == "iss_hms" else 0
                         for item in self.names], float)  # fmt: skip

    def rates(self, rng, missions):
        """A rate, or a probability, for each mission, person and condition."""
        size, drawn = (missions, len(CREW)), []
        for row in self.rows:
            a, b = float(row["p1"]), float(row["p2"])
            if row["incidence_dist"] == "gamma_rate":
                drawn.append(rng.gamma(a, 1 / b, size))
            elif row["incidence_dist"] == "lognormal_rate":
                drawn.append(rng.lognormal(a, b, size))
            else:
                drawn.append(rng.beta(a, b, size))
        return np.stack(drawn, -1) * self.factor


def onsets(model, rng, missions, scale):
    """Mission, person, condition and day of everything that could befall anybody."""
    rate = model.rates(rng, missions) * scale
    found = []

    def add(where, days):
        found.append((*where, days))

    def repeated(counts, columns, low, high):
        where = [np.repeat(axis, counts.ravel()) for axis in np.indices(counts.shape)]
        where[2] = columns[where[2]]
        add(where, rng.uniform(low, high, len(where[0])))

    for process, low, high in (("general-Poisson", 0, DAYS), ("SA-VIIP-late", LATE, DAYS)):
        columns = np.flatnonzero(model.process == process)
        repeated(rng.poisson(rate[..., columns] * (high - low)), columns, low, high)
    columns = np.flatnonzero(model.process == "space-adaptation-once")
    once = rng.random((missions, len(CREW), len(columns))) < rate[..., columns]
    repeated(once.astype(int), columns, 0, FIRST_DAYS)
    outside = np.array(["EVA" in flags for flags in CREW])
    for column in np.flatnonzero(model.process == "EVA-coupled"):
        for day in EVAS:
            hit = (rng.random(rate.shape[:2]) < rate[..., column]) & outside
            who = np.nonzero(hit)
            add((*who, np.full(len(who[0]), column)), np.full(len(who[0]), day))
    counts = rng.poisson(PARTICLE_EVENTS * DAYS, missions)
    storms = np.repeat(np.arange(missions), counts)
    days = rng.uniform(0, DAYS, len(storms))
    for column in np.flatnonzero(model.process == "SPE-coupled"):
        storm, person = np.nonzero(rng.random((len(storms), len(CREW)))
                                   < rate[storms][..., column])
        add((storms[storm], person, np.full(len(storm), column)), days[storm])
    mission, person, column, days = (np.concatenate(part) for part in zip(*found))
    order = np.argsort(mission + days / (2 * DAYS))
    return mission[order], person[order], column[order], days[order]


def treat(model, rng, onset, missions, kit, scales):
    """In the order of time: what there is of what is needed, and who is removed when."""
    mission, person, column, days = onset
    number = len(mission)
    stock = np.tile(model.kit(kit), (missions, 1))
    until = np.full((missions, len(CREW)), float(DAYS))
    care = np.zeros(number)
    happened, evacuated, died = np.zeros((3, number), bool)
    begin = np.searchsorted(mission, np.arange(missions + 1))
    evacuation, loss = (pert_mean(model.care[:, PARTS.index(part)])
                        for part in ("p_evac", "p_locl"))  # fmt: skip
    chance = rng.random((2, number))
    for step in range(int(np.diff(begin).max(initial=0))):
        now = begin[:-1][np.diff(begin) > step] + step
        now = now[days[now] < until[mission[now], person[now]]]
        what, cell = column[now], (mission[now][:, None], model.item[column[now]])
        taken = np.minimum(stock[cell], model.count[what])
        np.subtract.at(stock, cell, taken)
        needed = model.count[what] > 0
        part = np.divide(taken, model.count[what], out=np.zeros_like(taken), where=needed)
        share = part.sum(1) / needed.sum(1)
        home, dead = (chance[which, now] < scale * (
            share * table[0, what] + (1 - share) * table[1, what])
            for which, table, scale in ((0, evacuation, scales["evacuation"]),
                                        (1, loss, scales["loss"])))  # fmt: skip
        home &= ~dead
        happened[now], care[now], evacuated[now], died[now] = True, share, home, dead
        gone = now[home | dead]
        until[mission[gone], person[gone]] = days[gone]
    return happened, care, evacuated, died, until


def impaired_days(model, rng, onset, care, until, scale):
    """By mission: days lost to impairments, those at one time as 1 - prod(1 - f)."""
    mission, person, column, days = onset
    end = until[mission, person]
    drawn = []
    for part in range(5):
        low = model.care[1, part][column]
        triple = low + care[:, None] * (model.care[0, part][column] - low)
        drawn.append(pert(rng, triple))
    first = days + drawn[1] * scale / HOURS
    second = first + drawn[3] * scale / HOURS
    who = mission * len(CREW) + person
    logs, times, whose = [], [], []
    for begin, stop, share in ((days, first, drawn[0]), (first, second, drawn[2]),
                               (second, end, drawn[4])):
        keep = (share > 0) & (begin < end)
        log = np.log1p(-np.minimum(share[keep], 1 - 1e-9))
        logs += [log, -log]
        times += [begin[keep], np.minimum(stop, end)[keep]]
        whose += [who[keep], who[keep]]
    log, time, person = (np.concatenate(part) for part in (logs, times, whose))
    order = np.argsort(person + time / (2 * DAYS))
    log, time, person = log[order], time[order], person[order]
    level = np.cumsum(log)[:-1]
    same = person[1:] == person[:-1]
    lost = np.where(same, -np.expm1(np.minimum(level, 0)) * np.diff(time), 0)
    return np.bincount(person[:-1] // len(CREW), lost, len(until))


def simulate(kit, missions, seed, model, block=4000, **scales):
    """For each mission: events (TME), quality time lost (days), evacuations, deaths."""
    scales = SCALES | scales
    rng = np.random.default_rng(seed)
    parts = []
    for begin in range(0, missions, block):
        size = min(block, missions - begin)
        onset = onsets(model, rng, size, scales["incidence"])
        happened, care, evacuated, died, until = treat(model, rng, onset, size, kit, scales)
        kept = [part[happened] for part in onset]
        lost = impaired_days(model, rng, kept, care[happened], until, scales["impairment"])
        count = [np.bincount(onset[0][flag], minlength=size)
                 for flag in (happened, evacuated, died)]
        parts.append(np.stack([count[0], lost + (DAYS - until).sum(1), *count[1:]]))
    return dict(zip(("tme", "qtl", "evacuations", "deaths"), np.concatenate(parts, 1)))


def row(results):
    """TME, CHI, EVAC and LOCL in the mean, percent."""
    return (results["tme"].mean(), 100 * (1 - results["qtl"].mean() / (DAYS * len(CREW))),
            100 * (results["evacuations"] > 0).mean(), 100 * (results["deaths"] > 0).mean())


def better(kit, missions, seed, model, scales):
    """Each scale times what its outcome was short of."""
    got, wanted = row(simulate(kit, missions, seed, model, **scales)), PUBLISHED[kit]
    events = wanted[0] / got[0]
    evacuation, loss = (math.log1p(-wanted[i] / 100) / math.log1p(-got[i] / 100) / events
                        for i in (2, 3))  # fmt: skip
    lost = (100 - wanted[1]) / (100 - got[1]) / events
    factors = {"incidence": events, "impairment": lost**1.2, "evacuation": evacuation,
               "loss": loss}  # fmt: skip
    return {name: scales[name] * factor for name, factor in factors.items()}


def fit(kit, missions, model):
    """One scale for each outcome.  They depend on each other: in rounds, of which the last
    are large and their mean counts."""
    scales, last = SCALES, []
    for seed in range(1, 9):
        large = seed > 5
        scales = better(kit, missions if large else missions // 8, seed, model, scales)
        last += [scales] * large
        print({name: round(value, 4) for name, value in scales.items()}, flush=True)
    return {name: math.prod(scale[name] for scale in last) ** (1 / len(last))
            for name in SCALES}  # fmt: skip


def show(missions, model, scales):
    for kit in KITS:
        got = row(simulate(kit, missions, 1, model, **scales))
        print(f"{kit:10}" + "".join(f"{value:9.3f}" for value in got), flush=True)


def main():
    missions, model = int(sys.argv[1]), Conditions()
    if sys.argv[2:3] == ["--fit"]:
        scales = fit(sys.argv[3], missions, model)
        print("fitted:", {name: round(value, 4) for name, value in scales.items()})
    else:
        scales = pairs(";".join(sys.argv[2:]))
    show(missions, model, scales)


if __name__ == "__main__":
    main()
