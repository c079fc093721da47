"""首页: units that have not answered lead to their reports; what others changed leads to the records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.actions.seat import take_seat
from tests.ui.seated import dialog, make_folder, settle, window_over


def _fill(desk: Desk) -> None:
    def said(item: str) -> dict[str, object]:
        return {"item": item, "unit": "区商务局", "period": "2026-11", "state": "going", "done": "完成示例工作。"}

    records.put(desk, "progress", [said("task-42")])
    take_seat(desk)
    me = desk.account
    desk.account = type(me)("王示例", me.roles)
    records.put(desk, "progress", [said("task-43"), said("task-44")])
    desk.account = me


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-29T08:40:00+08:00")


def test_who_waits_and_what_changed(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        page = window.shell.page("home")
        todo = page.todo.table
        rows = [todo.model().row_at(place) for place in range(todo.model().rowCount())]
        assert any(row.cell(0).text.startswith("还没有填报的单位　8") for row in rows)
        first = next(row.key for row in rows if row.key.startswith("waiting."))
        changes = page.figures.changes
        assert [cell.text for cell in changes.model().row_at(0).cells] == ["他人更改", "王示例", "进展填报 2 条"]
        changes.select_key("group.0")
        changes.setFocus()
        qtbot.keyClick(changes, Qt.Key.Key_Return)
        settle(qtbot, window)
        shown = dialog()
        assert shown.table.model().rowCount() == 2
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        settle(qtbot, window)
        todo.select_key(first)
        unit = page.todo._todos[first].unit
        todo.setFocus()
        qtbot.keyClick(todo, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.shell.here == "progress"
        conditions = window.shell.page("progress").list.conditions.values()
        assert {each.field: each.values for each in conditions}["unit"] == (unit,)
