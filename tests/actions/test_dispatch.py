"""A month's figures of all projects and sites in one table."""

from __future__ import annotations

import time

import pytest

from desktop.actions import dispatch, periods, records, undo
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from desktop.store.accounts import Account
from tests.conftest import REVIEWER, enterprise, project, project_data


def figures(desk: Desk, owner: str, period: str, **more: object) -> str:
    return records.put(desk, "project_month", [{"project": owner, "period": period, **more}]).ids[0]


def test_rows_are_the_live_projects_with_last_months_figures(desk: Desk) -> None:
    owner = project(desk)
    project(desk, name="投产了", stage="operating", finish="2026-09")
    project(desk, name="退出了", exit_on="2026-08-31", exit_why="调整")
    gone = project(desk, name="本月退出", exit_on="2026-10-05", exit_why="调整")
    figures(desk, owner, "2026-09", plan_year="20000000", month="1000000", ytd="5000000", total="7000000")
    table = dispatch.dispatch(desk, "2026-10")
    assert [row.key for row in table.rows] == [owner, gone] and table.missing == 2
    row = table.rows[0]
    assert row.last["ytd"] == "500.00" and row.last_period == "2026-09" and row.now["month"] == ""
    assert row.proposed == {"plan_year": "2,000.00"}  # nothing cumulated while the month's own figure is empty
    offered = dispatch.proposals(desk.form("project_month"), row, {"month": "120.5"})
    assert (offered["ytd"], offered["total"]) == ("620.50", "820.50")


@pytest.mark.parametrize(
    ("before", "period", "ytd", "total"),
    [
        ("2025-12", "2026-01", "10.00", "710.00"),  # a new year begins at nothing
        ("2025-12", "2026-02", None, "710.00"),  # January is missing: the year's sum is not known
        ("2026-09", "2026-11", "510.00", "710.00"),
        ("", "2026-03", "10.00", "10.00"),  # the project began in March
        ("", "2026-10", None, None),  # nobody knows what came before
    ],
)
def test_what_is_proposed(desk: Desk, before: str, period: str, ytd: str | None, total: str | None) -> None:
    owner = project(desk)
    if before:
        figures(desk, owner, before, ytd="5000000", total="7000000")
    row = dispatch.dispatch(desk, period).rows[0]
    offered = dispatch.proposals(desk.form("project_month"), row, {"month": "10"})
    assert (offered.get("ytd"), offered.get("total")) == (ytd, total)


def test_saved_as_one_and_taken_back_as_one(desk: Desk) -> None:
    owners = [project(desk), project(desk, name="另一条线")]
    typed = {owner: {"month": "100", "ytd": "100", "total": "100", "progress": "设备到货"} for owner in owners}
    saved = dispatch.save_dispatch(desk, "2026-10", {**typed, project(desk, name="没填"): {"month": " "}})
    assert len(saved.ids) == 2 and dispatch.dispatch(desk, "2026-10").missing == 1
    dispatch.save_dispatch(desk, "2026-10", {owners[0]: {"paid": "30"}})
    row = dispatch.dispatch(desk, "2026-10").rows[0]
    assert row.now["paid"] == "30.00" and row.now["month"] == "100.00"
    undo.undo(desk)
    undo.undo(desk)
    assert dispatch.dispatch(desk, "2026-10").missing == 3


def test_what_looks_odd_is_said_beside_its_cell(desk: Desk) -> None:
    owner = project(desk)
    figures(desk, owner, "2026-09", month="1000000", ytd="5000000", total="7000000", arrived="3000000")
    typed = {owner: {"month": "600", "ytd": "550", "total": "9000", "arrived": "200", "paid": "250"}}
    said = {each.field: each.message for each in dispatch.check_months(desk, "project_month", "2026-10", typed)}
    assert "大于本年累计" in said["month"]
    assert "上月累计加本月完成是 1,100.00 万元" in said["ytd"]
    assert "变少了" in said["arrived"] and "大于资金到位" in said["paid"] and "大于总投资" in said["total"]
    assert not any(each.blocks for each in dispatch.check_months(desk, "project_month", "2026-10", typed))
    typed = {owner: {"month": "很多"}}
    assert [each.field for each in dispatch.check_months(desk, "project_month", "2026-10", typed) if each.blocks] == [
        "month"
    ]
    with pytest.raises(Refused) as refused:
        dispatch.save_dispatch(desk, "2026-10", typed)
    assert refused.value.details[0]["key"] == owner and refused.value.details[0]["field"] == "month"
    gap = dispatch.check_months(desk, "project_month", "2026-12", {owner: {"month": "1", "ytd": "501"}})
    assert any("中间缺月" in each.message for each in gap)


def test_a_closed_month_is_shown_and_not_written(desk: Desk) -> None:
    owner = project(desk)
    periods.close(Desk(desk.store, Account(REVIEWER, ("review",))), "2026-10")
    assert "已关账" in dispatch.dispatch(desk, "2026-10").closed
    with pytest.raises(Refused, match="已关账"):
        dispatch.save_dispatch(desk, "2026-10", {owner: {"month": "1"}})
    with pytest.raises(Refused, match="不是月份"):
        dispatch.dispatch(desk, "2026-Q4")


def test_volumes_of_sites_by_goods(desk: Desk) -> None:
    goods = [code for code, _ in desk.form("site").field("goods").type.choices(desk.names)][:2]
    site = records.put(desk, "site", [{
        "name": "云帆街道站", "kind": "fixed", "operator": enterprise(desk), "address": "示例路2号", "state": "open",
        "opened": "2026-01-01", "goods": goods,
    }]).ids[0]  # fmt: skip
    table = dispatch.month_table(desk, "site_month", "2026-10")
    assert len(table.rows) == 2 and all(row.key.startswith(f"{site}|") for row in table.rows)
    first = table.rows[0]
    assert first.name == "云帆街道站" and first.beside
    dispatch.save_months(desk, "site_month", "2026-10", {first.key: {"tons": "12.5", "units": "3"}})
    row = dispatch.month_table(desk, "site_month", "2026-11").rows[0]
    assert row.last == {"tons": "12.5", "units": "3"}
    said = dispatch.check_months(desk, "site_month", "2026-11", {first.key: {"tons": "60"}})
    assert [each.field for each in said] == ["tons"] and "三倍" in said[0].message


def test_two_hundred_projects_are_quick(desk: Desk) -> None:
    owner = enterprise(desk)
    made = records.put(desk, "project", [project_data(owner, name=f"示例项目{n:03}") for n in range(200)]).ids
    typed = {each: {"month": "10", "ytd": "10", "total": "10"} for each in made}
    dispatch.save_dispatch(desk, "2026-09", typed)
    start = time.perf_counter()
    table = dispatch.dispatch(desk, "2026-10")
    opened = time.perf_counter() - start
    start = time.perf_counter()
    dispatch.check_months(desk, "project_month", "2026-10", typed)
    checked = time.perf_counter() - start
    assert len(table.rows) == 200
    assert opened < 0.5, opened
    assert checked < 1, checked


def test_what_is_typed_and_not_saved_is_kept(desk: Desk) -> None:
    owner = project(desk)
    dispatch.keep_months(desk, "project_month", "2026-10", {owner: {"month": "12"}})
    assert dispatch.kept_months(desk, "project_month", "2026-10") == {owner: {"month": "12"}}
    dispatch.keep_months(desk, "project_month", "2026-10", {})
    assert dispatch.kept_months(desk, "project_month", "2026-10") == {}
