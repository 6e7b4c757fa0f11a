# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of a study: what its missions have in common and how they differ."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

import numpy as np

from . import of_run, parts, provenance, run_pictures, scenario, story, study_pictures
from . import summary, words
from .markup import Markup, element, join
from .summary import Numbers

# ---- in short ------------------------------------------------------------------------


def _brief(study: Any, numbers: Numbers) -> Markup:
    told: List[Markup] = []
    ended = len(study.failed)
    counted = study.n - ended
    if study.shard is not None:
        told.append(
            join(
                f"A part of a study only: shard {study.shard[0]} of {study.shard[1]}, "
                f"with {words.digits(study.n)} of {words.digits(study.requested)} "
                "missions; ",
                element("code", "isssim merge"),
                " joins the parts.",
            )
        )
    elif not study.complete:
        told.append(
            join(
                f"Interrupted: {words.digits(study.n)} of "
                f"{words.digits(study.requested)} missions are there."
            )
        )
    if ended:
        told.append(
            join(
                element("strong", words.count(ended, "mission")),
                f" of {words.digits(study.n)} ended early and "
                "don't count; their reasons stand below.",
            )
        )
    for name in numbers.headline()[:3]:
        units = numbers.units(name)
        told.append(
            join(
                element("strong", numbers.labels[name]),
                ": ",
                numbers.typical(name),
                " in the median mission; from ",
                numbers.range(name),
                words.with_units("", units),
                " in nine of ten.",
            )
        )
    risks = numbers.risks()
    serious = [n for n in _SERIOUS if n in risks]
    for name in serious[:3]:
        share = numbers.get(name, "p_nonzero")
        told.append(
            join(
                element("strong", numbers.labels[name]),
                ": in ",
                words.share(share),
                f" of the missions ({words.one_in(share) or 'often'}).",
            )
        )
    never = [
        n
        for n in _SERIOUS
        if n in numbers.summary.index
        and numbers.get(n, "p_nonzero") == 0
        and n in _NEVER
    ]
    if never:
        rare = (
            f" What happens to fewer than 1 in {words.digits(round(counted / 3))} "
            "missions may well not be seen in so many."
            if counted >= _MANY
            else " So few missions say little of what is rare."
        )
        told.append(
            join("In none: ", words.listed([_NEVER[n] for n in never]), ".", rare)
        )
    return element("ul", [element("li", line) for line in told], class_="brief")


_MANY = 30
"""From so many missions on it is told what would still not be seen in them."""
#: What a planner fears, the worst first.
_SERIOUS = (
    "crew_lost",
    "medical_deaths",
    "station_lost",
    "uncrewed_d",
    "evacuations_unsafe",
    "returned_at_risk",
    "no_lifeboat_d",
    "unsafe_at_end",
    "evacuations",
    "crew_aborts",
)
_NEVER = {
    "crew_lost": "a death",
    "station_lost": "the station lost",
    "uncrewed_d": "a day with nobody aboard",
    "evacuations": "an early departure of a crew",
}


def _cards(numbers: Numbers) -> Optional[Markup]:
    return parts.cards(
        [
            (
                numbers.labels[name],
                numbers.typical(name),
                join("5 to 95 %: ", numbers.range(name)),
            )
            for name in numbers.headline()
        ]
    )


def _risks(numbers: Numbers, n: int) -> Optional[Markup]:
    rows = [
        (
            numbers.labels[name],
            numbers.get(name, "p_nonzero"),
            (numbers.get(name, "p_lo"), numbers.get(name, "p_hi")),
            words.one_in(numbers.get(name, "p_nonzero")),
            (
                numbers.get(name, "mean") / numbers.get(name, "p_nonzero"),
                numbers.units(name),
            ),
        )
        for name in numbers.risks()
    ]
    if not rows:
        return None
    level = words.percent(numbers.confidence)
    columns = [
        parts.text("What"),
        parts.Column("In how many missions", words.share, True),
        parts.Column(
            f"{level} interval",
            lambda ends: join(words.share(ends[0]), " to ", words.share(ends[1])),
            True,
        ),
        parts.Column("That is"),
        parts.Column("Then on average", lambda pair: words.quantity(*pair), True),
    ]
    return join(
        element("h3", "What happens in some missions only"),
        parts.table(f"Risks: how often, of {words.digits(n)} missions", columns, rows),
    )


# ---- what was asked ------------------------------------------------------------------


