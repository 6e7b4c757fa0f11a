# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 -m isssim report|plot|page FILE ...: what a result looks like."""

from __future__ import annotations

import importlib
import sys
from typing import List, Optional

from .errors import FormatError, NoSuchName, ProgramError

#: Each subcommand's module, which has main(argv).
COMMANDS = {"report": "report", "plot": "plots", "page": "page"}

USAGE = """\
usage: python3 -m isssim COMMAND FILE ...

  report   a report of a run or a study, one HTML file
  plot     a picture of a run or a study
  page     an interactive page with the data inside, one HTML file

python3 -m isssim COMMAND --help tells more.
"""


def main(argv: Optional[List[str]] = None) -> int:
    """Do a subcommand.

    Parameters
    ----------
    argv : list of str, optional
        The arguments; else those of the process.

    Returns
    -------
    int
        Exit code: 0, 64 for a mistake in the arguments, 65 for a file that can't be
        read, 66 for one that isn't there, 69 for a module that is missing.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE, end="", file=sys.stderr)
        return 64
    try:
        module = importlib.import_module("." + COMMANDS[arguments[0]], __package__)
        return int(module.main(arguments[1:]) or 0)
    except FormatError as error:
        return _fail(str(error), 65)
    except NoSuchName as error:
        return _fail(str(error), 64)
    except FileNotFoundError as error:
        return _fail(f"{error.filename}: {error.strerror}", 66)
    except ImportError as error:
        return _fail(str(error), 69)
    except ProgramError as error:
        return _fail(str(error), error.returncode or 69)


def _fail(message: str, code: int) -> int:
    print(f"isssim: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
