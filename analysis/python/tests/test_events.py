# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of events: filters, chunks, causes and effects."""

import numpy as np
import pandas as pd
import pytest

import isssim
import isssim.events


@pytest.fixture(params=[1 << 20, 64, 7])
def chunk(request, monkeypatch):
    """However many rows are read together, the answer is the same."""
    monkeypatch.setattr(isssim.events, "CHUNK", request.param)


def test_all_events_are_the_table(leak, chunk):
    events = leak.events()
    assert len(events) == leak.event_count > 100
    pd.testing.assert_frame_equal(
        events.reset_index(drop=True), leak.table("events"), check_names=False
    )
    assert events.index.name == "row"


def test_filters_agree_with_pandas(baseline, chunk):
    everything = baseline.events()
    start, end = "2026-02-01", pd.Timestamp("2027-06-15 12:00")
    time = everything["time"]
    kinds = ["DOCKED", "UNDOCKED"]
    for frame, mask in (
        (baseline.events("DOCKED"), everything["type"] == "DOCKED"),
        (baseline.events(kinds), everything["type"].isin(kinds)),
        (baseline.events(start=start, end=end), (time >= start) & (time < end)),
        (baseline.events(port="rassvet"), everything["port"] == "rassvet"),
        (
            baseline.events(kinds, start, end, port=["rassvet", "poisk"]),
            everything["type"].isin(kinds) & (time >= start) & (time < end)
            & everything["port"].isin(["rassvet", "poisk"]),
        ),
    ):
        assert mask.any()
        pd.testing.assert_frame_equal(frame, everything[mask])


def test_the_end_isnt_included_and_the_start_is(leak):
    time = leak.events()["time"][5]
    assert (leak.events(start=time)["time"] >= time).all()
    assert leak.events(start=time)["time"].iloc[0] == time
    assert (leak.events(end=time)["time"] < time).all()
    zoned = pd.Timestamp("2023-01-01 03:00", tz="Europe/Moscow")
    assert len(leak.events(start=zoned)) == len(leak.events(start="2023-01-01"))


def test_what_it_concerns_is_given_by_key_name_or_row(leak):
    by_key = leak.events(flight="MS-23")
    assert len(by_key) > 5
    row = list(leak.flights["id"]).index("MS-23")
    for other in ("Soyuz MS-23", row, ["MS-23"], np.int32(row)):
        pd.testing.assert_frame_equal(leak.events(flight=other), by_key)
    assert set(leak.events(person="Frank Rubio")["person"]) == {"rubio"}
    assert set(leak.events(failure="coolant_leak")["failure"]) == {"coolant_leak"}


def test_types_may_be_codes(leak):
    code = list(leak.event_types["name"]).index("LAUNCHED")
    pd.testing.assert_frame_equal(leak.events(code), leak.events("LAUNCHED"))


def test_columns_are_chosen_and_filters_need_not_be_among_them(leak):
    events = leak.events("DOCKED", columns=["flight", "time"], names=False)
    assert list(events.columns) == ["flight", "time"]
    assert events["flight"].dtype == np.int32


def test_nothing_found_is_an_empty_table_of_the_same_types(leak, chunk):
    everything = leak.events()
    for nothing in (leak.events(start="2030-01-01"), leak.events("STATION_LOST")):
        assert len(nothing) == 0
        pd.testing.assert_series_equal(nothing.dtypes, everything.dtypes)


def test_mistyped_names_are_told_what_may_have_been_meant(leak):
    for call, told in (
        (lambda: leak.events("LAUNCHD"), 'called "LAUNCHD"; did you mean LAUNCHED?'),
        (lambda: leak.events(flight="MS23"), 'called "MS23"; did you mean MS-23?'),
        (lambda: leak.events(flihgt="MS-23"), "did you mean flight?"),
        (lambda: leak.events(person="Rubbio"), "did you mean"),
        (lambda: leak.events(columns="tim"), "did you mean time?"),
        (lambda: leak.events(flight=4711), 'row of flights is called "4711"'),
        (lambda: leak.events(cause=1), 'reference of events is called "cause"'),
    ):
        with pytest.raises(LookupError) as caught:
            call()
        assert told in str(caught.value)


def chain(events, row):
    out = [row]
    while events["cause"][out[0]] >= 0:
        out.insert(0, events["cause"][out[0]])
    return out


def test_causes_go_back_to_the_root(leak, baseline):
    for run in (leak, baseline):
        events = run.events(names=False)
        for row in range(0, len(events), len(events) // 12):
            assert list(run.causes(row).index) == chain(events, row)


def test_the_seat_in_the_dragon_is_caused_by_the_leak(leak):
    moved = leak.events("SEAT_MOVED", person="rubio").index[0]
    causes = list(leak.causes(moved)["type"])
    assert causes[0] == "FORCED_DUE" and causes[-1] == "SEAT_MOVED"
    assert "LIFEBOAT_DECISION" in causes


def test_effects_are_all_that_have_the_event_among_their_causes(leak, chunk):
    events = leak.events(names=False)
    led_to = {row: [] for row in events.index}
    for row in events.index:
        for cause in chain(events, row)[:-1]:
            led_to[cause].append(row)
    for row in range(0, len(events), 9):
        assert list(leak.effects(row).index) == led_to[row]
        direct = leak.effects(row, direct=True)
        assert (direct["cause"] == row).all()
        assert set(direct.index) == set(events.index[events["cause"] == row])


def test_an_event_that_isnt_there_has_no_causes(leak):
    for wrong in (-1, leak.event_count, 10**9):
        with pytest.raises(LookupError, match="no event has row"):
            leak.causes(wrong)
        with pytest.raises(LookupError, match="no event has row"):
            leak.effects(wrong)
    with pytest.raises(TypeError, match="row number"):
        leak.causes("LAUNCHED")
