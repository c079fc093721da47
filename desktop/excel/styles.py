"""The looks of a workbook's cells, each made once; and text written so that it stays text."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from desktop.model.fields.base import Cell

FONT = "宋体"
LINE = Side(style="thin", color="FFC9CECA")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = PatternFill("solid", fgColor="FFDBE9EF")
AMBER = PatternFill("solid", fgColor="FFFAF0DA")
RED = PatternFill("solid", fgColor="FFFBEBE8")
FILL = PatternFill("solid", fgColor="FFEFF3F3")  # where a prepared row waits for its content
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> str:
    """Text as a sheet holds it: `_x0041_` kept from being read as an escape, control characters shown as �."""
    return _ESCAPE.sub("_x005F_", _CONTROL.sub("\ufffd", text))[:32_767]


class Styles:
    """Styles of one workbook. A style is made on first use and shared by all its cells."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._blank: dict[int, Any] = {}
        self._made: dict[tuple[object, ...], Any] = {}

    def _style(
        self, number_format: str, fill: str, bold: bool, wrap: bool, quoted: bool, framed: bool, right: bool
    ) -> Any:
        key = (number_format, fill, bold, wrap, quoted, framed, right)
        if key not in self._made:
            cell: Any = WriteOnlyCell(self._sheet)
            cell.number_format = number_format
            cell.font = Font(name=FONT, size=11, bold=bold, color="FFA3271D" if fill == "required" else None)
            cell.alignment = Alignment(
                wrap_text=wrap, vertical="center" if bold else "top",
                horizontal="center" if bold and framed else ("right" if right else None),
            )  # fmt: skip
            if framed:
                cell.border = BORDER
            if fill:
                cell.fill = {"head": HEAD, "required": HEAD, "amber": AMBER, "red": RED, "fill": FILL}[fill]
            if quoted:
                cell.quotePrefix = True
            self._made[key] = copy(cell._style)
        return self._made[key]

    def number(self, value: Cell, number_format: str, *, fill: str = "", wrap: bool = True) -> int:
        """The number that the style of such a framed cell has in the workbook."""
        text = isinstance(value, str)
        right = not text and number_format != "@"
        style = self._style(number_format, fill, False, wrap, text, True, right)
        return int(self._sheet.parent._cell_styles.add(style))

    def cell(
        self, value: Cell, number_format: str = "@", *, fill: str = "", bold: bool = False, wrap: bool = True,
        framed: bool = True, note: str = "",
    ) -> Any:  # fmt: skip
        """A cell; text is never taken for a formula, and `note` becomes its comment."""
        text = isinstance(value, str)
        right = not text and number_format != "@"
        style = self._style(number_format, fill, bold, wrap, text, framed, right)
        if value is None and not note:
            blank: Any = self._blank.get(id(style))
            if blank is None:
                blank = self._blank[id(style)] = WriteOnlyCell(self._sheet)
                blank._style = style
            return blank
        made: Any = WriteOnlyCell(self._sheet)
        if text:
            made.value = safe_text(str(value))
            made.data_type = "s"
        else:
            made.value = value
        made._style = style
        if note:
            height = min(40 + 18 * (len(note) // 18 + note.count("\n")), 400)
            made.comment = Comment(safe_text(note[:2000]), "两新工作台", width=260, height=height)
        return made
