"""Printing: kinds of file, split lists, traced figures, closed periods as they stood, one enterprise's policies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.actions import periods, printing, records, splitting, tracing
from desktop.actions.desk import Desk
from desktop.actions.paper_source import DeskSource
from desktop.model.errors import Refused
from desktop.model.page import Document, RowKind, Table
from desktop.model.periods import Period
from desktop.model.printed import gather, load_printed, split_values
from tests.conftest import enterprise, project
from tests.pdf.pages.pdf_tools import text

MONTH = "2026-11"


def tables(made: Document) -> dict[str, Table]:
    return {each.caption or str(n): each for n, each in enumerate(made.blocks) if isinstance(each, Table)}


def names(table: Table, column: int = 1) -> list[str]:
    return [row.cells[column] for row in table.rows if row.kind is RowKind.DATA]


def test_a_form_is_written_as_the_kinds_of_file_it_has(desk: Desk, tmp_path: Path) -> None:
    project(desk)
    made = printing.print_form(desk, "project-list", tmp_path / "a.xlsx", records=[], period=MONTH)
    assert openpyxl.load_workbook(made.paths[0]).sheetnames == ["项目清单汇总表"] and made.pages == 0
    assert printing.print_form(desk, "letter", tmp_path / "a.docx", records=[], period=MONTH).paths[0].is_file()
    assert printing.print_form(desk, "letter", tmp_path / "a.PDF", records=[], period=MONTH).pages == 1
    for name, file in (("letter", "b.xlsx"), ("project-list", "b.docx"), ("project-list", "b.txt"), ("letter", "b")):
        with pytest.raises(Refused, match=r"可以存为 PDF（\.pdf）、.*不能存为“b"):
            printing.print_form(desk, name, tmp_path / file, records=[], period=MONTH)
    assert not list(tmp_path.glob("b*"))


def test_nothing_is_written_when_one_of_several_cannot_be_made(desk: Desk, tmp_path: Path) -> None:
    held = project(desk)
    with pytest.raises(Refused, match="没有编号为"):
        printing.print_form(desk, "project-application", tmp_path / "a.pdf", records=[held, "x"], period=MONTH)
    assert not list(tmp_path.glob("a*"))


def test_a_list_is_split_by_each_value_with_an_index(desk: Desk, tmp_path: Path) -> None:
    for name, authority in (
        ("甲", "区工业和信息化局"),
        ("乙", "区商务局/外贸"),
        ("丙", None),
        ("丁", "区工业和信息化局"),
    ):
        project(desk, name=name, authority=authority)
    made = splitting.print_split(desk, "project-list", "authority", tmp_path / "份", period=MONTH, kind="xlsx")
    assert [(each.value, each.rows, each.path.name) for each in made.files] == [
        ("区工业和信息化局", 2, "项目清单汇总表_区工业和信息化局.xlsx"),
        ("区商务局/外贸", 1, "项目清单汇总表_区商务局_外贸.xlsx"), ("未填", 1, "项目清单汇总表_未填.xlsx"),
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(made.files[0].path).active
    assert sheet["A2"].value.endswith("行业主管部门：区工业和信息化局")
    said = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "甲" in said and "丁" in said and "乙" not in said and "合计　2 个" in said
    index = openpyxl.load_workbook(made.index).active
    assert [row[1].value for row in index.iter_rows(min_row=4)] == ["区工业和信息化局", "区商务局/外贸", "未填"]
    with pytest.raises(Refused, match="可以按单位（unit）拆分"):
        splitting.print_split(desk, "ledger-report", "township", tmp_path / "x", period=MONTH)
    with pytest.raises(Refused, match="没有可拆分"):
        splitting.print_split(desk, "problem-list", "unit", tmp_path / "x", period=MONTH)
    assert not (tmp_path / "x").exists()


def test_every_row_of_the_ledger_is_in_some_units_file(desk: Desk) -> None:
    source = DeskSource(desk, Period.parse(MONTH))
    whole = gather(load_printed()["ledger-report"], source, period=MONTH)["rows"]["ledger"]
    found: set[str] = set()
    for value in split_values(load_printed()["ledger-report"], source, period=MONTH, by="unit"):
        part = gather(load_printed()["ledger-report"], source, period=MONTH, unit=value, part=("unit", value))
        found |= {row["of"] for row in part["rows"]["ledger"]}
    assert found == {row["of"] for row in whole}


def test_names_of_files_are_such_as_a_disk_takes() -> None:
    assert splitting.file_names(["a/b", "a:b", "A_B", None, "未填", " . "]) == [
        "a_b", "a_b2", "A_B3", "未填", "未填2", "未填3"
    ]  # fmt: skip


def test_a_figure_on_paper_names_the_records_behind_it(desk: Desk) -> None:
    first = project(desk, name="甲", equipment_paid="1000000")
    second = project(desk, name="乙", sector="health")
    found = tracing.trace(desk, "project-list", period=MONTH)

    def behind(place: str, label: str) -> list[tuple[str, list[str]]]:
        return [(each.text, [one.record for one in each.sources]) for each in found
                if each.place.startswith(place) and each.label == label]  # fmt: skip

    assert behind("合计", "总投资") == [("9,600.00", [first, second])]
    assert behind("合计", "完成设备投资") == [("100.00", [first])]
    assert behind("小计　二、医疗", "个数") == [("1 个", [second])]
    assert behind("第1行", "整行（项目名称）")[0][0] == "甲"
    rows = [each for each in found if each.place.startswith("第1行")]
    assert all(first in [one.record for one in each.sources] for each in rows)
    assert {one.form for each in rows for one in each.sources} == {"project"}

    letter = tracing.trace(desk, "letter", period=MONTH)
    spent = next(each for each in letter if each.label == "总投资")
    assert spent.text == "9,600.00" and [one.label for one in spent.sources] == ["甲", "乙"]
    assert next(each for each in letter if each.label == "完工").sources == ()


def test_a_form_about_one_record_traces_to_it_and_to_what_it_names(desk: Desk) -> None:
    held = project(desk, fund_bond="1000000", fund_own="47000000")
    owner = records.find(desk, "enterprise")[0][0][0]
    new = records.put(desk, "equipment", [
        {"project": held, "side": "new", "name": "机器人", "quantity": "2", "price": "5000000"}]).ids[0]  # fmt: skip
    found = {(each.label, each.text): each for each in tracing.trace(desk, "project-application", record=held)}
    assert [one.record for one in found["资金来源合计", "4,800.00"].sources] == [held]
    total = next(each for (label, _), each in found.items() if "金额" in label and "合计" in each.place)
    assert total.text == "500.00" and [one.record for one in total.sources] == [new]
    assert owner in {one.record for each in found.values() for one in each.sources} or "USCC" not in str(found)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the moment of every change."""
    moment = {"now": "2025-09-05T09:00:00+08:00"}
    for room in (records, periods):
        monkeypatch.setattr(room, "now", lambda: moment["now"])
    yield lambda day: moment.update(now=f"{day}T09:00:00+08:00")


