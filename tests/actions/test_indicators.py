"""Indicators through actions and the command line: an office with its own targets, figures, sites and projects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.actions.indicators import lagging, overview
from desktop.actions.indicators_entry import enter, sectors
from desktop.actions.indicators_page import indicator_page
from desktop.actions.periods import close
from desktop.cli.main import main
from desktop.model.errors import Refused
from tests.conftest import PASSWORD, enterprise, project

SITES, CARS, PARTS = "现代化回收网点", "新能源汽车保有量", "城镇公共供水管网漏损率"


def aim(desk: Desk, name: str, year: str, value: str, unit: str = "", **more: str) -> None:
    row = {"indicator": ids(desk)[name], "year": year, "unit": unit or desk.district_name, "value": value, **more}
    records.put(desk, "target", [row])


def ids(desk: Desk) -> dict[str, str]:
    return {str(values["name"]): record for record, values in records.find(desk, "indicator")[0]}


def line(desk: Desk, name: str, period: str) -> Any:
    return next(each for each in overview(desk, period).lines if each.name == name)


def site(desk: Desk, name: str, **more: object) -> str:
    found, _ = records.find(desk, "enterprise")
    owner = found[0][0] if found else enterprise(desk)
    row = {"name": name, "kind": "fixed", "operator": owner, "address": "示例区示例路1号", "state": "open", **more}
    return records.put(desk, "site", [row]).ids[0]


def test_a_district_starts_with_every_figure_of_the_plan_and_its_words(desk: Desk) -> None:
    made = overview(desk, "2026-03")
    assert len(made.lines) == 37
    cars = line(desk, CARS, "2026-03")
    assert cars.aim == "2027年 全市 40 万辆以上"
    assert line(desk, "累计培育工业互联网园区", "2025-03").aim == "2025年 全市 力争 10 家"
    assert line(desk, "工业重点领域达到能效标杆水平的产能比例", "2025-12").aim == "2025年 全市 高于全省平均水平"
    assert line(desk, "每年实施亿元以上重点技术改造项目", "2026-03").aim == "2026年 全市 300 个以上"
    dismantled = line(desk, "报废汽车规范回收拆解量", "2026-03")
    recycled = line(desk, "报废汽车回收量较2023年增加", "2026-03")
    assert (dismantled.state, dismantled.aim) == ("closed", ""), "2025 and 2027 are two indicators, never one line"
    assert dismantled.closed == (("unknown", "2025年目标 全市 2.5 万辆：没有年末数"),)
    assert recycled.aim == "2027年 全市 约 100%"


def test_figures_of_a_month_are_entered_in_one_go_or_not_at_all(desk: Desk) -> None:
    rows = [{"indicator": CARS, "value": "1.52"}, {"indicator": PARTS, "value": "9，2"}, {"indicator": "没有的"}]
    with pytest.raises(Refused) as refused:
        enter(desk, "2026-01", rows)
    assert [(each["index"], each["field"]) for each in refused.value.details] == [(1, "value"), (2, "indicator")]
    assert records.find(desk, "measure")[1] == 0
    enter(desk, "2026-01", [{"indicator": CARS, "value": "1.52"}, {"indicator": PARTS, "value": "9.2"},
                            {"indicator": "二手车交易量", "value": ""}])  # fmt: skip
    assert records.find(desk, "measure")[1] == 2, "an empty one makes nothing"
    quarter = enter(desk, "2026-08", [{"indicator": "智慧化预防接种门诊占比", "value": "80"}]).ids
    assert records.get(desk, "measure", quarter[0])["period"] == "2026-Q2", "its own frequency within the month"
    corrected = enter(desk, "2026-01", [{"indicator": CARS, "value": "1.5"}])
    assert corrected.warnings == []
    page = indicator_page(desk, CARS, "2026-02")
    assert [(each.period, each.typed) for each in page.entries] == [("2026-01", "1.5"), ("2026-02", "")]
    assert page.entries[0].corrected[0].startswith("原为 1.52，")
    with pytest.raises(Refused, match="按月填报"):
        enter(desk, "2026-02", [{"indicator": CARS, "value": "1", "period": "2026-Q1"}])
    close(desk, "2026-01")
    with pytest.raises(Refused, match="关账"):
        enter(desk, "2026-01", [{"indicator": CARS, "value": "1.6"}])


def test_what_lags_and_what_is_closed(desk: Desk) -> None:
    aim(desk, CARS, "2025", "1.4")
    aim(desk, CARS, "2027", "2.6", wording="以上")
    for period, value in (("2025-12", "1.5"), ("2026-01", "1.51"), ("2026-02", "1.52")):
        enter(desk, period, [{"indicator": CARS, "value": value}])
    found = [each.name for each in lagging(desk, "2026-02")]
    assert found == [CARS]
    held = line(desk, CARS, "2026-02")
    assert (held.aim, held.completion, held.month_before) == ("2027年 2.6 万辆以上", "58.4%", "+0.01")
    assert held.behind == "应到 1.59，差 0.07"  # 1.5 + 1.1 × 2/24 = 1.591666…
    assert held.closed == (("met", "2025年目标 1.4 万辆：年末 1.5 万辆，达到"),)
    assert (held.projection, held.method) == ("1.62", "按今年已有的平均变化推算")  # 1.52 + 0.02 × 5


def test_a_derived_figure_names_its_records_and_is_compared(desk: Desk) -> None:
    aim(desk, SITES, "2027", "14")
    counted = site(desk, "甲网点", modern=True, modern_on="2026-02-10", opened="2025-05-01")
    site(desk, "乙网点", modern=False)
    site(desk, "丙网点", modern=True, state="preparing")
    site(desk, "丁网点", modern=True, modern_on="2026-04-01")
    page = indicator_page(desk, SITES, "2026-02")
    assert page.behind is not None
    assert (page.behind.form, page.behind.ids, page.behind.labels) == ("site", (counted,), ("甲网点",))
    assert (page.line.figure, page.line.state) == ("1", "not_judged"), "the records answer where nothing was typed"
    enter(desk, "2026-02", [{"indicator": SITES, "value": "3"}])
    page = indicator_page(desk, SITES, "2026-02")
    assert (page.line.figure, page.line.differs) == ("3", True)
    assert page.behind is not None
    assert page.behind.said == "由记录计算 1 个，填报数 3 个，多 2 个"
    assert indicator_page(desk, SITES, "2026-04").behind.value == "2"  # type: ignore[union-attr]


def test_upgrades_of_one_yi_and_more_by_year(desk: Desk) -> None:
    enterprise(desk)
    big = project(desk, total_investment="100000000", fund_own="100000000")
    project(desk, name="九千万", total_investment="99999999.99", fund_own="99999999.99")
    project(desk, name="能源", sector="energy", total_investment="200000000", fund_own="200000000")
    name = "每年实施亿元以上重点技术改造项目"
    page = indicator_page(desk, name, "2026-06")
    assert page.behind is not None and page.behind.ids == (big,)
    assert "待工信部门确认" in page.behind.words
    for period, value in (("2025-12", "0"), ("2027-03", "1"), ("2028-03", "0")):  # March 2026 to February 2027
        assert indicator_page(desk, name, period).behind.value == value  # type: ignore[union-attr]


def test_rates_by_sector_with_the_rows_behind(desk: Desk) -> None:
    enterprise(desk)
    one = project(desk)
    project(desk, name="没开工", stage="planned", start="2026-09", finish="2027-09")
    row = {"project": one, "period": "2026-05", "plan_year": "10000000", "ytd": "2500000", "total": "2500000",
           "arrived": "3000000", "paid": "1000000"}  # fmt: skip
    months = records.put(desk, "project_month", [row, {**row, "period": "2026-04", "ytd": "1"}]).ids
    found = sectors(desk, "2026-05")
    assert [(each.label, each.projects, each.investment, each.payment, each.start) for each in found] == [
        ("工业", 2, "25%", "33.3%", "50%"), ("合计", 2, "25%", "33.3%", "50%"),
    ]  # fmt: skip
    assert found[0].investment_of.ids == (months[0],), "only the last month of the year counts"
    assert sectors(desk, "2026-03")[0].investment == "没有填年度计划投资"


def test_a_split_that_does_not_add_up_is_said(desk: Desk) -> None:
    records.put(desk, "township", [{"code": "379901001", "name": "甲街道"}, {"code": "379901002", "name": "乙镇"}])
    aim(desk, SITES, "2027", "14")
    aim(desk, SITES, "2027", "9", "甲街道")
    aim(desk, SITES, "2027", "3", "乙镇")
    enter(desk, "2026-02", [{"indicator": SITES, "value": "4"}], unit="甲街道")
    page = indicator_page(desk, SITES, "2026-03")
    assert [(each.unit, each.target, each.figure, each.completion) for each in page.splits[0].shares] == [
        ("甲街道", "9", "4", "44.4%"), ("乙镇", "3", "0", "0%"),
    ]  # typed, and counted from the records  # fmt: skip
    assert (page.splits[0].words, page.line.split_adds_up) == ("街镇合计 12 个，比区级目标 14 个 少 2 个", False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_line_does_the_same(
    tmp_path: Path, office: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office().close()
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    at = ["--data", str(tmp_path / "office"), "--user", "李示例", "indicators", "--period", "2026-03"]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"indicator": CARS, "value": "1.52"}]), encoding="utf-8")
    code, answer = run(capsys, *at, "--enter", str(file))
    assert code == 0 and len(answer["ids"]) == 1
    code, answer = run(capsys, *at)
    cars = next(each for each in answer["indicators"] if each["name"] == CARS)
    assert (cars["figure"], cars["series"][0]["values"][2]) == ("1.52", "1.52")
    code, answer = run(capsys, *at, CARS)
    assert answer["entries"][2]["typed"] == "1.52"
    code, answer = run(capsys, *at, "没有")
    assert code == 1 and "没有这项指标" in answer["message"]
    file.write_text(json.dumps([{"indicator": CARS, "value": "一点五二三"}]), encoding="utf-8")
    code, answer = run(capsys, *at, "--enter", str(file))
    assert code == 1 and answer["errors"][0]["field"] == "value"
