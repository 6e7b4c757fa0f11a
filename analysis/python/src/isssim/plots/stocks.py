# SPDX-License-Identifier: GPL-3.0-or-later
"""What the station lives on over time, and how the missions of a study spread."""
from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from ..errors import no_such
from ..runs import Run
from . import style, tables


OF_STOCKS = ("reserve_", "filled_", "stock_")


@style.chart(inches=2.0)
def stocks(result: Any, resource: Optional[str] = None, ax: Any = None,
           start: Any = None, end: Any = None, run: Optional[Run] = None) -> Any:
    """Stocks over time, with the levels at which something is done.

    Parameters
    ----------
    result : Run or Study
        Of a study the spread of its missions is drawn, as in `fans`.
    resource : str, optional
        Key or name of one resource; else all that have thresholds or, if none has,
        whose reserve counts in days (of a study the first that has a series).
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the result's.
    run : Run, optional
        One mission, to be drawn over the spread.

    Returns
    -------
    Axes
        Reserves in days of nominal use, or stocks in kg where they don't count so.
    """
    if isinstance(result, Run):
        return _stocks_of_run(result, resource, ax, start, end)
    known = [str(s) for s in result.fans["series"].values]
    of_stocks = [s for s in known if s.startswith(OF_STOCKS)]
    if not of_stocks and resource is None:
        return style.empty(ax, "Stocks", "the study has no series of stocks")
    if resource is None:
        series = of_stocks[0]
    else:
        found = [s for s in of_stocks if s.split("_", 1)[1] == resource]
        if not found:
            raise no_such("resource with a series", resource,
                          [s.split("_", 1)[1] for s in of_stocks])
        series = found[0]
    return fans(result, series, ax=ax, start=start, end=end, run=run)


def resources_with_levels(run: Run) -> List[str]:
    """Keys of the resources that a chart of their own is worth: those with thresholds,
    else those that count in days, else all."""
    if "resources" not in run.tables:
        return []
    keys = [str(k) for k in run.table("resources", ["id"])["id"]]
    thresholds = tables.rows(run, "thresholds")
    if len(thresholds):
        wanted = sorted({int(r) for r in thresholds["resource"]})
    else:
        nominal = tables.rows(run, "resources")["nominal_use"].to_numpy()
        every = range(len(keys))
        wanted = [i for i in every if nominal[i] > 0] or list(every)
    return [keys[i] for i in wanted]


def _stocks_of_run(run: Run, resource: Optional[str], ax: Any, start: Any,
                   end: Any) -> Any:
    first, last = tables.window(run, start, end)
    style.time_axis(ax, first, last)
    table = tables.rows(run, "resources")
    if len(table) == 0 and resource is None:
        return style.empty(ax, "Stocks", "the scenario counts no stocks")
    keys = [str(k) for k in table["id"]]
    full = [str(n) for n in table["name"]]
    chosen = [keys.index(k) for k in resources_with_levels(run)]
    chosen = [i for i in chosen if table["nominal_use"][i] > 0]
    if resource is not None:
        if resource not in keys + full:
            raise no_such("resource", resource, dict.fromkeys(keys + full))
        chosen = [keys.index(resource) if resource in keys else full.index(resource)]
    if not chosen:
        return style.empty(ax, "Stocks", "no stock counts in days; name a resource")
    in_days = bool(table["nominal_use"][chosen[0]] > 0)
    lines = []
    for place, which in enumerate(chosen):
        times, values = course(run, keys[which], in_days)
        lines.append((times, values, full[which],
                      style.LINES[place % len(style.LINES)]))
    for times, values, name, colour in lines:
        ax.plot(times, values, color=colour, label=name, gid="stock", linewidth=1.1)
    top = max((np.nanmax(v[(t >= first) & (t <= last)], initial=0.0)
               for t, v, _, _ in lines), default=0.0)
    if len(chosen) == 1:
        top = max(top, _thresholds(ax, _levels_of_run(run, chosen[0])))
        ax.fill_between(lines[0][0], lines[0][1], color=lines[0][3], alpha=0.15,
                        linewidth=0)
    tops = [float(np.nanmax(v, initial=0.0)) for _, v, _, _ in lines]
    if max(tops) > 8 * max(min(tops), 1e-9):
        _many_sizes(ax, top)
    else:
        ax.set_ylim(0, 1.08 * top if top > 0 else 1.0)
    style.level_names(ax)
    ax.set_ylabel("days of nominal use" if in_days else "kg")
    ax.grid(True, axis="y")
    title = f"Stock of {full[chosen[0]]}" if len(chosen) == 1 else "Stocks"
    style.heading(ax, title, ax.get_lines() if len(chosen) > 1 else ())
    return ax


