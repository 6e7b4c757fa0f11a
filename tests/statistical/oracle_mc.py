#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An oracle by the program: what `isssim mc --json` reports is the number known in closed
form, and stops being it when one rate of the scenario is changed a little.

Usage: oracle_mc.py SCENARIO N MUTATION METRIC mean|positive EXPECTED [METRIC ...]

As oracle.c, which does the same with the engine: |z| <= 4, and > 4 with MUTATION.
"""
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

LIMIT = 4
SCENARIO, MISSIONS, MUTATION = sys.argv[1], int(sys.argv[2]), sys.argv[3]
WANTED = [(sys.argv[i], sys.argv[i + 1], float(sys.argv[i + 2]))
          for i in range(4, len(sys.argv), 3)]
ROOM = 800 * MISSIONS  # bytes: the log and the file beside it


def study(folder, *arguments):
    """The metrics of the study by name; it has to be whole."""
    out = subprocess.run(
        [os.environ["ISSSIM"], "mc", SCENARIO, "-n", str(MISSIONS), "--json", "--force",
         "-o", os.path.join(folder, "study.h5"), *arguments],
        stdout=subprocess.PIPE, check=True).stdout
    facts = json.loads(out)
    assert (facts["replications"], facts["failed"], facts["complete"]) == (MISSIONS, 0, True)
    return {metric["metric"]: metric for metric in facts["metrics"]}


def score(metric, statistic, expected):
    """What was measured, and how many standard errors it is off."""
    if statistic == "positive":
        measured, sd = metric["p_nonzero"], math.sqrt(expected * (1 - expected))
    else:
        measured, sd = metric["mean"], metric["sd"]
    return measured, (measured - expected) / (sd / math.sqrt(metric["n"]))


def main():
    wrong = []
    with tempfile.TemporaryDirectory(prefix="isssim-oracle-") as folder:
        if shutil.disk_usage(folder).free < ROOM:
            print(f"{folder} has less than {ROOM / 1e6:.0f} MB of room")
            return 77
        for arguments in ([], ["--set", MUTATION]):
            metrics = study(folder, *arguments)
            for name, statistic, expected in WANTED:
                measured, z = score(metrics[name], statistic, expected)
                print(f"{name} {statistic} {' '.join(arguments)}: {measured:.9g}, "
                      f"expected {expected}, z = {z:+.2f}")
                if (abs(z) <= LIMIT) == bool(arguments):
                    wrong.append("the mutation isn't seen" if arguments else
                                 f"off by more than {LIMIT} standard errors")
    for line in wrong:
        print("FAILED:", line)
    return 1 if wrong else 0


sys.exit(main())
