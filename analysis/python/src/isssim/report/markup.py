# SPDX-License-Identifier: GPL-3.0-or-later
"""HTML from Python: what isn't `Markup` is escaped, so that no text of a file is."""

from __future__ import annotations

import html
import re
from typing import Any, Iterable, List, Union

#: Elements without an end.
_VOID = frozenset(("br", "hr", "img", "meta", "wbr"))

# What HTML can't hold, however it is written.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Markup(str):
    """A text that is HTML already."""


Content = Union[str, int, float, None, Iterable["Content"]]  # type: ignore[misc]


def escape(value: Any) -> Markup:
    """Any value as text in an element or a quoted attribute."""
    if isinstance(value, Markup):
        return value
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("\ufffd", str(value)))
    return Markup(html.escape(text, quote=True))


def join(*parts: Content) -> Markup:
    """The parts one after the other; None is nothing, lists are flattened."""
    out: List[str] = []
    for part in parts:
        if part is None:
            continue
        if isinstance(part, (str, int, float)):
            out.append(escape(part))
        else:
            out.append(join(*part))
    return Markup("".join(out))


def element(name: str, /, *content: Content, **attributes: Any) -> Markup:
    """An element.

    Parameters
    ----------
    name : str
        Its name.
    *content
        What is in it: texts, which are escaped, `Markup`, lists of them, None.
    **attributes
        Of the element: `class_` for class, `aria_label` for aria-label.  None and False
        leave one out, True gives one without a value.

    >>> print(element("p", "1 < 2", element("br"), class_="small"))
    <p class="small">1 &lt; 2<br></p>
    """
    said = []
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            said.append(f" {key}")
        elif value is not None and value is not False:
            said.append(f' {key}="{escape(value)}"')
    start = f"<{name}{''.join(said)}>"
    if name in _VOID:
        return Markup(start)
    return Markup(f"{start}{join(*content)}</{name}>")
