# SPDX-License-Identifier: GPL-3.0-or-later
"""Many missions: a row each, their summary, fans of series, and whole missions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Iterator, List, NamedTuple, Optional, Tuple

import h5py
import numpy as np

from .columns import Array, texts
from .errors import need, no_such
from .results import Result
from .runs import Run

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

#: Columns of /replications that are no metric.
ABOUT = ("point", "replication", "fingerprint", "events", "status")

# How the description of an uncertain number begins.
_INPUT = "Drawn value of "


class Interval(NamedTuple):
    """Two ends, in the metric's unit."""

    lo: float
    hi: float


class Traces(Mapping):  # type: ignore[type-arg]
    """The whole missions that a study kept: replication number -> Run.

    The runs share the study's file, and end with it.
    """

    def __init__(self, file: h5py.File) -> None:
        self._file = file
        group = file["traces"] if "traces" in file else {}
        names = [name for name in group if re.match(r"r\d+$", name)]
        self._names = {int(name[1:]): name for name in names}

    def __getitem__(self, replication: int) -> Run:
        if replication not in self._names:
            raise no_such("replication with a trace", replication, map(str, self))
        return Run(self._file, self._file["traces"][self._names[replication]])

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<traces of replications {list(self)}>"


class Study(Result):
    """Many replications of a scenario, from `isssim mc`."""

    def _size(self) -> str:
        if self.shard is None:
            return f", {self.n} replications"
        return f", {self.n} replications, shard {self.shard[0]} of {self.shard[1]}"

    @property
    def n(self) -> int:
        """How many replications the file has, those that ended early among them."""
        return self._tables.rows("replications")

    @property
    def requested(self) -> int:
        """How many replications were asked for, those of all shards together."""
        return int(self.attrs.get("requested", self.n))

    @property
    def shard(self) -> Optional[Tuple[int, int]]:
        """Which shard this is, from 1, and of how many; None of a whole study."""
        if "shard_count" not in self.attrs:
            return None
        return int(self.attrs["shard_index"]) + 1, int(self.attrs["shard_count"])

    # ---- a row each ----------------------------------------------------------------

    @property
    def replications(self) -> "pd.DataFrame":
        """All rows, indexed by replication.

        Returns
        -------
        pandas.DataFrame
            Shape (n, columns): fingerprint (uint64), events, status, then a column a
            metric (float64, NaN for none, units as in `metrics`) and an uncertain
            number.  `values` reads one metric of them, which takes less memory.
        """
        return self.table("replications").set_index("replication")

    def values(self, metric: str, missing: bool = True) -> Array:
        """One metric of every replication.

        Parameters
        ----------
        metric : str
            The metric, or the path of an uncertain number.
        missing : bool
            Whether replications without a value are in it, as NaN.

        Returns
        -------
        numpy.ndarray
            float64, shape (n,) in the order of the file, in the metric's unit.
        """
        columns = self._tables.columns("replications")
        known = [name for name in columns if name not in ABOUT]
        if metric not in known:
            raise no_such("metric", metric, known)
        values = np.asarray(columns[metric].read(), dtype=float)
        return values if missing else values[~np.isnan(values)]

    @property
    def input_names(self) -> List[str]:
        """Paths of the uncertain numbers, whose drawn values stand in each row."""
        columns = self._tables.columns("replications").values()
        return [column.name for column in columns if column.doc.startswith(_INPUT)]

    @property
    def inputs(self) -> "pd.DataFrame":
        """What was drawn for the uncertain numbers of the scenario.

        Returns
        -------
        pandas.DataFrame
            Indexed by replication, a column each, named by the setting's path, in the
            units that `metrics` tells; no column when nothing is uncertain.
        """
        wanted = ["replication", *self.input_names]
        return self.table("replications", wanted).set_index("replication")

    # ---- summed up -----------------------------------------------------------------

    @property
    def metrics(self) -> "pd.DataFrame":
        """What the metrics are: units, doc and kind, indexed by metric."""
        wanted = ["metric", "units", "doc", "kind"]
        frame = self.table("summary", wanted).set_index("metric")
        frame.index.name = "name"
        return frame

    @property
    def summary(self) -> "pd.DataFrame":
        """The metrics over all replications that ended well.

        Returns
        -------
        pandas.DataFrame
            Indexed by metric: units, doc, kind, n, missing, nonzero, mean, sd, mcse,
            ci_lo, ci_hi (of the mean, at the file's `confidence`), min, max in the
            metric's unit; p_nonzero and its intervals.  Quantiles are in `quantiles`.
        """
        columns = self._tables.columns("summary")
        flat = [name for name, column in columns.items() if len(column.shape) == 1]
        return self.table("summary", flat).set_index("metric")

    @property
    def quantiles(self) -> "pd.DataFrame":
        """Quantiles of the metrics over all replications that ended well.

        Returns
        -------
        pandas.DataFrame
            Indexed by metric, in its unit; a column a probability, as float 0 to 1.
        """
        pd = need("pandas", "quantiles")
        tables = self._tables
        metrics = texts(tables.column("summary", "metric").read())
        probabilities = tables.column("quantiles", "quantile").read()
        return pd.DataFrame(
            tables.column("summary", "value").read(),
            index=pd.Index(metrics, name="metric"),
            columns=pd.Index(probabilities, name="quantile"),
        )

    def interval(self, metric: str, level: float = 0.9) -> Interval:
        """The central interval that holds a share `level` of the missions.

        It tells how missions differ, not how well the mean is known: that is ci_lo and
        ci_hi of `summary`.

        Parameters
        ----------
        metric : str
            The metric.
        level : float
            Between 0 and 1.

        Returns
        -------
        Interval
            lo, hi: quantiles (1 - level)/2 and (1 + level)/2 (Hyndman and Fan's type 7)
            of the replications that have a value; NaN when none has.
        """
        if not 0 < level < 1:
            raise ValueError(f"level is between 0 and 1, not {level!r}")
        values = self.values(metric, missing=False)
        if not values.size:
            return Interval(float("nan"), float("nan"))
        lo, hi = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
        return Interval(float(lo), float(hi))

    @property
    def fans(self) -> "xr.Dataset":
        """Series over time: how the missions spread.

        Returns
        -------
        xarray.Dataset
            value(series, time, quantile) and mean(series, time), in the unit that the
            coordinate units(series) tells; doc(series).  time is datetime64[ns],
            quantile a probability.  Without series all are empty.
        """
        xr = need("xarray", "fans")
        tables = self._tables
        quantile = tables.column("quantiles", "quantile").read()
        if not tables.has("fans"):
            nothing = np.empty((0, 0, len(quantile)))
            return xr.Dataset(
                {
                    "value": (("series", "time", "quantile"), nothing),
                    "mean": (("series", "time"), nothing[:, :, 0]),
                },
                {"series": np.array([], dtype=object), "quantile": quantile},
            )
        columns = tables.columns("fans")
        grid = tables.column("grid", "time")
        names = {
            name: np.array(texts(columns[name].read()), dtype=object)
            for name in ("series", "units", "doc")
        }
        return xr.Dataset(
            {
                "value": (("series", "time", "quantile"), columns["value"].read()),
                "mean": (("series", "time"), columns["mean"].read()),
            },
            {
                "series": names["series"],
                "time": tables.decode(grid, grid.read()),
                "quantile": quantile,
                "units": ("series", names["units"]),
                "doc": ("series", names["doc"]),
            },
            {"title": self.title},
        )

    @property
    def counts(self) -> "pd.DataFrame":
        """How often metrics of whole numbers took each value: metric, value, count."""
        return self.table("counts")

    @property
    def failed(self) -> "pd.DataFrame":
        """Replications that ended early: replication, reason, events."""
        return self.table("failed")

    @property
    def traces(self) -> Traces:
        """The whole missions that were kept (`--traces`): replication -> Run."""
        return Traces(self._file)
