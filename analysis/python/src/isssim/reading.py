# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a file, or says in a sentence why it can't be read."""

from __future__ import annotations

import errno
import os
from typing import Any, Tuple, Union

import h5py
import numpy as np

from .columns import Array, text
from .errors import FormatError, nearest
from .runs import Run
from .studies import Study
from .sweeps import Sweep
from .version import FORMAT_MAJOR

Path = Union[str, "os.PathLike[str]"]

_KINDS = {"isssim/run": Run, "isssim/mc": Study, "isssim/sweep": Sweep}


def open(path: Path, incomplete: bool = False) -> Any:  # noqa: A001
    """Open a file that isssim wrote.

    Parameters
    ----------
    path : str or path
        The file.
    incomplete : bool
        Whether a study that was interrupted is welcome, with the rows that it has.

    Returns
    -------
    Run, Study or Sweep
        By what the file says it is; a context manager.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    FormatError
        The file isn't of isssim, is incomplete, or of a format too new or too old.
    """
    file = _open_hdf5(path)
    try:
        kind = _check(file, os.fspath(path), incomplete)
        return _KINDS[kind](file)
    except BaseException:
        file.close()
        raise


def _open_hdf5(path: Path) -> h5py.File:
    name = os.fspath(path)
    if os.path.isdir(name):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not os.path.exists(name):
        raise FileNotFoundError(errno.ENOENT, _not_there(name), name)
    try:
        return h5py.File(name, "r")
    except PermissionError:
        raise
    except OSError as error:
        raise FormatError(_why_not(name, error)) from error


def _not_there(name: str) -> str:
    """That no file is called so, and which of those beside it may have been meant."""
    folder = os.path.dirname(name)
    told = os.strerror(errno.ENOENT)
    try:
        beside = [each for each in os.listdir(folder or ".") if each.endswith(".h5")]
    except OSError:
        return f"{told}: there is no folder {folder}"
    found = nearest(os.path.basename(name), sorted(beside))
    if found is not None:
        return f"{told}; did you mean {os.path.join(folder, found)}?"
    return told if beside else f"{told}, nor another *.h5 beside it"


def _why_not(name: str, error: OSError) -> str:
    if os.path.getsize(name) == 0:
        return f"{name} is empty"
    if "truncated" in str(error):
        return f"{name} is cut off: a part of it is missing"
    if name.endswith((".part", ".log")) or "signature" in str(error):
        return f"{name} isn't an HDF5 file"
    return f"{name} can't be read: {error}"


def _version(file: h5py.File) -> Tuple[int, ...]:
    """The numbers of the format, major and minor; none when it has none."""
    if "format_version" not in file.attrs:
        return ()
    numbers: Array = np.atleast_1d(file.attrs["format_version"])
    return tuple(map(int, numbers)) if numbers.dtype.kind in "iu" else ()


def _check(file: h5py.File, name: str, incomplete: bool) -> str:
    kind = text(file.attrs["filetype"]) if "filetype" in file.attrs else ""
    version = _version(file)
    if not kind.startswith("isssim/") or not version:
        raise FormatError(
            f"{name} isn't a result of isssim: it has no filetype and format_version"
        )
    told = ".".join(map(str, version))
    if version[0] > FORMAT_MAJOR:
        raise FormatError(
            f"{name} has format {told}, newer than this package reads "
            f"({FORMAT_MAJOR}.x): a newer package isssim is needed"
        )
    if version[0] < FORMAT_MAJOR:
        raise FormatError(
            f"{name} has format {told}, older than this package reads "
            f"({FORMAT_MAJOR}.x): make the file again, or use an older package isssim"
        )
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise FormatError(f"{name} is of the kind {kind}; this package reads {known}")
    if not incomplete and not int(file.attrs.get("complete", 0)):
        raise FormatError(_how_incomplete(file, name, kind))
    return kind


def _how_incomplete(file: h5py.File, name: str, kind: str) -> str:
    if kind == "isssim/mc" and "replications" in file and "requested" in file.attrs:
        rows = file["replications/replication"].shape[0]
        asked = int(file.attrs["requested"])
        return (
            f"{name} is incomplete: it has {rows} of {asked} replications; go on with "
            "isssim mc --resume, or open it with incomplete=True"
        )
    return f"{name} is incomplete: what wrote it was interrupted"
