"""Lists: who is in them, their groups, their sums."""

from __future__ import annotations

from desktop.model.page import Note, RowKind, Signers
from tests.model.printed.office import WAN, Office, Print, column, of_kind, only_table, project


def test_projects_are_grouped_in_the_order_of_the_list_of_sectors(pages: Print) -> None:
    table = only_table(pages("project-list"))
    heads = [row.cells[0] for row in of_kind(table, RowKind.AREA)]
    assert heads == ["一、工业", "二、医疗"]
    assert column(table, "项目名称") == ["甲项目", "丙项目", "乙项目"]
    assert column(table, "序号") == ["1", "2", "3"]


def test_subtotals_add_up_to_the_total_to_the_last_fen(pages: Print) -> None:
    table = only_table(pages("project-list"))
    assert column(table, "总投资", RowKind.SUBTOTAL) == ["5,000.00", "1,000.000001"]
    assert column(table, "总投资", RowKind.TOTAL) == ["6,000.000001"]
    assert column(table, "完成设备投资", RowKind.TOTAL) == ["1,200.00"]
    assert [row.cells[0] for row in of_kind(table, RowKind.TOTAL)] == ["合计　3 个"]
    assert column(table, "完成率") == ["50.0", "", ""]


def test_who_has_left_before_the_end_of_the_period_is_not_listed(office: Office, pages: Print) -> None:
    project(office, "下月才退出", "industry", 100 * WAN, exit_on="2026-12-01")
    names = column(only_table(pages("project-list")), "项目名称")
    assert "已退出项目" not in names and "下月才退出" in names


def test_a_list_for_one_unit_holds_only_its_projects(pages: Print) -> None:
    table = only_table(pages("project-list", unit="区商务局"))
    assert column(table, "项目名称") == ["丙项目", "乙项目"]
    assert column(table, "总投资", RowKind.TOTAL) == ["1,200.000001"]


def test_rare_names_stand_as_they_were_entered(pages: Print) -> None:
    assert "㛃䶮𫖯示例有限公司" in column(only_table(pages("project-list")), "项目单位")


def test_units_stand_by_their_short_names(pages: Print) -> None:
    assert column(only_table(pages("project-list")), "主管部门")[0] == "区工信局"


def test_a_list_without_rows_says_so_and_has_no_total(office: Office, pages: Print) -> None:
    office.data["project"] = {}
    table = only_table(pages("project-list"))
    assert table.rows == () and table.empty == "无"


def test_a_project_without_a_sector_comes_last_under_its_own_head(office: Office, pages: Print) -> None:
    identity = project(office, "丁项目", "industry", 100 * WAN)
    del office.data["project"][identity]["sector"]
    heads = [row.cells[0] for row in of_kind(only_table(pages("project-list")), RowKind.AREA)]
    assert heads[-1] == "三、未填"


def test_dispatch_joins_only_the_month_of_the_form(office: Office, pages: Print) -> None:
    first = next(iter(office.data["project"]))
    office.add("project_month", project=first, period="2026-10", month=7 * WAN, ytd=70 * WAN)
    office.add("project_month", project=first, period="2026-11", month=9 * WAN, ytd=79 * WAN, plan_year=100 * WAN)
    table = only_table(pages("project-dispatch"))
    assert column(table, "本月完成")[0] == "9.00"
    assert column(table, "年度完成率")[0] == "79.0"
    assert column(table, "本年累计", RowKind.TOTAL) == ["79.00"]


def test_only_problems_for_the_city_and_still_open_go_to_the_city(office: Office, pages: Print) -> None:
    for level, state in [("city", "open"), ("district", "open"), ("province", "going"), ("city", "closed")]:
        office.add("problem", title=f"{level}{state}", level=level, state=state, found="2026-11-02", description="缺地")
    assert column(only_table(pages("problem-list")), "问题") == ["cityopen", "provincegoing"]


def test_names_below_a_list_are_those_of_the_way_it_went(pages: Print) -> None:
    made = pages("project-list", {"reviewer": "孙示例", "issuer": "吴示例", "issued": "2026-11-24T10:00:00+08:00"})
    signers = next(block for block in made.blocks if isinstance(block, Signers))
    assert dict(signers.pairs)["审核人"] == "孙示例" and dict(signers.pairs)["签发人"] == "吴示例"
    assert dict(signers.pairs)["联系电话"].strip("　") == ""
    assert any(isinstance(block, Note) for block in made.blocks)


def test_a_share_just_short_of_all_is_not_called_all(office: Office, pages: Print) -> None:
    first = next(iter(office.data["project"].values()))
    first["equipment_paid"] = 2400 * WAN - 1
    assert column(only_table(pages("project-list")), "完成率")[0] == "99.9"
