"""New rows in a sheet that has merged cells, heights, formulas, drop-downs and print areas: all of them move along."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import RowDimension

from desktop.excel.foreign.formulas import moved_formula, moved_range
from desktop.model.layouts.placing import Insert


def insert_rows(sheet: Any, inserts: Sequence[Insert], head: int) -> None:
    """Puts rows into an openpyxl sheet. Rows in `inserts` count from 0; `head` is what new ones look like else.

    A range that ends in the row above new ones is made longer: sums take them in.
    """
    ordered = sorted((insert for insert in inserts if insert.count), key=lambda insert: insert.after)
    if not ordered:
        return

    def move(row: int) -> int:
        return row + sum(insert.count for insert in ordered if insert.after + 1 < row)

    def end(row: int) -> int:
        return row + sum(insert.count for insert in ordered if insert.after + 1 <= row)

    looks = [_Look(sheet, (insert.like if insert.like is not None else head) + 1) for insert in ordered]
    single = [
        copy(area) for area in sheet.merged_cells.ranges if area.min_row == area.max_row and area.min_col < area.max_col
    ]
    areas = [str(area) for area in sheet.merged_cells.ranges]
    for area in areas:
        sheet.merged_cells.remove(area)
    _move_cells(sheet, move)
    _move_dimensions(sheet, move)
    for area in areas:
        moved = CellRange(area)
        top, bottom = move(moved.min_row), move(moved.max_row)
        sheet.merged_cells.add(CellRange(None, moved.min_col, top, moved.max_col, bottom).coord)
    _move_formulas(sheet, move, end)
    _move_rules(sheet, move, end)
    for insert, look in zip(ordered, looks, strict=True):
        first = move(insert.after + 1) + 1
        for row in range(first, first + insert.count):
            look.give(sheet, row)
            for area in single:
                if area.min_row == look.row:
                    sheet.merged_cells.add(CellRange(None, area.min_col, row, area.max_col, row).coord)


class _Look:
    """The look of a row: styles of its cells and its height."""

    def __init__(self, sheet: Any, row: int) -> None:
        self.row = row
        self._styles = {column: copy(cell._style) for (at, column), cell in sheet._cells.items() if at == row}
        self._height = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None

    def give(self, sheet: Any, row: int) -> None:
        for column, style in self._styles.items():
            sheet.cell(row, column)._style = copy(style)
        if self._height is not None:
            sheet.row_dimensions[row].height = self._height


def _move_cells(sheet: Any, move: Any) -> None:
    cells = {}
    for (row, column), cell in sheet._cells.items():
        cell.row = move(row)
        cells[cell.row, column] = cell
        link = None if isinstance(cell, MergedCell) else cell.hyperlink
        if link is not None and link.ref:
            link.ref = cell.coordinate
    sheet._cells = cells


def _move_dimensions(sheet: Any, move: Any) -> None:
    moved = {}
    for row, old in list(sheet.row_dimensions.items()):
        new: RowDimension = copy(old)
        new.index = move(row)
        moved[new.index] = new
    sheet.row_dimensions.clear()
    sheet.row_dimensions.update(moved)
    for mark in sheet.row_breaks.brk:
        mark.id = move(mark.id)


def _move_formulas(sheet: Any, move: Any, end: Any) -> None:
    for other in sheet.parent.worksheets:
        for cell in list(other._cells.values()):
            if isinstance(cell, MergedCell) or cell.data_type != "f":
                continue
            if isinstance(cell.value, str):
                cell.value = moved_formula(cell.value, other is sheet, sheet.title, move, end)
            elif getattr(cell.value, "text", None):  # an array formula
                cell.value.text = moved_formula(cell.value.text, other is sheet, sheet.title, move, end)
                if other is sheet:
                    cell.value.ref = moved_range(cell.value.ref, move, end)
    for names in (sheet.parent.defined_names, *(other.defined_names for other in sheet.parent.worksheets)):
        for name in names.values():
            if isinstance(name.value, str) and "!" in name.value:
                name.value = moved_formula("=" + name.value, False, sheet.title, move, end)[1:]


def _move_rules(sheet: Any, move: Any, end: Any) -> None:
    if sheet.print_area:
        sheet.print_area = ",".join(
            moved_range(part.rpartition("!")[2], move, end) for part in sheet.print_area.split(",")
        )
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved_range(sheet.auto_filter.ref, move, end)
    for rule in sheet.data_validations.dataValidation if sheet.data_validations else ():
        rule.sqref = type(rule.sqref)(moved_range(str(rule.sqref), move, end))
    old = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for held in old:
        for rule in held.rules:
            rule.formula = [moved_formula("=" + text, True, sheet.title, move, end)[1:] for text in rule.formula or ()]
            sheet.conditional_formatting.add(moved_range(str(held.sqref), move, end), rule)
