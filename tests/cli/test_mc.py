#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies: whatever interrupts `isssim mc` and however it is divided, its file has the
same bytes."""
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

from program import LEAK, MINIMAL, PROGRAM
from study import MANY, StudyTest  # first: skips without h5py

import h5py
import numpy


class Reproducible(StudyTest):
    def test_threads_and_blocks_change_no_byte(self):
        self.mc("-n", 2500, "-o", "a.h5", "-j", 1)
        for threads, block in ((2, 1), (3, 64), (2, 1024)):
            self.mc("-n", 2500, "-o", "b.h5", "-f", "-j", threads, "--block", block)
            self.same("a.h5", "b.h5")

    def test_the_seed_changes_the_rows(self):
        self.mc("-n", 100, "-o", "a.h5", "--seed", 1)
        self.mc("-n", 100, "-o", "b.h5", "--seed", 2)
        one, other = self.open("a.h5"), self.open("b.h5")
        self.assertTrue((one["replications/fingerprint"][()]
                         != other["replications/fingerprint"][()]).any())

    def test_run_gives_row_k(self):
        self.mc("-n", 40, "-o", "s.h5", scenario=LEAK)
        rows = self.open("s.h5")["replications"]
        for k in (0, 7, 39):
            told = json.loads(self.run_program("run", LEAK, "--json", "-o", f"{k}.h5",
                                               "--replication", k)[0])
            self.assertEqual(told["fingerprint"], f"{rows['fingerprint'][k]:016x}")
            self.assertEqual(told["events"], rows["events"][k])
            metrics = self.open(f"{k}.h5")["metrics"]
            names = list(metrics["name"].asstr())
            self.assertEqual(names, [name for name in rows if name not in (
                "replication", "fingerprint", "events", "status")])
            row = numpy.array([rows[name][k] for name in names])
            self.assertEqual(metrics["value"][()].tobytes(), row.tobytes())

    def test_mpi_gives_the_same_bytes(self):
        plugins = os.path.dirname(PROGRAM)
        if not shutil.which("mpirun") or not os.path.exists(f"{plugins}/libisssim-mpi.so"):
            self.skipTest("no mpirun, or the plug-in isn't built")
        self.mc("-n", 2500, "-o", "a.h5")

        def mpirun(*arguments):
            return subprocess.run(
                ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "3", PROGRAM,
                 "mc", MINIMAL, "-q", "--reproducible", *arguments],
                cwd=self.folder, env={**os.environ, "LSAN_OPTIONS": "detect_leaks=0"},
                capture_output=True, text=True, timeout=120, check=False)

        done = mpirun("-n", "2500", "-o", "b.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.same("a.h5", "b.h5")
        refused = mpirun("-n", "2500", "-o", "b.h5")  # nobody waits for ever
        self.assertEqual(refused.returncode, 73)
        self.assertEqual(refused.stderr.count("exists already"), 1)


class Interrupted(StudyTest):
    def check_partial(self, code, said, expected):
        self.assertEqual(code, expected)
        self.assertRegex(said, rf"interrupted after \d+ of {MANY} missions; x.h5 is marked "
                               r"incomplete, go on with --resume")
        with h5py.File(self.path("x.h5")) as file:
            rows = len(file["replications/replication"])
            self.assertEqual((file.attrs["complete"], file.attrs["requested"]), (0, MANY))
            self.assertTrue(0 < rows < MANY)
            self.assertEqual(file["summary/n"][0], rows)
        self.assertIn(f"{rows} of {MANY}, incomplete", self.run_program("info", "x.h5")[0])

    def test_ctrl_c_and_sigterm_end_with_a_valid_file_that_is_gone_on_with(self):
        self.mc("-n", MANY, "-o", "whole.h5")
        for number in (signal.SIGINT, signal.SIGTERM):
            code, said = self.interrupt(number, "-f")
            self.check_partial(code, said, 128 + number)
            self.assertTrue(self.path("x.h5.log").exists())
            self.mc("-n", MANY, "-o", "x.h5", "--resume")
            self.same("x.h5", "whole.h5")
            self.assertEqual(self.files(), ["whole.h5", "x.h5"])

    def test_kill_9_loses_the_blocks_in_flight_only(self):
        self.mc("-n", MANY, "-o", "whole.h5")
        code, _ = self.interrupt(signal.SIGKILL)
        self.assertEqual(code, -signal.SIGKILL)
        self.assertFalse(self.path("x.h5").exists())
        self.assertIn("didn't end; go on with --resume",
                      self.mc("-n", MANY, "-o", "x.h5", code=73))
        out, _ = self.run_program("mc", MINIMAL, "-n", MANY, "-o", "x.h5", "--resume", "-q")
        self.assertLess(int(out.split()[0]), MANY)
        self.mc("-n", MANY, "-o", "x.h5", "--resume")
        self.same("x.h5", "whole.h5")

    def test_the_second_signal_kills_whichever_it_is(self):
        for _ in range(20):
            for left in ("x.h5", "x.h5.log"):
                self.path(left).unlink(missing_ok=True)
            study = self.begin("-n", 10**7, "--block", 1024, "-j", 1)
            study.send_signal(signal.SIGINT)
            time.sleep(0.005)
            study.send_signal(signal.SIGTERM)
            study.communicate(timeout=60)
            if study.returncode != 128 + signal.SIGINT:  # else it came too late
                break
        self.assertEqual(study.returncode, -signal.SIGTERM)

    def test_a_damaged_log_recovers_and_names_the_block(self):
        self.mc("-n", MANY, "-o", "whole.h5")
        self.interrupt(signal.SIGKILL)
        log = self.path("x.h5.log")
        kept = log.read_bytes()
        flipped = bytearray(kept)
        flipped[len(kept) // 2] ^= 1
        for damaged in (kept[:-10], kept[:-1], bytes(flipped)):
            log.write_bytes(damaged)
            said = self.mc("-n", MANY, "-o", "x.h5", "--resume")
            self.assertRegex(said, r"x.h5.log: the block of replications \d+ to \d+ is "
                                   r"damaged; it and what follows \(\d+ bytes\) will be "
                                   r"computed again")
            self.same("x.h5", "whole.h5")
            self.path("x.h5").unlink()
        log.write_bytes(bytes(100))
        self.assertIn("isn't the log of a study",
                      self.refuses("mc", MINIMAL, "-o", "x.h5", "--resume", code=65))


class Extended(StudyTest):
    def test_a_larger_study_is_the_fresh_one(self):
        self.mc("-n", 2500, "-o", "fresh.h5")
        self.mc("-n", 1500, "-o", "x.h5")
        self.mc("-n", 2500, "-o", "x.h5", "--resume")
        self.same("x.h5", "fresh.h5")

    def test_a_finished_study_stays_as_it_is(self):
        self.mc("-n", 1500, "-o", "x.h5")
        before = self.path("x.h5").read_bytes()
        out, _ = self.run_program("mc", MINIMAL, "-n", 1500, "-o", "x.h5", "--resume", "-q")
        self.assertIn("0 missions computed", out)
        self.mc("-n", 1500, "-o", "x.h5", "--resume")
        self.assertEqual(self.path("x.h5").read_bytes(), before)

    def test_what_changes_no_row_may_have_been_edited(self):
        self.mc("--set", "study.replications=1500", "-o", "x.h5")
        self.assertIn("series", self.refuses(
            "mc", MINIMAL, "--set", "study.replications=2500", "--set", "study.series=[]",
            "-o", "x.h5", "--resume", code=65))
        self.mc("--set", "study.replications=2500", "--set", "study.confidence=0.9",
                "-o", "x.h5", "--resume")
        self.assertIn("scenario", self.refuses(
            "mc", MINIMAL, "--set", "study.inner=2", "-n", 5000, "-o", "x.h5", "--resume",
            code=65))

    def test_it_is_not_cut(self):
        self.mc("-n", 1500, "-o", "x.h5")
        self.assertIn("x.h5: has replications up to 1499, and 1000 are asked for",
                      self.refuses("mc", MINIMAL, "-n", 1000, "-o", "x.h5", "--resume", code=65))
        self.assertIn("1024 are precise enough", self.mc(
            "-p", "crew_mean=50%", "-o", "x.h5", "--resume", code=65))

    def test_without_anything_to_go_on_with_it_begins(self):
        self.assertIn("the study begins", self.mc("-n", 10, "-o", "x.h5", "--resume"))

    def test_another_study_is_refused_with_both_values(self):
        self.mc("-n", 100, "-o", "x.h5")

        def refused(*arguments):
            said = self.refuses("mc", MINIMAL, "-n", 200, "-o", "x.h5", "--resume",
                                *arguments, code=65)
            self.assertRegex(said, r"x\.h5: is (of another study|another part of the study): ")
            return said

        def change(name, value):
            self.path("x.h5").write_bytes(made)
            with h5py.File(self.path("x.h5"), "a") as file:
                file.attrs[name] = value

        made = self.path("x.h5").read_bytes()
        self.assertIn("seed 1 there, 2 here", refused("--seed", 2))
        self.assertRegex(refused("--set", "scenario.max_events=999"),
                         r"scenario [0-9a-f]{16} there, [0-9a-f]{16} here")
        self.assertIn("number of series 2 there, 1 here", refused("--series", "crew"))
        self.assertIn("shard 0/0 there, 1/2 here", refused("--shard", "1/2"))
        change("isssim_version", "9.8.7")
        self.assertRegex(refused(), r"version 9\.8\.7 \(.*\) there, \d\S* \(.*\) here")
        change("numerics", "0123456789abcdef")
        self.assertRegex(refused(), r"numerics 0123456789abcdef there, [0-9a-f]{16} here")

    def test_the_log_of_another_study_is_refused_too(self):
        self.interrupt(signal.SIGKILL)
        self.assertIn("seed 1 there, 2 here", self.mc(
            "-n", MANY, "-o", "x.h5", "--resume", "--seed", 2, code=65))

    def test_a_file_that_is_no_study_is_left_alone(self):
        self.run_program("run", MINIMAL, "-qo", "x.h5")
        self.assertIn("holds isssim/run", self.refuses(
            "mc", MINIMAL, "-n", 10, "-o", "x.h5", "--resume", code=65))


class Shards(StudyTest):
    made = {}  # the shards, once for all tests

    def setUp(self):
        super().setUp()
        for shard in (1, 2, 3):
            name = f"{shard}.h5"
            if name not in self.made:
                self.mc("-n", 2500, "--shard", f"{shard}/3", "-o", name, "--confidence", "90%")
                self.made[name] = self.path(name).read_bytes()
            self.path(name).write_bytes(self.made[name])

    def merge(self, *names, code=0):
        return self.run_program("merge", *names, "--reproducible", "-o", "m.h5", code=code)

    def test_merged_they_are_the_whole(self):
        self.mc("-n", 2500, "-o", "whole.h5", "--confidence", "90%")
        out, _ = self.merge("3.h5", "1.h5", "2.h5")
        self.assertEqual(out, "3 files, 2500 missions, 0 failed · m.h5\n")
        self.same("m.h5", "whole.h5")

    def test_the_names_tell_the_part(self):
        self.mc("-n", 100, "--shard", "2/10")
        self.assertIn("minimal-mc-02of10.h5", self.files())

    def test_what_is_missing_or_twice_or_foreign_is_named(self):
        self.assertRegex(self.merge("1.h5", "3.h5", code=65)[1],
                         r"of 2500 replications 1024 are missing, first 1024 to 2047; "
                         r"there is no file of shard 2/3")
        self.assertIn("2.h5: replications 1024 to 2047 are in 2.h5, too",
                      self.merge("1.h5", "2.h5", "3.h5", "2.h5", code=65)[1])
        self.mc("-n", 2500, "--shard", "2/3", "-o", "foreign.h5", "--seed", 5)
        self.assertIn("foreign.h5: is of another study: seed 1 in 1.h5, 5 in foreign.h5",
                      self.merge("1.h5", "foreign.h5", "3.h5", code=65)[1])
        self.run_program("run", MINIMAL, "-qo", "run.h5")
        self.assertIn("run.h5: holds isssim/run", self.merge("1.h5", "run.h5", code=65)[1])
        self.assertIn("none.h5: No such file", self.merge("1.h5", "none.h5", code=66)[1])
        self.assertNotIn("m.h5", self.files())

    def test_merge_needs_an_output_that_isnt_there(self):
        self.assertIn("--output", self.refuses("merge", "1.h5", "2.h5", "3.h5", code=64))
        self.path("m.h5").write_text("mine")
        self.assertIn("exists already", self.merge("1.h5", "2.h5", "3.h5", code=73)[1])

    def test_info_tells_the_part(self):
        self.assertRegex(self.run_program("info", "1.h5")[0],
                         r"\nMissions +1024, shard 1/3 of 2500\n")
        facts = json.loads(self.run_program("info", "1.h5", "--json")[0])
        self.assertEqual((facts["shard"], facts["replications"]), ([1, 3], 1024))


class Precision(StudyTest):
    TARGET = "unsafe_person_days=1.3%"

    def rows(self, name):
        return len(self.open(name)["replications/replication"])

    def test_it_stops_at_the_same_mission_whoever_computes(self):
        self.mc("-p", self.TARGET, "-o", "a.h5", "-j", 1)
        self.assertEqual(self.rows("a.h5") % 1024, 0)
        self.assertGreater(self.rows("a.h5"), 1024)
        for threads, block in ((2, 64), (3, 1024)):
            self.mc("-p", self.TARGET, "-o", "b.h5", "-f", "-j", threads, "--block", block)
            self.same("a.h5", "b.h5")
        table = self.open("a.h5")["summary"]
        row = list(table["metric"].asstr()).index("unsafe_person_days")
        half = (table["ci_hi"][row] - table["ci_lo"][row]) / 2
        self.assertLessEqual(half, 0.013 * table["mean"][row])

    def test_it_goes_on_to_a_narrower_one(self):
        self.mc("-p", self.TARGET, "-o", "fresh.h5")
        self.mc("-p", "unsafe_person_days=3%", "-o", "x.h5")
        self.assertLess(self.rows("x.h5"), self.rows("fresh.h5"))
        self.mc("-p", self.TARGET, "-o", "x.h5", "--resume")
        self.same("x.h5", "fresh.h5")

    def test_an_interrupted_one_stops_where_it_would_have(self):
        self.mc("-p", self.TARGET, "-o", "fresh.h5")
        study = self.begin("-p", self.TARGET, "--block", 16)
        study.kill()
        study.communicate(timeout=60)
        self.mc("-p", self.TARGET, "-o", "x.h5", "--resume")
        self.same("x.h5", "fresh.h5")

    def test_out_of_reach_it_says_what_was_reached(self):
        said = self.mc("-p", "unsafe_person_days=0.1%", "--max-n", 2048, "-o", "a.h5")
        self.assertRegex(said, r"unsafe_person_days isn't as precise as asked after 2048 "
                               r"missions: \+-1\.\d+ %, wanted \+-0\.1 %; a larger --max-n")
        self.assertEqual(self.rows("a.h5"), 2048)
        facts = json.loads(self.run_program(
            "mc", MINIMAL, "-p", "crew_lost>0=0.00001", "--max-n", 1024, "--json")[0])
        self.assertEqual((facts["precise"], facts["replications"]), (False, 1024))

    def test_the_sequence_takes_more_missions(self):
        self.mc("-p", "crew_min>0=0.03", "-o", "a.h5")
        self.mc("-p", "crew_min>0=0.03", "--anytime", "-o", "b.h5")
        self.assertLess(self.rows("a.h5"), self.rows("b.h5"))


if __name__ == "__main__":
    unittest.main()
