# SPDX-License-Identifier: GPL-3.0-or-later
"""What pictures show is what the tables say."""

import os
import pathlib
import re
import shutil
import struct
import sys

import h5py
import numpy as np
import pytest

pytest.importorskip("matplotlib").use("Agg")

from matplotlib import pyplot  # noqa: E402
from matplotlib.dates import date2num  # noqa: E402

import isssim  # noqa: E402
from isssim import plots  # noqa: E402
from isssim.numbers import digits  # noqa: E402
from isssim.plots import bars, command, style  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent

pytestmark = pytest.mark.filterwarnings("error::UserWarning")


@pytest.fixture(autouse=True)
def no_picture_left():
    yield
    pyplot.close("all")


def opened(path):
    return isssim.open(path)


def spans(ax, gid="bar"):
    """Bars by the label of their row: (start, end, hatch), in matplotlib's days."""
    labels = [text.get_text() for text in ax.get_yticklabels()]
    found = {}
    for patch in ax.patches:
        if patch.get_gid() == gid:
            row = round(patch.get_y() + patch.get_height() / 2)
            span = (patch.get_x(), patch.get_x() + patch.get_width(), patch.get_hatch())
            found.setdefault(labels[row], []).append(span)
    return {label: sorted(each, key=lambda s: s[:2]) for label, each in found.items()}


def days(times):
    return date2num(np.asarray(times, dtype="datetime64[us]"))


def named(artists, gid):
    return [artist for artist in artists if artist.get_gid() == gid]


def drawn_labels(ax):
    """Labels of bars that are to be seen, with their boxes in pixels."""
    ax.figure.canvas.draw()
    renderer = ax.figure.canvas.get_renderer()
    labels = [a for a in ax.get_children() if isinstance(a, bars.BarLabel)]
    return [(label, label.get_window_extent(renderer)) for label in labels
            if label.get_text()]


# ---- the station ---------------------------------------------------------------------


def test_bars_at_ports_are_the_port_intervals(leak_path):
    run = opened(leak_path)
    ax = plots.ports(run)
    drawn = spans(ax)
    names = dict(zip(run.ports["id"], run.ports["name"]))
    table = run.table("port_intervals")
    assert set(drawn) == {names[p] for p in table["port"]}
    for port, name in names.items():
        mine = table[table["port"] == port].sort_values("start")
        starts = days(mine["start"])
        ends = days(mine["end"].fillna(run.end))
        covered = sum(b - a for a, b, _ in drawn.get(name, []))
        assert covered == pytest.approx((ends - starts).sum(), abs=1e-6), name
        edges = {round(e, 6) for a, b, _ in drawn.get(name, []) for e in (a, b)}
        assert {round(e, 6) for e in [*starts, *ends]} <= edges, name
    flights = set(run.table("port_intervals", names="name")["flight"])
    labels = [a for a in ax.get_children() if isinstance(a, bars.BarLabel)]
    assert {label.candidates[0] for label in labels} == flights


def test_a_damaged_ship_is_hatched_from_its_failure_on(leak_path):
    run = opened(leak_path)
    drawn = spans(plots.ports(run))["Rassvet nadir"]
    failure = run.failures.iloc[0]
    stay = run.port_intervals[run.port_intervals["flight"] == failure["flight"]].iloc[0]
    hatched = [span for span in drawn if span[2]]
    assert len(hatched) == 1
    assert hatched[0][0] == pytest.approx(days(failure["occurs"]), abs=1e-6)
    assert hatched[0][1] == pytest.approx(days(stay["end"]), abs=1e-6)


