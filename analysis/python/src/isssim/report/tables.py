# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of a run as the report shows them: which columns, and their headings."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from . import parts, words
from .markup import Markup, join
from .parts import Column


class Shown(NamedTuple):
    """A table of the file, and the columns shown of it: (name, heading, kind)."""

    name: str
    title: str
    columns: Sequence[Tuple[str, str, Callable[..., Column]]]


_T, _N, _D, _M, _F, _C = (
    parts.text,
    parts.number,
    parts.date,
    parts.moment,
    parts.flag,
    parts.code,
)

FLIGHTS = Shown(
    "flights",
    "Flights",
    [
        ("name", "Flight", _T),
        ("vehicle", "Vehicle", _T),
        ("status", "At the end", _C),
        ("launch_planned", "Planned", _D),
        ("launch", "Launch", _D),
        ("slip_d", "Slip", _N),
        ("dock", "Docking", _D),
        ("undock", "Departure", _D),
        ("land", "Landing", _D),
        ("port", "Port", _T),
        ("crew_up", "Up", _N),
        ("crew_down", "Down", _N),
        ("condition", "Way home", _C),
    ],
)
CREW = Shown(
    "crew",
    "Crew",
    [
        ("name", "Person", _T),
        ("agency", "Agency", _T),
        ("flight_up", "Up with", _T),
        ("arrive", "Arrived", _D),
        ("flight_down", "Down with", _T),
        ("leave", "Left", _D),
        ("land", "Landed", _D),
        ("days_aboard", "Aboard", _N),
        ("days_total", "In space", _N),
        ("visiting", "Visit", _F),
        ("lost", "Died", _F),
    ],
)
PORTS = Shown(
    "port_intervals",
    "Who was at which port",
    [
        ("port", "Port", _T),
        ("flight", "Flight", _T),
        ("start", "From", _D),
        ("end", "To", _D),
    ],
)
SEATS = Shown(
    "seat_intervals",
    "Who had which seat home",
    [
        ("person", "Person", _T),
        ("flight", "Vehicle", _T),
        ("kind", "Seat", _C),
        ("safe", "Safe", _F),
        ("start", "From", _D),
        ("end", "To", _D),
    ],
)
STATE = Shown(
    "state",
    "People aboard",
    [
        ("time", "From", _M),
        ("crew", "Aboard", _N),
        ("unsafe", "Without a safe seat", _N),
        ("seats_safe", "Seats in sound vehicles", _N),
    ],
)
FAILURES = Shown(
    "failures",
    "Failures",
    [
        ("failure", "Failure", _T),
        ("flight", "Vehicle", _T),
        ("port", "Port", _T),
        ("launch_system", "Rocket", _T),
        ("pad", "Pad", _T),
        ("person", "Person", _T),
        ("occurs", "Happens", _M),
        ("detected", "Noticed", _M),
        ("assessed", "Finding", _M),
        ("condition", "Way home", _C),
    ],
)
REPAIRS = Shown(
    "repairs",
    "Repairs",
    [
        ("unit", "Unit", _T),
        ("failed", "Failed", _M),
        ("equipped", "Spare there", _M),
        ("waited_h", "Then waited", _N),
        ("repaired", "Runs again", _M),
    ],
)
MORE = (
    Shown(
        "left_behind",
        "Crew who couldn't fly with their flight",
        [
            ("person", "Person", _T),
            ("flight", "Flight", _T),
            ("status", "Was", _C),
        ],
    ),
    Shown(
        "expeditions",
        "Expeditions",
        [
            ("number", "Expedition", _N),
            ("commander", "Commander", _T),
            ("start", "From", _D),
            ("end", "To", _D),
        ],
    ),
    Shown(
        "outages",
        "Systems that were down",
        [
            ("system", "System", _T),
            ("start", "From", _M),
            ("end", "To", _M),
        ],
    ),
    Shown(
        "spacewalks",
        "Spacewalks",
        [
            ("eva", "Spacewalk", _T),
            ("person", "Person", _T),
            ("inside", "From inside", _F),
            ("start", "From", _M),
            ("end", "To", _M),
            ("unit", "Repaired", _T),
        ],
    ),
    Shown(
        "cargo",
        "Cargo",
        [
            ("flight", "Flight", _T),
            ("resource", "What", _T),
            ("time", "Loaded on", _D),
            ("loaded", "Loaded", _N),
            ("delivered", "Delivered", _N),
            ("lost", "Lost", _F),
        ],
    ),
    Shown(
        "spares",
        "Spares",
        [
            ("flight", "Flight", _T),
            ("part", "What", _T),
            ("time", "Loaded on", _D),
            ("count", "How many", _N),
            ("mass", "Together", _N),
            ("lost", "Lost", _F),
        ],
    ),
    Shown(
        "orbit",
        "Manoeuvres",
        [
            ("time", "When", _M),
            ("flight", "Engines of", _T),
            ("avoidance", "To avoid", _F),
            ("before", "Altitude before", _N),
            ("after", "Altitude after", _N),
            ("propellant", "Propellant", _N),
        ],
    ),
    Shown(
        "programme",
        "What the partners have agreed on",
        [
            ("name", "What", _T),
            ("at", "Date", _D),
        ],
    ),
)


