#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's medical model against a second one, written apart from it (k15_model.py).

Usage: k15.py MISSIONS MISSIONS_THERE

With each kit, means of the engine's missions and of the other's are within 4 standard
errors: illnesses, time lost, missions with an evacuation, and with a death.  Every death
is counted as that of an illness.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

try:
    import k15_model
except ImportError as lacking:  # numpy
    print(lacking)
    sys.exit(77)

LIMIT = 4
SCENARIO = os.path.join(os.environ["ISSSIM_SOURCE"], "scenarios", "k15_medical.cfg")
# Columns of the engine, and the same of the other.
COLUMNS = {
    "medical_events": lambda got: got["tme"],
    "quality_time_lost_d": lambda got: got["qtl"],
    "medical_evacuated": lambda got: got["evacuations"] > 0,
    "medical_lost": lambda got: got["deaths"] > 0,
}


def program(*arguments):
    return json.loads(subprocess.run([os.environ["ISSSIM"], *arguments, "--json"], check=True,
                                     stdout=subprocess.PIPE).stdout)  # fmt: skip


def scales():
    settings = {s["path"]: s["value"] for s in program("show", SCENARIO)["settings"]}
    return {name: settings[f"medical.scale_{name}"] for name in k15_model.SCALES}


def study(folder, kit, missions):
    facts = program("mc", SCENARIO, "-n", str(missions), "--set", f"medical.kit={kit}",
                    "--force", "-o", os.path.join(folder, "study.h5"))
    assert (facts["replications"], facts["failed"]) == (missions, 0)
    return {metric["metric"]: metric for metric in facts["metrics"]}


def main():
    missions, there = map(int, sys.argv[1:])
    model, factors, off = k15_model.Conditions(), scales(), 0
    with tempfile.TemporaryDirectory(prefix="isssim-k15-") as folder:
        for kit in k15_model.KITS:
            here = study(folder, kit, missions)
            deaths = [here[name]["mean"] for name in ("medical_deaths", "crew_lost")]
            off += deaths[0] != deaths[1]  # nobody dies of anything else
            print(f"{kit:10}{'deaths':22}{deaths[0]:12.6g}{deaths[1]:12.6g}")
            other = k15_model.simulate(kit, there, 1, model, **factors)
            for name, column in COLUMNS.items():
                mean, values = here[name]["mean"], column(other)
                variance = here[name]["sd"] ** 2 / missions + values.var() / there
                z = (mean - values.mean()) / math.sqrt(variance)
                off += abs(z) > LIMIT
                print(f"{kit:10}{name:22}{mean:12.6g}{values.mean():12.6g}   z = {z:+.2f}")
    return int(off > 0)


if __name__ == "__main__":
    sys.exit(main())
