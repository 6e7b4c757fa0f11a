# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program in a folder of its own and looks at what comes out."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["ISSSIM"]
SCENARIOS = pathlib.Path(os.environ["ISSSIM_SOURCE"], "scenarios")
MINIMAL = SCENARIOS / "minimal.cfg"
LEAK = SCENARIOS / "soyuz_leak.cfg"


class ProgramTest(unittest.TestCase):
    """Each test has an empty current folder, self.folder."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="isssim-cli-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_program(self, *arguments, code=0, **environment):
        """Run `isssim arguments`, expect the exit code, give (stdout, stderr)."""
        settings = {
            name: value
            for name, value in os.environ.items()
            if name not in ("COLUMNS", "NO_COLOR", "LC_CTYPE", "LANG")
        }
        settings.update({"LC_ALL": "C.UTF-8", **environment})
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            cwd=self.folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, f"{arguments}\n{out}\n{err}")
        return out, err

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def refuses(self, *arguments, code, **environment):
        """The program fails with `code`, says why on stderr, and writes nothing else."""
        before = self.files()
        out, err = self.run_program(*arguments, code=code, **environment)
        self.assertEqual(out, "")
        self.assertNotEqual(err, "")
        self.assertEqual(self.files(), before)
        return err

    def causes(self, *event):
        """What led to an event of x.h5, in words and in one line."""
        out, _ = self.run_program("explain", "x.h5", "--json", *event)
        return " ".join(line["text"] for line in json.loads(out)["causes"])

    def assert_in_order(self, parts, text):
        at = 0
        for part in parts:
            self.assertIn(part, text[at:])
            at = text.index(part, at) + len(part)