def rows_of(run: Any, shown: Shown) -> Tuple[List[Column], List[Tuple[Any, ...]]]:
    """Columns and rows of a table; columns without any value are left out."""
    if shown.name not in run.tables:
        return [], []
    units: Dict[str, str] = run.units(shown.name)
    there = [column for column in shown.columns if column[0] in units]
    frame = run.table(shown.name, [name for name, _, _ in there], names="name")
    columns: List[Column] = []
    values: List[List[Any]] = []
    for name, heading, kind in there:
        column = frame[name].astype(object).tolist()
        if values and all(
            words.is_missing(value) or value is False for value in column
        ):
            continue
        unit = units[name] if kind is parts.number else ""
        columns.append(kind(heading, unit) if kind is parts.number else kind(heading))
        values.append(column)
    return columns, list(zip(*values))


def export(run: Any, name: str) -> str:
    """The command that prints all of a table."""
    group = f"traces/r{run.replication:06d}/" if run.is_trace else ""
    return f"isssim export {run.path.name} {group}{name}"


def folded(run: Any, shown: Shown) -> Optional[Markup]:
    """A table, folded when it is long; None when it is empty."""
    columns, rows = rows_of(run, shown)
    return parts.folded_table(shown.title, columns, rows, export(run, shown.name))


def plain(run: Any, shown: Shown) -> Markup:
    """A table as it is."""
    columns, rows = rows_of(run, shown)
    return parts.table(shown.title, columns, rows, export(run, shown.name))


# ---- stocks --------------------------------------------------------------------------


def has_stocks(run: Any) -> bool:
    """Whether anything is told of stocks."""
    return (
        "levels" in run.tables and len(run.table("levels", ["time"], names=False)) > 0
    )


def stocks(run: Any) -> Markup:
    """How much of each stock there was at the start, at the lowest and at the end."""
    data = run.resources
    columns = [
        parts.text("Stock"),
        parts.number("Start", "kg"),
        parts.number("Lowest", "kg"),
        parts.date("On"),
        parts.number("End", "kg"),
        parts.number("Lowest reserve", "d"),
        parts.number("Days without", "d"),
    ]
    times = data["time"].to_pandas().tolist()
    step = np.append(np.diff(data["time"].to_numpy()) / np.timedelta64(1, "D"), 0.0)
    rows = []
    for i, name in enumerate(data["name"].to_numpy()):
        stock = data["stock"].to_numpy()[:, i]
        reserve = data["reserve"].to_numpy()[:, i]
        known = np.flatnonzero(~np.isnan(stock))
        if not len(known):
            continue
        at = known[np.argmin(stock[known])]
        counted = reserve[~np.isnan(reserve)]
        lacking = np.nansum(np.where(data["lacking"].to_numpy()[:, i] > 0, step, 0))
        rows.append(
            (
                str(name),
                stock[known[0]],
                stock[at],
                times[at],
                stock[known[-1]],
                counted.min() if len(counted) else np.nan,
                lacking,
            )
        )
    return parts.table("Stocks", columns, rows, export(run, "levels"))


def of_run(run: Any) -> Markup:
    """All tables of a run but those of its pictures."""
    made = [folded(run, shown) for shown in (FLIGHTS, CREW, FAILURES, REPAIRS)]
    if has_stocks(run):
        made.append(parts.fold("Stocks", stocks(run), open_=True))
    made += [folded(run, shown) for shown in MORE]
    return join(made)
