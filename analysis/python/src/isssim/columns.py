# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns of a table as they are in the file, and what their numbers mean.

A column is a dataset of HDF5.  Its type and attributes say which of nine kinds it is
of (docs/output-format.md); `decode` turns stored numbers into what Python has for them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Dict, List, Optional, Tuple

import h5py
import numpy as np
import numpy.typing as npt

#: An array of numpy, of any shape and type.
Array = npt.NDArray[Any]


def text(value: Any) -> str:
    """A stored string, whatever version of h5py gave it."""
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def texts(values: Any) -> List[str]:
    """Stored strings, shape (n,), as a list."""
    return [text(value) for value in values]


def epoch_of(units: str) -> np.datetime64:
    """The moment from which "microseconds since ..." counts.

    >>> print(epoch_of("microseconds since 2022-12-01 00:00:00"))
    2022-12-01T00:00:00.000000
    """
    since = units.split(" since ", 1)[1].strip().replace(" ", "T")
    return np.datetime64(since.rstrip("Z"), "us")


class Column:
    """One dataset of a table.

    Attributes
    ----------
    name : str
        Its name in the table.
    shape : tuple of int
        Rows first.
    """

    def __init__(self, dataset: h5py.Dataset, name: str) -> None:
        self.dataset = dataset
        self.name = name
        self.shape: Tuple[int, ...] = tuple(dataset.shape)

    def _told(self, name: str) -> str:
        attrs = self.dataset.attrs
        return text(attrs[name]) if name in attrs else ""

    @cached_property
    def units(self) -> str:
        """UDUNITS: "1" for plain numbers, "" for texts."""
        return self._told("units")

    @cached_property
    def doc(self) -> str:
        """Its meaning."""
        return self._told("long_name")

    @cached_property
    def refers_to(self) -> str:
        """The table whose rows it refers to, or ""."""
        return self._told("refers_to")

    @cached_property
    def kind(self) -> str:
        """One of time, real, count, row, code, flag, uint64 and text."""
        if h5py.check_string_dtype(self.dataset.dtype) is not None:
            return "text"
        if self.refers_to:
            return "row"
        if "flag_meanings" in self.dataset.attrs:
            return "code"
        if " since " in self.units:
            return "time"
        if self._told("dtype") == "bool":
            return "flag"
        if self.dataset.dtype.kind == "f":
            return "real"
        return "uint64" if self.dataset.dtype.kind == "u" else "count"

    @property
    def is_own(self) -> bool:
        """Whether it is data of its table, and not a mere axis of it."""
        if self.name == "row" or self.name.startswith("value_"):
            return False
        return "copy_of" not in self.dataset.attrs

    def meanings(self) -> Dict[int, str]:
        """What each code stands for, in the file's order."""
        values = np.atleast_1d(self.dataset.attrs["flag_values"])
        names = text(self.dataset.attrs["flag_meanings"]).split()
        return {int(value): name for value, name in zip(values, names)}

    def axis(self, dimension: int) -> Optional[h5py.Dataset]:
        """The scale of a dimension, or None when it has none."""
        scales = self.dataset.dims[dimension]
        return scales[0] if len(scales) else None

    def read(self, start: int = 0, stop: Optional[int] = None) -> Array:
        """Stored values of rows start to stop, shape (stop - start, ...)."""
        values = self.dataset[start:stop]
        return np.asarray(values)

    def plain(self, values: Array) -> Array:
        """Stored values as numpy has them, codes and rows still as numbers.

        Times become datetime64[us] (NaT for none), flags bool, texts objects of str;
        the shape stays.
        """
        if self.kind == "time":
            offset = values.astype("timedelta64[us]")
            return np.asarray(epoch_of(self.units) + offset)
        if self.kind == "flag":
            return values.astype(bool)
        if self.kind == "text":
            out = np.empty(values.shape, dtype=object)
            out.ravel()[:] = texts(values.ravel())
            return out
        return values
