"""The city's own tables: refused cell by cell, mended, emptied and filled."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import MergedCell

from desktop.actions import exchange, filling, foreign, records
from desktop.actions import undo as undoing
from desktop.actions.desk import Desk
from desktop.cli.main import main
from desktop.model.errors import Refused
from tests.conftest import CLERK, PASSWORD, enterprise

TABLES = Path(__file__).parents[1] / "data" / "tables"
LEDGER, POLICIES, PROJECTS = "附件1-工作台账.xlsx", "附件2-政策清单.xlsx", "项目汇总表-多级表头.xlsx"
FIRST = {LEDGER: 3, POLICIES: 3, PROJECTS: 6}


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copyfile(TABLES / name, folder / name))


def edited(path: Path, edit: Callable[[Any], None], name: str = "改过.xlsx") -> Path:
    book: Any = openpyxl.load_workbook(path)
    edit(book.active)
    book.save(path.with_name(name))
    return path.with_name(name)


def keeps(sheet: Any, row: int) -> bool:
    """Heads of groups, sums and signatures stay in a blank table."""
    wide = any(area.min_row == row and area.max_col - area.min_col > 1 for area in sheet.merged_cells.ranges)
    return wide or sheet.cell(row, 2).value in ("小计", "合计")


def emptied(name: str, folder: Path) -> Path:
    def edit(sheet: Any) -> None:
        for row in range(FIRST[name], sheet.max_row + 1):
            if not keeps(sheet, row):
                for cell in sheet[row]:
                    if not isinstance(cell, MergedCell):
                        cell.value = None

    return edited(copied(name, folder), edit, f"空-{name}")


def values(path: Path) -> dict[str, str]:
    sheet: Any = openpyxl.load_workbook(path).active
    return {
        cell.coordinate: "".join(str(cell.value).split()) for row in sheet for cell in row if cell.value is not None
    }


def looks(path: Path) -> tuple[object, ...]:
    sheet: Any = openpyxl.load_workbook(path).active
    styles = {
        cell.coordinate: (cell.font.b, cell.font.name, cell.alignment.wrap_text, cell.alignment.horizontal,
                          cell.border.left.style, cell.fill.fgColor.rgb, cell.number_format)
        for row in sheet for cell in row if not isinstance(cell, MergedCell)
    }  # fmt: skip
    widths = {key: each.width for key, each in sheet.column_dimensions.items()}
    heights = {key: each.height for key, each in sheet.row_dimensions.items() if each.height}
    return styles, widths, heights, sorted(map(str, sheet.merged_cells.ranges)), sheet.freeze_panes


def taken_in(desk: Desk, path: Path, **more: Any) -> foreign.ForeignApplied:
    return foreign.apply(desk, foreign.read(desk, path), **more)


@pytest.mark.parametrize(("name", "count"), [(LEDGER, 68), (POLICIES, 26)])
def test_the_plans_own_tables_change_nothing(desk: Desk, tmp_path: Path, name: str, count: int) -> None:
    read = foreign.read(desk, copied(name, tmp_path))
    assert read.counts == {"added": 0, "changed": 0, "unchanged": count, "refused": 0} and not read.warnings


def test_the_project_summary_is_read(desk: Desk, tmp_path: Path) -> None:
    path = copied(PROJECTS, tmp_path)
    read = foreign.read(desk, path)
    assert read.counts["added"] == 7 and records.find(desk, "project")[1] == 0  # a preview writes nothing
    line = next(line for line in foreign.lines(desk, read) if line.form == "project")
    assert ("total_investment", "总投资", "H7", "", "11,111.00") in line.fields
    assert ("enterprise", "项目单位", "C7", "", "济南示例1号有限公司") in line.fields
    done = foreign.apply(desk, read)
    assert (done.added, done.errors) == (7, []) and done.records == {
        "enterprise": 7, "project": 7, "equipment": 14, "project_month": 7,
    }  # fmt: skip
    found, total = records.find(desk, "project", search="济南示例1号有限公司")
    assert total == 1
    given = records.record_json(desk, desk.forms["project"], *found[0])
    assert given["sector"] == "industry" and given["fund_own"] == "66670000.00" and given["start"] == "2024-05"
    assert given["finish"] == "2026-06" and given["phone"] == "0531-00000000" and given["energy_saved"] == "853.1"
    month, _ = records.find(desk, "project_month", where={"period": "2026-10"})
    assert len(month) == 7 and month[0][1]["progress"] == "设备已到货，正在安装"
    again = taken_in(desk, path)
    assert (again.added, again.changed, again.unchanged, again.action) == (0, 0, 7, None)
    assert done.action is not None
    undoing.undo(desk, done.action)
    assert records.find(desk, "project")[1] == records.find(desk, "enterprise")[1] == 0


def test_an_edit_in_the_table_is_an_edit_of_the_person(desk: Desk, tmp_path: Path) -> None:
    path = copied(PROJECTS, tmp_path)
    taken_in(desk, path)

    def edit(sheet: Any) -> None:
        sheet["H7"], sheet["M7"] = "1.2亿", 7556
        sheet["F8"] = None  # an empty cell is no edit
        sheet["W9"] = "完成安装"

    read = foreign.read(desk, edited(path, edit))
    assert read.counts == {"added": 0, "changed": 2, "unchanged": 5, "refused": 0}
    foreign.apply(desk, read)
    (first,) = records.find(desk, "project", search="1期")[0]
    assert first[1]["total_investment"] == 12_000_000_000
    history = records.history(desk, "project", first[0])
    assert history[-1]["who"] == CLERK and history[-1]["why"] == "改过.xlsx"
    (second,) = records.find(desk, "project", search="2期")[0]
    assert second[1]["address"] == "历城区示例街道"


def test_refused_cells_come_back_and_only_they_are_left(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["H7"] = "约11111"
        sheet["D8"] = 91370112000000002
        sheet["P12"] = "2026年底"
        sheet["B13"] = None

    path = edited(copied(PROJECTS, tmp_path), edit)
    read = foreign.read(desk, path)
    assert [error.cell for error in read.errors] == ["H7", "D8", "P12", "B13"]
    with pytest.raises(Refused, match="有 4 处没有看懂，一条也没有写入。项目汇总表!H7 总投资"):
        foreign.apply(desk, read)
    assert records.find(desk, "project")[1] == records.find(desk, "enterprise")[1] == 0
    done = foreign.apply(desk, read, only_good=True)
    assert done.added == 3 and done.annotated is not None and records.find(desk, "enterprise")[1] == 3

    book: Any = openpyxl.load_workbook(done.annotated)
    sheet = book.active
    assert (
        sheet["H7"].comment.text
        and sheet["H7"].fill.fgColor.rgb == "FFFBEBE8"
        and "退回原因" in values(done.annotated).values()
    )
    assert book["错误清单"]["E2"].value == read.errors[0].message
    rows = {sheet.cell(row, 7).value and row: row for row in range(6, sheet.max_row + 1)}
    for row in filter(None, rows):
        sheet.cell(row, 2).value = sheet.cell(row, 2).value or "示例能源设备更新改造项目（5期）"
        sheet.cell(row, 8).value = 11111 if str(sheet.cell(row, 8).value).startswith("约") else sheet.cell(row, 8).value
        if str(sheet.cell(row, 4).value).startswith("9.137"):
            sheet.cell(row, 4).value = "91370112000000002C"
        sheet.cell(row, 16).value = "2026年12月"
    book.save(tmp_path / "改正.xlsx")
    mended = taken_in(desk, tmp_path / "改正.xlsx")
    assert (mended.added, mended.errors) == (4, [])
    sectors = [row[1]["sector"] for row in records.find(desk, "project")[0]]
    assert sorted(map(str, sectors)) == ["energy"] * 2 + ["industry"] * 3 + ["recycling"] * 2


def test_enterprises_are_found_by_code_or_name(desk: Desk, tmp_path: Path) -> None:
    known = enterprise(desk, "济南示例1号有限公司")
    other = enterprise(desk, "示例别家有限公司", uscc="91370112000000002C")
    read = foreign.read(desk, copied(PROJECTS, tmp_path))
    assert [(error.cell, error.field) for error in read.errors] == [("D8", "enterprise.uscc")]
    assert "示例别家有限公司" in read.errors[0].message
    foreign.apply(desk, read, only_good=True)
    assert records.get(desk, "enterprise", known)["uscc"] == "913701120000000019"
    assert records.get(desk, "enterprise", other)["name"] == "示例别家有限公司"
    assert records.find(desk, "enterprise")[1] == 7


def test_a_sum_that_cannot_be_taken_apart_is_told(desk: Desk, tmp_path: Path) -> None:
    path = edited(copied(PROJECTS, tmp_path), lambda sheet: sheet.__setitem__("L7", 500))
    read = foreign.read(desk, path)
    assert not read.errors
    assert [warning.cell for warning in read.warnings if "拆不开" in warning.message] == ["L7"]


def test_progress_in_the_ledger(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for column, heading in ((6, "进展情况"), (7, "责任人"), (8, "领导批示")):
            sheet.cell(2, column, heading)
        sheet["A1"] = "工作台账（2026年10月）"
        sheet["F15"], sheet["G15"] = "已完成摸底，正在改造", "王示例"
        sheet["D16"] = "市住房城乡建设局"
        sheet["F4"] = "高于全省平均水平"

    read = foreign.read(desk, edited(copied(LEDGER, tmp_path), edit))
    assert read.counts == {"added": 0, "changed": 3, "unchanged": 65, "refused": 0}
    assert any("领导批示" in note for note in read.notes)
    foreign.apply(desk, read)
    task = str(openpyxl.load_workbook(tmp_path / LEDGER).active["A15"].value)  # type: ignore[union-attr]
    (own,) = records.find(desk, "progress", where={"item": task})[0]
    assert own[1]["done"] == "已完成摸底，正在改造" and own[1]["period"] == "2026-10" and own[1]["kind"] == "summary"
    (share,) = records.find(desk, "assignment", where={"item": task})[0]
    assert share[1]["contact"] == "王示例"
    (moved,) = records.find(desk, "assignment", where={"item": str(int(task) + 1)})[0]
    assert "示例区" in str(moved[1]["lead"]) or "区住" in str(moved[1]["lead"])

    def blank(sheet: Any) -> None:
        edit(sheet)
        sheet["F15"] = sheet["G15"] = sheet["F4"] = None

    out = tmp_path / "填好.xlsx"
    done = filling.fill(desk, edited(copied(LEDGER, tmp_path), blank), out)
    assert done.filled == 68 and done.unfilled == ["领导批示"]
    filled = values(out)
    assert filled["F15"] == "已完成摸底，正在改造" and filled["G15"] == "王示例" and filled["F4"] == "高于全省平均水平"
    assert {key: value for key, value in filled.items() if key[0] in "ABCE"} == {
        key: value for key, value in values(tmp_path / "改过.xlsx").items() if key[0] in "ABCE"
    }


def test_a_row_of_no_item_is_refused(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["A15"], sheet["A16"] = 99, 1
        sheet["C4"] = "不是方案的话"

    read = foreign.read(desk, edited(copied(LEDGER, tmp_path), edit))
    assert [error.cell[1:] for error in read.errors] == ["4", "15", "16"]


def test_a_policy_that_is_new_is_added(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["A29"], sheet["B29"], sheet["C29"] = 27, "对示例设备给予补贴。", "市财政局、市商务局"
        sheet["B3"] = "改过的政策内容。"

    done = taken_in(desk, edited(copied(POLICIES, tmp_path), edit))
    assert (done.added, done.changed, done.unchanged) == (1, 1, 25)
    (made,) = records.find(desk, "policy", where={"number": "27"})[0]
    assert made[1]["title"] == "政策 27" and json.loads(str(made[1]["units"])) == ["市财政局", "市商务局"]


def test_several_tables_in_one_workbook(desk: Desk, tmp_path: Path) -> None:
    book: Any = openpyxl.load_workbook(copied(POLICIES, tmp_path))
    sheet = book.create_sheet("项目")
    for line in (["项目名称", "项目单位", "总投资（万元）"], ["甲项目", "示例重工有限公司", 100]):
        sheet.append(line)
    book.create_sheet("别的").append(["随便"])
    book.save(tmp_path / "两张.xlsx")
    read = foreign.read(desk, tmp_path / "两张.xlsx")
    assert len(read.tables) == 2 and read.counts["unchanged"] == 26 and any("别的" in note for note in read.notes)
    assert [error.sheet for error in read.errors] == ["项目"] * len(read.errors) and read.errors


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv(desk: Desk, tmp_path: Path, encoding: str) -> None:
    head = "项目名称,项目单位,所属领域,建设地点,建设内容,总投资（亿元）,设备投资（万元）,开工时间,竣工时间\n"
    row = '甲项目,示例重工有限公司,工业,示例路1号,更新设备,1.2,"3,000",2026年3月,2027.02\n'
    path = tmp_path / "项目.csv"
    path.write_bytes((head + row).encode(encoding))
    done = taken_in(desk, path)
    assert done.added == 1
    ((_, made),) = records.find(desk, "project")[0]
    assert made["total_investment"] == 12_000_000_000 and made["equipment_investment"] == 3_000_000_000


def test_an_unknown_table_is_proposed_remembered_and_read(desk: Desk, tmp_path: Path) -> None:
    enterprise(desk, "示例再生资源有限公司")
    book: Any = openpyxl.Workbook()
    for line in (
        ["示例街道回收网点摸底表"], ["序号", "站点名", "经营主体", "类型", "地址", "面积（平方米）", "现状", "领导"],
        [1, "示例站", "示例再生资源有限公司", "固定型站点", "示例路1号", 30, "运营", "某某"],
    ):  # fmt: skip
        book.active.append(line)
    path = tmp_path / "摸底.xlsx"
    book.save(path)
    with pytest.raises(Refused, match="认不出"):
        foreign.read(desk, path)
    found = foreign.propose(desk, path, "site")
    assert [column.heading for column in found.columns][1] == "站点名" and found.rows[0][1] == "示例站"
    with pytest.raises(Refused, match="还没有指明"):
        foreign.remember(desk, found, {4: "address"})
    chosen = {1: "name", 2: "operator", 3: "kind", 4: "address", 5: "area", 6: "state", 7: ""}
    name = foreign.remember(desk, found, chosen)
    read = foreign.read(desk, path)
    assert read.tables[0].layout.name == name and not read.errors
    assert foreign.apply(desk, read).added == 1
    assert taken_in(desk, path).unchanged == 1
    book.active.delete_rows(3)
    for _ in range(2):
        book.active.append([])
    book.save(path)
    done = filling.fill(desk, path, tmp_path / "填.xlsx")
    assert done.filled == 1 and done.unfilled == ["领导"] and "示例站" in values(tmp_path / "填.xlsx").values()


@pytest.mark.parametrize("name", [LEDGER, POLICIES, PROJECTS])
def test_emptied_and_filled_again_it_is_as_before(desk: Desk, tmp_path: Path, name: str) -> None:
    original = copied(name, tmp_path)
    taken_in(desk, original)
    out = tmp_path / "填好.xlsx"
    done = filling.fill(desk, emptied(name, tmp_path), out)
    assert done.unfilled == [] and done.left_out == []
    assert values(out) == values(original) and looks(out) == looks(original)


def test_rows_are_put_in_and_sums_follow(desk: Desk, tmp_path: Path) -> None:
    """One empty row in one group, none in another, a total by formula: as leaders draw their tables."""
    taken_in(desk, copied(PROJECTS, tmp_path))

    def edit(sheet: Any) -> None:
        sheet["H19"] = "=H10+H14+H18"
        for merged in [str(area) for area in sheet.merged_cells.ranges if area.min_row > 5 and area.size["rows"] == 1]:
            sheet.unmerge_cells(merged)
        sheet.delete_rows(16, 2)
        sheet.delete_rows(13, 1)
        sheet.delete_rows(8, 2)
        for row, text in ((8, "=SUM(H7:H7)"), (11, "=SUM(H10:H10)"), (13, "=SUM(H12:H12)"), (14, "=H8+H11+H13")):
            sheet.cell(row, 8).value = text
        for row in (6, 9, 12, 15):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=24)

    blank = edited(emptied(PROJECTS, tmp_path), edit, "待填.xlsx")
    out = tmp_path / "填好.xlsx"
    done = filling.fill(desk, blank, out)
    assert done.filled == 7 and not done.left_out
    filled, before = values(out), values(tmp_path / PROJECTS)
    assert {k: v for k, v in filled.items() if k[0] not in "A"} == {
        **{k: v for k, v in before.items() if k[0] not in "A" and v[:1] != "=" },
        "H10": "=SUM(H7:H9)", "H14": "=SUM(H12:H13)", "H18": "=SUM(H16:H17)", "H19": "=H10+H14+H18",
        **{k: v for k, v in filled.items() if k[0] in "IJKLMN" and v[:1] == "="},
    }  # fmt: skip
    assert [filled[f"A{row}"] for row in (7, 8, 9, 12, 13, 16, 17)] == [str(number) for number in range(1, 8)]
    sheet: Any = openpyxl.load_workbook(out).active
    assert sheet["G9"].border.left.style == sheet["G17"].border.left.style == "thin" and sheet["D17"].data_type == "s"
    assert {"A11:X11", "A15:X15", "A20:X20"} <= {str(area) for area in sheet.merged_cells.ranges}


def test_groups_without_any_row_are_filled(desk: Desk, tmp_path: Path) -> None:
    taken_in(desk, copied(PROJECTS, tmp_path))

    def edit(sheet: Any) -> None:
        for merged in [str(area) for area in sheet.merged_cells.ranges if area.min_row > 5]:
            sheet.unmerge_cells(merged)
        for row, count in ((16, 2), (12, 2), (7, 3)):
            sheet.delete_rows(row, count)
        for row, text in ((7, "=SUM(H6:H6)"), (9, "=SUM(H8:H8)"), (11, "=SUM(H10:H10)"), (12, "=H7+H9+H11")):
            sheet.cell(row, 8).value = text
        for row in (6, 8, 10, 13):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=24)

    out = tmp_path / "填好.xlsx"
    assert filling.fill(desk, edited(emptied(PROJECTS, tmp_path), edit), out).filled == 7
    filled = values(out)
    assert [filled[f"H{row}"] for row in (10, 14, 18, 19)] == [
        "=SUM(H7:H9)", "=SUM(H12:H13)", "=SUM(H16:H17)", "=H10+H14+H18",
    ]  # fmt: skip
    assert [filled[f"A{row}"] for row in (6, 7, 11, 16, 17)] == ["一、工业领域", "1", "二、能源领域", "6", "7"]


def test_the_same_record_twice_is_refused(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for column in range(1, 25):
            sheet.cell(8, column).value = sheet.cell(7, column).value

    (error,) = foreign.read(desk, edited(copied(PROJECTS, tmp_path), edit)).errors
    assert error.cell == "B8" and "第 7 行" in error.message


def test_records_of_no_group_are_told(desk: Desk, tmp_path: Path) -> None:
    taken_in(desk, copied(PROJECTS, tmp_path))
    blank = edited(emptied(PROJECTS, tmp_path), lambda sheet: sheet.__setitem__("A11", "二、农业领域"))
    done = filling.fill(desk, blank, tmp_path / "填好.xlsx", where={})
    assert done.filled == 5 and len(done.left_out) == 2 and any("能源 2 条" in note for note in done.notes)


def test_a_workbook_of_the_program_is_no_foreign_table(desk: Desk, tmp_path: Path) -> None:
    exchange.export(desk, tmp_path / "包.xlsx", forms=["policy"])
    assert not foreign.is_foreign(tmp_path / "包.xlsx") and foreign.is_foreign(TABLES / LEDGER)
    with pytest.raises(Refused, match="不是空表"):
        filling.fill(desk, tmp_path / "包.xlsx", tmp_path / "填.xlsx")


def test_on_the_command_line(
    office: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office("office").close()
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    start = ["--data", str(tmp_path / "office"), "--user", CLERK]
    path = copied(PROJECTS, tmp_path)
    assert main([*start, "import", str(path), "--preview", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 7
    assert main([*start, "import", str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["added"] == 7 and shown["conflicts"] == shown["errors"] == [] and shown["annotated"] is None
    blank = emptied(PROJECTS, tmp_path)
    assert main([*start, "fill", str(blank), "--out", str(tmp_path / "出.xlsx"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["filled"] == 7 and told["unfilled"] == []
    bad = edited(path, lambda sheet: sheet.__setitem__("H7", "很多"))
    assert main([*start, "import", str(bad), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["errors"][0]
    assert (error["sheet"], error["cell"], error["field"], error["value"]) == (
        "项目汇总表", "H7", "total_investment", "很多",
    )  # fmt: skip
    assert main([*start, "import", str(path), "--layout", "没有", "--json"]) == 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("name", [LEDGER, POLICIES, PROJECTS])
def test_rendered_it_looks_as_before(desk: Desk, tmp_path: Path, name: str) -> None:
    original = copied(name, tmp_path)
    taken_in(desk, original)
    out = tmp_path / "out" / name
    out.parent.mkdir()
    filling.fill(desk, emptied(name, tmp_path), out)
    pages = []
    for path in (original, out):
        folder = tmp_path / f"pdf-{len(pages)}"
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "pdf", "--outdir",
             str(folder), str(path)], check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        pdf = folder / f"{path.stem}.pdf"
        subprocess.run(["pdftoppm", "-r", "60", "-gray", str(pdf), str(folder / "p")], check=True)
        pages.append([page.read_bytes() for page in sorted(folder.glob("p*.pgm"))])
    assert len(pages[0]) == len(pages[1])
    different = sum(
        sum(abs(a - b) > 64 for a, b in zip(mine, theirs, strict=True)) / len(mine)
        for mine, theirs in zip(*pages, strict=True)
    )
    assert different / len(pages[0]) < 0.002
