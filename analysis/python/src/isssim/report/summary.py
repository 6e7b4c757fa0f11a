# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary of a study: which of its numbers to begin with, and tables of them."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

import numpy as np

from . import parts, story, words
from .markup import Markup, element, join

_CARDS = 6
"""Metrics to begin with, twice: of every mission, and the scenario's own."""
_OFTEN = 0.5
"""A metric that is zero in more missions than this is a risk, told by how often."""


class Numbers:
    """The summary of a study, by metric."""

    def __init__(self, study: Any, facts: story.Facts) -> None:
        self.summary = study.summary
        self.quantiles = study.quantiles
        self.confidence = float(study.attrs.get("confidence", 0.95))
        labels = facts.labels()
        self.own = facts.own()
        known = {
            name: label for name, label in labels.items() if name in self.summary.index
        }
        self.labels = known or {
            name: self.doc(name) for name in list(self.summary.index)[:12]
        }

    def doc(self, name: str) -> str:
        """What a metric means."""
        return str(self.summary.at[name, "doc"])

    def get(self, name: str, column: str) -> float:
        """A number of the summary."""
        return float(self.summary.at[name, column])

    def units(self, name: str) -> str:
        """A metric's unit."""
        return str(self.summary.at[name, "units"])

    def quantile(self, name: str, probability: float) -> float:
        """A quantile that the file has; NaN otherwise."""
        at = np.flatnonzero(
            np.abs(np.asarray(self.quantiles.columns) - probability) < 1e-9
        )
        return (
            float(self.quantiles.loc[name].iloc[int(at[0])])
            if len(at)
            else float("nan")
        )

    def varies(self, name: str) -> bool:
        """Whether missions differ in it."""
        return self.get(name, "sd") > 0

    def is_rare(self, name: str) -> bool:
        """Whether most missions have no value, as without a failure of its repair."""
        return self.get(name, "missing") > self.get(name, "n")

    def common(self) -> List[str]:
        """Metrics that tell of most missions, in the planner's order."""
        return [
            n
            for n in self.labels
            if self.varies(n)
            and self.get(n, "p_nonzero") > _OFTEN
            and not self.is_rare(n)
        ]

    def risks(self) -> List[str]:
        """Metrics that aren't zero in some missions only, the most frequent first."""
        found = [
            n
            for n in self.labels
            if 0 < self.get(n, "p_nonzero") <= _OFTEN and not self.is_rare(n)
        ]
        return sorted(found, key=lambda n: -self.get(n, "p_nonzero"))

    def headline(self) -> List[str]:
        """The metrics to begin with: of every mission, and the scenario's own."""
        common = self.common()
        own = [n for n in common if n in self.own][:_CARDS]
        general = [n for n in common if n not in self.own]
        return general[: 2 * _CARDS - len(own)] + own

    def typical(self, name: str) -> Markup:
        """`187 d`, the median."""
        return words.quantity(self.quantile(name, 0.5), self.units(name))

    def range(self, name: str) -> Markup:
        """`151 to 309`: nine missions in ten."""
        return join(
            words.quantity(self.quantile(name, 0.05)),
            " to ",
            words.quantity(self.quantile(name, 0.95)),
        )


# ---- tables -------------------------------------------------------------------------


def _row(numbers: Numbers, name: str, first: Any) -> Tuple[Any, ...]:
    units = numbers.units(name)
    half = (numbers.get(name, "ci_hi") - numbers.get(name, "ci_lo")) / 2
    return (
        first,
        (numbers.get(name, "mean"), units),
        (half, units),
        numbers.get(name, "mcse"),
        numbers.quantile(name, 0.05),
        numbers.quantile(name, 0.5),
        numbers.quantile(name, 0.95),
        (
            numbers.get(name, "p_nonzero"),
            numbers.get(name, "p_lo"),
            numbers.get(name, "p_hi"),
        ),
        numbers.get(name, "n"),
        name,
    )


def _columns(level: str, first: parts.Column) -> List[parts.Column]:
    pair = parts.Column
    return [
        first,
        pair("Mean", lambda p: words.quantity(*p), True),
        pair(f"± ({level})", lambda p: words.quantity(*p), True),
        parts.number("Monte Carlo error"),
        parts.number("5 %"),
        parts.number("Median"),
        parts.number("95 %"),
        pair(
            "Not 0",
            lambda p: element(
                "span",
                words.share(p[0]),
                title=f"{words.percent(p[1])} to {words.percent(p[2])}",
            ),
            True,
        ),
        parts.number("Missions with one"),
        pair("Metric", lambda name: element("code", name)),
    ]


def tables(study: Any, numbers: Numbers) -> Markup:
    level = words.percent(numbers.confidence)
    shown = [n for n in numbers.labels if numbers.varies(n)]
    key = [_row(numbers, name, numbers.labels[name]) for name in shown]
    every = [_row(numbers, name, numbers.doc(name)) for name in numbers.summary.index]
    text = parts.text
    return join(
        element(
            "p",
            f"± is half the {level} confidence interval of the mean, and the Monte "
            "Carlo error its standard error: how well this study knows the mean; more "
            "missions make both smaller. 5 % and 95 % are quantiles: how missions "
            "differ, however many there are. Not 0: in how many missions it isn't zero.",
            class_="note",
        ),
        parts.table("What a planner looks at first", _columns(level, text("What")), key)
        if key
        else None,
        parts.fold(
            f"All {len(every)} metrics",
            parts.table(
                "All metrics",
                _columns(level, text("Meaning")),
                every,
                f"isssim export {study.path.name} summary",
                most=2000,
            ),
        ),
        _inputs(study, numbers),
        _failed(study),
    )


def _inputs(study: Any, numbers: Numbers) -> Optional[Markup]:
    rows = [
        (
            name,
            numbers.get(name, "mean"),
            numbers.quantile(name, 0.05),
            numbers.quantile(name, 0.5),
            numbers.quantile(name, 0.95),
            numbers.units(name),
        )
        for name in study.input_names
        if name in numbers.summary.index
    ]
    columns = [
        parts.Column("Setting", lambda name: element("code", name)),
        parts.number("Mean"),
        parts.number("5 %"),
        parts.number("Median"),
        parts.number("95 %"),
        parts.text("Unit"),
    ]
    return parts.folded_table(
        "Uncertain numbers as they were drawn",
        columns,
        rows,
        f"isssim export {study.path.name} replications",
    )


def _failed(study: Any) -> Optional[Markup]:
    failed = study.failed
    rows = list(
        zip(
            failed["replication"].tolist(),
            failed["reason"].astype(str).tolist(),
            failed["events"].tolist(),
        )
    )
    columns = [
        parts.number("Replication"),
        parts.code("Reason"),
        parts.number("Events until then"),
    ]
    return parts.folded_table(
        "Missions that ended early",
        columns,
        rows,
        f"isssim export {study.path.name} failed",
    )
