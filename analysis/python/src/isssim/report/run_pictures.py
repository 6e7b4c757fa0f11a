# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of a mission, each with the same as a table."""

from __future__ import annotations

from typing import Any, Optional

from ..errors import need
from . import figures, tables
from .markup import Markup, join


def _ports(run: Any, prefix: str) -> Markup:
    plots = need("isssim.plots", "pictures")
    return figures.figure(
        figures.draw(plots.ports, run, inches=2.6),
        f"{prefix}ports",
        "Ports",
        "Which vehicle was at which port, a bar a stay; hatched from when the vehicle "
        "was no safe way home.",
        tables.plain(run, tables.PORTS),
    )


def _crew(run: Any, prefix: str) -> Optional[Markup]:
    plots = need("isssim.plots", "pictures")
    stays = run._tables.rows("crew")
    if stays == 0:
        return None
    return figures.figure(
        figures.draw(plots.crew, run, inches=4.0),
        f"{prefix}crew",
        "Crew and their seats",
        "Who was aboard, and in which vehicle each had a seat home; hatched while that "
        "was no safe way home.",
        tables.plain(run, tables.SEATS),
    )


def _crew_aboard(run: Any, prefix: str) -> Markup:
    plots = need("isssim.plots", "pictures")
    return figures.figure(
        figures.draw(plots.crew_aboard, run, inches=1.8),
        f"{prefix}aboard",
        "People aboard",
        "How many were aboard, and how many of them without a safe seat home.",
        tables.plain(run, tables.STATE),
    )


def _failures(run: Any, prefix: str) -> Optional[Markup]:
    plots = need("isssim.plots", "pictures")
    kinds = [name for name in ("failures", "repairs", "outages") if name in run.tables]
    count = sum(run._tables.rows(name) for name in kinds)
    if count == 0 or not hasattr(plots, "failures"):
        return None
    same = join(
        [
            tables.plain(run, shown)
            for shown in (tables.FAILURES, tables.REPAIRS)
            if shown.name in kinds and run._tables.rows(shown.name)
        ]
    )
    return figures.figure(
        figures.draw(plots.failures, run, inches=2.4),
        f"{prefix}failures-picture",
        "Failures and repairs",
        "What failed and when it ran again.",
        same,
    )


def _stocks(run: Any, prefix: str) -> Optional[Markup]:
    plots = need("isssim.plots", "pictures")
    if not tables.has_stocks(run) or not hasattr(plots, "stocks"):
        return None
    return figures.figure(
        figures.draw(plots.stocks, run, inches=2.6),
        f"{prefix}stocks-picture",
        "Stocks",
        "How much there was of what the station lives on.",
        tables.stocks(run),
    )


def _slips(run: Any, prefix: str) -> Optional[Markup]:
    plots = need("isssim.plots", "pictures")
    late = run.table("flights", ["slip_d"])["slip_d"].notna().sum()
    if not late or not hasattr(plots, "slips"):
        return None
    return figures.figure(
        figures.draw(plots.slips, run, inches=2.6),
        f"{prefix}slips",
        "Launches against the plan",
        "By how many days each launch was late, and when rockets stood down.",
        tables.plain(run, tables.FLIGHTS),
    )


def pictures(run: Any, prefix: str = "", few: bool = False) -> Markup:
    """The pictures of a mission; `few` are those of ports and people aboard."""
    makers = (
        (_ports, _crew_aboard)
        if few
        else (_ports, _crew_aboard, _crew, _stocks, _failures, _slips)
    )
    return join([maker(run, prefix) for maker in makers])
