# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong and how long it took: failures, repairs, slips, stand-downs."""
from __future__ import annotations

from typing import Any, Dict, List, Tuple, Union

import numpy as np

from ..runs import Run
from ..studies import Study
from ..numbers import digits
from . import bars, style, tables
from .bars import Bar
from .fleet import Fleet, mark_forecast

_TARGETS = (("flight", "flights"), ("person", "people"), ("port", "ports"),
            ("pad", "pads"), ("launch_system", "launch_systems"))

Spans = Dict[str, List[Tuple[float, float]]]
"""By name: from when to when, in matplotlib's days."""

SPARE = style.PURPLE
REPAIR = style.BLUE
FINDING = style.ORANGE


@style.chart(inches=2.4)
def failures(run: Run, ax: Any = None, start: Any = None, end: Any = None) -> Any:
    """What failed, how long it took to understand or repair, what was down meanwhile.

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
        A row a failure mode and what it struck, and a row a system of the station: its
        repairs as bars, outages hatched; at the right how many, and how long down.
    """
    first, last = tables.window(run, start, end)
    style.time_axis(ax, first, last)
    struck = _struck(run, first, last)
    repairs = _repairs(run, first, last)
    outages = _outages(run, first, last)
    names = tables.names(run, "systems") if "systems" in run.tables else []
    systems = sorted(set(repairs) | set(outages))
    if not struck and not systems:
        return style.empty(ax, "Failures and repairs", "nothing failed")
    labels = list(struck) + [names[s] for s in systems]
    style.rows_axis(ax, labels)
    drawn: List[Bar] = []
    for row, found in enumerate(struck.values()):
        for at, assessed in found:
            if assessed > at:
                drawn.append(Bar(row, at, min(assessed, last), FINDING, height=0.4,
                                 gid="finding"))
            ax.plot([at], [row], marker="X", markersize=5.5, color=style.ALARM,
                    markeredgecolor="white", markeredgewidth=0.5, linestyle="none",
                    gid="failure", zorder=4)
        _at_right(ax, row, f"{len(found)} ×")
    for row, system in enumerate(systems, start=len(struck)):
        for failed, equipped, repaired in repairs.get(system, ()):
            if equipped > failed:
                drawn.append(Bar(row, failed, equipped, SPARE, height=0.5, gid="spare"))
            if repaired > equipped:
                drawn.append(Bar(row, equipped, repaired, REPAIR, height=0.5,
                                 gid="repair"))
        down = outages.get(system, [])
        drawn.extend(Bar(row, a, b, style.ALARM, unsafe=True, gid="outage")
                     for a, b in down)
        text = f"{len(repairs.get(system, ()))} ×"
        total = sum(b - a for a, b in down)
        _at_right(ax, row, f"{text}, {digits(total)} d down" if down else text)
    # Outages first, so that the shorter bars of repairs stand on them.
    bars.draw(ax, [b for b in drawn if b.gid == "outage"], last)
    bars.draw(ax, [b for b in drawn if b.gid != "outage"], last)
    mark_forecast(ax, run, first, last)
    style.heading(ax, "Failures and repairs", _keys_of_failures(bool(struck), drawn))
    return ax


def _at_right(ax: Any, row: int, text: str) -> None:
    ax.annotate(text, (1.0, row), xycoords=("axes fraction", "data"), xytext=(4, 0),
                textcoords="offset points", va="center", fontsize=style.SMALL,
                annotation_clip=False, gid="value")


def _keys_of_failures(any_struck: bool, drawn: List[Bar]) -> List[Any]:
    from matplotlib.lines import Line2D

    there = {bar.gid for bar in drawn}
    keys: List[Any] = []
    if any_struck:
        keys.append(Line2D([], [], marker="X", color=style.ALARM, linestyle="none",
                           markersize=5, label="failure"))
    for gid, colour, text in (("finding", FINDING, "until the finding"),
                              ("spare", SPARE, "waits for a spare"),
                              ("repair", REPAIR, "waits for people, is repaired")):
        if gid in there:
            keys.append(bars.key(colour, text))
    if "outage" in there:
        keys.append(bars.key("", "system down", unsafe=True))
    return keys


