# SPDX-License-Identifier: GPL-3.0-or-later
"""The package itself: docstrings, examples in them, imports, and the command."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import pytest

import isssim

MODULES = [
    module.name
    for module in pkgutil.walk_packages(isssim.__path__, "isssim.", lambda name: None)
    if not module.name.endswith("__main__")
]


@pytest.fixture(params=MODULES)
def module(request):
    """Each module, those of the subpackages too where what they need is there."""
    try:
        return importlib.import_module(request.param)
    except ImportError as error:
        pytest.skip(str(error))


def public(module):
    """Functions, classes and their public members that users of the package meet.

    That's what a module defines, or lists in __all__; of the subpackages, such as
    plots, only what they themselves list or define, not what their modules do.
    """
    if module.__name__.count(".") > 1:
        return
    for name, thing in vars(module).items():
        own = getattr(thing, "__module__", "") == module.__name__
        if name.startswith("_") or not (own or name in getattr(module, "__all__", ())):
            continue
        if inspect.isfunction(thing):
            yield name, thing
        elif inspect.isclass(thing):
            yield name, thing
            for inner, member in vars(thing).items():
                if not inner.startswith("_") and (
                    inspect.isfunction(member) or isinstance(member, property)
                ):
                    yield f"{name}.{inner}", member


def test_everything_public_says_what_it_is(module):
    assert module.__doc__
    assert not [name for name, thing in public(module) if not thing.__doc__]


def test_what_gives_arrays_tells_shape_and_units():
    for thing in (isssim.Study.values, isssim.Run.state, isssim.Run.resources,
                  isssim.Study.fans, isssim.Study.quantiles, isssim.Study.replications,
                  isssim.Study.summary, isssim.Result.table, isssim.Run.events):
        text = inspect.getdoc(thing)
        assert "Returns" in text
        assert re.search(r"[Ss]hape|\(time|\(series|[Ii]ndexed", text), text
        assert re.search(r"unit|\[kg\]|people", text), text


def test_parameters_are_all_described():
    for thing in (isssim.open, isssim.run, isssim.mc, isssim.Result.table,
                  isssim.Run.events, isssim.Study.values, isssim.Study.interval):
        text = inspect.getdoc(thing)
        if thing is isssim.mc:
            text += inspect.getdoc(isssim.run)
        for name in inspect.signature(thing).parameters:
            assert name in ("self", "names") or re.search(rf"\b{name}\b", text), name


def test_examples_in_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def python(code, *arguments):
    return subprocess.run([sys.executable, *arguments, "-c", code], capture_output=True,
                          text=True, timeout=60, check=False)


def test_importing_loads_nothing_that_isnt_needed():
    done = python(
        "import isssim, sys\n"
        "print(sorted({'pandas', 'xarray', 'matplotlib'} & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("module, call", [
    ("pandas", "run.flights"), ("pandas", "run.events()"), ("xarray", "run.state"),
])
def test_a_missing_package_is_named_as_debian_does(leak_path, module, call):
    done = python(
        f"import sys; sys.modules['{module}'] = None\n"
        f"import isssim; run = isssim.open({str(leak_path)!r})\n"
        f"print(run.title, run.event_count, run.provenance.seed)\n"
        f"{call}"
    )
    assert done.stdout.startswith("Soyuz MS-22 loses its coolant")
    assert f"install Debian's python3-{module}" in done.stderr.splitlines()[-1]


def test_other_names_of_the_package_arent_there():
    with pytest.raises(AttributeError, match="has no attribute 'plot_everything'"):
        isssim.plot_everything


def test_the_command_tells_how_it_is_used():
    for arguments, code in (([], 64), (["polt"], 64), (["--help"], 0)):
        done = subprocess.run([sys.executable, "-m", "isssim", *arguments],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code
        assert "usage: python3 -m isssim COMMAND FILE" in done.stdout + done.stderr
        assert bool(done.stdout) == (code == 0)


def test_the_command_fails_with_a_sentence(monkeypatch, capsys):
    from isssim import __main__ as command

    class Module:
        pass

    for error, code, told in (
        (isssim.FormatError("x.h5 is empty"), 65, "x.h5 is empty"),
        (FileNotFoundError(2, "No such file", "x.h5"), 66, "x.h5: No such file"),
        (ImportError("plots need matplotlib"), 69, "plots need matplotlib"),
        (isssim.NoSuchName("no metric"), 64, "no metric"),
        (isssim.ProgramError("bad", 70), 70, "bad"),
    ):
        def fail(argv, error=error):
            raise error

        module = Module()
        module.main = fail
        monkeypatch.setattr(command.importlib, "import_module", lambda *_: module)
        assert command.main(["plot", "x.h5"]) == code
        assert capsys.readouterr().err == f"isssim: {told}\n"
    module.main = lambda argv: None
    assert command.main(["report"]) == 0


def test_the_version_is_the_programs(program):
    done = subprocess.run([program, "--version"], capture_output=True, text=True,
                          check=True)
    assert isssim.__version__ in done.stdout
