"""Adding, changing, finding and deleting records."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs, now
from desktop.actions.filing import FUNDS, filed_projects, filing_faults, raised
from desktop.model.checks import check_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.fields.links import Reference
from desktop.model.findings import Finding
from desktop.model.forms import Form
from desktop.model.near_names import NearIndex
from desktop.model.registers import (
    DELETED,
    MERGED,
    Life,
    Record,
    conflicts,
    delete,
    life,
    open_values,
    record_id,
    write,
)

Values = dict[str, Value]


@dataclass
class Saved:
    """What a save did: ids in the order given, the action's number (None: nothing changed), and warnings."""

    ids: list[str]
    action: int | None
    warnings: list[dict[str, object]] = field(default_factory=list)


def _error(index: int, field_name: str, value: object, message: str) -> dict[str, object]:
    return {"index": index, "field": field_name, "value": value, "message": message}


def _refuse(form: Form, errors: list[dict[str, object]]) -> None:
    if errors:
        first = errors[0]
        named = str(first["field"])
        label = form.field(named).label if named in form else form.title
        rest = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
        raise Refused(f"{form.title}没有保存，{label}：{first['message']}{rest}", errors)


@needs("enter")
def put(desk: Desk, form_name: str, rows: list[Mapping[str, Any]], why: str = "") -> Saved:
    """Add or change records from JSON objects (`id` to change); all or none.

    Raises Refused whose details are `{index, field, value, message}`.
    """
    form = desk.form(form_name)
    errors: list[dict[str, object]] = []
    read: list[tuple[str | None, Values]] = []
    for index, row in enumerate(rows):
        values: Values = {}
        if not isinstance(row, Mapping):
            errors.append(_error(index, "", row, "应为一个 JSON 对象"))
            continue
        for name, data in row.items():
            if name == "id":
                continue
            if name not in form:
                errors.append(_error(index, name, data, f"“{form.title}”没有字段 {name}，请核对字段名"))
                continue
            try:
                values[name] = form.field(name).type.from_json(data)
            except Refused as refused:
                errors.append(_error(index, name, data, str(refused)))
        given = row.get("id")
        if given is not None and not isinstance(given, str):
            errors.append(_error(index, "id", given, "id 应为文字"))
        read.append((given, values))
    _refuse(form, errors)
    return save_values(desk, form, read, why)


def read_typed(desk: Desk, form: Form, typed: Mapping[str, str]) -> tuple[Values, list[Finding]]:
    """Stored values of what was typed on a screen, and what could not be read."""
    values: Values = {}
    findings = []
    for name, text in typed.items():
        try:
            values[name] = form.field(name).type.read(text, desk.names)
        except Refused as refused:
            findings.append(Finding("block", str(refused), name))
    return values, findings


@needs("enter")
def save_typed(desk: Desk, form_name: str, record: str | None, typed: Mapping[str, str], why: str = "") -> Saved:
    """Save what was typed into one form. Raises Refused whose details name the fields."""
    form = desk.form(form_name)
    values, findings = read_typed(desk, form, typed)
    _refuse(form, [_error(0, each.field, typed[each.field], each.message) for each in findings])
    saved = save_values(desk, form, [(record, values)], why)
    with desk.store.writing("清除草稿"):
        desk.store.local.drop_draft(desk.who, form_name, record or "")
    return saved


def findings_of(desk: Desk, form: Form, record: str | None, values: Mapping[str, Value]) -> list[Finding]:
    """All findings of a record with these values."""

    def same(wanted: Mapping[str, Value]) -> list[str]:
        return desk.store.records.same(form.name, wanted, record or "")

    return _raised(desk, form, record or "", values, check_values(form, values, desk.names, same))


def _raised(
    desk: Desk, form: Form, record: str, values: Mapping[str, Value], findings: list[Finding]
) -> list[Finding]:
    """Findings that depend on other records: a batch's filing asks more of its projects."""
    if form.name == "batch":
        return findings + filing_faults(desk, values)
    if form.name == "project" and any(each.check == FUNDS for each in findings):
        return raised(findings, filed_projects(desk).get(record))
    return findings


