# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers, dates and lists as a reader wants them."""

from __future__ import annotations

import math
from typing import Any, Sequence

from ..numbers import NONE as NONE
from ..numbers import digits as digits
from ..numbers import is_missing as is_missing
from .markup import Markup, element, join

_THIN = "\u202f"

_MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()


def with_units(text: str, units: str) -> str:
    """`7.32 d`; of plain numbers nothing is said."""
    return text if units in ("", "1") or text == NONE else f"{text}{_THIN}{units}"


def quantity(value: float, units: str = "1") -> Markup:
    """A number for people, with the exact one for programs."""
    if is_missing(value):
        return Markup(NONE)
    shown = with_units(digits(value), units)
    return element("data", shown, value=repr(float(value)))


def percent(share: float) -> str:
    """A share as per cent: `0.46 %`, `100 %`.

    >>> [percent(x).replace(_THIN, "") for x in (0, 0.00462, 0.27, 0.95, 0.9966, 1)]
    ['0%', '0.46%', '27%', '95%', '99.66%', '100%']
    """
    if is_missing(share):
        return NONE
    value = 100 * float(share)
    edge = min(value, 100 - value)
    if edge == 0 or edge >= 10:
        text = f"{value:.0f}"
    elif edge >= 1:
        text = f"{value:.1f}".replace(".0", "")
    else:
        text = f"{value:.{min(6, max(2, 1 - math.floor(math.log10(edge))))}f}"
    return f"{text}{_THIN}%"


def share(value: float) -> Markup:
    """A share for people, with the exact one for programs."""
    if is_missing(value):
        return Markup(NONE)
    return element("data", percent(value), value=repr(float(value)))


def one_in(share_of_all: float) -> str:
    """`1 in 217` of a rare share; nothing of others."""
    if is_missing(share_of_all) or not 0 < share_of_all <= 0.2:
        return ""
    return f"about 1 in {digits(round(1 / share_of_all))}".replace(" ", "\u00a0")


def day(time: Any) -> str:
    """`14 February 2023`."""
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}"


def date(time: Any, short: bool = True) -> Markup:
    """A date with its moment to the second for programs."""
    if is_missing(time):
        return Markup(NONE)
    text = f"{time:%Y-%m-%d}" if short else day(time)
    return element("time", text, datetime=f"{time:%Y-%m-%dT%H:%M:%S}Z")


def moment(time: Any) -> Markup:
    """A date with hours and minutes."""
    if is_missing(time):
        return Markup(NONE)
    return element(
        "time", f"{time:%Y-%m-%d %H:%M}", datetime=f"{time:%Y-%m-%dT%H:%M:%S}Z"
    )


def count(number: int, one: str, many: str = "") -> str:
    """`1 ship`, `3 ships`, `no ships`.

    >>> count(1, "ship"), count(0, "ship"), count(2, "person", "people")
    ('1 ship', 'no ships', '2 people')
    """
    many = many or one + "s"
    if number == 0:
        return f"no {many}"
    return f"{digits(number)} {one if number == 1 else many}"


def listed(parts: Sequence[Any]) -> Markup:
    """`a, b and c`."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return join(*parts)
    middle = [[part, ", "] for part in parts[:-2]]
    return join(middle, parts[-2], " and ", parts[-1])
