"""The two sides of a record that one office deleted and another edited without having seen it."""

from __future__ import annotations

from desktop.model.registers import DELETED, Record, Said, covered_by_deletes

GONE, KEPT = None, 1  # values of a decision about a record's life


def gone_side(record: Record) -> list[Said]:
    """Who deleted the record, in order of stamps."""
    return sorted((said for said in record.fields.get(DELETED, ()) if said.value is not None), key=lambda s: s.key)


def kept_side(record: Record) -> list[Said]:
    """Edits that no deleter had seen, in order of stamps: who still wants the record."""
    seen = covered_by_deletes(record)
    living = [
        said
        for name, register in record.fields.items()
        for said in register
        if (name != DELETED or said.value is None) and seen.get(said.stamp.replica, 0) < said.stamp.counter
    ]
    return sorted(living, key=lambda said: said.key)


def told(side: list[Said]) -> tuple[str, str]:
    """(who, when) of one side: everyone on it, and the latest moment that anyone noted."""
    who = "、".join(dict.fromkeys(said.who for said in side if said.who))
    return who, max((said.at for said in side), default="")
