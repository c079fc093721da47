"""Taking an action back. It works on the log, so it works after a restart too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs, now
from desktop.actions.shown import field_label
from desktop.model.errors import NotAllowed, Refused
from desktop.model.fields.base import Value
from desktop.model.registers import DELETED, Life, Record, Stamp, delete, life, open_values, shown, write

UNDOABLE = ("put", "delete", "restore", "decide", "import", "merge", "separate")
LEAVING = ("export", "backup", "prepare", "signed", "deliver")


@dataclass(frozen=True)
class Undone:
    """`action` is the new entry of the log; `kept` names (record, field) edited since, which stay as they are."""

    action: int | None
    kept: list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """What was edited since an action and would stay; `field` is "" where the whole record stays."""

    record: str
    form: str
    label: str
    field: str
    who: str
    when: str


@dataclass(frozen=True)
class Outlook:
    """What taking an action back would do: so many records go back, these stay as they are."""

    action: int
    kind: str
    why: str
    at: str
    back: int
    kept: list[Kept]


def outlook(desk: Desk, action: int) -> Outlook:
    """What taking back an action would do; writes nothing. Raises Refused when it cannot be taken back."""
    rows = desk.store.journal.of_action(action)
    if not rows or rows[0]["kind"] not in UNDOABLE or rows[0]["action"] != rows[0]["seq"]:
        raise Refused("没有可撤销的操作")
    if action in _taken(desk):
        raise Refused("这一步已经撤销过了")
    changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows[1:]:
        changes[row["record"]].append(row)
    states, held = desk.store.records.states(changes), desk.store.before_import(action)
    stay: list[tuple[str, str]] = []
    if held and not left_since(desk, action):
        stay = [(record, "") for record, (_, after) in held.items()
                if (state := states.get(record)) is None or dict(state.vector) != after]  # fmt: skip
    else:
        for record, made in changes.items():
            if record in states:
                stay += [(record, row["field"]) for row in made if not _still(states[record], row)]
    went = {record for record, name in stay if not name}
    whole = {record for record, made in changes.items()
             if sum(record == each for each, name in stay if name) >= len(made)}  # fmt: skip
    return Outlook(
        action, rows[0]["kind"], rows[0]["why"], rows[0]["at"], len(set(changes) - went - whole),
        _named(desk, stay, action),
    )  # fmt: skip


def _named(desk: Desk, stay: list[tuple[str, str]], action: int) -> list[Kept]:
    """Who edited what since, for the list that a clerk sees."""
    records = list(dict.fromkeys(record for record, _ in stay))
    labels = desk.store.records.labels(records)
    later: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in desk.store.journal.of_records(records):
        if row["action"] > action:
            later[row["record"]].append(row)
    found = []
    for record, name in stay:
        last = next((row for row in reversed(later[record]) if name in ("", row["field"])), None)
        form = desk.store.records.form_of(record) or ""
        label = "整条记录" if name == DELETED else field_label(desk.forms.get(form), name)
        found.append(
            Kept(record, form, labels.get(record, ""), label,
                 str(last["who"]) if last else "", str(last["at"]) if last else "")
        )  # fmt: skip
    return found


@needs("enter")
def undo(desk: Desk, action: int | None = None) -> Undone:
    """Write the values from before an action under new stamps; what was edited since stays and is named.

    Without `action`: the newest own action that was not taken back yet. Raises Refused when there is nothing to undo.
    """
    number = action if action is not None else _newest(desk)
    rows = desk.store.journal.of_action(number) if number is not None else []
    if number is None or not rows or rows[0]["kind"] not in UNDOABLE or rows[0]["action"] != rows[0]["seq"]:
        raise Refused("没有可撤销的操作")
    if rows[0]["who"] != desk.who and not desk.may("admin"):
        raise Refused(f"这是“{rows[0]['who']}”的操作，只有本人或管理员能撤销")
    changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows[1:]:
        changes[row["record"]].append(row)
    states = desk.store.records.states(changes)
    _may_touch(desk, rows[0]["kind"], states)
    kept: list[tuple[str, str]] = []
    with desk.store.writing("撤销"):
        before = desk.store.before_import(number)
        if before and not left_since(desk, number):
            new = registers_back(desk, number, before, kept)
        else:
            new = values_back(desk, number, changes, states, kept)
    return Undone(new, kept)


def _may_touch(desk: Desk, kind: str, states: dict[str, Record]) -> None:
    """A closing is the reviewer's; typing in a closed period stays closed, what a merge brought may be taken back."""
    for held in states.values():
        if held.form == "period_closing" and not desk.may("review"):
            raise NotAllowed("关账只有审核角色能改，没有撤销。请换有此角色的账号")
        if kind != "import" and held.form in desk.forms:
            refuse_closed(desk, desk.forms[held.form], [(held.id, {})])


