#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shell scripts parse, and shellcheck finds nothing in them where it's installed.

Usage: shell.py ROOT
"""
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
scripts = [root / "isssim", root / ".ci" / "run", root / "engine/cli/complete.bash",
           *sorted(root.glob("docs/**/*.sh")), *sorted(root.glob("tests/**/*.sh"))]
failed = any([subprocess.run(["bash", "-n", path], check=False).returncode for path in scripts])
if shutil.which("shellcheck"):
    failed |= subprocess.run(["shellcheck", *scripts], check=False).returncode != 0
sys.exit(failed)
