#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies: what `isssim mc` and `info` tell, keep besides the rows, and refuse; and the
example job scripts."""
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import time
import unittest

from program import MINIMAL, PROGRAM
from study import StudyTest  # first: skips without h5py

import h5py
import numpy


class Traces(StudyTest):
    def traces(self, which, *arguments):
        self.mc("-n", 60, "--traces", which, "-fo", "t.h5", *arguments)
        with h5py.File(self.path("t.h5")) as file:
            return list(file["traces"])

    def test_which(self):
        self.assertEqual(self.traces("5"), [f"r{k:06}" for k in range(5)])
        self.assertEqual(self.traces("17,3,30-31"),
                         ["r000003", "r000017", "r000030", "r000031"])
        worst = self.traces("worst:unsafe_person_days=3")
        with h5py.File(self.path("t.h5")) as file:
            days = file["replications/unsafe_person_days"][()]
        self.assertEqual(worst, [f"r{k:06}" for k in numpy.argsort(-days, kind="stable")[:3]])

    def test_they_are_the_runs(self):
        self.traces("7")
        self.run_program("run", MINIMAL, "-qo", "r.h5", "--replication", 6)
        run, told = self.open("r.h5"), self.open("t.h5")["traces/r000006"]
        tables = [name for name in run if name != "provenance"]
        self.assertEqual(sorted(told), sorted(tables))
        for table in tables:
            self.assertEqual(sorted(told[table]), sorted(run[table]))
            for column in run[table]:
                one, other = told[table][column][()], run[table][column][()]
                if one.dtype == object:
                    self.assertEqual(list(one), list(other), (table, column))
                else:
                    self.assertEqual(one.tobytes(), other.tobytes(), (table, column))

    def test_wishes_that_cant_be_met_are_told_before_the_work(self):
        for which, said in (("0-60", "replication 60 isn't in the study"),
                            ("worst:nono=3", 'no such metric; got "nono"'),
                            ("many", "many")):
            self.assertIn(said, self.refuses("mc", MINIMAL, "-n", 60, "--traces", which, code=64))
        self.assertIn("don't go together", self.refuses(
            "mc", MINIMAL, "--traces", "1", "--shard", "1/2", code=64))


class Failing(StudyTest):
    LIMIT = ["--set", "scenario.max_events=33"]

    def test_missions_that_fail_are_counted_and_named_and_the_others_are_well(self):
        said = self.mc("-n", 200, *self.LIMIT, "-o", "f.h5", code=70)
        self.mc("-n", 200, "-o", "well.h5")
        file, well = self.open("f.h5"), self.open("well.h5")
        status = file["replications/status"]
        failed = numpy.flatnonzero(status[()])
        self.assertTrue(0 < len(failed) < 100)
        self.assertIn(f"{len(failed)} of 200 missions failed; the table /failed names them", said)
        self.assertEqual(list(file["failed/replication"]), list(failed))
        meanings = file["failed/reason"].attrs["flag_meanings"].split()
        self.assertEqual({meanings[code] for code in file["failed/reason"]},
                         {"ERR_EVENT_LIMIT"})
        days = file["replications/crew_days"][()]
        self.assertTrue(numpy.isnan(days[failed]).all())
        good = numpy.setdiff1d(numpy.arange(200), failed)
        self.assertEqual(days[good].tobytes(),
                         well["replications/crew_days"][()][good].tobytes())
        self.assertEqual(file["summary/n"][0], len(good))
        told = self.run_program("run", MINIMAL, *self.LIMIT, "--replication", failed[0],
                                "--no-output", code=70)[1]
        self.assertIn("allowed 33 (scenario.max_events)", told)
        self.assertIn(f"200, {len(failed)} failed", self.run_program("info", "f.h5")[0])

    def test_all_may_fail(self):
        self.mc("-n", 20, "--set", "scenario.max_events=1", "-o", "f.h5", "--traces", "3",
                code=70)
        file = self.open("f.h5")
        self.assertEqual(len(file["failed/replication"]), 20)
        self.assertNotIn("traces", file)
        self.run_program("info", "f.h5")


class Told(StudyTest):
    def test_the_table_has_the_summary_of_the_file(self):
        out, _ = self.run_program("mc", MINIMAL, "-n", 500, "-o", "a.h5")
        self.assertTrue(out.startswith("Two people, one ship, one leak · 500 missions · seed 1\n"))
        self.assertRegex(out, r"\nmetric +mean +5 % +median +95 % +not 0\n")
        table = self.open("a.h5")["summary"]
        row = list(table["metric"].asstr()).index("unsafe_person_days")
        self.assertIn(f"unsafe_person_days, d            {table['mean'][row]:.1f}  ±",
                      re.sub(r"(?m)^(unsafe_person_days, d) +", r"\1            ", out))
        self.assertRegex(out, r"\n500 missions computed in \S+ s · a.h5\n$")
        names = list(table["metric"].asstr())
        told = [name for name, sd in zip(names, table["sd"]) if sd > 0 and "." not in name]
        self.assertEqual(re.findall(r"(?m)^(\w+)(?:, d)? .*±", out), told)
        self.assertIn("docked.capsule_d", names)
        info, _ = self.run_program("info", "a.h5")
        self.assertEqual(info.split("\n\n")[-1].strip(), out.split("\n\n")[1].strip())

    def test_the_table_says_plus_minus_in_letters_where_there_is_no_sign_for_it(self):
        out, _ = self.run_program("mc", MINIMAL, "-n", 50, "-o", "a.h5", LC_ALL="C")
        self.assertRegex(out, r"(?m)^crew_mean .* \+-0\.")
        self.assertIn("\n+-: 95 %", out)

    def test_verbose_shows_all_metrics(self):
        out, _ = self.run_program("mc", MINIMAL, "-n", 50, "-v", "-o", "a.h5")
        for name in self.open("a.h5")["summary/metric"].asstr():
            self.assertIn(f"\n{name}", out)

    def test_json_has_the_same_as_the_file_and_info(self):
        facts = json.loads(self.run_program("mc", MINIMAL, "-n", 500, "--json", "-o", "a.h5",
                                            "--confidence", "90%")[0])
        info = json.loads(self.run_program("info", "--json", "a.h5")[0])
        for same in ("title", "seed", "model_hash", "replications", "failed", "complete",
                     "confidence", "quantiles", "metrics"):
            self.assertEqual(facts[same], info[same], same)
        self.assertEqual((facts["confidence"], facts["complete"]), (0.9, True))
        table = self.open("a.h5")["summary"]
        for row, metric in enumerate(facts["metrics"]):
            self.assertEqual(metric["metric"], table["metric"].asstr()[row])
            known = [None if numpy.isnan(x) else x
                     for x in [table["mean"][row], *table["value"][row]]]
            self.assertEqual([metric["mean"], *metric["value"]], known)

    def test_info_tells_the_study(self):
        self.run_program("mc", MINIMAL, "-n", 50, "--traces", "2,9", "-qo", "a.h5",
                         "--set", "policy.call_up=false")
        info, _ = self.run_program("info", "a.h5")
        for line in (r"Missions +50\n", r"Seed +1\n", r"Settings +policy\.call_up=false\n",
                     r"Told whole +replication 2, 9\n", r"Program +isssim ", r"Command +isssim mc ",
                     r" +50  /replications ", r" +2  /traces "):
            self.assertRegex(info, "\n" + line)

    def test_an_interrupted_study_says_how_to_go_on(self):
        study = self.begin("-n", 10**7, "--set", "policy.call_up=false")
        study.terminate()
        study.communicate(timeout=60)
        info = " ".join(self.run_program("info", "x.h5")[0].split())
        words = shlex.split(re.search(r"Go on with (isssim .*?) Seed", info)[1])
        self.assertEqual(words, [
            "isssim", "mc", "-n", "10000000", "--seed", "1", "--set", "policy.call_up=false",
            str(MINIMAL), "--resume", "-o", "x.h5"])

    def test_a_study_cut_short_is_refused(self):
        self.mc("-n", 50, "-o", "a.h5")
        whole = self.path("a.h5").read_bytes()
        for length in (0, 100, len(whole) // 2, len(whole) - 1):
            self.path("a.h5").write_bytes(whole[:length])
            for command in (["info"], ["explain", "--why", "crew_mean"]):
                self.assertIn("a.h5: is", self.refuses(*command, "a.h5", code=65))

    def test_explain_wants_one_mission_and_says_how_to_get_it(self):
        self.run_program("mc", MINIMAL, "-n", 50, "--traces", "9-9", "-qo", "a.h5",
                         "--set", "policy.call_up=false")
        said = self.refuses("explain", "a.h5", "1", code=65)
        command = shlex.split(said.split("one of its own: ")[1])
        self.assertEqual(command, ["isssim", "run", "--seed", "1", "--set",
                                   "policy.call_up=false", "--replication", "9", "--",
                                   str(MINIMAL)])
        self.run_program(*command[1:])

    def test_elsewhere_than_on_a_terminal_a_short_study_tells_no_progress(self):
        self.assertEqual(self.mc("-n", 2000, "-o", "a.h5"), "")

    def test_on_a_terminal_it_does_and_takes_it_away(self):
        try:
            terminal, end = pty.openpty()
        except OSError as error:
            self.skipTest(str(error))
        study = subprocess.Popen([PROGRAM, "mc", MINIMAL, "-n", "10000000", "-o", "a.h5"],
                                 cwd=self.folder, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=end)
        os.close(end)
        said, until = b"", time.monotonic() + 60
        while said.count(b"\r") < 2 and time.monotonic() < until:
            said += os.read(terminal, 4096)
        study.kill()
        study.wait(timeout=60)
        os.close(terminal)
        self.assertRegex(said.decode(), r"^\r\x1b\[K\d+ of 10000000 missions \(\d+ %\) · \d+/s "
                                        r"· [\d.]+ (s|min|h) left")


class Refused(StudyTest):
    """The lines on studies and outputs of what a bad input is to be told."""

    def refused(self, *arguments, code=64, **environment):
        return self.refuses("mc", MINIMAL, *arguments, code=code, **environment)

    def test_numbers(self):
        for arguments, got, allowed in (
            (["-n", "0"], "got 0", "1 to 9007199254740992"),
            (["-n", "-5"], '"-5"', "9007199254740992"),
            (["-n", "1e3"], '"1e3"', "9007199254740992"),
            (["-n", "9223372036854775808"], '"9223372036854775808"', "9007199254740992"),
            (["--seed", "-1"], '"-1"', "0 to 18446744073709551615"),
            (["--confidence", "0"], "got 0", "more than 0 and less than 1"),
            (["--confidence", "1"], "got 1", "more than 0 and less than 1"),
            (["--confidence", "nan"], "got nan", "more than 0 and less than 1"),
            (["--confidence", "95"], "got 95", "more than 0 and less than 1"),
            (["--block", "3"], "got 3", "1, 2, 4 ... 1024"),
            (["--shard", "0/4"], "got 0/4", "K/N with K from 1 to N"),
            (["--shard", "5/4"], "got 5/4", "K/N with K from 1 to N"),
            (["--shard", "1"], "got 1", "K/N"),
            (["-p", "nosuch=1%"], '"nosuch=1%"', "no such metric"),
            (["-p", "crew_mean"], '"crew_mean"', "METRIC=1%"),
            (["-p", "crew_mean=0"], '"crew_mean=0"', "positive"),
            (["-p", "crew_mean=-1%"], '"crew_mean=-1%"', "positive"),
            (["-p", "crew_mean=1%", "--anytime"], '"crew_mean=1%"', "how often"),
            (["-n", "5", "--max-n", "9"], "--max-n", "--precision"),
            (["-n", "5", "--anytime"], "--anytime", "--precision"),
            (["-p", "crew_mean=1%", "--shard", "1/2"], "--shard", "--replications"),
            (["--series", "nosuch"], "nosuch", "series"),
        ):
            with self.subTest(arguments):
                said = self.refused(*arguments)
                self.assertIn(got, said)
                self.assertIn(allowed, said)
                self.assertEqual(said.count("\n"), 1)

    def test_the_scenarios_study(self):
        for setting, said in (("study.replications=0", "study.replications"),
                              ("study.seed=-1", "study.seed"),
                              ("study.confidence=1.5", "study.confidence")):
            self.assertIn(said, self.refused("--set", setting, code=65))

    def test_outputs(self):
        self.path("a.h5").write_text("mine")
        self.assertIn("a.h5: exists already; use --force",
                      self.refused("-n", 5, "-o", "a.h5", code=73))
        self.assertIn("is a folder", self.refused("-n", 5, "-o", self.folder, code=73))
        self.assertIn("nowhere", self.refused("-n", 5, "-o", "nowhere/a.h5", code=73))
        self.assertEqual(self.path("a.h5").read_text(), "mine")
        self.mc("-n", 5, "-fo", "a.h5")
        self.open("a.h5")

    def test_a_scenario_isnt_overwritten(self):
        mine = self.path("mine.cfg")
        mine.write_bytes(MINIMAL.read_bytes())
        self.assertIn("would overwrite", self.refuses(
            "mc", "mine.cfg", "-n", 5, "-fo", "mine.cfg", code=73))

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_is_read_only(self):
        self.path("r").mkdir(mode=0o555)
        self.assertIn("not writable", self.refused("-n", 5, "-o", "r/a.h5", code=73))

    def test_a_study_that_is_being_computed(self):
        study = self.begin("-n", 10**7)
        said = self.run_program("mc", MINIMAL, "-n", 10**7, "-o", "x.h5", "--resume",
                                code=73)[1]
        self.assertIn(f"process {study.pid}", said)
        study.kill()
        study.communicate(timeout=60)

    def test_a_disk_that_is_too_small(self):
        limited = subprocess.run(
            ["bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "bash", PROGRAM, "mc",
             MINIMAL, "-n", "3000", "-qo", "a.h5"],
            cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((limited.returncode, limited.stdout), (74, ""))
        self.assertIn("File too large", limited.stderr)
        self.assertIn("go on with --resume", limited.stderr)
        self.mc("-n", 3000, "-o", "a.h5", "--resume")
        self.mc("-n", 3000, "-o", "b.h5")
        self.same("a.h5", "b.h5")


class Jobs(StudyTest):
    """The example job scripts, docs/jobs, in a folder whose name has a blank."""

    JOBS = MINIMAL.parent.parent / "docs" / "jobs"
    # What GNU parallel does with the one option that is used.
    STAND_IN = '#!/bin/sh\nshift\nexec xargs -P 2 -I "{}" "$@"\n'

    def setUp(self):
        super().setUp()
        self.mc("-n", 2500, "-o", "whole.h5")

    def job(self, script, *arguments, **environment):
        done = subprocess.run(
            [self.JOBS / script, *arguments], cwd=self.folder, capture_output=True,
            env={**os.environ, "ISSSIM": PROGRAM, "OUTPUT": "a folder", **environment},
            text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_gnu_parallel(self):
        path = os.environ["PATH"]
        if not shutil.which("parallel"):
            self.path("bin").mkdir()
            self.path("bin/parallel").write_text(self.STAND_IN)
            self.path("bin/parallel").chmod(0o755)
            path = f"{self.path('bin')}:{path}"
        for _ in range(2):  # the second time it goes on
            self.job("parallel.sh", MINIMAL, "2500", "3", "--reproducible", PATH=path)
        self.run_program("merge", *self.folder.glob("a folder/shard-*.h5"),
                         "--reproducible", "-fo", "m.h5")
        self.same("m.h5", "whole.h5")
        self.assertEqual(len(self.open("a folder/study.h5")["replications/events"]), 2500)

    def test_slurm_array(self):
        for task in ("3", "1", "2"):
            self.job("slurm-array.sh", MINIMAL, "2500", SLURM_ARRAY_TASK_ID=task,
                     SLURM_ARRAY_TASK_COUNT="3", SLURM_CPUS_PER_TASK="2")
        self.job("slurm-array.sh", MINIMAL, "2500")
        one, other = self.open("a folder/study.h5"), self.open("whole.h5")
        for column in one["replications"]:
            self.assertEqual(one["replications"][column][()].tobytes(),
                             other["replications"][column][()].tobytes())


if __name__ == "__main__":
    unittest.main()
