# SPDX-License-Identifier: GPL-3.0-or-later
"""How two studies differ: mission by mission, and each for itself."""
from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy as np

from ..studies import Study
from ..numbers import digits
from . import style
from .metrics import about, by_mission


def plus_minus(n: int, level: float) -> float:
    """Quantile of Student's t for a mean of n values (Cornish and Fisher's expansion;
    wrong by less than 1 % from n = 6 on at 95 %)."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    v = max(n - 1, 1)
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + g1 / v + g2 / v**2 + g3 / v**3


@dataclass(frozen=True)
class Difference:
    """The second study's mean of a metric less the first's.

    Attributes
    ----------
    metric, units : str
    first, second : float
        The two means.
    difference, lo, hi : float
        The difference and its confidence interval, from pairs if `paired`.
    lo_unpaired, hi_unpaired : float
        The interval that the two studies give when each stands for itself.
    sd : float
        Standard deviation of a mission of the first study.
    paired : bool
        Whether missions of the same number were compared: under common random numbers
        what doesn't depend on the change cancels.
    n : int
        Pairs, or missions of the smaller study.
    """

    metric: str
    units: str
    first: float
    second: float
    difference: float
    lo: float
    hi: float
    lo_unpaired: float
    hi_unpaired: float
    sd: float
    paired: bool
    n: int


def difference(first: Study, second: Study, metric: str, level: float = 0.95,
               paired: Optional[bool] = None) -> Difference:
    """How much a metric's mean differs between two studies.

    Parameters
    ----------
    first, second : Study
    metric : str
        A metric of both.
    level : float
        Confidence of the intervals (Student's t; Welch's when unpaired).
    paired : bool, optional
        Compare missions of the same number; if not given, when the seeds are the same.

    Returns
    -------
    Difference
    """
    units, _, _ = about(first, metric)
    about(second, metric)
    if paired is None:
        paired = first.seed == second.seed
    a, b = by_mission(first, metric), by_mission(second, metric)
    return _differ(metric, units, a, b, level, paired)


def _differ(metric: str, units: str, a: Any, b: Any, level: float,
            paired: bool) -> Difference:
    """`difference` of values by replication."""
    if len(a) < 2 or len(b) < 2:
        raise ValueError(f"{metric}: fewer than two missions have a value")
    mean_a, mean_b = float(a.mean()), float(b.mean())
    error = float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))
    half = plus_minus(min(len(a), len(b)), level) * error
    apart = mean_b - mean_a
    lo_u, hi_u = apart - half, apart + half
    pairs = (b - a).dropna() if paired else b[:0]
    if len(pairs) < 2:
        return Difference(metric, units, mean_a, mean_b, apart, lo_u, hi_u, lo_u, hi_u,
                          float(a.std()), False, min(len(a), len(b)))
    middle = float(pairs.mean())
    error = float(pairs.std()) / float(np.sqrt(len(pairs)))
    half = plus_minus(len(pairs), level) * error
    return Difference(metric, units, mean_a, mean_b, middle, middle - half,
                      middle + half, lo_u, hi_u, float(a.std()), True, len(pairs))


@style.chart(inches=2.4)
def comparison(first: Study, second: Study,
               metrics: Union[str, Sequence[str], None] = None, ax: Any = None,
               level: float = 0.95, paired: Optional[bool] = None,
               names: Tuple[str, str] = ("first", "second")) -> Any:
    """What differs between two studies.

    Parameters
    ----------
    first, second : Study
    metrics : str or sequence of str, optional
        One metric: the share of the missions in which it is at most so much, in both.
        Several: their differences, measured in standard deviations of a mission of the
        first study, with the numbers in their own units beside.  If not given, the ten
        that differ most clearly.
    ax : Axes, optional
        Where to draw; a new picture if not given.
    level, paired
        See `difference`.
    names : (str, str)
        What to call the two studies.

    Returns
    -------
    Axes
    """
    if isinstance(metrics, str):
        return _two_curves(first, second, metrics, ax, level, paired, names)
    if metrics is None:
        found = clearest(first, second, level, paired)
    else:
        found = [difference(first, second, m, level, paired) for m in metrics]
    title = f"{names[1]} less {names[0]}"
    if not found:
        return style.empty(ax, title, "no metric differs between the two studies")
    for row, each in enumerate(found):
        scale = each.sd if each.sd > 0 else max(abs(each.difference), 1e-300)
        ax.plot([each.lo_unpaired / scale, each.hi_unpaired / scale], [row, row],
                color=style.SKY, linewidth=4.0, solid_capstyle="butt", gid="unpaired")
        if each.paired:
            ax.plot([each.lo / scale, each.hi / scale], [row, row], color=style.BLACK,
                    linewidth=1.4, solid_capstyle="butt", gid="paired")
        ax.plot([each.difference / scale], [row], marker="o", markersize=4,
                color=style.BLUE, gid="difference")
        ax.annotate(_in_words(each), (1.0, row), xycoords=("axes fraction", "data"),
                    xytext=(4, 0), textcoords="offset points", va="center",
                    fontsize=style.SMALL, annotation_clip=False, gid="value")
    ax.axvline(0.0, color=style.GREY, linewidth=0.8)
    style.rows_axis(ax, [style.with_units(e.metric, e.units) for e in found])
    ax.set_xlabel(f"difference in standard deviations of a mission of {names[0]}; "
                  f"{100 * level:g} % confidence")
    ax.grid(True, axis="x")
    style.heading(ax, title, _keys_of_intervals(found))
    return ax


def _in_words(each: Difference) -> str:
    return (f"{each.difference:+.3g} ({digits(each.lo)} to {digits(each.hi)}); "
            f"{digits(each.first)} → {digits(each.second)}")


def _keys_of_intervals(found: Sequence[Difference]) -> List[Any]:
    from matplotlib.lines import Line2D

    keys = []
    if any(each.paired for each in found):
        n = max(each.n for each in found if each.paired)
        keys.append(Line2D([], [], color=style.BLACK, linewidth=1.4,
                           label=f"mission by mission, {n} pairs"))
    keys.append(Line2D([], [], color=style.SKY, linewidth=4.0,
                       label="each study for itself"))
    return keys


def clearest(first: Study, second: Study, level: float = 0.95,
             paired: Optional[bool] = None, most: int = 10) -> List[Difference]:
    """The metrics that differ most clearly, by difference over its standard error.

    Metrics that are the same number in every mission of each study, and what was drawn
    for uncertain numbers, are left out.
    """
    inputs = set(first.input_names)
    units = first.metrics["units"]
    there = set(second.metrics.index)
    one, other = first.replications, second.replications
    if paired is None:
        paired = first.seed == second.seed
    found: List[Tuple[float, int, Difference]] = []
    for metric in (str(m) for m in units.index if m in there and m not in inputs):
        a, b = (f[metric].astype(float).dropna() for f in (one, other))
        if len(a) < 2 or len(b) < 2 or a.var() + b.var() == 0:
            continue
        each = _differ(metric, str(units[metric]), a, b, level, paired)
        half = (each.hi - each.lo) / 2
        if half > 0 and abs(each.difference) > half:
            found.append((-abs(each.difference) / half, len(found), each))
    return [each for _, _, each in sorted(found)[:most]]


def _two_curves(first: Study, second: Study, metric: str, ax: Any, level: float,
                paired: Optional[bool], names: Tuple[str, str]) -> Any:
    units, doc, _ = about(first, metric)
    about(second, metric)
    title = style.with_units(metric, units)
    values = [
        np.sort(by_mission(study, metric).to_numpy()) for study in (first, second)
    ]
    if any(len(v) < 2 for v in values):
        return style.empty(ax, title, "fewer than two missions have a value")
    lowest, highest = min(v[0] for v in values), max(v[-1] for v in values)
    margin = 0.03 * (highest - lowest) or 0.5
    for v, name, colour, dashes in zip(values, names, (style.BLUE, style.ALARM),
                                       ("solid", (0, (5, 1.5)))):
        x = np.concatenate([[lowest - margin], v, [highest + margin]])
        y = np.concatenate([[0.0], 100.0 * np.arange(1, len(v) + 1) / len(v), [100.0]])
        ax.step(x, y, where="post", color=colour, linestyle=dashes, gid=f"curve {name}",
                label=f"{name}: mean {digits(float(v.mean()))}, "
                      f"median {digits(float(np.median(v)))}")
    each = difference(first, second, metric, level, paired)
    how = f"from {each.n} pairs" if each.paired else "unpaired"
    ax.set_xlim(lowest - margin, highest + margin)
    ax.set_ylim(0, 101)
    ax.set_ylabel("at most so much, % of missions")
    ax.set_xlabel(f"{style.sentence(doc)}\ndifference of the means "
                  f"{each.difference:+.3g} ({digits(each.lo)} to "
                  f"{digits(each.hi)}, {100 * level:g} % confidence, {how})")
    ax.grid(True)
    style.heading(ax, title, ax.get_lines()[:2])
    return ax
