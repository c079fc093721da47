"""Refused rows of a table go back in the table's own shape: its headings, heads of groups, red cells, the reasons.

Rebuilt from values, without links, macros or formulas; mended and read again it does only what is left.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from desktop.excel.stick import Disk, deliver
from desktop.excel.styles import Styles
from desktop.model.exchange import CellError
from desktop.model.exchange.layout import ERRORS_SHEET, REASON_HEADING
from desktop.model.exchange.sheets import column_letters
from desktop.model.fields.base import Cell
from desktop.model.layouts.bodies import Kind, rows_of
from desktop.model.layouts.recognise import Known


def annotate(path: Path, tables: Sequence[Known], errors: Sequence[CellError], disk: Disk | None = None) -> str:
    """Writes the refused rows to `path`; the SHA-256 (hex) of the file. Raises MachineFault for the disk."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for known in tables:
        mine = [error for error in errors if error.sheet == known.grid.name]
        if mine:
            _sheet(book.create_sheet(known.grid.name[:31]), known, mine)
    _list(book, errors)
    file = io.BytesIO()
    book.save(file)
    return deliver(path, file.getvalue(), disk)


def _sheet(sheet: Any, known: Known, errors: Sequence[CellError]) -> None:
    styles = Styles(sheet)
    grid, width = known.grid, known.grid.width
    for now, row in enumerate(_kept(known, {error.row for error in errors}), start=1):
        heading = row < known.first
        cells = [grid.cell(row, column) if heading else grid.seen(row, column) for column in range(width)]
        if not heading and len(grid.filled(row)) == 1:
            cells = [grid.cell(row, column) for column in range(width)]
        _write_row(sheet, styles, now, cells, heading)
        mine = [error for error in errors if error.row == row]
        for error in mine:
            at = sheet[f"{''.join(filter(str.isalpha, error.cell))}{now}"]
            made = styles.cell(at.value, "General", fill="red", note=error.message)
            at._style, at.comment = made._style, made.comment
        told = "\n".join((f"{error.label}：" if error.label else "") + error.message for error in mine)
        if told:
            _set(sheet, styles, now, width, told, "red")
    _set(sheet, styles, known.first, width, REASON_HEADING, "head")
    sheet.column_dimensions[column_letters(width)].width = 60
    for top, left, bottom, right in grid.merges:
        if bottom < known.first and (bottom > top or right > left):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    sheet.freeze_panes = sheet.cell(known.first + 1, 1)


def _kept(known: Known, refused: set[int]) -> list[int]:
    """The rows that go back: all above the table, the headings, the refused rows below the heads of their groups."""
    kept = list(range(known.first))
    head = -1
    for each in rows_of(known):
        if each.kind is Kind.SECTION:
            head = each.row
        elif each.row in refused:
            kept += [head, each.row] if head >= 0 and head not in kept else [each.row]
    return kept + [row for row in sorted(refused) if row not in kept]


def _write_row(sheet: Any, styles: Styles, row: int, cells: list[Cell], heading: bool) -> None:
    for column, value in enumerate(cells):
        if value is not None or heading:
            _set(sheet, styles, row, column, value, "head" if heading else "")


def _set(sheet: Any, styles: Styles, row: int, column: int, value: Cell, fill: str) -> None:
    number_format = "@" if isinstance(value, str) else "yyyy-mm-dd" if hasattr(value, "year") else "General"
    made = styles.cell(value, number_format, fill=fill)
    cell = sheet.cell(row, column + 1)
    cell.value = made.value
    if isinstance(value, str):
        cell.data_type = "s"
    cell._style = made._style


def _list(book: Any, errors: Sequence[CellError]) -> None:
    sheet = book.create_sheet(ERRORS_SHEET)
    styles = Styles(sheet)
    for letter, width in zip("ABCDE", (16, 12, 20, 30, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    lines = [("工作表", "原来位置", "项目", "原来内容", "原因和办法")]
    lines += [(error.sheet, error.cell, error.label, error.value, error.message) for error in errors]
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            _set(sheet, styles, row, column, text or None, "head" if row == 1 else "")
