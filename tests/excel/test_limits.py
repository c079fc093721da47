"""What the reader holds and refuses: the largest workbook that the writer makes, and parts blown up to stop a parser.

Memory is measured in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.excel import write
from desktop.excel.write import write_package
from desktop.model.errors import Refused
from tests.excel.test_hostile import parts_of, zipped

SECONDS, MEGABYTES = 5.0, 300
PROBE = """
import re, sys, time
from pathlib import Path
from desktop.excel.read import read_workbook
from desktop.model.errors import DeskError
begun = time.process_time()
try:
    read_workbook(Path(sys.argv[1]))
    words = ""
except DeskError as error:
    words = str(error)
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(time.process_time() - begun, int(peak) // 1024, words, sep="|")
"""


def blank_rows(parts: dict[str, bytes]) -> None:
    _into_sheet(parts, b"<row/>" * 6_000_000)


def blank_rows_of_a_prefix(parts: dict[str, bytes]) -> None:
    name = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b'<sheetData xmlns:x="' + name + b'">')
    parts["xl/worksheets/sheet1.xml"] = sheet
    _into_sheet(parts, b"<x:row/>" * 6_000_000)


def blank_cells(parts: dict[str, bytes]) -> None:
    _into_sheet(parts, b'<row r="9">' + b"<c/>" * 9_000_000 + b"</row>")


def styles(parts: dict[str, bytes]) -> None:
    part = parts["xl/styles.xml"]
    at = part.index(b"</cellXfs>")
    parts["xl/styles.xml"] = part[:at] + b'<xf numFmtId="0" fontId="0"/>' * 2_800_000 + part[at:]


def number_formats(parts: dict[str, bytes]) -> None:
    part = parts["xl/styles.xml"]
    at = part.index(b"<fonts")
    many = b"".join(b'<numFmt numFmtId="%d" formatCode="0.0"/>' % number for number in range(200, 1_900_200))
    parts["xl/styles.xml"] = part[:at] + b"<numFmts>" + many + b"</numFmts>" + part[at:]


def index_of_parts(parts: dict[str, bytes]) -> None:
    part = parts["xl/_rels/workbook.xml.rels"]
    many = b"".join(b'<Relationship Id="x%d" Type="t" Target="u"/>' % number for number in range(400_000))
    parts["xl/_rels/workbook.xml.rels"] = part.replace(b"</Relationships>", many + b"</Relationships>")


def other_tags(parts: dict[str, bytes]) -> None:
    parts["xl/drawings/drawing1.xml"] = b"<a>" + b"<b/>" * 20_000_000 + b"</a>"


def _into_sheet(parts: dict[str, bytes], more: bytes) -> None:
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", more + b"</sheetData>")


BLOWN_UP: list[tuple[str, Callable[[dict[str, bytes]], None]]] = [
    ("内容过多", blank_rows), ("内容过多", blank_rows_of_a_prefix), ("内容过多", blank_cells),
    ("格式多得不正常", styles), ("格式多得不正常", number_formats),
    ("内容过多", index_of_parts), ("内容过多", other_tags),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured where the system tells it")
@pytest.mark.parametrize(("words", "change"), BLOWN_UP, ids=[change.__name__ for _, change in BLOWN_UP])
def test_parts_blown_up_are_refused_within_five_seconds_and_three_hundred_megabytes(
    tmp_path: Path, words: str, change: Callable[[dict[str, bytes]], None]
) -> None:
    path = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "总投资"])
    book.save(path)
    parts = parts_of(path)
    change(parts)
    path.write_bytes(zipped(parts))
    done = subprocess.run([sys.executable, "-c", PROBE, str(path)], capture_output=True, check=True, text=True)
    seconds, megabytes, told = done.stdout.strip().split("|", 2)
    assert words in told
    assert float(seconds) < SECONDS and int(megabytes) < MEGABYTES, done.stdout


def test_what_could_not_be_read_back_is_not_written(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "LARGEST_INFLATED", 10_000)
    with pytest.raises(Refused, match="分单位或分表导出"):
        write_package(tmp_path / "大.xlsx", office.package, b"\0" * 64, office.forms, office.names)
    assert not (tmp_path / "大.xlsx").exists()


def test_many_styles_of_a_real_office_still_pass(tmp_path: Path) -> None:
    path = tmp_path / "旧表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "总投资"])
    book.save(path)
    parts = parts_of(path)
    part = parts["xl/styles.xml"]
    at = part.index(b"</cellXfs>")
    parts["xl/styles.xml"] = part[:at] + b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 64_000 + part[at:]
    path.write_bytes(zipped(parts))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/styles.xml").file_size > 2_000_000
    from desktop.excel.read import read_workbook

    assert read_workbook(path).sheets[0].cell(0, 0) == "项目名称"
