# SPDX-License-Identifier: GPL-3.0-or-later
"""pip installs the package with nothing but what Debian has."""

import importlib.util
import pathlib
import shutil
import subprocess
import sys

import pytest

for name in ("pip", "setuptools", "wheel"):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"no {name}", allow_module_level=True)
HERE = pathlib.Path(__file__).resolve().parents[1]


def pip_install(*arguments):
    command = [sys.executable, "-m", "pip", "install", "--no-build-isolation",
               "--no-index", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the package: building writes beside the sources."""
    return shutil.copytree(
        HERE, tmp_path_factory.mktemp("source") / "python",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "tests"),
    )


@pytest.fixture(scope="module")
def installed(source, tmp_path_factory):
    """A folder that it is installed to."""
    target = tmp_path_factory.mktemp("target")
    pip_install("--no-deps", "--no-compile", "--target", target, source)
    return target


def test_pip_needs_nothing_that_isnt_here(source):
    told = pip_install("--dry-run", "--break-system-packages", source)
    assert "Would install isssim-0.1.0" in told


def test_every_file_of_the_package_is_installed(installed):
    source = HERE / "src/isssim"
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert (installed / "isssim" / path.relative_to(source)).exists(), path


def test_what_is_installed_reads_a_run(installed, leak_path):
    code = (
        f"import isssim; assert isssim.__file__.startswith({str(installed)!r})\n"
        f"print(isssim.open({str(leak_path)!r}).flights['id'][0], isssim.__version__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          env={"PYTHONPATH": str(installed)}, check=False)
    assert done.stdout.split() == ["MS-22", "0.1.0"], done.stderr
