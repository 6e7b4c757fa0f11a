# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of a study: how it goes over time, and how its missions spread."""

from __future__ import annotations

from typing import Any, List, Tuple

import numpy as np

from ..errors import need
from . import figures, parts, words
from .markup import Markup, element, join
from .summary import Numbers

_MOST = 6
"""Metrics whose spread is drawn."""
_SERIES = {
    "crew": "People aboard",
    "unsafe": "People without a safe seat",
    "seats_safe": "Seats in sound vehicles",
}


def _bins(values: Any) -> List[Tuple[float, float, int]]:
    """A histogram as a table: whole numbers each by itself, else in twenty classes."""
    values = values[np.isfinite(values)]
    if not len(values):
        return []
    unique, counts = np.unique(values, return_counts=True)
    if len(unique) <= 20:
        return [(float(v), float(v), int(c)) for v, c in zip(unique, counts)]
    counts, edges = np.histogram(values, bins=20)
    return [
        (float(a), float(b), int(c)) for a, b, c in zip(edges[:-1], edges[1:], counts)
    ]


def _distribution(study: Any, numbers: Numbers, name: str) -> Markup:
    plots = need("isssim.plots", "pictures")
    units = numbers.units(name)
    label = numbers.labels[name]
    low, middle, high = (
        words.with_units(words.digits(numbers.quantile(name, q)), units)
        for q in (0.05, 0.5, 0.95)
    )
    mean = words.with_units(words.digits(numbers.get(name, "mean")), units)
    rows = _bins(study.values(name))
    columns = [
        parts.number("From", units),
        parts.number("To", units),
        parts.number("Missions"),
    ]
    return figures.figure(
        figures.bare(
            figures.draw(plots.distribution, study, name, inches=1.7, share=0.5),
            "" if units == "1" else units,
        ),
        f"distribution-{name.replace('.', '-')}",
        label,
        f"Half of the missions are below {middle} (line), nine of ten from {low} to "
        f"{high} (bar); the mean is {mean} (dot).",
        parts.table(f"{label}: missions by value", columns, rows),
        narrow=True,
    )


def _fan(study: Any, fans: Any, series: str) -> Markup:
    plots = need("isssim.plots", "pictures")
    one = fans.sel(series=series)
    units, doc = str(one["units"].item()), str(one["doc"].item())
    title = _SERIES.get(series, series.replace("_", " ").capitalize())
    levels = [0.05, 0.25, 0.5, 0.75, 0.95]
    there = [q for q in levels if np.any(np.abs(one["quantile"].to_numpy() - q) < 1e-9)]
    times = one["time"].to_pandas().tolist()
    step = max(1, len(times) // 24)
    values = one["value"].sel(quantile=there, method="nearest").to_numpy()
    means = one["mean"].to_numpy()
    rows = [(times[i], means[i], *values[i]) for i in range(0, len(times), step)]
    columns = [parts.date("On"), parts.number("Mean", units)]
    columns += [parts.number(f"{100 * q:.0f} %") for q in there]
    return figures.figure(
        figures.draw(plots.fans, study, series, inches=1.9),
        f"fan-{series.replace('.', '-')}",
        title,
        f"{doc}: the median mission and how the others spread about it.",
        parts.table(f"{title}: quantiles over the missions", columns, rows),
    )


def pictures(study: Any, numbers: Numbers) -> Markup:
    plots = need("isssim.plots", "pictures")
    made: List[Markup] = []
    if hasattr(plots, "fans"):
        fans = study.fans
        made += [_fan(study, fans, str(series)) for series in fans["series"].to_numpy()]
    if hasattr(plots, "distribution"):
        made.append(
            element(
                "div",
                [
                    _distribution(study, numbers, name)
                    for name in numbers.headline()[:_MOST]
                ],
                class_="pair",
            )
        )
    return join(made)
