# SPDX-License-Identifier: GPL-3.0-or-later
"""States, stocks and fans as xarray."""

import h5py
import numpy as np
import pandas as pd
import pytest


def test_the_state_is_the_table(leak):
    state, table = leak.state, leak.table("state")
    assert state["docked"].dims == ("time", "port")
    for name in ("crew", "unsafe", "seats_safe", "crew_ros", "crew_usos"):
        assert np.array_equal(state[name], table[name])
        assert state[name].attrs["units"] == "1"
    assert np.array_equal(state["time"], table["time"])
    for port in leak.ports["id"]:
        docked = table[f"docked_{port}"].astype(object).fillna("")
        assert list(state["docked"].sel(port=port).values) == list(docked)


def test_stocks_are_exact_where_they_changed(baseline):
    levels, stocks = baseline.levels, baseline.resources
    time = levels["time"].to_xarray()
    resource = levels["resource"].astype(object).to_xarray()
    for name in ("stock", "reserve", "used", "made", "lacking", "leaked", "let_go"):
        found = stocks[name].sel(time=time, resource=resource)
        assert np.array_equal(found, levels[name], equal_nan=True)


def test_stocks_in_between_change_by_made_less_used(baseline):
    stocks, levels = baseline.resources, baseline.levels
    food = levels[levels["resource"] == "food"].reset_index(drop=True)
    last = food.iloc[-1]
    ours = stocks.sel(resource="food")
    for row in (0, 3, len(food) // 2):
        begin, end = food["time"][row], food["time"][row + 1]
        moments = ours["time"].values
        inside = moments[(moments > begin) & (moments < end)]
        for moment in inside:
            days = (moment - begin.to_datetime64()) / np.timedelta64(1, "D")
            expected = food["stock"][row] + (food["made"] - food["used"])[row] * days
            found = float(ours["stock"].sel(time=moment))
            assert found == pytest.approx(expected, 1e-12)
    assert pd.Timestamp(ours["time"].values[-1]) == baseline.end
    days = (baseline.end - last["time"]) / pd.Timedelta(1, "D")
    at_end = last["stock"] + (last["made"] - last["used"]) * days
    assert float(ours["stock"][-1]) == pytest.approx(at_end, 1e-12)


def test_what_follows_in_between_leads_to_the_next_change(baseline):
    """Where only the rate changes, the stock that follows is the one that is recorded.

    Deliveries make stocks jump: not all of the changes can be foretold.
    """
    levels = baseline.levels
    for resource in ("food", "oxygen"):
        rows = levels[levels["resource"] == resource].reset_index(drop=True)
        days = rows["time"].diff().dt.total_seconds() / 86400
        grown = (rows["made"] - rows["used"]).shift() * days
        expected = rows["stock"].shift() + grown
        met = np.isclose(rows["stock"], expected, rtol=0, atol=1e-6)
        assert met[1:].mean() > 0.3, resource


def test_reserves_are_stocks_in_days_of_nominal_use(baseline):
    stocks = baseline.resources
    types = baseline.resource_types.set_index("id")
    for resource in types.index[types["nominal_use"] > 0]:
        one = stocks.sel(resource=resource)
        days = one["stock"] / types.loc[resource, "nominal_use"]
        np.testing.assert_allclose(one["reserve"], days, rtol=1e-9, atol=1e-9)
    assert np.isnan(stocks["reserve"].sel(resource="waste")).all()


def test_stocks_of_a_scenario_without_any_are_empty(leak):
    stocks = leak.resources
    assert dict(stocks.sizes) == {"time": 0, "resource": 0}


def test_fans_are_those_of_the_file(study, study_path):
    fans = study.fans
    with h5py.File(study_path) as file:
        assert np.array_equal(fans["value"], file["fans/value"][()])
        assert np.array_equal(fans["mean"], file["fans/mean"][()])
        assert np.array_equal(fans["quantile"], file["quantiles/quantile"][()])
    assert list(fans["series"].values) == ["crew", "unsafe"]
    assert fans["value"].dims == ("series", "time", "quantile")
    assert float(fans["mean"].sel(series="crew")[0]) == 7
    assert list(fans["units"].values) == ["1", "1"]
    assert pd.Timestamp(fans["time"].values[0]) == study.epoch


def test_fans_without_series_are_empty(made):
    import isssim

    path = made("plain.h5", "mc", "minimal.cfg", "-n", 20, "--series", "")
    with isssim.open(path) as study:
        assert study.fans.sizes["series"] == 0
        assert len(study.traces) == 0
