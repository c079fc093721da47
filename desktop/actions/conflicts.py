"""Open conflicts: part of their records until a person decides by an ordinary edit that covers them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.actions.desk import Desk, needs, now
from desktop.actions.records import findings_of
from desktop.model.errors import NotAllowed, Refused
from desktop.model.fields.base import Value
from desktop.model.registers import DELETED, Record, conflicts, delete, open_values, write


@dataclass(frozen=True)
class Side:
    """One open value and who said it."""

    value: Value
    who: str
    when: str


@dataclass(frozen=True)
class Conflict:
    """One field (or the life of a record, field `_deleted`) that waits. `id` is record:field.

    For `_deleted` a value of None means gone, 1 means kept.
    """

    id: str
    form: str
    record: str
    field: str
    label: str
    base: Value
    mine: Side
    theirs: tuple[Side, ...]


def conflicts_of(desk: Desk) -> list[Conflict]:
    """All open conflicts of this file."""
    return [each for record, _ in desk.store.records.with_conflicts() for each in conflicts_in(desk, record)]


def conflicts_in(desk: Desk, record: str) -> list[Conflict]:
    """The open conflicts of one record."""
    state = desk.store.records.states([record]).get(record)
    if state is None or state.form not in desk.forms:
        return []
    values = desk.store.records.values(state.form, [record])[record]
    label = (desk.store.records.head(record) or {}).get("label", "")
    return [_conflict(desk, state, name, values.get(name), label) for name in conflicts(state)]


def _conflict(desk: Desk, state: Record, name: str, shown: Value, label: str) -> Conflict:
    identity = f"{state.id}:{name}"
    if name == DELETED:
        gone = next(said for said in state.fields[DELETED] if said.value is not None)
        there = (Side(None, gone.who, gone.at),)
        return Conflict(identity, state.form, state.id, name, label, 1, Side(1, "", ""), there)
    said = open_values(state.fields[name])
    mine = next((each for each in said if each.value == shown), said[0])
    others = tuple(Side(each.value, each.who, each.at) for each in said if each is not mine)
    return Conflict(
        identity,
        state.form,
        state.id,
        name,
        label,
        _base(desk, state, name),
        Side(mine.value, mine.who, mine.at),
        others,
    )


def _base(desk: Desk, state: Record, name: str) -> Value:
    """What stood in the field before the edits that now disagree."""
    stamps = {(said.stamp.replica, said.stamp.counter) for said in state.fields[name]}
    for row in desk.store.journal.of_record(state.id):
        if row["field"] == name and (row["replica"], row["counter"]) in stamps:
            old: Value = row["old"]
            return old
    return None


def conflict_json(desk: Desk, conflict: Conflict) -> dict[str, Any]:
    """A conflict as the command line gives it; values as JSON of their field."""
    form = desk.forms[conflict.form]
    kind = form.field(conflict.field).type if conflict.field in form else None

    def value(stored: Value) -> object:
        return kind.to_json(stored) if kind else stored

    return {
        "id": conflict.id, "form": conflict.form, "record": conflict.record, "field": conflict.field,
        "label": conflict.label,
        "base": value(conflict.base), "mine": value(conflict.mine.value),
        "theirs": [value(side.value) for side in conflict.theirs],
        "who": [side.who for side in (conflict.mine, *conflict.theirs)],
        "when": [side.when for side in (conflict.mine, *conflict.theirs)],
    }  # fmt: skip


@needs("enter")
def decide(
    desk: Desk, identity: str, choice: str = "", text: str | None = None, why: str = "", in_yuan: bool = False
) -> int:
    """Settle a conflict: mine, theirs, keep, delete, or another value as typed. Returns the action's number.

    `in_yuan`: a typed amount is in 元, as the command line writes money, not in the unit of the screen.
    """
    record, _, name = identity.partition(":")
    conflict = next((each for each in conflicts_in(desk, record) if each.field == name), None)
    if conflict is None:
        raise Refused(f"没有待定的冲突 {identity}。请用 conflicts 查看")
    if conflict.form == "period_closing" and not desk.may("review"):
        raise NotAllowed("关账只有审核角色能定。请换有此角色的账号")
    state = desk.store.records.states([record])[record]
    with desk.store.writing("定冲突"):
        stamp = desk.store.next_stamp()
        if name == DELETED:
            after = _life_decided(desk, state, choice, stamp, why)
        else:
            value = _chosen(desk, conflict, choice, text, in_yuan)
            if text is not None:
                _refuse_wrong(desk, conflict, value)
            after = write(state, {name: value}, stamp, desk.who, now(), why)
        return desk.store.save("decide", [(state, after)], who=desk.who, why=why, form=state.form, record=record)


def _refuse_wrong(desk: Desk, conflict: Conflict, value: Value) -> None:
    """A value typed to settle a conflict is typed like any other: what blocks there blocks here."""
    form = desk.forms[conflict.form]
    if conflict.field in form.key:
        raise Refused(f"{form.field(conflict.field).label}定下后不能另填，请在现有的值中取一个")
    values = {**desk.store.records.values(form.name, [conflict.record])[conflict.record], conflict.field: value}
    for finding in findings_of(desk, form, conflict.record, values):
        if finding.level == "block" and finding.field == conflict.field:
            raise Refused(finding.message)


def _life_decided(desk: Desk, state: Record, choice: str, stamp: Any, why: str) -> Record:
    if choice in ("keep", "mine"):
        return write(state, {DELETED: None}, stamp, desk.who, now(), why)
    if choice in ("delete", "theirs"):
        return delete(state, stamp, desk.who, now(), why)
    raise Refused("这一处要定的是保留还是删除，应为 keep 或 delete")


def _chosen(desk: Desk, conflict: Conflict, choice: str, text: str | None, in_yuan: bool) -> Value:
    if text is not None:
        kind = desk.forms[conflict.form].field(conflict.field).type
        return kind.from_json(text) if in_yuan and kind.name == "money" else kind.read(text, desk.names)
    if choice == "mine":
        return conflict.mine.value
    if choice == "theirs" and len(conflict.theirs) == 1:
        return conflict.theirs[0].value
    if choice == "theirs":
        raise Refused(f"这一处有 {len(conflict.theirs)} 个交回值，请用 --value 写明取哪一个")
    raise Refused("这一处应定为 mine（本单位现值）、theirs（交回值），或用 --value 另填")
