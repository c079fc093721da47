"""Fields that a merge would have emptied, so that it kept both sides as one: noted then, reported until decided.

Only two copies of one data folder, both written to, can bring that about (design §3).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.actions.desk import Desk
from desktop.actions.shown import field_label
from desktop.model.exchange import Chosen
from desktop.model.registers import Record, conflicts

KEPT = "emptied"  # word of the file: JSON of [record, field, [[replica, counter], …]]

Noted = tuple[str, str, frozenset[tuple[str, int]]]


def note_emptied(desk: Desk, chosen: Iterable[Chosen]) -> None:
    """Log each such field, and keep which values were left open in it. Only inside `writing`."""
    fresh: list[Noted] = []
    for each in chosen:
        for name in each.emptied:
            label = field_label(desk.forms.get(each.after.form), name)
            desk.store.note(
                "emptied", who=desk.who, form=each.after.form, record=each.after.id,
                why=f"“{label}”在两份复制的数据里各自改过，两边的值都留着",
            )  # fmt: skip
            fresh.append((each.after.id, name, _stamps(each.after, name)))
    if fresh:
        waiting = [*_standing(desk), *fresh]
        kept = [[record, name, sorted(stamps)] for record, name, stamps in dict.fromkeys(waiting)]
        desk.store.set_meta(KEPT, json.dumps(kept))


def emptied_now(desk: Desk) -> list[tuple[str, str, str]]:
    """(form, record, field) of those whose values are still open, each once."""
    standing = _standing(desk)
    forms = {record: desk.store.records.form_of(record) for record, _, _ in standing}
    found = [(forms[record] or "", record, name) for record, name, _ in standing]
    return [each for each in dict.fromkeys(found) if each[0] in desk.forms]


def _standing(desk: Desk) -> list[Noted]:
    noted: list[Noted] = [
        (record, name, frozenset((replica, counter) for replica, counter in stamps))
        for record, name, stamps in json.loads(desk.store.meta(KEPT) or "[]")
    ]
    states = desk.store.records.states({record for record, _, _ in noted})
    return [each for each in noted if each[0] in states and _stands(states[each[0]], each[1], each[2])]


def _stands(state: Record, name: str, stamps: frozenset[tuple[str, int]]) -> bool:
    return name in conflicts(state) and stamps <= _stamps(state, name)


def _stamps(state: Record, name: str) -> frozenset[tuple[str, int]]:
    return frozenset((said.stamp.replica, said.stamp.counter) for said in state.fields.get(name, frozenset()))
