# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of studies: how a metric spreads, how two studies differ, what drives it."""
from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy as np

from ..errors import no_such
from ..studies import Study
from ..sweeps import Sweep
from . import style


def _metric(study: Study, name: str) -> Tuple[str, str, str]:
    """Units, meaning and kind of a metric; LookupError when there is none such."""
    about = study.metrics
    if name not in about.index:
        raise no_such("metric", name, [str(m) for m in about.index])
    row = about.loc[name]
    return str(row["units"]), str(row["doc"]), str(row["kind"])


def _plus_minus(n: int, level: float) -> float:
    """Quantile of Student's t for a mean of n values (Cornish and Fisher's expansion;
    wrong by less than 1 % from n = 6 on at 95 %)."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    v = max(n - 1, 1)
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + g1 / v + g2 / v**2 + g3 / v**3


# ---- one metric ------------------------------------------------------------------------


@style.chart(inches=2.2)
def distribution(study: Study, metric: str, ax: Any = None, level: float = 0.9) -> Any:
    """How one metric spreads over the missions of a study.

    Parameters
    ----------
    study : Study
    metric : str
        One of `study.metrics`.
    ax : Axes, optional
        Where to draw; a new picture if not given.
    level : float
        Share of the missions between the two marks under the bars.

    Returns
    -------
    Axes
        Missions by value in per cent, the mean with its confidence interval (the
        study's `confidence`), the median, and the interval that holds `level`.
    """
    units, doc, kind = _metric(study, metric)
    values = study.values(metric, missing=False)
    title = style.with_units(metric, units)
    if len(values) == 0:
        return style.empty(ax, title, "no mission has a value")
    if values.min() == values.max():
        return style.empty(ax, title, f"{style.number(values[0])} in every mission")
    edges = _edges(values, kind)
    share, _ = np.histogram(values, bins=edges)
    share = 100.0 * share / len(values)
    gap = 0.12 if kind != "real" else 0.0
    widths = np.diff(edges)
    ax.bar(edges[:-1] + gap / 2 * widths, share, widths * (1 - gap), align="edge",
           color=style.SKY, alpha=0.75, edgecolor="white", linewidth=0.3)
    top = float(share.max())
    handles = _marks(ax, study, metric, values, level, top)
    ax.set_ylim(-0.2 * top, 1.08 * top)
    ax.set_yticks([t for t in ax.get_yticks() if 0 <= t <= 1.05 * top])
    ax.set_ylabel("missions, %")
    ax.set_xlabel(style.sentence(doc))
    if kind == "yes_no":
        ax.set_xticks([0, 1])
        ax.set_xticklabels(["no", "yes"])
    elif kind == "count":
        from matplotlib.ticker import MaxNLocator

        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(True, axis="y")
    missing = len(study.values(metric)) - len(values)
    if missing:
        title += f" ({missing} of {missing + len(values)} missions have none)"
    style.heading(ax, title, handles)
    return ax


def _edges(values: Any, kind: str) -> Any:
    """Edges of classes: one a whole number while they are few, else 30 or so."""
    low, high = float(values.min()), float(values.max())
    if kind != "real":
        width = max(1, -(-int(high - low + 1) // 40))
        return np.arange(low - 0.5, high + width + 0.49, width)
    return np.linspace(low, high, min(40, max(10, int(2 * np.sqrt(len(values))))) + 1)


def _marks(ax: Any, study: Study, metric: str, values: Any, level: float,
           top: float) -> List[Any]:
    """Under the bars: the interval, the median, the mean and how well it is known."""
    row = study.summary.loc[metric]
    confidence = float(study.attrs.get("confidence", 0.95))
    low, high = study.interval(metric, level)
    y = -0.1 * top
    number = style.number
    ax.plot([low, high], [y, y], color=style.BLUE, linewidth=3.0, gid="interval",
            solid_capstyle="butt",
            label=f"{100 * level:g} % of missions: {number(low)} to {number(high)}")
    middle = float(np.median(values))
    ax.plot([middle], [y], marker="|", markersize=9, markeredgewidth=1.6,
            linestyle="none", color=style.BLACK, gid="median",
            label=f"median {number(middle)}")
    mean, lo, hi = (float(row[c]) for c in ("mean", "ci_lo", "ci_hi"))
    ax.errorbar([mean], [y], xerr=[[mean - lo], [hi - mean]], color=style.ALARM,
                marker="o", markersize=3.2, capsize=2.2, linewidth=1.0, gid="mean",
                label=f"mean {number(mean)} ({100 * confidence:g} %: {number(lo)} to "
                      f"{number(hi)})")
    return list(ax.get_legend_handles_labels()[0])


# ---- two studies -----------------------------------------------------------------------


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
    units, _, _ = _metric(first, metric)
    _metric(second, metric)
    if paired is None:
        paired = first.seed == second.seed
    return _differ(metric, units, _values(first, metric), _values(second, metric), level,
                   paired)


def _differ(metric: str, units: str, a: Any, b: Any, level: float,
            paired: bool) -> Difference:
    """`difference` of values by replication."""
    if len(a) < 2 or len(b) < 2:
        raise ValueError(f"{metric}: fewer than two missions have a value")
    mean_a, mean_b = float(a.mean()), float(b.mean())
    error = float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))
    half = _plus_minus(min(len(a), len(b)), level) * error
    apart = mean_b - mean_a
    lo_u, hi_u = apart - half, apart + half
    pairs = (b - a).dropna() if paired else b[:0]
    if len(pairs) < 2:
        return Difference(metric, units, mean_a, mean_b, apart, lo_u, hi_u, lo_u, hi_u,
                          float(a.std()), False, min(len(a), len(b)))
    middle = float(pairs.mean())
    half = _plus_minus(len(pairs), level) * float(pairs.std()) / float(np.sqrt(len(pairs)))
    return Difference(metric, units, mean_a, mean_b, middle, middle - half,
                      middle + half, lo_u, hi_u, float(a.std()), True, len(pairs))


def _values(study: Study, metric: str) -> Any:
    """A metric by replication, those without a value left out."""
    table = study.table("replications", ["replication", metric])
    return table.set_index("replication")[metric].astype(float).dropna()


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
    number = style.number
    return (f"{each.difference:+.3g} ({number(each.lo)} to {number(each.hi)}); "
            f"{number(each.first)} → {number(each.second)}")


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
    units, doc, _ = _metric(first, metric)
    _metric(second, metric)
    title = style.with_units(metric, units)
    values = [np.sort(_values(study, metric).to_numpy()) for study in (first, second)]
    if any(len(v) < 2 for v in values):
        return style.empty(ax, title, "fewer than two missions have a value")
    lowest, highest = min(v[0] for v in values), max(v[-1] for v in values)
    margin = 0.03 * (highest - lowest) or 0.5
    for v, name, colour, dashes in zip(values, names, (style.BLUE, style.ALARM),
                                       ("solid", (0, (5, 1.5)))):
        x = np.concatenate([[lowest - margin], v, [highest + margin]])
        y = np.concatenate([[0.0], 100.0 * np.arange(1, len(v) + 1) / len(v), [100.0]])
        ax.step(x, y, where="post", color=colour, linestyle=dashes, gid=f"curve {name}",
                label=f"{name}: mean {style.number(float(v.mean()))}, "
                      f"median {style.number(float(np.median(v)))}")
    each = difference(first, second, metric, level, paired)
    how = f"from {each.n} pairs" if each.paired else "unpaired"
    ax.set_xlim(lowest - margin, highest + margin)
    ax.set_ylim(0, 101)
    ax.set_ylabel("at most so much, % of missions")
    ax.set_xlabel(f"{style.sentence(doc)}\ndifference of the means {each.difference:+.3g} "
                  f"({style.number(each.lo)} to {style.number(each.hi)}, "
                  f"{100 * level:g} % confidence, {how})")
    ax.grid(True)
    style.heading(ax, title, ax.get_lines()[:2])
    return ax


# ---- what drives a metric -----------------------------------------------------------------


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
    _metric(study, metric)
    inputs = study.inputs
    y = _values(study, metric)
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
    units, doc, _ = _metric(result, metric)
    title = f"What {metric} depends on"
    if not result.input_names:
        return style.empty(ax, title, "nothing in the scenario is uncertain")
    found = effects(result, metric, tail)[:most]
    if not found:
        return style.empty(ax, title, "too few missions, or no value in them")
    centre = float(result.summary.loc[metric, "mean"])
    number = style.number
    for row, each in enumerate(found):
        sure = abs(each.high - each.low) >= 2 * each.error
        for end, colour, side in ((each.low, style.SKY, "low"),
                                  (each.high, style.BLUE, "high")):
            ax.barh([row], [end - centre], left=centre, height=0.62, color=colour,
                    alpha=1.0 if sure else 0.25, gid=f"{side} {each.name}")
        ax.annotate(f"{number(each.low_input)} → {number(each.high_input)}: "
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
            spread = np.abs(np.stack([values - table[f"{kind}_lo"].to_numpy(dtype=float),
                                      table[f"{kind}_hi"].to_numpy(dtype=float) - values]))
            ax.errorbar(values, rows, xerr=spread, fmt="none", ecolor=style.BLACK,
                        elinewidth=0.7, capsize=1.5)
    style.rows_axis(ax, [str(f) for f in table[factor]])
    ax.set_xlabel("share of the variance" if drawn[0] != "mu_star" else names["mu_star"])
    ax.grid(True, axis="x")
    style.heading(ax, title, ax.get_legend_handles_labels()[0])
    return ax
