#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Soyuz MS-22 loses its coolant: what was calling up an empty ship worth?

    PYTHONPATH=analysis/python/src python3 analysis/examples/soyuz_leak.py [FOLDER]

Prints an answer and puts its pictures into FOLDER (here, if not given).  Needs h5py,
pandas, xarray, matplotlib, and the program (see analysis/python/README.md).
"""
import pathlib
import sys

import isssim
from isssim import plots

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
MISSIONS = 300

# ---- 1. One mission, to see what the question is about -------------------------------
#
# Mission 0 is one of many that could have followed from the plan of 1 December 2022.
# Everything that it needs to be told is in its tables: here how long each person aboard
# had no safe way home, from the intervals in which they held a seat.

run = isssim.run("soyuz_leak.cfg", replication=0)
seats = run.table("seat_intervals", names="name")
unsafe = seats[~seats["safe"]]
days = (unsafe["end"].fillna(run.end) - unsafe["start"]).dt.total_seconds() / 86400
print("Mission 0. Days without a safe way home:")
for person, total in days.groupby(unsafe["person"], observed=True).sum().items():
    print(f"    {person:20} {total:6.1f}")

plots.main([str(run.path), "crew", "ports", "aboard",
            "-o", str(FOLDER / "soyuz_leak-mission.png")])

# ---- 2. Many missions, with the call-up and without ----------------------------------
#
# One mission is an anecdote.  A study of each policy gives distributions; both use the
# same random numbers, so that mission 17 of the one and mission 17 of the other differ
# in nothing but what follows from the policy.  That is why the difference is known much
# better than either mean.

with_ship = isssim.mc("soyuz_leak.cfg", n=MISSIONS)
without = isssim.mc("soyuz_leak.cfg", n=MISSIONS, set={"policy.call_up": False})

rescue = with_ship.interval("rescue_launch_d", 0.9)
print(f"\n{MISSIONS} missions. The empty ship is launched {rescue.lo:.0f} to "
      f"{rescue.hi:.0f} days after the leak (90 % of the missions).")

print("\nWithout the call-up, on average of a mission (95 % confidence):")
for metric, what in (
    ("unsafe_person_days", "person-days without a safe seat"),
    ("returned_at_risk", "people who go home in a damaged ship"),
    ("longest_stay_d", "days, the longest stay"),
):
    each = plots.difference(with_ship, without, metric)
    print(f"    {each.difference:+8.2f} ({each.lo:+.2f} to {each.hi:+.2f}) {what}: "
          f"{each.second:.2f} instead of {each.first:.2f}")

# ---- 3. What a planner can say -------------------------------------------------------
#
# The ship costs three people half a year more in space.  What it buys isn't only fewer
# days without a safe seat: without it, they go home in the damaged ship.

risk = plots.difference(with_ship, without, "returned_at_risk")
stay = plots.difference(with_ship, without, "longest_stay_d")
print(f"\nAnswer: the call-up keeps {risk.difference:.0f} people a mission out of a "
      f"damaged ship, and costs them {-stay.difference:.0f} days more in space.")

for number, ax in enumerate([
    plots.fans(with_ship, "unsafe"),
    plots.comparison(with_ship, without, "unsafe_person_days",
                     names=("call-up", "no call-up")),
    plots.comparison(with_ship, without,
                     ["unsafe_person_days", "returned_at_risk", "longest_stay_d"],
                     names=("call-up", "no call-up")),
], start=1):
    path = FOLDER / f"soyuz_leak-study-{number}.png"
    ax.figure.savefig(path, dpi=150)
    print(path)
