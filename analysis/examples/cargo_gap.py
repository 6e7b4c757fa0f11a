#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three cargo ships are lost in eight months: how close do the stores come to the line?

    PYTHONPATH=analysis/python/src python3 analysis/examples/cargo_gap.py [FOLDER]

Prints an answer and puts its pictures into FOLDER (here, if not given).  Needs h5py,
pandas, xarray, matplotlib, and the program (see analysis/python/README.md).
"""
import pathlib
import sys

import isssim
from isssim import plots

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
MISSIONS = 300
SCENARIO = "cargo_gap.cfg"
SERIES = ["crew", "reserve_food", "reserve_water", "reserve_supplies"]

# ---- 1. How low do the stores go? ----------------------------------------------------
#
# Reserves count in days of what six people use.  --series keeps how they spread over
# time, --traces whole missions: here the one in which food runs lowest, to see what
# happened.

study = isssim.mc(SCENARIO, n=MISSIONS, series=SERIES, traces="worst:below.food_45_d=1")
print(f"{MISSIONS} missions. Lowest reserves, days of nominal use "
      "(5 %, 50 %, 95 % of the missions):")
for stock in ("food", "water", "supplies"):
    q = study.quantiles.loc[f"lowest.{stock}_d"]
    print(f"    {stock:10} {q[0.05]:6.0f} {q[0.5]:6.0f} {q[0.95]:6.0f}")

# What is done at a threshold stands in the scenario: at 45 days of food rations shrink,
# at 30 people go home.  The share of missions with any day below it is a metric's
# p_nonzero.

print("\nShare of the missions in which food falls below")
for line in (120, 45, 30):
    row = study.summary.loc[f"below.food_{line}_d"]
    print(f"    {line:4} days: {100 * row['p_nonzero']:5.1f} % "
          f"({100 * row['p_lo']:.1f} to {100 * row['p_hi']:.1f})")

# ---- 2. What was it worth that Cygnus could change rockets? --------------------------
#
# Antares was out for two years; Cygnus flew on Atlas V meanwhile.  The same missions
# with that way closed:

closed = isssim.mc(SCENARIO, n=MISSIONS, series=SERIES,
                   set={"vehicles.cygnus.alternatives": "()"})
print("\nWithout another rocket for Cygnus, on average of a mission (95 % confidence):")
for metric, what in (
    ("lowest.food_d", "days, the lowest reserve of food"),
    ("below.food_45_d", "days on short rations"),
    ("crew_mean", "people aboard"),
):
    each = plots.difference(study, closed, metric)
    print(f"    {each.difference:+8.2f} ({each.lo:+.2f} to {each.hi:+.2f}) {what}: "
          f"{each.second:.2f} instead of {each.first:.2f}")

# ---- 3. What a planner can say -------------------------------------------------------

low = study.summary.loc["below.food_45_d", "p_nonzero"]
worse = closed.summary.loc["below.food_45_d", "p_nonzero"]
print(f"\nAnswer: in {100 * low:.0f} % of the missions food falls to where rations "
      f"shrink; in {100 * worse:.0f} % if Cygnus has to wait for its own rocket.")

(number, worst), = study.traces.items()
print(f"The mission with the most days on short rations is {number}.")
path = FOLDER / "cargo_gap-food.png"
ax = plots.stocks(study, "food", run=worst)
ax.figure.savefig(path, dpi=150)
print(path)
path = FOLDER / "cargo_gap-slips.png"
plots.slips(worst).figure.savefig(path, dpi=150)
print(path)
path = FOLDER / "cargo_gap-rockets.png"
ax = plots.comparison(study, closed, "below.food_120_d",
                      names=("another rocket", "its own rocket"))
ax.figure.savefig(path, dpi=150)
print(path)
