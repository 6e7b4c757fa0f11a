# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics of a study, as the charts of numbers need them."""
from __future__ import annotations

from typing import Any, Tuple

from ..errors import no_such
from ..studies import Study


def about(study: Study, name: str) -> Tuple[str, str, str]:
    """Units, meaning and kind of a metric; LookupError when there is none such."""
    about = study.metrics
    if name not in about.index:
        raise no_such("metric", name, [str(m) for m in about.index])
    row = about.loc[name]
    return str(row["units"]), str(row["doc"]), str(row["kind"])


def by_mission(study: Study, metric: str) -> Any:
    """A metric by replication, those without a value left out."""
    table = study.table("replications", ["replication", metric])
    return table.set_index("replication")[metric].astype(float).dropna()
