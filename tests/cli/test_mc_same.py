#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One study, computed in all the ways there are: every dataset has the same hash, and the
file the same bytes.

Usage: test_mc_same.py small|large
"""
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

from program import LEAK, MINIMAL, PROGRAM
from study import StudyTest  # first: skips without h5py

import h5py

LARGE = sys.argv[1:] == ["large"]
SCENARIO = LEAK if LARGE else MINIMAL
MISSIONS = 20500 if LARGE else 4500  # the last block isn't whole
WAYS = [(2, 64), (3, 1024), (7, 64)]  # threads and block size
if LARGE:
    WAYS = [(threads, block) for threads in (1, 2, 3, 7) for block in (64, 1024)]
KILLS = 20 if LARGE else 2


def hashes(path):
    """SHA-256 of each dataset but those of /provenance, by name."""
    found = {}

    def visit(name, thing):
        if isinstance(thing, h5py.Dataset) and not name.startswith("provenance"):
            values = thing[()]
            data = repr(values.tolist()) if values.dtype == object else values.tobytes()
            found[name] = hashlib.sha256(
                data.encode() if isinstance(data, str) else data).hexdigest()

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


class Same(StudyTest):
    whole = b""  # the file to compare with, its hashes, and how long it took
    hashes = {}
    took_s = 0.0

    def setUp(self):
        super().setUp()
        if not Same.whole:
            since = time.monotonic()
            self.study("-j", 1, "--block", 1024)
            Same.took_s = time.monotonic() - since
            Same.whole = self.path("x.h5").read_bytes()
            Same.hashes = hashes(self.path("x.h5"))
            self.path("x.h5").unlink()

    def study(self, *arguments, missions=MISSIONS, name="x.h5"):
        self.mc("-n", missions, "-o", name, *arguments, scenario=SCENARIO)

    def resume(self):
        """Go on, and be told how many missions were left, which a reproducible call isn't."""
        out, _ = self.run_program("mc", SCENARIO, "-n", MISSIONS, "-q", "-o", "x.h5",
                                  "--resume")
        self.study("--resume")
        return int(out.split()[0])

    def check(self, name="x.h5"):
        """The file is the one that there should be; it's gone afterwards."""
        self.assertEqual(hashes(self.path(name)), Same.hashes)
        self.assertEqual(self.path(name).read_bytes(), Same.whole)
        self.path(name).unlink()
        self.assertEqual(self.files(), [])

    def start(self, *arguments):
        return subprocess.Popen(
            [PROGRAM, "mc", SCENARIO, "-n", str(MISSIONS), "-q", "--reproducible",
             "-o", "x.h5", *map(str, arguments)], cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def test_the_hashes_are_of_everything_and_see_a_bit(self):
        self.assertTrue({"replications/fingerprint", "summary/mean", "fans/mean",
                         "fan_counts/crew"} <= set(Same.hashes), sorted(Same.hashes))
        self.path("x.h5").write_bytes(Same.whole)
        with h5py.File(self.path("x.h5"), "a") as file:
            file["replications/events"][MISSIONS - 1] ^= 1
        now = hashes(self.path("x.h5"))
        self.assertEqual([name for name in now if now[name] != Same.hashes[name]],
                         ["replications/events"])

    def test_threads_and_blocks(self):
        for threads, block in WAYS:
            with self.subTest(threads=threads, block=block):
                self.study("-j", threads, "--block", block)
                self.check()

    def test_a_file_that_tells_when_and_where_has_the_same_datasets(self):
        self.run_program("mc", SCENARIO, "-n", MISSIONS, "-q", "-o", "x.h5")
        self.assertEqual(hashes(self.path("x.h5")), Same.hashes)
        self.assertNotEqual(self.path("x.h5").read_bytes(), Same.whole)

    def test_processes(self):
        plugin = os.path.join(os.path.dirname(PROGRAM), "libisssim-mpi.so")
        if not shutil.which("mpirun") or not os.path.exists(plugin):
            self.skipTest("no mpirun, or the plug-in isn't built")
        for ranks, block in ((2, 64), (4, 1024)):
            with self.subTest(ranks=ranks):
                done = subprocess.run(
                    ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", str(ranks),
                     PROGRAM, "mc", SCENARIO, "-n", str(MISSIONS), "-q", "--reproducible",
                     "--block", str(block), "-o", "x.h5"], cwd=self.folder,
                    # What Open MPI leaves behind isn't ours to tell.
                    env={**os.environ, "LSAN_OPTIONS": "detect_leaks=0"},
                    capture_output=True, text=True, timeout=300, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.check()

    def test_shards(self):
        for shard in range(1, 6):
            self.study("--shard", f"{shard}/5", "--block", 64, name=f"{shard}.h5")
        self.run_program("merge", "--reproducible", "-o", "m.h5",
                         *(f"{shard}.h5" for shard in (4, 2, 5, 1, 3)))
        for shard in range(1, 6):
            self.path(f"{shard}.h5").unlink()
        self.check("m.h5")

    def test_extended_from_a_last_block_that_isnt_whole(self):
        first = MISSIONS - 2001
        self.assertNotEqual(first % 64, 0)
        self.study("--block", 64, missions=first)
        self.assertEqual(self.resume(), 2001)
        self.check()

    def log_size(self):
        log = self.path("x.h5.log")
        return log.stat().st_size if log.exists() else 0

    def test_ctrl_c(self):
        for _ in range(20):  # it may be quicker than we
            study = self.start("-j", 1, "--block", 64)
            while study.poll() is None and self.log_size() == 0:
                time.sleep(0.001)
            header = self.log_size()
            while study.poll() is None and self.log_size() == header:
                time.sleep(0.001)  # until a block is kept
            study.send_signal(signal.SIGINT)
            if study.wait(timeout=60) == 130 and self.resume() < MISSIONS:
                break
            for name in ("x.h5", "x.h5.log"):
                self.path(name).unlink(missing_ok=True)
        else:
            self.fail("no study was interrupted between its first block and its end")
        self.check()

    def test_kill_9_at_random_moments(self):
        moments = random.Random(9)
        killed = kept = 0
        for _ in range(5 * KILLS):
            study = self.start("-j", 1, "--block", 64)
            time.sleep(moments.random() * Same.took_s)
            study.kill()
            if study.wait(timeout=60) == -signal.SIGKILL:
                killed += 1
                kept += self.resume() < MISSIONS
            else:  # the machine is quicker than it was
                Same.took_s *= 0.8
            self.check()
            if killed == KILLS:
                break
        self.assertEqual(killed, KILLS)
        self.assertGreaterEqual(kept, KILLS // 4)

    def test_killed_again_and_again(self):
        moments = random.Random(99)
        killed = 0
        for _ in range(KILLS):  # in the end it's whole, or a resumption makes it so
            study = self.start("-j", 1, "--block", 64, "--resume")
            time.sleep(moments.random() * Same.took_s / 4)
            study.kill()
            killed += study.wait(timeout=60) == -signal.SIGKILL
        self.assertGreaterEqual(killed, KILLS // 8)
        self.study("--resume")
        self.check()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
