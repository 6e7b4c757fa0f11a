# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers as people write them, in reports and in pictures."""

from __future__ import annotations

import math
from typing import Any

#: What stands where there is no value.
NONE = "\u2013"


def is_missing(value: Any) -> bool:
    """Whether a value of a table is none: NaN, NaT, None, or an empty text."""
    if value is None:
        return True
    if isinstance(value, str):
        return value == ""
    return bool(value != value)


def digits(value: float) -> str:
    """A number with three or four figures that count and without an exponent.

    >>> [digits(x) for x in (0, 3, 148.23, 35.1, 7.318, 0.0052, 12559.3, 0.05)]
    ['0', '3', '148.2', '35.1', '7.32', '0.0052', '12,559', '0.05']
    """
    if is_missing(value):
        return NONE
    value = float(value)
    if math.isinf(value):
        return "-\u221e" if value < 0 else "\u221e"
    size = abs(value)
    if size >= 1e12:
        text = f"{value:.3g}"
    elif value == math.floor(value) or size >= 1000:
        text = f"{value:,.0f}"
    elif size >= 10:
        text = f"{value:.1f}"
    elif size >= 1:
        text = f"{value:.2f}"
    elif size >= 1e-4:
        text = f"{value:.{max(2, 1 - math.floor(math.log10(size)))}f}"
        text = text.rstrip("0") if size < 0.1 else text
        text = text[:-1] if size >= 0.1 and text.endswith("0") else text
    else:
        text = f"{value:.1e}"
    return text.replace("-", "\u2212", 1) if text.startswith("-") else text
