# SPDX-License-Identifier: GPL-3.0-or-later
"""What the charts need of a result, in matplotlib's days and plain lists."""
from __future__ import annotations

import re
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np

from ..runs import Run


def days(times: Any) -> Any:
    """Timestamps as matplotlib's days, NaN for none; an array stays an array."""
    import pandas
    from matplotlib.dates import date2num

    values = np.asarray(times)
    if values.dtype.kind != "M":  # one moment, of Python or pandas
        values = np.asarray(pandas.Timestamp(times).to_datetime64())
    numbers = np.asarray(date2num(values), dtype=float)
    numbers = np.where(np.isnat(values), np.nan, numbers)
    return float(numbers) if numbers.ndim == 0 else numbers


def window(run: Any, start: Any = None, end: Any = None) -> Tuple[float, float]:
    """The span of a chart in days: the whole run or study, or what was asked for."""
    first, last = span(run)
    a = first if start is None else moment(start)
    b = last if end is None else moment(end)
    if not a < b:
        raise ValueError("a chart has to end after it starts")
    if b <= first or a >= last:
        raise ValueError(
            f"nothing to be drawn: {run.title!r} goes from {date(first)} to "
            f"{date(last)}"
        )
    return a, b


def moment(text: Any) -> float:
    """A date as pandas reads it, in days; UTC unless it names a zone."""
    import pandas

    try:
        at = pandas.Timestamp(text)
    except (TypeError, ValueError):
        at = pandas.NaT
    if at is pandas.NaT:
        raise ValueError(f"{text!r} isn't a date, such as 2023-01-31")
    if at.tzinfo is not None:
        at = at.tz_convert("UTC").tz_localize(None)
    return float(days(at))


def span(result: Any) -> Tuple[float, float]:
    """Start and end of a run or a study in days."""
    if isinstance(result, Run):
        return days(result.start), days(result.end)
    grid = result.table("grid")["time"].to_numpy()
    if len(grid) == 0:
        raise ValueError(f"{result.title!r} has no series over time")
    return days(grid[0]), days(grid[-1])


def date(day: float) -> str:
    """A day as 2022-12-01."""
    from matplotlib.dates import num2date

    return str(num2date(day).strftime("%Y-%m-%d"))


def names(result: Any, table: str) -> List[str]:
    """What the rows of a look-up table are called."""
    return [str(name) for name in result.table(table, ["name"])["name"]]


def rows(result: Any, table: str) -> Any:
    """A table with references and codes as numbers; an empty one if there is none."""
    import pandas

    if table not in result.tables:
        return pandas.DataFrame()
    return result.table(table, names=False)


def codes(result: Any, table: str, column: str) -> List[str]:
    """A column of codes as texts."""
    return [str(code) for code in result.table(table, [column])[column]]


def until(ends: Any, end: float) -> Any:
    """Ends in days; what is still so lasts to the end of the chart."""
    return np.where(np.isnan(ends), np.inf, ends).clip(max=end)


def setting(result: Any, section: str, name: str) -> Optional[float]:
    """A number of the scenario, `name = 3;` directly in `section`, or None."""
    text = result.provenance.resolved_text or ""
    match = re.search(rf"^\s*{section}\s*[:=]\s*\{{", text, re.MULTILINE)
    if match is None:
        return None
    depth = 0
    for line in text[match.end():].splitlines():
        if depth == 0:
            found = re.match(rf"\s*{name}\s*[:=]\s*([-+.\dEe]+)L?\s*;", line)
            if found:
                return float(found.group(1))
        depth += line.count("{") + line.count("(") - line.count("}") - line.count(")")
        if depth < 0:
            return None
    return None


def happened(
    run: Any, kinds: Sequence[str], column: str
) -> List[Tuple[float, str, int]]:
    """Events of some kinds: when in days, which kind, what row `column` refers to."""
    known = names(run, "event_types")
    kinds = [kind for kind in kinds if kind in known]
    if not kinds:
        return []
    events = run.events(kinds, columns=["time", "type", column], names=False)
    return [
        (at, known[kind], int(row))
        for at, kind, row in zip(days(events["time"]), events["type"], events[column])
    ]


def forecast_begins(run: Any) -> Optional[float]:
    """When the model took over from the record, in days; None when from the start."""
    since = run.forecast_from
    if since is None:
        return None
    at = float(days(since))
    return at if at > days(run.start) + 1.0 else None
