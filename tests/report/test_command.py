#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`isssim report`: what it takes and refuses, and how it finds Python and the package."""
import os
import pathlib
import unittest

from pages import LEAK, MINIMAL, SCENARIOS, ProgramTest, skip_without_modules

PAGE = SCENARIOS.parent / "analysis/python/src/isssim/page/__init__.py"


class Report(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("run", MINIMAL, "-qo", "m.h5")

    def test_the_page_lies_beside_the_file_and_is_named(self):
        (self.folder / "deep").mkdir()
        (self.folder / "m.h5").rename(self.folder / "deep" / "my.own.h5")
        out, err = self.run_program("report", "deep/my.own.h5")
        self.assertEqual((out, err), ("deep/my.own.html\n", ""))
        self.assertEqual(sorted(path.name for path in (self.folder / "deep").iterdir()),
                         ["my.own.h5", "my.own.html"])

    def test_the_page_goes_where_it_is_asked_for(self):
        self.run_program("report", "m.h5", "-o", "-page.htm")
        self.assertEqual(self.files(), ["-page.htm", "m.h5"])

    def test_a_study_has_a_report_too(self):
        self.run_program("mc", MINIMAL, "-qn", "20", "-o", "mc.h5")
        self.run_program("report", "mc.h5")
        self.assertIn("20 missions", (self.folder / "mc.html").read_text(encoding="utf-8"))

    @unittest.skipUnless(PAGE.exists(), "there is no interactive page")
    def test_an_interactive_page_lies_beside_the_other(self):
        out, _ = self.run_program("report", "m.h5", "--interactive")
        self.assertEqual((out, self.files()), ("m-page.html\n", ["m-page.html", "m.h5"]))
        self.assertIn("<html", (self.folder / "m-page.html").read_text(encoding="utf-8"))
        self.refuses("report", "m.h5", "--interactive", code=73)
        self.run_program("report", "m.h5", "--interactive", "-f")

    def test_nothing_is_overwritten_unless_asked(self):
        (self.folder / "m.html").write_text("mine")
        self.assertIn("m.html", self.refuses("report", "m.h5", code=73))
        self.assertEqual((self.folder / "m.html").read_text(), "mine")
        self.run_program("report", "m.h5", "--force")
        self.assertIn("<h1>", (self.folder / "m.html").read_text(encoding="utf-8"))

    def test_the_result_itself_is_never_overwritten(self):
        before = (self.folder / "m.h5").read_bytes()
        self.refuses("report", "m.h5", "-fo", "m.h5", code=73)
        self.assertEqual((self.folder / "m.h5").read_bytes(), before)

    def test_the_page_isnt_begun_where_it_cant_be_written(self):
        self.refuses("report", "m.h5", "-o", "none/m.html", code=73)

    def test_what_is_no_result_is_refused_by_name(self):
        self.assertIn("none.h5: No such file", self.refuses("report", "none.h5", code=66))
        self.assertIn("isn't an HDF5 file", self.refuses("report", MINIMAL, code=65))
        whole = (self.folder / "m.h5").read_bytes()
        (self.folder / "half.h5").write_bytes(whole[: len(whole) // 2])
        self.assertIn("half.h5: ", self.refuses("report", "half.h5", code=65))
        self.assertIn("report needs a FILE", self.refuses("report", code=64))

    def test_a_missing_python_is_named(self):
        err = self.refuses("report", "m.h5", code=69, ISSSIM_PYTHON="/nowhere/python3")
        self.assertIn("Debian's python3", err)
        self.assertIn("/nowhere/python3", err)
        self.assertEqual(err.count("\n"), 1)

    def python(self, *options):
        """A Python that is started with these options."""
        script = self.folder / "python"
        script.write_text(f'#!/bin/sh\nexec /usr/bin/python3 {" ".join(options)} "$@"\n')
        script.chmod(0o755)
        return str(script)

    def test_missing_modules_are_named_as_debian_names_them(self):
        python = self.python("-S")
        err = self.refuses("report", "m.h5", code=69, ISSSIM_PYTHON=python)
        self.assertIn("python3-h5py python3-pandas python3-xarray python3-matplotlib", err)
        self.assertEqual(err.count("\n"), 1)

    def test_modules_in_the_current_folder_arent_taken(self):
        for name in ("h5py", "isssim", "json", "runpy"):
            (self.folder / f"{name}.py").write_text("raise SystemExit('mine')\n")
        self.run_program("report", "m.h5")

    def test_the_package_is_found_without_any_variable(self):
        library = os.environ["ISSSIM_LIBRARY"]
        self.assertTrue(pathlib.Path(library, "../analysis/python/src/isssim").is_dir())
        self.run_program("report", "m.h5", ISSSIM_LIBRARY=library, PYTHONPATH="")

    def test_a_missing_package_is_named(self):
        (self.folder / "scenarios").mkdir()
        if pathlib.Path("/usr/local/share/isssim/python").exists():
            self.skipTest("the package is installed")
        err = self.refuses("report", "m.h5", code=69,
                           ISSSIM_LIBRARY=str(self.folder / "scenarios"))
        self.assertIn("package isssim", err)

    def test_the_story_is_asked_of_the_program_that_was_called(self):
        self.run_program("report", "m.h5", ISSSIM="/nowhere/isssim", PATH="/usr/bin:/bin")
        self.assertIn('<ol class="story">', (self.folder / "m.html").read_text(encoding="utf-8"))

    def test_an_interrupted_study_is_refused(self):
        self.run_program("mc", LEAK, "-qn", "40", "-o", "mc.h5")
        import h5py

        with h5py.File(self.folder / "mc.h5", "r+") as file:
            file.attrs["complete"] = file.attrs["complete"].dtype.type(0)
        self.assertIn("incomplete", self.refuses("report", "mc.h5", code=65))


if __name__ == "__main__":
    skip_without_modules()
    unittest.main()
