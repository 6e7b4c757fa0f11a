# SPDX-License-Identifier: GPL-3.0-or-later
"""What is opened, and what is refused with a sentence."""

import shutil

import h5py
import pytest

import isssim


def changed(path, folder, **attributes):
    """A copy of a file with other attributes; None takes one away."""
    copy = folder / "changed.h5"
    shutil.copy(path, copy)
    with h5py.File(copy, "r+") as file:
        for name, value in attributes.items():
            del file.attrs[name]
            if value is not None:
                file.attrs[name] = value
    return copy


def refused(path, **options):
    with pytest.raises(isssim.FormatError) as caught:
        isssim.open(path, **options)
    message = str(caught.value)
    assert str(path) in message and "\n" not in message
    return message


def test_a_run_and_a_study_are_told_apart(leak, study):
    assert type(leak) is isssim.Run and type(study) is isssim.Study
    assert leak.complete and study.complete
    assert repr(leak) == (
        "<isssim.Run leak.h5: Soyuz MS-22 loses its coolant, replication 0, "
        f"{leak.event_count} events>"
    )
    assert repr(study).endswith("coolant, 300 replications>")


def test_the_way_to_the_file_may_be_text_or_a_path(leak_path):
    for path in (leak_path, str(leak_path)):
        with isssim.open(path) as run:
            assert run.path == leak_path


def test_what_is_closed_says_so(leak_path):
    with isssim.open(leak_path) as run:
        flights = run.flights
    assert len(flights) > 10
    assert "closed" in repr(run)
    with pytest.raises(ValueError, match="has been closed"):
        run.flights
    run.close()  # again does no harm


def test_files_too_new_are_refused(leak_path, tmp_path):
    message = refused(changed(leak_path, tmp_path, format_version=[2, 1]))
    assert "has format 2.1, newer than this package reads (1.x)" in message


def test_files_too_old_are_refused(leak_path, tmp_path):
    message = refused(changed(leak_path, tmp_path, format_version=[0, 9]))
    assert "has format 0.9, older than this package reads (1.x)" in message


def test_a_newer_minor_version_is_welcome(leak_path, tmp_path):
    with isssim.open(changed(leak_path, tmp_path, format_version=[1, 7])) as run:
        assert len(run.flights) > 10


def test_columns_and_tables_of_a_newer_minor_version_are_read_too(leak_path, tmp_path):
    path = changed(leak_path, tmp_path, format_version=[1, 1])
    with h5py.File(path, "r+") as file:
        file["flights/thrust"] = [1.0] * len(file["flights/id"])
        file.create_group("tugs")["mass"] = [2.0, 3.0]
    with isssim.open(path) as run:
        assert list(run.flights["thrust"])[0] == 1.0
        assert list(run.table("tugs")["mass"]) == [2.0, 3.0]


def test_an_interrupted_study_is_refused_unless_welcome(study_path, tmp_path):
    path = changed(study_path, tmp_path, complete=0, requested=1000)
    message = refused(path)
    assert "it has 300 of 1000 replications; go on with isssim mc --resume" in message
    with isssim.open(path, incomplete=True) as study:
        assert not study.complete and study.n == 300


def test_an_interrupted_run_is_refused(leak_path, tmp_path):
    assert "interrupted" in refused(changed(leak_path, tmp_path, complete=0))


def test_a_kind_that_isnt_known_is_named(leak_path, tmp_path):
    message = refused(changed(leak_path, tmp_path, filetype="isssim/orrery"))
    assert "of the kind isssim/orrery; this package reads isssim/run" in message


def test_files_of_others_are_refused(leak_path, tmp_path):
    assert "isn't a result of isssim" in refused(
        changed(leak_path, tmp_path, filetype="netcdf")
    )
    assert "isn't a result of isssim" in refused(
        changed(leak_path, tmp_path, filetype=None)
    )
    assert "isn't a result of isssim" in refused(
        changed(leak_path, tmp_path, format_version="one")
    )
    foreign = tmp_path / "foreign.h5"
    with h5py.File(foreign, "w") as file:
        file["x"] = [1, 2, 3]
    assert "isn't a result of isssim" in refused(foreign)


def test_what_is_no_hdf5_is_refused(leak_path, tmp_path):
    text = tmp_path / "text.h5"
    text.write_text("scenario = { }\n" * 100)
    assert "isn't an HDF5 file" in refused(text)
    empty = tmp_path / "empty.h5"
    empty.touch()
    assert refused(empty).endswith("is empty")


def test_a_file_that_is_cut_off_is_refused(leak_path, tmp_path):
    short = tmp_path / "short.h5"
    whole = leak_path.read_bytes()
    short.write_bytes(whole[: len(whole) // 2])
    assert "is cut off" in refused(short)


def test_a_file_that_isnt_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError, match="none.h5"):
        isssim.open(tmp_path / "none.h5")
    with pytest.raises(IsADirectoryError):
        isssim.open(tmp_path)


def test_what_may_have_been_meant_is_told(leak_path, tmp_path):
    def told(name):
        with pytest.raises(FileNotFoundError) as caught:
            isssim.open(name)
        assert caught.value.filename == str(name)
        return str(caught.value)

    assert "nor another *.h5 beside it" in told(tmp_path / "soyuz_leek.h5")
    shutil.copy(leak_path, tmp_path / "soyuz_leak.h5")
    meant = tmp_path / "soyuz_leak.h5"
    assert f"did you mean {meant}?" in told(tmp_path / "soyuz_leek.h5")
    assert "did you mean" not in told(tmp_path / "zzz.h5")
    assert "there is no folder" in told(tmp_path / "none" / "soyuz_leak.h5")


def test_a_refused_file_is_closed_again(leak_path, tmp_path):
    path = changed(leak_path, tmp_path, format_version=[2, 0])
    refused(path)
    with h5py.File(path, "r+") as file:  # h5py would refuse were it open for reading
        file.attrs["complete"] = 1


def test_nothing_is_written(leak_path):
    before = leak_path.read_bytes(), leak_path.stat().st_mtime_ns
    with isssim.open(leak_path) as run:
        run.events(), run.state, run.resources
    assert (leak_path.read_bytes(), leak_path.stat().st_mtime_ns) == before
