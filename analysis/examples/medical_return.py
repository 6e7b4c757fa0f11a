#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of Crew-11 falls ill: who goes home, and who keeps the station?

    PYTHONPATH=analysis/python/src python3 analysis/examples/medical_return.py [FOLDER]

Prints an answer and puts its pictures into FOLDER (here, if not given).  Needs h5py,
pandas, xarray, matplotlib, and the program (see analysis/python/README.md).
"""
import pathlib
import sys

import isssim
from isssim import plots

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
MISSIONS = 300
SCENARIO = "medical_return.cfg"

# ---- 1. Three ways to bring one person home ------------------------------------------
#
# A patient can't go home alone: the others of the ship go too, or somebody changes
# seats. Each way is a setting of the policy.  The scenario doesn't ask when the patient
# is down, so we add a metric of our own: any setting can be given, metrics among them.

WAYS = {
    "all four at once": {},
    "with the relief": {"policy.evacuation_wait": 60},
    "patient in Soyuz": {"policy.evacuation_vehicle": "fewest"},
}
PATIENT = {"metrics.patient": {"measure": "stay", "person": "cardman",
                               "doc": "The patient, launch to landing"}}

studies = {
    name: isssim.mc(SCENARIO, n=MISSIONS, set={**settings, **PATIENT})
    for name, settings in WAYS.items()
}

# The launch was before the scenario's start: a run's table of stays has both dates.
run = isssim.run(SCENARIO, replication=0)
stay = run.crew.set_index("person").loc["cardman"]
fell_ill = run.failures["occurs"].min()
before = (fell_ill - stay["launch"]).total_seconds() / 86400

# ---- 2. What each costs --------------------------------------------------------------
#
# Medians and not means where a tail of rare long waits would tell more of the tail than
# of the case.

print(f"{MISSIONS} missions each, medians; in brackets where 90 % of them lie\n")
print(f"{'':18} {'patient down after':>22} {'days below four aboard':>24} "
      f"{'research lost':>22}")
for name, study in studies.items():
    cells = []
    for metric, less, unit in (("patient", before, "d"), ("below_min_crew_d", 0, "d"),
                               ("research_lost_h", 0, "h")):
        low, high = study.interval(metric, 0.9)
        middle = study.quantiles.loc[metric, 0.5]
        low, middle, high = (value - less for value in (low, middle, high))
        cells.append(f"{middle:.0f} {unit} ({low:.0f} to {high:.0f})")
    print(f"{name:18} {cells[0]:>22} {cells[1]:>24} {cells[2]:>22}")

# ---- 3. What a planner can say -------------------------------------------------------
#
# "At once" and "patient in Soyuz" bring the patient down equally fast; what differs is
# who is left.  The differences are taken mission by mission, so that chance, the same
# in both, cancels.

once, soyuz, relief = (studies[name] for name in
                       ("all four at once", "patient in Soyuz", "with the relief"))
staffed = plots.difference(once, soyuz, "below_min_crew_d")
lost = plots.difference(once, soyuz, "research_lost_h")
later = plots.difference(once, relief, "patient")
print(f"\nAnswer: to wait for the relief brings the patient down "
      f"{later.difference:.0f} days later. The patient in Soyuz instead of all four in "
      f"their own ship changes the days below four aboard by {staffed.difference:+.0f} "
      f"({staffed.lo:+.0f} to {staffed.hi:+.0f}) and the research lost by "
      f"{lost.difference:+.0f} h ({lost.lo:+.0f} to {lost.hi:+.0f}).")

plots.main([str(run.path), "crew", "aboard",
            "-o", str(FOLDER / "medical_return-mission.png")])
for name, study in studies.items():
    path = FOLDER / f"medical_return-{name.replace(' ', '_')}.png"
    ax = plots.crew_aboard(study, title=f"People aboard: {name}")
    ax.figure.savefig(path, dpi=150)
    print(path)
