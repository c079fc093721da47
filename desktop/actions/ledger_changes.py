"""Changing many assignments at once: each shown before and after, then saved together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs
from desktop.actions.ledger import ledger
from desktop.actions.listing import list_text
from desktop.actions.many import changeable
from desktop.actions.many_rows import TypedRow, judge, save_rows
from desktop.actions.records import Saved
from desktop.model.errors import Refused
from desktop.model.forms import Field

HOWS = {"set": "改为", "add": "增加", "drop": "去掉"}
FORM = "assignment"


@dataclass(frozen=True)
class DutyChange:
    """One field of one assignment: texts as printed, `error` "" where it would be taken."""

    item: str
    record: str
    label: str
    field: str
    old: str
    new: str
    error: str = ""

    @property
    def same(self) -> bool:
        return not self.error and self.old == self.new


def duty_fields(desk: Desk) -> list[Field]:
    """The fields of assignments that many can be given at once."""
    return changeable(desk.forms[FORM])


def preview_duties(desk: Desk, items: Sequence[str], typed: Mapping[str, str], how: str = "set") -> list[DutyChange]:
    """What these texts would make of the assignments of these items. Reads only.

    `how` add or drop changes lists of units by the units typed; set replaces. Raises Refused for an unknown field.
    """
    form = desk.forms[FORM]
    rows, named = _rows(desk, items, typed, how)
    judged = judge(desk, FORM, rows)
    found = []
    for place, row in enumerate(rows):
        error = judged.sentence(place, form)
        for name, text in row.typed.items():
            each = form.field(name)
            old = list_text(desk, each, judged.before[place].get(name))
            new = text.strip() if error else list_text(desk, each, judged.after[place].get(name))
            item, label = named[place]
            found.append(DutyChange(item, row.record, label, each.label, old, new, error))
    return found


@needs("enter")
def change_duties(
    desk: Desk, items: Sequence[str], typed: Mapping[str, str], how: str = "set", why: str = ""
) -> Saved:  # fmt: skip
    """Write what `preview_duties` shows, all or nothing, one entry of the log. Raises Refused naming what is wrong."""
    return save_rows(desk, FORM, _rows(desk, items, typed, how)[0], why)


def _rows(
    desk: Desk, items: Sequence[str], typed: Mapping[str, str], how: str
) -> tuple[list[TypedRow], list[tuple[str, str]]]:
    """One row for each item, and its (key, label)."""
    form = desk.forms[FORM]
    if how not in HOWS:
        raise Refused(f"“{how}”不是改法，应为 {'、'.join(HOWS)} 之一")
    wanted = list(dict.fromkeys(items))
    if not wanted or not typed:
        raise Refused("没有选中任务，请先选中要改的任务" if not wanted else "没有指明改什么，请选一项并填写")
    allowed = {each.name for each in duty_fields(desk)}
    for name in typed:
        if name not in allowed:
            raise Refused(f"{form.title}的“{form.field(name).label if name in form else name}”不能批量改")
        if how != "set" and not (getattr(form.field(name).type, "several", False)):
            raise Refused(f"“{form.field(name).label}”只有一个值，只能改为，不能增加或去掉")
    held = {item.key: item for item in ledger(desk, str(desk.names.today)[:7]).items}
    rows, named = [], []
    for key in wanted:
        item = held.get(key)
        if item is None or not item.record:
            raise Refused(f"没有“{key}”的任务分工，请核对任务代号，如 task-42")
        units = {"lead": item.lead, "responsible": item.responsible}
        texts = {name: _text(units.get(name, ()), text, how) for name, text in typed.items()}
        rows.append(TypedRow(item.record, texts))
        named.append((key, item.values["item"]))
    return rows, named


def _text(held: Sequence[str], text: str, how: str) -> str:
    if how == "set":
        return text
    named = [part.strip() for part in text.replace("，", "、").split("、") if part.strip()]
    if how == "drop":
        return "、".join(unit for unit in held if unit not in named)
    return "、".join(dict.fromkeys([*held, *named]))
