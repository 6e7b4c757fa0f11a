# SPDX-License-Identifier: GPL-3.0-or-later
"""One mission: what happened, and what became of flights, people, stocks and units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, List, Optional

import h5py
import numpy as np

from .columns import Array, texts
from .errors import need, no_such
from .events import EventLog
from .results import Result, attributes
from .tables import Names

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

_US_PER_DAY = 86_400_000_000


class Run(Result):
    """One mission, from `isssim run` or a trace of a study.

    Each table is a property and a DataFrame of shape (rows, columns), one row a flight,
    a stay and so on; `units` and `docs` tell what is in the columns, and `table` gives
    them with names or numbers as one likes.  The table `units` is `system_units`, for
    `units` are the units; the table `resources` is `resource_types`, for `resources`
    are the stocks over time.

    Attributes
    ----------
    is_trace : bool
        Whether it lies in the file of a study, and ends with that.
    """

    def __init__(self, file: h5py.File, group: Optional[h5py.Group] = None) -> None:
        super().__init__(file, group)
        self.is_trace = group is not None
        if group is not None:
            self.attrs = {**self.attrs, **attributes(group)}
        self._log: Optional[EventLog] = None
        self._forecast_from: Optional[List[Any]] = None

    def close(self) -> None:
        """Close the file; a trace leaves its study open.  What was read stays."""
        if not self.is_trace:
            super().close()

    def _size(self) -> str:
        return f", replication {self.replication}, {self.event_count} events"

    @property
    def replication(self) -> int:
        """Which of the possible missions this is, from 0."""
        return int(self.attrs.get("replication", 0))

    @property
    def start(self) -> "pd.Timestamp":
        """The scenario's start, in UTC; `epoch` is another name of it."""
        return self.epoch

    @property
    def end(self) -> "pd.Timestamp":
        """The scenario's horizon, in UTC: the time of the last event."""
        pd = need("pandas", "times")
        time = self._events.columns["time"]
        if self.event_count == 0:
            return self.epoch
        return pd.Timestamp(time.plain(time.read(self.event_count - 1))[0])

    @property
    def forecast_from(self) -> "Optional[pd.Timestamp]":
        """When the model began to act, in UTC; None in a replay of the record."""
        if self._forecast_from is None:  # what is found is kept: a log may be long
            known = texts(self._tables.column("event_types", "name").read())
            kinds = ["FORECAST_BEGINS"] if "FORECAST_BEGINS" in known else []
            self._forecast_from = self.events(kinds, columns="time")["time"].tolist()
        return self._forecast_from[0] if self._forecast_from else None

    # ---- events --------------------------------------------------------------------

    @property
    def _events(self) -> EventLog:
        if self._log is None:
            self._log = EventLog(self._tables)
        return self._log

    @property
    def event_count(self) -> int:
        """How many events there are."""
        return self._events.count

    def events(
        self,
        types: Any = None,
        start: Any = None,
        end: Any = None,
        columns: Optional[Iterable[str]] = None,
        names: Names = True,
        **which: Any,
    ) -> "pd.DataFrame":
        """Events, those that are asked for.

        Reads chunk by chunk and keeps the rows and columns that are wanted, so that a
        log may be larger than the memory.

        Parameters
        ----------
        types : str, int or iterable of them, optional
            Kinds of event by name or code: "LAUNCHED", ["DOCKED", "UNDOCKED"].
        start, end : str, datetime or pandas.Timestamp, optional
            From start to before end, UTC unless they name a zone.
        columns : iterable of str, optional
            Only these columns, in this order.
        names : bool or "name"
            As in `table`.
        **which
            What the events concern, by key, name or row number, or several in a list:
            flight="MS-22", person=["rubio", "Nicole Mann"], port=, failure= and every
            other column of events that refers to something.

        Returns
        -------
        pandas.DataFrame
            Shape (events, columns), indexed by `row`, the event's number in the log;
            time is datetime64[ns], the unit of value stands in `event_types`.
        """
        return self._events.frame(types, start, end, columns, names, which)

    def causes(self, event_row: int, names: Names = True) -> "pd.DataFrame":
        """The event and what led to it, back to the root.

        Parameters
        ----------
        event_row : int
            The event's number in the log, as in the index of `events()`.

        Returns
        -------
        pandas.DataFrame
            As `events()`: the root first, then what it caused, at last the event.
        """
        return self._events.at(self._events.ancestors(event_row), names)

    def effects(
        self, event_row: int, names: Names = True, direct: bool = False
    ) -> "pd.DataFrame":
        """What an event led to, in the order of time, itself left out.

        Parameters
        ----------
        event_row : int
            The event's number in the log.
        direct : bool
            Only what was scheduled during the event itself.

        Returns
        -------
        pandas.DataFrame
            As `events()`.
        """
        return self._events.at(self._events.descendants(event_row, direct), names)

    # ---- over time -----------------------------------------------------------------

    @property
    def state(self) -> "xr.Dataset":
        """The station over time: each row holds from its time to the next.

        Returns
        -------
        xarray.Dataset
            (time): crew, unsafe, seats_safe and crew_S for each segment S, people;
            (time, port): docked, key of the flight docked there, "" for none.
            The coordinate time is datetime64[ns], not always unique; port has keys.
        """
        xr = need("xarray", "states")
        tables = self._tables
        columns = tables.columns("state")
        time = tables.decode(columns["time"], columns["time"].read())
        out = {}
        for name, column in columns.items():
            if name == "time":
                continue
            values = column.read()
            if column.kind == "row":
                labels = tables.labels(column.refers_to) or []
                values = np.array([*labels, ""], dtype=object)[values]
            dims = ("time", "port")[: values.ndim]
            about = {"units": column.units, "long_name": column.doc}
            out[name] = (dims, values, about)
        ports = np.array(tables.labels("ports") or [], dtype=object)
        return xr.Dataset(out, {"time": time, "port": ports}, {"title": self.title})

    @property
    def resources(self) -> "xr.Dataset":
        """Stocks over time, from /levels, every resource at every time.

        A row of /levels stands where something of one resource changed.  At the times
        of others, rates are the last and stocks what follows from them: they change by
        made - used a day.  The last time is the horizon.

        Returns
        -------
        xarray.Dataset
            (time, resource): stock [kg], reserve [d of nominal use], and in kg/d used,
            made, lacking, leaked, let_go.  NaN before a resource's first row.  The
            coordinate time is datetime64[ns], unique and upwards; resource has keys.
        """
        xr = need("xarray", "stocks")
        tables = self._tables
        columns = tables.columns("levels")
        labels = tables.labels("resources") or []
        moments, at = np.unique(columns["time"].read(), return_inverse=True)
        last = self._events.columns["time"].read(max(self.event_count - 1, 0))
        moments = np.union1d(moments, last) if len(moments) else moments
        which = columns["resource"].read()
        shape = (len(moments), len(labels))
        source: Array = np.full(shape, -1, dtype=np.int64)  # the row that holds then
        source[at, which] = np.arange(len(which))  # of several at once the last
        source = np.maximum.accumulate(source, axis=0)
        there = source >= 0
        values = {}
        for name, column in columns.items():
            if name not in ("time", "resource"):
                stored = np.append(column.read().astype(float), np.nan)
                values[name] = np.where(there, stored[source], np.nan)
        since = np.append(columns["time"].read(), 0)[source]
        days = np.where(there, (moments[:, None] - since) / _US_PER_DAY, 0)
        grown = (values["made"] - values["used"]) * days
        nominal = np.asarray(tables.columns("resources")["nominal_use"].read())
        values["stock"] = values["stock"] + np.where(days > 0, grown, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            grown_d = np.where(days > 0, grown / nominal, 0)
        values["reserve"] = values["reserve"] + grown_d
        out = {
            name: (
                ("time", "resource"),
                values[name],
                {"units": columns[name].units, "long_name": columns[name].doc},
            )
            for name in values
        }
        time = tables.decode(columns["time"], moments)
        keys = np.array(labels, dtype=object)
        names = np.array(tables.labels("resources", True) or [], dtype=object)
        coords = {"time": time, "resource": keys, "name": ("resource", names)}
        return xr.Dataset(out, coords, {"title": self.title})

    @property
    def metrics(self) -> "pd.DataFrame":
        """The mission summed up.

        Returns
        -------
        pandas.DataFrame
            Indexed by metric: value, its units, doc.
        """
        return self.table("metrics").set_index("name")

    def metric(self, name: str) -> float:
        """The value of one metric, in the units that `metrics` tells; NaN for none."""
        known = texts(self._tables.column("metrics", "name").read())
        if name not in known:
            raise no_such("metric", name, known)
        at = known.index(name)
        return float(self._tables.column("metrics", "value").read(at, at + 1)[0])

    # ---- tables, one property each -----------------------------------------------

    @property
    def cargo(self) -> "pd.DataFrame":
        """What flights carried."""
        return self.table("cargo")

    @property
    def conditions(self) -> "pd.DataFrame":
        """Medical conditions."""
        return self.table("conditions")

    @property
    def crew(self) -> "pd.DataFrame":
        """Stays: one row a person and visit that reaches into the scenario."""
        return self.table("crew")

    @property
    def evas(self) -> "pd.DataFrame":
        """Spacewalks, and the rules that make them."""
        return self.table("evas")

    @property
    def event_types(self) -> "pd.DataFrame":
        """Kinds of event."""
        return self.table("event_types")

    @property
    def expeditions(self) -> "pd.DataFrame":
        """Expeditions, and who commanded the station when."""
        return self.table("expeditions")

    @property
    def experiments(self) -> "pd.DataFrame":
        """What research is for."""
        return self.table("experiments")

    @property
    def failure_modes(self) -> "pd.DataFrame":
        """What can go wrong."""
        return self.table("failure_modes")

    @property
    def failures(self) -> "pd.DataFrame":
        """Failures that happened."""
        return self.table("failures")

    @property
    def families(self) -> "pd.DataFrame":
        """Families of rockets."""
        return self.table("families")

    @property
    def flights(self) -> "pd.DataFrame":
        """Flights: the plan, and what became of them."""
        return self.table("flights")

    @property
    def launch_systems(self) -> "pd.DataFrame":
        """Rockets."""
        return self.table("launch_systems")

    @property
    def left_behind(self) -> "pd.DataFrame":
        """Crew members who couldn't fly when their flight launched."""
        return self.table("left_behind")

    @property
    def levels(self) -> "pd.DataFrame":
        """Stocks over time: a row whenever a stock or a rate changed."""
        return self.table("levels")

    @property
    def orbit(self) -> "pd.DataFrame":
        """Manoeuvres that raised the station."""
        return self.table("orbit")

    @property
    def outages(self) -> "pd.DataFrame":
        """Times in which a system had fewer running units than it needs."""
        return self.table("outages")

    @property
    def pads(self) -> "pd.DataFrame":
        """Launch pads."""
        return self.table("pads")

    @property
    def parts(self) -> "pd.DataFrame":
        """Spare parts, by kind."""
        return self.table("parts")

    @property
    def people(self) -> "pd.DataFrame":
        """People."""
        return self.table("people")

    @property
    def port_intervals(self) -> "pd.DataFrame":
        """Which vehicle was at which port from when to when."""
        return self.table("port_intervals")

    @property
    def ports(self) -> "pd.DataFrame":
        """Ports of the station."""
        return self.table("ports")

    @property
    def programme(self) -> "pd.DataFrame":
        """What the partners have agreed on, by date."""
        return self.table("programme")

    @property
    def repairs(self) -> "pd.DataFrame":
        """Units that failed, and their repairs."""
        return self.table("repairs")

    @property
    def resource_types(self) -> "pd.DataFrame":
        """What the station lives on."""
        return self.table("resources")

    @property
    def scrub_causes(self) -> "pd.DataFrame":
        """What may call an attempt to launch off."""
        return self.table("scrub_causes")

    @property
    def seat_intervals(self) -> "pd.DataFrame":
        """Which seat each person aboard held from when to when."""
        return self.table("seat_intervals")

    @property
    def spares(self) -> "pd.DataFrame":
        """Spares that flights carried."""
        return self.table("spares")

    @property
    def spacewalks(self) -> "pd.DataFrame":
        """Who went outside, or helped from inside, from when to when."""
        return self.table("spacewalks")

    @property
    def suits(self) -> "pd.DataFrame":
        """Pools of spacesuits."""
        return self.table("suits")

    @property
    def systems(self) -> "pd.DataFrame":
        """Systems of the station."""
        return self.table("systems")

    @property
    def tasks(self) -> "pd.DataFrame":
        """Regular work."""
        return self.table("tasks")

    @property
    def thresholds(self) -> "pd.DataFrame":
        """Levels of resources at which something is done."""
        return self.table("thresholds")

    @property
    def system_units(self) -> "pd.DataFrame":
        """Units of the systems."""
        return self.table("units")

    @property
    def vehicles(self) -> "pd.DataFrame":
        """Types of vehicle."""
        return self.table("vehicles")