def test_rows_of_the_crew_are_its_stays_and_bars_their_seats(leak_path):
    run = opened(leak_path)
    ax = plots.crew(run)
    labels = [text.get_text() for text in ax.get_yticklabels()]
    crew = run.table("crew")
    came = crew[crew["arrive"].notna()]
    assert sorted(labels) == sorted(came["name"])
    drawn = spans(ax)
    seats = run.table("seat_intervals", names="name")
    for person in labels:
        mine = seats[seats["person"] == person].sort_values("start")
        expected = list(zip(days(mine["start"]), days(mine["end"].fillna(run.end)),
                            mine["safe"]))
        assert len(drawn[person]) == len(expected), person
        for (a, b, hatch), (start, end, safe) in zip(drawn[person], expected):
            assert (a, b) == pytest.approx((start, end), abs=1e-6)
            assert (hatch == "//////") == (not safe)
    rubio = [a for a in ax.get_children() if isinstance(a, bars.BarLabel)
             and a.get_unitless_position()[1] == labels.index("Frank Rubio")]
    assert [label.candidates[0] for label in rubio] == [
        "Soyuz MS-22", "Dragon Crew-5", "Soyuz MS-23"]


def test_many_stays_share_rows_without_overlap(baseline_path):
    run = opened(baseline_path)
    ax = plots.crew(run)
    rows = {}
    for patch in named(ax.patches, "bar"):
        rows.setdefault(round(patch.get_y() + 0.36), []).append(
            (patch.get_x(), patch.get_x() + patch.get_width()))
    total = 0.0
    for each in rows.values():
        each.sort()
        for (_, end), (start, _) in zip(each, each[1:]):
            assert start >= end - 1e-6
        total += sum(b - a for a, b in each)
    stays = run.crew[run.crew["arrive"].notna()]
    begin = days(stays["arrive"]).clip(days(run.start))
    end = days(stays["leave"].fillna(run.end))
    assert total == pytest.approx((end - begin).sum(), rel=1e-6)
    assert len(rows) < len(stays) / 3


@pytest.mark.parametrize("chart", [plots.ports, plots.crew])
def test_no_label_of_a_bar_meets_another(chart, leak_path, baseline_path):
    for path in (leak_path, baseline_path):
        ax = chart(opened(path))
        labels = drawn_labels(ax)
        assert len(labels) > 15
        frame = ax.get_window_extent()
        for i, (one, box) in enumerate(labels):
            assert box.x0 >= frame.x0 - 1 and box.x1 <= frame.x1 + 1, one.get_text()
            for other, second in labels[:i]:
                same_row = abs(box.y0 - second.y0) < 2
                apart = box.x1 <= second.x0 or second.x1 <= box.x0
                assert apart or not same_row, (one.get_text(), other.get_text())


def test_labels_of_bars_are_as_long_as_there_is_room():
    _, ax = pyplot.subplots(figsize=(4, 1))
    ax.set_xlim(0, 100)
    ax.set_ylim(1, -1)
    for start, end in ((0, 60), (60, 75), (75, 76)):
        bars.draw(ax, [bars.Bar(0, start, end, style.BLUE, ["Soyuz MS-22", "MS-22"],
                                beside=False)], 100)
    seen = [label.get_text() for label, _ in drawn_labels(ax)]
    assert seen == ["Soyuz MS-22", "MS-22"]


def test_people_aboard_are_those_of_the_state(leak_path):
    run = opened(leak_path)
    ax = plots.crew_aboard(run)
    line = named(ax.get_lines(), "aboard")[0]
    state = run.table("state", ["time", "crew"])
    assert np.array_equal(line.get_ydata()[:-1], state["crew"])
    assert line.get_xdata()[:-1] == pytest.approx(days(state["time"]))
    x, y = named(ax.get_lines(), "unsafe")[0].get_data()
    known = ~(np.isnan(y[1:]) | np.isnan(y[:-1]))
    area = (np.diff(x) * (y[1:] + y[:-1]) / 2)[known].sum()
    assert area == pytest.approx(run.metric("unsafe_person_days"), rel=1e-6)
    assert [line.get_ydata()[0] for line in named(ax.get_lines(), "min_crew")] == [3]


# ---- stocks and fans -----------------------------------------------------------------


