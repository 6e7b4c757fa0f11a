#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page and the completion for bash: they name every command and option, the
page is sound roff, and the completion finds what the program would take."""
import json
import os
import re
import shutil
import subprocess
import unittest

from program import LEAK, MINIMAL, PROGRAM, SCENARIOS, ProgramTest

ENGINE = SCENARIOS.parent / "engine"


class Pages(ProgramTest):
    def setUp(self):
        super().setUp()
        self.page = self.run_program("help", "--man")[0]
        self.script = self.run_program("help", "--bash")[0]

    def commands(self):
        """{command: (operand words, {option: value word or ""})}, from `isssim help`."""
        out, _ = self.run_program("help")
        listed = out.split("Commands:\n")[1].split("\n\n")[0]
        found = {}
        for name in re.findall(r"^  (\w+)", listed, re.M):
            text, _ = self.run_program("help", name)
            operand = re.match(rf"isssim {name} ?([^:]*):", text)[1]
            options = re.findall(r"^  (?:-(\w), |    )--([\w-]+) ?(\S*)", text, re.M)
            found[name] = (re.findall(r"[A-Z=]+", operand), options)
        self.assertGreater(len(found), 5)
        return found

    def sections(self, level):
        parts = re.split(rf"^\.{level} (.*)\n", self.page, flags=re.M)
        return dict(zip(parts[1::2], parts[2::2]))


class Manual(Pages):
    def test_each_command_has_all_its_options(self):
        told = self.sections("SS")
        for command, (_, options) in self.commands().items():
            (text,) = (
                text for name, text in told.items() if name.split()[:2] == ["isssim", command]
            )
            for letter, name, value in options:
                escaped = name.replace("-", r"\-")
                self.assertRegex(text, rf"(?m)^\\fB(\\-{letter}\\fR, \\fB)?\\-\\-"
                                 rf"{re.escape(escaped)}\\fR( \\fI{value})?")
                self.assertTrue(not letter or rf"\-{letter}\fR" in text, name)

    def test_each_word_for_an_argument_is_explained(self):
        told = self.sections("SH")["ARGUMENTS"]
        for command, (words, options) in self.commands().items():
            for word in [*words, *(value for _, _, value in options if value)]:
                self.assertIn(f"\n\\fI{word}\n", told, command)

    def test_each_variable_that_is_read_is_named(self):
        told = self.sections("SH")["ENVIRONMENT"]
        read = {
            name
            for path in ENGINE.glob("*/*.c")
            for name in re.findall(r'getenv\("(\w+)"\)', path.read_text(encoding="utf-8"))
        }
        self.assertIn("COLUMNS", read)
        for name in read:
            self.assertIn(name, told.replace("\\", ""))

    def test_each_exit_code_is_explained(self):
        told = self.sections("SH")["EXIT STATUS"]
        status = (SCENARIOS.parent / "include/isssim/status.h").read_text(encoding="utf-8")
        rows = re.findall(r'X\(\w+, +-?\d+, +(\d+), +"(.*)"\)', status)
        self.assertGreater(len(rows), 10)
        codes = [int(code) for code in re.findall(r"^\\fB(\d+)", told, re.M)]
        self.assertEqual(codes, sorted({int(code) for code, _ in rows}))
        for _, text in rows:
            self.assertIn(text, told)

    def test_the_examples_work_one_after_the_other(self):
        examples = re.findall(r"^\.TP\n\\fBisssim (.*)$", self.sections("SH")["EXAMPLES"], re.M)
        self.assertGreater(len(examples), 3)
        for example in examples:
            self.run_program(*example.replace("\\", "").split(), ISSSIM_LIBRARY=str(SCENARIOS))

    def test_it_is_ascii(self):
        self.assertTrue(self.page.isascii())
        self.assertTrue(self.script.isascii())

    @unittest.skipUnless(shutil.which("groff"), "no groff")
    def test_groff_finds_nothing_wrong(self):
        self.lint("groff", "-man", "-Tascii", "-ww", "-z")

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc")
    def test_mandoc_finds_nothing_wrong(self):
        self.lint("mandoc", "-T", "lint", "-W", "error")

    def lint(self, *command):
        done = subprocess.run(command, input=self.page.encode(), capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))

    @unittest.skipUnless(shutil.which("groff"), "no groff")
    def test_it_reads_as_the_help_does(self):
        done = subprocess.run(
            ["groff", "-man", "-Tascii", "-P-cbou", "-rLL=300n"],
            input=self.page.encode(), capture_output=True, check=True,
        )
        read = " ".join(done.stdout.decode().split())
        for command in self.commands():
            text = self.run_program("help", command)[0]
            for paragraph in text.split("\n\nOptions:")[0].split("\n\n")[1:]:
                self.assertIn(" ".join(paragraph.replace("`", "").split()), read)

    def test_one_thing_at_a_time(self):
        for arguments in (["--man", "--bash"], ["--man", "run"], ["run", "--bash"]):
            self.assertIn("enough", self.refuses("help", *arguments, code=64))


class Completion(Pages):
    def complete(self, *words, breaks=True, folder=None):
        """What bash offers for the last of the words."""
        (self.folder / ".completion").write_text(self.script)
        if breaks:
            words = [part for word in words for part in re.split("(=)", word) if part or not word]
        ask = (
            'source .completion; bind() { :; }; compopt() { :; }\n'
            + ("" if breaks else "COMP_WORDBREAKS=${COMP_WORDBREAKS//=}\n")
            + 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE=$*\n'
            + "complete -p isssim >/dev/null || exit 9\n"
            + '_isssim; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            ["bash", "--norc", "-uc", ask, "bash", PROGRAM, *words],
            cwd=folder or self.folder, capture_output=True, text=True, check=False,
            env=dict(os.environ, ISSSIM_LIBRARY=str(SCENARIOS)), timeout=60,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return sorted(set(done.stdout.split("\n")) - {""})

    def test_commands(self):
        self.assertEqual(
            self.complete(""), sorted([*self.commands(), "--help", "--version"])
        )
        self.assertEqual(self.complete("des"), ["describe"])
        self.assertEqual(self.complete("help", "exp"), ["explain", "export"])

    def test_all_options_of_each_command(self):
        for command, (_, options) in self.commands().items():
            names = [f"--{name}" for _, name, _ in options]
            letters = [f"-{letter}" for letter, _, _ in options if letter]
            self.assertEqual(self.complete(command, "-"), sorted(names + letters))
            self.assertEqual(self.complete(command, "--"), sorted(names))

    def test_after_two_dashes_there_are_no_options(self):
        self.assertEqual(self.complete("run", "--", "-"), [])

    def test_scenarios_are_files_folders_and_shipped_ones(self):
        for name in ("my one.cfg", "other.txt"):
            (self.folder / name).write_text("")
        (self.folder / "deep").mkdir()
        (self.folder / "deep" / "x.cfg").write_text("")
        shipped = sorted(path.name for path in SCENARIOS.glob("*.cfg"))
        self.assertEqual(self.complete("run", ""), sorted(["deep", "my one.cfg", *shipped]))
        self.assertEqual(self.complete("check", "deep/"), ["deep/x.cfg"])
        self.assertEqual(self.complete("run", "-q", "-f", "minim"), ["minimal.cfg"])
        self.assertEqual(self.complete("show", "minimal.cfg", "--diff", "soyuz_l"),
                         ["soyuz_leak.cfg"])

    def test_results_are_h5_files(self):
        for name in ("a.h5", "a.cfg"):
            (self.folder / name).write_text("")
        for words in (["info", ""], ["explain", ""], ["run", "x.cfg", "-o", ""],
                      ["run", "--output", ""], ["run", "-qfo", ""], ["run", "--output=a"],
                      ["run", "--output="]):
            self.assertEqual(self.complete(*words), ["a.h5"], words)
        self.assertEqual(self.complete("run", "--output=a", breaks=False), ["--output=a.h5"])
        self.assertEqual(self.complete("explain", "a.h5", ""), [])

    def test_a_value_that_cant_be_known_offers_nothing(self):
        (self.folder / "a.cfg").write_text("")
        for words in (["run", "--seed", ""], ["run", "-r", ""], ["explain", "--at", ""]):
            self.assertEqual(self.complete(*words), [])

    def test_settings_of_the_reference(self):
        self.assertEqual(self.complete("describe", "policy.call"), ["policy.call_up"])
        self.assertIn("flights", self.complete("describe", "fl"))
        for topic in self.complete("describe", ""):
            self.run_program("describe", topic)

    def test_settings_of_the_scenario_that_is_named(self):
        self.assertEqual(self.complete("run", "--set", "policy.call"), ["policy.call_up="])
        self.assertEqual(self.complete("run", "--set", "flights."), [])
        self.assertEqual(
            self.complete("run", str(LEAK), "--set", "flights.MS-22.as_flown.l"),
            ["flights.MS-22.as_flown.land=", "flights.MS-22.as_flown.launch="],
        )

    def test_choices_of_a_setting(self):
        def offered(text):
            return self.complete("run", "--set", text)

        self.assertEqual(offered("policy.call_up="), ["false", "true"])
        self.assertEqual(offered("policy.shifted_launch=p"), ["plan"])
        self.assertEqual(offered("vehicles.ship.role="), ["cargo", "crew"])
        self.assertEqual(offered("policy.decision="), [])
        self.assertEqual(offered("no.such="), [])
        self.assertEqual(
            self.complete("run", "--set", "policy.call_up=f", breaks=False),
            ["policy.call_up=false"],
        )
        self.assertEqual(self.complete("run", "--set=policy.call_up=t"), ["true"])

    def test_metrics_of_the_file_that_is_named(self):
        self.run_program("run", MINIMAL, "-qo", "m.h5")
        self.assertEqual(self.complete("explain", "m.h5", "--why", "unsafe_p"),
                         ["unsafe_person_days"])
        for metric in self.complete("explain", "m.h5", "--why", ""):
            self.run_program("explain", "m.h5", "--why", metric)

    def test_tables_of_the_file_that_is_named(self):
        self.run_program("run", MINIMAL, "-qo", "m.h5")
        facts = json.loads(self.run_program("info", "m.h5", "--json")[0])
        self.assertEqual(sorted(self.complete("export", "m.h5", "")),
                         sorted(table["name"] for table in facts["tables"]))
        self.assertEqual(self.complete("export", "m.h5", "port_"), ["port_intervals"])

    def test_every_kind_of_value_has_its_function(self):
        kinds = set(re.findall(r"\) echo (\w+) ;;", self.script))
        self.assertIn("assignment", kinds)
        for kind in kinds:
            self.assertIn(f"\n_isssim_find_{kind}()\n", self.script)

    def test_it_leaves_no_variable_behind(self):
        done = subprocess.run(
            ["bash", "--norc", "-c",
             'before=$(compgen -v); source <("$1" help --bash); COMP_WORDS=("$1" run --set p)\n'
             "COMP_CWORD=3 COMP_LINE= ; _isssim\n"
             'comm -13 <(sort <<<"$before") <(compgen -v | sort)', "bash", PROGRAM],
            capture_output=True, text=True, check=True,
        )
        left = set(done.stdout.split()) - {"before", "COMP_WORDS", "COMP_CWORD", "COMP_LINE",
                                           "COMPREPLY"}
        self.assertEqual({name for name in left if "isssim" in name}, set())
        self.assertLessEqual(left, {"PIPESTATUS", "BASH_REMATCH", "_", "FUNCNAME", "MAPFILE",
                                    "word", "BASH_ARGC", "BASH_ARGV"} - {"word"})


if __name__ == "__main__":
    unittest.main()
