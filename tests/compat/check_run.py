#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real run, as a user would make it, read with every reader; and README's example.

    check_run.py FOLDER     with $ISSSIM and $ISSSIM_SOURCE in the environment
"""

import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).parent
folder = pathlib.Path(sys.argv[1])
source = pathlib.Path(os.environ["ISSSIM_SOURCE"])

folder.mkdir(parents=True, exist_ok=True)
for name, extra in {"soyuz_leak": [], "minimal": [],
                    "replay": ["--set", "scenario.mode=replay"]}.items():
    scenario = source / "scenarios" / f"{'soyuz_leak' if extra else name}.cfg"
    subprocess.run([os.environ["ISSSIM"], "run", scenario, "-o", folder / f"{name}.h5",
                    "--force", "-q", *extra], check=True)
    subprocess.run([sys.executable, here / "check_file.py", folder / f"{name}.h5"],
                   check=True)

# The five lines of README.md print what the run gave.
(block,) = re.findall(r"```python\n(.*?)```", (source / "README.md").read_text(), re.S)
os.chdir(folder)
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    exec(block, {})
lines = printed.getvalue().splitlines()
if not any(line.startswith("Frank Rubio") for line in lines) or float(lines[-1]) <= 0:
    sys.exit(f"README.md's example printed {lines}")
print("soyuz_leak, minimal and a replay read; README.md's example works")
