#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report in headless Chromium: it has nothing to complain of, fits a desktop and a phone,
and prints."""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

from pages import LEAK, ProgramTest, skip_without_modules

CHROMIUM = shutil.which("chromium")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--hide-scrollbars --enable-logging=stderr"
).split()

#: A page says how wide it is and how wide its window, to the one that it is framed in: a
#: window of Chromium's own isn't as narrow as a phone's.
MEASURE = ("<script>parent.postMessage([document.documentElement.scrollWidth, innerWidth, "
           "document.querySelectorAll('svg').length].join(' '), '*')</script></body>")
FRAME = ("<!DOCTYPE html><title>nothing</title><script>onmessage = message => "
         "document.title = message.data</script>"
         "<iframe src='{name}' width='{width}' height='800' style='border: 0'></iframe>")


class Browser(ProgramTest):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="isssim-browser-")
        cls.addClassCleanup(temporary.cleanup)
        cls.pages = pathlib.Path(temporary.name)

    def setUp(self):
        super().setUp()
        if not (self.pages / "study.html").exists():
            self.run_program("run", LEAK, "-qo", self.pages / "leak.h5")
            self.run_program("mc", LEAK, "-qn", "50", "--series", "crew,unsafe", "--traces", "1",
                             "-o", self.pages / "study.h5")
            for name in ("leak", "study"):
                self.run_program("report", self.pages / f"{name}.h5")

    def browse(self, path, *options):
        """Open a page, and give what Chromium prints, when it has nothing to complain of."""
        with tempfile.TemporaryDirectory(prefix="isssim-profile-") as profile:
            done = subprocess.run(
                [CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", *options, path.as_uri()],
                cwd=self.folder, capture_output=True, text=True, timeout=300, check=False,
            )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(re.findall(r".*CONSOLE.*", done.stderr), [])
        return done.stdout

    def test_it_fits_a_desktop_and_a_phone(self):
        for name in ("leak", "study"):
            text = (self.pages / f"{name}.html").read_text(encoding="utf-8")
            text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
            measured = self.folder / f"{name}-measured.html"
            measured.write_text(text.replace("</body>", MEASURE), encoding="utf-8")
            for width in (1280, 390):
                frame = self.folder / "frame.html"
                frame.write_text(FRAME.format(name=measured.name, width=width))
                out = self.browse(frame, "--window-size=1400,900", "--virtual-time-budget=3000",
                                  "--dump-dom")
                title = re.search(r"<title>(\d+) (\d+) (\d+)</title>", out)
                self.assertTrue(title, out)
                page, window, pictures = map(int, title.groups())
                self.assertEqual(window, width)
                self.assertLessEqual(page, window, f"{name} scrolls sideways at {width}")
                self.assertGreater(pictures, 2)

    def test_it_can_be_looked_at(self):
        for width in (1280, 390):
            picture = self.folder / "x.png"
            self.browse(self.pages / "leak.html", f"--window-size={width},1200",
                        f"--screenshot={picture}")
            data = picture.read_bytes()
            self.assertEqual(data[:4], b"\x89PNG")
            self.assertEqual(struct.unpack(">II", data[16:24]), (width, 1200))
            self.assertGreater(len(data), 20_000, "there is next to nothing on it")
            picture.unlink()

    def test_it_prints(self):
        for name in ("leak", "study"):
            paper = self.folder / f"{name}.pdf"
            self.browse(self.pages / f"{name}.html", f"--print-to-pdf={paper}")
            data = paper.read_bytes()
            self.assertEqual(data[:5], b"%PDF-")
            sheets = len(re.findall(rb"/Type\s*/Page\b", data))
            self.assertTrue(3 <= sheets <= 20, sheets)


if __name__ == "__main__":
    skip_without_modules()
    if CHROMIUM is None:
        print("chromium isn't there")
        sys.exit(77)
    unittest.main()
