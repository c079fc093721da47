"""Files attached to a PDF: found by other programs, the same bytes every time."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from desktop.model.errors import Refused
from desktop.pdf.signing.attaching import embed, embed_submission
from desktop.pdf.signing.objects import read_body, write_body


def test_the_same_input_gives_the_same_bytes(make: Any) -> None:
    first = embed_submission(make.pages(), make.data(), make.workbook)
    assert embed_submission(make.pages(), make.data(), make.workbook) == first
    assert write_body(read_body(first)) == first
    assert embed_submission(make.pages(), make.data("1001"), make.workbook) != first


def test_other_programs_find_the_files(make: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(embed_submission(make.pages(), make.data(), make.workbook))
    listed = subprocess.run(["pdfdetach", "-list", file], capture_output=True, text=True, check=True).stdout
    assert "data.json" in listed and "workbook.xlsx" in listed
    subprocess.run(["pdfdetach", "-save", "1", "-o", tmp_path / "out.json", file], check=True)
    assert (tmp_path / "out.json").read_bytes() == make.data()
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "amount 1000" in text and "second page" in text


@pytest.mark.parametrize("name", ["数据.json", "", "a/b.json", "a\\b", "a\nb"])
def test_names_are_plain_ascii(make: Any, name: str) -> None:
    with pytest.raises(Refused, match="附件名"):
        embed(make.pages(), {name: (b"", "text/plain", "")})


@pytest.mark.parametrize("junk", [b"", b"junk", b"%PDF-1.7\n", b"%PDF-1.4\nstartxref\n0\n%%EOF"])
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(Refused, match="PDF"):
        embed(junk, {})


def test_a_file_that_already_carries_files_is_refused(make: Any) -> None:
    once = embed_submission(make.pages(), make.data())
    with pytest.raises(Refused, match="已经有附件"):
        embed_submission(once, make.data())
