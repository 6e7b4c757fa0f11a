#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A log of ten million events: how long it takes to open, filter and draw it.

    large_log.py make FILE [ROWS]   make one: the events of baseline_conditions.cfg over
                                    and over, in the chunks that the program writes
    large_log.py measure FILE       times and peak memory, a process for each step

Needs isssim on the path of Python ($PYTHONPATH) and, to make the file, the program.
"""

import resource
import shutil
import subprocess
import sys
import time

import h5py
import numpy as np

CHUNK = 1 << 16  # rows, as the program has it
#: Attributes that tie columns to their scale, `row`.
SCALES = ("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST")

STEPS = {
    "open": "",
    "count the events": "run.event_count",
    "one kind, all columns": "run.events('DOCKED')",
    "two kinds, one month, three columns":
        "run.events(['DOCKED', 'UNDOCKED'], '2027-03-01', '2027-04-01', "
        "columns=['time', 'type', 'flight'])",
    "one person, by name":
        "run.events(person='Oleg Kononenko', columns=['time', 'type'])",
    "how often each kind": "run.events(columns=['type'])['type'].value_counts()",
    "causes of the last landing":
        "run.causes(run.events('LANDED', columns='time').index[-1])",
    "effects of the first launch":
        "run.effects(run.events('LAUNCHED', columns='time').index[0])",
    "dockings a month, drawn":
        "days = run.events('DOCKED', columns=['time'])['time']; "
        "figure, ax = matplotlib.pyplot.subplots(); ax.hist(days, bins=60); "
        "ax.set_ylabel('dockings a month'); figure.savefig('/dev/null', format='png')",
    "everything, 10 columns":
        "run.events(columns=['time', 'type', 'flight', 'port', 'person', 'failure', "
        "'value', 'crew', 'unsafe', 'cause'])",
}

CHILD = """
import resource, time
import isssim, pandas, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot
begun, used = time.perf_counter(), time.process_time()
run = isssim.open({path!r})
{step}
spent, used = time.perf_counter() - begun, time.process_time() - used
print(spent, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def make(path, rows):
    """Write a run with so many events."""
    import isssim

    with isssim.run("baseline_conditions.cfg") as run:
        shutil.copy(run.path, path)
    with h5py.File(path, "r+") as file:
        events = file["events"]
        attributes = {name: dict(events[name].attrs) for name in events}
        once = {name: events[name][()] for name in events}
        count = len(once["time"])
        copies = -(-rows // count)
        span = int(once["time"][-1]) + 1
        del file["events"]
        group = file.create_group("events", track_order=True)
        for name, values in once.items():
            data = group.create_dataset(
                name, (rows,), values.dtype, chunks=(min(CHUNK, rows),), shuffle=True,
                compression="gzip", compression_opts=1,
            )
            for key, value in attributes[name].items():
                if key not in SCALES:
                    data.attrs[key] = value
        group["row"].make_scale("row")
        for name in once:
            if name != "row":
                group[name].dims[0].attach_scale(group["row"])
        for first in range(0, rows, 16 * CHUNK):
            last = min(first + 16 * CHUNK, rows)
            row = np.arange(first, last)
            copy, at = row // count, row % count
            for name, values in once.items():
                part = values[at]
                if name == "time":  # each copy takes its share of the mission
                    part = (part + copy * span) // copies
                elif name == "cause":
                    part = np.where(part < 0, -1, part + copy * count)
                elif name == "sequence":
                    part = part + copy * int(once["sequence"].max() + 1)
                elif name == "row":
                    part = row
                group[name][first:last] = part


def measure(path):
    """Print a table of steps with their times and peak memory."""
    print("| step | s | of them computing | peak MiB |\n|---|---:|---:|---:|")
    for name, step in STEPS.items():
        code = CHILD.format(path=path, step=step)
        done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE,
                              text=True, check=True)
        spent, used, peak = map(float, done.stdout.split())
        print(f"| {name} | {spent:.2f} | {used:.2f} | {peak:.0f} |", flush=True)


def main(arguments):
    if len(arguments) >= 2 and arguments[0] == "make":
        begun = time.perf_counter()
        make(arguments[1], int(arguments[2]) if len(arguments) > 2 else 10_000_000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"made in {time.perf_counter() - begun:.0f} s, {peak:.0f} MiB")
    elif len(arguments) == 2 and arguments[0] == "measure":
        measure(arguments[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
