#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The launcher, on small trees of its own: it builds what changed and then gets out of
the way.  ($ISSSIM_SOURCE names the sources to take the launcher from.)"""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

LAUNCHER = pathlib.Path(os.environ["ISSSIM_SOURCE"], "isssim")

# Prints its arguments and the library's folder, copies stdin, and ends with code 3.
PROGRAM = r"""
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) { printf("<%s>", argv[i]); }
    printf("\n%s\n", getenv("ISSSIM_LIBRARY"));
    fflush(stdout);
    for (int c; (c = getchar()) != EOF;) { putchar(c); }
#ifdef FROM_CALLER
    puts("flags of the caller's");
#endif
#ifdef TUNED
    puts("tuned");
#endif
    return 3;
}
"""
LISTS = """
cmake_minimum_required(VERSION 3.22)
project(toy LANGUAGES C)
add_executable(isssim engine/main.c)
if(ISSSIM_PROFILE STREQUAL "generate")
    add_custom_target(isssim_train COMMAND ${CMAKE_COMMAND} -E touch counts DEPENDS isssim)
elseif(ISSSIM_PROFILE STREQUAL "use" AND EXISTS ${PROJECT_BINARY_DIR}/counts)
    target_compile_definitions(isssim PRIVATE TUNED)
endif()
if(BUILD_TESTING)
    enable_testing()
    add_test(NAME fine COMMAND true)
    add_test(NAME skipped COMMAND sh -c "exit 77")
    set_tests_properties(skipped PROPERTIES SKIP_RETURN_CODE 77)
    add_test(NAME late COMMAND true)
    set_tests_properties(late PROPERTIES LABELS slow)
    add_test(NAME threaded COMMAND true)
    set_tests_properties(threaded PROPERTIES LABELS threads)
    include(more.cmake OPTIONAL)
