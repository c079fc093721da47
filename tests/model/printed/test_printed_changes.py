"""新增退出变更表: one period against the one before."""

from __future__ import annotations

import datetime

import pytest

from desktop.model.errors import Refused
from desktop.model.printed import gather, load_printed
from tests.model.printed.office import WAN, Office, Print, column, only_table, project


def test_who_came_and_who_left_in_the_period(office: Office, pages: Print) -> None:
    project(office, "本月入库", "industry", 100 * WAN, entered_on="2026-11-03")
    project(office, "上月入库", "industry", 100 * WAN, entered_on="2026-10-31")
    project(office, "本月退出", "industry", 100 * WAN, exit_on="2026-11-30", exit_why="停产")
    made = pages("change-list")
    assert column(only_table(made), "项目名称") == ["本月入库"]
    assert column(only_table(made, 1), "项目名称") == ["本月退出"]
    assert column(only_table(made, 1), "退出原因") == ["停产"]


def test_what_became_another_stands_with_before_and_after(office: Office, pages: Print) -> None:
    heavy, rare = office.data["enterprise"]
    first, second = list(office.data["project"])[:2]
    inside, before = datetime.date(2026, 11, 5), datetime.date(2026, 10, 5)
    office.log = [
        (inside, (second, "total_investment", 900 * WAN, 1000 * WAN + 1)),
        (inside, (first, "enterprise", rare, heavy)),
        (inside, (first, "note", None, "不在表里")),
        (before, (first, "stage", "planned", "building")),
    ]
    table = only_table(pages("change-list"), 2)
    assert column(table, "项目名称") == ["甲项目", "乙项目"]
    assert column(table, "变更事项") == ["项目单位", "总投资（万元）"]
    assert column(table, "变更前") == ["㛃䶮𫖯示例有限公司", "900.00"]
    assert column(table, "变更后") == ["示例重工有限公司", "1,000.000001"]


class Forgetful:
    """The office's records without its log."""

    def __init__(self, office: Office) -> None:
        self.office, self.district_name, self.district_code = office.office, office.district_name, office.district_code
        self.names, self.plan, self.records, self.record = office.names, office.plan, office.records, office.record


def test_without_a_log_it_is_refused_not_left_out(office: Office) -> None:
    with pytest.raises(Refused, match="没有变更记录"):
        gather(load_printed()["change-list"], Forgetful(office), period="2026-11")