def left_since(desk: Desk, action: int) -> bool:
    """Whether data went out of this file after an action: then others may hold what it brought."""
    return any(each["action"] > action and each["kind"] in LEAVING for each in desk.store.journal.actions(limit=10_000))


def registers_back(
    desk: Desk, action: int, held: dict[str, tuple[Record | None, dict[str, int]]], kept: list[tuple[str, str]]
) -> int:
    """Registers and vectors of the records unedited since, as they were before the import (design §3)."""
    back: dict[str, Record | None] = {}
    states = desk.store.records.states(held)
    for record, (before, after) in held.items():
        state = states.get(record)
        if state is not None and dict(state.vector) == after:
            back[record] = before
        else:
            kept.append((record, ""))
    return desk.store.put_back(back, who=desk.who, why=f"撤销 {action}")


def values_back(
    desk: Desk,
    action: int,
    changes: dict[str, list[dict[str, Any]]],
    states: dict[str, Record],
    kept: list[tuple[str, str]],
) -> int:
    """Old values under new stamps."""
    pairs: list[tuple[Record | None, Record]] = []
    for record, made in changes.items():
        state = states.get(record)
        after = _taken_back(desk, state, made, kept) if state is not None else None
        if after is not None:
            pairs.append((state, after))
    return desk.store.save("undo", pairs, who=desk.who, why=f"撤销 {action}")


def _taken_back(desk: Desk, state: Record, made: list[dict[str, Any]], kept: list[tuple[str, str]]) -> Record | None:
    values: dict[str, Value] = {}
    for row in made:
        name = row["field"]
        if not _still(state, row):
            kept.append((state.id, name))
        elif name == DELETED and row["new"] is not None:
            values[DELETED] = None
        elif name == DELETED:
            return delete(state, desk.store.next_stamp(), desk.who, now(), "撤销恢复")
        else:
            values[name] = row["old"]
    if not values:
        return None
    filled = {name for name, register in state.fields.items() if name != DELETED and shown(register) is not None}
    if filled <= set(values) and all(value is None for value in values.values()) and life(state) == Life.ALIVE:
        return delete(state, desk.store.next_stamp(), desk.who, now(), "撤销新建")
    return write(state, values, desk.store.next_stamp(), desk.who, now(), "撤销")


def _still(state: Record, row: dict[str, Any]) -> bool:
    """Whether what a change wrote is what stands in the field now."""
    name = row["field"]
    current = open_values(state.fields.get(name, frozenset()))
    return len(current) == 1 and (
        current[0].stamp == Stamp(row["replica"], row["counter"])
        or (name != DELETED and current[0].value == row["new"])
    )


def _taken(desk: Desk) -> set[int]:
    """Actions that were taken back."""
    return {
        int(entry["why"].split()[1])
        for entry in desk.store.journal.actions(limit=500)
        if entry["kind"] == "undo" and entry["why"].startswith("撤销 ")
    }


def _newest(desk: Desk) -> int | None:
    taken = _taken(desk)
    for entry in desk.store.journal.actions(limit=500):
        if entry["who"] == desk.who and entry["kind"] in UNDOABLE and entry["action"] not in taken:
            return int(entry["action"])
    return None
