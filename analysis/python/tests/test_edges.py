# SPDX-License-Identifier: GPL-3.0-or-later
"""Results with next to nothing in them are read, drawn, reported and paged alike."""

import inspect

import pytest

import isssim

NOBODY = """
scenario = { title = "Nobody"; start = "2030-01-01Z"; end = "2030-03-01Z"; };
station = { name = "Empty"; };
ports = { north = { segment = "core"; docking = "latch"; }; };
"""

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def nobody_cfg(tmp_path_factory):
    """A scenario without people, ships and stocks."""
    path = tmp_path_factory.mktemp("nobody") / "nobody.cfg"
    path.write_text(NOBODY)
    return path


@pytest.fixture(scope="module")
def edges(made, nobody_cfg):
    """Paths by name; of studies some missions ended early, all, or there are none."""
    leak = ("mc", "soyuz_leak.cfg")
    few = ("--set", "scenario.max_events=145")
    none = ("--set", "scenario.max_events=5")
    series = ("--series", "crew,unsafe")
    return {
        "nobody": made("nobody.h5", "run", nobody_cfg),
        "nobody's study": made("nobodies.h5", "mc", nobody_cfg, "-n", 5, "--traces", 1),
        "some failed": made("some.h5", *leak, "-n", 40, *few, *series),
        "all failed": made("all.h5", *leak, "-n", 20, *none, *series),
        "an empty shard": made(
            "shard.h5", *leak, "-n", 400, "--block", 8, "--shard", "2/3", *series
        ),
        "one mission": made("one.h5", *leak, "-n", 1, *series),
    }


NAMES = (
    "nobody", "nobody's study", "some failed", "all failed", "an empty shard",
    "one mission",
)


def read_all(result):
    """Read every property and every table."""
    for name, _ in inspect.getmembers(type(result), lambda m: isinstance(m, property)):
        getattr(result, name)
    for table in result.tables:
        for names in (True, False, "name"):
            result.table(table, names=names)


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_read(edges, name):
    with isssim.open(edges[name]) as result:
        assert result.title in repr(result)
        read_all(result)
        for trace in getattr(result, "traces", {}).values():
            read_all(trace)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_or_the_chart_says_why_not(edges, name):
    pytest.importorskip("matplotlib").use("Agg")
    from matplotlib import pyplot

    from isssim import plots

    of_runs = ("ports", "crew", "crew_aboard", "stocks", "failures", "slips")
    of_studies = ("crew_aboard", "stocks", "slips", "fans")
    with isssim.open(edges[name]) as result:
        charts = of_runs if isinstance(result, isssim.Run) else of_studies
        for chart in charts:
            ax = getattr(plots, chart)(result)
            assert ax.get_title(loc="left")
            ax.figure.canvas.draw()
        if isinstance(result, isssim.Study):
            plots.distribution(result, "crew_mean").figure.canvas.draw()
            plots.comparison(result, result).figure.canvas.draw()
    pyplot.close("all")


def test_a_fan_of_no_mission_isnt_drawn_as_one_of_nobody(edges):
    pytest.importorskip("matplotlib").use("Agg")
    from isssim import plots

    with isssim.open(edges["all failed"]) as study:
        texts = [text.get_text() for text in plots.crew_aboard(study).texts]
    assert texts == ["no mission ended well"]


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_report_and_a_page(edges, name, program, tmp_path):
    pytest.importorskip("matplotlib")
    from isssim import page, report

    written = report.write(edges[name], tmp_path / "report.html", program)
    assert "</html>" in written.read_text(encoding="utf-8")
    assert page.write(edges[name], tmp_path / "page.html").stat().st_size > 100_000


def report_of(path, program, folder):
    """The words of a report, without markup."""
    import re

    from isssim import report

    text = report.write(path, folder / "x.html", program).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_missions_that_ended_early_are_told_and_not_counted(edges, program, tmp_path):
    pytest.importorskip("matplotlib")
    with isssim.open(edges["some failed"]) as study:
        ended = len(study.failed)
        assert 10 < ended < 30
        assert study.summary.loc["crew_mean", "n"] == study.n - ended == (
            study.replications["status"] == "OK"
        ).sum()
        assert study.replications["crew_mean"].isna().sum() == ended
    told = report_of(edges["some failed"], program, tmp_path)
    assert f"{ended} missions of 40 ended early" in told
    assert "So few missions say little of what is rare" in told


def test_a_shard_says_that_it_is_one(edges, program, tmp_path):
    pytest.importorskip("matplotlib")
    with isssim.open(edges["an empty shard"]) as study:
        assert (study.n, study.requested, study.shard) == (0, 400, (2, 3))
        assert repr(study).endswith("0 replications, shard 2 of 3>")
    with isssim.open(edges["one mission"]) as study:
        assert (study.n, study.requested, study.shard) == (1, 1, None)
    told = report_of(edges["an empty shard"], program, tmp_path)
    assert "shard 2 of 3, with 0 of 400 missions" in told
    assert "--replications 400 --shard 2/3 scenario.cfg" in told


def test_the_forecast_begins_where_the_model_takes_over(leak, edges, baseline):
    assert leak.forecast_from == leak.start
    kinds = baseline.events("FORECAST_BEGINS")
    assert baseline.forecast_from == kinds["time"].iloc[0]
    with isssim.open(edges["nobody"]) as run:
        assert run.event_count > 0 and len(run.crew) == 0
