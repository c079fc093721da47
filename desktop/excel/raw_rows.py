"""Rows of a sheet as XML text: ten thousand records in the time that the library takes for a thousand.

openpyxl writes headings, widths, drop-downs and notes; the many plain cells below are put into its sheet when the
archive is saved. Styles are the library's own, by their number.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils.datetime import to_excel

from desktop.excel.styles import Styles, safe_text
from desktop.model.exchange.sheets import column_letters
from desktop.model.fields.base import Cell

_serial: Any = to_excel
Tail = str  # all of a cell but its place


class RawRows:
    """Collects the rows of one write-only sheet, from `first` (counted from 1) on."""

    def __init__(self, sheet: Any, styles: Styles, columns: int, first: int) -> None:
        self._sheet = sheet
        self._styles = styles
        self._letters = [column_letters(place) for place in range(columns)]
        self._next = first
        self._chunks: list[str] = []

    def tail(self, value: Cell, number_format: str = "@", *, fill: str = "", wrap: bool = True) -> Tail:
        """A cell without its place; equal values of a column share it."""
        style = self._styles.number(value, number_format, fill=fill, wrap=wrap)
        if value is None:
            return f'" s="{style}"/>'
        if isinstance(value, str):
            text = escape(safe_text(value)).replace("\r", "&#13;")
            return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        if isinstance(value, datetime.date):
            return f'" s="{style}"><v>{_serial(value)}</v></c>'
        return f'" s="{style}"><v>{format(Decimal(value), "f")}</v></c>'

    def note(self, column: int, text: str) -> None:
        """A note on a cell of the row that comes next."""
        cell = self._styles.cell(None, note=text)
        cell.row, cell.column = self._next, column + 1
        self._sheet._comments.append(CommentRecord.from_cell(cell))

    def add(self, tails: list[Tail | None]) -> None:
        number = self._next
        cells = [
            f'<c r="{letter}{number}{tail}'
            for letter, tail in zip(self._letters, tails, strict=True)
            if tail is not None
        ]
        self._chunks.append(f'<row r="{number}">{"".join(cells)}</row>')
        self._next += 1

    def xml(self) -> bytes:
        return "".join(self._chunks).encode("utf-8")