def save_values(desk: Desk, form: Form, rows: list[tuple[str | None, Values]], why: str = "") -> Saved:
    """The one way in for typed records: natural keys, defaults, checks, stamps, log, in one transaction."""
    refuse_closed(desk, form, rows)
    errors: list[dict[str, object]] = []
    warnings: list[dict[str, object]] = []
    given = [record for record, _ in rows if record is not None]
    ids: list[str] = []
    for index, (record, values) in enumerate(rows):
        key = form.key_of({**_defaults(form), **values}) if record is None else None
        ids.append(record or (_with_key(desk, form, key) if key else str(uuid.uuid4())))
        if not record and form.key and key is None:
            for name in form.key:
                if values.get(name) is None:
                    errors.append(_error(index, name, None, f"{form.field(name).label}没有填，请补上"))
    seen: set[str] = set()
    for index, identity in enumerate(ids):
        if identity in seen:
            errors.append(_error(index, "id", identity, f"同一条{form.noun}在这一批里出现了两次，请合成一条"))
        seen.add(identity)
    errors += _merged_away(desk, form, ids)
    _refuse(form, errors)
    states = desk.store.records.states(ids)
    held = desk.store.records.values(form.name, ids)
    pairs: list[tuple[str, Record | None, Values]] = []
    batch = _Batch()
    for index, (record, values) in enumerate(rows):
        identity = ids[index]
        state = states.get(identity)
        if record in given and (state is None or state.form != form.name):
            errors.append(_error(index, "id", record, f"没有这条{form.noun}，请核对 id"))
            continue
        before = held.get(identity, {})
        alive = state is not None and life(state) != Life.DELETED
        after: Values = {**(before if state else _defaults(form)), **values}
        errors += _key_changes(form, index, before if alive else {}, values)
        for finding in _checked(desk, form, identity, after, batch):
            into = errors if finding.level == "block" else warnings
            into.append(_error(index, finding.field, _as_json(form, finding.field, after), finding.message))
        changed = {name: value for name, value in after.items() if value != before.get(name)}
        reopened = {
            name: after[name] for name in values if state and len(open_values(state.fields.get(name, frozenset()))) > 1
        }
        pairs.append((identity, state, {**changed, **reopened}))
        batch.add(identity, after)
        errors += _unknown_references(desk, form, index, changed, ids)
        if record is None and alive and changed:
            warnings.append(_error(index, "id", identity, f"这条{form.noun}已经有了，按更改处理"))
    _refuse(form, errors)
    if form.name == "enterprise":
        warnings += _near_names(desk, [(index, ids[index], values) for index, (_, values) in enumerate(rows)])
    action = None
    with desk.store.writing(f"保存{form.title}"):
        written = []
        for identity, state, changes in pairs:
            if changes or state is None or life(state) == Life.DELETED:
                base = state or Record(identity, form.name)
                at = now()
                written.append((state, write(base, changes, desk.store.next_stamp(), desk.who, at, why)))
        if written:
            record_named = written[0][1].id if len(written) == 1 else ""
            action = desk.store.save("put", written, who=desk.who, why=why, form=form.name, record=record_named)
    return Saved(ids, action, warnings)


def _near_names(desk: Desk, rows: list[tuple[int, str, Values]]) -> list[dict[str, object]]:
    """Warnings for enterprises whose name is near to one that is there, or that came before in the same save."""
    typed = [(index, identity, str(values["name"])) for index, identity, values in rows if values.get("name")]
    if not typed:
        return []
    ids, _ = desk.store.records.ids("enterprise")
    held = {each: str(row["name"]) for each, row in desk.store.records.values("enterprise", ids).items()}
    known = {**held, **{identity: name for _, identity, name in typed}}
    index_of, place = NearIndex(known, desk.district_name), {identity: index for index, identity, _ in typed}
    found: list[dict[str, object]] = []
    for index, identity, name in typed:
        if held.get(identity) == name:
            continue
        for other, why in index_of.near(name):
            if other != identity and why != "名称相同" and place.get(other, -1) < index:
                message = f"与“{known[other]}”名称相近（{why}），请确认不是同一家"
                found.append(_error(index, "name", name, message))
                break
    return found


