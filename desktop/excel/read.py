"""A workbook from anyone becomes sheets of plain cells, and the package in it if there is one."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

from desktop.excel import guard, state
from desktop.excel.scan import MOST_CELLS, Scan, check_texts, scan, sheet_parts
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.exchange.sheets import Place, Sheet, Workbook
from desktop.model.fields.base import Cell
from desktop.model.progress import Report, part, quiet

_EARLY = datetime.date(1900, 3, 1)  # before it, serials do not say which day is meant


def read_workbook(path: Path, report: Report = quiet) -> Workbook:
    """The workbook at `path`. Raises Refused with one sentence; nothing in the file is run, opened or followed.

    A state that is present but bad refuses the whole file; without any state `package` is None.
    """
    parts = guard.check(path)
    sheets_xml, date1904 = sheet_parts(parts)
    check_texts(parts, sheets_xml)
    report(150, 1000)
    scans = {name: scan(data, name) for name, data in sheets_xml.items()}
    del sheets_xml  # every copy of a hostile file counts
    try:
        with bulk():
            sheets = _sheets(parts, scans, date1904, part(report, 300, 800))
    except Refused:
        raise
    except BaseException as error:  # a parser written in Rust panics with an exception of its own
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Refused(f"“{path.name}”读不懂，没有读入；请在 WPS 或 Excel 里打开，另存为 .xlsx 后再试") from None
    holder = state.find(sheets)
    if holder is None:
        return Workbook(None, False, sheets, date1904, parts.notes)
    package, signature = state.from_sheet(holder)
    rest = [sheet for sheet in sheets if sheet is not holder]
    return Workbook(package, True, rest, date1904, parts.notes, signature)


def _sheets(parts: guard.Parts, scans: dict[str, Scan], date1904: bool, report: Report) -> list[Sheet]:
    book = python_calamine.CalamineWorkbook.from_filelike(parts.archive())
    sheets = []
    for place, about in enumerate(book.sheets_metadata):
        report(place, len(scans))
        if about.name not in scans:
            continue
        sheet = book.get_sheet_by_index(place)
        faults: dict[Place, str] = dict(scans[about.name].faults)
        rows = [
            [_cell(value, row, column, faults, date1904) for column, value in enumerate(cells)]
            for row, cells in enumerate(sheet.to_python(skip_empty_area=False))
        ]
        _note_merged(sheet.merged_cell_ranges or [], rows, faults)
        hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
        sheets.append(Sheet(about.name, hidden, rows, faults))
    return sheets


def _cell(value: Any, row: int, column: int, faults: dict[Place, str], date1904: bool) -> Cell:
    if value == "":
        return None
    if isinstance(value, float):
        return number(value)
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime.datetime | datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        if not date1904 and day < _EARLY:
            faults.setdefault((row, column), "这一格的日期早于 1900-03-01，表格软件算不准，请写成文字")
        return value
    faults.setdefault((row, column), "这一格是时间，不是日期或数，请改正")
    return str(value)


def number(value: float) -> int | Decimal | str:
    """A number cell in the 15 digits that every spreadsheet program keeps; whole ones as int."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return int(value)
    exact = Decimal(format(value, ".15g"))
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < Decimal(10) ** 40 else exact


def _note_merged(ranges: list[Any], rows: list[list[Cell]], faults: dict[Place, str]) -> None:
    """Cells that a merged one covers read as empty, which would clear them: they are faults instead."""
    left_over = MOST_CELLS
    for (top, left), (bottom, right) in ranges:
        left_over -= (min(bottom, len(rows)) - top + 1) * (min(right, len(rows[0]) if rows else 0) - left + 1)
        if left_over < 0:
            raise Refused("工作簿里合并的单元格过多，没有读入；请取消合并后再读入")
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, len(rows[row]) - 1) + 1):
                if (row, column) != (top, left):
                    faults.setdefault((row, column), "这一格被合并到别的单元格里了，请取消合并后补填再读入")