def _struck(run: Run, first: float, last: float) -> Spans:
    """Failures by what failed and where: when, and when there was a finding."""
    table = tables.rows(run, "failures")
    result: Spans = {}
    if len(table) == 0:
        return result
    modes = tables.names(run, "failure_modes")
    named = {c: tables.names(run, t) for c, t in _TARGETS if t in run.tables}
    occurs, assessed = tables.days(table["occurs"]), tables.days(table["assessed"])
    detected = tables.days(table["detected"])
    for i, mode in enumerate(table["failure"]):
        if not first <= occurs[i] <= last:
            continue
        label = modes[mode]
        for column, targets in named.items():
            if table[column][i] >= 0:
                label += f": {targets[table[column][i]]}"
                break
        # In a replay nothing is found out, so there is nothing to wait for.
        until = occurs[i] if np.isnan(detected[i]) else last
        until = until if np.isnan(assessed[i]) else assessed[i]
        result.setdefault(_shortened(label), []).append((occurs[i], until))
    return result


def _shortened(text: str, most: int = 44) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _repairs(
    run: Run, first: float, last: float
) -> Dict[int, List[Tuple[float, float, float]]]:
    """By system: when a unit failed, when its spare was there, when it ran again."""
    table = tables.rows(run, "repairs")
    result: Dict[int, List[Tuple[float, float, float]]] = {}
    if len(table) == 0:
        return result
    system = tables.rows(run, "units")["system"].to_numpy()
    failed = tables.days(table["failed"])
    repaired = tables.until(tables.days(table["repaired"]), last)
    equipped = tables.until(tables.days(table["equipped"]), last)
    for unit, a, b, c in zip(table["unit"], failed, equipped, repaired):
        if a < last and c > first:
            a, c = max(a, first), min(c, last)
            result.setdefault(int(system[unit]), []).append((a, min(max(b, a), c), c))
    return result


def _outages(
    run: Run, first: float, last: float
) -> Dict[int, List[Tuple[float, float]]]:
    """By system: from when to when it was down."""
    table = tables.rows(run, "outages")
    result: Dict[int, List[Tuple[float, float]]] = {}
    if len(table) == 0:
        return result
    ends = tables.until(tables.days(table["end"]), last)
    for system, a, b in zip(table["system"], tables.days(table["start"]), ends):
        if a < last and b > first:
            result.setdefault(int(system), []).append((max(a, first), min(b, last)))
    return result


# ---- slips and stand-downs -----------------------------------------------------------


@style.chart(inches=2.4)
def slips(result: Union[Run, Study], ax: Any = None, start: Any = None,
          end: Any = None) -> Any:
    """How late launches were, and which rockets and pads were out of use meanwhile.

    Parameters
    ----------
    result : Run or Study
        Of a study the spread of its slips and stand-downs is drawn.
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the run's.

    Returns
    -------
    Axes
        Of a run: a stem a launch, as high as it was late; below, stand-downs as bars.
        Of a study: a row a metric, from 5 % to 95 % of the missions and from 25 % to
        75 %, with the median and the mean.
    """
    if not isinstance(result, Run):
        return _slips_of_study(result, ax)
    first, last = tables.window(result, start, end)
    style.time_axis(ax, first, last)
    fleet = Fleet(result)
    launched, waiting = _launches(result, first, last)
    downs = stand_downs(result, first, last)
    if not launched and not waiting and not downs:
        return style.empty(ax, "Slips and stand-downs", "no launch had a planned date")
    if not waiting and not downs and max(slip for _, _, slip in launched) < 1e-6:
        return style.empty(ax, "Slips and stand-downs", "no launch was late")
    for late, flights, marker in ((launched, "launch", "o"), (waiting, "waiting", "^")):
        for flight, at, slip in late:
            colour = fleet.colour(flight)
            ax.plot([at, at], [0, slip], color=colour, linewidth=0.9, gid="stem")
            ax.plot([at], [slip], marker=marker, markersize=3.6, linestyle="none",
                    color=colour, markeredgecolor=style.BLACK, markeredgewidth=0.3,
                    gid=flights, clip_on=False)
    top = max([slip for _, _, slip in launched + waiting] + [1.0])
    _name_latest(ax, fleet, launched + waiting, (first, last), top)
    _under(ax, downs, top)
    mark_forecast(ax, result, first, last)
    handles = fleet.keys([f for f, _, _ in launched + waiting])
    style.heading(ax, "Slips of launches" + (" and stand-downs" if downs else ""),
                  handles + _keys_of_slips(bool(waiting), bool(downs)))
    return ax


