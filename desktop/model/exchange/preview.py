"""What reading a package would do, record by record and field by field, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop.model.bulk import bulk
from desktop.model.exchange.edits import CellError, Edit, Reading
from desktop.model.exchange.wording import base_value
from desktop.model.fields.base import Value
from desktop.model.forms import Forms
from desktop.model.lives import GONE, KEPT, gone_side, kept_side, told
from desktop.model.merge import emptied, merge, outside_edit
from desktop.model.package import Package
from desktop.model.registers import DELETED, Life, Record, Register, conflicts, life, open_values, shown

ADDED, CHANGED, UNCHANGED, CONFLICT = "added", "changed", "unchanged", "conflict"
_NOTHING: Register = frozenset()


@dataclass(frozen=True)
class Incoming:
    """One record that arrives: the package's own (`base`, None for a row new in the sheet) with its edit, if any."""

    base: Record | None
    edit: Edit | None
    record: Record
    package: str

    def without(self, names: Iterable[str]) -> Incoming:
        """The same with some edited cells left out: they make no stamp and raise no vector."""
        if self.edit is None or not set(names) & set(self.edit.changes):
            return self
        changes = {name: value for name, value in self.edit.changes.items() if name not in set(names)}
        edit = replace(self.edit, changes=changes)
        return Incoming(self.base, edit, outside_edit(self.package, edit.base, changes), self.package)


@dataclass(frozen=True)
class FieldRow:
    """One field that would change or that waits for a decision. `theirs` are (value, who, when) of the other side.

    `base` is what the sheet's editor saw; None as well when the change did not come from a cell. `after` is the value
    shown when written, `open` whether it stays undecided, `mine_said` who set mine and when. For `field` = DELETED
    values are 1 (there) and None (gone); mine is what stood here before.
    """

    field: str
    cell: str
    base: Value
    mine: Value
    theirs: tuple[tuple[Value, str, str], ...]
    after: Value
    open: bool
    mine_said: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Line:
    """One record of the preview. `after` is the merged record, also where nothing shows (vectors may grow)."""

    id: str
    form: str
    kind: str
    sheet: str
    row: int
    mine: Record | None
    incoming: Incoming
    after: Record
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True)
class Preview:
    lines: tuple[Line, ...]
    errors: tuple[CellError, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]


@dataclass(frozen=True)
class Chosen:
    """A record to be written: `after` as it is, then the fields in `keep` once more with my values, as my own edit
    (`desktop.model.merge.keep_mine(after, mine, keep, …)`; with no `mine` they are emptied). `emptied` are the fields
    that the merge would have emptied, so that `after` keeps both sides of them."""

    after: Record
    mine: Record | None
    keep: tuple[str, ...]
    emptied: tuple[str, ...] = ()


def incoming_items(package: Package, reading: Reading | None = None) -> list[Incoming]:
    """All records of a package, those edited in its sheets with the edit applied, and the rows new in them."""
    edits = {edit.base.id: edit for edit in (reading.edits if reading else ())}
    items = []
    for record in package.records:
        edit = edits.pop(record.id, None)
        edited = outside_edit(package.id, record, edit.changes) if edit else record
        items.append(Incoming(record, edit, edited, package.id))
    for edit in edits.values():
        items.append(Incoming(None, edit, outside_edit(package.id, edit.base, edit.changes), package.id))
    return items


def incoming(package: Package, reading: Reading | None = None) -> list[Record]:
    """The records of `incoming_items` alone."""
    return [item.record for item in incoming_items(package, reading)]


def preview(
    items: Iterable[Incoming],
    mine: Mapping[str, Record | None],
    forms: Forms,
    package: Package,
    errors: Iterable[CellError] = (),
    seen: Mapping[str, Mapping[str, Value]] | None = None,
) -> Preview:
    """What merging would do. `mine` are this office's records by id (missing or None: not here yet).

    `seen` gives the values in my typed columns where a field has several open ones, as {record: {field: value}}.
    """
    known = seen or {}
    with bulk():
        lines = [_line(item, mine.get(item.record.id), forms, package, known.get(item.record.id, {})) for item in items]
    counts = {kind: sum(line.kind == kind for line in lines) for kind in (ADDED, CHANGED, UNCHANGED, CONFLICT)}
    refused = tuple(errors)
    counts["refused"] = len({(error.sheet, error.row) for error in refused})
    return Preview(tuple(lines), refused, counts)


def _values(register: Register) -> list[Value]:
    return [said.value for said in open_values(register)]


def _fresh_conflicts(mine: Record, after: Record) -> set[str]:
    """Fields with an open value that was not open here before."""
    before = set(conflicts(mine))
    found = set()
    for name in conflicts(after):
        if name not in before or (
            name != DELETED
            and not set(_values(after.fields.get(name, _NOTHING))) <= set(_values(mine.fields.get(name, _NOTHING)))
        ):
            found.add(name)
    return found


