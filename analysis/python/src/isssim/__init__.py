# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads, runs and draws isssim, a simulation of the International Space Station.

    import isssim
    with isssim.open("soyuz_leak.h5") as run:
        print(run.flights, run.events("LAUNCHED"), run.provenance)

`open` gives a `Run`, a `Study` or a `Sweep`; `run` and `mc` call the program and give
the same.  h5py and numpy are needed; pandas and xarray for tables, matplotlib for
pictures.
"""

from __future__ import annotations

import importlib
from typing import Any

from .errors import FormatError, NoSuchName, ProgramError
from .program import find_program, mc, run
from .provenance import Provenance, SourceFile
from .reading import open
from .results import Result
from .runs import Run
from .studies import Interval, Study
from .sweeps import Sweep
from .version import VERSION as __version__

__all__ = [
    "FormatError",
    "Interval",
    "NoSuchName",
    "ProgramError",
    "Provenance",
    "Result",
    "Run",
    "SourceFile",
    "Study",
    "Sweep",
    "__version__",
    "find_program",
    "mc",
    "open",
    "run",
]


def __getattr__(name: str) -> Any:
    """The subpackages, loaded when they are first used."""
    if name in ("page", "plots", "report"):
        return importlib.import_module("." + name, __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
