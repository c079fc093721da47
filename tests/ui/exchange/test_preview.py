"""A workbook edited outside, previewed, decided by keys, written; conflicts left open are decided later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt

from desktop.actions import exchange, records
from desktop.actions.conflicts import conflicts_of
from desktop.actions.desk import Desk, open_desk
from tests.conftest import CLERK, PASSWORD, enterprise, project_data
from tests.ui.seated import make_folder, settle, window_over


def _column(sheet: Any, label: str) -> int:
    return next(cell.column for cell in sheet[1] if str(cell.value or "").startswith(label))


def _prepare(folder: Path, book: Path) -> None:
    """Two projects out; a total changed on both sides, an address outside only, one total that is no number."""

    def fill(desk: Desk) -> None:
        owner = enterprise(desk)
        names = ("锅炉低氮改造", "冷库制冷机组替换")
        ids = records.put(desk, "project", [project_data(owner, name=name) for name in names]).ids
        exchange.export(desk, book, forms=["project", "enterprise"])
        records.put(desk, "project", [{"id": ids[0], "total_investment": "49000000", "fund_own": "49000000"}])

    make_folder(folder, fill)
    loaded = openpyxl.load_workbook(book)
    sheet = loaded["项目清单"]
    place = {sheet.cell(row, _column(sheet, "项目名称")).value: row for row in range(2, sheet.max_row + 1)}
    sheet.cell(place["锅炉低氮改造"], _column(sheet, "总投资")).value = 5100
    sheet.cell(place["锅炉低氮改造"], _column(sheet, "建设地址")).value = "示例区星河街道示例路9号"
    sheet.cell(place["冷库制冷机组替换"], _column(sheet, "总投资")).value = "约三千四"
    loaded.save(book)


def _open(window: Any, qtbot: Any, book: Path) -> Any:
    window.go("exchange")
    settle(qtbot, window)
    place = window.shell.page("exchange")
    place.read_file(book)
    settle(qtbot, window)
    assert place.currentWidget() is place.preview
    return place.preview


def _project(folder: Path, name: str) -> dict[str, Any]:
    desk = open_desk(folder, CLERK, PASSWORD)
    found = next(row for row, values in records.find(desk, "project")[0] if values["name"] == name)
    try:
        return records.get(desk, "project", found)
    finally:
        desk.close()


def test_decide_by_key_untick_a_field_and_write(qtbot: Any, tmp_path: Path) -> None:
    folder, book = tmp_path / "data", tmp_path / "交回.xlsx"
    _prepare(folder, book)
    with window_over(qtbot, folder) as window:
        page = _open(window, qtbot, book)
        assert [(tab.label, tab.count) for tab in page.tabs._tabs] == [
            ("全部", 4), ("冲突", 1), ("退回", 1), ("相同", 2),
        ]  # fmt: skip
        group, line = page.table.here()
        assert (group.name, line.field, line.mine, line.theirs) == (
            "锅炉低氮改造", "total_investment", "4,900.00", ("5,100.00",),
        )  # fmt: skip
        assert "1 处冲突未定" in page.left_open.whole()
        qtbot.keyClick(page.table, Qt.Key.Key_2)
        assert page.choices.values() == {(group.id, "total_investment"): 5100_0000_00}
        assert page.left_open.whole() == ""
        qtbot.keyClick(page.table, Qt.Key.Key_Up)
        assert page.table.here()[1].field == "address"
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        assert page.choices.off_fields == {(group.id, "address")}
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        mark, words = window.shell.toasts.history[-1]
        assert mark == "done" and "退回 1 处" in words
        assert (tmp_path / "交回_退回.xlsx").is_file()
        lines = window.shell.page("exchange").table.model()
        assert [lines.row_at(n).cell(1).text for n in range(2)] == ["导入", "导出"]
    after = _project(folder, "锅炉低氮改造")
    assert after["total_investment"] == "51000000.00"
    assert after["address"] == "示例区星河街道示例路1号"
    assert "open" not in after


def test_a_record_left_out_is_not_touched(qtbot: Any, tmp_path: Path) -> None:
    folder, book = tmp_path / "data", tmp_path / "交回.xlsx"
    _prepare(folder, book)
    with window_over(qtbot, folder) as window:
        page = _open(window, qtbot, book)
        group = page.table.here()[0]
        page.table.select_key(group.id)
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        assert page.words.whole() == "没有要写入的更改。"
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
        settle(qtbot, window)
        assert window.shell.page("exchange").currentWidget() is not page
    assert _project(folder, "锅炉低氮改造")["total_investment"] == "49000000.00"


def test_an_open_conflict_is_decided_later_with_a_reason(qtbot: Any, tmp_path: Path) -> None:
    folder, book = tmp_path / "data", tmp_path / "交回.xlsx"
    _prepare(folder, book)
    desk = open_desk(folder, CLERK, PASSWORD)
    exchange.apply(desk, exchange.read(desk, book), only_good=True)
    record = conflicts_of(desk)[0].record
    desk.close()
    with window_over(qtbot, folder) as window:
        window.go("conflicts")
        settle(qtbot, window)
        page = window.shell.page("conflicts")
        assert page.head.facts.whole() == "1 条记录，1 处未定。未定的不能报送"
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_N)
        qtbot.keyClick(page.table, Qt.Key.Key_1)
        page.why.set_value("已与区工信局核对")
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        assert page.currentIndex() == 0
    desk = open_desk(folder, CLERK, PASSWORD)
    assert conflicts_of(desk) == []
    last = records.history(desk, "project", record)[-1]
    desk.close()
    assert (last["new"], last["why"]) == ("49000000.00", "已与区工信局核对")