def test_a_stock_is_drawn_as_the_levels_say(baseline_path):
    run = opened(baseline_path)
    ax = plots.stocks(run, "food")
    x, y = named(ax.get_lines(), "stock")[0].get_data()
    levels = run.table("levels")
    mine = levels[levels["resource"] == "food"]
    assert y[::2] == pytest.approx(mine["reserve"].to_numpy())
    whole = run.resources["reserve"].sel(resource="food")
    last = whole.to_series().groupby(level=0).last()
    assert y[-1] == pytest.approx(last.iloc[-1], rel=1e-6)
    thresholds = run.thresholds[run.thresholds["resource"] == "food"]
    lines = [line.get_ydata()[0] for line in named(ax.get_lines(), "threshold")]
    assert sorted(lines) == sorted(thresholds["days"])
    texts = [text.get_text() for text in named(ax.texts, "level name")]
    assert "60 d: rations" in texts
    assert np.all(np.diff(x) >= 0)


def test_a_fan_is_drawn_as_the_quantiles_say(study_path):
    study = opened(study_path)
    run = study.traces[17]
    ax = plots.fans(study, "unsafe", run=run)
    fan = study.fans.sel(series="unsafe")
    times = days(fan["time"].values)
    median = named(ax.get_lines(), "median")[0]
    assert median.get_xdata() == pytest.approx(times)
    assert np.array_equal(median.get_ydata(), fan["value"].sel(quantile=0.5).values)
    mean = named(ax.get_lines(), "mean")[0]
    assert np.array_equal(mean.get_ydata(), fan["mean"].values)
    for low in (0.05, 0.25):
        band = named(ax.collections, f"band {low:g}")[0].get_paths()[0].vertices
        assert band[:, 1].max() == fan["value"].sel(quantile=1 - low).max()
        # At the middle between two moments the band goes from one to the next.
        widths = fan["value"].sel(quantile=1 - low) - fan["value"].sel(quantile=low)
        step = times[1] - times[0]
        x, y = band[:, 0], band[:, 1]
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        inner = widths.values[1:-1].sum() * step
        ends = (widths.values[0] + widths.values[-1]) * step / 2
        assert area == pytest.approx(inner + ends, rel=1e-6)
    mission = named(ax.get_lines(), "mission")[0]
    assert np.array_equal(mission.get_ydata(), run.table("state")["unsafe"])


def test_thresholds_of_a_fan_come_from_its_metrics(uncertain_path):
    study = opened(uncertain_path)
    ax = plots.stocks(study, "food")
    lines = {line.get_ydata()[0] for line in named(ax.get_lines(), "threshold")}
    names = [m for m in study.metrics.index if m.startswith("below.food_")]
    assert lines == {float(n[len("below.food_"):-2]) for n in names}
    # Propellant is counted up to 730 days: thresholds beyond can't be told.
    ax = plots.stocks(study, "propellant")
    assert named(ax.get_lines(), "threshold") == []
    assert "more as 730" in ax.get_ylabel()


# ---- what went wrong -----------------------------------------------------------------


def test_failures_repairs_and_outages_are_those_of_the_tables(baseline_path):
    run = opened(baseline_path)
    ax = plots.failures(run)
    marks = named(ax.get_lines(), "failure")
    assert sorted(float(m.get_xdata()[0]) for m in marks) == pytest.approx(
        sorted(days(run.failures["occurs"])))
    system_of = dict(zip(run.table("units")["name"],
                         run.table("units", names="name")["system"]))
    repairs = run.table("repairs")
    outages = run.table("outages", names="name")
    drawn = spans(ax, "repair")
    right = {}
    labels = [text.get_text() for text in ax.get_yticklabels()]
    for text in named(ax.texts, "value"):
        right[labels[int(text.xy[1])]] = text.get_text()
    for system in set(system_of.values()):
        mine = repairs[[system_of[u] == system for u in repairs["unit"]]]
        done = mine[mine["repaired"].notna() & (mine["repaired"] > mine["equipped"])]
        ends = {round(b, 6) for _, b, _ in drawn.get(system, [])}
        assert {round(d, 6) for d in days(done["repaired"])} <= ends, system
        if len(mine):
            assert right[system].startswith(f"{len(mine)} ×")
    for system, mine in outages.groupby("system", observed=True):
        ends = days(mine["end"].fillna(run.end))
        down = spans(ax, "outage")[system]
        assert [a for a, _, _ in down] == pytest.approx(sorted(days(mine["start"])))
        total = (ends - days(mine["start"])).sum()
        assert right[system].endswith(f"{digits(total)} d down")


