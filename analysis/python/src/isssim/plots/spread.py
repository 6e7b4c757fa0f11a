# SPDX-License-Identifier: GPL-3.0-or-later
"""How one metric spreads over the missions of a study."""
from __future__ import annotations

from typing import Any, List

import numpy as np

from ..studies import Study
from ..numbers import digits
from . import style
from .metrics import about


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
    units, doc, kind = about(study, metric)
    values = study.values(metric, missing=False)
    title = style.with_units(metric, units)
    if len(values) == 0:
        return style.empty(ax, title, "no mission has a value")
    if values.min() == values.max():
        return style.empty(ax, title, f"{digits(values[0])} in every mission")
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
    ax.plot([low, high], [y, y], color=style.BLUE, linewidth=3.0, gid="interval",
            solid_capstyle="butt",
            label=f"{100 * level:g} % of missions: {digits(low)} to {digits(high)}")
    middle = float(np.median(values))
    ax.plot([middle], [y], marker="|", markersize=9, markeredgewidth=1.6,
            linestyle="none", color=style.BLACK, gid="median",
            label=f"median {digits(middle)}")
    mean, lo, hi = (float(row[c]) for c in ("mean", "ci_lo", "ci_hi"))
    ax.errorbar([mean], [y], xerr=[[mean - lo], [hi - mean]], color=style.ALARM,
                marker="o", markersize=3.2, capsize=2.2, linewidth=1.0, gid="mean",
                label=f"mean {digits(mean)} ({100 * confidence:g} %: {digits(lo)} to "
                      f"{digits(hi)})")
    return list(ax.get_legend_handles_labels()[0])
