# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened and why, in the program's own words, asked of the program.

`isssim info FILE --story --json` tells a mission as `isssim run` did.  Which line
follows from which is found in the causes of the events.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set

from ..errors import ProgramError
from ..program import call
from . import parts, words
from .markup import Markup, element, join

MOST_EVENTS = 2_000_000
"""Of a longer log no story is told: nobody would read it."""
_LONG = 90
"""More lines than that are folded by year."""


class Facts:
    """What the program says of a file.

    Attributes
    ----------
    known : dict
        What `isssim info --story --json` prints; empty when the program can't be asked.
    problem : str
        Why it can't; empty when it can.
    """

    def __init__(self, known: Dict[str, Any], problem: str = "") -> None:
        self.known = known
        self.problem = problem

    def labels(self) -> Dict[str, str]:
        """What a planner looks at first, in order: a metric -> what it's called."""
        return {line["metric"]: line["label"] for line in self.known.get("summary", [])}

    def own(self) -> Set[str]:
        """Metrics that the scenario defines itself."""
        return {
            line["metric"] for line in self.known.get("summary", []) if line.get("own")
        }

    def story(self) -> List[Dict[str, Any]]:
        """The lines of a run's story."""
        return list(self.known.get("story", []))

    def stories(self) -> Dict[int, List[Dict[str, Any]]]:
        """Of a study the stories of the missions that it keeps whole."""
        told = self.known.get("stories", [])
        return {int(mission["replication"]): mission["story"] for mission in told}


def ask(path: Any, events: int, program: Any = None) -> Facts:
    """What the program has to say of a file.

    Parameters
    ----------
    path : path
        A run or a study.
    events : int
        How many events its longest log has.
    program : str or path, optional
        See `isssim.find_program`.
    """
    options = ["--story"] if events <= MOST_EVENTS else []
    problem = (
        "" if options else f"{words.digits(events)} events are too many for a story"
    )
    try:
        return Facts(
            json.loads(call(["info", *options, "--json", "--", str(path)], program)),
            problem,
        )
    except (ProgramError, ValueError) as error:
        return Facts({}, str(error))


# ---- which line follows from which ---------------------------------------------------


def _reasons(story: Sequence[Mapping[str, Any]], causes: Any) -> Dict[int, int]:
    """For a line's event that of the earlier line it follows from."""
    told = {
        line["event"]: i for i, line in enumerate(story) if line["event"] is not None
    }
    reasons: Dict[int, int] = {}
    for at, line in enumerate(story):
        event = line["event"]
        row = -1 if event is None or event >= len(causes) else int(causes[event])
        while row >= 0:
            if row in told and told[row] < at:
                reasons[event] = row
                break
            row = int(causes[row])
    return reasons


#: Kinds of event that make a line a turning point.
GRAVE = (
    "ASCENT_FAILED",
    "VEHICLE_LOST",
    "PERSON_LOST",
    "STATION_LOST",
    "STATION_DEORBITED",
    "EVACUATION",
    "EVACUATION_INDICATED",
    "STOCK_OUT",
    "COMMON_CAUSE",
    "PROGRAMME_CHANGE",
    "DOCKING_ABANDONED",
)


def _grave(story: Sequence[Mapping[str, Any]], events: Any) -> Set[int]:
    """The lines, by number, that tell grave events.

    Parameters
    ----------
    story : sequence of mappings
    events : pandas.DataFrame
        Those events: `time`, indexed by row.
    """
    found: Set[int] = set()
    for row, time in zip(events.index, events["time"]):
        moment = f"{time:%Y-%m-%dT%H:%M:%SZ}"
        telling = [
            i
            for i, line in enumerate(story)
            if line["event"] is not None
            and line["event"] <= row
            and line["time"] <= moment <= line["until"]
        ]
        found.update(telling[-1:])
    return found


def turning_points(
    story: Sequence[Mapping[str, Any]], grave: Any, prefix: str, most: int = 10
) -> Optional[Markup]:
    """The lines of the story that matter most, each pointing to where it stands.

    Parameters
    ----------
    story : sequence of mappings
        Lines, as in `tell`.
    grave : pandas.DataFrame
        Events of the kinds `GRAVE`: `time`, indexed by row.
    prefix : str
        Of the lines' ids.
    most : int
        Lines that are shown.
    """
    numbers = _grave(story, grave)
    found = [
        line
        for i, line in enumerate(story)
        if line["event"] is not None
        and (
            i in numbers
            or _mood(line["remark"] or "") != "plain"
            or "forced" in (line["remark"] or "")
        )
    ]
    if not found:
        return None
    items = [
        element(
            "li",
            element("a", _time(line), href=f"#{prefix}{line['event']}"),
            " ",
            line["text"],
            " ",
            _remark(line["remark"]),
        )
        for line in found[:most]
    ]
    if len(found) > most:
        items.append(
            element(
                "li", f"{len(found) - most} more stand in the story.", class_="note"
            )
        )
    return element("ul", items, class_="brief")


def _mood(remark: str) -> str:
    if "without a safe seat" in remark or "nobody aboard" in remark:
        return "bad"
    return "good" if "again" in remark else "plain"


def _remark(text: Optional[str]) -> Optional[Markup]:
    if not text:
        return None
    return element("span", text, class_=f"tag {_mood(text)}")


def _time(line: Mapping[str, Any]) -> Markup:
    return element("time", str(line["time"])[:10], datetime=line["time"])


def _item(
    line: Mapping[str, Any],
    prefix: str,
    times: Mapping[int, str],
    reason: Optional[int],
) -> Markup:
    event = line["event"]
    because = None
    # What follows at once needs no pointer: it's the line above.
    if reason is not None and times[reason] != str(line["time"])[:10]:
        because = element(
            "a",
            f"from {times[reason]}",
            href=f"#{prefix}{reason}",
            aria_label=f"follows from what happened on {times[reason]}",
            class_="because",
        )
    return element(
        "li",
        element("div", _time(line), class_="when"),
        element("p", line["text"], " ", _remark(line["remark"]), " ", because),
        id=None if event is None else f"{prefix}{event}",
    )


def tell(story: Sequence[Mapping[str, Any]], causes: Any, prefix: str) -> Markup:
    """A story as a list, a long one folded by year.

    Parameters
    ----------
    story : sequence of mappings
        Lines with time, event, text and remark, as the program gives them.
    causes : array of int, shape (events,)
        The row of each event's cause, -1 for none.
    prefix : str
        Of the lines' ids.
    """
    reasons = _reasons(story, causes)
    times = {
        line["event"]: str(line["time"])[:10]
        for line in story
        if line["event"] is not None
    }

    def items(lines: Sequence[Mapping[str, Any]]) -> Markup:
        return element(
            "ol",
            [_item(line, prefix, times, reasons.get(line["event"])) for line in lines],
            class_="story",
        )

    if len(story) <= _LONG:
        return items(story)
    years: Dict[str, List[Mapping[str, Any]]] = {}
    for line in story:
        years.setdefault(str(line["time"])[:4], []).append(line)
    return join(
        [
            parts.fold(
                f"{year}: {words.count(len(lines), 'line')}", items(lines), open_=i == 0
            )
            for i, (year, lines) in enumerate(years.items())
        ]
    )
