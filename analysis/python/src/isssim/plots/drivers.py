# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the numbers that aren't known a metric depends on."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Union

import numpy as np

from ..errors import no_such
from ..studies import Study
from ..sweeps import Sweep
from ..numbers import digits
from . import style
from .metrics import about, by_mission


@dataclass(frozen=True)
class Effect:
    """What an uncertain number does to a metric.

    Attributes
    ----------
    name : str
        Path of the setting.
    low, high : float
        Mean of the metric where the number is low, and where it is high.
    error : float
        Standard error of high - low.
    low_input, high_input : float
        The quantiles of the number beyond which it counts as low or high.
    """

    name: str
    low: float
    high: float
    error: float
    low_input: float
    high_input: float


def effects(study: Study, metric: str, tail: float = 0.2) -> List[Effect]:
    """What each uncertain number of a study does to a metric, the strongest first.

    Parameters
    ----------
    study : Study
    metric : str
        One of `study.metrics`.
    tail : float
        The missions in which a number is below its quantile `tail` are compared with
        those in which it is above the quantile 1 - `tail`.

    Returns
    -------
    list of Effect
        Of numbers that were drawn differently at all.
    """
    if not 0 < tail <= 0.5:
        raise ValueError(f"tail is above 0 and at most 0.5, not {tail!r}")
    about(study, metric)
    inputs = study.inputs
    y = by_mission(study, metric)
    result = []
    for name in inputs.columns:
        x = inputs[name].astype(float).reindex(y.index)
        if len(x) < 4 or x.min() == x.max():
            continue
        low_input, high_input = np.quantile(x, [tail, 1 - tail])
        low, high = y[x <= low_input], y[x >= high_input]
        if len(low) < 2 or len(high) < 2:
            continue
        error = np.sqrt(low.var() / len(low) + high.var() / len(high))
        result.append(Effect(str(name), float(low.mean()), float(high.mean()),
                             float(error), float(low_input), float(high_input)))
    return sorted(result, key=lambda e: -abs(e.high - e.low))


@style.chart(inches=2.6)
def tornado(result: Union[Study, Sweep], metric: str, ax: Any = None, most: int = 12,
            tail: float = 0.2) -> Any:
    """Which of the numbers that aren't known a metric depends on.

    Parameters
    ----------
    result : Study or Sweep
        Of a study, missions in which an uncertain number is low are compared with those
        in which it is high (`effects`); of a sweep, its sensitivity indices are drawn.
    metric : str
    ax : Axes, optional
        Where to draw; a new picture if not given.
    most : int
        So many numbers at most, the strongest first.
    tail : float
        See `effects`.

    Returns
    -------
    Axes
        A bar a number, from the mean where it is low to the mean where it is high; pale
        where the difference is below two standard errors and may be chance.
    """
    if isinstance(result, Sweep):
        return _indices(result, metric, ax, most)
    units, doc, _ = about(result, metric)
    title = f"What {metric} depends on"
    if not result.input_names:
        return style.empty(ax, title, "nothing in the scenario is uncertain")
    found = effects(result, metric, tail)[:most]
    if not found:
        return style.empty(ax, title, "too few missions, or no value in them")
    centre = float(result.summary.loc[metric, "mean"])
    for row, each in enumerate(found):
        sure = abs(each.high - each.low) >= 2 * each.error
        for end, colour, side in ((each.low, style.SKY, "low"),
                                  (each.high, style.BLUE, "high")):
            ax.barh([row], [end - centre], left=centre, height=0.62, color=colour,
                    alpha=1.0 if sure else 0.25, gid=f"{side} {each.name}")
        ax.annotate(f"{digits(each.low_input)} → {digits(each.high_input)}: "
                    f"{each.high - each.low:+.3g} ± {2 * each.error:.2g}",
                    (1.0, row), xycoords=("axes fraction", "data"), xytext=(4, 0),
                    textcoords="offset points", va="center", fontsize=style.SMALL,
                    color=style.BLACK if sure else style.GREY, annotation_clip=False,
                    gid="value")
    ax.axvline(centre, color=style.BLACK, linewidth=0.8)
    style.rows_axis(ax, [each.name for each in found])
    ax.set_xlabel(f"{style.sentence(doc)}{'' if units == '1' else ', ' + units}\n"
                  f"mean where the number is among its lowest or highest "
                  f"{100 * tail:g} %; pale: may be chance")
    ax.grid(True, axis="x")
    style.heading(ax, title, _low_and_high())
    return ax


def _low_and_high() -> List[Any]:
    from matplotlib.patches import Patch

    return [Patch(facecolor=style.SKY, label="number low"),
            Patch(facecolor=style.BLUE, label="number high")]


_FACTOR = ("factor", "path", "input", "name")


def _indices(sweep: Sweep, metric: str, ax: Any, most: int) -> Any:
    """Sensitivity indices: total as a bar, first order in it, with their intervals."""
    title = f"What {metric} depends on"
    if "sensitivity" not in sweep.tables:
        return style.empty(ax, title, "the sweep has no sensitivity indices")
    table = sweep.sensitivity
    if "metric" in table.columns:
        there = [str(m) for m in table["metric"].unique()]
        if metric not in there:
            raise no_such("metric", metric, there)
        table = table[table["metric"].astype(str) == metric]
    factor = next((c for c in _FACTOR if c in table.columns), None)
    kinds = [k for k in ("ST", "S1", "mu_star") if k in table.columns]
    if factor is None or not kinds or len(table) == 0:
        return style.empty(ax, title, "the sweep has no sensitivity indices")
    table = table.sort_values(kinds[0], ascending=False).head(most)
    names = {"ST": "with interactions (ST)", "S1": "alone (S1)",
             "mu_star": "mean elementary effect (mu*)"}
    drawn = [k for k in kinds if k != "mu_star"] or kinds
    rows = np.arange(len(table))
    for index, kind in enumerate(drawn):
        values = table[kind].to_numpy(dtype=float)
        ax.barh(rows, values, height=0.62 if index == 0 else 0.3, label=names[kind],
                color=(style.SKY, style.BLUE)[index], gid=kind)
        if {f"{kind}_lo", f"{kind}_hi"} <= set(table.columns):
            low = table[f"{kind}_lo"].to_numpy(dtype=float)
            high = table[f"{kind}_hi"].to_numpy(dtype=float)
            spread = np.abs(np.stack([values - low, high - values]))
            ax.errorbar(values, rows, xerr=spread, fmt="none", ecolor=style.BLACK,
                        elinewidth=0.7, capsize=1.5)
    style.rows_axis(ax, [str(f) for f in table[factor]])
    of_variance = drawn[0] != "mu_star"
    ax.set_xlabel("share of the variance" if of_variance else names["mu_star"])
    ax.grid(True, axis="x")
    style.heading(ax, title, ax.get_legend_handles_labels()[0])
    return ax
