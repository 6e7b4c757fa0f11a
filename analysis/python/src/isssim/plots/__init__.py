# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of runs and studies, drawn with matplotlib in one look.

Each function draws one chart into the Axes `ax` that it is given, or into a new
picture, with `title` in place of its own if that is given, and returns the Axes:

    import isssim, isssim.plots
    run = isssim.run("scenarios/soyuz_leak.cfg")
    ax = isssim.plots.crew(run)
    ax.figure.savefig("crew.png", dpi=150)

Of a run: `ports`, `crew`, `crew_aboard`, `stocks`, `failures`, `slips`.  Of a study:
`fans`, `stocks`, `crew_aboard`, `distribution`, `comparison`, `tornado`, `slips`.  The
numbers behind them: `course`, `stand_downs`, `difference`, `clearest`, `effects`.

`main` is `python3 -m isssim plot FILE CHART...`: several charts below one another.
"""
from __future__ import annotations

from ..errors import need

need("matplotlib", "pictures")

from .at_ports import ports  # noqa: E402
from .command import main  # noqa: E402
from .differences import Difference, clearest, comparison, difference  # noqa: E402
from .drivers import Effect, effects, tornado  # noqa: E402
from .headcount import crew_aboard  # noqa: E402
from .spread import distribution  # noqa: E402
from .stays import crew  # noqa: E402
from .stocks import course, fans, stocks  # noqa: E402
from .trouble import failures, slips, stand_downs  # noqa: E402

__all__ = [
    "Difference",
    "Effect",
    "clearest",
    "comparison",
    "course",
    "crew",
    "crew_aboard",
    "difference",
    "distribution",
    "effects",
    "failures",
    "fans",
    "main",
    "ports",
    "slips",
    "stand_downs",
    "stocks",
    "tornado",
]
