# SPDX-License-Identifier: GPL-3.0-or-later
"""One look for all pictures: colours, sizes, and what every chart of time needs.

Colours are Okabe and Ito's, which people with any colour vision tell apart.  Vermilion
is kept for what is wrong: an unsafe seat, an outage, a threshold.  Nothing is told by
colour alone: bars bear labels, what is unsafe is hatched as well.
"""
from __future__ import annotations

import contextlib
import contextvars
import functools
import weakref
from typing import (
    Any,
    Callable,
    Dict,
    Iterator,
    List,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
)

BLUE = "#0072B2"
SKY = "#56B4E9"
GREEN = "#009E73"
ORANGE = "#E69F00"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
BLACK = "#222222"
GREY = "#8C8C8C"
PALE = "#D9D9D9"

LINES = (BLUE, ORANGE, GREEN, PURPLE, SKY, BLACK, "#A6761D", GREY)
"""Lines in one chart, in this order."""
ALARM = VERMILION
CREW_COLOURS = (BLUE, GREEN, PURPLE, "#4D4D4D", "#882255")
CARGO_COLOURS = (ORANGE, SKY, YELLOW, "#BFBFBF", "#C7A76C", "#A5D8C6", "#E8C4D8",
                 "#8FA3BF")

WIDTH = 7.2
"""Width of a picture in inches: the text of an A4 page."""
ROW = 0.17
"""Height of a row of a chart of bars, in inches."""
SMALL = 6.0
"""Size of labels in bars, in points."""

_RC: Dict[str, Any] = {
    "font.size": 7.5,
    "font.family": ["DejaVu Sans"],
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 5.0,
    "axes.labelsize": 7.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.edgecolor": "#666666",
    "text.color": BLACK,
    "axes.labelcolor": BLACK,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.labelsize": 7.0,
    "ytick.labelsize": 7.0,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3.0,
    "ytick.major.size": 2.0,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.2,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "hatch.linewidth": 0.7,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "figure.facecolor": "white",
    "figure.dpi": 120,
}

Chart = TypeVar("Chart", bound=Callable[..., Any])


@contextlib.contextmanager
def look() -> Iterator[None]:
    """Within it, what matplotlib draws has this look; other pictures keep theirs."""
    import matplotlib

    with matplotlib.rc_context(_RC):
        yield


_TITLE: "contextvars.ContextVar[Optional[str]]" = contextvars.ContextVar(
    "title", default=None
)


@contextlib.contextmanager
def _titled(title: Optional[str]) -> Iterator[None]:
    """Within it, charts have this title; None leaves it as it is."""
    token = _TITLE.set(_TITLE.get() if title is None else title)
    try:
        yield
    finally:
        _TITLE.reset(token)


def chart(inches: float) -> Callable[[Chart], Chart]:
    """A function that draws into `ax`, or into a new picture `inches` high.

    It takes `title`, too, which stands over the chart in place of its own.
    """

    def wrap(function: Chart) -> Chart:
        @functools.wraps(function)
        def drawn(
            *arguments: Any, ax: Any = None, title: Optional[str] = None, **options: Any
        ) -> Any:
            with look(), _titled(title):
                if ax is not None:
                    return function(*arguments, ax=ax, **options)
                import matplotlib.pyplot as pyplot

                figure, ax = pyplot.subplots(
                    figsize=(WIDTH, inches), layout="constrained"
                )
                try:
                    function(*arguments, ax=ax, **options)
                except Exception:
                    pyplot.close(figure)
                    raise
                figure.set_figheight(height(ax, inches))
                figure.draw_without_rendering()  # so that the width is known
                fit_heading(ax)
                return ax

        drawn.inches = inches  # type: ignore[attr-defined]
        return drawn  # type: ignore[return-value]

    return wrap


