# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a result is from: everything that is needed to make it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

import h5py

from .columns import text, texts


@dataclass(frozen=True)
class SourceFile:
    """A file that the scenario was read from.

    Attributes
    ----------
    path, sha256, text : str
        Where it was, the checksum of its bytes in hexadecimal, and what it said.
    """

    path: str
    sha256: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Provenance:
    """Where a result is from.

    What `--reproducible` leaves out of the file is None here.

    Attributes
    ----------
    scenario_text : str
        The main scenario as it was written.
    resolved_text : str
        The scenario with all layers merged, every setting in it.
    files : list of SourceFile
        Everything that was read, the main scenario first.
    overrides : list of str
        Settings from the command line, "path=value".
    command_line : str or None
        The command that made the file.
    started : str or None
        When, in UTC, ISO-8601.
    elapsed_s : float or None
        How long it took, in seconds.
    max_rss : int or None
        Most memory used, in bytes.
    host, libraries : str or None
        The machine; the libraries and their versions.
    isssim_version, git_sha1 : str
        The program.
    git_dirty : bool
        Whether its sources differed from that commit.
    model_hash, numerics : str
        SHA-256 of the scenario with all layers; fingerprint of the arithmetic.
    seed : int
        Master seed of the random numbers.
    rng : str
        Their generator.
    replication : int or None
        Of a run: which.
    """

    scenario_text: str = field(repr=False)
    resolved_text: str = field(repr=False)
    files: List[SourceFile]
    overrides: List[str]
    command_line: Optional[str]
    started: Optional[str]
    elapsed_s: Optional[float]
    max_rss: Optional[int]
    host: Optional[str]
    libraries: Optional[str]
    isssim_version: str
    git_sha1: str
    git_dirty: bool
    model_hash: str
    numerics: str
    seed: int
    rng: str
    replication: Optional[int]


def _words(group: h5py.Group, name: str) -> str:
    return text(group[name][()]) if name in group else ""


def _files(group: h5py.Group) -> List[SourceFile]:
    if "files" not in group:
        return []
    files = group["files"]
    columns = [texts(files[name][()]) for name in ("path", "sha256", "text")]
    return [SourceFile(*row) for row in zip(*columns)]


def read_provenance(root: h5py.Group, attrs: Dict[str, Any]) -> Provenance:
    """Read /provenance of a file.

    Parameters
    ----------
    root : h5py.Group
        The file.
    attrs : dict
        The attributes of its root, as Python has them.
    """
    group = root["provenance"] if "provenance" in root else {}
    known = group.attrs if isinstance(group, h5py.Group) else {}

    def told(name: str) -> Optional[str]:
        return text(known[name]) if name in known else None

    replication = attrs.get("replication")
    return Provenance(
        scenario_text=_words(group, "scenario_text"),
        resolved_text=_words(group, "resolved_text"),
        files=_files(group),
        overrides=texts(group["overrides"][()]) if "overrides" in group else [],
        command_line=told("command_line"),
        started=told("started"),
        elapsed_s=float(known["elapsed_s"]) if "elapsed_s" in known else None,
        max_rss=int(known["max_rss"]) if "max_rss" in known else None,
        host=told("host"),
        libraries=told("libraries"),
        isssim_version=str(attrs.get("isssim_version", "")),
        git_sha1=str(attrs.get("git_sha1", "")),
        git_dirty=bool(attrs.get("git_dirty", 0)),
        model_hash=str(attrs.get("model_hash", "")),
        numerics=str(attrs.get("numerics", "")),
        seed=int(attrs.get("seed", 0)),
        rng=str(attrs.get("rng", "")),
        replication=None if replication is None else int(replication),
    )
