"""Reading the rows of one sheet: whose row it is, what was edited in it, and whether it may be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.model.checks import check_values
from desktop.model.errors import Refused
from desktop.model.exchange.cells import Column, cell_text
from desktop.model.exchange.edits import CellError, Edit
from desktop.model.exchange.layout import Layout
from desktop.model.exchange.sheets import address
from desktop.model.exchange.wording import PackageNames, base_value
from desktop.model.fields.base import Cell, Value
from desktop.model.package import Package
from desktop.model.registers import Life, Record, life, record_id, row_id

STRANGE = "这一行是从别的工作簿整行粘贴来的，认不出是哪条记录；请在程序里改它，或删去这一行后另起一行重填"
PREPARED = "这一行是预先排好的，{label}不能改；要填别的，请还原这一格，在下面空行另起一行"
SHIFTED = "这一行的内容整行是另一条记录的，与隐藏的记录编号不符；可能排序时只选了一部分列，请撤销后全选再排"


@dataclass
class _Row:
    """A row on its way: `values` are the changes found so far, `whole` all values as the row shows them."""

    place: int
    base: Record | None
    values: dict[str, Value]
    whole: dict[str, Value]
    refused: bool = False
    prepared: Mapping[str, Value] | None = None


def blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def package_row(package: Package, form: str, record: str) -> Mapping[str, Value] | None:
    return package.handed.row(form, record) if package.handed is not None and record else None


class SheetReader:
    """Reads one sheet. After `read()`: `edits`, `errors`, and how many rows nobody touched (`unchanged`), how many
    prepared ones nobody filled (`waiting`)."""

    def __init__(
        self,
        layout: Layout,
        package: Package,
        columns: Mapping[str, Column],
        names: PackageNames,
        same: Callable[[str, Mapping[str, Value]], list[str]],
    ) -> None:
        self.edits: list[Edit] = []
        self.errors: list[CellError] = []
        self.unchanged = self.waiting = 0
        self._layout = layout
        self._form = layout.form
        self._package = package
        self._columns = columns
        self._names = names
        self._same = same
        self._bases: dict[str, dict[str, Value]] = {}

    def read(self) -> None:
        known: dict[str, list[_Row]] = {}
        new: list[_Row] = []
        for place in range(self._layout.head + 1, len(self._layout.sheet.rows)):
            row = self._row(place)
            if row is None:
                continue
            if row.base is None:
                new.append(row)
            else:
                known.setdefault(row.base.id, []).append(row)
        self._refuse_shifted(known)
        for rows in known.values():
            new += self._keep_one(rows)
        self._take_new(sorted(new, key=lambda row: row.place), known)

    def _row(self, place: int) -> _Row | None:
        """One row read cell by cell; None when nothing is in it, or when its key cannot be used."""
        sheet, layout = self._layout.sheet, self._layout
        cells = {name: sheet.cell(place, column) for name, column in layout.columns.items()}
        places = {name: (place, column) for name, column in layout.columns.items()}
        faults = {name: sheet.faults[at] for name, at in places.items() if at in sheet.faults} if sheet.faults else {}
        empty = not faults and all(blank(cell) for cell in cells.values())
        key = sheet.cell(place, layout.key_column) if layout.key_column is not None else None
        key_text = str(key).strip() if key is not None else ""
        if empty and not key_text:
            return None
        base = self._package.record(key_text) if key_text else None
        prepared = package_row(self._package, self._form.name, key_text)
        if base is None and prepared is not None:
            return self._prepared(place, prepared, cells, faults)
        if key_text and (base is None or base.form != self._form.name):
            if not empty:
                self._error(place, "", STRANGE)
            return None
        if (
            empty
            and base is not None
            and len(cells) > 0
            and all(self._base(base, name) is not None for name in self._form.label if name in cells)
        ):
            self._error(place, "", "这一行被整行清空；清空不等于删除，要删除请在程序中操作")
            return None
        row = _Row(place, base, {}, {})
        for name, cell in cells.items():
            self._read_cell(row, name, cell, faults.get(name))
        return row

    def _prepared(
        self, place: int, prepared: Mapping[str, Value], cells: Mapping[str, Cell], faults: Mapping[str, str]
    ) -> _Row | None:
        """A row that went out with its key alone: None while it is blank, else a new record with that very key."""
        row = _Row(place, None, {}, {}, prepared=prepared)
        for name in self._columns:
            row.whole[name] = prepared.get(name)
        touched = [
            name for name, cell in cells.items()
            if name in faults or not self._columns[name].untouched(cell, prepared.get(name))
        ]  # fmt: skip
        if not any(name in faults or not blank(cells[name]) for name in touched):
            self.waiting += 1
            return None
        for name in touched:
            if name in faults or name not in prepared or not blank(cells[name]):
                self._read_cell(row, name, cells[name], faults.get(name))
            if not row.refused and name in self._form.key and row.whole[name] != prepared.get(name):
                row.refused = True
                self._error(place, name, PREPARED.format(label=self._form.field(name).label))
        return row

    def _read_cell(self, row: _Row, name: str, cell: object, fault: str | None) -> None:
        column = self._columns[name]
        before = self._base(row.base, name) if row.base is not None else (row.prepared or {}).get(name)
        row.whole[name] = before
        if fault is None and row.base is not None and column.untouched(cell, before):  # type: ignore[arg-type]
            return
        try:
            if fault is not None:
                raise Refused(fault)
            value = column.read(cell, before)  # type: ignore[arg-type]
        except Refused as refused:
            row.refused = True
            self._error(row.place, name, str(refused))
            return
        row.whole[name] = value
        if value != before:
            row.values[name] = value

    def _base(self, record: Record, name: str) -> Value:
        values = self._bases.setdefault(record.id, {})
        if name not in values:
            values[name] = base_value(self._package, record, name)
        return values[name]

    def _refuse_shifted(self, known: Mapping[str, list[_Row]]) -> None:
        """Refuse rows whose content is wholly another record's: only some of the columns were sorted."""
        names = list(self._layout.columns)
        if len(names) < 2:
            return
        contents: dict[tuple[Value, ...], set[str]] = {}
        for record in self._package.records:
            if record.form == self._form.name and record.id in known:
                contents.setdefault(tuple(self._base(record, name) for name in names), set()).add(record.id)
        for record_id_, rows in known.items():
            for row in rows:
                whole = tuple(row.whole[name] for name in names)
                owners = contents.get(whole, set())
                if row.values and owners and record_id_ not in owners and not row.refused and len(rows) == 1:
                    row.refused = True
                    self._error(row.place, "", SHIFTED)

    def _keep_one(self, rows: list[_Row]) -> list[_Row]:
        """Rows of one record: takes the one that keeps the key, returns those that are new."""
        if len(rows) == 1:
            self._take(rows[0])
            return []
        same = next((row for row in rows if not row.values and not row.refused), None)
        if same is None:
            listed = "、".join(str(row.place + 1) for row in rows)
            for row in rows:
                self._error(row.place, "", f"第 {listed} 行是同一条记录，内容都改过，分不清哪一行算数；请只留一行")
            return []
        self.unchanged += 1
        copies = [row for row in rows if row is not same and not row.refused]
        for row in copies:
            row.base = None
        return copies

    def _take(self, row: _Row) -> None:
        assert row.base is not None
        if row.refused:
            return
        if not row.values:
            self.unchanged += 1
            return
        if life(row.base) == Life.DELETED:
            self._error(row.place, "", "这条记录在导出前已删除，请在程序中恢复后再改")
            return
        stored = self._stored(row.base)
        key = self._form.key_of(stored)
        if key is not None and self._form.key_of({**stored, **row.values}) != key:
            names = {*self._form.key, *(self._form.alternate[2] if self._form.alternate else ())}
            name = next((name for name in row.values if name in names), next(iter(row.values)))
            self._error(row.place, name, "这一项用来识别这条记录，不能改；请还原它，另起一行填写")
            return
        if self._valid(row, row.base.id, stored):
            self.edits.append(self._edit(row, row.base, new=False))

    def _stored(self, record: Record) -> dict[str, Value]:
        return {each.name: self._base(record, each.name) for each in self._form.fields}

    def _take_new(self, rows: list[_Row], known: Mapping[str, list[_Row]]) -> None:
        taken: dict[str, _Row] = {}
        times: dict[str, int] = {}
        for row in rows:
            if row.refused:
                continue
            row.values = {name: value for name, value in row.whole.items() if value is not None}
            if not row.values:
                continue
            key = self._form.key_of(row.values)
            if key is not None:
                record = record_id(self._package.district, self._form.name, key)
                other = taken.get(record) or next(iter(known.get(record, [])), None)
                if self._package.record(record) is not None or other is not None:
                    if other is not None and other.whole == row.whole:
                        continue
                    where = f"第 {other.place + 1} 行" if other is not None else "本工作簿已有的一条"
                    self._error(row.place, self._form.key[0], f"这一行与{where}是同一条记录，请改那一行，并删去这一行")
                    continue
            else:
                record = row_id(self._package.id, row.values)
                times[record] = times.get(record, 0) + 1
                if times[record] > 1:  # rows with one content are still so many rows
                    record = row_id(self._package.id, {**row.values, "": times[record]})
            if self._valid(row, record, {}):
                taken[record] = row
                self.edits.append(self._edit(row, Record(record, self._form.name), new=True))

    def _valid(self, row: _Row, record: str, before: Mapping[str, Value]) -> bool:
        """Whether the row breaks no check that it did not break before; else its errors are noted."""

        def same(values: Mapping[str, Value]) -> list[str]:
            return [found for found in self._same(self._form.name, values) if found != record]

        old = {
            (finding.field, finding.message) for finding in check_values(self._form, before, self._names, same)
        } if before else set()  # fmt: skip
        sound = True
        for finding in check_values(self._form, {**before, **row.values}, self._names, same):
            if finding.blocks and (finding.field, finding.message) not in old:
                sound = False
                self._error(row.place, finding.field, finding.message)
        return sound

    def _edit(self, row: _Row, base: Record, *, new: bool) -> Edit:
        cells = {name: self._layout.address(row.place, name) for name in row.values}
        return Edit(self._form.name, base, dict(row.values), new, self._layout.sheet.name, row.place, cells)

    def _error(self, place: int, name: str, message: str) -> None:
        column = self._layout.columns.get(name)
        cell = self._layout.sheet.cell(place, column) if column is not None else None
        label = self._form.field(name).label if name in self._form else ""
        where = self._layout.address(place, name) if name else address(place, min(self._layout.columns.values()))
        self.errors.append(CellError(self._layout.sheet.name, where, place, name, label, cell_text(cell), message))
