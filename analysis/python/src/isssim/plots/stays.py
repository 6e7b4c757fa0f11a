# SPDX-License-Identifier: GPL-3.0-or-later
"""Who was aboard when, and in which vehicle each had a seat home."""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from . import bars, style, tables
from .bars import Bar
from .fleet import Fleet, mark_forecast

MOST_STAYS = 40
"""Stays that get a row each; more share rows."""


@style.chart(inches=4.0)
def crew(run: Any, ax: Any = None, start: Any = None, end: Any = None,
         rows: Optional[bool] = None) -> Any:
    """Who was aboard when, and in which vehicle each had a seat home.

    Parameters
    ----------
    run : Run
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the run's.
    rows : bool, optional
        A row for each stay; if not, stays share rows and bear the names.  Of more than
        `MOST_STAYS` stays they do unless asked otherwise.

    Returns
    -------
    Axes
        Bars from docking to undocking, coloured by the vehicle that holds the seat and
        hatched while it is no safe way home; lines for the ascent and the descent.
    """
    first, last = tables.window(run, start, end)
    stays = _stays(run, first, last)
    style.time_axis(ax, first, last)
    if not stays:
        return style.empty(ax, "Crew and their seats", "nobody was aboard")
    own_rows = len(stays) <= MOST_STAYS if rows is None else rows
    if own_rows:
        lanes = list(range(len(stays)))
        style.rows_axis(ax, [stay.name for stay in stays])
    else:
        lanes = bars.lanes([(s.arrive, s.leave) for s in stays])
        style.rows_axis(ax, [""] * (max(lanes) + 1))
    fleet = Fleet(run)
    drawn: List[Bar] = []
    for stay, lane in zip(stays, lanes):
        drawn.extend(_seats_of(stay, lane, fleet, own_rows))
        _rides(ax, stay, lane, (first, last) if own_rows else (last, last))
    bars.draw(ax, drawn, last)
    mark_forecast(ax, run, first, last)
    title = "Crew and their seats" if own_rows else "Crew and their seats, rows shared"
    style.heading(ax, title, _crew_keys(fleet, stays, drawn))
    return ax


class Stay:
    """One visit of a person, and the seats held meanwhile."""

    def __init__(self, row: Any, name: str, first: float, last: float) -> None:
        self.name = name
        self.person = int(row.person)
        self.flight_up = int(row.flight_up)
        self.launch = tables.days(row.launch)
        self.arrived = tables.days(row.arrive)
        self.land = tables.days(row.land)
        self.lost = bool(row.lost)
        self.left = tables.days(row.leave)
        self.arrive = max(self.arrived, first)
        self.leave = min(last if np.isnan(self.left) else self.left, last)
        self.seats: List[Tuple[float, float, int, int, bool]] = []


def _stays(run: Any, first: float, last: float) -> List[Stay]:
    """Stays that reach into the span, in the order in which people came."""
    crew_table = tables.rows(run, "crew")
    stays = []
    for row in crew_table.itertuples():
        if row.arrive != row.arrive:  # NaT: never came aboard
            continue
        stay = Stay(row, str(row.name), first, last)
        if stay.arrive < last and stay.leave > first:
            stays.append(stay)
    stays.sort(key=lambda s: (s.arrived, s.flight_up))
    seats = tables.rows(run, "seat_intervals")
    of_person: Dict[int, List[Stay]] = {}
    for stay in stays:
        of_person.setdefault(stay.person, []).append(stay)
    for person, flight, kind, safe, a, b in zip(
        seats["person"], seats["flight"], seats["kind"], seats["safe"],
        tables.days(seats["start"]), tables.until(tables.days(seats["end"]), last),
    ):
        for stay in of_person.get(person, ()):
            from_, to = max(a, stay.arrive), min(b, stay.leave)
            if from_ < to:
                stay.seats.append((from_, to, flight, kind, bool(safe)))
    for stay in stays:
        stay.seats.sort()
    return stays


def _seats_of(stay: Stay, lane: int, fleet: Fleet, own_row: bool) -> List[Bar]:
    """Bars of a stay; a flight's name stands in the longest of its adjoining bars."""
    person = bars.short_person(stay.name)
    if not stay.seats:
        return [Bar(lane, stay.arrive, stay.leave, style.PALE,
                    ["seat not known"] if own_row else person)]
    result: List[Bar] = []
    i = 0
    while i < len(stay.seats):
        j = i
        while j + 1 < len(stay.seats) and stay.seats[j + 1][2] == stay.seats[i][2]:
            j += 1
        lengths = [b - a for a, b, *_ in stay.seats[i:j + 1]]
        longest = i + lengths.index(max(lengths))
        for k in range(i, j + 1):
            a, b, flight, kind, safe = stay.seats[k]
            labels: List[str] = []
            if k == longest:
                if own_row:
                    labels = bars.short_names(fleet.names[flight]) if flight >= 0 else [
                        "no seat", "none"]
                else:
                    labels = person
            result.append(Bar(lane, a, b, fleet.colour(flight), labels, unsafe=not safe,
                              improvised=kind == 2 and safe,
                              beside=own_row and j + 1 == len(stay.seats)))
        i = j + 1
    return result


def _rides(ax: Any, stay: Stay, lane: int, within: Tuple[float, float]) -> None:
    """Thin lines for the ways up and down, a cross for a death."""
    for a, b in ((stay.launch, stay.arrived), (stay.left, stay.land)):
        a, b = max(a, within[0]), min(b, within[1])
        if a < b:
            ax.plot([a, b], [lane, lane], color=style.GREY, linewidth=1.0, gid="ride",
                    solid_capstyle="butt")
    if stay.lost:
        at = stay.land if stay.land == stay.land else stay.leave
        ax.plot([at], [lane], marker="X", color=style.ALARM, markersize=6,
                markeredgecolor="white", gid="lost", clip_on=False)


def _crew_keys(fleet: Fleet, stays: List[Stay], drawn: List[Bar]) -> List[Any]:
    from matplotlib.lines import Line2D

    handles = fleet.keys([seat[2] for stay in stays for seat in stay.seats])
    if any(bar.improvised for bar in drawn):
        handles.append(bars.key(style.GREY, "improvised place", improvised=True))
    if any(bar.unsafe for bar in drawn):
        handles.append(bars.key("", "no safe way home", unsafe=True))
    if any(stay.lost for stay in stays):
        handles.append(Line2D([], [], marker="X", color=style.ALARM, linestyle="none",
                              markersize=5, label="died"))
    return handles
