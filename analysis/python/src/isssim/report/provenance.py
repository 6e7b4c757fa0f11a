# SPDX-License-Identifier: GPL-3.0-or-later
"""What was asked for, where the result is from, and how to make it again."""

from __future__ import annotations

import re
import shlex
from typing import Any, List, Optional, Tuple

from . import parts, scenario, words
from .markup import Markup, element, join

Item = Tuple[str, Any]


def items(pairs: "List[Item]") -> Markup:
    """Terms and what they are; those without any are left out."""
    return element(
        "dl",
        [
            element("div", element("dt", term), element("dd", told))
            for term, told in pairs
            if told is not None and told != ""
        ],
        class_="items",
    )


def settings(result: Any) -> Optional[Markup]:
    """What the command line set otherwise than the scenario."""
    overrides = result.provenance.overrides
    if not overrides:
        return None
    return join([[element("code", line), element("br")] for line in overrides])


def forced(result: Any, mode: str) -> Optional[Markup]:
    """What the scenario makes happen."""
    text = result.provenance.resolved_text
    told = []
    for name in scenario.names(text, "events"):
        body = re.search(
            rf"^    \"?{re.escape(name)}\"?\s*[:=]\s*\{{$(.*?)^    \}}",
            scenario.section(text, "events"),
            re.M | re.S,
        )
        pairs = (
            dict(re.findall(r'^\s+(\w+) = "?(.*?)"?;$', body.group(1), re.M))
            if body
            else {}
        )
        if pairs.pop("when", mode) not in (mode, "always", "both"):
            continue
        at = pairs.pop("at", "")
        what = ", ".join(value.replace("_", " ") for value in pairs.values())
        told.append(
            join(element("strong", name), f": {what}", f", {at[:10]}" if at else "")
        )
    return join([[line, element("br")] for line in told]) if told else None


# ---- where it is from ----------------------------------------------------------------


def source(result: Any) -> Markup:
    """Program, machine, checksums, files."""
    known = result.provenance
    dirty = ", with changes since" if known.git_dirty else ""
    version = ".".join(map(str, result.attrs.get("format_version", [])))
    memory = (
        None if known.max_rss is None else f"{words.digits(known.max_rss / 1e6)} MB"
    )
    took = None if known.elapsed_s is None else f"{words.digits(known.elapsed_s)} s"
    made = items(
        [
            ("File", element("code", result.path.name)),
            (
                "Program",
                join(
                    f"isssim {known.isssim_version}, commit ",
                    element("code", known.git_sha1),
                    dirty,
                ),
            ),
            ("Format", version),
            ("Made", known.started),
            ("On", known.host),
            ("In", took),
            ("Memory", memory),
            ("Libraries", known.libraries),
            ("Random numbers", f"{known.rng}, seed {known.seed}"),
            ("Model (SHA-256)", element("code", known.model_hash)),
            ("Arithmetic", element("code", known.numerics)),
        ]
    )
    rows = [(file.path, file.sha256) for file in known.files]
    columns = [
        parts.text("File"),
        parts.Column("SHA-256", lambda value: element("code", value)),
    ]
    return join(
        made,
        parts.folded_table(
            "Files that the scenario was read from", columns, rows, few=3
        ),
    )


# ---- how to make it again ------------------------------------------------------------


def _sets(result: Any) -> str:
    return "".join(
        f" --set {shlex.quote(line)}" for line in result.provenance.overrides
    )


def _file(result: Any) -> str:
    files = result.provenance.files
    return shlex.quote(files[0].path) if files else "SCENARIO"


def _texts(result: Any) -> Markup:
    known = result.provenance
    return join(
        element(
            "p",
            "The scenario with all its layers and settings merged; as a file it gives "
            "the same numbers without any other:",
        ),
        parts.fold(
            "scenario.cfg, all layers",
            parts.scroll(
                element("pre", element("code", known.resolved_text)), "the scenario"
            ),
        ),
        parts.fold(
            "The scenario's own file, as it was written",
            parts.scroll(
                element("pre", element("code", known.scenario_text)),
                "the scenario's own file",
            ),
        ),
    )


def again(result: Any, call: str, whole: str) -> Markup:
    """The commands that give the same numbers.

    Parameters
    ----------
    result : Run or Study
    call : str
        Command and options, as `isssim run --seed 1 --replication 0`.
    whole : str
        Options that are for the first only, where the file tells them.
    """
    known = result.provenance
    called = known.command_line or f"{call}{whole}{_sets(result)} {_file(result)}"
    commit = known.git_sha1
    return join(
        element("p", "With the same sources of the program:"),
        parts.command(f"git checkout {commit}") if commit else None,
        element("p", "the command that made this file makes it again:"),
        parts.command(called),
        element(
            "p",
            "With nothing but this page: save the scenario below as scenario.cfg, and",
        ),
        parts.command(f"{call} scenario.cfg"),
        element("p", "This page is made by"),
        parts.command(f"isssim report {shlex.quote(result.path.name)}"),
        _texts(result),
    )
