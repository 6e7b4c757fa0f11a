# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages hold the whole result, or aren't made.  analysis/page has the browser's tests."""

import base64
import re
import zlib

import h5py
import pytest

import isssim
from isssim import page

ELEMENT = re.compile(r'<script type="text/plain" class="isssim-data">([^<]*)</script>')


def carried(path):
    """The result in a page."""
    pieces = ELEMENT.findall(path.read_text(encoding="utf-8"))
    data = b"".join(base64.b64decode(piece, validate=True) for piece in pieces)
    return len(pieces), zlib.decompress(data, 16 + zlib.MAX_WBITS)


def test_a_page_carries_the_file_to_the_byte(leak_path, tmp_path):
    written = page.write(leak_path, tmp_path / "leak.html")
    assert written == tmp_path / "leak.html"
    assert carried(written) == (1, leak_path.read_bytes())
    assert "<title>Soyuz MS-22 loses its coolant – isssim</title>" in written.read_text("utf-8")


def test_a_long_result_comes_in_pieces(study_path, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "PIECE", 30000)
    pieces, data = carried(page.write(study_path, tmp_path / "study.html"))
    assert pieces > 3 and data == study_path.read_bytes()


def test_the_page_is_beside_its_result_unless_told_otherwise(leak_path, tmp_path, capsys):
    copy = tmp_path / "a & b.h5"
    copy.write_bytes(leak_path.read_bytes())
    assert page.main([str(copy)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a & b-page.html")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a & b-page.html", "a & b.h5"]


def test_titles_are_text_and_nothing_else(leak_path, tmp_path):
    copy = tmp_path / "odd.h5"
    copy.write_bytes(leak_path.read_bytes())
    with h5py.File(copy, "r+") as file:
        file.attrs["title"] = "</title><script>alert(1)</script>"
    head = page.write(copy).read_text("utf-8").split("</title>")[0]
    assert "<script>" not in head and "&lt;script&gt;" in head


def test_what_is_too_large_is_refused_and_what_is_large_is_said(
    leak_path, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(page, "LARGE", 1000)
    assert page.main([str(leak_path), "-o", str(tmp_path / "large.html")]) == 0
    assert "will take a while" in capsys.readouterr().err
    monkeypatch.setattr(page, "LARGEST", 1000)
    with pytest.raises(isssim.FormatError, match="can't be relied on above"):
        page.write(leak_path, tmp_path / "largest.html")
    assert not (tmp_path / "largest.html").exists()


def test_what_can_t_be_written_is_told_and_leaves_nothing(leak_path, tmp_path, capsys):
    assert page.main([str(leak_path), "-o", str(tmp_path / "none/page.html")]) == 73
    assert "No such file or directory" in capsys.readouterr().err
    (tmp_path / "taken.html").mkdir()
    assert page.main([str(leak_path), "-o", str(tmp_path / "taken.html")]) == 73
    assert [p.name for p in tmp_path.iterdir()] == ["taken.html"]


def test_files_that_are_no_result_are_refused(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    with pytest.raises(isssim.FormatError, match="isn't an HDF5 file"):
        page.write(tmp_path / "text.h5")
    with pytest.raises(FileNotFoundError):
        page.write(tmp_path / "none.h5")
    assert [p.name for p in tmp_path.iterdir()] == ["text.h5"]
