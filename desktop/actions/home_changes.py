"""What others changed since a person last signed in, by form and by person. Places of the log are kept per account."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.desk import Desk

HERE, BEFORE = "log_here", "log_before"  # settings: the log's end at this sign-in, and at the one before


@dataclass(frozen=True)
class ChangedGroup:
    """Records of one form that one person changed: `records` (id, label) newest first, `changes` fields in all."""

    form: str
    title: str
    who: str
    changes: int
    records: tuple[tuple[str, str], ...]


def note_position(desk: Desk) -> None:
    """Remember where the log ends at this sign-in. Only inside `Store.writing`."""
    local, here = desk.store.local, str(desk.store.journal.position())
    local.set_setting(desk.who, BEFORE, local.setting(desk.who, HERE, here))
    local.set_setting(desk.who, HERE, here)


def changed_since(desk: Desk) -> list[ChangedGroup]:
    """What others changed, here or in workbooks read here, since the sign-in before this one; most records first.

    At the first sign-in there is nothing before.
    """
    since = desk.store.local.setting(desk.who, BEFORE, "")
    if not since:
        return []
    groups: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in desk.store.journal.changed_since(int(since)):
        if row["who"] != desk.who and row["form"] in desk.forms:
            groups.setdefault((row["form"], row["who"]), []).append((row["record"], int(row["changes"])))
    made = []
    for (form, who), rows in groups.items():
        titled = desk.forms[form]
        named = tuple((record, _label(desk, record) or titled.title) for record, _ in rows)
        made.append(ChangedGroup(form, titled.title, who, sum(count for _, count in rows), named))
    return sorted(made, key=lambda each: -len(each.records))


def _label(desk: Desk, record: str) -> str:
    return str((desk.store.records.head(record) or {}).get("label") or "")
