# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of events, read chunk by chunk.

A log may have more rows than fit in memory.  Events stand in the order of time, so that
the rows of a period are found by bisection; within them a chunk of one column after the
other is read, and only the rows that are asked for are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Optional, Tuple

import numpy as np

from .columns import Array, Column
from .errors import need, no_such
from .tables import Names, Tables, choose

if TYPE_CHECKING:
    import pandas as pd

#: Rows that are looked at together; 8 MiB of a column of 8 bytes.
CHUNK = 1 << 20


def _as_list(value: Any) -> List[Any]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return [value]
    return list(value)


class EventLog:
    """The table /events of a run."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.columns: Dict[str, Column] = tables.columns("events")
        self.count = int(self.columns["time"].shape[0])

    # ---- what is asked for ---------------------------------------------------------

    def codes(self, types: Any) -> List[int]:
        """The codes of kinds of event that are given by name or code."""
        meanings = self.columns["type"].meanings()
        place = {name: code for code, name in meanings.items()}
        out = []
        for kind in _as_list(types):
            if isinstance(kind, (int, np.integer)) and int(kind) in meanings:
                out.append(int(kind))
            elif kind in place:
                out.append(place[kind])
            else:
                raise no_such("kind of event", kind, place)
        return out

    def wanted(self, which: Dict[str, Any]) -> Dict[str, List[int]]:
        """Rows of other tables that are given by key, name or number, by column."""
        references = {
            name: column
            for name, column in self.columns.items()
            if column.kind == "row" and column.refers_to != "events"
        }
        out = {}
        for name, values in which.items():
            if name not in references:
                raise no_such("reference of events", name, references)
            target = references[name].refers_to
            out[name] = [self.tables.row(target, value) for value in _as_list(values)]
        return out

    def first_from(self, moment: Any) -> int:
        """The first row whose time isn't before `moment`, or the count of rows."""
        pd = need("pandas", "times")
        column = self.columns["time"]
        stamp = pd.Timestamp(moment)
        if stamp.tzinfo is not None:
            stamp = stamp.tz_convert("UTC").tz_localize(None)
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            time = column.plain(column.read(middle, middle + 1))[0]
            if pd.Timestamp(time) < stamp:
                low = middle + 1
            else:
                high = middle
        return low

    # ---- rows ----------------------------------------------------------------------

    def chunks(
        self, start: int, stop: int, types: Any, which: Dict[str, Any]
    ) -> Iterator[Tuple[int, int, Array]]:
        """Chunks of rows with at least one that is asked for, and which those are.

        Yields
        ------
        (first, last, mask)
            Rows first to last, the last not included, and for each whether it is.
        """
        codes = None if types is None else self.codes(types)
        wanted = self.wanted(which)
        for first in range(start, stop, CHUNK):
            last = min(first + CHUNK, stop)
            mask = np.ones(last - first, dtype=bool)
            if codes is not None:
                mask &= np.isin(self.columns["type"].read(first, last), codes)
            for name, rows in wanted.items():
                if not mask.any():
                    break
                mask &= np.isin(self.columns[name].read(first, last), rows)
            if mask.any():
                yield first, last, mask

    def frame(
        self,
        types: Any,
        start: Any,
        end: Any,
        columns: Optional[Iterable[str]],
        names: Names,
        which: Dict[str, Any],
    ) -> "pd.DataFrame":
        """Events as a DataFrame; see `Run.events`."""
        pd = need("pandas", "tables")
        chosen = choose("events", self.columns, columns)
        first_row = 0 if start is None else self.first_from(start)
        end_row = self.count if end is None else self.first_from(end)
        rows: List[Any] = [np.empty(0, dtype=np.int64)]
        parts: Dict[str, List[Any]] = {column.name: [] for column in chosen}
        for first, last, mask in self.chunks(first_row, end_row, types, which):
            everything = bool(mask.all())
            rows.append(first + np.flatnonzero(mask))
            for column in chosen:
                values = column.read(first, last)
                parts[column.name].append(values if everything else values[mask])
        out = {}
        for column in chosen:
            pieces = parts.pop(column.name) or [column.read(0, 0)]
            values = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
            out[column.name] = self.tables.decode(column, values, names)
        index = pd.Index(np.concatenate(rows), name="row")
        return pd.DataFrame(out, index=index, copy=False)

    def at(self, rows: Array, names: Names) -> "pd.DataFrame":
        """The events with these row numbers, which go upwards, shape (n,)."""
        pd = need("pandas", "tables")
        out = {}
        for column in self.columns.values():
            pieces = [column.read(0, 0)]
            for first in range(0, self.count, CHUNK):
                here = rows[(rows >= first) & (rows < first + CHUNK)]
                if here.size:
                    low, high = int(here[0]), int(here[-1]) + 1
                    pieces.append(column.read(low, high)[here - low])
            out[column.name] = self.tables.decode(column, np.concatenate(pieces), names)
        return pd.DataFrame(out, index=pd.Index(rows, name="row"))

    # ---- causes and effects --------------------------------------------------------

    def check(self, row: int) -> int:
        """The row number itself, if there is such an event."""
        if isinstance(row, bool) or not isinstance(row, (int, np.integer)):
            raise TypeError(f"an event is given by its row number, not {row!r}")
        if not 0 <= row < self.count:
            raise LookupError(f"no event has row {row}; there are {self.count}")
        return int(row)

    def ancestors(self, row: int) -> Array:
        """Rows of the event, its cause, that one's cause and so on, upwards."""
        cause = self.columns["cause"]
        chain = [self.check(row)]
        while True:
            parent = int(cause.read(chain[-1], chain[-1] + 1)[0])
            if not 0 <= parent < chain[-1]:  # a cause comes before what it causes
                return np.array(chain[::-1], dtype=np.int64)
            chain.append(parent)

    def descendants(self, row: int, direct: bool) -> Array:
        """Rows of what the event led to, upwards; of direct effects only, if wanted."""
        row = self.check(row)
        cause = self.columns["cause"]
        found: List[Any] = [row]
        for first in range(row + 1, self.count, CHUNK):
            parents = cause.read(first, min(first + CHUNK, self.count))
            if direct:
                found.extend(first + np.flatnonzero(parents == row))
                continue
            known = np.array(found, dtype=np.int64)
            while True:  # what is caused by what has just been found, in this chunk
                fresh = first + np.flatnonzero(np.isin(parents, known))
                fresh = np.setdiff1d(fresh, found, assume_unique=True)
                if not fresh.size:
                    break
                found.extend(fresh)
                known = fresh
        return np.array(sorted(found[1:]), dtype=np.int64)
