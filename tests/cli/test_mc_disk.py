#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies on a disk that is full, read-only or damaged, and in somebody's way: each is told,
and nothing that was committed is lost: --resume goes on from there to the same bytes.

The disk is a small tmpfs in a mount namespace of the test's own, which vanishes with it;
skipped where that isn't allowed.
"""
import os
import re
import signal
import subprocess
import sys
import unittest

from program import MINIMAL
from study import StudyTest  # first: skips without h5py

NAMESPACE = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
INSIDE = "ISSSIM_TEST_DISK"  # set in the namespace
MISSIONS, BLOCK = 3000, 64
STUDY = ["-n", MISSIONS, "-j", 1, "--block", BLOCK, "-o", "x.h5"]


class Disk(StudyTest):
    whole = b""  # what the disk must hold in the end

    def setUp(self):
        super().setUp()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.folder],
                       check=True)
        self.addCleanup(subprocess.run, ["umount", self.folder], check=True)
        if not Disk.whole:
            self.mc(*STUDY)
            Disk.whole = self.path("x.h5").read_bytes()
            self.path("x.h5").unlink()
        # Room for a file, its log, which is a little larger, and the file made from it.
        self.remount(f"size={4 * len(Disk.whole)}")

    def remount(self, how):
        subprocess.run(["mount", "-o", f"remount,{how}", self.folder], check=True)

    def leave(self, share):
        """Fill the disk up to a share of what the file in the end takes."""
        with open(self.path("filler"), "wb", buffering=0) as filler:
            try:
                while filler.write(bytes(65536)):
                    pass
            except OSError:
                pass
            filler.truncate(filler.tell() - int(share * len(Disk.whole)))

    def resume(self):
        """Go on to the same bytes; how many missions were still to be computed."""
        out, said = self.run_program("mc", MINIMAL, *STUDY, "-q", "--resume")
        self.mc(*STUDY, "--resume")
        self.assertEqual(self.path("x.h5").read_bytes(), Disk.whole)
        self.assertEqual(self.files(), ["x.h5"])
        return int(out.split()[0]), said

    def fails_with(self, share):
        """A study on a disk with so much left: what it says, and the size of its log."""
        self.leave(share)
        said = self.mc(*STUDY, code=74)
        self.assertEqual(self.files(), ["filler", "x.h5.log"])
        self.path("filler").unlink()
        return said, self.path("x.h5.log").stat().st_size

    def test_full_before_anything_is_there(self):
        self.leave(0)
        said = self.mc(*STUDY, code=73)
        self.assertIn("No space left on device", said)
        self.assertEqual(self.files(), ["filler"])

    def test_full_while_the_log_grows_or_the_file_is_made(self):
        said, whole_log = self.fails_with(1.25)
        self.assertRegex(said, r"x\.h5: the disk is full; \d+\.\d+ MiB needed, 0\.\d+ MiB free")
        self.assertIn("what was computed is in x.h5.log; go on with --resume", said)
        self.assertEqual(self.resume()[0], 0)
        kept_before = 0
        for share in (0.05, 0.15, 0.45, 0.75, 0.9):
            with self.subTest(share=share):
                self.path("x.h5").unlink()
                said, log = self.fails_with(share)
                self.assertRegex(said, r"x\.h5\.log: the disk is full; \d+\.\d+ MiB needed")
                self.assertIn("what was computed is in x.h5.log; go on with --resume", said)
                kept = MISSIONS - self.resume()[0]
                self.assertGreaterEqual(kept, MISSIONS * log / whole_log - BLOCK)
                self.assertGreater(kept, kept_before)
                kept_before = kept

    def test_still_full_it_fails_again_and_loses_nothing(self):
        self.leave(0.45)
        self.mc(*STUDY, code=74)
        log = self.path("x.h5.log").read_bytes()
        self.assertIn("the disk is full", self.mc(*STUDY, "--resume", code=74))
        self.assertEqual(self.path("x.h5.log").read_bytes()[:len(log)], log)
        self.path("filler").unlink()
        self.assertLess(self.resume()[0], MISSIONS)

    def test_full_while_it_is_extended(self):
        less = ["-n", 1500, *STUDY[2:]]
        self.mc(*less)
        before = self.path("x.h5").read_bytes()
        self.leave(0.5)
        said = self.mc(*STUDY, "--resume", code=74)
        self.assertIn("the disk is full", said)
        self.assertEqual(self.path("x.h5").read_bytes(), before)
        self.path("filler").unlink()
        self.assertLess(self.resume()[0], 1500)

    def test_read_only(self):
        _, log = self.fails_with(0.45)
        self.remount("ro")
        for arguments in (["--resume"], ["--force"]):
            self.assertIn("is not writable: Read-only file system",
                          self.mc(*STUDY, *arguments, code=73))
        self.assertEqual(self.path("x.h5.log").stat().st_size, log)
        self.remount("rw")
        self.assertLess(self.resume()[0], MISSIONS)

    def test_an_output_that_exists_is_kept(self):
        self.path("x.h5").write_bytes(Disk.whole)
        self.assertIn("x.h5: exists already; use --force",
                      self.mc("-n", 10, "-o", "x.h5", code=73))
        self.assertEqual(self.resume()[0], 0)

    def test_an_output_that_another_writes_is_left_to_it(self):
        self.remount("size=64m")
        study = self.begin("-n", 20000, "--block", BLOCK, "-j", 1)
        study.send_signal(signal.SIGSTOP)
        for arguments in ([], ["--resume"], ["--force"]):
            self.assertIn(f"is being written by process {study.pid}; wait for it, or choose",
                          self.mc("-n", 20000, "-o", "x.h5", *arguments, code=73))
        study.send_signal(signal.SIGCONT)
        study.communicate(timeout=60)
        self.assertEqual(study.returncode, 0)
        self.mc("-n", 20000, "-o", "y.h5")
        self.same("x.h5", "y.h5")

    def test_a_damaged_block_costs_itself_and_what_follows(self):
        self.fails_with(0.75)
        log = self.path("x.h5.log")
        whole = log.read_bytes()
        named = []
        for share in (0.3, 0.6, 0.9):
            damaged = bytearray(whole)
            damaged[int(share * len(whole))] ^= 4
            log.write_bytes(damaged)
            computed, said = self.resume()
            first, last = map(int, re.search(r"block of replications (\d+) to (\d+) is damaged",
                                             said).groups())
            self.assertEqual((last - first, computed), (BLOCK - 1, MISSIONS - first))
            named.append(first)
            self.path("x.h5").unlink()
        self.assertEqual(named, sorted(set(named)))


if __name__ == "__main__":
    if INSIDE in os.environ:
        unittest.main()
    if subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                      capture_output=True, check=False).returncode:
        print("no disk can be mounted here")
        sys.exit(77)
    os.execvpe("unshare", [*NAMESPACE, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})
