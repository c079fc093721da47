"""A record as the set of things said about it: registers of stamped values, and the vector of what was seen.

Design §3. A *stamp* is (replica, counter). A *register* holds what is current in one field: almost always one value,
several when edits met that had not seen each other. A *vector* says, per replica, the highest counter of its changes
seen in this record. All functions are pure; none looks at a clock.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.model.fields.base import Value

DELETED = "_deleted"  # register of deletes: its value is the vector its author had seen, None says the record is kept
MERGED = "merged_into"  # register of any form: the id of the record it was made one with, None when it stands alone
NAMESPACE = uuid.UUID("5e0b1c1e-24d9-5a09-9c1e-20240521d009")


class Stamp(NamedTuple):
    """Names one change, everywhere and for ever."""

    replica: str
    counter: int


class Said(NamedTuple):
    """One current value of a register and who said it, when (ISO text, for people only) and why."""

    stamp: Stamp
    value: Value
    who: str = ""
    at: str = ""
    why: str = ""

    @property
    def key(self) -> tuple[Stamp, str]:
        """What makes it one and the same thing said: stamp and value."""
        return self.stamp, _typed(self.value)


Register = frozenset[Said]
Vector = Mapping[str, int]


def _typed(value: Value) -> str:
    """Value as text that keeps 1 and "1" apart."""
    return f'"{value}' if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class Record:
    """One record with all that is current about it. `fields` has no entry for a field nobody ever filled."""

    id: str
    form: str
    fields: Mapping[str, Register] = field(default_factory=dict)
    vector: Vector = field(default_factory=dict)

    def covers(self, stamp: Stamp) -> bool:
        return self.vector.get(stamp.replica, 0) >= stamp.counter


def record_id(district: str, form: str, key: Iterable[Value]) -> str:
    """UUIDv5 of a natural key, so that two offices that make the same record make one record."""
    return str(uuid.uuid5(NAMESPACE, json.dumps([district, form, *key], ensure_ascii=False)))


def row_id(package: str, content: Mapping[str, Value]) -> str:
    """UUIDv5 of a new row in a workbook: the same row read twice is one record."""
    return str(uuid.uuid5(NAMESPACE, json.dumps([package, sorted(content.items())], ensure_ascii=False)))


def digest_replica(*parts: Value) -> str:
    """A replica that is the content itself: the same set-up or outside edit has the same stamp everywhere."""
    return "=" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


def open_values(register: Register) -> list[Said]:
    """The different values of a register, one Said each, in order of stamps. More than one: an open conflict."""
    if len(register) < 2:
        return list(register)
    first: dict[str, Said] = {}
    for said in sorted(register, key=lambda said: said.key):
        first.setdefault(_typed(said.value), said)
    return list(first.values())


def shown(register: Register, before: Value | None = None) -> Value:
    """The value a typed column holds: `before` if it is still among the values, else that of the smallest stamp."""
    values = open_values(register)
    if not values:
        return None
    if any(_typed(said.value) == _typed(before) for said in values):
        return before
    return values[0].value


def join(left: Vector, right: Vector) -> dict[str, int]:
    """The maximum of two vectors."""
    return {replica: max(left.get(replica, 0), right.get(replica, 0)) for replica in {*left, *right}}


def vector_text(vector: Vector) -> str:
    return json.dumps(dict(sorted(vector.items())), separators=(",", ":"))


def covered_by_deletes(record: Record) -> Vector:
    """What the deleters of a record had seen, all together."""
    seen: dict[str, int] = {}
    for said in record.fields.get(DELETED, frozenset()):
        if said.value is not None:
            seen = join(seen, json.loads(str(said.value)))
    return seen


class Life:
    ALIVE = "alive"
    DELETED = "deleted"
    CONFLICT = "conflict"  # deleted by someone who had not seen an edit: keep, or delete


def life(record: Record) -> str:
    """Whether a record is there, deleted, or waits for keep-or-delete."""
    deletes = record.fields.get(DELETED, frozenset())
    if all(said.value is None for said in deletes):
        return Life.ALIVE
    seen = covered_by_deletes(record)
    others = [said for name, register in record.fields.items() if name != DELETED for said in register]
    kept = [said for said in deletes if said.value is None]
    unseen = any(seen.get(said.stamp.replica, 0) < said.stamp.counter for said in [*others, *kept])
    return Life.CONFLICT if unseen else Life.DELETED


def conflicts(record: Record) -> list[str]:
    """Names of the fields that wait for a decision. A deleted record has nothing inside it to decide."""
    state = life(record)
    if state == Life.DELETED:
        return []
    open_fields = [
        name for name, register in sorted(record.fields.items()) if name != DELETED and len(open_values(register)) > 1
    ]
    return [DELETED, *open_fields] if state == Life.CONFLICT else open_fields


def write(
    record: Record, changes: Mapping[str, Value], stamp: Stamp, who: str = "", at: str = "", why: str = ""
) -> Record:
    """The record after an edit that had seen all of it: each changed register holds the new value alone.

    Editing a deleted record restores it first. Raises ValueError when the vector already covers the stamp: a counter
    is never used twice.
    """
    if record.covers(stamp):
        raise ValueError(f"stamp {stamp} was used before in {record.id}")
    fields = dict(record.fields)
    if life(record) == Life.DELETED and DELETED not in changes:
        fields[DELETED] = frozenset({Said(stamp, None, who, at, why)})
    for name, value in changes.items():
        fields[name] = frozenset({Said(stamp, value, who, at, why)})
    return Record(record.id, record.form, fields, join(record.vector, {stamp.replica: stamp.counter}))


def delete(record: Record, stamp: Stamp, who: str = "", at: str = "", why: str = "") -> Record:
    """The record deleted by someone who had seen all of it."""
    return write(record, {DELETED: vector_text(record.vector)}, stamp, who, at, why)


def set_up(record_id_: str, form: str, edition: str, values: Mapping[str, Value]) -> Record:
    """A record that a set-up writes by itself: its stamps are digests of (edition, record, field, value)."""
    fields: dict[str, Register] = {}
    vector: dict[str, int] = {}
    for name, value in values.items():
        if value is None:
            continue
        stamp = Stamp(digest_replica(edition, record_id_, name, value), 1)
        fields[name] = frozenset({Said(stamp, value, "", "", "")})
        vector[stamp.replica] = 1
    return Record(record_id_, form, fields, vector)