def _asked(study: Any) -> Markup:
    text = study.provenance.resolved_text
    grid = study.table("grid", ["time"])["time"]
    files = study.provenance.files
    mode = scenario.setting(text, "scenario.mode") or "forecast"
    period = None
    if len(grid) > 1:
        period = join(
            words.date(grid.iloc[0], short=False),
            " to ",
            words.date(grid.iloc[-1], short=False),
        )
    uncertain = len(study.input_names)
    return provenance.items(
        [
            ("Scenario", element("code", files[0].path) if files else None),
            ("Question", scenario.setting(text, "scenario.question")),
            ("In words", scenario.setting(text, "scenario.description")),
            ("Period", period),
            ("Forced", provenance.forced(study, mode)),
            (
                "Set otherwise",
                provenance.settings(study) or "nothing: the scenario as it is",
            ),
            (
                "Missions",
                f"{words.digits(study.n)}, each by other chances, seed {study.seed}",
            ),
            (
                "Shard",
                f"{study.shard[0]} of {study.shard[1]}, of {study.requested} missions"
                if study.shard
                else None,
            ),
            (
                "Uncertain",
                f"{words.count(uncertain, 'number')} drawn anew in each mission"
                if uncertain
                else None,
            ),
            ("Kept whole", ", ".join(f"replication {r}" for r in study.traces) or None),
        ]
    )


# ---- missions that were kept ---------------------------------------------------------


def _rank(study: Any, numbers: Numbers, run: Any) -> Markup:
    """A mission's numbers beside those of the others."""
    values = run.metrics["value"]
    rows = []
    for name in numbers.headline():
        if name not in values.index or words.is_missing(values[name]):
            continue
        others = study.values(name, missing=False)
        below = float(np.mean(others < values[name]))
        units = numbers.units(name)
        rows.append(
            (
                numbers.labels[name],
                (values[name], units),
                (numbers.quantile(name, 0.5), units),
                below,
            )
        )
    pair = parts.Column
    return parts.table(
        f"Replication {run.replication} among the others",
        [
            parts.text("What"),
            pair("Here", lambda p: words.quantity(*p), True),
            pair("Median", lambda p: words.quantity(*p), True),
            pair("Missions with less", words.share, True),
        ],
        rows,
    )


def _kept(study: Any, numbers: Numbers, facts: story.Facts) -> Optional[Markup]:
    stories = facts.stories()
    made: List[Markup] = []
    for replication in list(study.traces)[:5]:
        run = study.traces[replication]
        prefix = f"r{replication}-"
        made.append(element("h3", f"Replication {replication}"))
        made.append(_rank(study, numbers, run))
        made.append(of_run.brief(run, stories.get(replication, ()), prefix + "e", "h4"))
        made.append(run_pictures.pictures(run, prefix, few=True))
        made.append(
            parts.fold(
                "What happened, and why",
                of_run.told(run, stories.get(replication), facts.problem, prefix + "e"),
                open_=len(made) < 6,
            )
        )
    if len(study.traces) > 5:
        made.append(
            element(
                "p",
                f"{len(study.traces) - 5} more are kept in the file.",
                class_="note",
            )
        )
    return join(made) if made else None


# ---- all -----------------------------------------------------------------------------


def _asked_for(study: Any) -> str:
    """How many missions, and which shard of them, as options have it."""
    if study.shard is None:
        return str(study.n)
    return f"{study.requested} --shard {study.shard[0]}/{study.shard[1]}"


def sections(study: Any, facts: story.Facts) -> List[Tuple[str, str, Markup]]:
    """The report's parts: id, heading, content."""
    numbers = Numbers(study, facts)
    call = f"isssim mc --seed {study.seed} --replications {_asked_for(study)}"
    kept = _kept(study, numbers, facts)
    one = element(
        "p",
        "One of its missions, told as a story: ",
        element("code", f"isssim run --seed {study.seed} --replication K"),
        " with the same scenario and settings.",
    )
    made = [
        (
            "short",
            "In short",
            join(_brief(study, numbers), _cards(numbers), _risks(numbers, study.n)),
        ),
        ("asked", "What was asked", _asked(study)),
        ("pictures", "Pictures", study_pictures.pictures(study, numbers)),
        ("numbers", "Numbers", summary.tables(study, numbers)),
    ]
    if kept is not None:
        made.append(("story", "Missions kept whole", kept))
    return [
        *made,
        ("source", "Where it comes from", provenance.source(study)),
        ("again", "How to make it again", join(provenance.again(study, call, ""), one)),
    ]


def lead(study: Any) -> Markup:
    """What stands below the title."""
    return join(f"{words.digits(study.n)} missions · seed {study.seed}")
