"""Problems from being found to 销号: who handles them until when, closed with evidence by another person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs
from desktop.actions.records import Saved, Values, find, save_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value

FORM = "problem"
OPEN = ("open", "going")
CITY = ("city", "province")  # levels of 需市级协调解决问题清单


@dataclass(frozen=True)
class ProblemLine:
    """One problem. Codes of state and level with their words in `texts`; `days` until due, negative when past, None
    without a date or when closed; `age` days since it was found (to its closing)."""

    record: str
    title: str
    state: str
    level: str
    unit: str
    handler: str
    due: str
    days: int | None
    age: int | None
    texts: dict[str, str]

    @property
    def overdue(self) -> bool:
        return self.days is not None and self.days < 0


def problems(
    desk: Desk, *, state: str = "", level: str = "", unit: str = "", overdue: bool = False, to_city: bool = False
) -> list[ProblemLine]:
    """Problems that meet all conditions, the most urgent first. `unit` raised or handles them; `state` also `unclosed`.

    `to_city`: those on the city's list, of level city or province and not closed.
    """
    found = [_line(desk, record, values) for record, values in find(desk, FORM)[0]]
    kept = [
        each
        for each in found
        if (not state or each.state == state or (state == "unclosed" and each.state in OPEN))
        and (not level or each.level == level)
        and (not unit or unit in (each.unit, each.handler))
        and (not overdue or each.overdue)
        and (not to_city or (each.level in CITY and each.state in OPEN))
    ]
    return sorted(kept, key=lambda each: (each.state == "closed", each.days is None, each.days or 0, each.title))


def _line(desk: Desk, record: str, values: Values) -> ProblemLine:
    form = desk.forms[FORM]
    texts = {each.name: each.type.printed(values.get(each.name), desk.names) for each in form.fields}
    due, closed = str(values.get("due") or ""), values.get("state") == "closed"
    now = desk.names.today
    end = _day(values.get("closed")) if closed else now
    found = _day(values.get("found"))
    days = (datetime.date.fromisoformat(due) - now).days if due and not closed else None
    age = (end - found).days if end and found else None
    return ProblemLine(
        record, str(values.get("title") or ""), str(values.get("state") or ""), str(values.get("level") or ""),
        str(values.get("unit") or ""), str(values.get("handler") or ""), due, days, age, texts,
    )  # fmt: skip


def _day(value: Value) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None


@needs("enter")
def close_problem(desk: Desk, record: str, evidence: str, checker: str, closed: str = "", why: str = "") -> Saved:
    """销号: with its evidence, by a person who is neither the handler nor who wrote 办理情况. `closed` ISO, "" today.

    Raises Refused without evidence or checker, when it is closed already, or when what was done is not written down.
    """
    values = _held(desk, record)
    if values.get("state") == "closed":
        raise Refused(f"“{values['title']}”已经销号，不用再销")
    if not str(values.get("reply") or "").strip():
        raise Refused(f"“{values['title']}”还没有办理情况，不能销号。请先填写怎样办的")
    checker = checker.strip()
    if not evidence.strip() or not checker:
        raise Refused("销号要有销号依据和核销人，请都填上")
    if checker in _writers(desk, record):
        raise Refused(f"办理情况是“{checker}”填的，不能由本人核销，请由另一人核销")
    day = closed or desk.names.today.isoformat()
    changes: Values = {"state": "closed", "closed": day, "evidence": evidence.strip(), "checker": checker}
    return save_values(desk, desk.forms[FORM], [(record, changes)], why)


@needs("enter")
def reopen_problem(desk: Desk, record: str, why: str) -> Saved:
    """A closed problem that came back is handled again. Raises Refused without a reason or when it is not closed."""
    values = _held(desk, record)
    if values.get("state") != "closed":
        raise Refused(f"“{values['title']}”没有销号，不用恢复办理")
    if not why.strip():
        raise Refused("没有写恢复办理的原因，请填写")
    changes: Values = {"state": "going", "closed": None, "evidence": None, "checker": None}
    return save_values(desk, desk.forms[FORM], [(record, changes)], why)


def _held(desk: Desk, record: str) -> Values:
    head = desk.store.records.head(record)
    if head is None or head["form"] != FORM or head["life"] == "deleted":
        raise Refused(f"没有这个问题：{record}。请用 list 查到它的 id")
    return desk.store.records.values(FORM, [record])[record]


def _writers(desk: Desk, record: str) -> set[str]:
    """Who wrote what now stands as 办理情况."""
    state = desk.store.records.states([record])[record]
    return {said.who for said in state.fields.get("reply", frozenset())}
