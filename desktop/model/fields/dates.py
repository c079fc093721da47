"""Days, months and periods, as ISO text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from desktop.model.errors import Refused
from desktop.model.fields.base import Cell, FieldType, Names, NoNames, Value
from desktop.model.grammar import cell_date, cell_month
from desktop.model.grammar.dates import read_date, read_month, read_period
from desktop.model.periods import Period


def _day(cell: Cell) -> datetime.date | None:
    """The day of a date cell; None when the cell is a number, text or empty."""
    if isinstance(cell, bool):
        raise Refused("这一格是“是/否”，应填日期，如 2026-11-24")
    if isinstance(cell, datetime.datetime):
        if cell.time() != datetime.time():
            raise Refused("这一格的日期带有钟点，请只填日期，如 2026-11-24")
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    return None


class Date(FieldType):
    """A day, stored as YYYY-MM-DD."""

    name = "date"
    number_format = "yyyy-mm-dd"

    def parse(self, text: str, names: Names) -> Value:
        return read_date(text, names.today)

    def from_cell(self, cell: Cell, names: Names) -> Value:
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            return cell_date(cell)
        day = _day(cell)
        if day is not None:
            return read_date(day.isoformat())
        # A cell does not know this year's date: 5.21 in a workbook is refused, not guessed.
        return read_date(cell.strip()) if isinstance(cell, str) and cell.strip() else None

    def to_cell(self, value: Value, names: Names) -> Cell:
        return None if value is None else datetime.date.fromisoformat(str(value))

    def printed(self, value: Value, names: Names) -> str:
        if value is None:
            return ""
        day = datetime.date.fromisoformat(str(value))
        return f"{day.year}年{day.month}月{day.day}日"

    def from_json(self, data: object) -> Value:
        if data is None:
            return None
        if not isinstance(data, str):
            raise Refused("应为日期文字，如 2026-11-24")
        return read_date(data) if data.strip() else None


class Month(FieldType):
    """A month, stored as YYYY-MM."""

    name = "month"
    number_format = "yyyy-mm"

    def parse(self, text: str, names: Names) -> Value:
        return read_month(text)

    def from_cell(self, cell: Cell, names: Names) -> Value:
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            return cell_month(cell)
        day = _day(cell)
        if day is not None:
            return read_month(day.isoformat()[:7])
        return super().from_cell(cell, names)

    def to_cell(self, value: Value, names: Names) -> Cell:
        return None if value is None else datetime.date.fromisoformat(f"{value}-01")

    def printed(self, value: Value, names: Names) -> str:
        return "" if value is None else str(value)

    def from_json(self, data: object) -> Value:
        if data is None:
            return None
        if not isinstance(data, str):
            raise Refused("应为年月文字，如 2026-11")
        return read_month(data) if data.strip() else None


class PeriodOf(FieldType):
    """A period: day, week, month, quarter, half-year or year. `kinds` narrows which."""

    name = "period"
    option_names: ClassVar[frozenset[str]] = frozenset({"kinds"})

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.kinds: tuple[str, ...] = tuple(options.get("kinds", ()))

    def parse(self, text: str, names: Names) -> Value:
        period = Period.parse(read_period(text))
        if self.kinds and str(period.kind) not in self.kinds:
            words = {"day": "日", "week": "周", "month": "月", "quarter": "季度", "half": "半年", "year": "年"}
            raise Refused(f"“{text}”不是{'、'.join(words[k] for k in self.kinds)}，请按格式填写，如 2026-11")
        return str(period)

    def from_cell(self, cell: Cell, names: Names) -> Value:
        if isinstance(cell, datetime.datetime | datetime.date):
            day = _day(cell)
            assert day is not None
            return self.parse(day.isoformat()[: 7 if self.kinds == ("month",) else 10], names)
        return super().from_cell(cell, names)

    def printed(self, value: Value, names: Names) -> str:
        return "" if value is None else Period.parse(str(value)).label

    def from_json(self, data: object) -> Value:
        if data is not None and not isinstance(data, str):
            raise Refused("应为期间文字，如 2026-11")
        return self.read(data, NoNames()) if data else None
