"""Cells of a printed workbook: text that stays text, figures as exact numbers, days as dates."""

from __future__ import annotations

import datetime
import re
from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from desktop.excel.styles import safe_text
from desktop.model.figures import decimal_of
from desktop.model.page import Align

SONG, HEI = "宋体", "黑体"
_LINE = Side(style="thin", color="FF000000")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
GREY = PatternFill("solid", fgColor="FFEDEDED")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIGITS = 15  # as many as a spreadsheet keeps of a number


def put(
    cell: Any, text: str, *, size: float = 10.5, font: str = SONG, align: Align = Align.LEFT, framed: bool = False,
    fill: bool = False, number: bool = False, day: bool = False,
    wrap: bool = True,
) -> None:  # fmt: skip
    """One cell with its look. `number`: a figure becomes a number with the digits it shows, all else stays text."""
    exact = decimal_of(text) if number else None
    shape, quoted = "General", False
    if exact is not None and len(exact.as_tuple().digits) <= _DIGITS:
        # The digits themselves, since the library would write them by way of a float.
        cell._value, cell.data_type = format(exact, "f"), "n"
        shape = _format(text)
        align = Align.RIGHT if align is Align.LEFT else align
    elif day and _DAY.fullmatch(text) and (moment := _date(text)) is not None:
        cell.value = moment
        shape = "yyyy-mm-dd"
    elif text:
        cell._value, cell.data_type = safe_text(text), "s"
        quoted = True
    look = (size, font, align, framed, fill, wrap, shape, quoted)
    known = _looks(cell)
    if look in known:
        cell._style = copy(known[look])
        return
    side = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}[align]
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=wrap)
    cell.font = Font(name=font, size=size, bold=False)
    cell.number_format = shape
    cell.quotePrefix = quoted
    if framed:
        cell.border = BOX
    if fill:
        cell.fill = GREY
    known[look] = copy(cell._style)


def _looks(cell: Any) -> dict[tuple[object, ...], Any]:
    """The styles already made in the workbook of a cell: making one costs more than writing a hundred cells."""
    found: dict[tuple[object, ...], Any] = cell.parent.parent.__dict__.setdefault("_looks", {})
    return found


def _format(text: str) -> str:
    places = len(text.partition(".")[2])
    tail = f".{'0' * places}" if places else ""
    whole = text.lstrip("-−").partition(".")[0]
    plain = "," not in whole and len(whole) > 3  # a year stands without thousands
    return ("0" if plain else "#,##0") + tail


def _date(text: str) -> datetime.date | None:
    try:
        made = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return made if made.year >= 1901 else None


def joined(sheet: Any, row: int, first: int, last: int, text: str, *, down: int = 0, **look: Any) -> None:
    """One text over several columns (and `down` more rows), framed on all its cells when framed."""
    put(sheet.cell(row, first), text, **look)
    if last == first and not down:
        return
    for number in range(row, row + down + 1):
        for column in range(first, last + 1):
            if look.get("framed") and (number, column) != (row, first):
                put(sheet.cell(number, column), "", framed=True)
    # Not by merge_cells, which goes over every border again.
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row + down}")


def lines_of(text: str, room: float, size: float = 10.5) -> int:
    """How many lines a text takes in a place of `room` characters' width (of 11 pt)."""
    fit = max(room * 11 / size, 1)
    return sum(max(1, -int(-_width(line) // fit)) for line in text.split("\n"))


def _width(line: str) -> int:
    """Width in columns: ideographs take two."""
    return sum(2 if ord(each) > 0x2E7F else 1 for each in line)


def widest(text: str) -> int:
    return max((_width(line) for line in text.split("\n")), default=0)
