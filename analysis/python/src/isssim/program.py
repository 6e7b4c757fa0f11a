# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls the program, and opens what it wrote."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import warnings
import weakref
from typing import Any, List, Mapping, Optional, Union

from .errors import ProgramError
from .reading import Path
from .reading import open as open_result
from .runs import Run
from .studies import Study


#: Exit code of a study in which missions ended early, and of errors of the program.
SOME_FAILED = 70


def find_program(program: Optional[Path] = None) -> str:
    """Where the program is.

    Parameters
    ----------
    program : str or path, optional
        It itself; else $ISSSIM, `isssim` on the PATH, or the launcher of the checkout
        that this package lies in.

    Raises
    ------
    ProgramError
        It isn't there.
    """
    named = os.fspath(program) if program is not None else os.environ.get("ISSSIM", "")
    if named:
        found = shutil.which(named)
        if found is None:
            raise ProgramError(f"{named} isn't a program that can be started")
        return found
    found = shutil.which("isssim")
    if found is not None:
        return found
    for folder in pathlib.Path(__file__).resolve().parents:
        launcher = folder / "isssim"
        if launcher.is_file() and (folder / "engine").is_dir():
            return str(launcher)
    raise ProgramError(
        "the program isssim isn't found: put it on the PATH, name it in $ISSSIM, or "
        "give program="
    )


def setting(value: Any) -> str:
    """A value as the scenario language writes it; dates without a zone are UTC.

    A str stays as it is, so that it can be anything that `--set` takes.

    >>> setting(False), setting(2.5), setting("2023-01-01"), setting(["ada", "bo"])
    ('false', '2.5', '2023-01-01', '["ada", "bo"]')
    >>> setting({"dist": "exponential", "mean": 30})
    '{ dist = "exponential"; mean = 30; }'
    """
    return value if isinstance(value, str) else _literal(value)


def _literal(value: Any) -> str:
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()  # a number of numpy
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return json.dumps(_moment(value))
    if isinstance(value, Mapping):
        inner = "".join(f" {name} = {_literal(part)};" for name, part in value.items())
        return "{" + inner + " }"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_literal(part) for part in value)
        simple = all(isinstance(part, (str, int, float)) for part in value)
        return f"[{inner}]" if simple else f"({inner})"
    raise TypeError(f"a setting can't be {value!r}")


def _moment(value: datetime.date) -> str:
    if not isinstance(value, datetime.datetime):
        return value.isoformat() + "Z"
    if value.tzinfo is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value.isoformat() + "Z"


def _options(options: Mapping[str, Any]) -> List[str]:
    out: List[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            out.append(option)
        elif isinstance(value, (list, tuple)):
            out += [option, ",".join(map(str, value))]
        elif value is not None and value is not False:
            out += [option, str(value)]
    return out


def _environment() -> "dict[str, str]":
    return {**os.environ, "NO_COLOR": "1"}


def call(arguments: List[str], program: Optional[Path] = None) -> str:
    """Start the program and give what it printed.

    Parameters
    ----------
    arguments : list of str
        Behind the program's name.
    program : str or path, optional
        See `find_program`.

    Raises
    ------
    ProgramError
        It ended with another code than 0; the error's text is what it said.
    """
    where = find_program(program)
    try:
        done = subprocess.run(
            [where, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            check=False,
        )
    except OSError as error:
        raise ProgramError(f"{where} can't be started: {error.strerror}") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        if not said:
            said = f"{where} ended with code {done.returncode} and said nothing"
        raise ProgramError(said, done.returncode)
    return done.stdout.decode("utf-8", "replace")


def _state(path: str) -> Any:
    """What tells a file from the one that was there before; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _written(arguments: List[str], path: str, program: Optional[Path]) -> Any:
    """The result that the program writes, with a warning when missions ended early.

    The program's exit code isn't 0 then, but the study is written all the same.
    """
    before = _state(path)
    try:
        call([*arguments, "--output", path], program)
    except ProgramError as error:
        if error.returncode != SOME_FAILED or _state(path) in (before, None):
            raise
        warnings.warn(str(error), RuntimeWarning, stacklevel=4)
    return open_result(path, incomplete=True)


def _make(
    command: str,
    scenario: Path,
    settings: Mapping[str, Any],
    options: Mapping[str, Any],
    output: Optional[Path],
    program: Optional[Path],
) -> Any:
    arguments = [command, os.fspath(scenario), "--quiet", *_options(options)]
    for path, value in settings.items():
        arguments += ["--set", f"{path}={setting(value)}"]
    if output is not None:
        return _written(arguments, os.fspath(output), program)
    folder = tempfile.mkdtemp(prefix="isssim-")
    try:
        path = os.path.join(folder, pathlib.Path(scenario).stem + ".h5")
        result = _written(arguments, path, program)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    result._temporary = weakref.finalize(result, shutil.rmtree, folder, True)
    return result


def run(
    scenario: Path,
    set: Mapping[str, Any] = {},  # noqa: A002, B006
    seed: Optional[int] = None,
    replication: Optional[int] = None,
    output: Optional[Path] = None,
    program: Optional[Path] = None,
    **options: Any,
) -> Run:
    """Run one mission, as `isssim run` does.

    Parameters
    ----------
    scenario : str or path
        The scenario's file, or the name of a shipped one.
    set : mapping
        Settings that are other than in the scenario, by path; bool, number, date, list
        and dict are written as the language has them, a str is taken as it is.
    seed, replication : int, optional
        Which random numbers; else as the scenario and the program have it.
    output : str or path, optional
        Where the file is to be; it mustn't exist, unless force=True.  Without it the
        file is removed with the object that is returned.
    program : str or path, optional
        The program; else $ISSSIM, `isssim` on the PATH, or the checkout's.
    **options
        Further options of the program: reproducible=True.

    Raises
    ------
    ProgramError
        The program failed; its message says why.
    """
    given = {"seed": seed, "replication": replication, **options}
    result = _make("run", scenario, set, given, output, program)
    assert isinstance(result, Run)
    return result


def mc(
    scenario: Path,
    n: Optional[int] = None,
    set: Mapping[str, Any] = {},  # noqa: A002, B006
    jobs: Optional[int] = None,
    seed: Optional[int] = None,
    output: Optional[Path] = None,
    program: Optional[Union[str, "os.PathLike[str]"]] = None,
    **options: Any,
) -> Study:
    """Run many missions and sum them up, as `isssim mc` does.

    Parameters
    ----------
    scenario, set, seed, output, program
        As in `run`.
    n : int, optional
        How many missions; else as the scenario has it.
    jobs : int, optional
        On how many processors; else on all.
    **options
        Further options of the program: traces=5, series="crew,unsafe",
        precision="crew_mean=1%".

    Warns
    -----
    RuntimeWarning
        Some missions ended early; `Study.failed` has them.

    Raises
    ------
    ProgramError
        The program failed; its message says why.
    """
    given = {"replications": n, "threads": jobs, "seed": seed, **options}
    result = _make("mc", scenario, set, given, output, program)
    assert isinstance(result, Study)
    return result
