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

# Its lines with the package, and those with h5py alone, print what the two gave.
sys.path.insert(0, str(source / "analysis" / "python" / "src"))
with_package, with_h5py = re.findall(r"```python\n(.*?)```", readme, re.S)
told = "\n".join(printed_by(with_package))
for pattern in (r"Frank Rubio +MS-22 +MS-23 +368\.\d+", r"FAILURE_OCCURS", r"SEAT_MOVED",
                r"\nmean +201\.\d+", r"\n(Int64)?Index\(\[ *\d+, +\d+"):
    if not re.search(pattern, told):
        sys.exit(f"README.md's example with the package has no {pattern!r}:\n{told}")
lines = printed_by(with_h5py)
if "Frank Rubio               368.0 days in space" not in lines:
    sys.exit(f"README.md's example with h5py printed {lines}")
print("soyuz_leak, minimal and a replay read; README.md's examples work")
