# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables as DataFrames: names, types, units, and mistyped names."""

import numpy as np
import pandas as pd
import pytest

import isssim


def not_found(call, *arguments, **named):
    with pytest.raises(LookupError) as caught:
        call(*arguments, **named)
    assert isinstance(caught.value, isssim.NoSuchName)
    return str(caught.value)


def test_codes_are_categories_in_the_order_of_the_format(leak):
    status = leak.flights["status"]
    assert list(status.cat.categories[:3]) == ["planned", "held", "free_flight"]
    assert status[0] == "landed"


def test_references_are_keys_names_or_row_numbers(leak):
    keys = leak.table("crew")
    names = leak.table("crew", names="name")
    numbers = leak.table("crew", names=False)
    assert (keys["person"][2], names["person"][2]) == ("rubio", "Frank Rubio")
    assert keys["flight_up"][2] == "MS-22" and names["flight_up"][2] == "Soyuz MS-22"
    people = leak.people
    assert people["id"][numbers["person"][2]] == "rubio"
    assert numbers["person"].dtype == np.int32


def test_no_reference_is_missing_or_minus_1(leak):
    assert leak.flights["replaces"].isna()[0]
    assert leak.table("flights", names=False)["replaces"][0] == -1


def test_names_is_one_of_three(leak):
    with pytest.raises(ValueError, match="names is True, False or"):
        leak.table("crew", names="long")


def test_times_are_timestamps_and_missing_ones_nat(leak):
    flights = leak.flights
    assert flights["launch"][0] == pd.Timestamp("2022-09-21 13:54:49")
    assert flights["launch"].dtype == np.dtype("datetime64[ns]")
    assert flights["ready"][0] is pd.NaT
    assert leak.start == leak.epoch == pd.Timestamp("2022-12-01")
    assert leak.end == pd.Timestamp("2023-12-31")


def test_flags_are_bool_and_counts_whole(leak):
    flights = leak.flights
    assert flights["generated"].dtype == bool
    assert flights["crew_up"].dtype == np.int64


def test_chosen_columns_come_in_the_order_asked_for(leak):
    assert list(leak.table("flights", ["port", "id"]).columns) == ["port", "id"]
    assert list(leak.table("flights", "id").columns) == ["id"]


def test_what_is_docked_is_a_column_a_port(leak):
    state = leak.table("state")
    assert state["docked_rassvet"][0] == "MS-22"


def test_units_and_docs_tell_each_column(leak):
    assert leak.units("flights")["slip_d"] == "d"
    assert leak.units("levels")["used"] == "kg/d"
    assert leak.docs("crew")["days_total"].startswith("Launch to landing")
    assert set(leak.units("flights")) == set(leak.flights.columns)


def test_each_table_is_a_property(leak):
    others = {"units": "system_units", "resources": "resource_types"}
    for table in leak.tables:
        if table in ("events", "state", "metrics"):
            continue
        frame = getattr(leak, others.get(table, table))
        pd.testing.assert_frame_equal(frame, leak.table(table))


def test_metrics_are_found_by_name(leak):
    metrics = leak.metrics
    assert metrics.loc["crew_mean", "value"] == leak.metric("crew_mean")
    assert metrics.loc["launch_ms23", "units"] == "d"
    assert "did you mean crew_mean?" in not_found(leak.metric, "crew_man")


def test_mistyped_names_are_told_what_may_have_been_meant(leak, study):
    assert not_found(leak.table, "flihgts") == (
        'no table is called "flihgts"; did you mean flights?'
    )
    assert not_found(leak.table, "crew", ["nam"]) == (
        'no column of crew is called "nam"; did you mean name?'
    )
    assert "did you mean crew_mean?" in not_found(study.values, "crewmean")
    assert "did you mean crew_mean?" in not_found(study.interval, "Crew_Mean")
    assert not_found(leak.table, "provenance").startswith("no table is called")
    assert not_found(leak.units, "zzz") == 'no table is called "zzz"'


def test_tables_of_a_run_fit_those_of_h5py(leak, leak_path):
    import h5py

    with h5py.File(leak_path) as file:
        assert set(leak.tables) == set(file) - {"provenance"}
        assert np.array_equal(leak.table("levels")["stock"], file["levels/stock"][()])
