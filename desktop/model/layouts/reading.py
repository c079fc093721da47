"""Rows of a known table as values, cell by cell, with the strict grammar; what cannot be read is named by its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.exchange.cells import cell_text
from desktop.model.exchange.edits import CellError
from desktop.model.exchange.sheets import address
from desktop.model.fields import Choice, Date, File, Money, Month, Quantity, Reference, Whole
from desktop.model.fields.base import Cell, Names, Value, plain_number
from desktop.model.forms import Field, Forms
from desktop.model.grammar import MONEY_UNITS, read_money, read_number
from desktop.model.layouts.bodies import Kind, Row, group_name, rows_of
from desktop.model.layouts.definition import Column
from desktop.model.layouts.headings import squeeze
from desktop.model.layouts.recognise import Known, target_form

_PERSON = re.compile(r"^(.*?)[\s、，,:：/（(]*([0-9０-９][0-9０-９\-—－ ]{5,}[0-9０-９])[）)]?$", re.DOTALL)
_DIGITS = 15
_MULTIPLES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass
class RowRead:
    """One row that is a record. `values` by target (name, enterprise.uscc, old.name); references stay as text.

    `sums` are columns that show the sum of several fields. An empty cell is no value at all: it is no edit.
    """

    row: int
    group: str
    values: dict[str, Value] = field(default_factory=dict)
    sums: dict[tuple[str, ...], int] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


class Reader:
    """Reads the rows of one table."""

    def __init__(self, known: Known, forms: Forms, names: Names) -> None:
        self.known = known
        self._forms = forms
        self._names = names
        self._sections: dict[str, Value | CellError] = {}

    def rows(self) -> list[RowRead]:
        return [self._row(row) for row in rows_of(self.known) if row.kind is Kind.DATA]

    def error(self, row: int, target: str, message: str, value: object = None) -> CellError:
        """An error at the cell of a field in a row."""
        column = self.known.column_of(target)
        place = min(self.known.columns, default=0) if column is None else column
        label = ""
        if target:
            form, name = target_form(self.known.layout, target, self._forms)
            label = form.field(name).label if name in form else ""
        shown = cell_text(self.known.grid.seen(row, place)) if value is None else str(value)
        return CellError(self.known.grid.name, address(row, place), row, target, label, shown, message)

    def _row(self, row: Row) -> RowRead:
        read = RowRead(row.row, row.group)
        self._section(row, read)
        for place, column in self.known.columns.items():
            cell = self._cell(row.row, place)
            if column.role or cell is None:
                fault = self.known.grid.faults.get((row.row, place)) if not column.role else None
                if fault and self.known.grid.area(row.row, place)[:2] == (row.row, place):
                    read.errors.append(self._place(row.row, place, column, fault))
                continue
            try:
                self._take(read, place, column, cell)
            except Refused as refused:
                read.errors.append(self._place(row.row, place, column, str(refused)))
        return read

    def _place(self, row: int, place: int, column: Column, message: str) -> CellError:
        target = column.field or (column.sum or column.split or ("",))[0]
        label = squeeze(column.heading.split("/")[-1])
        value = cell_text(self.known.grid.seen(row, place))
        return CellError(self.known.grid.name, address(row, place), row, target, label, value, message)

    def _cell(self, row: int, place: int) -> Cell:
        """A cell merged over several rows counts for each of them."""
        _, left, _, _ = self.known.grid.area(row, place)
        return self.known.grid.seen(row, place) if left == place else None

    def _section(self, row: Row, read: RowRead) -> None:
        """The group's value for a field, unless the table has a column for it."""
        section = self.known.layout.section
        if section is None or not row.group or self.known.column_of(section.field) is not None:
            return
        if row.group not in self._sections:
            kind = self._forms[self.known.layout.form].field(section.field).type
            name = group_name(row.group, section.endings)
            try:
                self._sections[row.group] = section_value(kind, name, self._names)
            except Refused as refused:
                self._sections[row.group] = self.error(
                    row.row, section.field, f"这一行所在的分组“{row.group}”没有看懂：{refused}", row.group
                )
        found = self._sections[row.group]
        if isinstance(found, CellError):
            read.errors.append(self.error(row.row, section.field, found.message, row.group))
        else:
            read.values[section.field] = found

    def _take(self, read: RowRead, place: int, column: Column, cell: Cell) -> None:
        grid = self.known.grid
        fault = grid.faults.get(grid.area(read.row, place)[:2])
        if fault:
            raise Refused(fault)
        if column.split:
            self._split(read, column, cell)
            return
        target = column.field or column.sum[0]
        form, name = target_form(self.known.layout, target, self._forms)
        each = form.field(name)
        top, _, bottom, _ = grid.area(read.row, place)
        if bottom > top and each.type.number:
            raise Refused("这个数的单元格跨了几行，分不清属于哪一行，请取消合并后分别填写")
        value = parse(each, cell, self.known.units.get(place, ""), self._names, date1904=grid.date1904)
        if value is None:
            return
        if column.sum:
            read.sums[column.sum] = int(value)
        else:
            read.values[target] = value

    def _split(self, read: RowRead, column: Column, cell: Cell) -> None:
        """张示例 0531-00000000 → the person and the number; text without a number is the person alone."""
        person, phone = column.split
        text = plain_number(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else str(cell)
        found = _PERSON.match(text.strip())
        parts = {person: found[1] if found else text, phone: found[2] if found else ""}
        for target, part in parts.items():
            form, name = target_form(self.known.layout, target, self._forms)
            value = form.field(name).type.read(part, self._names)
            if value is not None:
                read.values[target] = value


def section_value(kind: object, name: str, names: Names) -> Value:
    """The stored value that a group's name means. Raises Refused when it means none or several."""
    assert isinstance(kind, Choice)
    options = kind.choices(names)
    exact = [code for code, label in options if name in (label, code)]
    close = exact or [code for code, label in options if label in name or name in label]
    if len(close) == 1:
        return close[0]
    return kind.parse(name, names)


def parse(each: Field, cell: Cell, unit: str, names: Names, *, date1904: bool = False) -> Value:
    """The stored value of a cell whose heading names `unit`. Raises Refused with one sentence."""
    kind = each.type
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        if abs(cell) >= 10**_DIGITS:
            raise Refused(f"这个数超过 {_DIGITS} 位，表格软件已把它改成近似数；请把单元格设为文本后重填")
        if date1904 and isinstance(kind, Date | Month) and cell < 100_000:
            raise Refused("这本工作簿从 1904 年起算日期，这一格的数说不清是哪一天；请写成 2024-05-21 这样的日期")
    if isinstance(kind, Reference):
        return str(cell).strip() or None
    if isinstance(kind, File):
        return None
    if isinstance(kind, Money) and unit and unit != kind.unit:
        return _money(kind, cell, unit)
    if isinstance(kind, Quantity | Whole) and unit[:1] in _MULTIPLES and each.unit[:1] not in _MULTIPLES:
        return _scaled(kind, cell, unit, names)
    if isinstance(kind, Quantity) and isinstance(cell, str) and unit and unit != kind.unit:
        return kind.parse(plain_number(read_number(cell, unit=unit)), names)
    try:
        return kind.from_cell(cell, names)
    except (ValueError, ArithmeticError, TypeError):
        raise Refused("这一格读不懂，请核对后重填") from None


def _number(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal | str):
        raise Refused("这一格不是数，请把单元格设为数值后重填")
    return cell if isinstance(cell, str) else plain_number(cell)


def _money(kind: Money, cell: Cell, unit: str) -> Value:
    if unit not in MONEY_UNITS:
        raise Refused(f"表头的单位“{unit}”不是金额的单位，应为 元、万元 或 亿元，请改正表头")
    text = _number(cell)
    fen = read_money(text, unit, negative=kind.min < 0) if text.strip() else None
    if fen is not None and fen < 0 <= kind.min:
        raise Refused("不能是负数")
    return fen


def _scaled(kind: Quantity | Whole, cell: Cell, unit: str, names: Names) -> Value:
    """A number in 万吨 where the program keeps 吨."""
    text = _number(cell)
    if not text.strip():
        return None
    return kind.parse(plain_number(read_number(text, unit=unit) * _MULTIPLES[unit[0]]), names)


def sum_of(values: Mapping[str, Value], names: tuple[str, ...]) -> int | None:
    """The sum that a column of several fields shows; None while all are empty."""
    parts = [int(value) for name in names if (value := values.get(name)) is not None]
    return sum(parts) if parts else None
