# SPDX-License-Identifier: GPL-3.0-or-later
"""The mission page: a result in one HTML file that any browser shows, offline.

``mission.html`` beside this module is built from ``analysis/page``; here a result is put
into it, whole, compressed, as base64.  Whoever opens the page needs nothing else.

    python3 -m isssim page soyuz_leak.h5
"""
from __future__ import annotations

import argparse
import base64
import html
import os
import pathlib
import sys
import zlib
from typing import IO, Iterator, List, Optional, Union

from ..errors import FormatError
from ..files import written_whole
from ..reading import open as open_result

PathLike = Union[str, "os.PathLike[str]"]

#: Bytes of a result from which a browser takes a while, and above which it can't be
#: relied on.
LARGE = 100 * 1000 * 1000
LARGEST = 400 * 1000 * 1000

MARKER = "<!-- isssim: data -->"
PIECE = 3 * 1024 * 1024  # of compressed data in an element; a multiple of 3, for base64


def _template() -> str:
    """The page without data, as analysis/page builds it."""
    text = pathlib.Path(__file__).with_name("mission.html").read_text(encoding="utf-8")
    if text.count(MARKER) != 1:
        raise FormatError("mission.html of this package isn't the mission page")
    return text


def _check(path: pathlib.Path) -> str:
    """The title of a result that a page can show."""
    with open_result(path, incomplete=True) as result:
        kind, title = result.attrs["filetype"], result.title
    if kind not in ("isssim/run", "isssim/mc"):
        raise FormatError(f"{path} is of the kind {kind}; a page shows runs and studies")
    size = path.stat().st_size
    if size > LARGEST:
        raise FormatError(
            f"{path} has {size / 1e6:.0f} MB, and a browser can't be relied on above "
            f"{LARGEST / 1e6:.0f} MB: make a study with fewer replications or traces"
        )
    return title or path.stem


def _compressed(file: IO[bytes]) -> Iterator[bytes]:
    """The file as gzip, without the date: the same file gives the same page."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for block in iter(lambda: file.read(1 << 20), b""):
        yield packer.compress(block)
    yield packer.flush()


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """The compressed file as elements of base64."""

    def element(data: bytes) -> str:
        text = base64.b64encode(data).decode("ascii")
        return f'<script type="text/plain" class="isssim-data">{text}</script>\n'

    waiting = bytearray()
    for block in _compressed(file):
        waiting += block
        while len(waiting) >= PIECE:
            yield element(bytes(waiting[:PIECE]))
            del waiting[:PIECE]
    if waiting:
        yield element(bytes(waiting))


def write(path: PathLike, output: Optional[PathLike] = None) -> pathlib.Path:
    """Write a result as an interactive page.

    Parameters
    ----------
    path
        A run or a study (``.h5``) of at most 400 MB.
    output
        The page; by default beside the result, with ``-page.html`` for ``.h5``: plain
        ``.html`` is the report.

    Returns
    -------
    pathlib.Path
        The page that was written.  It appears under its name when it is whole.

    Raises
    ------
    FormatError
        The file is no run or study, of another major version, or too large.
    OSError
        It isn't there, or the page can't be written.
    """
    source = pathlib.Path(path)
    title = _check(source)
    beside = source.with_name(source.stem + "-page.html")
    target = pathlib.Path(output) if output is not None else beside
    head, tail = _template().split(MARKER)
    head = head.replace(
        "<title>Mission page</title>", f"<title>{html.escape(title)} – isssim</title>", 1
    )
    with open(source, "rb") as data, written_whole(target) as page:
        page.write(head)
        for piece in _pieces(data):
            page.write(piece)
        page.write(tail)
    return target


def main(argv: Optional[List[str]] = None) -> int:
    """``python3 -m isssim page FILE``: write the page and say where it is."""
    parser = argparse.ArgumentParser(
        prog="isssim page",
        description="Write a result as one interactive HTML file that needs no network.",
    )
    parser.add_argument("file", help="a run or a study, .h5")
    parser.add_argument("-o", "--output", help="the page; default: FILE with -page.html")
    options = parser.parse_args(argv)
    try:
        page = write(options.file, options.output)
    except OSError as error:
        if not os.path.exists(options.file):
            raise  # __main__ tells it as it does for every subcommand
        place = options.output or options.file
        print(f"isssim: {place}: {error.strerror}", file=sys.stderr)
        return 73
    size = os.path.getsize(options.file)
    if size > LARGE:
        print(
            f"isssim: {options.file} has {size / 1e6:.0f} MB: a browser will take a "
            "while to open the page",
            file=sys.stderr,
        )
    print(page)
    return 0
