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

os.chdir(folder)
readme = (source / "README.md").read_text()


def printed_by(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue().splitlines()


# README.md shows lines of the study that its command gives.
(shown,) = re.findall(r"\n\$ ./isssim mc (.*?)```", readme, re.S)
told = subprocess.run([os.environ["ISSSIM"], "mc", source / "scenarios" / "soyuz_leak.cfg",
                       "-n", "2000", "--force"], check=True, capture_output=True,
                      env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout.decode().splitlines()
for line in shown.splitlines()[1:]:
    if line.strip() != "..." and line not in told:
        sys.exit(f"README.md shows {line!r}, which isn't in:\n" + "\n".join(told))
subprocess.run([sys.executable, here / "check_file.py", "soyuz_leak-mc.h5"], check=True)

# Its five lines each print what the run and the study gave.
of_run, of_study = re.findall(r"```python\n(.*?)```", readme, re.S)
lines = printed_by(of_study)
if not re.fullmatch(r"[1-9]\.\d% of 2000 missions, such as \[ *\d+ +\d+ +\d+\]", lines[0]):
    sys.exit(f"README.md's example of a study printed {lines}")
lines = printed_by(of_run)
if not any(line.startswith("Frank Rubio") for line in lines) or float(lines[-1]) <= 0:
    sys.exit(f"README.md's example printed {lines}")
print("soyuz_leak, minimal and a replay read; README.md's example works")
