# SPDX-License-Identifier: GPL-3.0-or-later
"""Calling the program from Python."""

import datetime
import gc
import hashlib
import os
import pathlib
import shutil
import stat

import numpy as np
import pytest

import isssim
from isssim.program import find_program, setting


@pytest.fixture(autouse=True)
def named(program, monkeypatch):
    monkeypatch.setenv("ISSSIM", program)


def test_a_run_is_what_the_program_writes(leak):
    with isssim.run("soyuz_leak.cfg") as run:
        assert run.events().equals(leak.events())
        assert run.replication == 0 and run.seed == leak.seed


def test_settings_seed_and_replication_are_passed_on():
    with isssim.run(
        "soyuz_leak.cfg",
        set={"policy.call_up": False, "scenario.title": 'An "odd" title, ä'},
        seed=5,
        replication=3,
    ) as run:
        assert run.title == 'An "odd" title, ä'
        assert (run.seed, run.replication) == (5, 3)
        assert run.provenance.overrides[0] == "policy.call_up=false"
        assert len(run.events("RESCUE_CALLED")) == 0


def test_a_study_has_as_many_rows_as_were_asked_for():
    with isssim.mc(
        "soyuz_leak.cfg", n=40, jobs=1, seed=3, traces=[0, 7], series="crew"
    ) as study:
        assert study.n == 40 and study.seed == 3
        assert list(study.traces) == [0, 7]
        assert list(study.fans["series"].values) == ["crew"]


def test_the_file_goes_with_the_object():
    run = isssim.run("minimal.cfg")
    path = run.path
    assert path.exists()
    del run
    gc.collect()
    assert not path.exists() and not path.parent.exists()
    with isssim.run("minimal.cfg") as run:
        path = run.path
    assert not path.parent.exists()


def test_a_file_that_was_asked_for_stays(tmp_path):
    path = tmp_path / "mine.h5"
    with isssim.run("minimal.cfg", output=path, reproducible=True) as run:
        assert run.path == path
        assert run.provenance.host is None and run.provenance.elapsed_s is None
    assert path.exists()
    with pytest.raises(isssim.ProgramError, match="exists already"):
        isssim.run("minimal.cfg", output=path)
    isssim.run("minimal.cfg", output=path, force=True).close()


def test_what_the_program_complains_of_is_the_error():
    with pytest.raises(isssim.ProgramError) as caught:
        isssim.run("soyuz_leak.cfg", set={"flights.MS-22.crw": ["ada"]})
    assert "flights.MS-22.crw: unknown setting; did you mean crew?" in str(caught.value)
    assert caught.value.returncode == 65
    with pytest.raises(isssim.ProgramError, match="cannot be opened") as caught:
        isssim.run("nowhere/none.cfg")
    assert caught.value.returncode == 66
    with pytest.raises(isssim.ProgramError, match="--colour"):
        isssim.run("minimal.cfg", colour="red")


def test_a_study_with_missions_that_failed_is_given_with_a_warning(tmp_path):
    few = {"scenario.max_events": 145}
    with pytest.warns(RuntimeWarning, match="24 of 40 missions failed"):
        study = isssim.mc("soyuz_leak.cfg", n=40, set=few)
    with study:
        assert len(study.failed) == 24 and study.n == 40
    path = tmp_path / "mine.h5"
    with pytest.warns(RuntimeWarning, match="missions failed"):
        isssim.mc("soyuz_leak.cfg", n=40, set=few, output=path).close()
    program = tmp_path / "isssim"  # one that ends so without having written anything
    program.write_text("#!/bin/sh\necho no memory >&2; exit 70\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(isssim.ProgramError, match="no memory"):
        isssim.mc("soyuz_leak.cfg", n=40, output=path, program=program)
    with pytest.raises(isssim.ProgramError, match="event"):
        isssim.run("soyuz_leak.cfg", set=few, replication=_failed_one(path))


def _failed_one(path):
    with isssim.open(path) as study:
        return int(study.failed["replication"].iloc[0])


def test_the_program_is_looked_for(program, tmp_path, monkeypatch):
    assert find_program(program) == program
    assert find_program() == program  # $ISSSIM
    monkeypatch.delenv("ISSSIM")
    fake = tmp_path / "isssim"
    fake.write_text("#!/bin/sh\nexit 3\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program() == str(fake)
    with pytest.raises(isssim.ProgramError, match="code 3 and said nothing"):
        isssim.run("minimal.cfg")
    monkeypatch.setenv("PATH", "")
    launcher = pathlib.Path(__file__).resolve().parents[3] / "isssim"
    assert find_program() == str(launcher)
    with pytest.raises(isssim.ProgramError, match="isn't a program"):
        find_program(tmp_path / "none")


def test_settings_are_written_in_the_scenario_language():
    for value, text in (
        (True, "true"),
        (np.bool_(False), "false"),
        (3, "3"),
        (np.int64(3), "3"),
        (0.1, "0.1"),
        (np.float64(1e-9), "1e-09"),
        ("ada", "ada"),
        ([], "[]"),
        ([1, 2.5], "[1, 2.5]"),
        (["a b", 'c"d'], r'["a b", "c\"d"]'),
        ([{"n": 1}, {"n": 2}], "({ n = 1; }, { n = 2; })"),
        (datetime.date(2023, 1, 2), '"2023-01-02Z"'),
        (datetime.datetime(2023, 1, 2, 3, 4, 5), '"2023-01-02T03:04:05Z"'),
        (
            datetime.datetime(
                2023, 1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=3))
            ),
            '"2023-01-02T00:00:00Z"',
        ),
    ):
        assert setting(value) == text
    with pytest.raises(TypeError, match="a setting can't be"):
        setting(None)


def test_the_program_reads_what_is_written():
    with isssim.run(
        "soyuz_leak.cfg",
        set={
            "scenario.end": datetime.date(2023, 6, 1),
            "vehicles.soyuz_ms.call_up_lead":
                {"dist": "uniform", "min": 9.5, "max": 12},
            "station.min_crew": 3,
        },
    ) as run:
        assert str(run.end.date()) == "2023-06-01"
        assert "min = 9.5" in run.provenance.resolved_text


def test_provenance_is_enough_to_do_it_again(leak, program, tmp_path):
    origin = leak.provenance
    assert origin.scenario_text == origin.files[0].text
    for file in origin.files:
        assert hashlib.sha256(file.text.encode()).hexdigest() == file.sha256
    assert len(origin.files) > 5 and origin.overrides == []
    assert origin.command_line.startswith("isssim run --seed 20221215")
    assert origin.seed == leak.seed and origin.replication == 0
    assert origin.elapsed_s > 0 and origin.max_rss > 1e6
    assert "HDF5" in origin.libraries and origin.started.endswith("Z")
    assert len(origin.model_hash) == 64 and origin.isssim_version
    again = tmp_path / "again.cfg"
    again.write_text(origin.resolved_text)
    if os.path.exists(shutil.which("sh") or ""):
        with isssim.run(again, seed=origin.seed, replication=origin.replication) as run:
            assert run.events().equals(leak.events())
