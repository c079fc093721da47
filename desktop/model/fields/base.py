"""A field type: all conversions of one kind of value, in one class.

A *stored value* is what the database, the registers and the packages hold: `str`, `int` or `None` (empty).
A *cell* is what a workbook gives or takes. Text that cannot be read raises `Refused` with one Chinese sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from desktop.model.errors import Refused
from desktop.model.findings import Finding
from desktop.model.plan import Plan, load_plan

Value = str | int | None
Cell = str | int | Decimal | bool | datetime.date | datetime.datetime | None


class Names(Protocol):
    """What a conversion may ask of the office's records: names for ids, and ids for names."""

    @property
    def today(self) -> datetime.date: ...

    @property
    def district(self) -> str:
        """The six-digit district code, or "" when no district is open."""
        ...

    def label(self, form: str, record: str) -> str | None:
        """The name of a record, or None when it has not been received."""
        ...

    def find(self, form: str, text: str) -> list[str]:
        """Ids of the records of `form` whose name (or code) is exactly `text`."""
        ...

    def units(self) -> Sequence[str]:
        """Names of the units that are offered; others may be typed."""
        ...

    @property
    def plan(self) -> Plan:
        """The edition of the plan that is in force here."""
        ...


class NoNames:
    """Names of nothing: for conversions without a database (`forms`, `plan`, tests)."""

    def __init__(self, today: datetime.date | None = None) -> None:
        self._today = today or datetime.date.today()

    @property
    def today(self) -> datetime.date:
        return self._today

    @property
    def district(self) -> str:
        return ""

    def label(self, form: str, record: str) -> str | None:
        return None

    def find(self, form: str, text: str) -> list[str]:
        return []

    def units(self) -> Sequence[str]:
        return []

    @property
    def plan(self) -> Plan:
        return load_plan()


class FieldType:
    """Base of all field types. Subclasses say how text, cells, paper and JSON map to the stored value.

    `options` are the type's own keys in the form's TOML; unknown ones are refused by the loader.
    """

    name: ClassVar[str]
    sql: ClassVar[str] = "TEXT"
    option_names: ClassVar[frozenset[str]] = frozenset()
    number: ClassVar[bool] = False
    number_format: str = "@"
    unit: str = ""

    def __init__(self, options: Mapping[str, Any]) -> None:
        del options

    def read(self, text: str, names: Names) -> Value:
        """Stored value of what was typed. Blank text is empty."""
        stripped = text.strip().strip("　").strip()
        return self.parse(stripped, names) if stripped else None

    def parse(self, text: str, names: Names) -> Value:
        """Stored value of text that is not blank."""
        raise NotImplementedError(self.name)

    def from_cell(self, cell: Cell, names: Names) -> Value:
        """Stored value of a workbook cell. The base reads its text; a number or date cell is refused."""
        if cell is None:
            return None
        if isinstance(cell, str):
            return self.read(cell, names)
        if isinstance(cell, bool):
            return self.read("是" if cell else "否", names)
        if isinstance(cell, datetime.datetime | datetime.date):
            raise Refused("这一格是日期，应填文字。请把单元格设为文本后重填")
        return self.read(plain_number(cell), names)

    def to_cell(self, value: Value, names: Names) -> Cell:
        return self.show(value, names) or None

    def show(self, value: Value, names: Names) -> str:
        """Text for the screen; reading it again gives the same value."""
        return "" if value is None else str(value)

    def printed(self, value: Value, names: Names) -> str:
        """Text for paper and for table cells on the screen; "" when empty."""
        return self.show(value, names)

    def to_json(self, value: Value) -> object:
        return value

    def from_json(self, data: object) -> Value:
        """Stored value of a JSON value. Raises Refused when its kind is wrong."""
        if data is None:
            return None
        if not isinstance(data, str):
            raise Refused("应为文字")
        return self.read(data, NoNames())

    def check(self, value: Value, names: Names) -> list[Finding]:
        """Findings about one value that reading alone cannot refuse (e.g. warnings)."""
        return []

    def choices(self, names: Names) -> list[tuple[str, str]]:
        """(code, label) pairs to choose from, or [] when the value is free."""
        return []


def plain_number(number: int | Decimal) -> str:
    """A number's digits without exponent or trailing zeros: 12, 3.5."""
    if isinstance(number, int):
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
