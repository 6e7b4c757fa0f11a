# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies: rows, summaries, intervals, uncertain numbers, traces."""

import numpy as np
import pandas as pd
import pytest

import isssim


def test_rows_are_indexed_by_replication(study):
    rows = study.replications
    assert rows.index.name == "replication" and list(rows.index) == list(range(300))
    assert rows["fingerprint"].dtype == np.uint64
    assert set(rows["status"]) == {"OK"}
    assert study.n == len(rows)
    assert np.array_equal(study.values("crew_mean"), rows["crew_mean"])


def test_the_summary_sums_the_rows_up(study):
    rows, summary = study.replications, study.summary
    assert list(summary.index) == list(rows.columns[3:])
    for metric in ("crew_mean", "unsafe_person_days", "launch_ms23"):
        values = rows[metric].dropna()
        assert summary.loc[metric, "n"] == len(values)
        assert summary.loc[metric, "mean"] == pytest.approx(values.mean(), rel=1e-12)
        assert summary.loc[metric, "sd"] == pytest.approx(values.std(), rel=1e-9)
        assert summary.loc[metric, "max"] == values.max()


def test_quantiles_are_those_of_the_rows(study):
    quantiles, rows = study.quantiles, study.replications
    assert quantiles.columns.name == "quantile" and 0.5 in quantiles.columns
    for metric in ("crew_mean", "slip_max_d"):
        for probability in quantiles.columns:
            expected = rows[metric].quantile(probability)
            assert quantiles.loc[metric, probability] == pytest.approx(expected)


def test_an_interval_holds_its_share_of_the_missions(study):
    values = study.values("unsafe_person_days")
    lo, hi = study.interval("unsafe_person_days", 0.8)
    inside = ((values >= lo) & (values <= hi)).mean()
    assert 0.79 <= inside <= 0.82
    narrow = study.interval("unsafe_person_days", 0.1)
    assert lo < narrow.lo <= narrow.hi < hi
    with pytest.raises(ValueError, match="level is between 0 and 1"):
        study.interval("crew_mean", 90)


def test_values_may_be_without_the_missing(uncertain):
    summary = uncertain.summary
    some = summary.query("0 < n < 30").index[0]
    everything = uncertain.values(some)
    assert len(everything) == 30
    assert len(uncertain.values(some, missing=False)) == summary.loc[some, "n"]
    none = summary.query("n == 0").index[0]
    assert np.isnan(uncertain.interval(none)).all()


def test_metrics_tell_units_meaning_and_kind(study):
    metrics = study.metrics
    assert list(metrics.columns) == ["units", "doc", "kind"]
    assert metrics.loc["crew_mean", "kind"] == "real"
    assert metrics.loc["launches", "kind"] == "count"
    assert metrics.loc["crew_days", "units"] == "d"


def test_inputs_are_what_was_drawn(uncertain, study):
    inputs = uncertain.inputs
    assert "orbit.solar_factor" in inputs.columns
    assert "crew_mean" not in inputs.columns
    assert inputs["orbit.solar_factor"].nunique() == 30
    assert (inputs > 0).all().all()
    assert study.inputs.shape == (300, 0)


def test_counts_add_up(study):
    counts = study.counts
    launches = counts[counts["metric"] == "launches"]
    assert launches["count"].sum() == 300
    assert (study.values("launches") == launches["value"].iloc[0]).sum() == (
        launches["count"].iloc[0]
    )


def test_nothing_failed(study):
    assert len(study.failed) == 0
    assert list(study.failed.columns) == ["replication", "reason", "events"]


def test_traces_are_whole_missions(study, program):
    traces = study.traces
    assert list(traces) == [0, 17] and len(traces) == 2 and 17 in traces
    trace = traces[17]
    assert type(trace) is isssim.Run and trace.replication == 17
    assert trace.seed == study.seed and trace.title == study.title
    assert trace.provenance.command_line == study.provenance.command_line
    with isssim.run("soyuz_leak.cfg", replication=17, program=program) as run:
        pd.testing.assert_frame_equal(trace.events(), run.events())
        pd.testing.assert_frame_equal(trace.metrics, run.metrics)
        assert study.replications.loc[17, "crew_mean"] == run.metric("crew_mean")
    with pytest.raises(LookupError, match="there are 0, 17"):
        traces[3]


def test_closing_a_trace_leaves_its_study_open(study):
    with study.traces[0] as trace:
        assert len(trace.flights)
    assert len(study.summary)
