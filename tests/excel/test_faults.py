"""The rest of the fault list: cells and rows that are wrong in ways a file format allows, each with its sentence."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.excel.read import read_workbook
from desktop.model.errors import Refused
from tests.excel.test_editing import SHEET, place, put
from tests.excel.test_hostile import parts_of, sheet_name, zipped


@pytest.mark.parametrize(
    ("cell", "words"),
    [(60, "1900"), (2958466, "超出"), ("2958466", ""), ("1900-02-29", "")],
)
def test_serials_that_are_no_day(office: Any, cell: object, words: str) -> None:
    (error,) = office.read(office.edit(put("入库日期", cell))).errors
    assert error.cell.endswith("3") and error.label == "入库日期" and words in error.message


def test_a_serial_before_the_error_of_1900_is_told_apart(office: Any) -> None:
    (error,) = office.read(office.edit(put("入库日期", 59))).errors
    assert "1900-03-01" in error.message


def test_forty_thousand_characters_are_one_sentence_and_not_forty_thousand(office: Any) -> None:
    edited = office.edit(put("建设内容", "LONGTEXT"))
    parts = parts_of(edited)
    name = next(part for part, data in parts.items() if b"LONGTEXT" in data)
    parts[name] = parts[name].replace(b"LONGTEXT", "长".encode() * 40_000)
    edited.write_bytes(zipped(parts))
    (error,) = office.read(edited).errors
    assert "40000" in error.message and len(error.message) < 100 and len(error.value) < 300


def test_control_characters_are_refused_or_shown_but_never_stored(office: Any) -> None:
    parts = parts_of(office.path)
    name = sheet_name(parts)
    parts[name] = parts[name].replace("示例项目1".encode(), "示例_x0007_项目1".encode(), 1)
    office.path.write_bytes(zipped(parts))
    reading = office.read(office.path)
    assert all("\x07" not in str(value) for edit in reading.edits for value in edit.changes.values())


def test_two_rows_of_headings_are_not_taken_for_records(office: Any) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet.insert_rows(2)
        for cell in sheet[1]:
            sheet.cell(2, cell.column).value = cell.value

    reading = office.read(office.edit(change))
    assert not reading.edits and all(error.row == 1 for error in reading.errors)


def test_phantom_rows_with_formats_only_are_nothing(office: Any) -> None:
    def change(book: Any) -> None:
        for row in range(60, 3000):
            book[SHEET].cell(row, 2).number_format = "@"
            book[SHEET].cell(row, 3).value = " " if row % 2 else None

    reading = office.read(office.edit(change))
    assert (reading.edits, reading.errors) == ((), ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda sheet: sheet.merge_cells("D2:D3"), "合并"),
        (lambda sheet: setattr(place(sheet, "台套数", 3), "value", "=A1"), "没有算出结果"),
    ],
)
def test_merged_data_and_formulas_without_a_value(office: Any, change: Callable[[Any], None], words: str) -> None:
    reading = office.read(office.edit(lambda book: change(book[SHEET])))
    assert any(words in error.message for error in reading.errors)


@pytest.mark.slow
def test_a_hundred_thousand_entries(office: Any, tmp_path: Path) -> None:
    parts = {**parts_of(office.path), **{f"xl/x{number}.xml": b"" for number in range(100_000)}}
    office.path.write_bytes(zipped(parts))
    begun = time.process_time()
    with pytest.raises(Refused, match="不是正常的工作簿"):
        read_workbook(office.path)
    assert time.process_time() - begun < 5
