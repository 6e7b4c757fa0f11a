#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""C files look as .clang-format says; skipped without the release that it is pinned to.

Usage: format.py ROOT
"""
import shutil
import subprocess
import sys

from source import c_files

tool = shutil.which("clang-format-14")
if not tool:
    print("clang-format-14 isn't installed")
    sys.exit(77)
files = [
    str(path)
    for path, _, _ in c_files(sys.argv[1], ("engine", "include", "tests"), (".c", ".h"))
]
sys.exit(subprocess.run([tool, "--dry-run", "--Werror", *files], check=False).returncode)
