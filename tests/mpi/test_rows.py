#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mpirun gives the rows that threads give.

Usage: test_rows.py ISS_STUDY PLUGIN_FOLDER; skipped without mpirun or the plug-in.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

STUDY, PLUGINS = sys.argv[1], sys.argv[2]
SCENARIO = os.path.join(os.environ["ISSSIM_SOURCE"], "scenarios", "soyuz_leak.cfg")
ENVIRONMENT = {
    **os.environ,
    "ISSSIM_PLUGINS": PLUGINS,
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    # What Open MPI leaves behind isn't ours to tell.
    "LSAN_OPTIONS": "detect_leaks=0",
}


def run(*command, **environment):
    return subprocess.run(command, env={**ENVIRONMENT, **environment}, timeout=300,
                          capture_output=True, text=True, check=False)


def mpirun(ranks, *arguments, **environment):
    return run("mpirun", "--oversubscribe", "-n", str(ranks), STUDY, *arguments,
               **environment)


class Rows(unittest.TestCase):
    def test_ranks_give_the_rows_of_threads(self):
        threads = run(STUDY, "-j", "2", SCENARIO, "3000")
        self.assertEqual(threads.returncode, 0, threads.stderr)
        self.assertRegex(threads.stdout, r"^3000 rows [0-9a-f]{16} fans [0-9a-f]{16}\n$")
        for ranks, block in ((1, "1024"), (2, "64"), (4, "128")):
            with self.subTest(ranks=ranks):
                shared = mpirun(ranks, "-b", block, SCENARIO, "3000")
                self.assertEqual(shared.returncode, 0, shared.stderr)
                self.assertEqual(shared.stdout, threads.stdout)

    def test_ranks_with_different_scenarios_are_refused(self):
        one = [STUDY, SCENARIO, "100"]
        other = [*one, "station.min_crew=2"]
        mixed = run("mpirun", "--oversubscribe", "-n", "2", *one, ":", "-n", "1", *other)
        self.assertNotEqual(mixed.returncode, 0)
        self.assertIn("rank 2 has another scenario (SHA-256): ", mixed.stderr)

    def test_without_the_plugin_many_processes_are_refused(self):
        lone = run(STUDY, SCENARIO, "10", OMPI_COMM_WORLD_SIZE="2",
                   ISSSIM_PLUGINS="/nowhere")
        self.assertEqual(lone.returncode, 70)
        self.assertIn("/nowhere/libisssim-mpi.so", lone.stderr)


if __name__ == "__main__":
    if not shutil.which("mpirun") or not list(pathlib.Path(PLUGINS).glob("libisssim-mpi.*")):
        print("no mpirun, or the plug-in for MPI isn't built")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