def test_stems_are_the_slips_of_the_flights(leak_path):
    run = opened(leak_path)
    ax = plots.slips(run)
    flights = run.flights
    late = flights[(flights["launch"] >= run.start) & flights["slip_d"].notna()]
    drawn = sorted((float(m.get_xdata()[0]), float(m.get_ydata()[0]))
                   for m in named(ax.get_lines(), "launch"))
    expected = sorted(zip(days(late["launch"]), late["slip_d"]))
    assert np.array(drawn) == pytest.approx(np.array(expected))
    # Cygnus NG-20 still waits at the end: so late it is at least.
    waiting = named(ax.get_lines(), "waiting")
    planned = flights.set_index("id")["launch_planned"]["NG-20"]
    assert float(waiting[0].get_ydata()[0]) == pytest.approx(
        days(run.end) - days(planned))


def test_stand_downs_are_as_long_as_the_events_say(made):
    run = opened(made("gap.h5", "run", "cargo_gap.cfg"))
    found = plots.stand_downs(run, days(run.start), days(run.end))
    events = run.events(["ROCKET_GROUNDED", "ROCKET_CLEARED"])
    falcon = events[events["launch_system"] == "falcon_9"]
    assert list(falcon["type"]) == ["ROCKET_GROUNDED", "ROCKET_CLEARED"]
    assert found["Falcon 9"] == [pytest.approx(tuple(days(falcon["time"])))]
    antares = events[events["launch_system"] == "antares"]
    assert found["Antares"][-1] == pytest.approx(
        (days(antares["time"].iloc[-1]), days(run.end)))
    ax = plots.slips(run)
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert "Soyuz-2.1a and 2 more" in labels and "Falcon 9" in labels


def test_slips_of_a_study_are_its_quantiles(study_path):
    study = opened(study_path)
    ax = plots.slips(study)
    x = named(ax.get_lines(), "0.05 slip_max_d")[0].get_xdata()
    row = study.quantiles.loc["slip_max_d"]
    assert list(x) == [row[0.05], row[0.95]]
    mean = named(ax.get_lines(), "mean slip_max_d")[0].get_xdata()[0]
    assert mean == study.summary.loc["slip_max_d", "mean"]


# ---- numbers -------------------------------------------------------------------------


def test_a_distribution_holds_every_mission_once(study_path):
    study = opened(study_path)
    ax = plots.distribution(study, "unsafe_person_days")
    heights = [p.get_height() for p in ax.patches]
    assert sum(heights) == pytest.approx(100.0)
    values = study.values("unsafe_person_days")
    for patch, height in zip(ax.patches[:-1], heights):
        a, b = patch.get_x(), patch.get_x() + patch.get_width()
        share = 100 * np.mean((values >= a) & (values < b))
        assert height == pytest.approx(share, abs=0.4)
    low, high = study.interval("unsafe_person_days", 0.9)
    assert list(named(ax.get_lines(), "interval")[0].get_xdata()) == [low, high]
    row = study.summary.loc["unsafe_person_days"]
    mean = [c for c in ax.containers if c.get_label().startswith("mean")][0]
    ends = mean.lines[2][0].get_segments()[0][:, 0]
    assert ends == pytest.approx([row["ci_lo"], row["ci_hi"]])


def test_bars_of_whole_numbers_stand_on_them(study_path):
    study = opened(study_path)
    ax = plots.distribution(study, "rescues_called")
    counts = study.counts[study.counts["metric"] == "rescues_called"]
    shown = {round(p.get_x() + p.get_width() / 2): p.get_height()
             for p in ax.patches if p.get_height()}
    expected = {int(v): 100 * c / 300 for v, c in zip(counts["value"], counts["count"])}
    assert shown == pytest.approx(expected)


@pytest.fixture(scope="module")
def without_call_up(made):
    return opened(made("nocall.h5", "mc", "soyuz_leak.cfg", "-n", 300, "--set",
                       "policy.call_up=false"))


