"""Tables that did not come from the program: read by a layout, seen beforehand, written as the person's own edits."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.actions import backup
from desktop.actions.desk import Desk, needs, now
from desktop.actions.foreign_drafts import Draft, Gathered
from desktop.actions.foreign_rows import Gatherer
from desktop.excel.foreign.annotate import annotate
from desktop.excel.foreign.read import is_foreign as is_foreign_file
from desktop.excel.foreign.read import read_grids
from desktop.model.errors import Refused
from desktop.model.exchange import ADDED, CHANGED, UNCHANGED, CellError
from desktop.model.fields.base import Value
from desktop.model.forms import FormError
from desktop.model.layouts.definition import Layout, load_layouts, read_layout
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import DEEPEST, SEARCHED, fingerprint, paths
from desktop.model.layouts.proposing import Proposal, layout_data
from desktop.model.layouts.proposing import propose as proposed
from desktop.model.layouts.recognise import Known, recognise
from desktop.model.periods import Period
from desktop.model.registers import Record, write

SETTING = "layouts"  # the mappings remembered here, by the fingerprint of a table's headings
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
    known: Known
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
        refused = len({error.row for error in self.errors})
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
        "layout": read.known.layout.name, "added": counts[ADDED], "changed": counts[CHANGED],
        "unchanged": counts[UNCHANGED], "refused": counts["refused"], "conflicts": [],
        "errors": [each.as_json() for each in read.errors], "annotated": None, "peer": None,
        "warnings": [each.as_json() for each in read.warnings], "notes": read.notes,
    }  # fmt: skip


def is_foreign(path: Path) -> bool:
    """Whether a file is a table from outside, not a workbook of the program. Raises Refused for a faulty file."""
    return is_foreign_file(path)


# -- which layout -------------------------------------------------------------------------------------------------


def layouts(desk: Desk) -> tuple[Layout, ...]:
    """The layouts that come with the program."""
    return load_layouts(desk.forms)


def known_table(desk: Desk, grids: Iterable[Grid], path: Path, layout: str = "") -> Known:
    """The table in a file: by a remembered mapping, by a layout, or (`layout` = a form's name) by likeness of headings.

    Raises Refused with what to do when it is not known.
    """
    grids = list(grids)
    if not layout:
        remembered = _remembered(desk, grids)
        if remembered is not None:
            return remembered
    names = {each.name for each in layouts(desk)}
    if layout in desk.forms and layout not in names:
        found = propose_in(desk, grids, layout)
        if found is None:
            raise Refused(f"“{path.name}”里找不到像“{desk.forms[layout].title}”的表头，没有读入")
        chosen = {each.column: each.field for each in found.columns if each.field}
        data = layout_data(found, desk.forms[layout], chosen, {})
        return _by(desk, grids, read_layout(path.name, data, desk.forms), path)
    if layout and layout not in names:
        raise Refused(f"没有“{layout}”这种版式。可用的有 {'、'.join(sorted(names))}，或一种表的名称，如 project")
    known = recognise(grids, layouts(desk), desk.forms, layout)
    if known is None and layout:
        title = next(each.title for each in layouts(desk) if each.name == layout)
        raise Refused(f"“{path.name}”的表头和“{title}”对不上，没有读入；请核对表头，或换一种版式")
    if known is None:
        titles = "、".join(each.title for each in layouts(desk))
        raise Refused(
            f"认不出“{path.name}”是哪种表（认得的有 {titles}），没有读入；请在“导入”里对照各列，或用 --layout 指明"
        )
    return known


def _by(desk: Desk, grids: list[Grid], layout: Layout, path: Path) -> Known:
    known = recognise(grids, [layout], desk.forms)
    if known is None:
        raise Refused(f"“{path.name}”的表头和记住的对照不符，没有读入；请重新对照各列")
    return known


def _remembered(desk: Desk, grids: list[Grid]) -> Known | None:
    held: dict[str, Any] = json.loads(desk.store.local.setting("", SETTING, "{}"))
    if not held:
        return None
    for grid in grids:
        for start in range(min(SEARCHED, len(grid.rows))):
            for depth in range(1, DEEPEST + 1):
                data = held.get(fingerprint(paths(grid, start, depth)))
                if data is None:
                    continue
                try:
                    return recognise([grid], [read_layout(data["name"], data, desk.forms)], desk.forms)
                except FormError:
                    continue  # made for another version's forms
    return None


# -- an unknown table ---------------------------------------------------------------------------------------------


def propose(desk: Desk, path: Path, form: str = "") -> Proposal:
    """What the columns of an unknown table seem to be, with its first rows. Raises Refused when nothing does."""
    if form:
        desk.form(form)
    found = propose_in(desk, read_grids(path), form)
    if found is None:
        raise Refused(f"“{path.name}”里没有找到表头，请在表格上方写明各列的名称后再试")
    return found


def propose_in(desk: Desk, grids: Iterable[Grid], form: str) -> Proposal | None:
    return proposed(grids, desk.forms, form)


@needs("enter")
def remember(desk: Desk, proposal: Proposal, chosen: Mapping[int, str], units: Mapping[int, str] | None = None) -> str:
    """Keep a mapping for tables with these headings; the layout's name. `chosen` gives a field (or "") by column.

    Raises Refused when what names a record is not among them, or a field is given to two columns.
    """
    form = desk.form(proposal.form)
    given = [target for target in chosen.values() if target]
    twice = next((target for target in given if given.count(target) > 1), "")
    if twice:
        raise Refused(f"“{_label(desk, form.name, twice)}”对应了两列，请只留一列")
    needed = form.key or form.label
    lacking = [form.field(name).label for name in needed if name not in given and name != "id"]
    if lacking:
        raise Refused(f"还没有指明哪一列是“{'、'.join(lacking)}”，不知道每一行是哪一条，请选定后再保存")
    data = layout_data(proposal, form, chosen, units or {})
    try:
        read_layout(data["name"], data, desk.forms)
    except FormError as error:
        raise Refused(f"对照没有保存：{error}。请核对各列") from error
    held = json.loads(desk.store.local.setting("", SETTING, "{}"))
    held[proposal.fingerprint] = data
    with desk.store.writing("保存对照"):
        desk.store.local.set_setting("", SETTING, json.dumps(held, ensure_ascii=False))
    return str(data["name"])


def _label(desk: Desk, form: str, target: str) -> str:
    owner, _, name = target.rpartition(".")
    if owner:
        form = str(getattr(desk.forms[form].field(owner).type, "to", form))
    return desk.forms[form].field(name).label if name in desk.forms[form] else target


# -- in -----------------------------------------------------------------------------------------------------------


@needs("enter")
def read(desk: Desk, path: Path, *, layout: str = "", period: str = "") -> ForeignRead:
    """Read a table and say what it would do; writes nothing. `period` says which month its progress is of.

    Raises Refused in one sentence: unreadable, unknown, a heading twice.
    """
    if period:
        Period.parse(period)
    known = known_table(desk, read_grids(path), path, layout)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return ForeignRead(path, sha256, known, period or known.month, _gather(desk, known, period or known.month))


def _gather(desk: Desk, known: Known, period: str) -> Gathered:
    return Gatherer(desk, known, period).gather()


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
def apply(
    desk: Desk, read: ForeignRead, *, only_good: bool = False, skip_records: Iterable[str] = (), why: str = ""
) -> ForeignApplied:
    """Write what was read, in one transaction, or nothing. The rows are ordinary edits by the person who reads them.

    Refused cells stop everything unless `only_good`; then their rows come back as an annotated workbook.
    """
    read = replace(read, gathered=_gather(desk, read.known, read.period))  # records may have changed since
    errors = read.errors
    annotated = _annotated(read) if errors else None
    if errors and not only_good:
        raise Refused(
            f"有 {len(errors)} 处没有看懂，一条也没有写入。{errors[0].where}：{errors[0].message}",
            [{**each.as_json(), "annotated": str(annotated)} for each in errors],
        )
    skipped = set(skip_records)
    wanted = [draft for draft in read.gathered.drafts.values() if draft.id not in skipped]
    wanted = [draft for draft in wanted if not skipped & {str(value) for value in draft.changes.values()}]
    action = None
    why = why or read.path.name
    if wanted:
        backup.automatic(desk, "导入前")
    with desk.store.writing("导入"):
        states = desk.store.records.states(draft.id for draft in wanted)
        pairs: list[tuple[Record | None, Record]] = []
        for draft in wanted:
            state = states.get(draft.id)
            base = state or Record(draft.id, draft.form)
            changes = {name: value for name, value in draft.changes.items() if value is not None}
            pairs.append((state, write(base, changes, desk.store.next_stamp(), desk.who, now(), why)))
        if pairs:
            action = desk.store.save("import", pairs, who=desk.who, why=why)
        desk.store.local.note_package(
            str(uuid.uuid4()), "in", SOURCE, read.path.name, read.sha256, len(pairs), now(), desk.who
        )
    kinds = Counter(kind for _, record, kind in read.gathered.rows if record not in skipped)
    return ForeignApplied(
        action, kinds[ADDED], kinds[CHANGED], kinds[UNCHANGED], errors, read.warnings, read.notes,
        dict(Counter(draft.form for draft in wanted)), annotated,
    )  # fmt: skip


def _annotated(read: ForeignRead) -> Path:
    path = read.path.with_name(f"{read.path.stem}_退回.xlsx")
    annotate(path, read.known, read.errors)
    return path
