# SPDX-License-Identifier: GPL-3.0-or-later
"""Type hints are right, by mypy --strict."""

import pathlib
import subprocess
import sys

import pytest

pytest.importorskip("mypy")
HERE = pathlib.Path(__file__).resolve().parents[1]


def test_mypy_has_nothing_to_say(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), "src/isssim"],
        cwd=HERE, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
