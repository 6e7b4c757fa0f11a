# SPDX-License-Identifier: GPL-3.0-or-later
"""What several charts need: colours of flights, and where the forecast began."""
from __future__ import annotations

from typing import Any, List, Sequence

from . import bars, style, tables


class Fleet:
    """Flights, what they are called and which colour their type has."""

    def __init__(self, run: Any) -> None:
        vehicles = run.table("vehicles", ["name"])
        roles = tables.codes(run, "vehicles", "role")
        self.groups = style.groups_of_types([str(n) for n in vehicles["name"]], roles)
        flights = tables.rows(run, "flights")
        self.names = [str(name) for name in flights["name"]]
        self.vehicle = flights["vehicle"].to_numpy()
        seen = tables.rows(run, "port_intervals")["flight"].to_numpy()
        used = {self.group(f) for f in seen}
        planned = {(self.groups[v], roles[v]) for v in self.vehicle if v >= 0}
        self.colours = style.colours_of_groups(sorted(planned), sorted(used))

    def group(self, flight: int) -> str:
        """The group of types that a flight's vehicle belongs to."""
        return self.groups[self.vehicle[flight]]

    def colour(self, flight: int) -> str:
        """The colour of a flight; pale grey for none."""
        return self.colours[self.group(flight)] if flight >= 0 else style.PALE

    def keys(self, flights: Sequence[int]) -> List[Any]:
        """A legend for what is drawn: crew first, in the order of the colours."""
        drawn = {self.group(f) for f in flights if f >= 0}
        return [bars.key(c, g) for g, c in self.colours.items() if g in drawn]


def mark_forecast(ax: Any, run: Any, start: float, end: float) -> None:
    """A line where the model took over from the record."""
    at = tables.forecast_begins(run)
    if at is not None and start + 0.02 * (end - start) < at < end:
        ax.axvline(at, color=style.BLACK, linewidth=0.8, linestyle=(0, (2, 2)),
                   gid="forecast")
        ax.annotate("forecast", (at, 1.0), xycoords=("data", "axes fraction"),
                    xytext=(2, -1), textcoords="offset points", va="top",
                    fontsize=style.SMALL, color="#444444",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4})
