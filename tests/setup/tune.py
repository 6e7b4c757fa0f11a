#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`./isssim tune` on a copy of the sources: the tuned program tells the same missions as
the one that the tests are about, to the last bit.

($ISSSIM names that program, $ISSSIM_SOURCE the sources.)
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["ISSSIM_SOURCE"])
NEEDED = ("engine", "include", "cmake", "scenarios", "analysis")


def table(program, name, folder):
    """Every value of a study's rows, as text that loses nothing, and those of a run."""
    text = ""
    for command, what in (("mc -n 50", "replications"), ("run", "events")):
        file = folder / "x.h5"
        command, *options = command.split()
        scenario = SOURCE / "scenarios" / name
        subprocess.run([program, command, scenario, *options, "-q", "--force", "-o", file],
                       check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        text += subprocess.run([program, "export", file, what], check=True,
                               stdout=subprocess.PIPE, text=True).stdout
    return text


def main():
    if not shutil.which("gcc"):
        return 77
    with tempfile.TemporaryDirectory(prefix="isssim tune ") as scratch:
        folder = pathlib.Path(scratch)
        root = folder / "a clone"
        for name in NEEDED:
            shutil.copytree(SOURCE / name, root / name)
        for name in ("isssim", "CMakeLists.txt", "CMakePresets.json"):
            shutil.copy2(SOURCE / name, root)
        subprocess.run([root / "isssim", "tune"], check=True)
        assert not (root / "build/release").exists()
        for name in ("baseline_2025_2030.cfg", "soyuz_leak.cfg", "k15_medical.cfg"):
            tuned = table(root / "isssim", name, folder)
            assert tuned == table(os.environ["ISSSIM"], name, folder), name
            assert tuned.count("\n") > 100, tuned
    return 0


if __name__ == "__main__":
    sys.exit(main())
