# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenario says of itself, read from its text with all layers merged."""

from __future__ import annotations

import re

_TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "\\": "\\", '"': '"'}


def section(text: str, name: str) -> str:
    """What stands between the braces of a section; empty when there is none."""
    match = re.search(rf"^{re.escape(name)}\s*[:=]\s*\{{$(.*?)^\}}", text, re.M | re.S)
    return match.group(1) if match else ""


def setting(text: str, path: str) -> str:
    """A text of a section, as `scenario.question`; empty when it isn't there."""
    group, name = path.split(".")
    match = re.search(
        rf"^ *{re.escape(name)}\s*[:=]\s*{_TEXT};", section(text, group), re.M
    )
    if match is None:
        return ""
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1))
    return "".join(_plain(piece) for piece in pieces)


def _plain(piece: str) -> str:
    def letter(match: "re.Match[str]") -> str:
        code = match.group(1)
        if code[0] == "x" and len(code) == 3:
            return chr(int(code[1:], 16))
        return _ESCAPES.get(code, code)

    return re.sub(r"\\(x[0-9a-fA-F]{2}|.)", letter, piece)


def names(text: str, group: str) -> "list[str]":
    """Keys of what a section holds, as those of `events`."""
    return re.findall(
        r"^    (?:\"?)([\w.-]+)(?:\"?)\s*[:=]\s*\{$", section(text, group), re.M
    )
