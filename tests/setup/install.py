#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed can be used: the program runs, each public header stands alone in C
and C++, and a program links libisssim with what pkg-config says.

Usage: install.py BUILD-FOLDER
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

build = sys.argv[1]


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                          **options).stdout


with tempfile.TemporaryDirectory(prefix="isssim-install-") as folder:
    prefix = pathlib.Path(folder, "usr")
    run("cmake", "--install", build, "--prefix", prefix)

    program = prefix / "bin/isssim"
    assert os.access(program, os.X_OK), f"no program {program}"
    assert list((prefix / "share/isssim/scenarios").iterdir()), "no scenarios"
    assert (prefix / "share/man/man1/isssim.1").read_text(encoding="utf-8").startswith(".")
    package = prefix / "share/isssim/python/isssim"
    for file in ("__init__.py", "report/page.css", "plots/__init__.py"):
        assert (package / file).exists(), f"no {file} in {package}"
    assert not list(package.glob("**/__pycache__")), "compiled Python is installed"
    run("bash", "-n", prefix / "share/bash-completion/completions/isssim")
    (pc,) = prefix.glob("**/pkgconfig/isssim.pc")
    environment = dict(os.environ, PKG_CONFIG_PATH=str(pc.parent))
    flags = run("pkg-config", "--cflags", "--libs", "isssim", env=environment).split()

    headers = sorted((prefix / "include/isssim").glob("*.h"))
    assert headers, "no public headers"
    for header in headers:
        source = pathlib.Path(folder, "alone.c")
        source.write_text(f"#include <isssim/{header.name}>\n", encoding="utf-8")
        for compiler in ("cc -std=c11 -xc", "c++ -std=c++17 -xc++"):
            compiler, *options = compiler.split()
            if shutil.which(compiler):
                run(compiler, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *options,
                    source, f"-I{prefix}/include")

    # Naming every function of the archive makes the linker take all of it.
    (archive,) = prefix.glob("**/libisssim.a")
    names = sorted({
        line.split()[0] for line in run("nm", "-gP", "--defined-only", archive).splitlines()
        if " T " in line and line.startswith("iss_")
    })
    assert names, "an empty library"
    assert b".gnu.lto_" not in archive.read_bytes(), "code that one compiler only links"
    user = pathlib.Path(folder, "user.c")
    user.write_text(
        "".join(f"void {name}(void);\n" for name in names)
        + "void (*volatile all[])(void) = {" + ", ".join(names) + "};\n"
        + "int main(void) { return all[0] == 0; }\n", encoding="utf-8")
    run("cc", "-Wno-builtin-declaration-mismatch", user, "-o", user.with_suffix(""), *flags)
    run(user.with_suffix(""))
    print(f"{len(headers)} headers, {len(names)} functions")
