"""The workbook inside a signed PDF: the frozen data as sheets, and whether a workbook still says the same."""

from __future__ import annotations

import datetime
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from desktop.excel.archive import save
from desktop.excel.form_sheet import cell_format
from desktop.excel.read import read_workbook
from desktop.excel.styles import Styles
from desktop.model.errors import DeskError
from desktop.model.exchange.sheets import address, column_letters
from desktop.model.exchange.wording import same_cell, written
from desktop.model.fields.base import Cell
from desktop.model.forms import Field, Form, Forms
from desktop.model.frozen import FrozenNames, rows


def submission_workbook(data: Mapping[str, Any], forms: Forms) -> bytes:
    """One sheet per form with the frozen records; for the same data the same bytes (but for zlib's builds)."""
    book = Workbook(write_only=True)
    for form, fields, cells in _sheets(data, forms):
        sheet = book.create_sheet(form.sheet)
        sheet.freeze_panes = "A2"
        for place, each in enumerate(fields):
            sheet.column_dimensions[column_letters(place)].width = max(8, min(60, each.width + 2))
        styles = Styles(sheet)
        sheet.append([styles.cell(each.heading, fill="head", bold=True) for each in fields])
        for row in cells:
            sheet.append([styles.cell(cell, cell_format(each)) for cell, each in zip(row, fields, strict=True)])
    if not book.worksheets:
        book.create_sheet("无数据")
    file = io.BytesIO()
    save(book, file, datetime.datetime(2024, 5, 21))
    return file.getvalue()


def difference(data: Mapping[str, Any], workbook: bytes, forms: Forms) -> str | None:
    """The first cell of the workbook that does not say what the data says, as a sentence; None when all agree."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "workbook.xlsx"
        path.write_bytes(workbook)
        try:
            sheets = {sheet.name: sheet for sheet in read_workbook(path).sheets}
        except DeskError as error:
            return f"所附表格打不开：{error}"
    wanted = list(_sheets(data, forms))
    extra = set(sheets) - {form.sheet for form, _, _ in wanted} - {"无数据"}
    if extra:
        return f"所附表格多出工作表“{'、'.join(sorted(extra))}”"
    for form, fields, cells in wanted:
        sheet = sheets.get(form.sheet)
        if sheet is None:
            return f"所附表格缺少工作表“{form.sheet}”"
        table: list[list[Cell]] = [[each.heading for each in fields], *cells]
        if any(cell not in (None, "") for row in sheet.rows[len(table) :] for cell in row):
            return f"所附表格“{form.sheet}”比数据多出 {len(sheet.rows) - len(table)} 行"
        for row, expected in enumerate(table):
            width = max(len(expected), len(sheet.rows[row]) if row < len(sheet.rows) else 0)
            for column in range(width):
                there = sheet.cell(row, column)
                here = expected[column] if column < len(expected) else None
                if not same_cell(here, there):
                    return f"{form.sheet}!{address(row, column)} 在所附表格里与数据不同"
    return None


def _sheets(data: Mapping[str, Any], forms: Forms) -> Iterator[tuple[Form, list[Field], list[list[Cell]]]]:
    names = FrozenNames(data)
    for name, form in forms.items():
        found = rows(data, name)
        if name not in data.get("records", {}):
            continue
        fields = [each for each in form.fields if any(each.name in row for row in found)]
        cells = [[written(each, row.get(each.name), names) for each in fields] for row in found]
        yield form, fields, cells
