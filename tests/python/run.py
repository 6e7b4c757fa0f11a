#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run tests of the Python package, or say what is missing (exit code 77).

Usage: run.py TESTS...
"""
import importlib.util
import os
import pathlib
import subprocess
import sys

NEEDED = ("h5py", "numpy", "pandas", "xarray", "pytest")
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "analysis/python/src"
NO_TESTS = 5  # pytest's exit code when it has collected none


def main(arguments):
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print("missing:", " ".join(f"python3-{name}" for name in missing))
        return 77
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "MPLBACKEND": "Agg"}
    done = subprocess.run(command + arguments, env=environment, check=False)
    return 77 if done.returncode == NO_TESTS else done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
