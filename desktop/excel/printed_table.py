"""One table of paper as a sheet: title, heads, rows with true figures, sums, and the set-up of its print."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter

from desktop.excel.printed_cells import HEI, joined, lines_of, put, widest
from desktop.model.page import Align, Column, Document, Note, Row, RowKind, Signers, Table

_WIDE = {True: 132.0, False: 84.0}  # characters across the paper, lying and upright
_POINTS = 14.5  # of one line


def table_sheet(sheet: Any, document: Document, table: Table, under: list[Note | Signers]) -> None:
    """Title and heads, then one row per row of the table, then its notes and names."""
    count = len(table.columns)
    widths = _widths(table, _WIDE[document.landscape or count > 6])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = round(width, 1)
    whole = sum(widths)
    row = head_rows(sheet, document, count, whole)
    if table.caption or table.unit:
        half = max(count // 2, 1)
        joined(sheet, row, 1, half, table.caption, font=HEI, size=12)
        if count > half:
            joined(sheet, row, half + 1, count, table.unit, align=Align.RIGHT, size=10)
        sheet.row_dimensions[row].height = _POINTS * 1.4
        row += 1
    heads = [f"{column.label}\n（{column.unit}）" if column.unit else column.label for column in table.columns]
    for place, head in enumerate(heads, start=1):
        put(sheet.cell(row, place), head, size=9, font=HEI, align=Align.CENTRE, framed=True, fill=True)
    _height(sheet, row, max(lines_of(head, width, 9) for head, width in zip(heads, widths, strict=True)))
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    sheet.print_title_rows = f"{row}:{row}"
    row += 1
    if not table.rows:
        joined(sheet, row, 1, count, table.empty, size=9, align=Align.CENTRE, framed=True)
        row += 1
    for each in table.rows:
        _row(sheet, row, each, table.columns, widths)
        row += 1
    row = foot_rows(sheet, row, count, whole, under)


def head_rows(sheet: Any, document: Document, count: int, whole: float) -> int:
    """The title and what stands below it, across all columns; returns the next free row."""
    joined(sheet, 1, 1, count, document.title, size=16, font=HEI, align=Align.CENTRE)
    _height(sheet, 1, lines_of(document.title, whole, 16), 22)
    if not document.left and not document.right:
        return 2
    half = max(count // 2, 1)
    joined(sheet, 2, 1, half, document.left, size=10)
    if count > half:
        joined(sheet, 2, half + 1, count, document.right, size=10, align=Align.RIGHT)
    _height(sheet, 2, max(lines_of(document.left, whole / 2, 10), lines_of(document.right, whole / 2, 10)))
    return 3


def foot_rows(sheet: Any, row: int, count: int, whole: float, under: list[Note | Signers]) -> int:
    """Notes and the line of names below a table."""
    for each in under:
        text = each.text if isinstance(each, Note) else "　　　　".join(f"{a}：{b.strip()}　　" for a, b in each.pairs)
        joined(sheet, row, 1, count, text, size=9)
        _height(sheet, row, lines_of(text, whole, 9))
        row += 1
    return row


def _height(sheet: Any, row: int, lines: int, points: float = _POINTS) -> None:
    sheet.row_dimensions[row].height = min(max(lines, 1) * points + 4, 409)


def _row(sheet: Any, number: int, row: Row, columns: tuple[Column, ...], widths: list[float]) -> None:
    if row.kind in (RowKind.PART, RowKind.AREA):
        align = Align.CENTRE if row.kind is RowKind.PART else Align.LEFT
        joined(sheet, number, 1, len(columns), row.cells[0], size=9, font=HEI, align=align, framed=True)
        return
    sums = row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL)
    place, lines = 0, 1
    while place < len(columns):
        column, text, last = columns[place], row.cells[place], place
        label = sums and bool(text) and not column.number
        while label and last + 1 < len(columns) and not row.cells[last + 1]:
            last += 1
        font = {"font": HEI} if sums else {}
        look: dict[str, Any] = {
            "size": 9, "framed": True, "align": Align.LEFT if last > place else column.align,
            "number": column.number or column.label == "序号", "day": column.date, "fill": sums, **font,
        }  # fmt: skip
        joined(sheet, number, place + 1, last + 1, text, **look)
        lines = max(lines, lines_of(text, sum(widths[place : last + 1]), 9))
        place = last + 1
    _height(sheet, number, lines, 12.8)


def _widths(table: Table, whole: float) -> list[float]:
    """By the shares of the columns, but wide enough for every figure, day and head."""
    total = sum(max(column.width, 0.1) for column in table.columns)
    found = []
    for place, column in enumerate(table.columns):
        texts = [row.cells[place] for row in table.rows if place < len(row.cells) and row.kind is not RowKind.AREA]
        need = max((widest(text) for text in texts), default=0) if column.number or column.date else 0
        head = min(widest(column.label), 8)
        found.append(max(column.width * whole / total, need + 2.0, head + 1.5, 5.0))
    return found
