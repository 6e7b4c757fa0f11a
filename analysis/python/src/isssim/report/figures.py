# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures as SVG in the page, each with a title, a description and the same as a
table.

matplotlib's ids are made unique in the page or dropped, and what has too many points
for a page is drawn as pixels within the SVG.
"""

from __future__ import annotations

import io
import re
from typing import Any, Callable, Optional

from ..errors import need
from . import parts
from .markup import Markup, element

MOST_BYTES = 400_000
"""A larger SVG has its lines and areas as pixels."""
_DPI = 160
_MOST_INCHES = 8.5

_LOST = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|"
    r"<style type=\"text/css\">.*?</style>",
    re.S,
)


def _save(figure: Any, salt: str) -> str:
    matplotlib = need("matplotlib", "pictures")
    style = need("isssim.plots.style", "pictures")
    out = io.StringIO()
    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": salt,
        "path.simplify_threshold": 0.5,
    }
    with style.look(), matplotlib.rc_context(settings):
        figure.savefig(
            out, format="svg", dpi=_DPI, facecolor="none", metadata={"Date": None}
        )
    return out.getvalue()


def _as_pixels(figure: Any) -> None:
    """Everything but axes, texts and legends."""
    for axes in figure.axes:
        for artist in (*axes.lines, *axes.collections, *axes.patches):
            artist.set_rasterized(True)


def _own_ids(svg: str, prefix: str) -> str:
    """Ids that something refers to become the picture's own, the rest goes."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))

    def identity(match: "re.Match[str]") -> str:
        return f' id="{prefix}-{match.group(1)}"' if match.group(1) in used else ""

    svg = re.sub(r' id="([^"]*)"', identity, svg)
    svg = re.sub(r'xlink:href="#', f'href="#{prefix}-', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
    return svg.replace("xlink:href=", "href=")


_CIRCLE = re.compile(r"M (\S+) (\S+)\s*\n(?:C [^\nMz]*\n){8}z\s*")


def _dots(match: "re.Match[str]") -> str:
    """A hatch of many circles, eight curves each, as one of dots."""
    shape, style = match.group(1), match.group(2)
    circles = _CIRCLE.findall(shape)
    colour = re.search(r"fill: ?(#\w+)", style)
    line = re.search(r"stroke-width: ?([\d.]+)", style)
    first = _CIRCLE.search(shape)
    if first is None or colour is None or _CIRCLE.sub("", shape).strip():
        return match.group(0)
    heights = [float(y) for y in re.findall(r"-?[\d.]+", first.group(0))[1::2]]
    radius = (max(heights) - min(heights)) / 2
    width = 2 * radius + (0.5 * float(line.group(1)) if line else 0.0)
    dots = "".join(f"M{x} {float(y) - radius:.2f}h0" for x, y in circles)
    return (
        f'<path d="{dots}" stroke="{colour.group(1)}" stroke-width="{width:.2f}" '
        'stroke-linecap="round"/>'
    )


def _smaller(svg: str) -> str:
    """The same with fewer characters: dots for circles, two decimals, no empty groups."""
    svg = re.sub(r'<path d="([^"]{5000,})" style="([^"]*)"/>', _dots, svg)
    svg = re.sub(r"(\d\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r"\s*\n\s*", "\n", svg)
    before = ""
    while before != svg:
        before = svg
        svg = re.sub(r"<g>\s*</g>\n?|<defs>\s*</defs>\n?", "", svg)
    return svg


def _drawn(figure: Any, identity: str) -> str:
    return _smaller(_own_ids(_LOST.sub("", _save(figure, identity)), identity))


def svg(figure: Any, identity: str, title: str, description: str) -> Markup:
    """A picture of matplotlib's as an element of the page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    identity : str
        Begins the ids of what is in it; of no other picture of the page.
    title, description : str
        What it is, and what can be seen in it, for those who can't.
    """
    drawn = _drawn(figure, identity)
    if len(drawn) > MOST_BYTES:
        _as_pixels(figure)
        drawn = _drawn(figure, identity)
    match = re.search(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>(.*)</svg>', drawn, re.S)
    assert match is not None
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", description, id=f"{identity}-desc"),
        Markup(match.group(2)),
        viewBox=match.group(1),
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
    )


def draw(
    function: Callable[..., Any],
    *arguments: Any,
    inches: float,
    share: float = 1.0,
    **options: Any,
) -> Any:
    """A figure with what `function` draws into its axes.

    Parameters
    ----------
    function, *arguments, **options
        A function of `isssim.plots` and what it takes.
    inches : float
        Height; of a chart with rows it follows from these.
    share : float
        Of the page's width.
    """
    figures = need("matplotlib.figure", "pictures")
    style = need("isssim.plots.style", "pictures")
    with style.look():
        picture = figures.Figure(
            figsize=(style.WIDTH * share, inches), layout="constrained"
        )
        axes = picture.add_subplot()
        function(*arguments, ax=axes, **options)
        picture.set_figheight(max(0.9, min(_MOST_INCHES, style.height(axes, inches))))
    return picture


def bare(picture: Any, along: str) -> Any:
    """The same without title and legend, for where the caption has them."""
    for axes in picture.axes:
        axes.set_title("", loc="left")
        axes.set_xlabel(along)
        if axes.get_legend() is not None:
            axes.get_legend().remove()
    return picture


def figure(
    picture: Any,
    identity: str,
    title: str,
    description: str,
    same: Optional[Markup] = None,
    narrow: bool = False,
) -> Markup:
    """A picture with its caption and, folded, the same as a table.

    Parameters
    ----------
    picture : matplotlib.figure.Figure
    identity, title, description : str
        As in `svg`; the description is the caption.
    same : Markup, optional
        A table.
    narrow : bool
        Half as wide as the page, its title in the caption.
    """
    made = svg(picture, identity, title, description)
    return element(
        "figure",
        parts.scroll(made, title, "scroll picture"),
        element(
            "figcaption",
            element("strong", title + ". ") if narrow else None,
            description,
        ),
        None if same is None else parts.fold("The same as a table", same),
        id=identity,
        class_="narrow" if narrow else None,
    )
