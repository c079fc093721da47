"""Whole numbers, exact quantities, and money in whole 分. Nothing here is ever a float."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from desktop.model.errors import Refused
from desktop.model.fields.base import Cell, FieldType, Names, NoNames, Value, plain_number
from desktop.model.grammar.numbers import read_money, read_number, read_whole

DECIMAL_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FEN = {"元": Decimal(100), "万元": Decimal(1_000_000), "亿元": Decimal(10_000_000_000)}


def _number_text(cell: Cell) -> str | None:
    """The text of a number cell, or None when the cell is no number."""
    if isinstance(cell, bool | datetime.date | datetime.datetime):
        raise Refused("这一格不是数，请把单元格设为数值后重填")
    return plain_number(cell) if isinstance(cell, int | Decimal) else None


class _Bounds(FieldType):
    number = True
    option_names: ClassVar[frozenset[str]] = frozenset({"min", "max", "unit"})

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.min = Decimal(str(options.get("min", 0)))
        self.max = Decimal(str(options["max"])) if "max" in options else None
        self.unit = str(options.get("unit", ""))

    def _within(self, number: Decimal) -> None:
        if number < self.min:
            what = "不能是负数" if self.min == 0 else f"不能小于 {plain_number(self.min)}"
            raise Refused(f"{what}，现为 {plain_number(number)}")
        if self.max is not None and number > self.max:
            raise Refused(f"不能大于 {plain_number(self.max)}，现为 {plain_number(number)}")

    def from_cell(self, cell: Cell, names: Names) -> Value:
        if cell is None or isinstance(cell, str):
            return super().from_cell(cell, names)
        text = _number_text(cell)
        return self.parse(text, names) if text is not None else None


class Whole(_Bounds):
    """A whole number, e.g. 台套数. Stored as an integer."""

    name = "whole"
    sql = "INTEGER"
    number_format = "#,##0"

    def parse(self, text: str, names: Names) -> Value:
        number = read_whole(text, negative=self.min < 0, unit=self.unit)
        self._within(Decimal(number))
        if abs(number) > 10**15:
            raise Refused(f"“{text}”太大，最多 15 位，请核对单位")
        return number

    def to_cell(self, value: Value, names: Names) -> Cell:
        return value

    def printed(self, value: Value, names: Names) -> str:
        return "" if value is None else f"{value:,}"

    def from_json(self, data: object) -> Value:
        if isinstance(data, bool) or not (data is None or isinstance(data, int | str)):
            raise Refused("应为整数")
        return None if data is None else self.read(str(data), NoNames())


class Quantity(_Bounds):
    """An exact decimal, e.g. 面积 or a percentage (90 is 90 %). Stored as decimal text without trailing zeros."""

    name = "quantity"
    option_names: ClassVar[frozenset[str]] = frozenset({"min", "max", "places", "unit"})
    number_format = "#,##0.######"

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self.places: int = options.get("places", 6)

    def parse(self, text: str, names: Names) -> Value:
        number = read_number(text, negative=self.min < 0, unit=self.unit)
        self._within(number)
        shown = plain_number(number)
        if len(shown.partition(".")[2]) > self.places:
            raise Refused(f"“{text}”小数太长，最多 {self.places} 位")
        if len(shown.lstrip("-").partition(".")[0]) > 15:
            raise Refused(f"“{text}”太大，最多 15 位整数，请核对单位")
        return shown

    def to_cell(self, value: Value, names: Names) -> Cell:
        return None if value is None else Decimal(value)

    def printed(self, value: Value, names: Names) -> str:
        return "" if value is None else f"{Decimal(value):,}"

    def from_json(self, data: object) -> Value:
        if isinstance(data, bool) or not (data is None or isinstance(data, int | Decimal | str)):
            raise Refused("应为数：整数或十进制文字，如 12.5")
        if data is None:
            return None
        return self.read(data if isinstance(data, str) else plain_number(data), NoNames())


class Money(_Bounds):
    """Money. Stored in whole 分; typed, shown and printed in `unit` (元, 万元 or 亿元); in JSON decimal text in 元."""

    name = "money"
    sql = "INTEGER"
    option_names: ClassVar[frozenset[str]] = frozenset({"min", "max", "money_unit"})

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self.unit = options.get("money_unit", "万元")
        if self.unit not in FEN:
            raise ValueError(f"money_unit {self.unit!r}")
        self.number_format = "#,##0.00"

    def parse(self, text: str, names: Names) -> Value:
        fen = read_money(text, self.unit, negative=self.min < 0)
        self._within(Decimal(fen) / FEN[self.unit])
        return fen

    def in_unit(self, fen: int) -> Decimal:
        return (Decimal(fen) / FEN[self.unit]).normalize()

    def to_cell(self, value: Value, names: Names) -> Cell:
        return None if value is None else self.in_unit(int(value))

    def show(self, value: Value, names: Names) -> str:
        """At least two decimals, and as many more as the 分 need: what is read back is what is stored."""
        if value is None:
            return ""
        number = self.in_unit(int(value))
        whole, _, decimals = format(number, "f").partition(".")
        return f"{int(whole):,}.{decimals:0<2}" if int(whole) or number >= 0 else f"-0.{decimals:0<2}"

    def to_json(self, value: Value) -> object:
        if value is None:
            return None
        sign, fen = ("-" if int(value) < 0 else ""), abs(int(value))
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    def from_json(self, data: object) -> Value:
        if isinstance(data, bool) or not (data is None or isinstance(data, int | Decimal | str)):
            raise Refused("应为金额：以元计的十进制文字，如 12000000.00")
        if data is None or data == "":
            return None
        text = data.strip() if isinstance(data, str) else plain_number(data)
        if not DECIMAL_TEXT.fullmatch(text):
            raise Refused(f"“{text}”不是数：金额应为以元计的十进制文字，如 12000000.00，不带单位和千分号")
        fen = read_money(text, "元", negative=self.min < 0)
        self._within(Decimal(fen) / FEN[self.unit])
        return fen
