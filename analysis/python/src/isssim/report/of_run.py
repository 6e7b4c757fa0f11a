# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of one mission."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

import numpy as np

from . import parts, provenance, run_pictures, scenario, story, tables, words
from .markup import Markup, element, join

_CARDS = 6
"""Figures at a glance: so many of every mission's, as many of the scenario's own."""


def metric(values: Any, name: str) -> float:
    """One of a run's metrics by name; NaN when there is none of the name."""
    return float(values.get(name, float("nan")))


# ---- in short ------------------------------------------------------------------------


def spans(state: Any, end: Any) -> List[Tuple[Any, Any]]:
    """From when to when there were people without a safe seat."""
    out: List[Tuple[Any, Any]] = []
    since = None
    for time, unsafe in zip(state["time"].tolist(), state["unsafe"].tolist()):
        if unsafe > 0 and since is None:
            since = time
        elif unsafe == 0 and since is not None:
            out.append((since, time))
            since = None
    if since is not None:
        out.append((since, end))
    return [(a, b) for a, b in out if b > a]


def _aboard(run: Any, state: Any) -> Markup:
    crew = state["crew"].to_numpy()
    last, low, high = int(crew[-1]), int(crew.min()), int(crew.max())
    between = f", and from {low} to {high} in between" if low < high else ""
    return join(
        words.count(int(crew[0]), "person", "people").capitalize(),
        f" aboard at the start and {words.digits(last)} at the end{between}.",
    )


def _safety(run: Any, values: Any, state: Any) -> Markup:
    found = spans(state, run.end)
    if not found:
        return join("Everybody aboard had a safe seat home all the time.")
    most = int(state["unsafe"].max())
    when = words.listed(
        [
            join(
                "from ", words.date(a, short=False), " to ", words.date(b, short=False)
            )
            for a, b in found[:3]
        ]
    )
    more = f" and {len(found) - 3} times more" if len(found) > 3 else ""
    days = words.quantity(metric(values, "unsafe_person_days"))
    return join(
        element("strong", words.count(most, "person", "people")),
        " at most without a safe seat home, ",
        when,
        more,
        ": ",
        days,
        " person-days.",
    )


def _delays(run: Any, values: Any) -> Optional[Markup]:
    mean, most = metric(values, "slip_mean_d"), metric(values, "slip_max_d")
    if not (mean > 0 and most > 0):
        return None
    slips = run.table("flights", ["name", "slip_d"]).dropna()
    late = slips.loc[slips["slip_d"].idxmax()]
    return join(
        "Launches were ",
        words.quantity(mean),
        " days late on average, at most ",
        words.quantity(most),
        f" ({late['name']}).",
    )


def _troubles(values: Any) -> Optional[Markup]:
    """What went wrong, counted."""
    kinds = (
        ("crew_lost", "death", "deaths"),
        ("medical_deaths", "death aboard of an illness", "deaths aboard of an illness"),
        ("ascent_failures", "failed ascent", "failed ascents"),
        ("crew_aborts", "failed ascent with people", "failed ascents with people"),
        ("cargo_losses", "cargo ship lost", "cargo ships lost"),
        (
            "vehicles_lost",
            "vehicle lost in free flight",
            "vehicles lost in free flight",
        ),
        ("docking_failures", "failed attempt to dock", "failed attempts to dock"),
        ("unit_failures", "failure of a unit", "failures of units"),
        ("evacuations", "early departure of a crew", "early departures of a crew"),
    )
    told = [
        words.count(int(metric(values, name)), one, many)
        for name, one, many in kinds
        if metric(values, name) > 0
    ]
    return join("What went wrong: ", words.listed(told), ".") if told else None


def _grave(run: Any) -> Any:
    """Events that make their line of the story a turning point."""
    known = run.table("event_types", ["name"])["name"].tolist()
    return run.events([name for name in story.GRAVE if name in known], columns=["time"])


def brief(run: Any, lines: Any = (), prefix: str = "e", level: str = "h3") -> Markup:
    """The mission in some sentences, and the turning points of its story.

    Parameters
    ----------
    run : Run
    lines : list
        Its story; empty when it isn't known.
    prefix : str
        Of the ids of the story's lines.
    level : str
        Of the heading in it.
    """
    state = run.table("state", ["time", "crew", "unsafe"], names=False)
    if not len(state):
        return element("p", "Nothing happened in it.")
    values = run.metrics["value"]
    told = [
        _aboard(run, state),
        _safety(run, values, state),
        _delays(run, values),
        _troubles(values),
    ]
    turning = story.turning_points(lines, _grave(run), prefix) if lines else None
    return join(
        element("ul", [element("li", line) for line in told if line], class_="brief"),
        element(level, "Turning points") if turning else None,
        turning,
    )


def _cards(run: Any, facts: story.Facts) -> Optional[Markup]:
    values = run.metrics
    own_ones = facts.own()
    general: List[Any] = []
    own: List[Any] = []
    for name, label in facts.labels().items():
        if name not in values.index or words.is_missing(values.at[name, "value"]):
            continue
        units = values.at[name, "units"]
        item = (label, words.quantity(values.at[name, "value"], units), "")
        (own if name in own_ones else general).append(item)
    return parts.cards(general[: 2 * _CARDS - len(own[:_CARDS])] + own[:_CARDS])


