"""A table of frozen rows: groups, subtotals, part and area rows, sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.model.fields import Date
from desktop.model.fields.base import Value
from desktop.model.page import Column, Row, RowKind, Table
from desktop.model.printed.definition import PrintedColumn, TableBlock
from desktop.model.printed.derived import DERIVED
from desktop.model.printed.frozen_rows import Content, FrozenRow
from desktop.model.printed.reading import NOT_FILLED, field_of

NUMERALS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """一 … 九十九, for the heads of groups."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{NUMERALS[tens]}十")
    return head + (NUMERALS[ones] if ones else "")


class TableView:
    """One table block over frozen content: its cells, and the figures texts may quote."""

    def __init__(self, content: Content, block: TableBlock) -> None:
        self.content = content
        self.block = block
        self.rows = content.rows(block)
        self._fields = {
            column.path: field_of(block, column.path, content.forms) for column in block.columns if column.path
        }

    def cell(self, row: FrozenRow, column: PrintedColumn) -> str:
        if column.derived:
            return DERIVED[column.derived](row, column.of)[0]
        return row.text(column.path, short=column.short, each=column.each, none=column.none)

    def code(self, row: FrozenRow, key: str) -> str:
        column = next(column for column in self.block.columns if column.key == key)
        if column.derived:
            return DERIVED[column.derived](row, column.of)[1]
        return str(row.value(column.path))

    def sum(self, key: str, rows: Sequence[FrozenRow] | None = None) -> str:
        """The printed sum of a column over rows (all, when none are given); "" when no row has a figure."""
        field = self._fields[key]
        assert field is not None
        chosen = self.rows if rows is None else rows
        values = [value for row in chosen for value in row.values(key) if value is not None]
        return self.content.text(field, _added(values)) if values else ""

    def count(self, key: str = "", code: str = "") -> int:
        return len(self.rows) if not key else sum(self.code(row, key) == code for row in self.rows)

    def counted(self, rows: Sequence[FrozenRow]) -> list[FrozenRow]:
        """The rows that the total adds up."""
        return [row for row in rows if all(str(row.value(path)) in allowed for path, allowed in self.block.total_where)]

    def table(self) -> Table:
        block = self.block
        columns = tuple(
            Column(
                column.label, column.width, column.unit, column.align, column.number, column.sum,
                date=isinstance(getattr(self._fields.get(column.path), "type", None), Date),
            )
            for column in block.columns
        )  # fmt: skip
        rows = tuple(self._rows())
        if self.rows and block.total:
            rows = (*rows, self._sum_row(block.total_label, self.counted(self.rows), RowKind.TOTAL))
        return Table(
            columns, rows, block.caption, block.unit, block.dense, block.merge, block.empty, block.carried
        )  # fmt: skip

    def _rows(self) -> Iterator[Row]:
        groups = 0
        last: object = object()
        part = area = ""
        members: list[FrozenRow] = []
        for number, row in enumerate(self.rows, start=1):
            if self.block.parts:
                item = self.content.item(str(row.data["of"]))
                if item.get("part") != part:
                    part, area = item.get("part", ""), ""
                    yield Row((part,), RowKind.PART)
                if item.get("area", "") not in ("", area):
                    area = item.get("area", "")
                    yield Row((area,), RowKind.AREA)
            elif self.block.group and (value := row.value(self.block.group)) != last:
                yield from self._subtotal(members)
                last, members, groups = value, [], groups + 1
                yield Row((f"{numeral(groups)}、{row.text(self.block.group) or NOT_FILLED}",), RowKind.AREA)
            members.append(row)
            yield Row(tuple(self._cells(row, number)), RowKind.DATA)
        yield from self._subtotal(members)

    def _cells(self, row: FrozenRow, number: int) -> Iterator[str]:
        for column in self.block.columns:
            yield str(number) if column.derived == "running" else self.cell(row, column)

    def _subtotal(self, members: list[FrozenRow]) -> Iterator[Row]:
        if members and self.block.subtotal:
            yield self._sum_row("小计", members, RowKind.SUBTOTAL)

    def _sum_row(self, label: str, rows: Sequence[FrozenRow], kind: RowKind) -> Row:
        cells = [self.sum(column.key, rows) if column.sum else "" for column in self.block.columns]
        words = f"{label}　{len(rows)} {self.block.measure}" if self.block.measure else label
        cells[0] = words
        return Row(tuple(cells), kind)


def _added(values: Sequence[Value]) -> Value:
    """Sum in the stored form of the field: whole numbers as integers, quantities as exact decimal text."""
    if all(isinstance(value, int) for value in values):
        return sum(int(value) for value in values if value is not None)
    total = sum((Decimal(str(value)) for value in values), Decimal(0))
    return format(total, "f")
