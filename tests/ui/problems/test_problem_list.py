"""难点问题 in the window: overdue ones, and closing one with evidence and checker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import Desk
from tests.ui.seated import dialog, make_folder, settle, window_over


def _fill(desk: Desk) -> None:
    base = {"found": "2020-01-01", "description": "示例", "handler": "区商务局"}
    records.put(desk, "problem", [
        {**base, "title": "甲", "due": "2020-02-01", "level": "city", "reply": "已协调。", "state": "going"},
        {**base, "title": "乙", "due": "2090-02-01", "level": "district"},
    ])  # fmt: skip


def test_overdue_and_closing(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        window.go("problems")
        settle(qtbot, window)
        page = window.shell.page("problems").list
        page.late.click()
        settle(qtbot, window)
        rows = [page.table.model().row_at(place) for place in range(page.table.model().rowCount())]
        assert [row.cell(0).text for row in rows] == ["甲"] and rows[0].cells[-1].text.startswith("逾期")
        page.table.select_key(rows[0].key)
        page.done.click()
        settle(qtbot, window)
        closing = dialog()
        closing.evidence.set_value("验收单")
        closing.checker.set_value("李示例")
        qtbot.keyClick(closing, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert closing.isVisible() and "另一人" in closing.told.text()
        closing.checker.set_value("赵示例")
        qtbot.keyClick(closing, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert not closing.isVisible() and page.lines[rows[0].key].state == "closed"
        page.clear()
        settle(qtbot, window)
        assert page.table.model().rowCount() == 2