def _keys_of_slips(waiting: bool, downs: bool) -> List[Any]:
    from matplotlib.lines import Line2D

    keys: List[Any] = []
    if waiting:
        keys.append(Line2D([], [], marker="^", color=style.GREY, linestyle="none",
                           markersize=4, label="not yet launched"))
    if downs:
        keys.append(bars.key("", "out of use", unsafe=True))
    return keys


Late = List[Tuple[int, float, float]]


def _launches(run: Run, first: float, last: float) -> Tuple[Late, Late]:
    """Launches with their slips, and flights that were planned but not launched."""
    table = tables.rows(run, "flights")
    status = tables.codes(run, "flights", "status")
    planned, launch = tables.days(table["launch_planned"]), tables.days(table["launch"])
    slip = table["slip_d"].to_numpy()
    launched, waiting = [], []
    for i in range(len(table)):
        if first <= launch[i] <= last and slip[i] == slip[i]:
            launched.append((i, float(launch[i]), float(slip[i])))
        elif status[i] in ("planned", "held") and first <= planned[i] < last:
            waiting.append((i, last, last - float(planned[i])))
    return launched, waiting


def _name_latest(ax: Any, fleet: Fleet, late: Late, span: Tuple[float, float],
                 top: float) -> None:
    """Names beside the latest few, where they don't meet another's."""
    taken: List[Tuple[float, float]] = []
    width, height = 0.13 * (span[1] - span[0]), 0.11 * top
    for flight, at, slip in sorted(late, key=lambda each: -each[2])[:12]:
        if slip < 0.15 * top or len(taken) >= 7:
            break
        if any(abs(at - x) < width and abs(slip - y) < height for x, y in taken):
            continue
        taken.append((at, slip))
        to_left = at > span[0] + 0.85 * (span[1] - span[0])
        ax.annotate(bars.short_names(fleet.names[flight])[-1], (at, slip),
                    xytext=(-4 if to_left else 4, 0), textcoords="offset points",
                    ha="right" if to_left else "left", va="center",
                    fontsize=style.SMALL, gid="latest")


def stand_downs(run: Run, first: float, last: float) -> Spans:
    """By name of the rocket or pad: from when to when it was out of use, in days."""
    result: Spans = {}
    for begin, finish, column, table in (
        ("ROCKET_GROUNDED", "ROCKET_CLEARED", "launch_system", "launch_systems"),
        ("PAD_CLOSED", "PAD_OPENED", "pad", "pads"),
    ):
        if table not in run.tables:
            continue
        names = tables.names(run, table)
        since: Dict[int, float] = {}
        spans = []
        for at, kind, row in tables.happened(run, (begin, finish), column):
            if row < 0:
                continue
            if kind == begin:
                since.setdefault(row, at)
            elif row in since:
                spans.append((row, since.pop(row), at))
        spans.extend((row, at, last) for row, at in since.items())
        for row, a, b in sorted(spans):
            if a < last and b > first:
                result.setdefault(names[row], []).append((max(a, first), min(b, last)))
    return result


