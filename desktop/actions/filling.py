"""A blank table that the city or a leader handed out, filled from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk, needs
from desktop.actions.foreign_found import Index
from desktop.actions.foreign_tables import by_layout, known_tables, propose_in
from desktop.actions.records import find
from desktop.excel.foreign.table import BlankTable
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.fields import Choice, Reference, Unit
from desktop.model.fields.base import Value
from desktop.model.layouts.bodies import Kind, group_name, rows_of
from desktop.model.layouts.definition import Column, read_layout
from desktop.model.layouts.headings import plain, squeeze
from desktop.model.layouts.items import group_of, item_in, number_shown, title_shown
from desktop.model.layouts.placing import Entry, place
from desktop.model.layouts.proposing import layout_data
from desktop.model.layouts.reading import section_value
from desktop.model.layouts.recognise import Known
from desktop.model.layouts.showing import Filled, Shown, show
from desktop.model.periods import Period
from desktop.model.plan import Goal, Item, Offices, Task, load_units
from desktop.model.progress import Report, quiet


@dataclass
class FilledTable:
    """What was filled: records written, headings of columns left empty, records that no group of the table takes."""

    path: Path
    sha256: str
    layout: str
    filled: int
    unfilled: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "filled": self.filled, "unfilled": self.unfilled, "left_out": self.left_out, "notes": self.notes,
            "layout": self.layout, "file": str(self.path), "sha256": self.sha256,
        }  # fmt: skip


@needs("enter")
@bulk()
def fill(
    desk: Desk, blank: Path, out: Path, *, layout: str = "", period: str = "", where: Mapping[str, str] | None = None,
    search: str = "", report: Report = quiet,
) -> FilledTable:  # fmt: skip
    """Fill a blank table from the records and write it to `out`; `blank` itself stays as it is.

    `where` and `search` choose the records, `period` the month of progress (else the table's own, else the latest).
    Raises Refused when the table is not known or `out` is the blank table.
    """
    if out.exists() and blank.exists() and out.samefile(blank):
        raise Refused("填好的表不能写回空表自己，请另给一个文件名")
    if period:
        Period.parse(period)
    report(0, 1000)
    table = BlankTable(blank)
    report(200, 1000)
    tables = known_blank(desk, table, blank, layout)
    result = FilledTable(out, "", "、".join(known.layout.name for known in tables), 0, notes=list(table.notes))
    for number, known in enumerate(tables):
        _fill_one(desk, table, known, result, period, where or {}, search)
        report(200 + 600 * (number + 1) // len(tables), 1000)
    result.sha256 = table.deliver(out)
    with desk.store.writing("登记填表"):
        desk.store.note("fill", who=desk.who, why=f"{out.name}：{result.filled} 条")
    return result


def _fill_one(
    desk: Desk, table: BlankTable, known: Known, result: FilledTable, period: str, where: Mapping[str, str], search: str
) -> None:
    filler = _Filler(desk, known, period or known.month)
    fitting = {name: text for name, text in where.items() if name in filler.form or len(table.grids) == 1}
    entries = filler.entries(fitting, search)
    placed = place(known, [entry for _, entry in entries], filler.here(entries), filler.group)
    table.fill(known.grid, placed, known.first - 1)
    result.filled += placed.filled
    told = {column for _, entry in entries for column in entry.cells}
    result.unfilled += [
        *(squeeze(heading) for heading in known.unknown.values()),
        *(
            column.heading.rpartition("/")[2]
            for at, column in sorted(known.columns.items())
            if at not in told and not column.role
        ),
    ]
    result.left_out += [entry.label for entry in placed.left_out]
    if placed.left_out:
        groups = Counter(filler.group_label(entry.group) for entry in placed.left_out)
        missed = "、".join(f"{name} {count} 条" for name, count in groups.items())
        result.notes.append(f"表里没有这些分组，没有填入：{missed}")
    if _bare_total(known):
        result.notes.append("合计行没有公式，没有填，请在表中补上")


def known_blank(desk: Desk, table: BlankTable, path: Path, layout: str) -> list[Known]:
    """As for reading; a table nobody described is filled by the likeness of its headings, since nothing is read."""
    try:
        return known_tables(desk, table.grids, path, layout)
    except Refused:
        found = None if layout else propose_in(desk, table.grids, "")
        if found is None or found.matched < 2:
            raise
        chosen = {each.column: each.field for each in found.columns if each.field}
        data = layout_data(found, desk.forms[found.form], chosen, {})
        return by_layout(desk, table.grids, read_layout(path.name, data, desk.forms), path)


def _bare_total(known: Known) -> bool:
    grid = known.grid
    return any(
        row.kind is Kind.TOTAL and len(grid.filled(row.row)) == 1
        and not any(place[0] == row.row for place in grid.faults)
        for row in rows_of(known)
    )  # fmt: skip


class _Filler:
    """Makes the cells of each record for one known table."""

    def __init__(self, desk: Desk, known: Known, period: str) -> None:
        self.desk = desk
        self.known = known
        self.layout = known.layout
        self.form = desk.form(known.layout.form)
        self.index = Index(desk)
        self._period = period
        self._offices = Offices(load_units(), desk.district_name, self.index.all("unit").values())
        self._children: dict[str, dict[Value, list[dict[str, Value]]]] = {}

    def entries(self, where: Mapping[str, str], search: str) -> list[tuple[dict[str, Value], Entry]]:
        found, _ = find(self.desk, self.form.name, where=where, search=search)
        held = [(record, values) for record, values in found]
        if self.layout.items:
            order = {item.key: at for at, item in enumerate(self.desk.plan.items)}
            held.sort(key=lambda pair: order.get(str(pair[1].get("item")), len(order)))
        elif "number" in self.form:
            held.sort(key=lambda pair: (pair[1].get("number") is None, int(pair[1].get("number") or 0)))
        return [(values, self._entry(record, values)) for record, values in held]

    def _entry(self, record: str, values: dict[str, Value]) -> Entry:
        item = self.desk.plan.find(str(values.get("item"))) if self.layout.items else None
        item = item if isinstance(item, Goal | Task) else None
        filled = Filled(values, self._referred(values), self._hanging(record, values))
        cells: dict[int, Shown] = {}
        for place_, column in self.known.columns.items():
            shown = self._cell(column, self.known.units.get(place_, ""), filled, item)
            if shown is not None:
                cells[place_] = shown
        label = self.desk.names.label(self.form.name, record) or record[:8]
        return Entry(label, self._group(values, item), cells)

    def _cell(self, column: Column, unit: str, filled: Filled, item: Item | None) -> Shown | None:
        if column.role:
            if item is None:
                return None
            told = {"number": number_shown(item), "title": title_shown(item), "text": item.text}[column.role]
            return None if told is None else Shown(told)
        if column.published and item is not None:
            return self._units(column, filled.values.get(column.field), item)
        return show(self.layout, column, unit, filled, self.desk.forms, self.desk.names)

    def _units(self, column: Column, value: Value, item: Item) -> Shown | None:
        """Units as the plan prints them while the district left them as they came; else the district's own."""
        kind = self.form.field(column.field).type
        assert isinstance(kind, Unit)
        plan_units = "、".join(getattr(item, column.field))
        own = list(getattr(self._offices.propose(item), column.field))
        if kind.parts(value) == own:
            return Shown(plan_units) if plan_units else None
        return Shown(kind.printed(value, self.desk.names)) if value is not None else None

    def _referred(self, values: Mapping[str, Value]) -> dict[str, Mapping[str, Value]]:
        return {
            each.name: self.index.values(each.type.to, str(values.get(each.name)))
            for each in self.form.fields
            if isinstance(each.type, Reference) and not each.type.several and values.get(each.name) is not None
        }

    def _hanging(self, record: str, values: Mapping[str, Value]) -> dict[str, list[dict[str, Value]]]:
        """The child records that a row shows; of those told apart by a month the one asked for, else the latest."""
        found = {}
        for child in self.layout.children.values():
            form = self.desk.forms[child.form]
            if child.name not in self._children:
                held: dict[Value, list[dict[str, Value]]] = {}
                for each in self.index.all(child.form).values():
                    if all(each.get(name) == wanted for name, wanted in child.fixed.items()):
                        held.setdefault(each.get(child.parent), []).append(each)
                self._children[child.name] = held
            head = record if form.field(child.parent).type.name == "reference" else values.get(child.parent)
            rows = self._children[child.name].get(head, [])
            if child.period:
                rows = [row for row in rows if not self._period or str(row.get(child.period)) <= self._period]
                last = max((str(row.get(child.period)) for row in rows), default="")
                rows = [row for row in rows if str(row.get(child.period)) == (self._period or last)]
            found[child.name] = rows
        return found

    def here(self, entries: list[tuple[dict[str, Value], Entry]]) -> dict[int, Entry]:
        """Rows of the table that already name a record: only what is empty in them will be written."""
        found: dict[int, Entry] = {}
        keys = self._keys(entries)
        for row in rows_of(self.known):
            if row.kind is not Kind.DATA:
                continue
            for key in self._row_keys(row.row):
                if key in keys:
                    found[row.row] = keys[key]
                    break
        return found

    def _keys(self, entries: list[tuple[dict[str, Value], Entry]]) -> dict[tuple[str, ...], Entry]:
        keys: dict[tuple[str, ...], Entry] = {}
        for values, entry in entries:
            if self.layout.items:
                keys[str(values.get("item")),] = entry
                continue
            for key in self.layout.keys:
                columns = [self.known.column_of(name) for name in key]
                texts = [squeeze(entry.cells[c].cell) if c is not None and c in entry.cells else "" for c in columns]
                if all(texts):
                    keys.setdefault(("/".join(key), *texts), entry)
        return keys

    def _row_keys(self, row: int) -> list[tuple[str, ...]]:
        if self.layout.items:
            try:
                item = item_in(self.known, row, self.desk.plan)
            except Refused:
                item = None
            return [(item.key,)] if item is not None else []
        found = []
        for key in self.layout.keys:
            columns = [self.known.column_of(name) for name in key]
            texts = [squeeze(self.known.grid.seen(row, c)) if c is not None else "" for c in columns]
            if all(texts):
                found.append(("/".join(key), *texts))
        return found

    def _group(self, values: Mapping[str, Value], item: Item | None) -> str:
        if item is not None:
            return group_of(item)
        section = self.layout.section
        return str(values.get(section.field) or "") if section else ""

    def group(self, text: str) -> str | None:
        """What a head of the table stands for, as `_group` names it."""
        if self.layout.items:
            known = {group_of(item) for item in self.desk.plan.items}
            return next((name for name in known if plain_head(name) == plain_head(text)), None)
        section = self.layout.section
        if section is None or not text:
            return None
        try:
            kind = self.form.field(section.field).type
            assert isinstance(kind, Choice)
            return str(section_value(kind, group_name(text, section.endings), self.desk.names))
        except Refused:
            return None

    def group_label(self, group: str) -> str:
        section = self.layout.section
        if section is None or not group:
            return group or "未分组"
        return self.form.field(section.field).type.show(group, self.desk.names)


def plain_head(text: str) -> str:
    return plain(squeeze(text).replace("、", "")) or squeeze(text)
