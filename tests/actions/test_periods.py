"""Closed periods: nothing is typed into them, merges still come in and are listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import exchange, periods, records, submissions, undo
from desktop.actions.desk import Desk
from desktop.model.canonical import read_canonical
from desktop.model.errors import NotAllowed, Refused
from desktop.store.accounts import Account
from tests.conftest import project

MONTH = "2026-10"


def progress(**more: object) -> dict[str, object]:
    return {"item": "task-42", "unit": "示例区商务局", "period": MONTH, "state": "going", "done": "已建成3个", **more}


def test_typing_into_a_closed_period_is_refused(desk: Desk) -> None:
    saved = records.put(desk, "progress", [progress()])
    made = project(desk)
    month = records.put(desk, "project_month", [{"project": made, "period": MONTH, "month": "1000000"}]).ids[0]
    periods.close(desk, MONTH)
    assert [(each.period, each.closed) for each in periods.closings(desk)] == [(MONTH, True)]
    with pytest.raises(Refused, match="2026年10月已关账") as refused:
        records.put(desk, "progress", [progress(unit="示例区教育和体育局")])
    assert refused.value.details[0]["field"] == "period"
    for again in (
        lambda: records.put(desk, "progress", [{"id": saved.ids[0], "done": "后来的"}]),
        lambda: records.put(desk, "progress", [progress(unit="示例区财政局", period="2026-10-09")]),
        lambda: records.put(desk, "project_month", [{"id": month, "month": "2000000"}]),
        lambda: records.remove(desk, "progress", saved.ids[0], "误填"),
        lambda: undo.undo(desk, saved.action),
    ):
        with pytest.raises(Refused, match="已关账"):
            again()
    assert records.get(desk, "progress", saved.ids[0])["done"] == "已建成3个"
    records.put(desk, "progress", [progress(period="2026-11")])
    records.put(desk, "project", [{"id": made, "note": "项目本身不随期关账"}])


def test_closing_a_quarter_closes_its_months_and_opening_needs_a_reason(desk: Desk) -> None:
    periods.close(desk, "2026-Q4", "年底")
    with pytest.raises(Refused, match="2026年第四季度已关账"):
        records.put(desk, "progress", [progress()])
    with pytest.raises(Refused, match="在已关账的2026年第四季度之内"):
        periods.reopen(desk, MONTH, "更正")
    with pytest.raises(Refused, match="写明原因"):
        periods.reopen(desk, "2026-Q4", " ")
    with pytest.raises(Refused, match="已经关账"):
        periods.close(desk, "2026-Q4")
    opened = periods.reopen(desk, "2026-Q4", "补报一个月")
    assert (opened.closed, opened.why) == (False, "补报一个月")
    records.put(desk, "progress", [progress()])


def test_closing_is_the_reviewers(desk: Desk) -> None:
    clerk = Desk(desk.store, Account("李示例", ("enter",)))
    with pytest.raises(NotAllowed):
        periods.close(clerk, MONTH)
    with pytest.raises(Refused, match="审核人"):
        records.put(desk, "period_closing", [{"period": MONTH, "closed": True}])


def test_what_a_merge_brings_into_a_closed_period_is_taken_and_listed(
    office: Callable[..., Desk], tmp_path: Path
) -> None:
    a, b = office("a", "示例区发展和改革局"), office("b", "示例区商务局", account="王示例")
    record = records.put(a, "progress", [progress()]).ids[0]
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    periods.close(a, MONTH)
    assert periods.changed_after_closing(a, MONTH) == []
    records.put(b, "progress", [{"id": record, "done": "已建成5个"}, progress(period="2026-11")])
    exchange.export(b, tmp_path / "2.xlsx")
    exchange.apply(a, exchange.read(a, tmp_path / "2.xlsx"), accept_peer=True)
    assert records.get(a, "progress", record)["done"] == "已建成5个"
    found = periods.changed_after_closing(a, MONTH)
    assert [(each["record"], each["field"], each["new"], each["who"]) for each in found] == [
        (record, "done", "已建成5个", "王示例")
    ]
    assert "进展情况" in found[0]["label"]
    periods.reopen(a, MONTH, "采用商务局的数")
    records.put(a, "progress", [{"id": record, "done": "已建成6个"}])
    assert len(periods.changed_after_closing(a, MONTH)) == 1


def test_a_closing_travels(office: Callable[..., Desk], tmp_path: Path) -> None:
    a, b = office("a", "示例区发展和改革局"), office("b", "示例区商务局", account="王示例")
    periods.close(a, MONTH)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    with pytest.raises(Refused, match="已关账"):
        records.put(b, "progress", [progress()])


def test_a_submission_of_a_closed_period_freezes_what_stood_then(desk: Desk) -> None:
    held = project(desk, name="甲")
    periods.close(desk, "2025-10")
    records.put(desk, "project", [{"id": held, "name": "甲（新）"}])

    def prepared() -> list[str]:
        data = read_canonical(submissions.prepare(desk, "project-list", period="2025-10").data)
        return [row["name"] for row in data["records"]["project"]]

    assert prepared() == ["甲"]
    periods.reopen(desk, "2025-10", "更正")
    assert prepared() == ["甲（新）"]
