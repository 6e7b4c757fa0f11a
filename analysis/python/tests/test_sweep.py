# SPDX-License-Identifier: GPL-3.0-or-later
"""Sweeps, by the contract of the format: files as a sweep will write them."""

import h5py
import numpy as np
import pytest

import isssim

TEXT = h5py.string_dtype("utf-8")


def add(group, name, values, **attributes):
    texts = isinstance(values[0], str)
    data = group.create_dataset(name, data=values, dtype=TEXT if texts else None)
    for key, value in attributes.items():
        data.attrs[key] = value


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "sweep.h5"
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs.update(filetype="isssim/sweep", format_version=[1, 0], complete=1)
        file.attrs.update(title="Leads", epoch="2022-12-01T00:00:00Z", seed=7)
        design = file.create_group("design", track_order=True)
        add(design, "point", np.arange(2), units="1")
        add(design, "policy.lead", np.array([40.0, 60.0]), units="d")
        factors = file.create_group("factors", track_order=True)
        add(factors, "path", ["policy.lead"])
        add(factors, "distribution", ["uniform"])
        add(factors, "units", ["d"])
        points = file.create_group("points", track_order=True)
        add(points, "point", np.array([0, 0, 1, 1]), units="1")
        add(points, "replication", np.array([0, 1, 0, 1]), units="1")
        add(points, "crew_mean", np.array([7.0, 6.5, 6.0, np.nan]), units="1")
        for table, column in (
            ("point_summary", "mean"),
            ("comparison", "difference"),
            ("sensitivity", "S1"),
        ):
            add(file.create_group(table), column, np.array([0.5]), units="1")
    return path


def test_the_tables_of_a_sweep_are_there(path):
    with isssim.open(path) as sweep:
        assert type(sweep) is isssim.Sweep
        assert sweep.seed == 7 and sweep.title == "Leads"
        assert list(sweep.design["policy.lead"]) == [40, 60]
        assert sweep.design.index.name == "point"
        assert sweep.units("design")["policy.lead"] == "d"
        assert list(sweep.factors["path"]) == ["policy.lead"]
        means = sweep.points.groupby("point")["crew_mean"].mean()
        assert list(means) == [6.75, 6.0]
        assert sweep.point_summary["mean"][0] == 0.5
        assert sweep.comparison["difference"][0] == 0.5
        assert sweep.sensitivity["S1"][0] == 0.5


def test_a_table_that_wasnt_asked_for_isnt_there(path):
    with h5py.File(path, "r+") as file:
        del file["sensitivity"]
    with isssim.open(path) as sweep:
        with pytest.raises(LookupError, match='no table is called "sensitivity"'):
            sweep.sensitivity
