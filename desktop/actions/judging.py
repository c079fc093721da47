"""What a save would say of typed rows, without writing: keys, references, checks, doubles, one row after the other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.actions.desk import Desk
from desktop.actions.filing import FUNDS, filed_projects, filing_faults, raised
from desktop.model.checks import check_values
from desktop.model.fields.base import Value
from desktop.model.fields.links import Reference
from desktop.model.findings import Finding
from desktop.model.forms import Form
from desktop.model.near_names import NearIndex
from desktop.model.registers import Life, Record, life, open_values, record_id

Values = dict[str, Value]
Row = tuple[str | None, Values]


@dataclass(frozen=True)
class Fault:
    """What is wrong with (`blocks`) or odd about one row; `field` is "id" when it is about the row as a whole."""

    row: int
    field: str
    value: object
    message: str
    blocks: bool = True


@dataclass(frozen=True)
class JudgedRow:
    """One row: its record (`state` None: a new one), what was held before (empty: new, or deleted), what it would be
    after, and the fields that a save writes."""

    identity: str
    state: Record | None
    before: Values
    after: Values
    changes: Values


@dataclass
class Judged:
    rows: list[JudgedRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def by_row(self) -> list[list[Fault]]:
        """The faults of each row."""
        found: list[list[Fault]] = [[] for _ in self.rows]
        for fault in self.faults:
            found[fault.row].append(fault)
        return found


def judge(desk: Desk, form: Form, rows: Sequence[Row]) -> Judged:
    """Judge rows of (record or None for a new one, stored values), each in the light of those before it."""
    found = Judged()
    ids = [record or _identity(desk, form, values) for record, values in rows]
    held = desk.store.records.values(form.name, ids)
    states = desk.store.records.states(ids)
    batch, seen = _Batch(), set[str]()
    for place, (record, values) in enumerate(rows):
        state = states.get(ids[place])
        faults = [Fault(place, "id", ids[place], why) for why in _refusals(desk, form, ids[place], record, state)]
        if ids[place] in seen:
            faults.append(Fault(place, "id", ids[place], f"同一条{form.noun}在这一批里出现了两次，请合成一条"))
        seen.add(ids[place])
        before = held.get(ids[place], {}) if state is not None else {}
        alive = state is not None and life(state) != Life.DELETED
        after: Values = {**(before or defaults(form)), **values}
        changed = {name: value for name, value in after.items() if value != before.get(name)}
        if not faults:
            faults += _key_changes(form, place, before if alive else {}, values)
            faults += _references(desk, form, place, changed, ids)
            faults += [_told(form, place, after, each) for each in _checked(desk, form, ids[place], after, batch)]
        batch.add(ids[place], after)
        reopened = {name: after[name] for name in values if state is not None and _open(state, name)}
        found.rows.append(JudgedRow(ids[place], state, before if alive else {}, after, {**changed, **reopened}))
        found.faults += faults
    if form.name == "enterprise":
        found.faults += _near_names(desk, [(n, ids[n], values) for n, (_, values) in enumerate(rows)])
    return found


def findings_of(desk: Desk, form: Form, record: str | None, values: Mapping[str, Value]) -> list[Finding]:
    """All findings of one record with these values."""
    return _checked(desk, form, record or "", values, _Batch())


def defaults(form: Form) -> Values:
    return {each.name: each.default for each in form.fields if each.default is not None}


def _identity(desk: Desk, form: Form, values: Values) -> str:
    """The record of a new row: by its natural key the one it has everywhere, else a new one.

    What stands at a key since its parents were merged is found there, though its id was made from the former key.
    """
    key = form.key_of({**defaults(form), **values})
    if key is None:
        return str(uuid.uuid4())
    own = record_id(desk.district, form.name, key)
    if not desk.store.records.merged.roots() or len(key) != len(form.key):
        return own
    root = desk.store.records.merged.root(own)
    found = desk.store.records.same(form.name, dict(zip(form.key, key, strict=True)), "")
    return root if root in found or not found else found[0]


def _refusals(desk: Desk, form: Form, identity: str, record: str | None, state: Record | None) -> list[str]:
    """Why a row cannot be meant at all."""
    if record is not None and (state is None or state.form != form.name):
        return [f"没有这条{form.noun}，请核对 id"]
    if identity in desk.store.records.merged.roots():
        return [f"这条{form.noun}已并入“{desk.names.label(form.name, identity)}”，请改那一条"]
    return []


def _told(form: Form, place: int, values: Values, finding: Finding) -> Fault:
    value = form.field(finding.field).type.to_json(values.get(finding.field)) if finding.field in form else None
    return Fault(place, finding.field, value, finding.message, finding.blocks)


def _open(state: Record, name: str) -> bool:
    return len(open_values(state.fields.get(name, frozenset()))) > 1


def _key_changes(form: Form, place: int, before: Values, values: Values) -> list[Fault]:
    fixed = {*form.key, *([form.alternate[0]] if form.alternate else [])}
    return [
        Fault(place, name, values[name], f"{form.field(name).label}定下后不能改。请删除这一条，另建一条")
        for name in sorted(fixed & set(values))
        if before and values[name] != before.get(name)
    ]


def _references(desk: Desk, form: Form, place: int, changed: Values, here: list[str]) -> list[Fault]:
    """A reference typed now names a living record of its form; one that came by a merge may still be 未收到."""
    found = []
    for name, value in changed.items():
        kind = form.field(name).type
        if not isinstance(kind, Reference):
            continue
        for part in kind.parts(value):
            if desk.names.label(kind.to, part) is None and not (kind.to == form.name and part in here):
                noun = desk.form(kind.to).noun
                found.append(Fault(place, name, part, f"没有 id 为 {part} 的{noun}，请先登记它，或核对 id"))
    return found


def _checked(desk: Desk, form: Form, identity: str, values: Mapping[str, Value], batch: _Batch) -> list[Finding]:
    """The form's own findings, and those that depend on other records: a batch's filing asks more of its projects."""

    def same(wanted: Mapping[str, Value]) -> list[str]:
        return batch.same(wanted, identity) or desk.store.records.same(form.name, wanted, identity)

    findings = check_values(form, values, desk.names, same)
    if form.name == "batch":
        return findings + filing_faults(desk, values)
    if form.name == "project" and any(each.check == FUNDS for each in findings):
        return raised(findings, filed_projects(desk).get(identity))
    return findings


class _Batch:
    """The rows of one save that were read before this one: they can be doubles of each other."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, Mapping[str, Value]]] = []
        self._found: dict[tuple[str, ...], dict[tuple[Value, ...], list[str]]] = {}

    def add(self, identity: str, values: Mapping[str, Value]) -> None:
        self._rows.append((identity, values))
        for names, found in self._found.items():
            found.setdefault(tuple(values.get(name) for name in names), []).append(identity)

    def same(self, wanted: Mapping[str, Value], but: str) -> list[str]:
        names = tuple(wanted)
        if names not in self._found:
            found: dict[tuple[Value, ...], list[str]] = {}
            for identity, values in self._rows:
                found.setdefault(tuple(values.get(name) for name in names), []).append(identity)
            self._found[names] = found
        return [each for each in self._found[names].get(tuple(wanted.values()), []) if each != but]


def _near_names(desk: Desk, rows: list[tuple[int, str, Values]]) -> list[Fault]:
    """Warnings for enterprises whose name is near to one that is there, or that came before in the same save."""
    typed = [(place, identity, str(values["name"])) for place, identity, values in rows if values.get("name")]
    if not typed:
        return []
    ids, _ = desk.store.records.ids("enterprise")
    held = {each: str(row["name"]) for each, row in desk.store.records.values("enterprise", ids).items()}
    known = {**held, **{identity: name for _, identity, name in typed}}
    near, places = NearIndex(known, desk.district_name), {identity: place for place, identity, _ in typed}
    found = []
    for place, identity, name in typed:
        if held.get(identity) == name:
            continue
        for other, why in near.near(name):
            if other != identity and why != "名称相同" and places.get(other, -1) < place:
                message = f"与“{known[other]}”名称相近（{why}），请确认不是同一家"
                found.append(Fault(place, "name", name, message, blocks=False))
                break
    return found
