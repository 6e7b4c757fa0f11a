# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs studies, whole or interrupted, and opens their files."""
import subprocess
import time

try:
    import h5py
except ImportError:
    print("no h5py")
    raise SystemExit(77)

from program import MINIMAL, PROGRAM, ProgramTest

MANY = 6000  # missions: time enough to be interrupted


class StudyTest(ProgramTest):
    def path(self, name):
        return self.folder / name

    def mc(self, *arguments, code=0, scenario=MINIMAL, **environment):
        """Run a quiet, reproducible study; what it says on stderr."""
        return self.run_program("mc", scenario, "-q", "--reproducible", *arguments,
                                code=code, **environment)[1]

    def same(self, one, other):
        self.assertEqual(self.path(one).read_bytes(), self.path(other).read_bytes())

    def open(self, name):
        file = h5py.File(self.path(name))
        self.addCleanup(file.close)
        return file

    def begin(self, *arguments):
        """Start a study and wait until its first block is in the log x.h5.log."""
        study = subprocess.Popen(
            [PROGRAM, "mc", str(MINIMAL), "-q", "--reproducible", "-o", "x.h5",
             *map(str, arguments)],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        log, until = self.path("x.h5.log"), time.monotonic() + 60
        while study.poll() is None and time.monotonic() < until:
            if log.exists() and log.stat().st_size > 30000:
                break
            time.sleep(0.0005)
        return study

    def interrupt(self, number, *arguments):
        """Send a signal to a study of MANY missions while it computes."""
        for _ in range(5):  # it may have been quicker than we
            study = self.begin("-n", MANY, "--block", 64, *arguments)
            study.send_signal(number)
            said = study.communicate(timeout=60)[1].decode()
            if study.returncode != 0:
                return study.returncode, said
            self.path("x.h5").unlink()
        self.fail("the study was always over before the signal")
