# SPDX-License-Identifier: GPL-3.0-or-later
"""The five minutes of README.md, as a reader would spend them."""

import doctest
import pathlib
import shutil

from isssim.program import call

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"
SCENARIO = README.parents[2] / "scenarios/soyuz_leak.cfg"


def test_the_five_minutes_are_true(tmp_path, monkeypatch, program):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISSSIM", program)
    commands = [line.split()[1:] for line in README.read_text().splitlines()
                if line.startswith("    ./isssim ") and "soyuz_leak" in line]
    assert [command[0] for command in commands] == ["run", "mc"]
    for name, _, *options in commands:
        call([name, str(SCENARIO), "-q", *options], program)
    shutil.copy(README, "README.md")
    done = doctest.testfile(str(README), module_relative=False, verbose=False,
                            optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted > 15
    assert done.failed == 0
