# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: finding C files, seeing past comments, reporting."""
import pathlib
import re
import sys

PIECE = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""",
    re.DOTALL,
)


def blank(text):
    """Spaces for everything but the line ends, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return PIECE.sub(lambda m: blank(m[0]) if m["comment"] else m[0], text)


def code_only(text):
    """The text without comments and with empty string literals."""
    return PIECE.sub(lambda m: blank(m[0]), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def c_files(root, folders=("engine", "include"), suffixes=(".c", ".h", ".def", ".in")):
    """(path, path relative to root, text) of each C file, in a fixed order."""
    for folder in folders:
        for path in sorted(pathlib.Path(root, folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path, path.relative_to(root), path.read_text(encoding="utf-8")


def report(problems):
    """Print the problems and end with the exit code that they deserve."""
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
