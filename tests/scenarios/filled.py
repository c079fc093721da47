"""A unit's clerk at a spreadsheet program: opens a workbook that came, fills what stands prepared, saves it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Words = Callable[[int, str], dict[str, Any]]  # (number of the row, its first field) -> {heading: value}


def column(sheet: Any, heading: str) -> int:
    """Place (from 1) of a column by the beginning of its heading."""
    return next(cell.column for cell in sheet[1] if str(cell.value or "").startswith(heading))


def prepared(sheet: Any, blank: str) -> list[int]:
    """Rows that have a key and nothing in the column `blank`."""
    place = column(sheet, blank)
    return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value and not sheet.cell(row, place).value]


def fill(
    source: Path, target: Path, words: Words, figure: Callable[[int, str], Any] | None = None,
    typed: dict[str, str] | None = None,
) -> int:  # fmt: skip
    """Fill the prepared rows of progress (and figures) and save under `target`; how many rows were filled.

    `words` may answer {} for a row left blank. `typed` is told {record: what was said or the figure}.
    """
    typed = {} if typed is None else typed
    book = openpyxl.load_workbook(source)
    count = 0
    if "进展填报" in book.sheetnames:
        sheet = book["进展填报"]
        for number, row in enumerate(prepared(sheet, "状态")):
            given = words(number, str(sheet.cell(row, 2).value))
            for heading, value in given.items():
                sheet.cell(row, column(sheet, heading)).value = value
            if given:
                typed[str(sheet.cell(row, 1).value)] = str(given["进展情况"])
            count += bool(given)
    if figure is not None and "指标完成" in book.sheetnames:
        sheet = book["指标完成"]
        for number, row in enumerate(prepared(sheet, "完成值")):
            value = figure(number, str(sheet.cell(row, 2).value))
            sheet.cell(row, column(sheet, "完成值")).value = value
            if value is not None:
                typed[str(sheet.cell(row, 1).value)] = str(value)
            count += value is not None
    book.save(target)
    return count


def carried(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy2(source, folder / source.name))
