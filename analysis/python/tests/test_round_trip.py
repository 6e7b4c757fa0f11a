# SPDX-License-Identifier: GPL-3.0-or-later
"""Every value of every table is what `isssim export` prints, exactly."""

import csv
import io
import math
import re

import numpy as np
import pytest

import isssim
from isssim.program import call

from conftest import ROOT


def exported(path, table, program):
    """Names of the columns, and the rows, each field a text."""
    text = call(["export", str(path), table, "--csv"], program)
    names, *rows = csv.reader(io.StringIO(text), strict=True)
    return names, rows


def as_reals(fields):
    return np.array([float(field or "nan") for field in fields])


def as_times(fields):
    """Moments, all of which are in UTC and say so; "" for none."""
    assert all(field == "" or field.endswith("Z") for field in fields)
    moments = [field.rstrip("Z") or "NaT" for field in fields]
    return np.array(moments, dtype="datetime64[us]").astype("datetime64[ns]")


def as_printed(value):
    """What export prints of a category, a flag or a text."""
    if isinstance(value, float) and math.isnan(value):
        return ""  # no category
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    return str(value)


def as_bits(values):
    """The bytes of numbers: any two that differ at all, differ here."""
    return np.ascontiguousarray(values).view(np.uint64)


def differences(column, fields):
    """Where the values of a column aren't what the fields say, as bools."""
    values = column.to_numpy()
    if column.dtype == np.float64:
        # a missing number is empty, whichever of the many NaNs it is
        values = np.where(np.isnan(values), np.nan, values)
        return as_bits(values) != as_bits(as_reals(fields))
    if column.dtype == np.dtype("datetime64[ns]"):
        return as_bits(values) != as_bits(as_times(fields))
    if column.dtype == np.uint64:
        return values != np.array([int(field, 16) for field in fields], dtype=np.uint64)
    if column.dtype in (np.int64, np.int32):
        # a reference to a table without names is a row number, -1 for none
        return values != np.array([int(field or -1) for field in fields], dtype=int)
    printed = np.array([as_printed(value) for value in values], dtype=object)
    return printed != np.array(fields, dtype=object)


def compare(frame, names, rows):
    """Check a DataFrame against the text; how many values were compared."""
    assert list(frame.columns) == names
    assert len(frame) == len(rows)
    if len(names) > 1000:  # how often each series took each value
        assert set(frame.dtypes[1:]) == {np.dtype(np.int64)}
        given = np.array([row[1:] for row in rows]).astype(int)
        assert np.array_equal(frame[names[1:]].to_numpy(), given)
        return compare(frame[names[:1]], names[:1], rows) + given.size
    for place, name in enumerate(names):
        fields = [row[place] for row in rows]
        wrong = np.flatnonzero(differences(frame[name], fields))
        assert not wrong.size, (name, wrong[0], fields[wrong[0]], frame[name][wrong[0]])
    return len(names) * len(rows)


def check_all(result, path, program, prefix=""):
    """Compare all tables of a run or a study; values compared, by table."""
    compared = {}
    for table in result.tables:
        names, rows = exported(path, prefix + table, program)
        compared[table] = compare(result.table(table), names, rows)
    return compared


def documented_tables():
    """The tables that a run has by docs/output-format.md."""
    page = (ROOT / "docs/output-format.md").read_text(encoding="utf-8")
    about_runs = page.split("\n# A run\n")[1].split("\n# A study\n")[0]
    return set(re.findall(r"^## /(\w+)$", about_runs, re.M))


RUNS = ["leak_path", "baseline_path", "medical_path", "conditions_path", "mini5y_path"]


@pytest.mark.parametrize("which", RUNS)
def test_every_table_of_a_run_is_what_export_prints(which, request, program):
    path = request.getfixturevalue(which)
    with isssim.open(path) as run:
        compared = check_all(run, path, program)
    assert set(compared) == documented_tables()
    assert compared["events"] > 2000 and compared["metrics"] > 600


def test_the_runs_together_fill_all_tables(request):
    empty = set()
    for place, which in enumerate(RUNS):
        with isssim.open(request.getfixturevalue(which)) as run:
            here = {table for table in run.tables if not len(run.table(table))}
            empty = here & empty if place else here
    assert not empty


@pytest.mark.parametrize("which", ["study_path", "uncertain_path"])
def test_every_table_of_a_study_is_what_export_prints(which, request, program):
    path = request.getfixturevalue(which)
    with isssim.open(path) as study:
        compared = check_all(study, path, program)
        assert set(compared) == {
            "replications", "quantiles", "grid", "summary", "fans", "counts", "failed",
            "fan_counts",
        }
        assert min(count for name, count in compared.items() if name != "failed") > 0


def test_every_table_of_a_trace_is_what_export_prints(study, study_path, program):
    compared = check_all(study.traces[17], study_path, program, "traces/r000017/")
    assert set(compared) == documented_tables()
    assert compared["events"] > 2000


def test_the_test_would_notice_a_difference(leak, leak_path, program):
    names, rows = exported(leak_path, "crew", program)
    for name, other in (
        ("days_total", "368.0324176474538"),
        ("leave", "2023-09-24T11:17:29.884741Z"),
        ("flight_up", "MS-23"),
        ("visiting", "true"),
    ):
        changed = [list(row) for row in rows]
        changed[0][names.index(name)] = other
        with pytest.raises(AssertionError, match=name):
            compare(leak.table("crew"), names, changed)


def test_odd_texts_come_back_whole(program):
    odd = 'A "quoted", comma\'d name; Wäkata \u7530'
    with isssim.run("soyuz_leak.cfg", set={"ports.rassvet.name": odd}) as run:
        assert odd in list(run.ports["name"])
        compare(run.ports, *exported(run.path, "ports", program))