endif()
"""
PRESETS = """{"version": 3, "configurePresets": [
  {"name": "base", "hidden": true, "generator": "Ninja",
   "binaryDir": "${sourceDir}/build/${presetName}"},
  {"name": "release", "inherits": "base"}, {"name": "dev", "inherits": "base"},
  {"name": "tsan", "inherits": "base"}, {"name": "tuned", "inherits": "release"}]}"""


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="isssim launcher ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name, "a clone")
        for name in ("engine", "include", "cmake", "scenarios"):
            (self.root / name).mkdir(parents=True)
        shutil.copy2(LAUNCHER, self.root)
        (self.root / "engine/main.c").write_text(PROGRAM)
        (self.root / "CMakeLists.txt").write_text(LISTS)
        (self.root / "CMakePresets.json").write_text(PRESETS)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("ISSSIM")}

    def start(self, *arguments, path=None, **options):
        return subprocess.Popen(
            [path or self.root / "isssim", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=self.environment, **options,
        )

    def call(self, *arguments, stdin="", **options):
        """(exit code, stdout, stderr)"""
        process = self.start(*arguments, **options)
        stdout, stderr = process.communicate(stdin)
        return process.returncode, stdout, stderr

    def expect(self, stdout_end="", built=False, said="", code=3, **options):
        got, stdout, stderr = self.call("x", **options)
        library = self.root / "scenarios"
        self.assertEqual((got, stdout), (code, f"<x>\n{library}\n{stdout_end}"), stderr)
        self.assertEqual(stderr, said + ("isssim: building ...\n" if built else ""))

    def few_tools(self, *names):
        """A folder of nothing but these, which is all that is found from now on."""
        tools = self.root.parent / "few tools"
        tools.mkdir()
        for name in names:
            (tools / name).symlink_to(shutil.which(name))
        self.environment["PATH"] = str(tools)
        return tools


class Launcher(Tree):
    def test_the_first_call_builds_and_the_next_one_does_not(self):
        self.expect(built=True)
        self.expect()

    def test_a_completion_is_answered_and_never_waits_for_a_build(self):
        self.environment["COMP_LINE"] = "isssim x"
        self.assertEqual(self.call("x"), (75, "", ""))
        self.assertFalse((self.root / "build").exists())
        del self.environment["COMP_LINE"]
        self.expect(built=True)
        self.environment["COMP_LINE"] = "isssim x"
        self.expect()

    def test_arguments_stdin_and_exit_code_pass_through_from_anywhere(self):
        link = self.root.parent / "link"
        link.symlink_to(self.root / "isssim")
        arguments = ("run", "", "a b", "two\nlines", "*", "--set", "a='\"$b\"'", "test")
        for _ in ("building", "built"):
            code, stdout, _ = self.call(*arguments, path=link, cwd="/", stdin="piped\n")
            text = "".join(f"<{a}>" for a in arguments)
            self.assertEqual(code, 3)
            self.assertEqual(stdout, f"{text}\n{self.root / 'scenarios'}\npiped\n")

    def test_a_library_of_the_callers_own_is_kept(self):
        self.environment["ISSSIM_LIBRARY"] = "/some/where"
        self.assertEqual(self.call()[1], "\n/some/where\n")

    def test_a_changed_an_added_and_a_removed_source_are_built(self):
        self.expect(built=True)
        (self.root / "engine/main.c").write_text(PROGRAM.replace("return 3", "return 4"))
        self.expect(built=True, code=4)
        (self.root / "engine/new.h").write_text("")
        self.expect(built=True, code=4)
        (self.root / "engine/new.h").unlink()
        self.expect(built=True, code=4)
        self.expect(code=4)

    def test_a_broken_source_says_why_on_stderr_until_it_is_mended(self):
        self.expect(built=True)
        (self.root / "engine/main.c").write_text("int main(void) { return nothing; }")
        for _ in range(2):
            code, stdout, stderr = self.call("x")
            self.assertEqual((code, stdout), (70, ""))
            self.assertIn("nothing", stderr)
        (self.root / "engine/main.c").write_text(PROGRAM)
        self.expect(built=True)

    def test_a_program_whose_libraries_are_gone_is_looked_at_again(self):
        self.expect(built=True)
        stamp = self.root / "build/release/.current"
        times = stamp.stat()
        stamp.write_text(stamp.read_text() + "/no/such/library.so\n")
        os.utime(stamp, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.expect(built=True)
        self.expect()

    def test_a_moved_tree_builds_afresh(self):
        self.expect(built=True)
        self.root = self.root.rename(self.root.with_name("elsewhere"))
        (self.root / "engine/main.c").touch()
        self.expect(built=True)

    def test_two_at_once_build_once(self):
        first, second = self.start("x"), self.start("x")
        results = [first.communicate(""), second.communicate("")]
        self.assertEqual([first.returncode, second.returncode], [3, 3], results)
        self.assertEqual(sum("building" in stderr for _, stderr in results), 1)

    def test_a_long_run_does_not_hold_the_lock(self):
        first = self.start("x")  # waits for its stdin
        while first.stdout.readline() != "<x>\n":
            self.assertIsNone(first.poll())
        (self.root / "engine/main.c").touch()
        self.expect(built=True)
        first.communicate("")

    def test_compiler_flags_of_the_caller_are_not_used(self):
        self.environment["CFLAGS"] = "-DFROM_CALLER"
        self.expect(built=True)

    def test_a_commit_counts_as_a_change(self):
        self.expect(built=True)
        log = self.root / ".git/logs/HEAD"
        log.parent.mkdir(parents=True)
        log.write_text("a commit\n")
        self.expect(built=True)

    def test_without_tools_and_apt_the_packages_are_named(self):
        self.few_tools("bash", "env", "find", "flock", "mkdir", "readlink")
        code, stdout, stderr = self.call("x")
        self.assertEqual((code, stdout), (69, ""))
        for name in ("gcc", "cmake", "ninja-build", "libgsl-dev", "libhdf5-dev"):
            self.assertIn(f" {name}", stderr)

    def test_a_report_needs_pythons_modules_and_other_commands_dont(self):
        self.expect(built=True)
        tools = self.few_tools("bash", "dirname", "env", "find", "grep", "mkdir", "readlink")
        python = tools / "python3"
        python.write_text('#!/bin/sh\nexec /usr/bin/env -i /usr/bin/python3 -S "$@"\n')
        python.chmod(0o755)
        self.assertEqual(self.call("info", "x.h5")[0], 3)
        code, stdout, stderr = self.call("report", "x.h5")
        self.assertEqual((code, stdout), (69, ""))
        for name in ("h5py", "pandas", "xarray", "matplotlib"):
            self.assertIn(f" python3-{name}", stderr)
        self.assertEqual(self.call("report", "--help")[0], 3)
        self.environment["ISSSIM_PYTHON"] = "/somebody/elses"
        self.assertEqual(self.call("report", "x.h5")[0], 3)


STALE = ("isssim: the tuned program is older than its sources or libraries: the ordinary one"
         " runs until the next ./isssim tune\n")


@unittest.skipUnless(shutil.which("gcc"), "tuning needs gcc")
class Tuning(Tree):
    def tune(self):
        code, stdout, stderr = self.call("tune")
        self.assertEqual((code, stdout), (0, ""), stderr)
        return stderr

    def test_a_tuned_program_runs_from_then_on(self):
        self.expect(built=True)
        self.assertEqual(len(self.tune().splitlines()), 3)
        self.expect("tuned\n")
        self.expect("tuned\n", path=self.root / "isssim", cwd="/")
        self.assertEqual(self.tune(), "isssim: the program is tuned already\n")

    def test_it_needs_no_ordinary_build(self):
        self.tune()
        self.expect("tuned\n")
        self.assertFalse((self.root / "build/release").exists())

    def test_when_a_source_changes_the_ordinary_one_runs_and_says_so_once(self):
        self.tune()
        (self.root / "engine/main.c").write_text(PROGRAM.replace("return 3", "return 4"))
        self.environment["COMP_LINE"] = "isssim x"
        self.assertEqual(self.call("x"), (75, "", ""))
        del self.environment["COMP_LINE"]
        self.expect(built=True, code=4, said=STALE)
        self.expect(code=4)
        self.tune()
        self.expect("tuned\n", code=4)

    def test_one_whose_libraries_are_gone_is_not_run(self):
        self.tune()
        stamp = self.root / "build/tuned/.current"
        times = stamp.stat()
        stamp.write_text(stamp.read_text() + "/no/such/library.so\n")
        os.utime(stamp, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.expect(built=True, said=STALE)

    def test_tuning_that_fails_says_why_and_leaves_the_ordinary_program(self):
        (self.root / "CMakeLists.txt").write_text(
            LISTS.replace("-E touch counts", "-E cat missing"))
        self.expect(built=True)
        code, stdout, stderr = self.call("tune")
        self.assertEqual((code, stdout), (70, ""))
        self.assertIn("isssim: the training failed\n", stderr)
        self.assertIn("missing", stderr)
        self.expect()

    def test_a_compiler_that_is_not_gcc_and_arguments_are_refused(self):
        self.assertEqual(self.call("tune", "all"),
                         (64, "", "isssim: tune takes no arguments\n"))
        tools = self.few_tools("bash", "env", "find", "flock", "mkdir", "readlink")
        macros = "#define __GNUC__ 14\n#define __clang__ 1"
        for name, says in {"cmake": "", "ninja": "", "pkg-config": "", "cc": macros}.items():
            (tools / name).write_text(f"#!/bin/sh\nprintf %s '{says}'\n")
            (tools / name).chmod(0o755)
        self.assertEqual(
            self.call("tune"),
            (69, "", "isssim: tune needs gcc 10 or later, and cc is another compiler\n"))


MODULES = ("h5py", "xarray", "h5netcdf", "netCDF4")


# It would install them.
@unittest.skipUnless(
    all(map(importlib.util.find_spec, MODULES)) and shutil.which("ncdump"),
    "packages for the tests are missing",
)
class Tests(Tree):
    def summary(self, *arguments):
        code, stdout, _ = self.call("test", *arguments)
        return code, stdout.splitlines()[-1]

    def test_results_are_added_over_the_builds(self):
        # dev and release: fine, threaded pass and skipped skips; tsan: threaded
        self.assertEqual(self.summary(), (0, "5 passed, 0 failed, 2 skipped"))
        self.assertEqual(self.summary("--slow"), (0, "6 passed, 0 failed, 2 skipped"))

    def test_further_arguments_select_tests(self):
        self.assertEqual(self.summary("-R", "fine"), (0, "2 passed, 0 failed, 0 skipped"))

    def test_without_chromium_and_apt_the_rest_is_tested(self):
        tools = self.root.parent / "all but these"
        tools.mkdir()
        for file in pathlib.Path("/usr/bin").iterdir():
            if not file.name.startswith(("chromium", "apt")):
                (tools / file.name).symlink_to(file)
        self.environment["PATH"] = str(tools)
        code, stdout, stderr = self.call("test", "-R", "fine")
        self.assertEqual((code, stdout.splitlines()[-1]),
                         (0, "2 passed, 0 failed, 0 skipped"), stderr)
        self.assertIn("no package chromium here: tests that need it are skipped", stderr)

    def test_a_run_without_tests_fails(self):
        self.assertEqual(self.summary("-R", "none"), (1, "0 passed, 0 failed, 0 skipped"))

    def test_failed_crashed_and_lost_tests_fail(self):
        (self.root / "more.cmake").write_text(
            "add_test(NAME bad COMMAND false)\n"
            "add_test(NAME crashed COMMAND sh -c [[kill -SEGV $$]])\n"
            "add_test(NAME lost COMMAND /no/such/program)\n"
        )
        self.assertEqual(self.summary(), (1, "5 passed, 6 failed, 2 skipped"))

    def test_a_build_that_fails_counts_as_a_failure(self):
        (self.root / "engine/main.c").write_text("int main(void) { return nothing; }")
        self.assertEqual(self.summary(), (1, "0 passed, 3 failed, 0 skipped"))

    def test_the_tests_are_about_the_ordinary_program(self):
        (self.root / "more.cmake").write_text(
            "add_test(NAME ordinary COMMAND sh -c [[! \"$1\" | grep tuned]] - "
            "$<TARGET_FILE:isssim>)\n"
        )
        self.assertEqual(self.call("tune")[0], 0)
        self.assertEqual(self.summary("-R", "ordinary"), (0, "2 passed, 0 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()
