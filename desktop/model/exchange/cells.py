"""One column of a sheet: is a cell still as written, and if not, what does it say now."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.exchange.wording import DIGITS, PackageNames, same_cell, written
from desktop.model.fields import Choices, Date, Month
from desktop.model.fields.base import Cell, Value
from desktop.model.fields.choice import SEPARATORS
from desktop.model.forms import Field


class Column:
    """Reads the cells of one field. Answers are kept: names, choices and dates repeat by the thousand."""

    def __init__(
        self, field: Field, words: Mapping[str, str], shown: PackageNames, typed: PackageNames, date1904: bool
    ) -> None:
        self.field = field
        self._codes = {label: code for code, label in words.items() if code}
        self._words = {code: label for code, label in words.items() if code}
        self._shown = shown
        self._typed = typed
        self._date1904 = date1904 and isinstance(field.type, Date | Month)
        self._written: dict[Value, Cell] = {}

    def written(self, value: Value) -> Cell:
        """The cell as the package's sheet had it."""
        if value not in self._written:
            self._written[value] = self._old_words(value) or written(self.field, value, self._shown)
        return self._written[value]

    def _old_words(self, value: Value) -> str | None:
        """A choice in the words of the version that wrote the sheet."""
        if value is None or not self._words:
            return None
        codes = json.loads(str(value)) if isinstance(self.field.type, Choices) else [str(value)]
        return "、".join(self._words[code] for code in codes) if all(code in self._words for code in codes) else None

    def _old_codes(self, text: str) -> str:
        """Text with the sheet's own words for choices put back into codes."""
        if isinstance(self.field.type, Choices):
            return "、".join(self._codes.get(part.strip(), part) for part in SEPARATORS.split(text))
        return self._codes.get(text.strip(), text)

    def untouched(self, cell: Cell, base: Value) -> bool:
        return same_cell(cell, self.written(base))

    def read(self, cell: Cell, base: Value) -> Value:
        """The value of a cell that is not as written; the base's own when it only looks different.

        Raises Refused with one sentence when it cannot be understood.
        """
        if cell is None or cell == "":
            return None
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            if abs(cell) >= 10**DIGITS:
                raise Refused(f"这个数超过 {DIGITS} 位，表格软件已把它改成近似数；请把单元格设为文本后重填")
            if self._date1904 and cell < 100_000:
                raise Refused("这本工作簿从 1904 年起算日期，这一格的数说不清是哪一天；请写成 2024-05-21 这样的日期")
        value = self._parse(self._old_codes(cell) if isinstance(cell, str) and self._codes else cell)
        return base if value is not None and same_cell(self.written(value), self.written(base)) else value

    def _parse(self, cell: Cell) -> Value:
        try:
            return self.field.type.from_cell(cell, self._typed)
        except Refused as refused:
            if len(str(refused)) > 300:
                raise Refused(f"这一格有 {len(str(cell))} 个字，读不懂，请核对后重填") from None
            raise
        except (ValueError, ArithmeticError, OverflowError, TypeError):
            raise Refused("这一格读不懂，请核对后重填") from None


def cell_text(cell: Cell) -> str:
    """A cell as it is named in an error; long ones cut."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    text = format(cell, "f") if isinstance(cell, Decimal) else str(cell)
    return text if len(text) <= 200 else text[:200] + "……"
