"""Which layout a table has, where its headings are, and which column is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.model.errors import Refused
from desktop.model.exchange.layout import REASON_HEADING
from desktop.model.exchange.sheets import address
from desktop.model.fields.base import Cell
from desktop.model.fields.numbers import Money
from desktop.model.forms import Form, Forms
from desktop.model.layouts.definition import Column, Layout
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import (
    DEEPEST,
    SEARCHED,
    fits,
    foreign_money,
    lines_around,
    money_named,
    month_named,
    paths,
    plain,
    squeeze,
    unit_of,
)


@dataclass(frozen=True)
class Known:
    """A table understood. Its headings are the rows from `start` on, `depth` of them; `first` is the row below.

    `columns` and `units` are by column number; `unknown` are headings that are no field; `month` is "" or the month
    the table says it is of.
    """

    layout: Layout
    grid: Grid
    start: int
    depth: int
    columns: Mapping[int, Column]
    units: Mapping[int, str]
    unknown: Mapping[int, str]
    month: str

    @property
    def first(self) -> int:
        return self.start + self.depth

    def column_of(self, target: str) -> int | None:
        """The column in which a field (or a part of it) stands."""
        for place, column in self.columns.items():
            if target in (column.field, *column.sum, *column.split):
                return place
        return None

    def address(self, row: int, target: str) -> str:
        column = self.column_of(target)
        return address(row, min(self.columns, default=0) if column is None else column)

    def of_role(self, row: int, role: str) -> Cell:
        """What stands in the column of a role; a merged cell counts for all its rows."""
        for place, column in self.columns.items():
            if column.role == role:
                return self.grid.seen(row, place)
        return None


def target_form(layout: Layout, target: str, forms: Forms) -> tuple[Form, str]:
    """The form and the name of the field that a column's target means."""
    owner, _, name = target.rpartition(".")
    if not owner:
        return forms[layout.form], name
    if owner in layout.children:
        return forms[layout.children[owner].form], name
    return forms[str(getattr(forms[layout.form].field(owner).type, "to", ""))], name


def _matched(layout: Layout, headings: list[tuple[str, ...]]) -> dict[int, Column]:
    """Columns by number. A column's own heading wins over its other names."""
    found: dict[int, Column] = {}
    taken: set[int] = set()
    for also in (False, True):
        for at, column in enumerate(layout.columns):
            if at in taken:
                continue
            names = column.also if also else (column.heading,)
            places = [
                place
                for place, heading in enumerate(headings)
                if place not in found and any(fits(name, heading) for name in names)
            ]
            if places:
                taken.add(at)
                found.update((place, column) for place in places)
    return found


def _has_all(layout: Layout, found: Mapping[int, Column]) -> bool:
    there = {id(column) for column in found.values()}
    return all(id(column) in there for column in layout.columns if column.must)


def recognise(grids: Iterable[Grid], layouts: Iterable[Layout], forms: Forms, named: str = "") -> Known | None:
    """The table among the sheets that fits a layout best; None when none fits.

    `named` looks for that layout only. Raises Refused when a heading stands twice or names a unit of money that the
    program does not know.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    chosen: tuple[Layout, Grid, int, int, dict[int, Column]] | None = None
    for grid in grids:
        for start in range(min(SEARCHED, len(grid.rows))):
            for depth in range(1, DEEPEST + 1):
                if not _whole(grid, start, depth):
                    continue
                headings = paths(grid, start, depth)
                for layout in layouts:
                    if named and layout.name != named:
                        continue
                    found = _matched(layout, headings)
                    score = (len(found), -depth, -layout.order)
                    if score > best and _has_all(layout, found):
                        best, chosen = score, (layout, grid, start, depth, found)
    return _known(*chosen, forms) if chosen else None


def _whole(grid: Grid, start: int, depth: int) -> bool:
    """Whether no merged cell is cut by taking these rows for the headings."""
    last = start + depth - 1
    return all(not (top < start <= bottom or top <= last < bottom) for top, _, bottom, _ in grid.merges)


def _known(layout: Layout, grid: Grid, start: int, depth: int, found: dict[int, Column], forms: Forms) -> Known:
    headings = paths(grid, start, depth)
    seen: dict[int, int] = {}
    lines = lines_around(grid, start)
    units: dict[int, str] = {}
    for place, column in sorted(found.items()):
        cell = address(start, place)
        if id(column) in seen:
            raise Refused(
                f"{grid.name}!{cell} 表头“{squeeze(headings[place][-1])}”出现两次，请删去多余的一列后再读入",
                [_error(grid, cell, column.heading, headings[place][-1], "表头出现两次，请删去多余的一列")],
            )
        seen[id(column)] = place
        for target in (column.field, *column.sum, *column.split):
            if not target:
                continue
            form, name = target_form(layout, target, forms)
            is_money = isinstance(form.field(name).type, Money)
            odd = next((odd for part in headings[place] if (odd := foreign_money(part))), "")
            if is_money and odd:
                message = f"单位“{odd}”不认识，应为 元、万元 或 亿元，请改正表头后再读入"
                raise Refused(f"{grid.name}!{cell} {message}", [_error(grid, cell, target, odd, message)])
            unit = unit_of(headings[place]) or (money_named(lines) if is_money else "")
            units[place] = unit or column.unit or form.field(name).unit
    unknown = {
        place: heading[-1]
        for place, heading in enumerate(headings)
        if heading and place not in found and plain(heading[-1]) != REASON_HEADING
    }
    return Known(layout, grid, start, depth, found, units, unknown, month_named(lines))


def _error(grid: Grid, cell: str, field: str, value: str, message: str) -> dict[str, object]:
    return {"sheet": grid.name, "cell": cell, "field": field, "value": value, "message": message}
