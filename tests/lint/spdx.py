#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each source file names its licence, in its first lines.

Usage: spdx.py ROOT
"""
import os
import pathlib
import sys

from source import report

LINE = "SPDX-License-Identifier: GPL-3.0-or-later"
SUFFIXES = {".c", ".h", ".def", ".in", ".cmake", ".py", ".sh", ".jl", ".supp",
            ".js", ".css"}
NAMES = {"isssim", "run", "CMakeLists.txt"}
SKIPPED = {".git", "build", "__pycache__", "node_modules"}


def check(root):
    problems = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED)
        for name in sorted(files):
            path = pathlib.Path(folder, name)
            shipped = path.suffix == ".cfg" and "scenarios" in path.relative_to(root).parts
            if path.suffix in SUFFIXES or name in NAMES or shipped:
                with open(path, encoding="utf-8", errors="replace") as file:
                    head = [file.readline() for _ in range(3)]
                if not any(LINE in line for line in head):
                    problems.append(f"{path.relative_to(root)}: no line `{LINE}`")
    return problems


if __name__ == "__main__":
    report(check(sys.argv[1]))