def test_a_difference_is_taken_mission_by_mission(study_path, without_call_up):
    study = opened(study_path)
    each = plots.difference(study, without_call_up, "longest_stay_d")
    a, b = study.values("longest_stay_d"), without_call_up.values("longest_stay_d")
    assert each.paired and each.n == 300
    assert each.difference == pytest.approx((b - a).mean())
    error = (b - a).std(ddof=1) / np.sqrt(300)
    assert each.hi - each.difference == pytest.approx(1.968 * error, rel=1e-3)
    unpaired = plots.difference(study, without_call_up, "longest_stay_d", paired=False)
    assert not unpaired.paired
    assert (unpaired.lo, unpaired.hi) == (each.lo_unpaired, each.hi_unpaired)
    assert unpaired.difference == pytest.approx(b.mean() - a.mean())


def test_students_quantile_is_right():
    from isssim.plots.differences import plus_minus

    for n, exact in ((6, 2.5706), (11, 2.2281), (31, 2.0423), (1001, 1.9623)):
        assert plus_minus(n, 0.95) == pytest.approx(exact, rel=0.01)


def test_a_comparison_shows_the_differences(study_path, without_call_up):
    study = opened(study_path)
    metrics = ["longest_stay_d", "unsafe_person_days"]
    ax = plots.comparison(study, without_call_up, metrics)
    for row, metric in enumerate(metrics):
        each = plots.difference(study, without_call_up, metric)
        point = named(ax.get_lines(), "difference")[row].get_data()
        assert point[0][0] == pytest.approx(each.difference / each.sd)
        ends = named(ax.get_lines(), "paired")[row].get_xdata()
        assert list(ends) == pytest.approx([each.lo / each.sd, each.hi / each.sd])
    ax = plots.comparison(study, without_call_up, "longest_stay_d", names=("a", "b"))
    x, y = named(ax.get_lines(), "curve a")[0].get_data()
    values = study.values("longest_stay_d")
    for at in np.quantile(values, [0.1, 0.5, 0.9]):
        assert y[np.searchsorted(x, at, side="right") - 1] == pytest.approx(
            100 * np.mean(values <= at))


def test_a_study_doesnt_differ_from_itself(study_path):
    study = opened(study_path)
    assert plots.clearest(study, study) == []
    ax = plots.comparison(study, study)
    assert "no metric differs" in named(ax.texts, "note")[0].get_text()


def test_a_tornado_compares_low_with_high(uncertain_path):
    study = opened(uncertain_path)
    found = plots.effects(study, "launches", tail=0.3)
    frame = study.replications
    for each in found[:3]:
        x = frame[each.name]
        low = frame["launches"][x <= x.quantile(0.3)].mean()
        high = frame["launches"][x >= x.quantile(0.7)].mean()
        assert (each.low, each.high) == pytest.approx((low, high))
    ax = plots.tornado(study, "launches", tail=0.3, most=3)
    centre = study.summary.loc["launches", "mean"]
    for row, each in enumerate(found[:3]):
        for end, side in ((each.low, "low"), (each.high, "high")):
            patch = named(ax.patches, f"{side} {each.name}")[0]
            ends = {patch.get_x(), patch.get_x() + patch.get_width()}
            assert min(abs(e - end) for e in ends) < 1e-9
            assert min(abs(e - centre) for e in ends) < 1e-9
            assert round(patch.get_y() + patch.get_height() / 2) == row


