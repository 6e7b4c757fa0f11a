#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a worked study: it gives an answer, and the pictures that it names are there.

Usage: run.py SCRIPT
"""
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

NEEDED = ("h5py", "pandas", "xarray", "matplotlib")
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "analysis/python/src"
PNG = b"\x89PNG"


def main(script):
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print("missing:", " ".join(f"python3-{name}" for name in missing))
        return 77
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "MPLBACKEND": "Agg"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, script, folder], env=environment,
                              stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout)
        if done.returncode != 0:
            return done.returncode
        lines = done.stdout.splitlines()
        named = {line for line in lines if line.endswith(".png")}
        written = {str(path) for path in pathlib.Path(folder).iterdir()
                   if path.read_bytes().startswith(PNG)}
        answers = [line for line in lines if line.startswith("Answer: ")]
    if len(answers) != 1 or "nan" in done.stdout:
        print("no answer, or one that isn't a number")
        return 1
    if not named or named != written:
        print("named but not written, or written but not named:", named ^ written)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
