"""Two states of one record become one, by the laws of design §3."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.model.fields.base import Value
from desktop.model.registers import (
    DELETED,
    Record,
    Register,
    Said,
    Stamp,
    digest_replica,
    join,
    shown,
    vector_text,
    write,
)


def _unique(register: frozenset[Said]) -> Register:
    """One Said per (stamp, value): of two wordings of the same thing the smaller, so that both sites keep the same."""
    if len(register) < 2:
        return register
    kept: dict[object, Said] = {}
    for said in sorted(register, key=lambda each: (each.who, each.at, each.why)):
        kept.setdefault(said.key, said)
    return frozenset(kept.values())


def _kept(mine: Register, theirs: Register, my_record: Record, their_record: Record) -> set[Said]:
    """What both have, and what the other had not seen."""
    my_keys, their_keys = {said.key for said in mine}, {said.key for said in theirs}
    mine_said, theirs_said = {said.stamp for said in mine}, {said.stamp for said in theirs}

    def stays(said: Said, keys: set[tuple[Stamp, str]], stamps: set[Stamp], other: Record) -> bool:
        # A stamp with another value there is a copied file: that side has not seen this value, whatever it says.
        return said.key in keys or said.stamp in stamps or not other.covers(said.stamp)

    kept = {said for said in mine if stays(said, their_keys, theirs_said, their_record)}
    kept |= {said for said in theirs if stays(said, my_keys, mine_said, my_record)}
    return kept


def merge_register(mine: Register, theirs: Register, my_record: Record, their_record: Record) -> Register:
    """Keep what both have, and what the other had not seen. A merge that would empty a field keeps both sides."""
    return _unique(frozenset(_kept(mine, theirs, my_record, their_record)) or mine | theirs)


def merge(mine: Record, theirs: Record) -> Record:
    """The merge of two states of the same record: idempotent, commutative, associative."""
    if (mine.id, mine.form) != (theirs.id, theirs.form):
        raise ValueError(f"{mine.form} {mine.id} is not {theirs.form} {theirs.id}")
    if mine == theirs:
        return mine
    nothing: Register = frozenset()
    fields = {}
    for name in {*mine.fields, *theirs.fields}:
        merged = merge_register(mine.fields.get(name, nothing), theirs.fields.get(name, nothing), mine, theirs)
        if merged:
            fields[name] = merged
    return Record(mine.id, mine.form, fields, join(mine.vector, theirs.vector))


def emptied(mine: Record, theirs: Record) -> list[str]:
    """Fields that the merge of the two would empty, so that it keeps both sides as one; `check` reports them.

    Each side claims to have seen, and overwritten, all that the other says: only two copies of one file, written to
    under the same stamps, can claim that.
    """
    nothing: Register = frozenset()
    found = []
    for name in sorted({*mine.fields, *theirs.fields}):
        here, there = mine.fields.get(name, nothing), theirs.fields.get(name, nothing)
        if here != there and (here or there) and not _kept(here, there, mine, theirs):
            found.append(name)
    return found


OUTSIDE = "工作簿填表人"  # who filled in a cell of a workbook is not known; that it was done there is


def outside_edit(package: str, base: Record, changes: Mapping[str, Value]) -> Record:
    """The package's record as edited by hand in a workbook.

    Each edited cell is a change of its own replica, digest(package, record, field, value) with counter 1, whose author
    had seen the package's record: the same edit read twice, at two sites, or in a later save of the same file, is one
    edit. Clearing the same cell twice likewise.
    """
    fields = dict(base.fields)
    vector = dict(base.vector)
    for name, value in sorted(changes.items()):
        stamp = Stamp(digest_replica(package, base.id, name, value), 1)
        fields[name] = frozenset({Said(stamp, value, OUTSIDE)})
        vector[stamp.replica] = 1
    return Record(base.id, base.form, fields, vector)


def keep_mine(
    merged: Record,
    mine: Record,
    names: list[str],
    stamp: Stamp,
    who: str,
    at: str,
    why: str,
    seen: Mapping[str, Value] | None = None,
) -> Record:
    """A merged record whose ticked-off fields keep my values, as an ordinary edit of mine.

    `seen` are the values in my typed columns: which one "mine" is where a field has several open ones.
    """
    values = {name: shown(mine.fields.get(name, frozenset()), (seen or {}).get(name)) for name in names}
    if values.get(DELETED) is not None:  # mine was deleted: deleted anew, by someone who now has seen theirs
        values[DELETED] = vector_text(merged.vector)
    return write(merged, values, stamp, who, at, why) if values else merged
