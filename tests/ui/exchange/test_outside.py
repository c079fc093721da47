"""A plain table from outside: previewed like a workbook, ticked, written as the person's own edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import foreign, records
from desktop.actions.desk import open_desk
from tests.conftest import CLERK, PASSWORD
from tests.ui.seated import make_folder, settle, window_over

TABLE = "单位名称,统一社会信用代码,联系人\n示例甲有限公司,,张示例\n示例乙有限公司,,李示例\n"


def test_a_plain_table_is_seen_ticked_and_written(qtbot: Any, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    table = tmp_path / "企业.csv"
    table.write_text(TABLE, encoding="utf-8")
    desk = open_desk(folder, CLERK, PASSWORD)
    found = foreign.propose(desk, table, "enterprise")
    foreign.remember(desk, found, {each.column: each.field for each in found.columns})
    desk.close()
    with window_over(qtbot, folder) as window:
        window.go("exchange")
        settle(qtbot, window)
        place = window.shell.page("exchange")
        place.read_file(table)
        settle(qtbot, window)
        assert place.currentWidget() is place.preview, window.shell.toasts.history
        preview = place.preview
        assert preview.write.text() == "写入 2 条"
        preview.table.setCurrentIndex(preview.table.model().index(0, 0))
        qtbot.keyClick(preview.table, Qt.Key.Key_Space)
        assert preview.write.text() == "写入 1 条"
        qtbot.keyClick(preview.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        settle(qtbot, window)
    desk = open_desk(folder, CLERK, PASSWORD)
    assert [values["name"] for _, values in records.find(desk, "enterprise")[0]] == ["示例乙有限公司"]
    desk.close()
