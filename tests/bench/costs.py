#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What replications cost: the numbers of engine/README.md, in one go.

Usage: costs.py WHOLE PLAIN [SCENARIO]

WHOLE is a release build with its tools, as `./isssim test` leaves one in build/release:
its iss_loop and iss_study are counted as they are used.  PLAIN is one without link-time
optimisation, where functions are what the sources say:

    cmake -S . -B build/plain -G Ninja -D CMAKE_BUILD_TYPE=Release -D CMAKE_C_FLAGS=-g
    ninja -C build/plain iss_loop

It prints a table of all scenarios that the page names, then where the instructions of each
of FUNCTIONS_OF go, in PLAIN: with what they call, and by themselves.  With a SCENARIO (a
file), only that of this one.  Instructions are what callgrind counts for a number of
replications less those for a smaller one, over the difference.  It takes some minutes.
"""
import collections
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Replications to count (few, many), to time, and rows of a study.
SCENARIOS = {
    "scenarios/baseline_2025_2030.cfg": (40, 140, 1000),
    "tests/statistical/forecast_2013.cfg": (20, 120, 500),
    "scenarios/pad_damage.cfg": (20, 120, 1000),
    "scenarios/soyuz_leak.cfg": (100, 400, 5000),
    "scenarios/mini5y.cfg": (10, 40, 1000),
    "scenarios/minimal.cfg": (500, 1500, 50000),
}
FUNCTIONS_OF = ("scenarios/baseline_2025_2030.cfg", "scenarios/soyuz_leak.cfg",
                "scenarios/mini5y.cfg")
LAYERS = {
    "handlers, with what they call": "iss_dispatch",
    "of these: scheduling": "iss_schedule",
    "observers": "iss_gauges_event",
    "taking the next event": "iss_world_next",
    "the row at the end": "iss_gauges_finish",
    "the reset": "iss_world_restore",
}
SERIES = {
    "none": ["study.series=[]"],
    "as by default": [],
    "six": ['study.series=["crew","residents","unsafe","seats_safe","docked","lifeboats"]'],
}


# What compilers add to a function's name, and callgrind to one that calls itself.
ADDED = re.compile(r"(\.(isra|constprop|part|cold|lto_priv)[.\d]*|'\d+)+$")


class Profile:
    """Instructions of each function, by itself and with callees, and how often called."""

    def __init__(self, text):
        self.own = collections.Counter()
        self.whole = collections.Counter()
        self.calls = collections.Counter()
        names, current, call = {}, None, None
        for line in text.splitlines():
            if match := re.match(r"(c?fn)=\((\d+)\)(?: (.*))?", line):
                kind, number, name = match.groups()
                if name:
                    names[number] = ADDED.sub("", name)
                if kind == "fn":
                    current = names[number]
                else:
                    callee = names[number]
            elif line.startswith("calls="):
                call = int(line[6:].split()[0])
            elif current and re.match(r"[-+*\d]", line):
                cost = int(line.split()[1])
                if call is None:
                    self.own[current] += cost
                    continue
                # What calls itself would count twice.
                if callee != current:
                    self.whole[callee] += cost
                self.calls[callee] += call
                call = None
        self.total = sum(self.own.values())


def profile(program, *arguments, only_runs=False):
    toggle = ["--toggle-collect=iss_worker_run*"] if only_runs else []
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}",
                        *toggle, program, *arguments], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return Profile(pathlib.Path(out.name).read_text(encoding="utf-8"))


def a_replication(program, scenario, counts, *arguments, **options):
    """What one more replication takes: three Counters and the total."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        few, many = pool.map(
            lambda n: profile(program, scenario, str(n), *arguments, **options), counts)
    for of in ("own", "whole", "calls"):
        more, less = getattr(many, of), getattr(few, of)
        setattr(many, of, {name: (more[name] - less[name]) / (counts[1] - counts[0])
                           for name in more})
    many.total = (many.total - few.total) / (counts[1] - counts[0])
    return many


def copied(mission):
    """Instructions of memcpy: valgrind counts about one a byte, the reset's by far most."""
    return sum(cost for name, cost in mission.own.items() if "memcpy" in name)


def time_it(loop, scenario, count):
    """Events a replication, and the least and most us of five rounds."""
    times = []
    for _ in range(5):
        said = subprocess.run([loop, scenario, str(count)], check=True, cwd=ROOT, text=True,
                              stdout=subprocess.PIPE).stdout
        events, us = re.search(r"([\d.]+) events each, ([\d.]+) us each", said).groups()
        times.append(float(us))
    return float(events), min(times), max(times)


def tell_scenarios(loop):
    print("| | events | instructions | of these memcpy, the reset | us | replications/s |")
    print("|---|---|---|---|---|---|")
    for scenario, (few, many, timed) in SCENARIOS.items():
        mission = a_replication(loop, scenario, (few, many), only_runs=True)
        events, least, most = time_it(loop, scenario, timed)
        print(f"| `{scenario}` | {events:,.0f} | {mission.total:,.0f} | {copied(mission):,.0f} "
              f"| {least:.1f} to {most:.1f} | {1e6 / most:,.0f} to {1e6 / least:,.0f} |",
              flush=True)


def tell_study(study):
    scenario = "scenarios/soyuz_leak.cfg"
    print(f"\n{scenario}, a study's row on one thread:\n\n| series followed | instructions |")
    print("|---|---|")
    for name, settings in SERIES.items():
        mission = a_replication(study, scenario, (500, 1500), *settings, "study.block=64")
        print(f"| {name} | {mission.total:,.0f} |", flush=True)


def tell_functions(name, loop, scenario):
    mission = a_replication(loop, scenario, SCENARIOS.get(scenario, (20, 120))[:2],
                            only_runs=True)
    total = mission.total
    print(f"\n{scenario}, {name}: {total:,.0f} instructions a replication\n")
    print("| | instructions | % | calls |\n|---|---|---|---|")
    for layer, function in LAYERS.items():
        cost = mission.whole.get(function, 0)  # 0: it's inlined here
        if cost:
            print(f"| {layer} (`{function}`) | {cost:,.0f} | {100 * cost / total:.1f} "
                  f"| {mission.calls[function]:,.1f} |")
    print("\n| with what they call | instructions | calls | by themselves | instructions |")
    print("|---|---|---|---|---|")
    inside = {f: c for f, c in mission.whole.items() if c < total}  # not main()
    tops = [sorted(costs, key=costs.get, reverse=True)[:30] for costs in (inside, mission.own)]
    for whole, own in zip(*tops):
        print(f"| `{whole}` | {inside[whole]:,.0f} | {mission.calls.get(whole, 0):,.1f} "
              f"| `{own}` | {mission.own[own]:,.0f} |")
    sys.stdout.flush()


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: costs.py WHOLE PLAIN [SCENARIO]")
    whole, plain = (pathlib.Path(folder).resolve() / "tests/tools" for folder in sys.argv[1:3])
    if len(sys.argv) == 3:
        tell_scenarios(whole / "iss_loop")
        tell_study(whole / "iss_study")
    for scenario in sys.argv[3:] or FUNCTIONS_OF:
        tell_functions("optimised as a whole", whole / "iss_loop", scenario)
        tell_functions("without link-time optimisation", plain / "iss_loop", scenario)


main()
