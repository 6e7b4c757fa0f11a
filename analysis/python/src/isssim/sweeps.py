# SPDX-License-Identifier: GPL-3.0-or-later
"""A design of several points, each a study: what differs, and what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .results import Result

if TYPE_CHECKING:
    import pandas as pd


class Sweep(Result):
    """Points of a design, from a sweep, a comparison or a sensitivity analysis.

    Which of the tables are there depends on what was asked for; `tables` tells.
    """

    @property
    def design(self) -> "pd.DataFrame":
        """The points: indexed by point, a column a factor, in the factor's units."""
        return self.table("design").set_index("point")

    @property
    def factors(self) -> "pd.DataFrame":
        """The factors: path of the setting, distribution, units."""
        return self.table("factors")

    @property
    def points(self) -> "pd.DataFrame":
        """All replications: point, replication, and a column a metric."""
        return self.table("points")

    @property
    def point_summary(self) -> "pd.DataFrame":
        """The metrics at each point, summed up."""
        return self.table("point_summary")

    @property
    def comparison(self) -> "pd.DataFrame":
        """Differences between points: difference, its interval, p_better."""
        return self.table("comparison")

    @property
    def sensitivity(self) -> "pd.DataFrame":
        """What each factor does to each metric: S1, ST, mu_star, with intervals."""
        return self.table("sensitivity")
