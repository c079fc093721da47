"""Numbers and plots of a briefing, and how indicators stand on paper; counted by hand."""

from __future__ import annotations

import datetime

from desktop.model.canonical import canonical
from desktop.model.page import Paragraph, Plot, PlotRow, SeriesRole
from desktop.model.printed import document, gather, load_printed
from tests.model.printed.office import WAN, Office, Print, column, only_table, project


def month(office: Office, project_id: str, period: str, ytd: int, paid: int) -> None:
    office.add("project_month", project=project_id, period=period, ytd=ytd * WAN, paid=paid * WAN)


def numbers(office: Office, period: str = "2026-11") -> dict[str, list[str]]:
    found = gather(load_printed()["briefing"], office, period=period)
    table = only_table(document(found, draft=True))
    return {row.cells[0]: list(row.cells[2:]) for row in table.rows}


def test_the_months_numbers_against_the_month_and_the_year_before() -> None:
    office = Office()
    first = project(office, "甲项目", "industry", 100 * WAN, entered_on="2025-06-01")
    gone = project(office, "乙项目", "industry", 200 * WAN, entered_on="2026-02-01", exit_on="2026-11-05")
    month(office, first, "2026-10", 30, 10)
    month(office, first, "2026-11", 45, 12)
    month(office, gone, "2026-10", 5, 0)
    month(office, first, "2025-11", 7, 1)
    office.add("progress", item="task-1", unit="甲", period="2026-09", state="late")
    office.add("progress", item="task-2", unit="甲", period="2026-11", state="done")
    office.add("progress", item="task-2", unit="乙", period="2026-11", state="late")
    office.add("progress", item="task-2", unit="丙", kind="summary", period="2026-11", state="done")
    office.add("progress", item="goal-2025-1", unit="甲", period="2026-11", state="done")  # goals are no tasks
    office.add("site", name="一", kind="fixed", state="open", modern=1, opened="2025-01-01", modern_on="2026-11-02")
    office.add("site", name="二", kind="mobile", state="closed", opened="2025-03-01", closed_on="2026-11-20")
    office.add("site_month", site="一", period="2026-11", tons="2.5")
    office.add("site_month", site="二", period="2026-11", tons="0.25")
    office.add("site_month", site="一", period="2025-11", tons="3")
    found = numbers(office)
    assert found["入库项目"] == ["1", "2", "-1", "1", "0"]  # the second left on 5 November
    assert found["本年完成投资"] == ["45.00", "35.00", "+10.00", "7.00", "+38.00"]  # 30 + 5 in October
    assert found["资金支付"] == ["12.00", "10.00", "+2.00", "1.00", "+11.00"]
    assert found["已完成的任务"] == ["1", "0", "+1", "", ""]  # the summary decides; nothing was reported in 2025
    assert found["滞后的任务"] == ["1", "1", "0", "", ""]
    assert found["运营中的回收网点"] == ["1", "2", "-1", "2", "-1"]
    assert found["其中现代化网点"] == ["1", "0", "+1", "0", "+1"]
    assert found["本期回收量"] == ["2.75", "", "", "3", "-0.25"]


def measured(office: Office, values: dict[str, str], aim: str, **more: str) -> str:
    made = office.add("indicator", name=f"回收量{len(office.data.get('indicator', {}))}", kind="yearly", unit="吨",
                      frequency="month", **more)  # fmt: skip
    office.add("target", indicator=made, year="2026", unit="示例区", value=aim, wording="力争")
    for period, value in values.items():
        office.add("measure", indicator=made, period=period, unit="示例区", value=value)
    return made


MONTHS = {"2026-09": "60", "2026-10": "70", "2026-11": "80"}


def test_two_plots_those_that_lag_first_and_the_whole_on_one_page() -> None:
    office = Office()
    for aim in ("60", "70", "120", "65"):  # 80 by November: only the third lags, 110 are asked
        measured(office, MONTHS, aim)
    office.add("progress", item="task-15", unit="甲", period="2026-11", state="late")
    found = gather(load_printed()["briefing"], office, period="2026-11")
    made = document(found, draft=True)
    (row,) = [block for block in made.blocks if isinstance(block, PlotRow)]
    assert [plot.title for plot in row.plots] == ["回收量2", "回收量0"]
    plot = row.plots[0]
    assert (plot.series[0].values[8:], plot.target and plot.target.label) == (
        ("60", "70", "80", None), "2026年目标 力争 120 吨",
    )  # fmt: skip
    assert [each.role for each in plot.series] == [SeriesRole.VALUE, SeriesRole.PROJECTION]
    assert plot.words == "2026年11月 80 吨，完成 66.6%，滞后，按今年已有各期的平均推算，年底预计 87 吨。"  # 80 × 12/11
    said = [block.text for block in made.blocks if isinstance(block, Paragraph)]
    assert said[1:] == ["滞后任务：15 推进公共供水设施设备升级改造，共 1 项。", "需市级协调：无。"]
    from desktop.pdf.render import render

    assert render(made).pages == 1
    assert document(found, draft=True) == made and canonical(found)


def test_a_briefing_stays_on_one_page_however_much_is_late() -> None:
    from desktop.pdf.render import render

    office = Office()
    for aim in ("120", "130"):
        measured(office, MONTHS, aim)
    for number in range(1, 61):
        office.add("progress", item=f"task-{number}", unit="甲", period="2026-11", state="late")
        title = f"第 {number} 个需要协调解决的示例问题"
        office.add("problem", title=title, level="city", found="2026-10-01", state="open")
    for number in range(40):
        project(office, f"项目{number}", "industry", 99_999 * WAN)
    made = document(gather(load_printed()["briefing"], office, period="2026-11"), draft=True)
    assert render(made).pages == 1
    said = [block.text for block in made.blocks if isinstance(block, Paragraph)]
    assert said[1].endswith("等 60 项。") and said[2].endswith("等 60 个。")


def test_the_report_says_state_projection_and_the_result_of_2025(pages: Print, office: Office) -> None:
    made = measured(office, {**MONTHS, "2025-12": "100"}, "120")
    office.add("target", indicator=made, year="2025", unit="示例区", value="90")
    table = only_table(pages("indicator-report"))
    row = dict(zip([each.label for each in table.columns], table.rows[-1].cells, strict=True))
    assert (row["目标"], row["目标年份"], row["完成值"], row["较上期"]) == ("本区 力争 120", "2026", "80", "+10")
    assert (row["状态"], row["进度差距"], row["年底预计"]) == ("滞后", "应到 110，差 30", "87")
    assert row["已到期目标的结果"] == "2025年 90：达到（100）"
    plots = [block for block in pages("indicator-report").blocks if isinstance(block, Plot | PlotRow)]
    assert plots


def test_a_figure_of_last_year_is_never_this_years(office: Office, pages: Print) -> None:
    measured(office, {"2025-12": "100"}, "120")
    office.today = datetime.date(2026, 12, 20)
    table = only_table(pages("indicator-report"))
    assert (column(table, "完成值")[-1], column(table, "截至")[-1]) == ("未报", "")


def test_the_citys_figure_is_named_and_never_judged(office: Office, pages: Print) -> None:
    made = measured(office, {}, "120")
    office.add("measure", indicator=made, period="2026-10", unit="济南市", value="5000")
    table = only_table(pages("indicator-report"))
    assert (column(table, "完成值")[-1], column(table, "状态")[-1]) == ("全市 5,000", "未到发布期")
