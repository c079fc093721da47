"""Adding, changing, finding and deleting records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs, now
from desktop.actions.judging import Values as Values
from desktop.actions.judging import judge
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.findings import Finding
from desktop.model.forms import Form
from desktop.model.registers import (
    DELETED,
    MERGED,
    Life,
    Record,
    conflicts,
    delete,
    life,
    open_values,
    write,
)


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


def save_values(desk: Desk, form: Form, rows: list[tuple[str | None, Values]], why: str = "") -> Saved:
    """The one way in for typed records: judged, then stamps and log in one transaction. Raises Refused, all or none."""
    refuse_closed(desk, form, rows)
    judged = judge(desk, form, rows)
    told = [_error(each.row, each.field, each.value, each.message) for each in judged.faults]
    _refuse(form, [each for each, fault in zip(told, judged.faults, strict=True) if fault.blocks])
    for index, ((record, _), row) in enumerate(zip(rows, judged.rows, strict=True)):
        if record is None and row.before and row.changes:
            told.append(_error(index, "id", row.identity, f"这条{form.noun}已经有了，按更改处理"))
    action = None
    with desk.store.writing(f"保存{form.title}"):
        written = []
        for row in judged.rows:
            if row.changes or row.state is None or life(row.state) == Life.DELETED:
                base = row.state or Record(row.identity, form.name)
                written.append((row.state, write(base, row.changes, desk.store.next_stamp(), desk.who, now(), why)))
        if written:
            record_named = written[0][1].id if len(written) == 1 else ""
            action = desk.store.save("put", written, who=desk.who, why=why, form=form.name, record=record_named)
    return Saved([row.identity for row in judged.rows], action, told)


def stored_of(desk: Desk, form: Form, name: str, text: str) -> Value:
    """The stored value that a condition `name=text` means: money in 元, the rest as typed; of several, the first.

    Raises Refused for an unknown field or a value that cannot be read.
    """
    if name not in form:
        raise Refused(f"“{form.title}”没有字段 {name}，请核对 --where")
    kind = form.field(name).type
    read = kind.from_json(text) if kind.name == "money" else kind.read(text, desk.names)
    return kind.parts(read)[0] if getattr(kind, "several", False) and read else read  # type: ignore[attr-defined]


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