def _joined(downs: Spans) -> Spans:
    """Rockets that were out of use at the same times, such as a family's, in one."""
    together: Dict[Tuple[Tuple[float, float], ...], List[str]] = {}
    for name, spans in downs.items():
        together.setdefault(tuple(spans), []).append(name)
    result: Spans = {}
    for same, names in together.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        result[names[-1] + more] = list(same)
    return result


def _under(ax: Any, downs: Spans, top: float) -> None:
    """Rows of stand-downs below the stems, named at the left; and the scale above."""
    from matplotlib.patches import Rectangle
    from matplotlib.ticker import MaxNLocator

    step = 0.13 * top
    downs = _joined(downs)
    for row, spans in enumerate(downs.values(), start=1):
        for a, b in spans:
            ax.add_patch(Rectangle((a, -(row + 0.35) * step), b - a, 0.7 * step,
                                   facecolor="#FBE6DA", edgecolor=style.ALARM,
                                   hatch="//////", linewidth=0.5, gid="stand-down"))
    ax.set_ylim(-(len(downs) + 0.6) * step if downs else -0.03 * top, 1.08 * top)
    marks = [t for t in MaxNLocator(5, steps=[1, 2, 3, 5, 6, 10]).tick_values(0, top)
             if 0 <= t <= 1.05 * top]
    ax.set_yticks(marks + [-row * step for row in range(1, len(downs) + 1)])
    ax.set_yticklabels([f"{t:g} d" for t in marks] + list(downs))
    ax.axhline(0.0, color=style.GREY, linewidth=0.6)


def _slips_of_study(study: Study, ax: Any) -> Any:
    """Rows of quantiles of the metrics that tell slips and stand-downs, all in days."""
    units = study.metrics["units"]
    shown = [str(m) for m in study.metrics.index
             if str(m).startswith(("slip_", "stand_down.")) and units[m] == "d"]
    quantiles = study.quantiles
    shown = [m for m in shown if quantiles.loc[m].notna().any()]
    if not shown:
        return style.empty(ax, "Slips and stand-downs", "the study counts none")
    at = {q: [c for c in quantiles.columns if abs(c - q) < 1e-9] for q in
          (0.05, 0.25, 0.5, 0.75, 0.95)}
    for row, metric in enumerate(shown):
        values = {q: float(quantiles.loc[metric, c[0]]) for q, c in at.items() if c}
        for low, high, width, colour in ((0.05, 0.95, 2.0, style.SKY),
                                         (0.25, 0.75, 6.0, style.BLUE)):
            if low in values and high in values:
                ax.plot([values[low], values[high]], [row, row], color=colour,
                        linewidth=width, solid_capstyle="butt", gid=f"{low:g} {metric}")
        if 0.5 in values:
            ax.plot([values[0.5]], [row], marker="|", markersize=8, color=style.BLACK,
                    linestyle="none", markeredgewidth=1.4, gid=f"median {metric}")
        ax.plot([float(study.summary.loc[metric, "mean"])], [row], marker="o",
                markersize=3.4, color=style.ALARM, linestyle="none",
                gid=f"mean {metric}")
    style.rows_axis(ax, shown)
    low = min(0.0, float(ax.get_xlim()[0]))
    ax.set_xlim(left=low if low < 0 and quantiles.loc[shown].min().min() < 0 else 0.0)
    ax.set_xlabel("days")
    ax.grid(True, axis="x")
    style.heading(ax, "Slips and stand-downs", _keys_of_rows())
    return ax


def _keys_of_rows() -> List[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=style.SKY, linewidth=2.0, label="90 % of missions"),
        Line2D([], [], color=style.BLUE, linewidth=6.0, label="50 %"),
        Line2D([], [], color=style.BLACK, marker="|", linestyle="none", markersize=8,
               markeredgewidth=1.4, label="median"),
        Line2D([], [], color=style.ALARM, marker="o", linestyle="none", markersize=3.4,
               label="mean"),
    ]
