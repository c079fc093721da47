"""The table of a preview: a group per record, a row per field."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...kit import look
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from .choices import MINE, THEIRS, Choices
from .wording import KINDS, MARKS, REFUSED, FieldLine, Group

NARROW = (
    Column("tick", "", width=34, kind="tick"),
    Column("cell", "单元格", width=74),
    Column("field", "字段", width=200, ink="ink"),
    Column("base", "发出时", width=156),
    Column(MINE, "本单位现值", width=220, key="1"),
    Column(THEIRS, "交回值", width=252, key="2"),
    Column("after", "写入后", width=280, key="3", ink="ink"),  # the reason of a refused row stands here
)
WIDE = 1600
WIDER = {"base": 220, MINE: 360, THEIRS: 360}
TONES = {"conflict": "amber", REFUSED: "red", "changed": "accent", "added": "green", "unchanged": "ink3"}


class PreviewTable(TableView):
    """`show_choices(choices, kind)`; keys of rows are `group` and `group|field number`. `titles` renames columns."""

    def __init__(self, titles: Mapping[str, str] | None = None, *, who_column: bool = False) -> None:
        """`who_column`: who set each value stands in a column of its own, in place of the cell of a sheet."""
        self.who_column = who_column
        shown = [each for each in NARROW if each.name != "cell"] if who_column else list(NARROW)
        if who_column:
            shown[-1:] = [Column("who", "谁、何时", width=230), replace(shown[-1], width=190)]
        self._columns = [replace(column, title=(titles or {}).get(column.name, column.title)) for column in shown]
        self._choices: Choices | None = None
        self._order: list[Group] = []
        self._starts, self._places = [0], {}
        super().__init__(RowsModel(self._columns), by_rows=True, numbered=False, name="preview", label="导入预览")
        self._groups: dict[str, Group] = {}
        self._wide = False

    def resizeEvent(self, event: Any) -> None:
        wide = self.width() >= WIDE
        if wide != self._wide:
            self._wide = wide
            held = self.current_row()
            self.model().set_columns([_wider(column) for column in self._columns] if wide else self._columns)
            if self._choices is not None:
                self.model().set_source(self._starts[-1], self._rows)
            if held is not None:
                self.go_to(held.key)
        super().resizeEvent(event)

    def show_choices(self, choices: Choices, kind: str) -> None:
        groups = [group for group in choices.shown.groups if kind in ("all", group.kind)]
        held = self.current_row()
        self._choices = choices
        self._order = groups
        self._groups = {group.id: group for group in groups}
        self._starts = [0]
        for group in groups:
            self._starts.append(self._starts[-1] + 1 + len(group.rows))
        self._places = {group.id: place for place, group in enumerate(groups)}
        self.head_tick = bool(groups) and not choices.off
        self.model().set_source(self._starts[-1], self._rows)
        if held is not None:
            self.go_to(held.key)

    def _rows(self, start: int, count: int) -> list[Row]:
        """Rows made when they are scrolled to: ten thousand records have three hundred thousand."""
        assert self._choices is not None
        place = bisect.bisect_right(self._starts, start) - 1
        found: list[Row] = []
        first = self._starts[place] if place < len(self._order) else start
        while place < len(self._order) and len(found) < start - first + count:
            found += rows_of(self._choices, self._order[place], self.who_column)
            place += 1
        return found[start - first : start - first + count]

    def row_of(self, key: str) -> int:
        """The row of a key, whether it was made yet or not; -1 when it is not shown."""
        name, _, line = key.partition("|")
        place = self._places.get(name)
        return -1 if place is None else self._starts[place] + (int(line) + 1 if line else 0)

    def go_to(self, key: str) -> None:
        number = self.row_of(key)
        if number >= 0:
            self.setCurrentIndex(self.model().index(number, max(self.currentIndex().column(), 0)))
            self.scrollTo(self.currentIndex())

    def repaint_group(self, choices: Choices, group: Group) -> None:
        for one in rows_of(choices, group, self.who_column):
            self.model().replace_row(one)

    def toggle_all(self, choices: Choices) -> None:
        """Tick every record shown, or untick them when all are ticked."""
        shown = {name for name, group in self._groups.items() if group.kind not in (REFUSED, "unchanged")}
        choices.off = choices.off - shown if choices.off & shown else choices.off | shown

    def find(self, key: str) -> tuple[Group, FieldLine | None] | None:
        name, _, place = key.partition("|")
        group = self._groups.get(name)
        return (group, group.rows[int(place)] if place else None) if group else None

    def here(self) -> tuple[Group, FieldLine | None] | None:
        held = self.current_row()
        return self.find(held.key) if held is not None else None

    def go_next(self, choices: Choices) -> None:
        waiting = {(group.id, line.field) for group, line in choices.undecided()}
        start = self.currentIndex().row()
        places = sorted(
            self.row_of(f"{group.id}|{number}")
            for group in self._order for number, line in enumerate(group.rows) if (group.id, line.field) in waiting
        )  # fmt: skip
        if places:
            place = next((each for each in places if each > start), places[0])
            self.setCurrentIndex(self.model().index(place, 0))
            self.scrollTo(self.currentIndex())


def _wider(column: Column) -> Column:
    return replace(column, width=look.theme().px(WIDER.get(column.name, column.width)))


def rows_of(choices: Choices, group: Group, who_column: bool = False) -> list[Row]:
    on = group.id not in choices.off
    check = "locked" if group.kind in (REFUSED, "unchanged") else ("on" if on else "off")
    kind = Cell(KINDS[group.kind], mark=MARKS[group.kind], tone=TONES[group.kind])
    name, where = Cell(group.name, tip=group.name), Cell(group.where, tip=group.where)
    cells = (Cell(check=check), name, where) if who_column else (Cell(check=check), kind, name, where)
    head = Row(group.id, cells, kind="group")
    lines = [_line(choices, group, line, place, on) for place, line in enumerate(group.rows)]
    if not who_column:
        return [head, *lines]
    return [head, *(_with_who(one, line) for one, line in zip(lines, group.rows, strict=True))]


def _with_who(one: Row, line: FieldLine) -> Row:
    """The cell of a sheet left out, who and when put before what is decided."""
    told = "；".join(who or "市方案" for who in (line.mine_who, *line.theirs_who))
    cells = [each for place, each in enumerate(one.cells) if place != 1]
    return replace(one, cells=(*cells[:-1], Cell(told, tip=line.who, tone="ink2"), cells[-1]))


def _line(choices: Choices, group: Group, line: FieldLine, place: int, on: bool) -> Row:
    key = f"{group.id}|{place}"
    if group.kind == REFUSED:
        told = Cell(line.theirs[0] or "（空）", tone="red")
        why = Cell(line.reason, tone="red", small=True, tip=line.reason)
        return Row(key, (Cell(" "), line.cell, line.label, " ", " ", told, why))
    theirs = "；".join(line.theirs)
    old = Cell(line.base or (" " if not line.cell else ""), tone="ink3")
    off = not on or (group.id, line.field) in choices.off_fields
    if line.open:
        return Row(key, (Cell(" "), line.cell or " ", line.label, old, *_sides(choices, group, line)), quiet=not on)
    mine = Cell(line.mine or (" " if group.kind == "added" else ""), tone="ink3")
    after = Cell(line.mine, tone="ink3", tip="不写入") if off else Cell(line.after, tip=line.after)
    mark = Cell(" ") if line.fixed or not on else Cell(check="off" if off else "on")
    return Row(key, (
        mark if group.kind == "changed" or off else Cell(" "), line.cell or " ", line.label, old, mine,
        Cell(theirs, ground="" if off else "hover", tip=line.who), after,
    ), quiet=off)  # fmt: skip


def _sides(choices: Choices, group: Group, line: FieldLine) -> tuple[Cell, Cell, Cell]:
    held = choices.decision(group, line)
    side = held.side if held else ""
    theirs = "；".join(line.theirs)
    if held is not None and side == THEIRS and len(line.theirs) > 1:
        theirs = f"{held.text}（{held.place + 1} / {len(line.theirs)}）"
    mine = _radio(line.mine or "（空）", side == MINE, line.mine_who or line.who)
    other = _radio(theirs, side == THEIRS, "；".join(line.theirs_who) or line.who)
    after = Cell(held.text or "（清空）", tip=held.text) if held else Cell("未定", tone="amber")
    return mine, other, after


def _radio(text: str, on: bool, tip: str = "") -> Cell:
    return Cell(text, radio="on" if on else "off", ground="soft" if on else "", tone="ink", tip=tip)
