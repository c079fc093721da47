"""Tables that did not come from the program: read by a layout, seen beforehand, written as the person's own edits."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.actions import backup
from desktop.actions.desk import Desk, needs, now
from desktop.actions.foreign_drafts import Draft, Gathered
from desktop.actions.foreign_found import Index
from desktop.actions.foreign_rows import Gatherer
from desktop.actions.foreign_tables import known_tables, layouts, propose, remember
from desktop.excel.foreign.annotate import annotate
from desktop.excel.foreign.read import is_foreign as is_foreign_file
from desktop.excel.foreign.read import read_grids
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.exchange import ADDED, CHANGED, UNCHANGED, CellError
from desktop.model.fields.base import Value
from desktop.model.layouts.recognise import Known
from desktop.model.periods import Period
from desktop.model.progress import Report, counted, part, quiet
from desktop.model.registers import Record, write

SOURCE = "外来表格"


@dataclass(frozen=True)
class ForeignLine:
    """One record that a table would add or change: `fields` are (field, label, cell, old, new), the values as texts."""

    id: str
    form: str
    kind: str
    label: str
    row: int
    fields: tuple[tuple[str, str, str, str, str], ...]


@dataclass
class ForeignRead:
    """A table that was read and not yet written. `warnings` are cells that were left or should be looked at."""

    path: Path
    sha256: str
    tables: list[Known]
    period: str
    gathered: Gathered

    @property
    def errors(self) -> list[CellError]:
        return self.gathered.errors

    @property
    def warnings(self) -> list[CellError]:
        return self.gathered.warnings

    @property
    def notes(self) -> list[str]:
        return self.gathered.notes

    @property
    def counts(self) -> dict[str, int]:
        """Rows by added, changed, unchanged and refused."""
        kinds = Counter(kind for _, _, kind in self.gathered.rows)
        refused = len({(error.sheet, error.row) for error in self.errors})
        return {**{kind: kinds[kind] for kind in (ADDED, CHANGED, UNCHANGED)}, "refused": refused}


@dataclass
class ForeignApplied:
    """What reading a table did, in rows; `records` counts what was written by form. Never any conflict."""

    action: int | None
    added: int
    changed: int
    unchanged: int
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    records: dict[str, int] = field(default_factory=dict)
    annotated: Path | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "added": self.added, "changed": self.changed, "unchanged": self.unchanged, "conflicts": [],
            "errors": [each.as_json() for each in self.errors],
            "annotated": str(self.annotated) if self.annotated else None, "peer": None, "action": self.action,
            "warnings": [each.as_json() for each in self.warnings], "notes": self.notes, "records": self.records,
        }  # fmt: skip


def preview_json(read: ForeignRead) -> dict[str, Any]:
    counts = read.counts
    return {
        "layout": "、".join(known.layout.name for known in read.tables),
        "added": counts[ADDED], "changed": counts[CHANGED],
        "unchanged": counts[UNCHANGED], "refused": counts["refused"], "conflicts": [],
        "errors": [each.as_json() for each in read.errors], "annotated": None, "peer": None,
        "warnings": [each.as_json() for each in read.warnings], "notes": read.notes,
    }  # fmt: skip


def is_foreign(path: Path) -> bool:
    """Whether a file is a table from outside, not a workbook of the program. Raises Refused for a faulty file."""
    return is_foreign_file(path)


# -- in -----------------------------------------------------------------------------------------------------------


@needs("enter")
@bulk()
def read(
    desk: Desk, path: Path, *, layout: str = "", period: str = "", report: Report = quiet
) -> ForeignRead:  # fmt: skip
    """Read a table and say what it would do; writes nothing. `period` says which month its progress is of.

    Raises Refused in one sentence: unreadable, unknown, a heading twice.
    """
    if period:
        Period.parse(period)
    report(0, 1000)
    grids = read_grids(path)
    report(300, 1000)
    tables = known_tables(desk, grids, path, layout)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    gathered = _gather(desk, tables, period, part(report, 350, 1000))
    read_in = {known.grid.name for known in tables}
    gathered.notes += [
        f"工作表“{grid.name}”不是认得的表，没有读入" for grid in grids if grid.rows and grid.name not in read_in
    ]
    return ForeignRead(path, sha256, tables, period, gathered)


def _gather(desk: Desk, tables: list[Known], period: str, report: Report = quiet) -> Gathered:
    found, index = Gathered(), Index(desk)
    for place, known in enumerate(tables):
        stretch = part(report, 1000 * place // len(tables), 1000 * (place + 1) // len(tables))
        Gatherer(desk, known, period or known.month, found, index).gather(stretch)
    return found


def lines(desk: Desk, read: ForeignRead) -> list[ForeignLine]:
    """What would be written, record by record, as the preview shows it."""
    found = []
    for draft in read.gathered.drafts.values():
        form = desk.forms[draft.form]
        rows = tuple(
            (name, form.field(name).label, draft.cells.get(name, ""), _worded(desk, read, draft, name, draft.before),
             _worded(desk, read, draft, name, draft.after))
            for name in (each.name for each in form.fields) if name in draft.changes
        )  # fmt: skip
        label = " ".join(text for name in form.label if (text := _worded(desk, read, draft, name, draft.after)))
        found.append(ForeignLine(draft.id, draft.form, ADDED if draft.new else CHANGED, label, draft.row, rows))
    return found


def _worded(desk: Desk, read: ForeignRead, draft: Draft, name: str, values: Mapping[str, Value]) -> str:
    """A value as text; a record that the same table makes by its own name."""
    value = values.get(name)
    other = read.gathered.drafts.get(str(value))
    if other is not None and other.new:
        form = desk.forms[other.form]
        return " ".join(str(other.after.get(part) or "") for part in form.label).strip()
    return desk.forms[draft.form].field(name).type.printed(value, desk.names)


@needs("enter")
@bulk()
def apply(
    desk: Desk, read: ForeignRead, *, only_good: bool = False, skip_records: Iterable[str] = (), why: str = "",
    report: Report = quiet,
) -> ForeignApplied:  # fmt: skip
    """Write what was read, in one transaction, or nothing. The rows are ordinary edits by the person who reads them.

    Refused cells stop everything unless `only_good`; then their rows come back as an annotated workbook.
    """
    notes, skipped = read.notes, set(skip_records)
    left_out = [_place(desk, draft) for draft in read.gathered.drafts.values() if draft.id in skipped]
    read = replace(
        read, gathered=_gather(desk, read.tables, read.period, part(report, 0, 500))
    )  # records may have changed since
    errors = read.errors
    annotated = _annotated(read) if errors else None
    if errors and not only_good:
        raise Refused(
            f"有 {len(errors)} 处没有看懂，一条也没有写入。{errors[0].where}：{errors[0].message}",
            [{**each.as_json(), "annotated": str(annotated)} for each in errors],
        )
    # A new record without a key of its own gets another id each time it is gathered.
    skipped |= {draft.id for draft in read.gathered.drafts.values() if draft.new and _place(desk, draft) in left_out}
    wanted = [draft for draft in read.gathered.drafts.values() if draft.id not in skipped]
    wanted = [draft for draft in wanted if not skipped & {str(value) for value in draft.changes.values()}]
    action = None
    why = why or read.path.name
    if wanted:
        backup.automatic(desk, "导入前")
    with desk.store.writing("导入"):
        states = desk.store.records.states(draft.id for draft in wanted)
        pairs: list[tuple[Record | None, Record]] = []
        for draft in counted(wanted, len(wanted), part(report, 550, 700)):
            state = states.get(draft.id)
            base = state or Record(draft.id, draft.form)
            changes = {name: value for name, value in draft.changes.items() if value is not None}
            pairs.append((state, write(base, changes, desk.store.next_stamp(), desk.who, now(), why)))
        if pairs:
            action = desk.store.save("import", pairs, who=desk.who, why=why)
        desk.store.local.note_package(
            str(uuid.uuid4()), "in", SOURCE, read.path.name, read.sha256, len(pairs), now(), desk.who,
            action=action or 0,
        )  # fmt: skip
    kinds = Counter(kind for _, record, kind in read.gathered.rows if record not in skipped)
    return ForeignApplied(
        action, kinds[ADDED], kinds[CHANGED], kinds[UNCHANGED], errors, read.warnings, notes,
        dict(Counter(draft.form for draft in wanted)), annotated,
    )  # fmt: skip


def _place(desk: Desk, draft: Draft) -> tuple[object, ...]:
    """Which row of the table a draft comes from, whatever its id."""
    named = tuple(str(draft.after.get(name)) for name in desk.forms[draft.form].label)
    return draft.form, draft.row, tuple(sorted(draft.cells.items())), named


def _annotated(read: ForeignRead) -> Path:
    path = read.path.with_name(f"{read.path.stem}_退回.xlsx")
    annotate(path, read.tables, read.errors)
    return path


__all__ = [
    "ForeignApplied", "ForeignLine", "ForeignRead", "apply", "is_foreign", "layouts", "lines",
    "preview_json", "propose",
    "read", "remember",
]  # fmt: skip
