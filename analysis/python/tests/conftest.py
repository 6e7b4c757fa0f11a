# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of the program that the tests read; each is made once.

The program is $ISSSIM, or else the checkout's.  Tests that need it are skipped where it
can't be found.
"""

import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCENARIOS = ROOT / "scenarios"
sys.path.insert(0, str(ROOT / "analysis/python/src"))
os.environ["PYTHONPATH"] = str(ROOT / "analysis/python/src")
os.environ.setdefault("ISSSIM_LIBRARY", str(SCENARIOS))
BUILT = ROOT / "build/release/isssim"
if BUILT.exists():  # not the launcher, which might build anew in the midst of the tests
    os.environ.setdefault("ISSSIM", str(BUILT))


@pytest.fixture(scope="session")
def program():
    """Path of the program."""
    import isssim

    if not os.environ.get("ISSSIM"):
        pytest.skip("no program: name it in $ISSSIM")
    return isssim.find_program()


@pytest.fixture(scope="session")
def made(program, tmp_path_factory):
    """made(name, command, scenario, *options): path of a result, made when wanted."""
    import isssim
    from isssim.program import call

    folder = tmp_path_factory.mktemp("results")

    def make(name, command, scenario, *options):
        path = folder / name
        if not path.exists():
            arguments = [command, str(SCENARIOS / scenario), "-q", "-o", str(path)]
            try:
                call(arguments + [str(option) for option in options], program)
            except isssim.ProgramError:  # so ends a study with missions that failed
                if not path.exists():
                    raise
        return path

    return make


@pytest.fixture(scope="session")
def leak_path(made):
    return made("leak.h5", "run", "soyuz_leak.cfg")


@pytest.fixture(scope="session")
def baseline_path(made):
    return made("baseline.h5", "run", "baseline_2025_2030.cfg")


@pytest.fixture(scope="session")
def medical_path(made):
    return made("medical.h5", "run", "medical_return.cfg")


@pytest.fixture(scope="session")
def conditions_path(made):
    return made("conditions.h5", "run", "baseline_conditions.cfg")


@pytest.fixture(scope="session")
def mini5y_path(made):
    return made("mini5y.h5", "run", "mini5y.cfg")


@pytest.fixture(scope="session")
def study_path(made):
    return made("study.h5", "mc", "soyuz_leak.cfg", "-n", 300, "--traces", "0,17",
                "--series", "crew,unsafe")


@pytest.fixture(scope="session")
def uncertain_path(made):
    return made("uncertain.h5", "mc", "baseline_2025_2030.cfg", "-n", 30, "--traces", 1)


def _opened(path):
    import isssim

    with isssim.open(path) as result:
        yield result


@pytest.fixture(scope="session")
def leak(leak_path):
    yield from _opened(leak_path)


@pytest.fixture(scope="session")
def baseline(baseline_path):
    yield from _opened(baseline_path)


@pytest.fixture(scope="session")
def study(study_path):
    yield from _opened(study_path)


@pytest.fixture(scope="session")
def uncertain(uncertain_path):
    yield from _opened(uncertain_path)
