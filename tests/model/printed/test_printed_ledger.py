"""The ledger, the indicators, one unit's duties."""

from __future__ import annotations

import datetime

import pytest

from desktop.model.errors import Refused
from desktop.model.page import RowKind, Table
from desktop.model.plan import load_plan
from tests.model.printed.office import Office, Print, column, of_kind, only_table


def row_of(table: Table, title: str) -> dict[str, str]:
    row = next(row for row in table.rows if row.kind is RowKind.DATA and row.cells[1] == title)
    return dict(zip([each.label for each in table.columns], row.cells, strict=True))


def title(key: str) -> str:
    return load_plan().item(key).title


def test_every_goal_and_task_stands_under_its_part_and_area(pages: Print) -> None:
    table, plan = only_table(pages("ledger-report")), load_plan()
    assert len(of_kind(table, RowKind.DATA)) == 68
    assert [row.cells[0] for row in of_kind(table, RowKind.PART)] == list(
        dict.fromkeys(item.part for item in plan.items)
    )
    assert [row.cells[0] for row in of_kind(table, RowKind.AREA)] == [area.printed for area in plan.areas]
    labels = [each.label for each in table.columns]
    assert labels[:5] == ["序号", "重点任务", "工作内容", "牵头单位", "责任单位"]
    assert labels[5:] == ["状态", "进展情况", "存在问题", "下步打算"]


def test_reports_of_several_units_stand_together_and_the_late_one_decides(pages: Print) -> None:
    row = row_of(only_table(pages("ledger-report")), title("task-42"))
    assert row["状态"] == "滞后"
    assert row["进展情况"] == "区商务局：区商务局做了。\n区供销社：区供销社做了。"
    assert row["存在问题"] == "区商务局：无\n区供销社：缺地"
    assert row["下步打算"] == "无"


def test_the_summary_of_the_lead_replaces_the_reports(office: Office, pages: Print) -> None:
    office.add("progress", item="task-42", unit="区商务局", kind="summary", period="2026-11", state="going",
               done="汇总。")  # fmt: skip
    row = row_of(only_table(pages("ledger-report")), title("task-42"))
    assert (row["状态"], row["进展情况"]) == ("推进中", "汇总。")


def test_a_task_that_does_not_apply_says_why(pages: Print) -> None:
    row = row_of(only_table(pages("ledger-report")), title("task-1"))
    assert (row["状态"], row["进展情况"]) == ("不适用", "本区没有这类企业")


def test_units_of_the_city_are_never_shown_as_asked(office: Office, pages: Print) -> None:
    office.add("assignment", item="task-2", applicable="yes", lead='["人民银行山东省分行营业管理部"]')
    office.add("assignment", item="task-4", applicable="yes", lead='["人民银行山东省分行营业管理部"]',
               responsible='["区商务局"]')  # fmt: skip
    office.add("assignment", item="task-3", applicable="yes", lead='["区商务局"]')
    table = only_table(pages("ledger-report"))
    assert row_of(table, title("task-2"))["状态"] == "市级事权"
    assert row_of(table, title("task-4"))["状态"] == "未报"
    assert row_of(table, title("task-3"))["状态"] == "未报"


def test_the_duties_of_one_unit(pages: Print) -> None:
    made = pages("unit-duties", unit="区商务局")
    assert made.left == "责任单位：区商务局"
    table = only_table(made)
    assert column(table, "重点任务") == [title("task-42")] and column(table, "分工") == ["牵头"]
    assert column(only_table(made, 1), "项目名称") == ["乙项目", "丙项目"]


def test_duties_without_a_unit_are_refused(pages: Print) -> None:
    with pytest.raises(Refused, match="先选定单位"):
        pages("unit-duties")


@pytest.fixture
def measured(office: Office) -> Office:
    for name, kind in [("回收量", "cumulative"), ("普及率", "share"), ("拆解量", "yearly"), ("去年的量", "yearly")]:
        made = office.add("indicator", name=name, kind=kind, unit="吨", frequency="month", available_day=20)
        office.add("target", indicator=made, year="2027", unit="济南市", value="900", note="市方案：900吨以上")
    first, second, third, fourth = office.data["indicator"]
    office.add("target", indicator=first, year="2027", unit="示例区", value="200")
    office.add("measure", indicator=first, period="2026-10", unit="示例区", value="150")
    office.add("measure", indicator=first, period="2025-12", unit="示例区", value="999")
    office.add("measure", indicator=first, period="2026-12", unit="示例区", value="777")
    office.add("measure", indicator=third, period="2026-10", unit="示例区", value="450")
    office.add("measure", indicator=fourth, period="2025-12", unit="示例区", value="5")
    office.add("measure", indicator=second, period="2026-11", unit="示例区", value="81.5")
    return office


def test_the_latest_figure_of_the_year_against_the_districts_own_target(measured: Office, pages: Print) -> None:
    table = only_table(pages("indicator-report"))
    assert column(table, "完成值")[:2] == ["150", "81.5"]
    assert column(table, "截至")[0] == "2026-10"
    assert column(table, "目标") == ["本区 200", "全市 900", "全市 900", "全市 900"]
    assert column(table, "完成率") == ["75", "", "", ""]  # none against the city's target, none for a share
    assert column(table, "状态") == ["未到发布期", "不判进度", "未到发布期", "未到发布期"]


def test_before_the_day_of_publication_nothing_is_late(measured: Office, pages: Print) -> None:
    assert column(only_table(pages("indicator-report")), "完成值")[3] == "未到发布期"
    measured.today = datetime.date(2026, 12, 20)
    assert column(only_table(pages("indicator-report")), "完成值")[3] == "未报"