def test_a_closed_period_prints_again_as_it_stood(desk: Desk, clock: Any) -> None:
    held = project(desk, name="甲")
    gone = project(desk, name="乙")
    owner = records.find(desk, "enterprise")[0][0][0]
    before = printing.draft(desk, "project-list", period="2025-10")
    periods.close(desk, "2025-10")
    records.put(desk, "project", [{"id": held, "name": "甲（新）", "total_investment": "50000000"}])
    records.put(desk, "enterprise", [{"id": owner, "name": "示例新名有限公司"}])
    records.remove(desk, "project", gone, "重复")
    project(desk, name="丙")
    again = printing.draft(desk, "project-list", period="2025-10")
    assert again.blocks == before.blocks
    assert "已关账" in printing.as_closed(desk, "2025-10") and not printing.as_closed(desk, "2025-11")
    now = next(iter(tables(printing.draft(desk, "project-list", period="2025-11")).values()))
    assert names(now) == ["甲（新）", "丙"] and set(names(now, 2)) == {"示例新名有限公司"}
    periods.reopen(desk, "2025-10", "更正")
    assert printing.draft(desk, "project-list", period="2025-10").blocks != before.blocks


def test_what_came_went_and_changed_against_the_month_before(desk: Desk, clock: Any) -> None:
    held = project(desk, name="老项目")
    site_owner = enterprise(desk, "示例再生有限公司")
    site = records.put(desk, "site", [
        {"name": "一站", "kind": "fixed", "operator": site_owner, "address": "示例路", "state": "preparing",
         "township": "星河街道"}]).ids[0]  # fmt: skip
    clock("2025-11-03")
    problem = records.put(desk, "problem", [
        {"title": "缺地", "found": "2025-11-03", "description": "缺用地指标", "level": "district"}]).ids[0]  # fmt: skip
    project(desk, name="新项目")
    project(desk, name="另有日期", entered_on="2025-11-02")
    for amount in ("50000000", "48000000"):  # there and back again is no change
        records.put(desk, "project", [{"id": held, "total_investment": amount, "fund_own": amount}])
    records.put(desk, "project", [{"id": held, "stage": "paused"}])
    records.put(desk, "site", [{"id": site, "state": "open", "opened": "2025-11-10"}])
    clock("2025-12-02")
    records.put(desk, "project", [{"id": held, "stage": "stopped", "exit_on": "2025-12-01", "exit_why": "停产"}])
    records.put(
        desk,
        "problem",
        [{"id": problem, "state": "closed", "closed": "2025-12-02", "evidence": "批文", "checker": "赵示例"}],
    )
    november = tables(printing.draft(desk, "change-list", period="2025-11"))
    assert sorted(names(november["一、新增项目"])) == ["另有日期", "新项目"]
    assert [row.cells[1:6:2] for row in november["三、变更项目"].rows] == [("老项目", "项目阶段", "停缓建")]
    assert names(november["四、新增回收网点"]) == ["一站"] and names(november["七、新增问题"]) == ["缺地"]
    assert not november["二、退出项目"].rows and not november["八、销号问题"].rows
    december = tables(printing.draft(desk, "change-list", period="2025-12"))
    assert names(december["二、退出项目"]) == ["老项目"] and names(december["八、销号问题"]) == ["缺地"]
    assert not december["一、新增项目"].rows