def _kind(mine: Record | None, after: Record, rows: tuple[FieldRow, ...]) -> str:
    if mine is None:
        return UNCHANGED if life(after) == Life.DELETED else ADDED
    if _fresh_conflicts(mine, after):
        return CONFLICT
    return CHANGED if rows else UNCHANGED


def _line(item: Incoming, mine: Record | None, forms: Forms, package: Package, seen: Mapping[str, Value]) -> Line:
    after = merge(mine, item.record) if mine is not None else item.record
    rows = _rows(item, mine, after, forms, package, seen)
    edit = item.edit
    return Line(
        item.record.id, item.record.form, _kind(mine, after, rows), edit.sheet if edit else "",
        edit.row if edit else -1, mine, item, after, rows,
    )  # fmt: skip


def _rows(
    item: Incoming, mine: Record | None, after: Record, forms: Forms, package: Package, seen: Mapping[str, Value]
) -> tuple[FieldRow, ...]:
    rows = []
    state, before = life(after), life(mine) if mine is not None else None
    if mine is not None and before is not None and state != before:
        my_side = GONE if before == Life.DELETED else KEPT
        theirs = GONE if state == Life.DELETED or (state == Life.CONFLICT and my_side == KEPT) else KEPT
        who, when = told(gone_side(after) if theirs == GONE else kept_side(after) or kept_side(item.record))
        rows.append(
            FieldRow(
                DELETED, "", KEPT, my_side, ((theirs, who, when),),
                my_side if state == Life.CONFLICT else theirs, state == Life.CONFLICT, _teller(mine, my_side),
            )
        )  # fmt: skip
    if state == Life.DELETED:
        return tuple(rows)
    form = forms.get(item.record.form)
    order = {each.name: place for place, each in enumerate(form.fields)} if form else {}
    edited = item.edit.changes if item.edit else {}
    for name in sorted({*after.fields} - {DELETED}, key=lambda name: (order.get(name, len(order)), name)):
        here = mine.fields.get(name, _NOTHING) if mine is not None else _NOTHING
        there, merged = item.record.fields.get(name, _NOTHING), after.fields[name]
        if set(_values(here)) == set(_values(merged)) or (not here and _values(merged) == [None]):
            continue
        my_value = shown(here, seen.get(name))
        base = base_value(package, item.base, name) if item.base is not None and name in edited else None
        theirs_here = [said for said in open_values(there) if not here or said.value != my_value]
        rows.append(
            FieldRow(
                name, item.edit.cells.get(name, "") if item.edit and name in edited else "", base, my_value,
                tuple((said.value, said.who, said.at) for said in theirs_here),
                shown(merged, my_value if here else None), len(_values(merged)) > 1,
                next(((said.who, said.at) for said in open_values(here) if said.value == my_value), ("", "")),
            )
        )  # fmt: skip
    return tuple(rows)


def _teller(mine: Record, side: Value) -> tuple[str, str]:
    """Who made a record what it is here: who deleted it, else who touched it last."""
    if side == GONE:
        return told(gone_side(mine))
    newest = max((said for register in mine.fields.values() for said in register if said.who),
                 key=lambda said: said.at, default=None)  # fmt: skip
    return (newest.who, newest.at) if newest else ("", "")


def choose(
    preview: Preview, skip_records: Iterable[str] = (), skip_fields: Iterable[tuple[str, str]] = ()
) -> list[Chosen]:
    """The records to write after ticking off records (by id) and fields (record id, field name).

    A record ticked off gives nothing at all. A field ticked off that a clerk edited in the sheet is taken out of the
    edit; what the package itself brings to it is taken, and then my value is written over it as an ordinary edit.
    Natural keys cannot be ticked off: without them the record would be another.
    """
    off = set(skip_records)
    fields: dict[str, set[str]] = {}
    for record, name in skip_fields:
        fields.setdefault(record, set()).add(name)
    chosen = []
    for line in preview.lines:
        if line.id in off:
            continue
        names = fields.get(line.id, set())
        item = line.incoming.without(names)
        if item.base is None and item.edit is not None and not item.edit.changes:
            continue
        after = merge(line.mine, item.record) if line.mine is not None else item.record
        keep = tuple(name for name in sorted(names) if _would_show(line.mine, after, name))
        if after != line.mine or keep:
            lost = emptied(line.mine, item.record) if line.mine is not None else []
            chosen.append(Chosen(after, line.mine, keep, tuple(lost)))
    return chosen


def _would_show(mine: Record | None, after: Record, name: str) -> bool:
    """Whether the merge still changes a field that is ticked off."""
    if name == DELETED:
        return mine is not None and life(mine) != life(after)
    if life(after) == Life.DELETED:
        return False
    here = mine.fields.get(name, _NOTHING) if mine is not None else _NOTHING
    there = after.fields.get(name, _NOTHING)
    if not here:
        return any(value is not None for value in _values(there))
    return set(_values(here)) != set(_values(there))
