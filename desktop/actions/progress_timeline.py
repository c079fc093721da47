"""The history of one task on one time line: reports, figures, changes of the assignment, problems, evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.actions.closed import period_of
from desktop.actions.desk import Desk
from desktop.actions.ledger import STATES
from desktop.actions.records import Values, find
from desktop.model.errors import Refused
from desktop.model.registers import record_id

KINDS = {"progress": "进展", "measure": "指标", "assignment": "分工", "problem": "问题", "closed": "销号"}
SET_UP = "="  # how replicas of what a set-up wrote begin


@dataclass(frozen=True)
class TimeEvent:
    """One thing that happened to a task. `day` is ISO: of a report or figure the last day of its period.

    `kind` is a key of KINDS, `mark` the state code of a report, `files` names of evidence, `who` unit or person;
    `form` and `record` lead to it.
    """

    day: str
    kind: str
    when: str
    who: str
    text: str
    form: str
    record: str
    mark: str = ""
    files: tuple[str, ...] = ()


def timeline(desk: Desk, item: str) -> list[TimeEvent]:
    """Everything about a goal or task, the latest first; also of one that the edition in force no longer has.

    Raises Refused for a key that no edition here has.
    """
    if desk.plan.known(item) is None:
        raise Refused(f"方案里没有“{item}”，请核对任务代号，如 task-42")
    made = [*_reports(desk, item), *_figures(desk, item), *_duty(desk, item), *_problems(desk, item)]
    order = list(KINDS)
    return sorted(sorted(made, key=lambda each: order.index(each.kind)), key=lambda each: each.day, reverse=True)


def _printed(desk: Desk, form: str, name: str, values: Mapping[str, Any]) -> str:
    return desk.forms[form].field(name).type.printed(values.get(name), desk.names)


def _reports(desk: Desk, item: str) -> Iterator[TimeEvent]:
    for record, values in find(desk, "progress", where={"item": item})[0]:
        period = period_of(values.get("period"))
        if period is None:
            continue
        state = str(values.get("state") or "")
        parts = [str(values.get("done") or "")]
        parts += [f"存在问题：{values['problem']}" for _ in [0] if values.get("problem")]
        files = tuple(str(name) for _, name, _ in json.loads(str(values.get("evidence") or "[]")))
        unit = str(values.get("unit") or "") + ("（牵头汇总）" if values.get("kind") == "summary" else "")
        text = f"{STATES.get(state, '')}。{'　'.join(parts)}"
        yield TimeEvent(period.last.isoformat(), "progress", period.label, unit, text, "progress", record, state, files)


def _figures(desk: Desk, item: str) -> Iterator[TimeEvent]:
    for record, indicator in find(desk, "indicator", where={"item": item})[0]:
        for measure, values in find(desk, "measure", where={"indicator": record})[0]:
            period = period_of(values.get("period"))
            if period is not None:
                value = f"{_printed(desk, 'measure', 'value', values)} {indicator.get('unit') or ''}".strip()
                yield TimeEvent(
                    period.last.isoformat(), "measure", period.label, str(values["unit"]),
                    f"{indicator['name']}：{value}", "measure", measure,
                )  # fmt: skip


def _duty(desk: Desk, item: str) -> Iterator[TimeEvent]:
    """Changes of the assignment from the log, one for each action; the set-up itself is none."""
    record = record_id(desk.district, "assignment", [item])
    form = desk.forms["assignment"]
    actions: dict[int, list[dict[str, Any]]] = {}
    for row in desk.store.journal.of_record(record):
        first = row["old"] is None and str(row["replica"]).startswith(SET_UP)
        if row["field"] in form and not first:
            actions.setdefault(int(row["action"]), []).append(row)
    for rows in actions.values():
        said = []
        for row in rows:
            each = form.field(row["field"])
            old, new = (each.type.printed(row[side], desk.names) or "空" for side in ("old", "new"))
            said.append(f"{each.label}：{old} → {new}" if row["old"] is not None else f"{each.label}：{new}")
        why = str(rows[0]["why"] or "")
        day = str(rows[0]["at"])[:10]
        text = "；".join(said) + (f"（{why}）" if why else "")
        yield TimeEvent(day, "assignment", day, str(rows[0]["who"]), text, "assignment", record)


def _problems(desk: Desk, item: str) -> Iterator[TimeEvent]:
    for record, values in find(desk, "problem", where={"item": item})[0]:
        who = str(values.get("unit") or "")
        found = str(values.get("found") or "")
        if found:
            level = _printed(desk, "problem", "level", values)
            yield TimeEvent(found, "problem", found, who, f"{values['title']}（{level}协调）", "problem", record)
        if values.get("state") == "closed" and values.get("closed"):
            yield _closing(record, values)


def _closing(record: str, values: Values) -> TimeEvent:
    day = str(values["closed"])
    text = f"{values['title']}　依据：{values.get('evidence') or ''}"
    return TimeEvent(day, "closed", day, str(values.get("checker") or ""), text, "problem", record)
