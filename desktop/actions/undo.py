"""Taking an action back. It works on the log, so it works after a restart too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from desktop.actions.closed import refuse_closed
from desktop.actions.desk import Desk, needs, now
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
        if before and not _left_since(desk, number):
            new = _put_back(desk, number, before, kept)
        else:
            new = _written_back(desk, number, changes, states, kept)
    return Undone(new, kept)


def _may_touch(desk: Desk, kind: str, states: dict[str, Record]) -> None:
    """A closing is the reviewer's; typing in a closed period stays closed, what a merge brought may be taken back."""
    for held in states.values():
        if held.form == "period_closing" and not desk.may("review"):
            raise NotAllowed("关账只有审核角色能改，没有撤销。请换有此角色的账号")
        if kind != "import" and held.form in desk.forms:
            refuse_closed(desk, desk.forms[held.form], [(held.id, {})])


def _left_since(desk: Desk, action: int) -> bool:
    """Whether data went out of this file after an action: then others may hold what it brought."""
    return any(each["action"] > action and each["kind"] in LEAVING for each in desk.store.journal.actions(limit=10_000))


def _put_back(
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


def _written_back(
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
        current = open_values(state.fields.get(name, frozenset()))
        still = len(current) == 1 and (
            current[0].stamp == Stamp(row["replica"], row["counter"])
            or (name != DELETED and current[0].value == row["new"])
        )
        if not still:
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


def _newest(desk: Desk) -> int | None:
    taken = {
        int(entry["why"].split()[1])
        for entry in desk.store.journal.actions(limit=500)
        if entry["kind"] == "undo" and entry["why"].startswith("撤销 ")
    }
    for entry in desk.store.journal.actions(limit=500):
        if entry["who"] == desk.who and entry["kind"] in UNDOABLE and entry["action"] not in taken:
            return int(entry["action"])
    return None
