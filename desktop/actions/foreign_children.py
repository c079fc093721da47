"""Columns of a row that belong to records hanging from the row's own: its equipment, its month, its report."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.actions.foreign_drafts import Draft, same_text
from desktop.model.exchange import CellError
from desktop.model.fields.base import Value
from desktop.model.layouts.definition import Child
from desktop.model.layouts.reading import RowRead
from desktop.model.layouts.showing import joined
from desktop.model.registers import record_id

if TYPE_CHECKING:
    from desktop.actions.foreign_rows import Gatherer


class Children:
    """Finds or makes the child records of rows. `period` is the month that the table is of, "" when it does not say."""

    def __init__(self, gatherer: Gatherer, period: str) -> None:
        self._gatherer = gatherer
        self._period = period

    def gather(self, read: RowRead, main: Draft, local: dict[str, Draft], warnings: list[CellError]) -> None:
        for child in self._gatherer.layout.children.values():
            told = {
                name.partition(".")[2]: value
                for name, value in read.values.items()
                if name.startswith(f"{child.name}.")
            }
            if told:
                self._one(child, told, read, main, local, warnings)

    def _one(
        self, child: Child, told: dict[str, Value], read: RowRead, main: Draft, local: dict[str, Draft],
        warnings: list[CellError],
    ) -> None:  # fmt: skip
        gatherer = self._gatherer
        form = gatherer.desk.forms[child.form]
        at = f"{child.name}.{next(iter(told))}"
        missing = [
            each.label for each in form.fields
            if each.required and each.name not in told and each.default is None and each.name != child.parent
            and each.name not in (child.period, child.office) and each.name not in {**child.fixed, **child.set}
            and gatherer.known.column_of(f"{child.name}.{each.name}") is None
        ]  # fmt: skip
        head = main.id if form.field(child.parent).type.name == "reference" else main.after.get(child.parent)
        fixed: dict[str, Value] = {child.parent: head, **child.fixed}
        if child.period:
            fixed[child.period] = self._month()
        found = [] if main.new and head == main.id else gatherer.index.find(child.form, fixed)
        if child.many and len(found) != 1 and found:
            self._compare(child, told, found, read, warnings)
            return
        if not found and missing:
            note = f"“{form.title}”缺少{'、'.join(missing)}一列，没有写入"
            if note not in gatherer.found.notes:
                gatherer.found.notes.append(note)
            return
        if found:
            before = gatherer.index.values(child.form, found[0])
            changes = {name: value for name, value in told.items() if not same_text(before.get(name), value)}
            draft = Draft(found[0], child.form, False, before, changes, read.row)
        else:
            defaults = {each.name: each.default for each in form.fields if each.default is not None}
            office = {child.office: gatherer.desk.office} if child.office else {}
            values: dict[str, Value] = {**defaults, **child.set, **office, **fixed, **told}
            key = form.key_of(values)
            record = record_id(gatherer.desk.district, form.name, key) if key else str(uuid.uuid4())
            draft = Draft(record, child.form, True, {}, values, read.row)
            self._tell_assumed(child, told)
        draft.cells = {name: gatherer.known.address(read.row, f"{child.name}.{name}") for name in told}
        local[draft.id] = draft
        gatherer.check(draft, read, local, warnings, at)

    def _month(self) -> str:
        """The month a table's progress is of: as it says, else the current one, which is told."""
        if self._period:
            return self._period
        month = self._gatherer.desk.names.today.isoformat()[:7]
        note = f"表里没有写明是哪个月的进展，记入 {month}"
        if note not in self._gatherer.found.notes:
            self._gatherer.found.notes.append(note)
        return month

    def _tell_assumed(self, child: Child, told: Mapping[str, Value]) -> None:
        gatherer = self._gatherer
        form = gatherer.desk.forms[child.form]
        for name, code in child.set.items():
            if name not in told:
                shown = form.field(name).type.show(code, gatherer.desk.names)
                note = f"没有填“{form.field(name).label}”的，先登记为“{shown}”，请在程序中核对"
                if note not in gatherer.found.notes:
                    gatherer.found.notes.append(note)

    def _compare(
        self, child: Child, told: Mapping[str, Value], found: list[str], read: RowRead, warnings: list[CellError]
    ) -> None:
        """Several records in one cell: the same joined texts and sums are no edit, others are told and not written."""
        gatherer = self._gatherer
        form = gatherer.desk.forms[child.form]
        held = [gatherer.index.values(child.form, record) for record in found]
        for name, value in told.items():
            if joined(form.field(name), [each.get(name) for each in held], gatherer.desk.names) != value:
                message = f"程序里有 {len(found)} 行{form.title}，一格写不下，没有写入；请在程序中逐行改"
                warnings.append(gatherer.reader.error(read.row, f"{child.name}.{name}", message))
