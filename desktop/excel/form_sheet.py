"""One form's sheet: headings that explain themselves, the records, and blank rows ready for new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from desktop.excel.options import Options
from desktop.excel.raw_rows import RawRows
from desktop.excel.styles import Styles
from desktop.model.exchange.sheets import column_letters
from desktop.model.exchange.wording import KEY_HEADING, PackageNames, base_value, others, sheet_fields, written
from desktop.model.fields import LongText
from desktop.model.fields.base import Value
from desktop.model.forms import Field, Form
from desktop.model.package import Package
from desktop.model.progress import Report, counted, quiet
from desktop.model.registers import DELETED, Record, conflicts

BLANK_ROWS = 50
HEAD_HEIGHT = 36  # points: two lines of a heading
DEFAULT_HEIGHT = 18
UNDECIDED_DELETE = "有人删除了这条记录，同时有人改过它，还没有定下来"
Hints = Mapping[str, Mapping[str, str]]  # {record: {field: note}}
LEGIBLE = 200  # characters across one landscape page of A4 that can still be read


def prepare_sheet(sheet: Any, columns: list[Field | None], key: int | None, frozen: int, head: int = 0) -> None:
    """Widths, frozen headings in row `head` (from 0), print set-up. Column `key` holds the hidden record ids.

    `columns` are the fields from column A on, None for a column that is no field; `frozen` of them stay in sight.
    """
    for place, each in enumerate(columns):
        sheet.column_dimensions[column_letters(place)].width = max(8, min(60, each.width + 2)) if each else 14
    if key is not None:
        sheet.column_dimensions[column_letters(key)].hidden = True
        sheet.column_dimensions[column_letters(key)].width = 38
    sheet.row_dimensions[head + 1].height = HEAD_HEIGHT
    sheet.sheet_format.defaultRowHeight = DEFAULT_HEIGHT
    sheet.freeze_panes = f"{column_letters(max(0, min(frozen, len(columns) - 1)))}{head + 2}"
    page = sheet.page_setup
    widths = sum(max(8, min(60, each.width + 2)) for each in columns if each)
    page.orientation, page.paperSize, page.fitToHeight = "landscape", 9, 0
    page.fitToWidth = max(1, round(widths / LEGIBLE))
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head + 1}:{head + 1}"
    sheet.print_title_cols = f"A:{column_letters(max(0, min(frozen, len(columns)) - 1))}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.8
    margins.header = margins.footer = 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddHeader.center.text = "&A"


def heading_note(field: Field) -> str:
    """What a clerk wants to know about a column: required, unit, help."""
    parts = ["必填" if field.required else "", f"单位：{field.unit}" if field.unit else "", field.help]
    return "\n".join(part for part in parts if part)


def head_cells(styles: Styles, fields: list[Field]) -> list[Any]:
    """The heading row, beginning with that of the hidden keys."""
    return [
        styles.cell(KEY_HEADING, fill="head", bold=True),
        *(
            styles.cell(each.heading, fill="required" if each.required else "head", bold=True, note=heading_note(each))
            for each in fields
        ),
    ]


def cell_format(field: Field) -> str:
    return field.type.number_format


def write_form_sheet(
    sheet: Any, form: Form, records: list[Record], package: Package, names: PackageNames, options: Options,
    hints: Hints | None = None, report: Report = quiet,
) -> RawRows:  # fmt: skip
    """Fills one sheet of a write-only workbook with a form's records; its rows are to be put in when it is saved.

    After the records come the rows that the package has prepared, to be filled; `hints` are notes on their cells.
    """
    fields = sheet_fields(form)
    prepared = dict(package.handed.rows.get(form.name, {})) if package.handed is not None else {}
    last_row = 1 + len(records) + len(prepared) + BLANK_ROWS
    prepare_sheet(sheet, [None, *fields], 0, 1 + form.frozen)
    sheet.auto_filter.ref = f"A1:{column_letters(len(fields))}{1 + max(len(records) + len(prepared), 1)}"
    add_validations(sheet, [None, *fields], options, 2, last_row)
    styles = Styles(sheet)
    sheet.append(head_cells(styles, fields))
    rows = RawRows(sheet, styles, 1 + len(fields), 2)
    tails: list[dict[Value, str]] = [{} for _ in fields]
    first = next((place for place, each in enumerate(fields) if each.name in form.label), 0)
    for record in counted(records, len(records), report):
        row: list[str | None] = [rows.tail(record.id, wrap=False)]
        waiting = set(conflicts(record))
        for place, each in enumerate(fields):
            value = base_value(package, record, each.name)
            note = _note(each, record, package, names) if each.name in waiting else ""
            if place == first and DELETED in waiting:
                note = "\n".join(filter(None, [UNDECIDED_DELETE, note]))
            if note:
                rows.note(1 + place, note)
                row.append(rows.tail(written(each, value, names), cell_format(each), fill="amber"))
                continue
            known = tails[place]
            if value not in known:
                cell = written(each, value, names)
                known[value] = rows.tail(cell, cell_format(each), wrap=isinstance(cell, str))
            row.append(known[value])
        rows.add(row)
    for key, given in prepared.items():
        row = [rows.tail(key, wrap=False)]
        for place, each in enumerate(fields):
            cell = written(each, given.get(each.name), names)
            hint = (hints or {}).get(key, {}).get(each.name, "")
            if hint:
                rows.note(1 + place, hint)
            fill = "fill" if each.name not in given and each.required else ""
            wrap = cell is not None or isinstance(each.type, LongText)
            row.append(rows.tail(cell, cell_format(each), fill=fill, wrap=wrap))
        rows.add(row)
    blank = [None, *(rows.tail(None, cell_format(each), wrap=isinstance(each.type, LongText)) for each in fields)]
    for _ in range(BLANK_ROWS):
        rows.add(blank)
    return rows


def add_validations(sheet: Any, columns: list[Field | None], options: Options, first: int, last: int) -> None:
    """Drop-downs for the fields' columns, from row `first` to row `last` (from 1)."""
    for place, each in enumerate(columns):
        validation: DataValidation | None = options.validation(each) if each else None
        if validation is not None:
            letter = column_letters(place)
            validation.add(f"{letter}{first}:{letter}{last}")
            sheet.data_validations.append(validation)


def _note(field: Field, record: Record, package: Package, names: PackageNames) -> str:
    """The other values of an open conflict: what, who, when."""
    lines = ["两边填得不一样，还没有定下来。另有："]
    for value, who, at in others(package, record, field.name):
        text = field.type.show(value, names) if value is not None else "（空）"
        by = "，".join(part for part in (who, at[:16].replace("T", " ")) if part)
        lines.append(f"“{text[:200]}”" + (f"（{by}）" if by else ""))
    return "\n".join(lines)
