# SPDX-License-Identifier: GPL-3.0-or-later
"""Who and what was at the station when: ports, crew, how many were aboard."""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..runs import Run
from . import bars, style, tables
from .bars import Bar

MOST_STAYS = 40
"""Stays that get a row each; more share rows."""


class Fleet:
    """Flights, what they are called and which colour their type has."""

    def __init__(self, run: Any) -> None:
        vehicles = run.table("vehicles", ["name"])
        roles = tables.codes(run, "vehicles", "role")
        self.groups = style.groups_of_types([str(n) for n in vehicles["name"]], roles)
        flights = tables.rows(run, "flights")
        self.names = [str(name) for name in flights["name"]]
        self.vehicle = flights["vehicle"].to_numpy()
        seen = tables.rows(run, "port_intervals")["flight"].to_numpy()
        used = {self.group(f) for f in seen}
        planned = {(self.groups[v], roles[v]) for v in self.vehicle if v >= 0}
        self.colours = style.colours_of_groups(sorted(planned), sorted(used))

    def group(self, flight: int) -> str:
        """The group of types that a flight's vehicle belongs to."""
        return self.groups[self.vehicle[flight]]

    def colour(self, flight: int) -> str:
        """The colour of a flight; pale grey for none."""
        return self.colours[self.group(flight)] if flight >= 0 else style.PALE

    def keys(self, flights: Sequence[int]) -> List[Any]:
        """A legend for what is drawn: crew first, in the order of the colours."""
        drawn = {self.group(f) for f in flights if f >= 0}
        return [bars.key(c, g) for g, c in self.colours.items() if g in drawn]


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


def mark_forecast(ax: Any, run: Any, start: float, end: float) -> None:
    """A line where the model took over from the record."""
    at = tables.forecast_begins(run)
    if at is not None and start + 0.02 * (end - start) < at < end:
        ax.axvline(at, color=style.BLACK, linewidth=0.8, linestyle=(0, (2, 2)),
                   gid="forecast")
        ax.annotate("forecast", (at, 1.0), xycoords=("data", "axes fraction"),
                    xytext=(2, -1), textcoords="offset points", va="top",
                    fontsize=style.SMALL, color="#444444",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4})


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
        edgecolor=style.ALARM if blocked else "#DDDDDD", linewidth=0.4 if blocked else 0,
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


# ---- crew ----------------------------------------------------------------------------


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
        longest = max(range(i, j + 1), key=lambda k: stay.seats[k][1] - stay.seats[k][0])
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


# ---- how many ------------------------------------------------------------------------


@style.chart(inches=1.7)
def crew_aboard(result: Any, ax: Any = None, start: Any = None, end: Any = None) -> Any:
    """How many were aboard, how many of them without a safe seat.

    Parameters
    ----------
    result : Run or Study
        Of a study the spread of its missions is drawn.
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the result's.

    Returns
    -------
    Axes
        A step a change, with station.min_crew as a broken line where the scenario has it.
    """
    if not isinstance(result, Run):
        from .stocks import fans

        fans(result, "crew", ax=ax, start=start, end=end)
        _least(ax, result)
        return ax
    first, last = tables.window(result, start, end)
    state = result.table("state", ["time", "crew", "unsafe"], names=False)
    times = tables.days(state["time"])
    style.time_axis(ax, first, last)
    ax.grid(True, axis="y")
    if len(times) == 0:
        return style.empty(ax, "People aboard", "the file has no states")
    times = np.append(times, max(last, times[-1]))
    aboard = np.append(state["crew"].to_numpy(), state["crew"].iloc[-1])
    unsafe = np.append(state["unsafe"].to_numpy(), state["unsafe"].iloc[-1])
    ax.fill_between(times, aboard, step="post", color=style.SKY, alpha=0.35, linewidth=0)
    ax.step(times, aboard, where="post", color=style.BLUE, label="aboard", gid="aboard")
    handles = [ax.get_lines()[-1]]
    shown = (times[:-1] < last) & (times[1:] > first)
    if unsafe[:-1][shown].any():
        x, y = _outline(times, unsafe)
        ax.fill_between(x, y, facecolor="#FBE6DA", edgecolor=style.ALARM, hatch="//////",
                        linewidth=0.0)
        ax.plot(x, y, color=style.ALARM, linewidth=1.0, gid="unsafe")
        handles.append(bars.key("", "without a safe seat", unsafe=True))
    mark_forecast(ax, result, first, last)
    top = max(int(aboard[:-1][shown].max(initial=0)), 1)
    ax.set_ylim(0, top + 1)
    _whole_numbers(ax, top)
    _least(ax, result)
    style.heading(ax, "People aboard", handles)
    return ax


def _outline(times: Any, values: Any) -> Tuple[Any, Any]:
    """The outline of steps where they aren't 0, NaN between; the last value is no step."""
    x: List[float] = []
    y: List[float] = []
    for i in range(len(times) - 1):
        if values[i] == 0:
            continue
        starts = int(i == 0 or values[i - 1] == 0)
        ends = int(i + 2 >= len(times) or values[i + 1] == 0)
        x += [times[i]] * starts + [times[i], times[i + 1]] + [times[i + 1]] * ends
        y += [0.0] * starts + [values[i], values[i]] + [0.0] * ends
        if ends:
            x.append(times[i + 1])
            y.append(np.nan)
    return np.array(x, dtype=float), np.array(y, dtype=float)


def _whole_numbers(ax: Any, top: int) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.yaxis.set_major_locator(MaxNLocator(nbins=min(top, 6), integer=True))


def _least(ax: Any, result: Any) -> None:
    """A line at station.min_crew."""
    least = tables.setting(result, "station", "min_crew")
    if least is not None:
        style.level(ax, least, f"minimum {least:g}", style.BLACK, "min_crew")
        style.level_names(ax)
