"""Open conflicts: part of their records until a person decides by an ordinary edit that covers them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.actions.desk import Desk, needs, now
from desktop.actions.judging import findings_of
from desktop.model.errors import NotAllowed, Refused
from desktop.model.fields.base import Value
from desktop.model.lives import GONE, KEPT, gone_side, kept_side, told
from desktop.model.registers import DELETED, MERGED, Record, Stamp, conflicts, delete, open_values, write


@dataclass(frozen=True)
class Side:
    """One open value and who said it."""

    value: Value
    who: str
    when: str


@dataclass(frozen=True)
class Conflict:
    """One field (or the life of a record, field `_deleted`) that waits. `id` is record:field.

    For `_deleted` a value of None means gone, 1 means kept; mine is what stood here before the other came in.
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
    return conflicts_among(desk, [record for record, _ in desk.store.records.with_conflicts()])


def conflicts_in(desk: Desk, record: str) -> list[Conflict]:
    """The open conflicts of one record."""
    return conflicts_among(desk, [record])


def conflicts_among(desk: Desk, records: Sequence[str]) -> list[Conflict]:
    """The open conflicts of these records, in their order; a few questions to the file, however many they are."""
    states = desk.store.records.states(records)
    waiting = {
        each: state for each in records
        if (state := states.get(each)) is not None and state.form in desk.forms and conflicts(state)
    }  # fmt: skip
    by_form: dict[str, list[str]] = defaultdict(list)
    for record, state in waiting.items():
        by_form[state.form].append(record)
    values: dict[str, dict[str, Value]] = {}
    for form, ids in by_form.items():
        values.update(desk.store.records.stored(form, ids))
    links = desk.store.records.merged.links(list(waiting))
    labels = desk.store.records.labels(waiting)
    log: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in desk.store.journal.of_records(list(waiting)):
        log[row["record"]].append(row)
    return [
        _conflict(state, name, {**values.get(record, {}), MERGED: links.get(record)}.get(name),
                  labels.get(record, ""), log[record])
        for record, state in waiting.items() for name in conflicts(state)
    ]  # fmt: skip


def _conflict(state: Record, name: str, shown: Value, label: str, log: Sequence[Mapping[str, Any]]) -> Conflict:
    identity = f"{state.id}:{name}"
    if name == DELETED:
        mine, theirs = _sides_of_life(state, log)
        return Conflict(identity, state.form, state.id, name, label, KEPT, mine, (theirs,))
    said = open_values(state.fields[name])
    mine_said = next((each for each in said if each.value == shown), said[0])
    others = tuple(Side(each.value, each.who, each.at) for each in said if each is not mine_said)
    mine = Side(mine_said.value, mine_said.who, mine_said.at)
    return Conflict(identity, state.form, state.id, name, label, _base(state, name, log), mine, others)


def _sides_of_life(state: Record, log: Sequence[Mapping[str, Any]]) -> tuple[Side, Side]:
    """(mine, theirs): what came into this file later is theirs; when both came at once, mine is that it is kept."""
    arrived = {(row["field"], row["replica"], row["counter"]): int(row["action"]) for row in log}

    gone, kept = gone_side(state), kept_side(state)
    fields = [name for name in state.fields if name != DELETED]
    came_gone = min((arrived.get((DELETED, *said.stamp), 0) for said in gone), default=0)
    came_kept = min(
        (arrived[name, *said.stamp] for said in kept for name in (*fields, DELETED) if (name, *said.stamp) in arrived),
        default=0,
    )
    sides = Side(KEPT, *told(kept)), Side(GONE, *told(gone))
    return (sides[1], sides[0]) if came_gone < came_kept else sides


def _base(state: Record, name: str, log: Sequence[Mapping[str, Any]]) -> Value:
    """What stood in the field before the edits that now disagree."""
    stamps = {tuple(said.stamp) for said in state.fields[name]}
    for row in log:
        if row["field"] == name and (row["replica"], row["counter"]) in stamps:
            old: Value = row["old"]
            return old
    return None


def life_word(value: Value) -> str:
    """A side of a keep-or-delete conflict as the command line names it."""
    return "delete" if value is None else "keep"


def conflict_json(desk: Desk, conflict: Conflict) -> dict[str, Any]:
    """A conflict as the command line gives it; values as JSON of their field."""
    form = desk.forms[conflict.form]
    kind = form.field(conflict.field).type if conflict.field in form else None

    def value(stored: Value) -> object:
        if conflict.field == DELETED:
            return life_word(stored)
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
            after = _life_decided(desk, conflict, state, choice, stamp, why)
        else:
            value = _chosen(desk, conflict, choice, text, in_yuan)
            if text is not None and name != MERGED:
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


def _life_decided(desk: Desk, conflict: Conflict, state: Record, choice: str, stamp: Stamp, why: str) -> Record:
    words = {"mine": life_word(conflict.mine.value), "theirs": life_word(conflict.theirs[0].value)}
    wanted = words.get(choice, choice)
    if wanted not in ("keep", "delete"):
        raise Refused("这一处要定的是保留还是删除，应为 keep 或 delete")
    return life_settled(state, wanted == "keep", stamp, desk.who, now(), why)


def life_settled(state: Record, keep: bool, stamp: Stamp, who: str, at: str, why: str) -> Record:
    """The record kept, or deleted, by someone who had seen both sides."""
    return write(state, {DELETED: None}, stamp, who, at, why) if keep else delete(state, stamp, who, at, why)


def _chosen(desk: Desk, conflict: Conflict, choice: str, text: str | None, in_yuan: bool) -> Value:
    if text is not None and conflict.field == MERGED:
        return _chosen_target(conflict, text)
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


def _chosen_target(conflict: Conflict, text: str) -> Value:
    """Where a record merged in different directions goes: one of the open ids, or "" for nowhere."""
    sides = {str(side.value) for side in (conflict.mine, *conflict.theirs) if side.value is not None}
    if text and text not in sides:
        raise Refused("并入哪一条只能在现有的几条中取一个，或留空表示不合并")
    return text or None
