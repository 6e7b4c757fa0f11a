# SPDX-License-Identifier: GPL-3.0-or-later
"""Which vehicle was at which port, when."""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from . import bars, style, tables
from .bars import Bar
from .fleet import Fleet, mark_forecast


def _unsafe_since(run: Any) -> Dict[int, float]:
    """From when each damaged flight was no sound way home, in days."""
    failures = tables.rows(run, "failures")
    result: Dict[int, float] = {}
    if len(failures) == 0:
        return result
    for flight, condition, at in zip(failures["flight"], failures["condition"],
                                     tables.days(failures["occurs"])):
        if flight >= 0 and condition > 0:
            result[flight] = min(at, result.get(flight, np.inf))
    return result


def _blocked(run: Any, end: float) -> List[Tuple[int, float, float]]:
    """Ports that nothing could dock at: port, from, to."""
    since: Dict[int, float] = {}
    result = []
    for at, kind, port in tables.happened(run, ("PORT_BLOCKED", "PORT_OPENED"), "port"):
        if kind == "PORT_BLOCKED":
            since.setdefault(port, at)
        elif port in since:
            result.append((port, since.pop(port), at))
    result.extend((port, at, end) for port, at in since.items())
    return result


@style.chart(inches=2.6)
def ports(run: Any, ax: Any = None, start: Any = None, end: Any = None) -> Any:
    """Which vehicle was at which port, when.

    Parameters
    ----------
    run : Run
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the run's.

    Returns
    -------
    Axes
        A row a port, a bar a stay, coloured by type of vehicle, hatched from when the
        vehicle was no safe way home; pale where the port wasn't there or was blocked.
    """
    first, last = tables.window(run, start, end)
    table = tables.rows(run, "ports")
    begins, ends = tables.days(table["start"]), tables.days(table["end"])
    shown = [
        p for p in range(len(table))
        if not (begins[p] >= last or ends[p] <= first)
    ]
    row_of = {port: row for row, port in enumerate(shown)}
    style.time_axis(ax, first, last)
    fleet, unsafe = Fleet(run), _unsafe_since(run)

    intervals = tables.rows(run, "port_intervals")
    drawn: List[Bar] = []
    flights: List[int] = []
    for port, flight, a, b in zip(
        intervals["port"], intervals["flight"], tables.days(intervals["start"]),
        tables.until(tables.days(intervals["end"]), last),
    ):
        if port not in row_of or b <= first or a >= last:
            continue
        flights.append(flight)
        drawn.extend(_stay_at_port(row_of[port], max(a, first), min(b, last), flight,
                                   fleet, unsafe.get(flight)))
        if ends[port] < last and ends[port] - b < 0.1 * (last - first):
            drawn[-1].beside = False  # no name where the port isn't there any more

    for port, row in row_of.items():
        for a, b in ((first, begins[port]), (ends[port], last)):
            if a < b:
                _closed(ax, row, a, b, "absent")
    for port, a, b in _blocked(run, last):
        if port in row_of and b > first and a < last:
            _closed(ax, row_of[port], max(a, first), min(b, last), "blocked")
    _segments(ax, [str(table["segment"][p]) for p in shown])
    bars.draw(ax, drawn, last)
    style.rows_axis(ax, [str(table["name"][p]) for p in shown])
    mark_forecast(ax, run, first, last)
    handles = fleet.keys(flights)
    if any(bar.unsafe for bar in drawn):
        handles.append(bars.key("", "no safe way home", unsafe=True))
    style.heading(ax, "Ports", handles)
    if not drawn:
        style.note(ax, "no vehicle was at a port")
    return ax


def _stay_at_port(row: int, a: float, b: float, flight: int, fleet: Fleet,
                  unsafe: Optional[float]) -> List[Bar]:
    labels = bars.short_names(fleet.names[flight])
    colour = fleet.colour(flight)
    if unsafe is None or unsafe >= b:
        return [Bar(row, a, b, colour, labels)]
    if unsafe <= a:
        return [Bar(row, a, b, colour, labels, unsafe=True)]
    longer = unsafe - a > b - unsafe
    return [
        Bar(row, a, unsafe, colour, labels if longer else (), beside=False),
        Bar(row, unsafe, b, colour, () if longer else labels, unsafe=True),
    ]


def _closed(ax: Any, row: int, a: float, b: float, why: str) -> None:
    from matplotlib.patches import Rectangle

    blocked = why == "blocked"
    ax.add_patch(Rectangle(
        (a, row - 0.36), b - a, 0.72, facecolor="#FBE6DA" if blocked else "#F1F1F1",
        edgecolor=style.ALARM if blocked else "#DDDDDD",
        linewidth=0.4 if blocked else 0,
        hatch="xxxx" if blocked else None, gid=why, zorder=0.6))


def _segments(ax: Any, segments: List[str]) -> None:
    """A line where one segment's ports end, and each segment's name at the right."""
    start = 0
    for i in range(1, len(segments) + 1):
        if i < len(segments) and segments[i] == segments[start]:
            continue
        if i < len(segments):
            ax.axhline(i - 0.5, color="#BBBBBB", linewidth=0.6, zorder=0.5)
        ax.annotate(segments[start], (1.0, (start + i - 1) / 2.0),
                    xycoords=("axes fraction", "data"), xytext=(4, 0),
                    textcoords="offset points", va="center", ha="left", rotation=270,
                    fontsize=style.SMALL, color="#666666", gid="segment")
        start = i