def _with_key(desk: Desk, form: Form, key: tuple[Value, ...]) -> str:
    """The record of a natural key: its own id, or one that came to this key when what it belongs to was merged."""
    own = record_id(desk.district, form.name, key)
    if not desk.store.records.merged.roots() or len(key) != len(form.key):
        return own
    root = desk.store.records.merged.root(own)
    found = desk.store.records.same(form.name, dict(zip(form.key, key, strict=True)), "")
    return root if root in found or not found else found[0]


def _merged_away(desk: Desk, form: Form, ids: list[str]) -> list[dict[str, object]]:
    """What was merged into another record is read, not changed: the one that stands for it is."""
    roots = desk.store.records.merged.roots()
    return [
        _error(index, "id", record, f"这条{form.noun}已并入“{desk.names.label(form.name, record)}”，请改那一条")
        for index, record in enumerate(ids)
        if record in roots
    ]


def _as_json(form: Form, name: str, values: Mapping[str, Value]) -> object:
    return form.field(name).type.to_json(values.get(name)) if name in form else None


def stored_of(desk: Desk, form: Form, name: str, text: str) -> Value:
    """The stored value that a condition `name=text` means: money in 元, the rest as typed; of several, the first.

    Raises Refused for an unknown field or a value that cannot be read.
    """
    if name not in form:
        raise Refused(f"“{form.title}”没有字段 {name}，请核对 --where")
    kind = form.field(name).type
    read = kind.from_json(text) if kind.name == "money" else kind.read(text, desk.names)
    return kind.parts(read)[0] if getattr(kind, "several", False) and read else read  # type: ignore[attr-defined]


def _unknown_references(
    desk: Desk, form: Form, index: int, changed: Values, here: list[str]
) -> list[dict[str, object]]:
    """A reference typed now names a living record of its form; one that came by a merge may still be 未收到."""
    errors = []
    for name, value in changed.items():
        kind = form.field(name).type
        if not isinstance(kind, Reference):
            continue
        for part in kind.parts(value):
            if desk.names.label(kind.to, part) is None and not (kind.to == form.name and part in here):
                noun = desk.form(kind.to).noun
                errors.append(_error(index, name, part, f"没有 id 为 {part} 的{noun}，请先登记它，或核对 id"))
    return errors


def _defaults(form: Form) -> Values:
    return {each.name: each.default for each in form.fields if each.default is not None}


def _key_changes(form: Form, index: int, before: Values, values: Values) -> list[dict[str, object]]:
    fixed = set(form.key) | ({form.alternate[0]} if form.alternate else set())
    return [
        _error(index, name, values[name], f"{form.field(name).label}定下后不能改。请删除这一条，另建一条")
        for name in sorted(fixed)
        if before and name in values and values[name] != before.get(name)
    ]


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


def _checked(desk: Desk, form: Form, identity: str, values: Mapping[str, Value], batch: _Batch) -> list[Finding]:
    def same(wanted: Mapping[str, Value]) -> list[str]:
        return batch.same(wanted, identity) or desk.store.records.same(form.name, wanted, identity)

    return _raised(desk, form, identity, values, check_values(form, values, desk.names, same))