def test_a_sweeps_indices_are_drawn(tmp_path):
    path = tmp_path / "sweep.h5"
    with h5py.File(path, "w") as file:
        file.attrs.update(filetype="isssim/sweep", format_version=[1, 0], complete=1,
                          title="Leads", epoch="2022-12-01T00:00:00Z", seed=7)
        group = file.create_group("sensitivity")
        text = h5py.string_dtype("utf-8")
        group.create_dataset("metric", data=["crew_mean"] * 2, dtype=text)
        group.create_dataset("factor", data=["a", "b"], dtype=text)
        for name, values in (("S1", [0.1, 0.6]), ("ST", [0.2, 0.7]),
                             ("ST_lo", [0.1, 0.65]), ("ST_hi", [0.25, 0.8])):
            group.create_dataset(name, data=np.array(values))
    with isssim.open(path) as sweep:
        ax = plots.tornado(sweep, "crew_mean")
        assert [t.get_text() for t in ax.get_yticklabels()] == ["b", "a"]
        assert [p.get_width() for p in named(ax.patches, "ST")] == [0.7, 0.2]
        assert [p.get_width() for p in named(ax.patches, "S1")] == [0.6, 0.1]
        with pytest.raises(LookupError, match="did you mean crew_mean"):
            plots.tornado(sweep, "crew_maen")


# ---- what isn't there, and what is mistyped ------------------------------------------


def test_what_isnt_there_is_said_in_the_chart(made, study_path):
    run = opened(made("minimal.h5", "run", "minimal.cfg"))
    study = opened(study_path)
    for ax, text in (
        (plots.stocks(run), "counts no stocks"),
        (plots.failures(run, end=run.start + (run.end - run.start) / 100), "nothing"),
        (plots.distribution(study, "medical_deaths"), "in every mission"),
        (plots.stocks(study), "no series of stocks"),
        (plots.tornado(study, "launches"), "nothing in the scenario is uncertain"),
    ):
        notes = named(ax.texts, "note")
        assert len(notes) == 1 and text in notes[0].get_text()
        assert ax.get_title(loc="left")


def test_a_resource_that_nobody_counts_is_no_empty_chart(made, study_path):
    run = opened(made("minimal.h5", "run", "minimal.cfg"))
    for result in (run, opened(study_path)):
        with pytest.raises(isssim.NoSuchName, match="food"):
            plots.stocks(result, "food")


def test_the_altitude_of_missions_is_drawn_from_near_it(made):
    study = opened(made("altitude.h5", "mc", "baseline_2025_2030.cfg", "-n", "20",
                        "--series", "altitude"))
    ax = plots.fans(study, "altitude")
    low, high = ax.get_ylim()
    mean = study.fans["mean"].sel(series="altitude").values
    assert 300 < low < mean.min() and mean.max() < high < 500


def test_mistyped_names_get_a_suggestion(baseline_path, study_path):
    run, study = opened(baseline_path), opened(study_path)
    for call, near in (
        (lambda: plots.stocks(run, "fod"), "food"),
        (lambda: plots.fans(study, "crw"), "crew"),
        (lambda: plots.distribution(study, "longest_stay"), "longest_stay_d"),
        (lambda: plots.tornado(study, "lanches"), "launches"),
    ):
        with pytest.raises(LookupError, match=f"did you mean {near}"):
            call()
    with pytest.raises(ValueError, match="goes from 2025-01-01 to 2030-01-01"):
        plots.ports(run, start="2031-01-01", end="2032-01-01")


def test_an_axes_that_is_given_is_used_and_returned(leak_path):
    run = opened(leak_path)
    before = dict(pyplot.rcParams)
    _, ax = pyplot.subplots()
    for name in ("ports", "crew", "crew_aboard", "failures", "slips"):
        chart = getattr(plots, name)
        ax.clear()
        assert chart(run, ax=ax) is ax
    assert dict(pyplot.rcParams) == before


# ---- the command ---------------------------------------------------------------------


