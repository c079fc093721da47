"""The package check: what is wrong in the records of a submission, and where to jump."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.actions import records, submissions
from desktop.actions.desk import Desk
from desktop.store.accounts import ROLES, Account
from tests.conftest import REVIEWER, enterprise, project


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T09:00:00+08:00")


def found(desk: Desk, form: str, kind: str, **more: Any) -> list[dict[str, Any]]:
    made = submissions.prepare(desk, form, period=more.pop("period", "2026-11"), **more)
    return [each for each in made.findings if each["kind"] == kind]


def put(desk: Desk, form: str, **values: object) -> str:
    return records.put(desk, form, [values]).ids[0]


def sent(desk: Desk, form: str, period: str) -> submissions.Submission:
    """As if sealed on paper: the next edition follows it."""
    made = submissions.prepare(desk, form, period=period)
    submissions.review(Desk(desk.store, Account(REVIEWER, tuple(ROLES))), made.id)
    done = submissions.issue(desk, made.id)
    with desk.store.writing("送达"):
        desk.store.submissions.move(done.id, "delivered")
    return done


def test_one_code_on_two_projects_blocks(desk: Desk) -> None:
    first = project(desk, project_code="2602-379901-04-02-000001")
    second = project(desk, name="示例二期", project_code="2602-379901-04-02-000001")
    (finding,) = found(desk, "project-list", "double")
    assert finding["level"] == "block" and finding["form"] == "project" and finding["field"] == "project_code"
    assert finding["record"] in (first, second) and "2602-379901-04-02-000001" in finding["message"]


def test_equipment_that_stands_twice_or_in_two_projects(desk: Desk) -> None:
    a, b = project(desk, equipment_count=3), project(desk, name="示例二期")
    row = {"side": "new", "name": "示例机床", "model": "X1", "quantity": 1, "price": "100000"}
    put(desk, "equipment", project=a, **row)
    assert found(desk, "project-list", "double") == []
    again = put(desk, "equipment", project=a, **row)
    (within,) = found(desk, "project-list", "double")
    assert within["form"] == "equipment" and "列了两次" in within["message"]
    records.remove(desk, "equipment", again, why="重复")
    put(desk, "equipment", project=b, **row)
    (across,) = found(desk, "project-list", "double")
    assert "示例二期" in across["message"] and "重复申报" in across["message"]
    (count,) = found(desk, "project-list", "equipment")
    assert count["field"] == "equipment_count" and "合计 1" in count["message"]


def test_totals_that_differ_from_another_form_of_the_month(desk: Desk) -> None:
    record = project(desk)
    sent(desk, "project-list", "2026-11")
    assert found(desk, "monthly-report", "totals") == []
    records.put(desk, "project", [{"id": record, "total_investment": "50000000", "fund_own": "50000000"}])
    (finding,) = found(desk, "monthly-report", "totals")
    assert (finding["record"], finding["field"]) == (record, "total_investment")
    assert "5,000.00 万元" in finding["message"] and "4,800.00 万元" in finding["message"]
    assert found(desk, "monthly-report", "totals", period="2026-12") == []


def test_an_indicator_that_the_lists_count(desk: Desk) -> None:
    from desktop.model.registers import record_id

    indicator = record_id("379901", "indicator", ["recycling-sites"])
    assert desk.store.records.form_of(indicator) == "indicator"
    owner = enterprise(desk)
    put(desk, "site", name="示例网点", kind="fixed", operator=owner, address="示例路1号", state="open", modern="yes")
    put(desk, "measure", indicator=indicator, period="2026-11", unit="示例区", value="3")
    (finding,) = found(desk, "monthly-report", "derived")
    assert finding["form"] == "measure" and "是 1 个" in finding["message"]


def test_figures_out_of_line_say_the_rule(desk: Desk) -> None:
    from desktop.model.registers import record_id

    indicator = record_id("379901", "indicator", ["recycling-sites"])
    for period, value in (("2026-09", "10"), ("2026-10", "12"), ("2026-11", "11")):
        put(desk, "measure", indicator=indicator, period=period, unit="示例区", value=value)
    (less,) = found(desk, "indicator-report", "trend")
    assert "2026年10月是 12" in less["message"] and "累计数不应减少" in less["message"]
    put(desk, "measure", indicator=indicator, period="2026-12", unit="示例区", value="40")
    (jump,) = found(desk, "indicator-report", "trend", period="2026-12")
    assert jump["form"] == "measure" and "变动一半以上" in jump["message"]

    record = project(desk, equipment_paid="2000000")
    sent(desk, "project-list", "2026-10")
    records.put(desk, "project", [{"id": record, "equipment_paid": "1000000"}])
    (paid,) = found(desk, "project-list", "trend")
    assert "100.00 万元" in paid["message"] and "200.00 万元" in paid["message"] and paid["level"] == "warn"
    records.remove(desk, "project", record, why="示例")
    (gone,) = found(desk, "project-list", "trend")
    assert "没有写退出日期" in gone["message"]


def test_months_that_do_not_add_up(desk: Desk) -> None:
    record = project(desk)
    put(desk, "project_month", project=record, period="2026-10", month="100000", ytd="500000", total="900000")
    put(desk, "project_month", project=record, period="2026-11", month="100000", ytd="600000", total="1000001")
    (finding,) = found(desk, "project-dispatch", "months")
    assert finding["field"] == "total" and "上月累计加本月完成" in finding["message"]
    put(desk, "project_month", project=record, period="2026-12", month="0", ytd="600000", total="90000000")
    over = [each["message"] for each in found(desk, "project-dispatch", "months", period="2026-12")]
    assert any("大于总投资 4,800.00 万元" in each for each in over)


def test_due_days_and_units_that_have_not_answered(desk: Desk) -> None:
    from desktop.model.registers import record_id

    task = record_id("379901", "assignment", ["task-1"])
    records.put(desk, "assignment", [{"id": task, "due": "2026-10-31"}])
    (late,) = [each for each in found(desk, "ledger-report", "due") if each["record"] == task]
    assert "已过 24 天" in late["message"] and late["field"] == "due"
    silent = found(desk, "ledger-report", "unanswered")
    assert silent and all(each["form"] == "assignment" and each["record"] for each in silent)
    unit = records.get(desk, "assignment", task)["lead"][0]
    owed = next(each["message"] for each in silent if each["message"].startswith(unit))
    put(desk, "progress", item="task-1", unit=unit, kind="own", period="2026-11", state="done", done="示例")
    after = [each["message"] for each in found(desk, "ledger-report", "unanswered")]
    assert owed not in after
    assert all(each["record"] != task for each in found(desk, "ledger-report", "due"))
    stale = project(desk, finish="2026-06")
    assert [each["record"] for each in found(desk, "project-list", "due")] == [stale]


def test_a_claim_on_a_document_out_of_date_blocks(desk: Desk) -> None:
    policy = next(r for r, v in records.find(desk, "policy")[0] if v.get("number") == 20)
    claim = put(desk, "claim", policy=policy, applicant_kind="persons", applicant="示例批次", period="2026-11",
                persons=10, claimed="1000")  # fmt: skip
    (finding,) = found(desk, "claim-form", "rule", record=claim)
    assert finding["level"] == "block" and "须核对现行政策" in finding["message"]
    good = put(desk, "claim", policy=policy, applicant_kind="persons", applicant="示例批次二", period="2024-11",
               persons=10, claimed="1000")  # fmt: skip
    assert found(desk, "claim-form", "rule", record=good) == []


def test_funds_that_do_not_make_up_the_total_block_a_filing(desk: Desk) -> None:
    record = project(desk, fund_own="47000000")
    assert all(each["level"] == "warn" for each in found(desk, "project-list", "record"))
    levels = [each["level"] for each in found(desk, "project-application", "record", record=record)
              if "资金合计不符" in each["message"]]  # fmt: skip
    assert levels == ["block"]