# ---- what was asked ------------------------------------------------------------------


def _mode(run: Any) -> Markup:
    since = run.forecast_from
    if since is None:
        return join("the record, replayed")
    if since <= run.start:
        return join("a forecast: from the start the model acts")
    return join(
        "the record, replayed to ", words.date(since, short=False), "; then a forecast"
    )


def programme(run: Any) -> str:
    """What was to be flown, in a sentence."""
    flights = run.table("flights", ["kind", "launch_planned", "launch", "generated"])
    ahead = flights[(flights["launch"].fillna(flights["launch_planned"]) >= run.start)]
    crewed = int((ahead["kind"] == "crew").sum())
    generated = int(ahead["generated"].sum())
    told = [words.count(run._tables.rows("ports"), "port")]
    state = run.table("state", ["crew"])
    if len(state):
        told.append(
            words.count(int(state["crew"].iloc[0]), "person", "people")
            + " aboard at the start"
        )
    told.append(
        words.count(crewed, "crewed flight")
        + " and "
        + words.count(len(ahead) - crewed, "cargo flight")
        + " to come"
    )
    if generated:
        told.append(f"{words.digits(generated)} of them made by rules or called up")
    for name, one, many in (
        ("systems", "system", "systems"),
        ("resources", "stock", "stocks"),
        ("programme", "date agreed on", "dates agreed on"),
    ):
        if name in run.tables and run._tables.rows(name):
            told.append(words.count(run._tables.rows(name), one, many))
    return "; ".join(told) + "."


def _asked(run: Any) -> Markup:
    text = run.provenance.resolved_text
    days = (run.end - run.start) / np.timedelta64(1, "D")
    mode = "replay" if run.forecast_from is None else "forecast"
    files = run.provenance.files
    return provenance.items(
        [
            ("Scenario", element("code", files[0].path) if files else None),
            ("Question", scenario.setting(text, "scenario.question")),
            ("In words", scenario.setting(text, "scenario.description")),
            (
                "Period",
                join(
                    words.date(run.start, short=False),
                    " to ",
                    words.date(run.end, short=False),
                    f", {words.digits(round(days))} days",
                ),
            ),
            ("Mode", _mode(run)),
            ("Mission", programme(run)),
            ("Forced", provenance.forced(run, mode)),
            (
                "Set otherwise",
                provenance.settings(run) or "nothing: the scenario as it is",
            ),
            (
                "Chance",
                join(
                    f"seed {run.seed}, replication {run.replication}: one of the ways "
                    "in which it could have gone"
                ),
            ),
        ]
    )


# ---- numbers -------------------------------------------------------------------------


def _numbers(run: Any, labels: "dict[str, str]") -> Markup:
    values = run.metrics
    quantity = parts.Column("Value", lambda pair: words.quantity(*pair), True)
    key = [
        (label, (values.at[name, "value"], values.at[name, "units"]), name)
        for name, label in labels.items()
        if name in values.index
    ]
    every = [
        (name, (value, units), doc)
        for name, value, units, doc in zip(
            values.index, values["value"], values["units"], values["doc"]
        )
    ]
    name_column = parts.Column("Metric", lambda name: element("code", name))
    return join(
        parts.table(
            "What a planner looks at first",
            [parts.text("What"), quantity, name_column],
            key,
        )
        if key
        else None,
        parts.fold(
            f"All {len(every)} metrics",
            parts.table(
                "All metrics",
                [name_column, quantity, parts.text("Meaning")],
                every,
                tables.export(run, "metrics"),
                most=2000,
            ),
        ),
    )


# ---- all -----------------------------------------------------------------------------


def causes(run: Any) -> Any:
    """For each event the row of its cause, -1 for none."""
    return run.table("events", ["cause"], names=False)["cause"].to_numpy()


def told(run: Any, lines: Any, problem: str, prefix: str = "e") -> Markup:
    """The story, or why there is none."""
    if lines:
        return story.tell(lines, causes(run), prefix)
    reason = problem or "the program tells none"
    return element(
        "p",
        f"There is no story here: {reason}. ",
        element("code", f"isssim info {run.path.name} --story"),
        " tells it.",
        class_="note",
    )


def sections(run: Any, facts: story.Facts) -> List[Tuple[str, str, Markup]]:
    """The report's parts: id, heading, content."""
    labels = facts.labels()
    call = f"isssim run --seed {run.seed} --replication {run.replication}"
    return [
        ("short", "In short", join(_cards(run, facts), brief(run, facts.story()))),
        ("asked", "What was asked", _asked(run)),
        ("pictures", "Pictures", run_pictures.pictures(run)),
        ("story", "What happened, and why", told(run, facts.story(), facts.problem)),
        ("numbers", "Numbers", _numbers(run, labels)),
        ("tables", "Tables", tables.of_run(run)),
        ("source", "Where it comes from", provenance.source(run)),
        ("again", "How to make it again", provenance.again(run, call, "")),
    ]


def lead(run: Any) -> Markup:
    """What stands below the title."""
    return join(
        "One mission, ",
        words.date(run.start, short=False),
        " to ",
        words.date(run.end, short=False),
        f" · seed {run.seed} · replication {run.replication} · ",
        words.count(run.event_count, "event"),
    )
