"""Closing a period: its figures are no longer typed, and what a merge still brings is listed as 关账后变动."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.actions import records
from desktop.actions.closed import CLOSING, PERIODIC, Closing, closing_over, closings, period_of, refuse_closed
from desktop.actions.desk import Desk, needs, now
from desktop.actions.shown import field_label
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.registers import DELETED, Record, record_id, write


@needs("review")
def close(desk: Desk, period: str, why: str = "") -> Closing:
    """Close a period; the days, weeks and months inside it are closed with it. Raises Refused when it is closed."""
    chosen = Period.parse(period)
    if _state(desk, chosen.key):
        raise Refused(f"{chosen.label}已经关账，不用再关")
    return _write(desk, chosen, True, why)


@needs("review")
def reopen(desk: Desk, period: str, why: str) -> Closing:
    """Open a closed period again. Raises Refused without a reason, or when that very period is not closed."""
    chosen = Period.parse(period)
    if not _state(desk, chosen.key):
        wider = closing_over(desk, chosen)
        if wider is not None:
            raise Refused(f"{chosen.label}在已关账的{wider.label}之内，请开{wider.label}的账")
        raise Refused(f"{chosen.label}没有关账，不用再开")
    if not why.strip():
        raise Refused(f"重新打开{chosen.label}要写明原因，请填写（--why）")
    return _write(desk, chosen, False, why)


def changed_after_closing(desk: Desk, period: str) -> list[dict[str, Any]]:
    """关账后变动: what changed in records of a period while it was closed, brought in by merges or decisions.

    Each as `history` gives it, with `label`, oldest first. A change before the closing or after reopening is none.
    """
    chosen = Period.parse(period)
    spans = [span for each in closings(desk) if Period.parse(each.period).covers(chosen) for span in _spans(desk, each)]
    if not spans:
        return []
    rows = desk.store.journal.since(min(start for start, _ in spans), PERIODIC)
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row["form"], set()).add(row["record"])
    periods = {
        record: period_of(values["period"])
        for form, ids in wanted.items()
        for record, values in desk.store.records.values(form, ids).items()
    }
    found = []
    for row in rows:
        its = periods.get(row["record"])
        inside = any(start < row["seq"] < end for start, end in spans)
        if inside and its is not None and chosen.covers(its):
            found.append({**records.change_json(desk, row), "label": _label(desk, row)})
    return found


def _label(desk: Desk, row: Mapping[str, Any]) -> str:
    form = desk.forms[row["form"]]
    named = (desk.store.records.head(row["record"]) or {}).get("label") or form.title
    field = "删除" if row["field"] == DELETED else field_label(form, row["field"])
    return f"{named} {field}".strip()


def _spans(desk: Desk, closing: Closing) -> list[tuple[int, float]]:
    """Places of the log between which the period stood closed."""
    record = record_id(desk.district, CLOSING, [closing.period])
    spans: list[tuple[int, float]] = []
    start: int | None = None
    for row in desk.store.journal.of_record(record):
        if row["field"] != "closed":
            continue
        if row["new"] and start is None:
            start = int(row["seq"])
        elif not row["new"] and start is not None:
            spans.append((start, float(row["seq"])))
            start = None
    return spans + ([(start, float("inf"))] if start is not None else [])


def _state(desk: Desk, period: str) -> bool:
    return any(each.period == period and each.closed for each in closings(desk))


def _write(desk: Desk, period: Period, closed: bool, why: str) -> Closing:
    values: dict[str, Value] = {"period": period.key, "closed": int(closed), "why": why.strip() or None}
    record = record_id(desk.district, CLOSING, [period.key])
    with desk.store.writing("关账" if closed else "开账"):
        state = desk.store.records.states([record]).get(record)
        base = state or Record(record, CLOSING)
        after = write(base, values, desk.store.next_stamp(), desk.who, now(), why)
        kind = "close_period" if closed else "open_period"
        desk.store.save(kind, [(state, after)], who=desk.who, why=why, form=CLOSING, record=record)
    return next(each for each in closings(desk) if each.period == period.key)


__all__ = ["Closing", "changed_after_closing", "close", "closing_over", "closings", "refuse_closed", "reopen"]
