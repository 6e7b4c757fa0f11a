#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""base/version.h tells the commit, knows a changed source, and is left alone when it's
right.  ($ISSSIM_SOURCE names the sources to take cmake/Version.cmake from.)"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["ISSSIM_SOURCE"])


class Version(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="isssim version ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name, "tree")
        self.header = pathlib.Path(folder.name, "version.h")
        for name in ("cmake/Version.cmake", "engine/base/version.h.in"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE / name, self.root / name)

    def git(self, *arguments):
        return subprocess.run(
            ["git", "-C", self.root, "-c", "user.name=a", "-c", "user.email=a@b.invalid",
             *arguments], check=True, capture_output=True, text=True,
        ).stdout.strip()

    def commit(self):
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "first")
        return self.git("rev-parse", "HEAD")

    def version(self):
        """(sha1, dirty) of the header as made now"""
        subprocess.run(
            ["cmake", "-D", "PROJECT_VERSION=1.2.3", "-D", f"source={self.root}",
             "-D", f"header={self.header}", "-P", self.root / "cmake/Version.cmake"],
            check=True,
        )
        words = dict(
            line.split()[1:3] for line in self.header.read_text().splitlines()
            if line.startswith("#define ISS") and len(line.split()) == 3
        )
        self.assertEqual(words["ISS_VERSION"], '"1.2.3"')
        return words["ISS_GIT_SHA1"].strip('"'), words["ISS_GIT_DIRTY"]

    def test_without_git_the_commit_is_unknown(self):
        self.assertEqual(self.version(), ("unknown", "0"))

    def test_a_repository_around_the_sources_is_not_theirs(self):
        subprocess.run(["git", "init", "-q", self.root.parent], check=True)
        self.assertEqual(self.version(), ("unknown", "0"))

    def test_a_repository_without_commits_is_fine(self):
        self.git("init", "-q")
        self.assertEqual(self.version(), ("unknown", "0"))

    def test_commit_and_changed_sources_are_told(self):
        sha1 = self.commit()
        self.assertEqual(self.version(), (sha1, "0"))
        (self.root / "notes").write_text("of no consequence")
        self.assertEqual(self.version(), (sha1, "0"))
        (self.root / "engine/new.c").write_text("int a;")
        self.assertEqual(self.version(), (sha1, "1"))

    def test_a_right_header_is_not_written_again(self):
        self.commit()
        self.version()
        before = self.header.stat().st_mtime_ns
        self.version()
        self.assertEqual(self.header.stat().st_mtime_ns, before)

    def test_an_archive_made_by_git_knows_its_commit(self):
        shutil.copy(SOURCE / ".gitattributes", self.root)
        sha1 = self.commit()
        archive = self.root.parent / "sources.tar"
        self.git("archive", "-o", archive, "HEAD")
        self.root = self.root.parent / "unpacked"
        shutil.unpack_archive(archive, self.root)
        self.assertEqual(self.version(), (sha1, "0"))


if __name__ == "__main__":
    if not shutil.which("git"):
        print("git isn't installed")
        sys.exit(77)
    unittest.main()
