#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the layers' archives define: nothing outside our name space, nothing mutable.

Usage: symbols.py ARCHIVE...

Each external symbol begins with iss_, so that libisssim can be linked into any program;
and below cli no layer has writable data, so that replications can't meet through it.
"""
import re
import subprocess
import sys

from source import report

# What the sanitizers and the coverage instrumentation add to an object,
# and link-time optimisation for the debugger's sake (file.c.12345678).
INSTRUMENTS = re.compile(r"__odr_asan|__(asan|ubsan|tsan|gcov|sanitizer)_|_GLOBAL__|\.L|_sub_[ID]_"
                         r"|\w+\.c\.[0-9a-f]{8}$")
WRITABLE = re.compile(r"\.(t?data|t?bss)(?!\.rel\.ro)\b")


def defined(archive):
    """(name, is it external, section) of each symbol that the archive defines."""
    table = subprocess.run(
        # Without gcc's plugin, which would tell of the code for link-time optimisation only.
        ["nm", "--plugin=/dev/null", "--defined-only", "--format=sysv", archive],
        check=True, capture_output=True, text=True, env={"LC_ALL": "C"},
    ).stdout
    for line in table.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 7:
            name, _, kind, _, _, _, section = fields
            yield name, kind.isupper(), "*COM*" if kind in "Cc" else section


def check(archives):
    problems = []
    for archive in archives:
        layer = archive.rpartition("libiss_")[2].removesuffix(".a")
        for name, external, section in defined(archive):
            if INSTRUMENTS.match(name):
                continue
            if external and not name.startswith("iss_"):
                problems.append(f"{layer}: {name}: an external name without iss_")
            if layer != "cli" and (section == "*COM*" or WRITABLE.match(section)):
                problems.append(f"{layer}: {name}: writable data in {section}")
    return problems


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("symbols.py: no archives")
    report(check(sys.argv[1:]))