def test_what_is_entered_after_the_closing_stands_in_the_next_month(desk: Desk, clock: Any) -> None:
    project(desk, name="老项目")
    periods.close(desk, "2025-10")
    clock("2025-11-04")
    project(desk, name="补登", entered_on="2025-10-28")
    assert not tables(printing.draft(desk, "change-list", period="2025-10"))["一、新增项目"].rows
    assert names(tables(printing.draft(desk, "change-list", period="2025-11"))["一、新增项目"]) == ["补登"]


def test_one_enterprises_policies_each_by_itself(desk: Desk) -> None:
    owner = enterprise(desk, uscc="91370000MA0000000P")
    project(desk, upgrade_kind="line", equipment_paid="26500000")
    made = printing.draft(desk, "policy-notice", record=owner, period=MONTH)
    found = tables(made)
    heads = [row.cells[0] for row in found["1"].rows if row.kind is RowKind.AREA]
    assert heads[:2] == ["一、按现有资料可以测算的", "二、条件或资料尚缺的"]
    rows = [row.cells for row in found["1"].rows if row.kind is RowKind.DATA]
    assert len({cells[0] for cells in rows}) == len(rows)  # one row a policy
    assert any(
        "3,180,000.00" in cells[1] and "济政发〔2024〕9号附件2第1条\n在执行期内，待核" in cells[0] for cells in rows
    )
    assert any("缺少" in cells[2] for cells in rows)
    assert not any(row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL) for table in found.values() for row in table.rows)
    notes = "".join(getattr(block, "text", "") for block in made.blocks)
    assert "各项不代表可叠加享受" in notes and "今日效力按" in notes
    assert "26,500,000.00 元" in str(found["附：测算过程"].rows)
    figure = next(each for each in tracing.trace(desk, "policy-notice", record=owner) if "3,180,000.00" in each.text)
    assert [one.record for one in figure.sources] == [owner]
    general = printing.draft(desk, "policy-notice", period=MONTH)
    assert len(tables(general)["0"].rows) == 26 and "各项不代表可叠加享受" in str(general.blocks)
    pdf, _ = printing.file_of(made, "pdf")
    assert "各项不代表可叠加享受" in text(pdf, "-l", "1")  # what the enterprise needs is on one page


def test_numbers_of_a_briefing_and_of_indicators_are_traced_too(desk: Desk) -> None:
    held = project(desk, name="甲")
    month = records.put(desk, "project_month", [{"project": held, "period": MONTH, "ytd": "1000000"}]).ids[0]
    before, last_year = records.put(desk, "project_month", [
        {"project": held, "period": "2026-10", "ytd": "900000"},
        {"project": held, "period": "2025-11", "ytd": "300000"},
    ]).ids  # fmt: skip
    wanted = records.put(
        desk, "problem", [{"title": "缺认定渠道", "found": "2026-11-03", "level": "city", "description": "示例"}]
    ).ids[0]
    said = {"item": "task-42", "unit": "区商务局", "kind": "own", "period": MONTH, "state": "late", "done": "选址"}
    report = records.put(desk, "progress", [said]).ids[0]
    briefing = {each.label: each for each in tracing.trace(desk, "briefing", period=MONTH)}
    assert briefing["本年完成投资"].text == "100.00 万元"
    assert [one.record for one in briefing["本年完成投资"].sources] == [month]
    assert [one.record for one in briefing["滞后的任务"].sources] == [report]
    assert [one.record for one in briefing["滞后任务"].sources] == [report]
    assert [one.record for one in briefing["本年完成投资（2026年10月）"].sources] == [before]
    assert briefing["本年完成投资（2025年11月）"].text == "30.00 万元"
    assert [one.record for one in briefing["本年完成投资（2025年11月）"].sources] == [last_year]
    assert [one.record for one in briefing["需市级协调"].sources] == [wanted]
    assert [one.record for one in briefing["入库项目"].sources] == [held]
    row = next(each for each in tracing.trace(desk, "indicator-report", period=MONTH) if each.place.startswith("第1行"))
    assert row.sources[0].form == "indicator" and {one.form for one in row.sources} <= {
        "indicator",
        "target",
        "measure",
    }
