# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile
from typing import IO, Iterator


@contextlib.contextmanager
def written_whole(target: pathlib.Path) -> Iterator[IO[str]]:
    """A text that appears under its name when it is whole; else nothing is left.

    Parameters
    ----------
    target : pathlib.Path
        The file, which is replaced if it exists; UTF-8, lines end as they are given.
    """
    page = tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        newline="\n",
        prefix=target.name + ".",
        suffix=".part",
        dir=target.parent,
        delete=False,
    )
    try:
        with page:
            yield page.file
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(page.name, 0o666 & ~mask)
        os.replace(page.name, target)
    except BaseException:
        os.unlink(page.name)
        raise
