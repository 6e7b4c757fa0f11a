#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that `isssim run` writes, or doesn't."""
import json
import os
import shlex
import subprocess
import unittest

from program import LEAK, MINIMAL, PROGRAM, ProgramTest

HDF5 = b"\x89HDF\r\n\x1a\n"


class Written(ProgramTest):
    def test_the_default_name_is_the_scenarios_here(self):
        out, err = self.run_program("run", MINIMAL)
        self.assertEqual(self.files(), ["minimal.h5"])
        self.assertTrue((self.folder / "minimal.h5").read_bytes().startswith(HDF5))
        self.assertRegex(out, r"\n24 events in \S+ ms · minimal\.h5\n\Z")
        self.assertEqual(err, "")

    def test_other_files_here_are_no_matter(self):
        """HDF5 looks at the current folder even for a file in memory."""
        for name in ("isssim", "minimal", "null"):
            (self.folder / name).write_text("a file of the user's\n")
        self.run_program("run", MINIMAL)
        self.assertEqual((self.folder / "isssim").read_text(), "a file of the user's\n")
        self.assertIn("minimal.h5", self.files())

    def test_output_names_the_file(self):
        (self.folder / "deep").mkdir()
        out, _ = self.run_program("run", MINIMAL, "-o", "deep/x.h5")
        self.assertTrue((self.folder / "deep" / "x.h5").is_file())
        self.assertTrue(out.endswith("deep/x.h5\n"))

    def test_no_output_writes_none(self):
        out, _ = self.run_program("run", MINIMAL, "--no-output")
        self.assertEqual(self.files(), [])
        self.assertTrue(out.endswith("no file written\n"))

    def test_quiet_leaves_the_last_line(self):
        out, err = self.run_program("run", MINIMAL, "-q")
        self.assertEqual((out.count("\n"), err), (1, ""))
        self.assertTrue(out.endswith("minimal.h5\n"))


class Same(ProgramTest):
    def content(self, name, *arguments):
        out, _ = self.run_program("run", LEAK, "-qo", name, "--reproducible", *arguments)
        self.assertEqual(out, out.replace(" ms", ""))
        return (self.folder / name).read_bytes()

    def test_two_reproducible_runs_are_equal_to_the_byte(self):
        self.assertEqual(self.content("a.h5"), self.content("b.h5"))

    def test_another_replication_seed_or_setting_is_another_result(self):
        contents = {
            self.content("a.h5"),
            self.content("b.h5", "--replication", "1"),
            self.content("c.h5", "--seed", "7"),
            self.content("d.h5", "--set", "policy.call_up=false"),
        }
        self.assertEqual(len(contents), 4)

    def test_the_default_seed_is_the_scenarios(self):
        self.assertEqual(self.content("a.h5"), self.content("b.h5", "--seed", "20221215"))


class CommandLine(ProgramTest):
    def stored(self, name):
        out, _ = self.run_program("info", name, "--json")
        return json.loads(out)["made"]["command_line"]

    def test_the_stored_one_gives_the_same_again_whatever_is_in_it(self):
        title = "It's \"one\" $HOME `ls` \\ 'two'"
        scenario = self.folder / "-o'dd $x.cfg"
        scenario.write_bytes(MINIMAL.read_bytes())
        self.run_program("run", "-qo", "a.h5", "-r", "3", "--set",
                         f"scenario.title={json.dumps(title)}", "--", scenario.name)
        line = self.stored("a.h5")
        self.assertEqual(
            shlex.split(line),
            ["isssim", "run", "--seed", "1", "--replication", "3", "--set",
             f"scenario.title={json.dumps(title)}", "--", scenario.name],
        )
        again = line.replace("isssim run", f"{shlex.quote(PROGRAM)} run -qo b.h5", 1)
        subprocess.run(again, shell=True, check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, timeout=60)
        self.assertEqual(self.stored("b.h5"), line)
        told, _ = self.run_program("info", "b.h5", "--json")
        self.assertEqual(json.loads(told)["title"], title)


class Refused(ProgramTest):
    def test_an_existing_file_is_kept_without_force(self):
        (self.folder / "minimal.h5").write_text("mine")
        err = self.refuses("run", MINIMAL, code=73)
        self.assertIn("--force", err)
        self.assertEqual((self.folder / "minimal.h5").read_text(), "mine")

    def test_force_replaces_it(self):
        (self.folder / "minimal.h5").write_text("mine")
        self.run_program("run", MINIMAL, "--force")
        self.assertTrue((self.folder / "minimal.h5").read_bytes().startswith(HDF5))
        self.assertEqual(self.files(), ["minimal.h5"])

    def test_the_scenario_is_never_replaced(self):
        (self.folder / "s.cfg").write_bytes(MINIMAL.read_bytes())
        self.refuses("run", "s.cfg", "-o", "s.cfg", "--force", code=73)
        self.assertEqual((self.folder / "s.cfg").read_bytes(), MINIMAL.read_bytes())

    def test_a_missing_folder_is_refused(self):
        self.assertIn("nowhere", self.refuses("run", MINIMAL, "-o", "nowhere/x.h5", code=73))

    def test_a_folder_isnt_a_file(self):
        (self.folder / "x.h5").mkdir()
        self.refuses("run", MINIMAL, "-o", "x.h5", "--force", code=73)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_an_unwritable_folder_is_refused(self):
        (self.folder / "shut").mkdir(mode=0o500)
        self.refuses("run", MINIMAL, "-o", "shut/x.h5", code=73)

    @unittest.skipUnless(os.path.isdir("/proc/self"), "no /proc")
    def test_a_folder_that_takes_no_files_is_refused(self):
        self.run_program("run", MINIMAL, "-qo", "/proc/x.h5", code=73)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_full_stdout_is_an_output_error(self):
        command = f'"$ISSSIM" run --no-output "{MINIMAL}" >/dev/full 2>err'
        self.assertEqual(os.waitstatus_to_exitcode(os.system(f"cd {self.folder}; {command}")), 74)
        self.assertIn("stdout", (self.folder / "err").read_text())

    def test_a_replication_that_fails_leaves_no_file(self):
        err = self.refuses("run", MINIMAL, "--set", "scenario.max_events=5", code=70)
        self.assertIn("replication 0 under seed 1", err)
        self.assertIn("limit on events", err)


if __name__ == "__main__":
    unittest.main()
