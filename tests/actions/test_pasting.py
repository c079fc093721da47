"""Blocks copied from WPS into a list: which column, which record, what is refused, saved and taken back as one."""

from __future__ import annotations

import pytest

from desktop.actions import pasting, records, undo
from desktop.actions.desk import Desk
from desktop.actions.pasting_text import split_block
from desktop.model.errors import Refused
from tests.conftest import enterprise, project


def test_cells_as_wps_puts_them_on_the_clipboard() -> None:
    text = '项目名称\t备注\r\n甲\t"第一行\n第二行，""引号"""\r\n\r\n乙\t\r\n'
    assert split_block(text) == [["项目名称", "备注"], ["甲", '第一行\n第二行，"引号"'], ["乙", ""]]
    assert split_block('19" 机柜\t2\n显示器\t3') == [['19" 机柜', "2"], ["显示器", "3"]]


def test_columns_by_heading_rows_by_name(desk: Desk) -> None:
    record = project(desk)
    block = pasting.read_block(
        desk, "project",
        "序号\t项目名称\t实际完成设备投资（元）\t总投资（万元）\t阶段\n"
        "1\t重卡车架 智能焊接线改造\t26800000\t4,800\t完工\n2\t没有见过的线\t\t900\t在建",
    )  # fmt: skip
    assert block.heads and block.unread == ["序号"]
    first, second = block.rows
    assert (first.kind, first.record, first.line) == ("changed", record, 2)
    assert [(cell.field, cell.before, cell.after) for cell in first.cells] == [
        ("name", "重卡车架智能焊接线改造", "重卡车架 智能焊接线改造"), ("equipment_paid", "", "2,680.00"),
        ("stage", "在建", "完工"),
    ]  # fmt: skip
    assert second.kind == "refused" and any("项目单位" in each for each in second.errors)
    with pytest.raises(Refused) as refused:
        pasting.apply_block(desk, block)
    assert refused.value.details[0]["line"] == 3
    saved = pasting.apply_block(desk, block, only_good=True)
    assert saved.ids == [record] and records.get(desk, "project", record)["equipment_paid"] == "26800000.00"
    undo.undo(desk)
    assert "equipment_paid" not in records.get(desk, "project", record)


def test_without_headings_the_visible_columns_in_order(desk: Desk) -> None:
    enterprise(desk)
    block = pasting.read_block(
        desk, "enterprise", "示例重工有限公司\t王示例\n样例热力有限公司\t—\n", columns=["name", "contact", "phone"]
    )
    assert not block.heads and [row.kind for row in block.rows] == ["changed", "added"]
    assert "contact" not in block.rows[1].typed
    assert len(pasting.apply_block(desk, block).ids) == 2
    undo.undo(desk)
    assert records.find(desk, "enterprise")[1] == 1


def test_a_code_wins_over_a_name_and_two_of_a_name_are_not_guessed(desk: Desk) -> None:
    coded = enterprise(desk, "示例重工有限公司", uscc="91370000MA0000000P")
    block = pasting.read_block(
        desk, "enterprise", "统一社会信用代码\t名称\t联系人\n91370000MA0000000P\t示例重工\t王示例"
    )
    assert [cell.field for cell in block.rows[0].cells][-1] == "contact" and block.rows[0].record == coded
    one = records.put(desk, "enterprise", [{"name": "样例热力有限公司", "township": "云帆街道"}]).ids[0]
    enterprise(desk, "样例热力有限公司", township="星河街道")
    text = "名称\t联系人\n样例热力有限公司\t王示例"
    assert "2 条同名记录" in pasting.read_block(desk, "enterprise", text).rows[0].errors[0]
    text = "名称\t街道/镇\t联系人\n样例热力有限公司\t云帆街道\t王示例"
    row = pasting.read_block(desk, "enterprise", text).rows[0]
    assert (row.record, row.kind, [cell.field for cell in row.cells]) == (one, "changed", ["contact"])


def test_units_that_are_not_known_are_left_unread(desk: Desk) -> None:
    project(desk)
    text = "项目名称\t总投资（千元）\t设备投资（亿元）\n重卡车架智能焊接线改造\t48000\t0.3"
    block = pasting.read_block(desk, "project", text)
    assert block.unread == ["总投资（千元）"]
    assert [(cell.field, cell.after) for cell in block.rows[0].cells] == [("equipment_investment", "3,000.00")]


def test_equipment_rows_are_new_and_hang_from_their_project(desk: Desk) -> None:
    owner = project(desk)
    text = "类别\t设备名称\t数量\n更新前\t弧焊机\t12\n更新后\t机器人工作站\t16\n旁边\t？\t1.5"
    block = pasting.read_block(desk, "equipment", text, fixed={"project": owner})
    assert [row.kind for row in block.rows] == ["added", "added", "refused"]
    assert {cell.field for cell in block.rows[2].cells if cell.error} == {"side", "quantity"}
    pasting.apply_block(desk, block, only_good=True)
    assert records.find(desk, "equipment", where={"project": owner})[1] == 2


def test_natural_keys_find_their_record(desk: Desk) -> None:
    owner = project(desk)
    records.put(desk, "project_month", [{"project": owner, "period": "2026-10", "month": "1000000"}])
    text = "项目\t填报时间\t本月完成\n重卡车架智能焊接线改造\t2026年10月\t120\n重卡车架智能焊接线改造\t2026.11\t90"
    assert [row.kind for row in pasting.read_block(desk, "project_month", text).rows] == ["changed", "added"]


@pytest.mark.parametrize("text", ["", "\n\t\n"])
def test_nothing_on_the_clipboard(desk: Desk, text: str) -> None:
    with pytest.raises(Refused, match="没有表格"):
        pasting.read_block(desk, "project", text)


def test_a_block_that_says_what_stands_here_already_writes_nothing(desk: Desk) -> None:
    enterprise(desk)
    block = pasting.read_block(desk, "enterprise", "名称\n示例重工有限公司")
    assert block.rows[0].kind == "unchanged"
    with pytest.raises(Refused, match="没有可以写入的行"):
        pasting.apply_block(desk, block)