def test_the_command_writes_a_picture(leak_path, tmp_path, capsys):
    for name, start, charts in (("a.png", b"\x89PNG", ["ports"]),
                                ("a.svg", b"<?xml", ["crew", "ports"]),
                                ("a.pdf", b"%PDF", ["aboard"])):
        assert command.main([str(leak_path), *charts, "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
        assert capsys.readouterr().out == f"{tmp_path / name}\n"
    texts = set(re.findall(r"<text[^>]*>([^<]*)</text>",
                           (tmp_path / "a.svg").read_text(encoding="utf-8")))
    assert {"Frank Rubio", "Soyuz MS-23", "Rassvet nadir"} <= texts
    again = tmp_path / "b.svg"
    assert command.main([str(leak_path), "crew", "ports", "-o", str(again)]) == 0
    assert again.read_bytes() == (tmp_path / "a.svg").read_bytes()


def test_charts_of_time_stand_above_one_another(leak_path, monkeypatch, tmp_path):
    kept = []
    monkeypatch.setattr(command, "save", lambda figure, *_: kept.append(figure))
    assert command.main([str(leak_path), "crew", "ports", "aboard", "stocks"]) == 0
    boxes = [ax.get_position() for ax in kept[0].axes]
    limits = {ax.get_xlim() for ax in kept[0].axes}
    sides = {(round(box.x0, 6), round(box.x1, 6)) for box in boxes}
    assert len(limits) == 1 and len(sides) == 1
    for upper, lower in zip(boxes, boxes[1:]):
        assert upper.y0 > lower.y1
    dates = [ax.xaxis.get_tick_params()["labelbottom"]
             if hasattr(ax.xaxis, "get_tick_params")
             else ax.xaxis._major_tick_kw["label1On"] for ax in kept[0].axes]
    assert dates == [False, False, False, True]
    # Everything that is written stands on the page.
    figure = kept[0]
    figure.canvas.draw()
    page = figure.bbox
    for ax in figure.axes:
        box = ax.get_tightbbox(figure.canvas.get_renderer())
        assert box.x0 >= page.x0 and box.x1 <= page.x1
        assert box.y0 >= page.y0 and box.y1 <= page.y1


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        (["{leak}", "portz"], 64, 'no chart is called "portz"; did you mean ports?'),
        (["{leak}", "tornado:launches"], 64, "tornado is of a study or a sweep"),
        (["{study}", "distribution"], 64, "distribution needs a metric"),
        (["{study}", "distribution:lanches"], 64, "did you mean launches?"),
        (["{study}", "comparison"], 64, "comparison needs --with"),
        (["{leak}", "ports:poisk"], 64, "ports takes no name"),
        (["{leak}", "-o", "x.gif"], 64, "a picture's name ends in .png, .svg, .pdf"),
        (["{leak}", "ports", "--from", "yesteryear"], 64, "yesteryear"),
        (["{leak}", "--widht", "3"], 64, "--widht"),
        (["{study}", "fans:crew", "--mission", "5"], 64, "5"),
        (["/nowhere/x.h5"], 66, "No such file"),
        ([__file__], 65, "isn't"),
        (["{leak}", "ports", "-o", "/nowhere/x.png"], 73, "/nowhere"),
    ],
)
def test_a_mistake_gets_a_sentence(
    arguments, code, said, leak_path, study_path, capsys
):
    filled = [a.format(leak=leak_path, study=study_path) for a in arguments]
    assert command.main(filled) == code
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("isssim: ") and err.count("\n") == 1
    assert said in err


def test_help_lists_every_chart(capsys):
    assert command.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in command.PANELS)


def test_the_readmes_command_makes_its_picture(leak_path, tmp_path):
    import shlex
    import subprocess

    root = HERE.parents[2]
    readme = (root / "README.md").read_text(encoding="utf-8")
    line = re.search(r"^ +(.*-m isssim plot.*)$", readme, re.MULTILINE).group(1)
    kept = root / re.search(r"\]\((docs/pictures/[^)]*)\)", readme).group(1)
    variable, _, *arguments = shlex.split(line)
    assert variable == "PYTHONPATH=analysis/python/src"
    shutil.copy(leak_path, tmp_path / "soyuz_leak.h5")
    environment = {**os.environ, "PYTHONPATH": str(root / "analysis/python/src")}
    command_line = [sys.executable, *arguments]
    subprocess.run(command_line, cwd=tmp_path, env=environment, check=True)
    made = (tmp_path / "picture.png").read_bytes()
    for picture in (made, kept.read_bytes()):
        assert picture.startswith(b"\x89PNG") and len(picture) < 150_000
    # Width and height: other versions of matplotlib and its font differ by some dots.
    sizes = [struct.unpack(">II", p[16:24]) for p in (made, kept.read_bytes())]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.03)