def _many_sizes(ax: Any, top: float) -> None:
    """A logarithmic axis from a day up, its marks written out."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    ax.set_yscale("log")
    ax.set_ylim(1.0, 1.5 * top)
    ax.yaxis.set_major_locator(
        FixedLocator([m * 10.0**k for k in range(7) for m in (1, 3)]))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def course(run: Run, resource: str, in_days: bool = True) -> Tuple[Any, Any]:
    """A stock over time: moments in days, its reserve in days or its mass in kg.

    A stock that jumps has two values at one moment, so that a line through them shows
    the jump.
    """
    levels = tables.rows(run, "levels")
    keys = [str(k) for k in run.table("resources", ["id"])["id"]]
    which = keys.index(resource)
    mine = levels[levels["resource"] == which]
    times = tables.days(mine["time"])
    stock = mine["stock"].to_numpy()
    slope = mine["made"].to_numpy() - mine["used"].to_numpy()
    if len(times) == 0:
        return np.array([]), np.array([])
    nominal = float(tables.rows(run, "resources")["nominal_use"][which])
    until = np.append(times[1:], max(tables.days(run.end), times[-1]))
    after = np.maximum(stock + slope * (until - times), 0.0)
    t = np.column_stack([times, until]).ravel()
    v = np.column_stack([stock, after]).ravel()
    return t, v / nominal if in_days else v


def _levels_of_run(run: Run, resource: int) -> Dict[float, str]:
    thresholds = tables.rows(run, "thresholds")
    if len(thresholds) == 0:
        return {}
    actions = tables.codes(run, "thresholds", "action")
    return {
        float(days): actions[i]
        for i, (days, of) in enumerate(zip(thresholds["days"], thresholds["resource"]))
        if of == resource
    }


def _levels_of_study(study: Any, resource: str) -> Dict[float, str]:
    """Thresholds of a resource, from the names of the metrics that count them."""
    result = {}
    prefix = f"below.{resource}_"
    for name in study.metrics.index:
        if str(name).startswith(prefix) and str(name).endswith("_d"):
            middle = str(name)[len(prefix):-2]
            try:
                result[float(middle)] = ""
            except ValueError:
                continue  # another resource, whose key begins alike
    return result


_DOES = {"note": "low", "ration": "rations", "return": "people return",
         "leave": "the station is left", "swap": "cargo is swapped"}


def _thresholds(ax: Any, levels: Dict[float, str]) -> float:
    """Broken lines, each with what is done then; returns the highest."""
    for days, action in levels.items():
        does = _DOES.get(action, action)
        text = f"{days:g} d" + (f": {does}" if does else "")
        style.level(ax, days, text, style.ALARM, "threshold")
    return max(levels, default=0.0)


# ---- studies -------------------------------------------------------------------------

_NAMES = {"crew": "People aboard", "unsafe": "People without a safe seat"}


@style.chart(inches=2.0)
def fans(study: Any, series: Optional[str] = None, ax: Any = None, start: Any = None,
         end: Any = None, run: Optional[Run] = None) -> Any:
    """How the missions of a study spread over time.

    Parameters
    ----------
    study : Study
    series : str, optional
        Which of `study.fans`; the first if not given.
    ax : Axes, optional
        Where to draw; a new picture if not given.
    start, end : date, optional
        Another span than the study's.
    run : Run, optional
        One mission, to be drawn over the spread: people aboard, or its stock.

    Returns
    -------
    Axes
        Bands between pairs of quantiles, the median, the mean, and thresholds.
    """
    fan = study.fans
    known = [str(s) for s in fan["series"].values]
    if not known:
        return style.empty(ax, "Series over time", "the study has no series")
    if series is None:
        series = known[0]
    if series not in known:
        raise no_such("series", series, known)
    first, last = tables.window(study, start, end)
    if not np.isfinite(fan["mean"].sel(series=series).values).any():
        return style.empty(ax, _title(series), "no mission ended well")
    values = fan["value"].sel(series=series).values  # (time, quantile)
    mean = fan["mean"].sel(series=series).values
    if series.startswith(OF_STOCKS):
        # Before the forecast begins nothing is counted, and the series stands at 0.
        counted = np.logical_or.accumulate((values > 0).any(axis=1))
        values = np.where(counted[:, None], values, np.nan)
        mean = np.where(counted, mean, np.nan)
    quantiles = [float(q) for q in fan["quantile"].values]
    times = tables.days(fan["time"].values)
    units = str(fan["units"].sel(series=series).values)
    step = "mid" if units == "1" else None
    handles = _bands(ax, times, values, quantiles, step)
    ax.plot(times, mean, color=style.BLACK, linewidth=0.9, linestyle=(0, (1, 1.2)),
            label="mean", gid="mean")
    handles.append(ax.get_lines()[-1])
    style.time_axis(ax, first, last)
    inner = values[:, _at(quantiles, 0.99, len(quantiles) - 1)]
    top = float(np.nanmax(inner, initial=0.0))
    kind, _, resource = series.partition("_")
    most = _counted_up_to(str(fan["doc"].sel(series=series).values))
    if kind == "reserve":
        levels = _levels_of_study(study, resource)
        top = max(top, _thresholds(ax, {d: a for d, a in levels.items() if d < most}))
    if run is not None:
        line = _one_mission(ax, run, series)
        if line is not None:
            handles.append(line)
            top = max(top, float(np.nanmax(line.get_ydata(), initial=0.0)))
    lowest = values[:, _at(quantiles, 0.01, 0)]
    low = min(float(lowest.min()), float(mean.min())) if series == "altitude" else 0.0
    if low > 0 and lowest.min() > 0:  # from 0, a reboost would not be seen
        ax.set_ylim(low - 10, top + 10)
    else:
        ax.set_ylim(0, 1.08 * top if top > 0 else 1.0)
    style.level_names(ax)
    ax.grid(True, axis="y")
    ax.set_ylabel("" if units == "1" else units)
    if kind == "reserve":
        more = f"\n(more as {most:g})" if np.nanmax(values, initial=0.0) >= most else ""
        ax.set_ylabel(f"days of nominal use{more}")
    style.heading(ax, _title(series), handles)
    return ax


def _title(series: str) -> str:
    """What a series is of, as a heading."""
    kind, _, resource = series.partition("_")
    title = _NAMES.get(series, {
        "reserve": f"Stock of {_words(resource)}",
        "filled": f"{_words(resource)}, filled",
    }.get(kind, _words(series)))
    return title[:1].upper() + title[1:]


def _counted_up_to(doc: str) -> float:
    """Values of some series are cut off: "more than 730 count as 730"."""
    found = re.search(r"more than ([\d.]+) count as", doc)
    return float(found.group(1)) if found else np.inf


def _words(name: str) -> str:
    return name.replace("_", " ")


def _at(quantiles: List[float], wanted: float, otherwise: int) -> int:
    close = [i for i, q in enumerate(quantiles) if abs(q - wanted) < 1e-9]
    return close[0] if close else otherwise


def _bands(ax: Any, times: Any, values: Any, quantiles: List[float],
           step: Optional[str]) -> List[Any]:
    """Bands between quantiles that mirror each other, at most three, and the median."""
    pairs = [
        (i, _at(quantiles, 1 - q, -1), q) for i, q in enumerate(quantiles)
        if q < 0.5 and _at(quantiles, 1 - q, -1) >= 0
    ]
    wanted = [p for p in pairs if p[2] in (0.05, 0.25)] or pairs[:3]
    handles: List[Any] = []
    for depth, (low, high, q) in enumerate(wanted):
        alpha = (0.22, 0.38, 0.5)[depth]
        handles.append(ax.fill_between(
            times, values[:, low], values[:, high], step=step, color=style.BLUE,
            alpha=alpha, linewidth=0, gid=f"band {q:g}",
            label=f"{100 - 200 * q:.0f} % of missions"))
    middle = _at(quantiles, 0.5, -1)
    if middle >= 0:
        draw = {"drawstyle": "steps-mid"} if step else {}
        ax.plot(times, values[:, middle], color=style.BLUE, label="median",
                gid="median", **draw)
        handles.append(ax.get_lines()[-1])
    return handles


def _one_mission(ax: Any, run: Run, series: str) -> Any:
    """The course of one mission in the unit of the series; None when it has none."""
    kind, _, resource = series.partition("_")
    label = f"mission {run.replication}"
    if series in ("crew", "unsafe"):
        state = run.table("state", ["time", series], names=False)
        ax.step(tables.days(state["time"]), state[series], where="post",
                color=style.ALARM, linewidth=0.9, label=label, gid="mission")
    elif kind == "reserve" and resource in list(run.table("resources", ["id"])["id"]):
        ax.plot(*course(run, resource), color=style.ALARM, linewidth=0.9, label=label,
                gid="mission")
    else:
        return None
    return ax.get_lines()[-1]
