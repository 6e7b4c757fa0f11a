# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the tests of analysis/julia where there is a Julia with HDF5.jl; else skip.

$JULIA may name the julia to take.  Its own environment has to have HDF5.jl and
Requires.jl; DataFrames.jl is tested too where it is installed.
"""

import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def environment(package: str) -> "dict[str, str]":
    """The caller's environment, with the package in front of what Julia loads."""
    path = os.environ.get("JULIA_LOAD_PATH", "")  # an empty entry is Julia's default
    return {**os.environ, "JULIA_LOAD_PATH": package + os.pathsep + path}


def what_is_missing(julia: str, env: "dict[str, str]") -> str:
    """Why the tests can't run, or nothing."""
    looking = """
        lacking = filter(n -> Base.find_package(n) === nothing, ["HDF5", "Requires"])
        if VERSION < v"1.5"
            print("Julia ", VERSION, " is older than 1.5")
        elseif !isempty(lacking)
            print(join(lacking, " and "), " not installed in Julia")
        end
    """
    found = subprocess.run(
        [julia, "--startup-file=no", "-e", looking],
        env=env, capture_output=True, text=True, check=False,
    )
    if found.returncode != 0:
        return "julia doesn't start: " + found.stderr.strip().partition("\n")[0]
    return found.stdout


def main() -> int:
    package = os.path.join(os.environ["ISSSIM_SOURCE"], "analysis", "julia")
    julia = shutil.which(os.environ.get("JULIA", "julia"))
    if julia is None:
        print("skipped: there is no julia")
        return SKIPPED
    env = environment(package)
    missing = what_is_missing(julia, env)
    if missing:
        print("skipped:", missing)
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        tests = os.path.join(package, "test", "runtests.jl")
        words = [julia, "--startup-file=no", "-O0", tests]
        return subprocess.run(words, env=env, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
