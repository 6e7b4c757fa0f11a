#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a study costs through the program, from the scenario to the file that is there.

Usage: study.py BUILD SCENARIO MISSIONS [ROUNDS]

BUILD is the folder that has isssim.  In every round one thread, then two: on a machine that
does other work only the ratios within a round tell.  Then what the store takes of it, by
iss_store_rows with as many rows, and as many metrics as the scenario has.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BUILD, SCENARIO = map(pathlib.Path, sys.argv[1:3])
MISSIONS = int(sys.argv[3])
ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else 5


def study(threads, output):
    """Wall-clock and processor time in seconds, peak memory in MiB, and the metrics."""
    with tempfile.TemporaryFile() as out:
        since = time.monotonic()
        program = subprocess.Popen(
            [BUILD / "isssim", "mc", SCENARIO, "-n", str(MISSIONS), "-j", str(threads),
             "--json", "-fo", output], stdout=out)
        _, status, used = os.wait4(program.pid, 0)
        wall = time.monotonic() - since
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            sys.exit(f"isssim ended with {program.returncode}")
        out.seek(0)
        metrics = len(json.load(out)["metrics"])
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, metrics


def tell(what, values):
    print(f"{what:44} {statistics.median(values):10.2f}   "
          f"({min(values):.2f} to {max(values):.2f})")


def main():
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="isssim-bench-") as folder:
        output = os.path.join(folder, "study.h5")
        rounds = [(study(1, output), study(2, output)) for _ in range(ROUNDS)]
        size = os.path.getsize(output)
    print(f"{SCENARIO.stem}, {MISSIONS} missions, {ROUNDS} rounds, {os.cpu_count()} cores, "
          f"load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    for threads in (1, 2):
        mine = [both[threads - 1] for both in rounds]
        tell(f"{threads} thread(s): missions/s", [MISSIONS / wall for wall, *_ in mine])
        tell("    missions/s of processor time", [MISSIONS / cpu for _, cpu, *_ in mine])
        tell("    us of processor time a mission", [1e6 * cpu / MISSIONS for _, cpu, *_ in mine])
        tell("    peak memory, MiB", [peak for _, _, peak, _ in mine])
    tell("2 threads to 1: times as fast", [one[0] / two[0] for one, two in rounds])
    tell("2 threads to 1: processor time", [two[1] / one[1] for one, two in rounds])
    print(f"{'file, MB':44} {size / 1e6:10.2f}")
    metrics = rounds[0][0][3]
    print(f"keeping rows of {metrics} metrics:", flush=True)
    subprocess.run([BUILD / "tests/tools/iss_store_rows", str(MISSIONS), str(metrics)],
                   check=True)


main()
