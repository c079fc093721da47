"""Open conflicts in the words of the preview, so that both are decided alike. Runs on the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.actions.conflicts import Conflict, conflicts_of, decide
from desktop.actions.shown import field_label, stored_text
from desktop.model.fields.base import Value
from desktop.model.registers import DELETED, MERGED

from ..exchange.choices import MINE, THEIRS, Decision
from ..exchange.wording import LIFE, FieldLine, Group, said_words


@dataclass(frozen=True)
class Waiting:
    """All records with an open conflict."""

    groups: tuple[Group, ...]


def waiting(desk: Any) -> Waiting:
    """The open conflicts of this file, grouped by record."""
    found: dict[str, list[Conflict]] = {}
    for conflict in conflicts_of(desk):
        found.setdefault(conflict.record, []).append(conflict)
    return Waiting(tuple(_group(desk, record, lines) for record, lines in found.items()))


def _group(desk: Any, record: str, found: list[Conflict]) -> Group:
    form = desk.forms[found[0].form]
    name = found[0].label or "（无名称）"
    return Group(record, "conflict", form.name, name, form.sheet, tuple(_line(desk, form, each) for each in found))


def _line(desk: Any, form: Any, conflict: Conflict) -> FieldLine:
    sides = (conflict.mine, *conflict.theirs)
    who = "；".join(f"{side.who or '市方案'} {side.when[:16].replace('T', ' ')}".strip() for side in sides)
    said = said_words(conflict.mine.who, conflict.mine.when), tuple(said_words(s.who, s.when) for s in conflict.theirs)
    if conflict.field == DELETED:
        mine, theirs = (side.value for side in sides)
        return FieldLine(
            DELETED, "", "整条记录", LIFE[1], LIFE[mine], (LIFE[theirs],), "", True, (mine, theirs), who, *said
        )  # fmt: skip
    unit = form.field(conflict.field).type.unit if conflict.field in form else ""
    label = field_label(form, conflict.field)

    def text(value: Value) -> str:
        return stored_text(desk.names, form, conflict.field, value)

    return FieldLine(
        conflict.field, "", f"{label} {unit}".strip(), text(conflict.base),
        text(conflict.mine.value), tuple(text(side.value) or "（清空）" for side in conflict.theirs), "", True,
        (conflict.mine.value, *(side.value for side in conflict.theirs)), who, *said,
    )  # fmt: skip


def settle(desk: Any, decided: dict[tuple[str, str], tuple[str, Decision]], why: str) -> int:
    """Write what was decided, each field as one action; `decided` maps (record, field) to its form and decision."""
    for (record, name), (form_name, held) in decided.items():
        identity = f"{record}:{name}"
        if name == DELETED:
            decide(desk, identity, "delete" if held.value is None else "keep", why=why)
        elif held.side == MINE:
            decide(desk, identity, MINE, why=why)
        else:
            form = desk.form(form_name)
            text = form.field(name).type.show(held.value, desk.names) if name in form else str(held.value or "")
            one = held.side == THEIRS and name not in form and name != MERGED
            decide(desk, identity, THEIRS, why=why) if one else decide(desk, identity, text=text, why=why)
    return len(decided)
