"""Rows put into a sheet take formulas, merged cells, heights and drop-downs along; CSV in both encodings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.excel.foreign.formulas import moved_formula
from desktop.excel.foreign.insert import insert_rows
from desktop.excel.foreign.read import is_foreign, read_grids
from desktop.model.errors import Refused
from desktop.model.layouts.placing import Insert


def sheet() -> Any:
    book: Any = openpyxl.Workbook()
    made = book.active
    made.title = "表 一"
    for row in range(1, 8):
        for column in range(1, 4):
            cell = made.cell(row, column, row * 10 + column)
            cell.border = Border(left=Side(style="thin"))
            cell.font = Font(name="仿宋", size=row + 6)
    return made


def test_everything_below_moves_and_sums_grow() -> None:
    made = sheet()
    made["A6"] = "=SUM(A2:A5)"
    made["B6"] = "=$B$7+A6*'表 一'!C2"
    made.merge_cells("A7:C7")
    made.merge_cells("B3:C3")
    made.row_dimensions[7].height = 33
    made.row_dimensions[5].height = 22
    made.print_area = "A1:C7"
    other = made.parent.create_sheet("另")
    other["A1"] = "=SUM('表 一'!A2:A5)+A6"
    made.parent.defined_names["合计"] = DefinedName("合计", attr_text="'表 一'!$A$6")
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("C2:C5")
    made.add_data_validation(rule)
    red = PatternFill("solid", bgColor="FFFF0000")
    made.conditional_formatting.add("A2:A5", CellIsRule(operator="lessThan", formula=["$A$6"], fill=red))
    insert_rows(made, [Insert(4, 3, 4)], 0)
    assert made["A9"].value == "=SUM(A2:A8)" and made["B9"].value == "=$B$10+A9*'表 一'!C2"
    assert other["A1"].value == "=SUM('表 一'!A2:A8)+A6"
    assert {str(area) for area in made.merged_cells.ranges} == {"A10:C10", "B3:C3"}
    assert made.row_dimensions[10].height == 33 and made.row_dimensions[7].height == 22
    assert made.print_area.replace("$", "").endswith("A1:C10")
    assert str(made.data_validations.dataValidation[0].sqref) == "C2:C8"
    assert made.parent.defined_names["合计"].value == "'表 一'!$A$9"
    (held,) = made.conditional_formatting
    assert str(held.sqref) == "A2:A8" and held.rules[0].formula == ["$A$9"]
    assert made["B7"].font.size == 11 and made["B7"].border.left.style == "thin" and made["B7"].value is None


def test_two_places_at_once_and_rows_merged_alike() -> None:
    made = sheet()
    made.merge_cells("B5:C5")
    made["A7"] = "=SUM(A2:A2)+SUM(A5:A5)"
    insert_rows(made, [Insert(1, 2, 1), Insert(4, 1, 4)], 0)
    assert made["A10"].value == "=SUM(A2:A4)+SUM(A7:A8)"
    assert {str(area) for area in made.merged_cells.ranges} == {"B7:C7", "B8:C8"}


def test_names_and_whole_columns_stay() -> None:
    assert moved_formula('=SUM(A:A)+总数+"A5"', True, "表", lambda r: r + 1, lambda r: r + 1) == '=SUM(A:A)+总数+"A5"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes('序号,名称\n1,"示例㛃，有限\n公司"\n2,\n'.encode(encoding))
    (grid,) = read_grids(path)
    assert grid.rows == [["序号", "名称"], ["1", "示例㛃，有限\n公司"], ["2", None]] and is_foreign(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "0 字节"), (b"PK\x03\x04", "改过扩展名"), (b"\xd0\xcf\x11\xe0\xa1", "改过扩展名"),
     (b"\xff\xfea\x00", "编码"), (b"\xff\xff\xff,\n", "编码"), (b'a,"b\n', "引号")],
)  # fmt: skip
def test_bad_csv_is_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(data)
    with pytest.raises(Refused, match=words):
        read_grids(path)


def test_old_and_renamed_workbooks_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(Refused, match="另存为"):
        read_grids(path)
