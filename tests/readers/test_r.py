# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines for R in docs/other-readers.md read what `isssim export` prints.

Skipped where there is no R with hdf5r.
"""

import csv
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
PROGRAM = os.environ["ISSSIM"]
SOURCE = os.environ["ISSSIM_SOURCE"]

# What the page's variables hold, with all the digits that there are.
PRINTED = """
exact <- function(x) sprintf("%.17g", x)
write.csv(data.frame(us = exact(as.numeric(events$time - start, units = "secs") * 1e6),
                     type = events$type, flight = events$flight),
          "events.csv", row.names = FALSE, na = "")
metrics[-1] <- lapply(metrics[-1], exact)
write.csv(metrics, "metrics.csv", row.names = FALSE)
"""
EPOCH = datetime.datetime(2022, 12, 1, tzinfo=datetime.timezone.utc)


def program(*words: str) -> str:
    """What the program prints."""
    return subprocess.run(
        [PROGRAM, *words], check=True, capture_output=True, text=True
    ).stdout


def page_lines() -> str:
    """The lines of the page that are R's."""
    path = os.path.join(SOURCE, "docs", "other-readers.md")
    with open(path, encoding="utf-8") as page:
        return "\n".join(re.findall(r"```r\n(.*?)```", page.read(), re.DOTALL))


def rows(text: str) -> "list[dict[str, str]]":
    """Rows of a CSV text by column."""
    return list(csv.DictReader(text.splitlines()))


def read_rows(name: str) -> "list[dict[str, str]]":
    """Rows of a CSV file by column."""
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_r(lines: str) -> str:
    """What R prints; its complaint, and an end, when it fails."""
    words = ["Rscript", "--vanilla", "-e", lines]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"R failed:\n{done.stderr}")
    return done.stdout


def check_events() -> int:
    """Types, flights and times of the events are those that the program exports."""
    read = read_rows("events.csv")
    exported = rows(program("export", "leak.h5", "events"))
    assert len(read) == len(exported) > 100, (len(read), len(exported))
    for here, there in zip(read, exported):
        assert here["type"] == there["type"], (here, there)
        assert here["flight"] == there["flight"], (here, there)
        time = datetime.datetime.fromisoformat(there["time"].replace("Z", "+00:00"))
        exact = (time - EPOCH) / datetime.timedelta(microseconds=1)
        assert abs(float(here["us"]) - exact) < 1, (here, there)  # R has real seconds
    return len(read)


def check_metrics() -> int:
    """Means and intervals of the metrics likewise, to the last bit."""
    read = read_rows("metrics.csv")
    exported = rows(program("export", "mc.h5", "summary"))
    assert len(read) == len(exported) > 100, (len(read), len(exported))
    for here, there in zip(read, exported):
        assert here["metric"] == there["metric"], (here, there)
        for name in ("mean", "ci_lo", "ci_hi"):
            values = [float(row[name] or "nan") for row in (here, there)]
            same = values[0] == values[1] or all(value != value for value in values)
            assert same, (here, there)
    return len(read)


def main() -> int:
    probe = ["Rscript", "--vanilla", "-e", "library(hdf5r)"]
    if (
        shutil.which("Rscript") is None
        or subprocess.run(probe, capture_output=True, check=False).returncode != 0
    ):
        print("skipped: there is no R with hdf5r")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        program("run", "soyuz_leak.cfg", "-q", "-o", "leak.h5")
        program("mc", "soyuz_leak.cfg", "-q", "-n", "100", "-o", "mc.h5")
        lines = page_lines().replace("soyuz_leak.h5", "leak.h5")
        said = run_r(lines.replace("soyuz_leak-mc.h5", "mc.h5") + PRINTED)
        assert "DOCKED" in said and "unsafe_person_days" in said, said
        print(f"{check_events()} events and {check_metrics()} metrics as exported")
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
