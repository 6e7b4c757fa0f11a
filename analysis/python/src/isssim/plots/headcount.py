# SPDX-License-Identifier: GPL-3.0-or-later
"""How many were aboard, and how many of them without a safe seat."""
from __future__ import annotations

from typing import Any, List, Tuple

import numpy as np

from ..runs import Run
from . import bars, style, tables
from .fleet import mark_forecast
from .stocks import fans


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
        A step a change, and station.min_crew as a broken line if the scenario has it.
    """
    if not isinstance(result, Run):
        fans(result, "crew", ax=ax, start=start, end=end)
        if not style.is_empty(ax):
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
    ax.fill_between(times, aboard, step="post", color=style.SKY, alpha=0.35,
                    linewidth=0)
    ax.step(times, aboard, where="post", color=style.BLUE, label="aboard", gid="aboard")
    handles = [ax.get_lines()[-1]]
    shown = (times[:-1] < last) & (times[1:] > first)
    if unsafe[:-1][shown].any():
        x, y = _outline(times, unsafe)
        ax.fill_between(x, y, facecolor="#FBE6DA", edgecolor=style.ALARM,
                        hatch="//////", linewidth=0.0)
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
    """The outline of steps that aren't 0, NaN between; the last value is no step."""
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
