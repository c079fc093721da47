"""Which periods are closed, and the rule that their figures are no longer typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.forms import Form
from desktop.model.periods import Period

CLOSING = "period_closing"
PERIODIC = ("progress", "measure", "project_month", "site_month")  # what belongs to one period and rests when it does


@dataclass(frozen=True)
class Closing:
    """A period that was closed once; `closed` False: opened again."""

    period: str
    label: str
    closed: bool
    why: str
    who: str
    when: str


def period_of(value: object) -> Period | None:
    """The period of a stored value; None when it is empty or, after a merge, no period at all."""
    try:
        return Period.parse(str(value)) if value is not None else None
    except Refused:
        return None


def closings(desk: Desk) -> list[Closing]:
    """All periods that were ever closed, newest period first."""
    ids, _ = desk.store.records.ids(CLOSING)
    found = []
    for record, values in desk.store.records.values(CLOSING, ids).items():
        period = period_of(values["period"])
        if period is None:
            continue
        head = desk.store.records.head(record) or {}
        found.append(
            Closing(
                period.key, period.label, bool(values["closed"]), str(values["why"] or ""),
                str(head.get("changed_by", "")), str(head.get("changed", "")),
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: each.period, reverse=True)


def closing_over(desk: Desk, period: Period) -> Period | None:
    """The closed period that this one is, or lies in; None when it is open."""
    closed = [Period.parse(each.period) for each in closings(desk) if each.closed]
    return next((each for each in closed if each.covers(period)), None)


def refuse_closed(desk: Desk, form: Form, rows: Iterable[tuple[str | None, Mapping[str, Value]]]) -> None:
    """Refuse typing into a closed period, and closing like any other record. `rows`: (id, values)."""
    if form.name == CLOSING:
        raise Refused("关账和开账由审核人用“关账”办理（period close、period open），不能当作记录填写")
    if form.name not in PERIODIC:
        return
    closed = [Period.parse(each.period) for each in closings(desk) if each.closed]
    if not closed:
        return
    listed = list(rows)
    held = desk.store.records.values(form.name, [record for record, _ in listed if record])
    for index, (record, values) in enumerate(listed):
        named = [values.get("period"), held.get(record or "", {}).get("period")]
        for value in filter(None, named):
            its = period_of(value)
            over = next((each for each in closed if its is not None and each.covers(its)), None)
            if over is not None:
                message = f"{over.label}已关账，{form.title}不能再改。确需更改，请由审核人写明原因后开账"
                raise Refused(message, [{"index": index, "field": "period", "value": value, "message": message}])
