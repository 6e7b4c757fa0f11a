# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of a result as pandas DataFrames.

A group of HDF5 is a table when it holds columns.  What references of a column name is
looked up in the same group of tables: a trace of a study has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Tuple, Union

import h5py
import numpy as np

from .columns import Column, text, texts
from .errors import FormatError, need, no_such

if TYPE_CHECKING:
    import pandas as pd

#: How codes and references are shown: by key, by "name", or not at all, as numbers.
Names = Union[bool, str]

_NOT_TABLES = ("provenance", "traces")


def choose(
    table: str, there: Dict[str, Column], columns: Optional[Iterable[str]]
) -> List[Column]:
    """The columns that are asked for, in that order; all for None."""
    if columns is None:
        return list(there.values())
    wanted = [columns] if isinstance(columns, str) else list(columns)
    for name in wanted:
        if name not in there:
            raise no_such(f"column of {table}", name, there)
    return [there[name] for name in wanted]


class Tables:
    """The tables in one group of a file.

    Parameters
    ----------
    group : h5py.Group
        The root of a file, or a trace of a study.
    where : str
        What to call the file in errors.
    """

    def __init__(self, group: h5py.Group, where: str) -> None:
        self.group = group
        self.where = where
        self._columns: Dict[str, Dict[str, Column]] = {}
        self._labels: Dict[Tuple[str, bool], Optional[List[str]]] = {}

    @property
    def names(self) -> List[str]:
        """Names of the tables, in the file's order."""
        if not self.group:
            raise ValueError(f"{self.where} has been closed")
        return [name for name in self.group if name not in _NOT_TABLES]

    def columns(self, table: str) -> Dict[str, Column]:
        """The columns of a table, in the file's order, its axes left out."""
        if not self.has(table):
            raise no_such("table", table, self.names)
        if table not in self._columns:
            group = self.group[table]
            found = (Column(group[name], name) for name in group)
            own = {column.name: column for column in found if column.is_own}
            self._columns[table] = own
        return self._columns[table]

    def column(self, table: str, name: str) -> Column:
        """One column of a table."""
        columns = self.columns(table)
        if name not in columns:
            raise no_such(f"column of {table}", name, columns)
        return columns[name]

    def has(self, table: str) -> bool:
        """Whether the file has such a table."""
        return isinstance(table, str) and table in self.names

    # ---- what rows are called ------------------------------------------------------

    def labels(self, table: str, long: bool = False) -> Optional[List[str]]:
        """What the rows of a table are called, or None when they have no names.

        Parameters
        ----------
        table : str
            The table.
        long : bool
            The column `name` where there is one; else the first text, the scenario's
            key, which is also what `isssim export` prints.
        """
        if (table, long) not in self._labels:
            self._labels[table, long] = self._read_labels(table, long)
        return self._labels[table, long]

    def _read_labels(self, table: str, long: bool) -> Optional[List[str]]:
        if not self.has(table):
            return None
        columns = self.columns(table)
        if long and "name" in columns and columns["name"].kind == "text":
            return texts(columns["name"].read())
        for column in columns.values():
            if column.kind == "text" and len(column.shape) == 1:
                return texts(column.read())
        return None

    def row(self, table: str, which: object) -> int:
        """The row of a table that a key, a name or a row number means."""
        labels = self.labels(table)
        if isinstance(which, (int, np.integer)) and not isinstance(which, bool):
            rows = self.rows(table)
            if not 0 <= int(which) < rows:
                raise no_such(f"row of {table}", which, [])
            return int(which)
        for names in (labels, self.labels(table, True)):
            if names is not None and which in names:
                return names.index(str(which))
        known = (labels or []) + (self.labels(table, True) or [])
        raise no_such(f"row of {table}", which, dict.fromkeys(known))

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        columns = self.columns(table)
        if not columns:
            raise FormatError(f"{self.where}: table {table} has no columns")
        return int(next(iter(columns.values())).shape[0])

    # ---- values --------------------------------------------------------------------

    def decode(self, column: Column, values: Any, names: Names = True) -> Any:
        """Stored values of one dimension as something that a DataFrame takes.

        Times are datetime64, flags bool, texts str; codes and references are
        categoricals, or with names=False the numbers themselves.
        """
        pd = need("pandas", "tables")
        if names is not False and column.kind == "code":
            return self._categories(values, column.meanings())
        if names is not False and column.kind == "row":
            labels = self.labels(column.refers_to, names == "name")
            if labels is not None:
                return self._categories(values, dict(enumerate(labels)))
        plain = column.plain(values)
        if column.kind == "time":
            return pd.Series(plain).astype("datetime64[ns]").to_numpy()
        return plain

    @staticmethod
    def _categories(values: Any, meanings: Dict[int, str]) -> Any:
        pd = need("pandas", "tables")
        categories = list(dict.fromkeys(meanings.values()))
        place = {name: i for i, name in enumerate(categories)}
        top = max(meanings, default=-1)
        codes = np.full(top + 2, -1, dtype=np.int32)  # the last is what -1, none, finds
        for value, name in meanings.items():
            codes[value] = place[name]
        return pd.Categorical.from_codes(codes[values], categories=categories)

    def frame(
        self,
        table: str,
        columns: Optional[Iterable[str]] = None,
        names: Names = True,
    ) -> "pd.DataFrame":
        """A whole table; see `Result.table`."""
        if names not in (True, False, "name"):
            raise ValueError(f'names is True, False or "name", not {names!r}')
        pd = need("pandas", "tables")
        there = self.columns(table)
        chosen = choose(table, there, columns)
        unrolled = self._unrolled(there)
        out: Dict[str, Any] = {}
        count = self.rows(table)
        if unrolled is not None:
            return self._frame_by_moment(table, chosen, unrolled, names)
        for column in chosen:
            values = column.read()
            if values.ndim == 1:
                out[column.name] = self.decode(column, values, names)
                continue
            for i, ending in enumerate(self._endings(column, 1)):
                field = self.decode(column, values[:, i], names)
                out[f"{column.name}_{ending}"] = field
        return pd.DataFrame(out, index=pd.RangeIndex(count), copy=False)

    def _endings(self, column: Column, dimension: int) -> List[str]:
        """What tells the fields of a column apart: keys, numbers, or else 0, 1, ..."""
        axis = column.axis(dimension)
        width = column.shape[dimension]
        if axis is None:
            return [str(i) for i in range(width)]
        across = text(axis.attrs["copy_of"]) if "copy_of" in axis.attrs else ""
        labels = self.labels(across) if across else None
        if labels is not None and len(labels) == width:
            return labels
        if axis.dtype.kind == "f":
            return [f"{value:.15g}" for value in axis[()]]
        return [str(i) for i in range(width)]

    # A table with a column of three dimensions, as fans.value(series, time, quantile),
    # has a row for each pair of the first two.

    @staticmethod
    def _unrolled(there: Dict[str, Column]) -> Optional[h5py.Dataset]:
        for column in there.values():
            if len(column.shape) == 3:
                return column.axis(1)
        return None

    def _frame_by_moment(
        self, table: str, chosen: List[Column], axis: h5py.Dataset, names: Names
    ) -> "pd.DataFrame":
        pd = need("pandas", "tables")
        moments = Column(axis, axis.name.rsplit("/", 1)[-1])
        count, width = self.rows(table), moments.shape[0]
        out: Dict[str, Any] = {}
        for i, column in enumerate(chosen):
            values = column.read()
            if values.ndim == 3:
                flat = values.reshape(count * width, values.shape[2])
                for k, ending in enumerate(self._endings(column, 2)):
                    field = self.decode(column, flat[:, k], names)
                    out[f"{column.name}_{ending}"] = field
            elif values.ndim == 2:
                out[column.name] = self.decode(column, values.reshape(-1), names)
            else:
                out[column.name] = self.decode(column, np.repeat(values, width), names)
            if i == 0:
                times = np.tile(moments.read(), count)
                out[moments.name] = self.decode(moments, times, names)
        return pd.DataFrame(out, index=pd.RangeIndex(count * width))
