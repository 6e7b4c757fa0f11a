# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run, a study and a sweep have in common: a file with tables and attributes."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Type, TypeVar

import h5py
import numpy as np

from .columns import text
from .errors import need
from .provenance import Provenance, read_provenance
from .tables import Names, Tables

if TYPE_CHECKING:
    from types import TracebackType

    import pandas as pd

Self = TypeVar("Self", bound="Result")


def attributes(node: Any) -> Dict[str, Any]:
    """Attributes of a group as Python has them: str, int, float, or lists of them."""
    return {name: _as_python(node.attrs[name]) for name in node.attrs}


def _as_python(value: Any) -> Any:
    if isinstance(value, (bytes, str)):
        return text(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.item() if isinstance(value, np.generic) else value


class Result:
    """A file of isssim that is open for reading; a context manager.

    Nothing is read but what is asked for, when it is asked for.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    attrs : dict
        The attributes of the file's root.
    """

    def __init__(self, file: h5py.File, group: Optional[h5py.Group] = None) -> None:
        self._file = file
        self._group = file if group is None else group
        self.path = pathlib.Path(file.filename)
        self.attrs: Dict[str, Any] = attributes(file)
        self._tables = Tables(self._group, str(self.path))
        self._temporary: Any = None
        self._provenance: Optional[Provenance] = None

    def close(self) -> None:
        """Close the file; what was read from it stays."""
        self._file.close()
        if self._temporary is not None:
            self._temporary()  # removes the file that was made for this object

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: "Optional[TracebackType]",
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        kind = type(self).__name__
        if not self._file:
            return f"<isssim.{kind} {self.path.name}, closed>"
        return f"<isssim.{kind} {self.path.name}: {self.title}{self._size()}>"

    def _size(self) -> str:
        return ""

    # ---- what it is ----------------------------------------------------------------

    @property
    def title(self) -> str:
        """The scenario's title."""
        return str(self.attrs.get("title", ""))

    @property
    def epoch(self) -> "pd.Timestamp":
        """The scenario's start, in UTC without a zone; all times count from it."""
        pd = need("pandas", "times")
        return pd.Timestamp(str(self.attrs["epoch"]).rstrip("Z"))

    @property
    def seed(self) -> int:
        """Master seed of the random numbers."""
        return int(self.attrs.get("seed", 0))

    @property
    def complete(self) -> bool:
        """Whether all that was asked for is there; False of an interrupted study."""
        return bool(self.attrs.get("complete", 0))

    @property
    def provenance(self) -> Provenance:
        """Where the result is from."""
        if self._provenance is None:
            self._provenance = read_provenance(self._file, self.attrs)
        return self._provenance

    # ---- its tables ----------------------------------------------------------------

    @property
    def tables(self) -> List[str]:
        """Names of the tables."""
        return self._tables.names

    def table(
        self,
        name: str,
        columns: Optional[Iterable[str]] = None,
        names: Names = True,
    ) -> "pd.DataFrame":
        """A whole table, as `isssim export` prints it.

        Parameters
        ----------
        name : str
            The table, one of `tables`.
        columns : iterable of str, optional
            Only these, in this order.
        names : bool or "name"
            True: codes are categories and references the key of the row that they
            refer to, as in the scenario ("rubio").  "name": references are its name
            ("Frank Rubio").  False: both stay numbers, references row numbers from 0
            and -1 for none.

        Returns
        -------
        pandas.DataFrame
            Shape (rows, columns), indexed by row number.  Times are datetime64[ns] in
            UTC, NaT for none; flags bool; counts int64; reals float64 in the units that
            `units` tells, NaN for none.  A column of two dimensions becomes several,
            named after the second: docked_poisk.

        Raises
        ------
        LookupError
            Naming what may have been meant, when there is no such table or column.
        """
        return self._tables.frame(name, columns, names)

    def units(self, table: str) -> Dict[str, str]:
        """Units of a table's columns: "d", "kg/d", "1" for plain numbers, "" for texts.

        Where they are "mixed", another column of the table tells those of each row.
        """
        columns = self._tables.columns(table)
        return {name: column.units for name, column in columns.items()}

    def docs(self, table: str) -> Dict[str, str]:
        """What the columns of a table mean."""
        columns = self._tables.columns(table)
        return {name: column.doc for name, column in columns.items()}
