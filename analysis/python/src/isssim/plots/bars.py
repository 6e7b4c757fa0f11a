# SPDX-License-Identifier: GPL-3.0-or-later
"""Bars over time with labels that never overlap.

Whether a label fits depends on the size of the picture, which is known when it is
drawn, not when it is composed: `BarLabel` therefore chooses its text then, the longest
of its candidates that has room in the bar, else beside it, else none.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Sequence, Tuple

from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from . import style


@dataclass
class Bar:
    """One bar of a chart.

    Attributes
    ----------
    row : int
        Row, from 0 at the top.
    start, end : float
        Matplotlib's days.
    colour : str
        Its fill.
    labels : sequence of str
        What may stand in it, the longest first.
    unsafe : bool
        Hatched in vermilion.
    improvised : bool
        Hatched in white: an improvised place in a sound vehicle.
    beside : bool
        Whether a label that doesn't fit may stand right of it.
    """

    row: int
    start: float
    end: float
    colour: str
    labels: Sequence[str] = ()
    unsafe: bool = False
    improvised: bool = False
    beside: bool = True
    height: float = 0.72
    gid: str = "bar"


class BarLabel(Text):  # type: ignore[misc]
    """A text that stands in a bar, or right of it before the next one, or nowhere.

    Attributes
    ----------
    candidates : tuple of str
        The longest first.
    inside, outside : tuple of float
        From where to where there is room, in data coordinates; `outside` may be empty.
    """

    def __init__(
        self,
        y: float,
        candidates: Iterable[str],
        inside: Tuple[float, float],
        outside: Tuple[float, float],
        colour_inside: str,
        **options: Any,
    ) -> None:
        self.candidates = tuple(c for c in candidates if c)
        self.inside = inside
        self.outside = outside
        self.colour_inside = colour_inside
        super().__init__(inside[0], y, self.candidates[0] if self.candidates else "",
                         va="center_baseline", ha="left", fontsize=style.SMALL,
                         clip_on=True, **options)

    def _pixels(self, x: float) -> float:
        return float(self.axes.transData.transform((x, 0.0))[0])

    def place(self, renderer: Any) -> None:
        """Choose text and position for the present size of the picture."""
        box = self.axes.get_window_extent(renderer)
        gap = 0.25 * self.get_fontsize() * renderer.points_to_pixels(1.0)
        rooms = (
            (self.inside, self.colour_inside, True),
            (self.outside, style.BLACK, False),
        )
        for (start, end), colour, is_inside in rooms:
            left = max(self._pixels(start), box.x0) + gap
            right = min(self._pixels(end), box.x1) - gap
            for text in self.candidates:
                self.set_text(text)
                width = renderer.get_text_width_height_descent(
                    text, self.get_fontproperties(), False)[0]
                if width <= right - left:
                    at = left if is_inside else left - 0.5 * gap
                    x = self.axes.transData.inverted().transform((at, 0.0))[0]
                    self.set_x(x)
                    self.set_color(colour)
                    return
        self.set_text("")

    def draw(self, renderer: Any) -> None:
        """Place it, then draw it."""
        if renderer is not None and self.axes is not None:
            self.place(renderer)
        super().draw(renderer)

    def get_window_extent(self, renderer: Any = None, dpi: Any = None) -> Any:
        """It never takes more room than its bar, so it takes none from the layout."""
        if self.get_text() == "" or self.axes is None:
            from matplotlib.transforms import Bbox

            return Bbox.null()
        return super().get_window_extent(renderer, dpi)


def draw(ax: Any, bars: Sequence[Bar], end: float, font: float = style.SMALL) -> None:
    """Draw bars, and their labels where they fit.

    Parameters
    ----------
    ax : Axes
    bars : sequence of Bar
        In any order; those of a row that overlap are drawn in the order given.
    end : float
        End of the chart, up to which labels may reach.
    font : float
        Size of the labels in points.
    """
    by_row: List[Bar] = sorted(bars, key=lambda b: (b.row, b.start))
    for index, bar in enumerate(by_row):
        following = next((b.start for b in by_row[index + 1:] if b.row == bar.row), end)
        _draw_one(ax, bar, following, font)


def _draw_one(ax: Any, bar: Bar, following: float, font: float) -> None:
    face, edge, hatch = bar.colour, "white", None
    if bar.unsafe:
        face, edge, hatch = "#FBE6DA", style.ALARM, "//////"
    elif bar.improvised:
        hatch = "....."
    half = bar.height / 2
    width = bar.end - bar.start
    low, high = ax.get_xlim()
    if width < 0.01 * (high - low) and not bar.unsafe:
        edge = face  # a white edge would hide it
    ax.add_patch(Rectangle((bar.start, bar.row - half), width, bar.height,
                           facecolor=face, edgecolor=edge, hatch=hatch,
                           linewidth=0.5, gid=bar.gid))
    if not bar.labels:
        return
    outside = (bar.end, following) if bar.beside else (bar.end, bar.end)
    colour = style.BLACK if bar.unsafe else style.readable_on(face)
    options: Dict[str, Any] = {}
    if bar.unsafe or bar.improvised:
        options["bbox"] = {"facecolor": "white" if bar.unsafe else face,
                           "edgecolor": "none", "pad": 0.6}
    inside = (bar.start, bar.end)
    label = BarLabel(bar.row, bar.labels, inside, outside, colour, **options)
    ax.add_artist(label)
    label.set_fontsize(font)


def key(colour: str, text: str, unsafe: bool = False, improvised: bool = False) -> Any:
    """An entry of a legend that looks like a bar."""
    if unsafe:
        return Patch(facecolor="#FBE6DA", edgecolor=style.ALARM, hatch="//////",
                     linewidth=0.5, label=text)
    if improvised:
        return Patch(facecolor=colour, edgecolor="white", hatch=".....",
                     linewidth=0.5, label=text)
    return Patch(facecolor=colour, edgecolor="none", label=text)


def lanes(spans: Sequence[Tuple[float, float]], gap: float = 0.0) -> List[int]:
    """A lane for each span, in the order given, so that no two in a lane overlap.

    Parameters
    ----------
    spans : sequence of (start, end)
        Sorted by start.
    gap : float
        Room that has to be between two spans of a lane.

    Returns
    -------
    list of int
        The first lane, from 0, that was free.
    """
    free: List[float] = []
    result = []
    for start, end in spans:
        lane = next((i for i, f in enumerate(free) if f + gap <= start), None)
        if lane is None:
            lane = len(free)
            free.append(end)
        free[lane] = end
        result.append(lane)
    return result


def short_names(name: str) -> List[str]:
    """Ever shorter forms of a vehicle's name: "Soyuz MS-22", "MS-22"."""
    last = name.split(" ")[-1]
    return [name] if last == name or last.isdigit() else [name, last]


def short_person(name: str) -> List[str]:
    """Ever shorter forms of a person's name: "Frank Rubio", "Rubio".

    Of people without a name of their own it is their flight's that says most:
    "Dragon Crew-17, commander", "Crew-17 commander", "Crew-17".
    """
    if ", " in name:
        flight, part = name.split(", ", 1)
        flight = short_names(flight)[-1]
        return [name, f"{flight} {part}", flight]
    if "'s " in name:
        return [name, name.split("'s ", 1)[0]]
    return [name, name.split(" ")[-1]]
