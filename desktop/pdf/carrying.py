"""本页小计 and 承前页: sums of a table over its page breaks."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.figures import decimal_of, shown
from desktop.model.page import Row, RowKind, Table


class Carrier:
    """Adds up the DATA rows of a table, column by column: of this page, and of all so far."""

    def __init__(self, table: Table) -> None:
        self._columns = [place for place, column in enumerate(table.columns) if column.sum]
        self._count = len(table.columns)
        self._page = dict.fromkeys(self._columns, Decimal(0))
        self._all = dict.fromkeys(self._columns, Decimal(0))
        self._places = dict.fromkeys(self._columns, 0)

    def add(self, row: Row) -> None:
        if row.kind is not RowKind.DATA:
            return
        for place in self._columns:
            value = decimal_of(row.cells[place]) if place < len(row.cells) else None
            if value is None:
                continue
            self._page[place] += value
            self._all[place] += value
            exponent = value.as_tuple().exponent
            self._places[place] = max(self._places[place], -exponent if isinstance(exponent, int) else 0)

    def close(self) -> Row:
        """本页小计; the next page starts from nothing."""
        row = self._row("本页小计", self._page)
        self._page = dict.fromkeys(self._columns, Decimal(0))
        return row

    def brought(self) -> Row:
        """承前页: all the pages before this one."""
        return self._row("承前页", self._all)

    def widest(self) -> tuple[Row, Row]:
        """Rows as high as any that may come, for keeping room."""
        return self._row("本页小计", self._all), self._row("承前页", self._all)

    def _row(self, label: str, sums: dict[int, Decimal]) -> Row:
        cells = [""] * self._count
        for place in self._columns:
            cells[place] = shown(sums[place], self._places[place])
        first = next((place for place in range(self._count) if not cells[place]), 0)
        cells[first] = label
        return Row(tuple(cells), RowKind.SUBTOTAL)
