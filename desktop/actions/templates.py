"""A project taken as the pattern of a new one: what is alike is copied, what happened to the old one is not."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs, now
from desktop.actions.judging import findings_of
from desktop.actions.records import Values
from desktop.model.errors import Refused
from desktop.model.registers import Life, Record, life, write

MARK = "（复制，请改名）"
# What belongs to the one project only: its numbers, its dates in the list, what was paid, its pictures.
LEFT = ("project_code", "library_code", "equipment_paid", "entered_on", "exit_on", "exit_why", "photos")
LONGEST = 200  # characters of a text field


@dataclass(frozen=True)
class Copied:
    """The new project's id and name, the action of the log, and how many rows of equipment came along."""

    id: str
    name: str
    action: int
    equipment: int


@needs("enter")
def copy_project(desk: Desk, project: str, *, equipment: bool = False, name: str = "") -> Copied:
    """A new project like another: 谋划储备, without months, codes, paid figures, pictures; its name asks to be edited.

    `equipment` takes the rows of equipment along, without what became of the old ones. One entry of the log.
    Raises Refused when there is no such project, or a check blocks the copy.
    """
    form, rows = desk.form("project"), desk.form("equipment")
    state = desk.store.records.states([project]).get(project)
    if state is None or state.form != form.name or life(state) == Life.DELETED:
        raise Refused(f"没有这个项目：{project}。请用 list 查到它的 id")
    project = desk.store.records.merged.root(project)
    held = desk.store.records.values(form.name, [project])[project]
    values: Values = {each: value for each, value in held.items() if value is not None and each not in LEFT}
    values["name"] = name.strip() or str(held.get("name") or "")[: LONGEST - len(MARK)] + MARK
    values["stage"] = "planned"
    blocking = [each for each in findings_of(desk, form, None, values) if each.blocks]
    if blocking:
        raise Refused(
            f"项目没有复制：{blocking[0].message}",
            [{"index": 0, "field": each.field, "value": None, "message": each.message} for each in blocking],
        )
    lines = _equipment(desk, project) if equipment else []
    with desk.store.writing("复制项目"):
        new, why = str(uuid.uuid4()), f"复制自“{held.get('name')}”"
        pairs: list[tuple[Record | None, Record]] = [(None, _made(desk, new, form.name, values, why))]
        for line in lines:
            pairs.append((None, _made(desk, str(uuid.uuid4()), rows.name, {**line, "project": new}, why)))
        action = desk.store.save("put", pairs, who=desk.who, why=why, form=form.name, record=new)
    return Copied(new, str(values["name"]), action, len(lines))


def _made(desk: Desk, record: str, form: str, values: Values, why: str) -> Record:
    return write(Record(record, form), values, desk.store.next_stamp(), desk.who, now(), why)


def _equipment(desk: Desk, project: str) -> list[Values]:
    ids, _ = desk.store.records.ids("equipment", where={"project": project})
    held = desk.store.records.values("equipment", ids)
    left = ("project", "disposal", "handed_to")
    return [
        {name: value for name, value in held[record].items() if value is not None and name not in left}
        for record in ids
    ]
