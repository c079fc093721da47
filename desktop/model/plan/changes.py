"""What one edition of the plan changed against another, item by item, with the words that went and came."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.model.plan.editions import NextEdition
from desktop.model.plan.plan import Entry, Goal, Plan, Policy, Task
from desktop.model.plan.text import squeeze

KINDS = {"added": "新增", "removed": "取消", "changed": "修改", "renumbered": "序号变动"}


@dataclass(frozen=True)
class Words:
    """A stretch of text: `kind` same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class EntryChange:
    """One goal, task or policy that differs. `what` goal, task or policy; `kind` a key of KINDS.

    Numbers are None where the entry is not in that edition. `units` are the units of both editions as published
    (lead, then responsible), equal where they did not change. `words` is the new text with what went and what came.
    `read` names the row of the new edition for a person's judgement, "" for one that went.
    """

    key: str
    what: str
    kind: str
    old_number: int | None
    new_number: int | None
    old_title: str
    new_title: str
    old_text: str
    new_text: str
    old_units: tuple[tuple[str, ...], tuple[str, ...]]
    new_units: tuple[tuple[str, ...], tuple[str, ...]]
    words: tuple[Words, ...]
    read: str = ""

    @property
    def title(self) -> str:
        return self.new_title or self.old_title


def changes(previous: Plan, following: NextEdition) -> tuple[EntryChange, ...]:
    """Every difference: the new edition's entries in its order, then those that went."""
    made, former = [], {entry.key: entry for entry in previous.entries}
    for entry in following.plan.entries:
        old, read = former.get(entry.key), following.read.get(entry.key, "")
        if old is None:
            made.append(_change("added", None, entry, read))
        elif entry.key in following.changed:
            made.append(_change("changed", old, entry, read))
        elif entry.key in following.renumbered:
            made.append(_change("renumbered", old, entry, read))
    gone = [entry for entry in previous.entries if entry.key in following.removed]
    return (*made, *(_change("removed", entry, None) for entry in gone))


def marked(old: str, new: str) -> tuple[Words, ...]:
    """The new text in stretches, with the words of the old one that went in their places."""
    found: list[Words] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Words("same", new[c:d]))
            continue
        if a < b:
            found.append(Words("gone", old[a:b]))
        if c < d:
            found.append(Words("new", new[c:d]))
    return tuple(found)


def entry_number(entry: Entry) -> int:
    """The number shown: a goal's place in its year, a task's or policy's own."""
    return entry.order if isinstance(entry, Goal) else entry.number


def _change(kind: str, old: Entry | None, new: Entry | None, read: str = "") -> EntryChange:
    entry = new or old
    assert entry is not None
    what = "goal" if isinstance(entry, Goal) else "policy" if isinstance(entry, Policy) else "task"
    texts = (old.text if old else "", new.text if new else "")
    same = squeeze(texts[0]) == squeeze(texts[1])
    words = (Words("same", texts[1]),) if same else marked(*texts)
    return EntryChange(
        entry.key, what, kind, entry_number(old) if old else None, entry_number(new) if new else None,
        _title(old), _title(new), *texts, _units(old), _units(new), words, read,
    )  # fmt: skip


def _title(entry: Entry | None) -> str:
    if entry is None:
        return ""
    return entry.title if isinstance(entry, Goal | Task) else f"政策 {entry.number}"


def _units(entry: Entry | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (entry.lead, entry.responsible) if entry else ((), ())
