# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is made of: sections, tables, what is folded away, cards."""

from __future__ import annotations

from typing import Any, Callable, List, NamedTuple, Optional, Sequence

from . import words
from .markup import Markup, element, escape, join

MOST_ROWS = 400
"""Rows of a table that are shown; `isssim export` prints all."""
FEW_ROWS = 14
"""So many rows aren't folded away."""


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    heading : str
        Above it.
    show : callable
        What stands in a cell for a value.
    number : bool
        Whether its numbers stand below each other.
    """

    heading: str
    show: Callable[[Any], Any] = escape
    number: bool = False


def text(heading: str) -> Column:
    """A column of texts."""
    return Column(
        heading, lambda value: words.NONE if words.is_missing(value) else value
    )


def number(heading: str, units: str = "1") -> Column:
    """A column of numbers, the unit in the heading."""
    heading = heading if units in ("", "1") else f"{heading}, {units}"
    return Column(heading, words.quantity, True)


def date(heading: str) -> Column:
    """A column of dates."""
    return Column(heading, words.date)


def moment(heading: str) -> Column:
    """A column of dates with hours and minutes."""
    return Column(heading, words.moment)


def flag(heading: str) -> Column:
    """A column of yes, and nothing for no."""
    return Column(heading, lambda value: "yes" if value else "")


def code(heading: str) -> Column:
    """A column of codes, as `free_flight`, in words."""
    return Column(
        heading,
        lambda value: words.NONE
        if words.is_missing(value)
        else str(value).replace("_", " "),
    )


def scroll(content: Markup, label: str, class_: str = "scroll") -> Markup:
    """What may be wider than the page, and is moved by itself, with keys too."""
    return element(
        "div", content, class_=class_, tabindex="0", role="region", aria_label=label
    )


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    where: str = "",
    most: int = MOST_ROWS,
) -> Markup:
    """A table, its first column the heading of each row.

    Parameters
    ----------
    caption : str
        What it's about.
    columns : sequence of Column
    rows : sequence of sequences
        A value a column.
    where : str
        The command that prints all of it, named when only a part is shown.
    most : int
        Rows that are shown.
    """
    head = element(
        "tr",
        [
            element(
                "th", column.heading, scope="col", class_="n" if column.number else None
            )
            for column in columns
        ],
    )
    body: List[Markup] = []
    for row in rows[:most]:
        cells = [element("th", columns[0].show(row[0]), scope="row")]
        cells += [
            element("td", column.show(value), class_="n" if column.number else None)
            for column, value in zip(columns[1:], row[1:])
        ]
        body.append(element("tr", cells))
    made = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", body),
    )
    rest = None
    if len(rows) > most:
        told = [f"The first {most} of {words.digits(len(rows))} rows"]
        told += ["; ", element("code", where), " prints all"] if where else []
        rest = element("p", *told, ".", class_="note")
    return join(scroll(made, caption), rest)


def fold(summary: str, *content: Any, open_: bool = False) -> Markup:
    """What is there for those who want it."""
    return element("details", element("summary", summary), *content, open=open_)


def folded_table(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    where: str = "",
    few: int = FEW_ROWS,
) -> Optional[Markup]:
    """A table that is folded when it is long; None when it has no rows."""
    if not len(rows):
        return None
    made = table(title, columns, rows, where)
    rows_are = words.count(len(rows), "row")
    return fold(f"{title} ({rows_are})", made, open_=len(rows) <= few)


def section(identity: str, heading: str, *content: Any) -> Markup:
    """A part of the report with its heading."""
    return element(
        "section",
        element("h2", heading, id=f"{identity}-heading"),
        *content,
        id=identity,
        aria_labelledby=f"{identity}-heading",
    )


def cards(items: Sequence["tuple[Any, Any, str]"]) -> Optional[Markup]:
    """Figures at a glance: what it is, the number, and a remark below."""
    if not items:
        return None
    return element(
        "dl",
        [
            element(
                "div",
                element("dt", label),
                element("dd", value, class_="figure"),
                element("dd", remark, class_="remark") if remark else None,
            )
            for label, value, remark in items
        ],
        class_="cards",
    )


def command(line: str) -> Markup:
    """A command to be typed."""
    return scroll(element("pre", element("code", line)), "a command", "scroll command")
