"""Days that have passed, and units that have not answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from desktop.actions.ready.inside import Found, Inside
from desktop.model.plan import Task, load_units
from desktop.model.printed.definition import PLAN
from desktop.model.printed.derived import DERIVED, item_state
from desktop.model.printed.frozen_rows import FrozenRow

UNFINISHED = ("planned", "preparing", "building")


def of_due(inside: Inside) -> Iterator[Found]:
    yield from _tasks(inside)
    yield from _problems(inside)
    yield from _projects(inside)


def of_answers(inside: Inside) -> Iterator[Found]:
    yield from _units(inside)
    yield from _months(inside)
    yield from _indicators(inside)


def _ledger(inside: Inside) -> Iterator[tuple[FrozenRow, str]]:
    """The rows of the ledger, each with the code of its state."""
    for table, row in inside.rows(PLAN, derived="item_state"):
        column = next(each for each in table.columns if each.derived == "item_state")
        yield row, item_state(row, column.of)[1]


def _passed(inside: Inside, day: object) -> str:
    """How long ago, or "" when the day has not passed."""
    if not day:
        return ""
    days = (inside.today - datetime.date.fromisoformat(str(day))).days
    return f"{day} 已过 {days} 天" if days > 0 else ""


def _tasks(inside: Inside) -> Iterator[Found]:
    for row, state in _ledger(inside):
        if state in ("done", "not_applicable", "city_only"):
            continue
        for record, held in inside.values("assignment", row.joined("assignment")).items():
            number, title = (str(row.content.item(str(row.data["of"])).get(each, "")) for each in ("number", "title"))
            for name, what in (("node_due", held.get("node") or "近期节点"), ("due", "完成时限")):
                passed = _passed(inside, held.get(name))
                if passed:
                    message = f"任务 {number} {title}：{what} {passed}，还没有完成，请核对进展或时限"
                    yield Found("warn", "due", message, "assignment", record, name)
                    break


def _problems(inside: Inside) -> Iterator[Found]:
    for record, held in inside.values("problem").items():
        passed = _passed(inside, held.get("due"))
        if passed and held.get("state") != "closed":
            message = f"问题“{held.get('title')}”：办理时限 {passed}，还没有销号，请核对"
            yield Found("warn", "due", message, "problem", record, "due")


def _projects(inside: Inside) -> Iterator[Found]:
    for record, held in inside.values("project").items():
        finish = held.get("finish")
        if held.get("stage") in UNFINISHED and finish and str(finish) < inside.today.isoformat()[: len(str(finish))]:
            stage = inside.text("project", "stage", held.get("stage"))
            message = f"{inside.label('project', record)}：竣工年月 {finish} 已过，阶段仍是{stage}，请核对"
            yield Found("warn", "due", message, "project", record, "finish")


def _units(inside: Inside) -> Iterator[Found]:
    """Lead units without a report of the period on tasks that nobody reported. The city's units are never asked."""
    table = load_units()
    owed: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for row, state in _ledger(inside):
        entry = inside.desk.plan.find(str(row.data["of"]))
        if state != "unreported" or not isinstance(entry, Task):
            continue
        for unit in row.parts("assignment.lead") or row.parts("assignment.responsible"):
            if table.is_city_only(unit) or (inside.unit and unit != inside.unit):
                continue
            owed.setdefault(unit, []).append(str(entry.number))
            first.setdefault(unit, next(iter(row.joined("assignment")), ""))
    for unit, numbers in owed.items():
        shown = "、".join(numbers[:8]) + ("等" if len(numbers) > 8 else "")
        message = f"{unit}牵头的 {len(numbers)} 项任务（{shown}）没有{inside.period.label}的进展，请催报或代填"
        yield Found("warn", "unanswered", message, "assignment", first[unit], "lead")


def _months(inside: Inside) -> Iterator[Found]:
    for table, row in inside.rows("project"):
        if table.join("month") is not None and not row.joined("month"):
            record = str(row.data["of"])
            message = f"{inside.label('project', record)}：没有{inside.period.label}的调度数，请补填"
            yield Found("warn", "unanswered", message, "project", record)


def _indicators(inside: Inside) -> Iterator[Found]:
    for _, row in inside.rows("indicator", derived="standing_figure"):
        if DERIVED["standing_figure"](row, ())[1] == "unreported" and row.value("kind") != "qualitative":
            record = str(row.data["of"])
            message = f"指标“{inside.label('indicator', record)}”没有完成值，请补填"
            yield Found("warn", "unanswered", message, "indicator", record)
