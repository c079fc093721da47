"""A blank table that is filled: its heads, formats, widths and formulas stay as the city made them."""

from __future__ import annotations

import datetime
import io
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter

from desktop.excel.foreign.formulas import SUM
from desktop.excel.foreign.insert import insert_rows
from desktop.excel.foreign.read import grids_of, is_csv
from desktop.excel.read import read_workbook
from desktop.excel.stick import Disk, deliver
from desktop.excel.styles import safe_text
from desktop.model.errors import Refused
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.placing import Placed, Sum
from desktop.model.layouts.showing import Shown

_FORMULA_STARTS = ("=", "+", "-", "@")
FARTHEST = 5_000  # framed rows below which a blank table does not reach


class BlankTable:
    """A table opened for filling. `grids` are its visible sheets, with the rows that are drawn as a table's."""

    def __init__(self, path: Path) -> None:
        if is_csv(path):
            raise Refused(f"“{path.name}”是 .csv，没有格式可以保留，没有填；请给 .xlsx 的空表")
        workbook = read_workbook(path)
        if workbook.package is not None:
            raise Refused(f"“{path.name}”是本程序导出的工作簿，不是空表，没有填；请用“导入”读它")
        self._book: Any = openpyxl.load_workbook(path)
        self.notes = workbook.notes
        self.grids = [replace(grid, framed=_framed(self._book[grid.name])) for grid in grids_of(path, workbook)]

    def fill(self, grid: Grid, placed: Placed, head: int) -> None:
        """Puts rows into a sheet and cells on it. `head`: the headings' last row, counted from 0."""
        sheet = self._book[grid.name]
        insert_rows(sheet, placed.inserts, head)
        for row, column, shown in placed.writes:
            cell = sheet.cell(row + 1, column + 1)
            if not isinstance(cell, MergedCell):
                _put(cell, shown)
        for each in placed.sums:
            _cover(sheet, each)

    def deliver(self, out: Path, disk: Disk | None = None) -> str:
        """Writes the filled table to `out`; its SHA-256 (hex)."""
        self._book.calculation.fullCalcOnLoad = True
        file = io.BytesIO()
        self._book.save(file)
        return deliver(out, file.getvalue(), disk)


def _framed(sheet: Any) -> frozenset[int]:
    """Rows with a frame around their first cells, counted from 0."""
    rows: dict[int, int] = {}
    for (row, column), cell in sheet._cells.items():
        if column <= 3 and row <= FARTHEST and cell.has_style and cell.border is not None:
            sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
            rows[row - 1] = rows.get(row - 1, 0) + any(side is not None and side.style for side in sides)
    return frozenset(row for row, count in rows.items() if count)


def _put(cell: Any, shown: Shown) -> None:
    value = shown.cell
    if isinstance(value, datetime.date) and not is_date_format(cell.number_format):
        value = shown.text
    if isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"
        if value.startswith(_FORMULA_STARTS):
            cell._style = copy(cell._style)
            cell.quotePrefix = True
        return
    cell.value = value


def _cover(sheet: Any, each: Sum) -> None:
    """A plain sum over the rows above it covers all of them, even if the blank table had none or one."""
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(each.row + 1, column)
        if isinstance(cell, MergedCell) or not isinstance(cell.value, str):
            continue
        found = SUM.fullmatch(cell.value)
        letter = get_column_letter(column)
        if found and found[1].upper() == letter and (found[3] or letter).upper() == letter:
            cell.value = f"=SUM({letter}{each.first + 1}:{letter}{each.last + 1})"
