# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, each with a sentence for whoever reads it."""

from __future__ import annotations

import difflib
import importlib
from types import ModuleType
from typing import Iterable, Optional, Sequence


class FormatError(ValueError):
    """The file is no result of isssim, or one that this package can't read."""


class ProgramError(RuntimeError):
    """The program ended with an error, or isn't there.

    Attributes
    ----------
    returncode : int or None
        Exit code of the program; None when it couldn't be started.
    """

    def __init__(self, message: str, returncode: Optional[int] = None) -> None:
        super().__init__(message)
        self.returncode = returncode


class NoSuchName(LookupError):
    """No table, column, metric, type of event or row has this name."""


def nearest(name: str, names: Sequence[str]) -> Optional[str]:
    """Which of the names is most like this one, upper and lower case aside if need be.

    >>> nearest("Crew", ["launches", "crew"]), nearest("x", ["crew"])
    ('crew', None)
    """
    close = difflib.get_close_matches(name, names, 1, 0.6)
    if close:
        return close[0]
    lower = {text.lower(): text for text in reversed(names)}
    found = difflib.get_close_matches(name.lower(), list(lower), 1, 0.6)
    return lower[found[0]] if found else None


def no_such(kind: str, name: object, known: Iterable[str]) -> NoSuchName:
    """An error that says what isn't there, and what may have been meant.

    Parameters
    ----------
    kind : str
        What the name should be one of, as in "metric".
    name : object
        What was asked for.
    known : iterable of str
        The names that there are.

    >>> print(no_such("metric", "crew_men", ["crew_mean", "launches"]))
    no metric is called "crew_men"; did you mean crew_mean?
    """
    names = list(known)
    close = nearest(str(name), names)
    if close is not None:
        hint = f"; did you mean {close}?"
    elif not names:
        hint = "; there is none"
    elif len(names) <= 12:
        hint = "; there are " + ", ".join(names)
    else:
        hint = ""
    return NoSuchName(f'no {kind} is called "{name}"{hint}')


def need(module: str, purpose: str) -> ModuleType:
    """Import an optional module, or say which package brings it.

    Parameters
    ----------
    module : str
        Name of the module, as in "pandas".
    purpose : str
        What it's for, as the subject of the sentence: "tables".

    Raises
    ------
    ImportError
        With the name of Debian's package.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        top = module.split(".")[0]
        if error.name is not None and error.name.split(".")[0] != top:
            raise  # it's there, but something that it needs itself isn't
        raise ImportError(
            f"{purpose} need {top}: install Debian's python3-{top}, or {top} with pip",
            name=error.name,
        ) from error
