"""Conflicts to practise on: what another office said of a record without having seen what is said here."""

from __future__ import annotations

import hashlib

from desktop.actions.desk import Desk, now
from desktop.actions.practice.clock import at
from desktop.actions.practice.entries import table
from desktop.actions.practice.filling import seat_of
from desktop.model.merge import merge
from desktop.model.registers import Record, Stamp, write

AFTERNOON = "2026-11-23 16:40"


def disagree(desk: Desk) -> int:
    """Merge the three edits of `district.toml` that met edits made here. Returns the action's number."""
    with at(AFTERNOON):
        seat = seat_of(desk, "李示例")
        pairs: list[tuple[Record | None, Record]] = []
        with desk.store.writing("练习冲突"):
            for place, row in enumerate(table("district")["conflict"], 1):
                kind = desk.form(row["form"]).field(row["field"]).type
                base = _state(desk, row["form"], row["name"])
                mine = kind.read(row["mine"], desk.names) if "mine" in row else _held(desk, base, row["field"])
                edited = write(base, {row["field"]: mine}, desk.store.next_stamp(), seat.who, now())
                replica = hashlib.sha256(row["why"].encode()).hexdigest()[:16]
                value = kind.read(row["theirs"], desk.names)
                theirs = write(base, {row["field"]: value}, Stamp(replica, place), row["who"], now(), row["why"])
                pairs.append((base, merge(edited, theirs)))
            return desk.store.save("import", pairs, who=seat.who, why="交回的工作簿")


def _state(desk: Desk, form: str, name: str) -> Record:
    record = desk.names.find(form, name)[0]
    return desk.store.records.states([record])[record]


def _held(desk: Desk, record: Record, field: str) -> str | int | None:
    return desk.store.records.values(record.form, [record.id])[record.id][field]