def note(ax: Any, text: str) -> None:
    """Say in the axes why there is nothing, or not everything, to be seen."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center",
            color="#555555", style="italic", wrap=True, gid="note")


def empty(ax: Any, title: str, text: str) -> Any:
    """An axes with nothing but a note."""
    heading(ax, title)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    if ax.get_xlim() == (0.0, 1.0):  # no axis of time, so nothing to be read off
        ax.set_xticks([])
    note(ax, text)
    return ax


def is_empty(ax: Any) -> bool:
    """Whether `empty` made it."""
    return any(t.get_gid() == "note" for t in ax.texts) and not ax.patches


def time_axis(ax: Any, start: Any, end: Any) -> None:
    """Dates along the bottom, as many as there is room for, and a line at each."""
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=4, maxticks=11)
    formatter = dates.ConciseDateFormatter(locator)
    formatter.zero_formats[3] = "%d %b"  # days near midnight, as "05 Mar"
    formatter.formats[2] = "%d %b"
    formatter.show_offset = True
    ax.xaxis_date()
    ax.set_xlim(start, end)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(formatter)
    ax.grid(True, axis="x")


def rows_axis(ax: Any, labels: Sequence[str]) -> None:
    """Rows from the top down, a label each."""
    ax.set_yticks(range(len(labels)))
    ax.set_yticklabels(labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


_HEADINGS: "weakref.WeakKeyDictionary[Any, Any]" = weakref.WeakKeyDictionary()


def heading(ax: Any, title: str, handles: Sequence[Any] = ()) -> None:
    """The title and, in lines of its own between it and the chart, a legend."""
    own = _TITLE.get()
    entries = list(handles)
    _HEADINGS[ax] = (title if own is None else own, entries)
    _head(ax, _columns([str(entry.get_label()) for entry in entries]))


def _head(ax: Any, columns: int) -> None:
    title, entries = _HEADINGS[ax]
    lines = -(-len(entries) // columns)
    ax.set_title(title, pad=5.0 + 11.0 * lines)
    if entries:
        box = ax.legend(handles=entries, loc="lower left", bbox_to_anchor=(0.0, 1.0),
                        ncol=columns, borderaxespad=0.0, borderpad=0.3,
                        columnspacing=1.0, handletextpad=0.4, labelspacing=0.3)
        box.set_in_layout(False)  # the title above it keeps its room


def fit_heading(ax: Any) -> None:
    """Break the legend into more lines while it reaches beyond the picture."""
    if ax not in _HEADINGS or not _HEADINGS[ax][1]:
        return
    for columns in range(len(_HEADINGS[ax][1]), 0, -1):
        _head(ax, columns)
        if ax.get_legend().get_window_extent().x1 <= ax.figure.bbox.x1:
            return


def _columns(labels: Sequence[str], widest: int = 105) -> int:
    """As many columns of a legend as a line of `widest` letters holds."""
    count = len(labels)
    for columns in range(count, 1, -1):
        deep = -(-count // columns)
        longest = [max(map(len, labels[i:i + deep])) + 6 for i in range(0, count, deep)]
        if sum(longest) <= widest:
            return columns
    return 1


def level(ax: Any, height: float, text: str, colour: str, gid: str) -> None:
    """A broken line across the chart; `level_names` says what it is."""
    ax.axhline(height, color=colour, linewidth=0.8, linestyle=(0, (4, 2)), gid=gid,
               label=text)


def level_names(ax: Any) -> None:
    """Beside the chart, what its levels are; no two names closer than they are high."""
    lines = [line for line in ax.get_lines() if line.get_linestyle() == "--"
             and str(line.get_gid()) in ("threshold", "min_crew")]
    bottom, top = ax.get_ylim()
    apart, last = 0.085 * (top - bottom), -float("inf")
    for line in sorted(lines, key=lambda each: float(each.get_ydata()[0])):
        last = max(float(line.get_ydata()[0]), last + apart)
        ax.annotate(line.get_label(), (1.0, last), xycoords=("axes fraction", "data"),
                    xytext=(3, 0), textcoords="offset points", va="center",
                    fontsize=SMALL, color=line.get_color(), gid="level name",
                    annotation_clip=False)


def height(ax: Any, default: float) -> float:
    """How high a chart should be, in inches, with its title and dates: by its rows."""
    if is_empty(ax):
        return 0.9
    if not ax.yaxis_inverted():
        return default
    bottom, top = ax.get_ylim()
    lines = 0 if ax.get_legend() is None else 1
    return float(bottom - top) * ROW + 0.45 + 0.16 * lines


def readable_on(colour: str) -> str:
    """Black or white, whichever is read better on `colour`."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return BLACK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.52 else "white"


def with_units(name: str, units: str) -> str:
    """A quantity and, unless it is a plain number, its unit."""
    return name if units in ("", "1") else f"{name}, {units}"


def groups_of_types(names: Sequence[str], roles: Sequence[str]) -> List[str]:
    """Types of vehicles put together by name: Soyuz TM and Soyuz MS are "Soyuz".

    Parameters
    ----------
    names, roles : sequences of the same length
        A type's name and what it carries.

    Returns
    -------
    list of str
        For each type the words with which the names begin of all types that have its
        role and its first word.
    """
    words = [name.replace("-", " ").split(" ") or [""] for name in names]
    result = []
    for mine, role in zip(words, roles):
        alike = [w for w, r in zip(words, roles) if r == role and w[0] == mine[0]]
        common = 0
        while all(len(w) > common and w[common] == mine[common] for w in alike) and (
            common < len(mine)
        ):
            common += 1
        result.append(" ".join(mine[:common]))
    return result


def colours_of_groups(
    groups: Sequence[Tuple[str, str]], used: Sequence[str]
) -> Dict[str, str]:
    """A colour for each group of types: strong ones for people, light ones for cargo.

    Parameters
    ----------
    groups : sequence of (name, role)
    used : sequence of str
        Names of those that are drawn; they have the first choice.
    """
    result: Dict[str, str] = {}
    for role, colours in (("crew", CREW_COLOURS), ("cargo", CARGO_COLOURS)):
        mine = sorted({g for g, r in groups if r == role},
                      key=lambda g: (g not in used, g))
        for index, group in enumerate(mine):
            result[group] = colours[index % len(colours)]
    return result


def sentence(text: str, width: int = 100) -> str:
    """A text's first statement in lines of at most `width` letters."""
    import textwrap

    return "\n".join(textwrap.wrap(text.split(";")[0].rstrip("."), width))
