"""What could not be read goes back: the refused rows in the clerk's own columns, red cells, the reasons beside them.

The workbook is rebuilt from values (no links, no macros, no formulas) and carries the original package and its state:
mended and read again it does only what is left. A sheet that was refused as a whole comes back whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.excel import state
from desktop.excel.form_sheet import add_validations, cell_format, heading_note, prepare_sheet
from desktop.excel.options import Options
from desktop.excel.stick import Disk, deliver
from desktop.excel.styles import Styles
from desktop.excel.write import book_bytes, new_book, write_guide, write_hidden
from desktop.model.errors import Refused
from desktop.model.exchange.cells import cell_text
from desktop.model.exchange.edits import CellError, Reading
from desktop.model.exchange.layout import ERRORS_SHEET, OPTIONS_SHEET, REASON_HEADING, STATE_SHEET, Layout
from desktop.model.exchange.sheets import Sheet, Workbook, address
from desktop.model.exchange.wording import KEY_HEADING, plain_heading
from desktop.model.fields import YesNo
from desktop.model.fields.base import Cell, Names
from desktop.model.forms import Field, Forms


def annotate(
    path: Path, workbook: Workbook, reading: Reading, forms: Forms, names: Names, disk: Disk | None = None
) -> str:
    """Writes the refused rows of a workbook to `path`; the SHA-256 (hex) of the file.

    Raises Refused when nothing was refused or the workbook did not come from the program, MachineFault for the disk.
    """
    package = workbook.package
    if package is None or not reading.errors:
        raise Refused("没有退回的行，不用生成退回表")
    book = new_book(package)
    options = Options(names, package.labels)
    layouts = {layout.sheet.name: layout for layout in reading.layouts}
    by_sheet: dict[str, list[CellError]] = {}
    for error in reading.errors:
        by_sheet.setdefault(error.sheet, []).append(error)
    counts = [(name, len({error.row for error in errors}), "行退回") for name, errors in by_sheet.items()]
    write_guide(book, package, counts)
    listed: list[tuple[CellError, str]] = []
    for name, errors in by_sheet.items():
        sheet = book.create_sheet(name)
        if name in layouts:
            listed += _Rebuilt(sheet, layouts[name], options).write(errors)
        else:
            original = next(each for each in workbook.sheets if each.name == name)
            _whole(sheet, original, errors)
            listed += [(error, error.cell) for error in errors]
    _write_errors(book, listed)
    write_hidden(book, OPTIONS_SHEET, options.rows())
    write_hidden(book, STATE_SHEET, ([text] for text in state.to_cells(package, workbook.signature)))
    return deliver(path, book_bytes(book, package), disk)


def _plain_format(value: Cell) -> str:
    if isinstance(value, str) or value is None:
        return "@"
    return "yyyy-mm-dd" if hasattr(value, "year") else "General"


class _Rebuilt:
    """One sheet rebuilt: headings in the clerk's order, refused rows only, and a last column with the reasons."""

    def __init__(self, sheet: Any, layout: Layout, options: Options) -> None:
        self._sheet = sheet
        self._layout = layout
        self._options = options
        heads = layout.sheet.rows[layout.head]
        self._width = max((place + 1 for place, cell in enumerate(heads) if cell is not None), default=1)
        by_column = {column: layout.form.field(name) for name, column in layout.columns.items()}
        self._columns: list[Field | None] = [by_column.get(place) for place in range(self._width)]
        self._styles = Styles(sheet)

    def write(self, errors: list[CellError]) -> list[tuple[CellError, str]]:
        """Writes the sheet; each error with the cell it stands in now."""
        places = sorted({error.row for error in errors if error.row >= 0})
        frozen = max((place for place in range(self._width) if place == self._layout.key_column), default=-1) + 2
        prepare_sheet(self._sheet, [*self._columns, None], self._layout.key_column, min(frozen, 3))
        self._sheet.column_dimensions[address(0, self._width)[:-1]].width = 60
        add_validations(self._sheet, self._columns, self._options, 2, 1 + len(places))
        self._sheet.append(self._heads())
        listed = []
        for now, place in enumerate(places, start=1):
            mine = [error for error in errors if error.row == place]
            self._sheet.append(self._row(place, mine))
            listed += [(error, address(now, self._column(error))) for error in mine]
        return listed + [(error, "") for error in errors if error.row < 0]

    def _heads(self) -> list[Any]:
        heads = []
        for place, each in enumerate(self._columns):
            text = cell_text(self._layout.sheet.cell(self._layout.head, place)) or None
            fill = "required" if each is not None and each.required else "head"
            heads.append(self._styles.cell(text, fill=fill, bold=True, note=heading_note(each) if each else ""))
        return [*heads, self._styles.cell(REASON_HEADING, fill="required", bold=True)]

    def _column(self, error: CellError) -> int:
        first = min(self._layout.columns.values(), default=0)
        return self._layout.columns.get(error.field, first)

    def _row(self, place: int, errors: list[CellError]) -> list[Any]:
        reasons: dict[int, list[str]] = {}
        for error in errors:
            reasons.setdefault(self._column(error), []).append(error.message)
        cells = []
        for column, each in enumerate(self._columns):
            value = self._layout.sheet.cell(place, column)
            if isinstance(value, bool):
                value = YesNo({}).show(int(value), self._options.names)
            number_format = _plain_format(value) if each is None or isinstance(value, str) else cell_format(each)
            note = "\n".join(reasons.get(column, []))
            cells.append(self._styles.cell(value, number_format, fill="red" if note else "", note=note))
        words = [(f"{error.label}：" if error.label else "") + error.message for error in errors]
        return [*cells, self._styles.cell("\n".join(words), fill="red")]


def _whole(sheet: Any, original: Sheet, errors: list[CellError]) -> None:
    """A sheet whose headings were refused, as it came, the cells to mend in red."""
    notes = {error.cell: error.message for error in errors}
    styles = Styles(sheet)
    for column in range(max((len(row) for row in original.rows), default=0)):
        heads = [original.cell(row, column) for row in range(min(20, len(original.rows)))]
        letters = address(0, column)[:-1]
        sheet.column_dimensions[letters].width = 16
        sheet.column_dimensions[letters].hidden = any(plain_heading(h) == plain_heading(KEY_HEADING) for h in heads)
    for place, row in enumerate(original.rows):
        cells = []
        for column, value in enumerate(row):
            note = notes.get(address(place, column), "")
            cells.append(styles.cell(value, _plain_format(value), fill="red" if note else "", note=note))
        sheet.append(cells)


def _write_errors(book: Any, listed: list[tuple[CellError, str]]) -> None:
    """The sheet of errors, in the words of the screen, with the place in the old file and in this one."""
    sheet = book.create_sheet(ERRORS_SHEET)
    for letter, width in zip("ABCDEF", (16, 12, 12, 20, 30, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    styles = Styles(sheet)
    heads = ("工作表", "原来位置", "本表位置", "项目", "原来内容", "原因和办法")
    sheet.append([styles.cell(text, fill="head", bold=True) for text in heads])
    for error, now in listed:
        texts = (error.sheet, error.cell, now, error.label, error.value, error.message)
        sheet.append([styles.cell(text or None) for text in texts])
