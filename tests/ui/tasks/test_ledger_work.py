"""Work from the ledger by keyboard: many at once, last period's report, the summary, the time line, a unit's duties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import ledger as reading
from desktop.actions import records
from desktop.actions.desk import Desk
from tests.ui.seated import dialog, make_folder, settle, window_over

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _fill(desk: Desk) -> None:
    records.put(desk, "progress", [
        {"item": "task-42", "unit": unit, "period": "2026-10", "state": "going", "done": f"{unit}做了示例工作。"}
        for unit in ("区商务局", "区供销社")
    ])  # fmt: skip
    held = {item.key: item.record for item in reading.ledger(desk, "2026-10").items}
    records.put(desk, "assignment", [{"id": held["task-42"], "node": "站点验收", "node_due": "2020-01-01"}])


def _page(window: Any, qtbot: Any) -> Any:
    window.go("tasks")
    settle(qtbot, window)
    window.frame.set_period("2026-11")
    settle(qtbot, window)
    page = window.shell.page("tasks").list
    page.table.select_key("task-42")
    page.table.setFocus()
    qtbot.wait(80)
    settle(qtbot, window)
    return page


def test_several_tasks_change_at_once(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        page = _page(window, qtbot)
        qtbot.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
        assert page.picked() == ["task-42", "task-43"]
        qtbot.keyClick(page.table, Qt.Key.Key_M, CTRL)
        settle(qtbot, window)
        many = dialog()
        many.field.set_value("applicable")
        many._chosen()
        many.value.set_value("no")
        qtbot.wait(260)
        many._ask()
        settle(qtbot, window)
        assert not many.yes.isEnabled() and "原因" in many.told.text()
        many.reason.set_value("本区没有此类企业")
        many._ask()
        settle(qtbot, window)
        assert many.yes.isEnabled() and "2 项会改" in many.told.text()
        qtbot.keyClick(many, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert [item.key for item in page.ledger.items if not item.applicable] == ["task-42", "task-43"]


def test_last_period_and_the_summary_come_into_the_form(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        page = _page(window, qtbot)
        place = window.shell.page("tasks")
        assert page.detail.behind.isVisible() and "站点验收" in page.detail.why_late.text()
        qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
        settle(qtbot, window)
        typed = {name: place.currentWidget().fields.inputs[name].value() for name in ("kind", "done", "period")}
        assert typed["kind"] == "summary" and typed["done"].count("示例工作") == 2 and typed["period"] == "2026-10"
        place._back()
        settle(qtbot, window)
        qtbot.wait(80)
        settle(qtbot, window)
        page.detail.strip.setFocus()
        qtbot.keyClick(page.detail.strip, Qt.Key.Key_End)
        qtbot.keyClick(page.detail.strip, Qt.Key.Key_D, CTRL)
        settle(qtbot, window)
        typed = {name: place.currentWidget().fields.inputs[name].value() for name in ("unit", "done", "period")}
        assert typed == {"unit": "区商务局", "done": "区商务局做了示例工作。", "period": "2026-11"}


def test_a_unit_s_duties_and_the_time_line(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        page = _page(window, qtbot)
        assert not page.duties.isVisible()
        qtbot.keyClick(page.table, Qt.Key.Key_T, CTRL)
        line = page.detail.line.table
        assert line.isVisible() and line.hasFocus()
        said = [line.model().row_at(place).cell(1).text for place in range(line.model().rowCount())]
        assert sorted(said) == ["分工", "进展", "进展"]
        assert page.tree.select_key("unit:区供销社")
        settle(qtbot, window)
        assert page.duties.isVisible() and page.unit() == "区供销社"
        heads = [row.cell(0).text for row in map(page.table.model().row_at, range(page.table.model().rowCount()))
                 if row.kind == "span"]  # fmt: skip
        assert heads[0].startswith("牵头")