def record_json(desk: Desk, form: Form, record: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """A record as the command line gives it: id and every filled field."""
    found = {each.name: each.type.to_json(values.get(each.name)) for each in form.fields}
    return {"id": record, **{name: value for name, value in found.items() if value is not None}}


def get(desk: Desk, form_name: str, record: str) -> dict[str, Any]:
    """One record, with `open{field: values[]}` where it waits for a decision. Raises Refused when there is none."""
    form = desk.form(form_name)
    state = desk.store.records.states([record]).get(record)
    if state is None or state.form != form.name or life(state) == Life.DELETED:
        raise Refused(f"没有这条{form.noun}：{record}。请用 list 查到它的 id")
    answer = record_json(desk, form, record, desk.store.records.values(form.name, [record])[record])
    root = desk.store.records.merged.root(record)
    if root != record:
        answer[MERGED] = root
    waiting = {}
    for name in conflicts(state):
        said = open_values(state.fields[name])
        kind = form.field(name).type if name in form else None
        waiting[name] = [kind.to_json(each.value) if kind else each.value is not None for each in said]
    if waiting:
        answer["open"] = waiting
    return answer


def find(
    desk: Desk, form_name: str, *, search: str = "", where: Mapping[str, str] | None = None, limit: int | None = None,
    offset: int = 0, order: tuple[str, bool] | None = None,
) -> tuple[list[tuple[str, Values]], int]:  # fmt: skip
    """Records as (id, stored values) and their whole number. `where` values are read by `stored_of`."""
    form = desk.form(form_name)
    stored = {name: stored_of(desk, form, name, text) for name, text in (where or {}).items()}
    ids, total = desk.store.records.ids(form.name, search=search, where=stored, limit=limit, offset=offset, order=order)
    values = desk.store.records.values(form.name, ids)
    return [(record, values[record]) for record in ids], total


@needs("enter")
def remove(desk: Desk, form_name: str, record: str, why: str) -> int:
    """Delete a record; it stays in 已删除 and can be restored. Returns the action's number."""
    form = desk.form(form_name)
    if not why.strip():
        raise Refused("没有写删除原因，请填写后再删除")
    state = desk.store.records.states([record]).get(record)
    if state is None or state.form != form.name or life(state) == Life.DELETED:
        raise Refused(f"没有这条{form.noun}：{record}。请用 list 查到它的 id")
    refuse_closed(desk, form, [(record, {})])
    with desk.store.writing(f"删除{form.title}"):
        after = delete(state, desk.store.next_stamp(), desk.who, now(), why)
        return desk.store.save("delete", [(state, after)], who=desk.who, why=why, form=form.name, record=record)


def deleted(desk: Desk, form_name: str) -> list[tuple[str, dict[str, Any]]]:
    """(id, head) of the deleted records of a form."""
    ids, _ = desk.store.records.ids(desk.form(form_name).name, lives=("deleted",))
    heads = [(record, desk.store.records.head(record)) for record in ids]
    return [(record, head) for record, head in heads if head]


@needs("enter")
def restore_record(desk: Desk, form_name: str, record: str) -> int:
    """Bring a deleted record back. Returns the action's number."""
    form = desk.form(form_name)
    state = desk.store.records.states([record]).get(record)
    if state is None or state.form != form.name or life(state) != Life.DELETED:
        raise Refused(f"这条{form.noun}没有被删除，不用恢复")
    refuse_closed(desk, form, [(record, {})])
    with desk.store.writing(f"恢复{form.title}"):
        after = write(state, {DELETED: None}, desk.store.next_stamp(), desk.who, now())
        return desk.store.save("restore", [(state, after)], who=desk.who, form=form.name, record=record)


def history(desk: Desk, form_name: str, record: str) -> list[dict[str, Any]]:
    """Every change of a record, oldest first: field, old, new, who, when, why, stamp (values as JSON)."""
    form = desk.form(form_name)
    if desk.store.records.form_of(record) != form.name:
        raise Refused(f"没有这条{form.noun}：{record}。请用 list 查到它的 id")
    return [change_json(desk, row) for row in desk.store.journal.of_record(record)]


def changes_of(desk: Desk, action: int) -> list[dict[str, Any]]:
    """What one action changed, as `history` gives it."""
    return [change_json(desk, row) for row in desk.store.journal.of_action(action) if row["field"] is not None]


def change_json(desk: Desk, row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the log with its values as JSON."""
    form = desk.forms.get(row["form"])
    kind = form.field(row["field"]).type if form is not None and row["field"] in form else None
    old, new = ((kind.to_json(row[side]) if kind else row[side]) for side in ("old", "new"))
    if row["field"] == DELETED:
        old, new = row["old"] is not None, row["new"] is not None
    return {
        "field": row["field"], "old": old, "new": new, "who": row["who"], "when": row["at"], "why": row["why"],
        "stamp": f"{row['replica']}:{row['counter']}", "action": row["action"], "record": row["record"],
        "form": row["form"],
    }  # fmt: skip
