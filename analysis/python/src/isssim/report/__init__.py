# SPDX-License-Identifier: GPL-3.0-or-later
"""A report of a run or a study: one HTML file that needs nothing else.

    isssim.report.write("soyuz_leak.h5")            # soyuz_leak.html

What was asked, the story from its causes, pictures, numbers, tables, where it is from
and how to make it again.  It has no script and refers to nothing outside itself.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
from typing import Any, List, Optional, Tuple, Union

from ..errors import FormatError
from ..files import written_whole
from ..reading import open as open_result
from ..runs import Run
from ..studies import Study
from ..version import VERSION
from . import of_run, of_study, parts, scenario, story
from .markup import Markup, element, join

Path = Union[str, "os.PathLike[str]"]

__all__ = ["html", "main", "write"]

# Nothing may be fetched, whatever a file of results holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def _style() -> Markup:
    css = pathlib.Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return element("style", Markup(css))


def _head(title: str) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"isssim {VERSION}"),
        element("title", title),
        _style(),
    )


def _contents(sections: "List[Tuple[str, str, Markup]]") -> Markup:
    links = [
        element("li", element("a", heading, href=f"#{name}"))
        for name, heading, _ in sections
    ]
    return element(
        "nav", element("ul", links), aria_label="Contents", class_="contents"
    )


def html(result: Any, program: Optional[Path] = None) -> str:
    """The report of a result as text.

    Parameters
    ----------
    result : Run or Study
    program : str or path, optional
        The program, which is asked for the story; see `isssim.find_program`.
    """
    if not isinstance(result, (Run, Study)):
        raise FormatError(f"{result.path} is of a kind that there is no report of yet")
    longest = (
        result.event_count
        if isinstance(result, Run)
        else max((run.event_count for run in result.traces.values()), default=0)
    )
    facts = story.ask(result.path, longest, program)
    maker = of_run if isinstance(result, Run) else of_study
    sections = maker.sections(result, facts)
    question = scenario.setting(result.provenance.resolved_text, "scenario.question")
    title = result.title or result.path.name
    body = element(
        "body",
        element("a", "Skip to the content", href="#content", class_="skip"),
        element(
            "header",
            element("h1", title),
            element("p", question, class_="question") if question else None,
            element("p", maker.lead(result), class_="lead"),
        ),
        _contents(sections),
        element(
            "main",
            [
                parts.section(name, heading, content)
                for name, heading, content in sections
            ],
            id="content",
            tabindex="-1",
        ),
        element(
            "footer",
            element(
                "p",
                f"Made by isssim {result.provenance.isssim_version} from ",
                element("code", result.path.name),
                ". It is a simulation: what it says of "
                "the future is as good as its scenario.",
            ),
        ),
    )
    return str(
        join(
            Markup("<!DOCTYPE html>\n"),
            element("html", _head(f"{title} · isssim"), body, lang="en"),
            Markup("\n"),
        )
    )


def write(
    result: Any,
    output: Optional[Path] = None,
    program: Optional[Path] = None,
    force: bool = False,
) -> pathlib.Path:
    """Write the report of a result.

    Parameters
    ----------
    result : Run, Study, str or path
        A result, or the file of one.
    output : str or path, optional
        The HTML file; else that of the result with .html.
    program : str or path, optional
        The program, which is asked for the story; see `isssim.find_program`.
    force : bool
        Replace a file that exists.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    FileExistsError
        It exists, and may not be replaced.
    """
    if isinstance(result, (str, os.PathLike)):
        with open_result(result) as opened:
            return write(opened, output, program, force)
    target: pathlib.Path = (
        pathlib.Path(output) if output is not None else result.path.with_suffix(".html")
    )
    if target.exists() and not force:
        raise FileExistsError(f"{target} exists already; force=True replaces it")
    if target.exists() and target.samefile(result.path):
        raise FileExistsError(f"{target} is the result itself")
    text = html(result, program)
    with written_whole(target) as page:
        page.write(text)
    return target


def main(argv: Optional[List[str]] = None) -> int:
    """`python3 -m isssim report FILE [-o OUT.html]`.

    Returns
    -------
    int
        Exit code: 0, 73 when the report can't be created, 74 when it can't be written.
    """
    parser = argparse.ArgumentParser(
        prog="python3 -m isssim report",
        description="A report of a run or a study, one HTML file.",
    )
    parser.add_argument("file", metavar="FILE", help="a file of isssim run or mc")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="the report; else FILE with .html"
    )
    parser.add_argument(
        "-f", "--force", action="store_true", help="replace OUT if it exists"
    )
    options = parser.parse_args(argv)
    try:
        print(write(options.file, options.output, force=options.force))
    except FileExistsError as error:
        print(f"isssim: {error}".replace("force=True", "--force"), file=sys.stderr)
        return 73
    except OSError as error:
        if isinstance(error, FileNotFoundError) and error.filename == options.file:
            raise
        print(f"isssim: writing the report failed: {error}", file=sys.stderr)
        return 74
    return 0
