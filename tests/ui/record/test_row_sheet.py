"""Equipment of a project filled in like a sheet, and a month's dispatch of all projects."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.actions import dispatch, records
from desktop.ui.screens.record.rowsheet import RowSheet
from tests.conftest import enterprise, project, project_data
from tests.ui.seated import dialog, make_folder, settle, window_over

CTRL = Qt.KeyboardModifier.ControlModifier


def found(window, work):
    answer: list = []
    window.bridge.ask(work, answer.append)
    return answer


def test_equipment_is_pasted_checked_and_saved_as_one(qtbot, tmp_path):
    held: dict = {}
    folder = make_folder(tmp_path / "data", lambda desk: held.update(id=project(desk)))
    with window_over(qtbot, folder) as window:
        window.open_record("project", held["id"], {})
        settle(qtbot, window)
        form = window.shell.page("projects").form
        section = next(each for each in form.below if each.child.name == "equipment")
        section.table.setFocus()
        QTest.keyClick(section.table, Qt.Key.Key_G, CTRL)
        settle(qtbot, window)
        sheet = dialog()
        assert isinstance(sheet, RowSheet) and sheet.model.rowCount() == 1
        QGuiApplication.clipboard().setText("更新前\t弧焊机\tZX7\t12\n更新后\t焊接机器人\tR6\t很多\n")
        QTest.keyClick(sheet.table, Qt.Key.Key_V, CTRL)
        assert sheet.model.rowCount() == 3 and sheet.yes.isEnabled()
        qtbot.wait(320)
        settle(qtbot, window)
        assert [each[2] for each in sheet.model.faults() if each[3]]
        sheet.activateWindow()
        qtbot.wait(20)
        QTest.keyClick(sheet.table, Qt.Key.Key_S, CTRL)
        settle(qtbot, window)
        assert sheet.isVisible() and sheet.table.currentIndex().row() == 1
        sheet.model.set_cells([(1, sheet.model.column_of("quantity"), "16")])
        sheet.activateWindow()
        qtbot.wait(20)
        QTest.keyClick(sheet.table, Qt.Key.Key_S, CTRL)
        settle(qtbot, window)
        assert not sheet.isVisible()
        answer = found(window, lambda desk: records.find(desk, "equipment")[1])
        settle(qtbot, window)
        assert answer == [2] and section.count == 2
        window.undo()
        settle(qtbot, window)
        assert section.count == 0


@pytest.mark.slow
def test_a_months_dispatch_of_two_hundred_projects(qtbot, tmp_path):
    held: dict = {}

    def fill(desk):
        owner = enterprise(desk)
        made = records.put(desk, "project", [project_data(owner, name=f"示例项目{n:03}") for n in range(200)])
        held["ids"] = made.ids
        dispatch.save_dispatch(desk, "2000-01", {})

    folder = make_folder(tmp_path / "data", fill)
    with window_over(qtbot, folder) as window:
        window.frame.set_period("2026-10")
        window.go("dispatch")
        settle(qtbot, window)
        page = window.shell.page("dispatch").page
        assert page.table_data.missing == 200
        start = time.perf_counter()
        page.reload()
        qtbot.waitUntil(window.bridge.idle, timeout=5000)
        assert time.perf_counter() - start < 1.5  # 0.2 s on an idle machine
        settle(qtbot, window)
        page.table.setCurrentIndex(page.model.index(0, page.model.column_of("month")))
        QGuiApplication.clipboard().setText("120\n80\n60\n")
        QTest.keyClick(page.table, Qt.Key.Key_V, CTRL)
        assert "还有 197 行未填" in page.head.facts.text()
        QTest.keyClick(page.table, Qt.Key.Key_S, CTRL)
        settle(qtbot, window)
        assert page.dirty() == {} and page.table_data.missing == 197
        answer = found(window, lambda desk: records.find(desk, "project_month")[1])
        settle(qtbot, window)
        assert answer == [3]
        window.frame.set_period("2026-11")
        settle(qtbot, window)
        assert page.table_data.rows[0].last["month"] == "120.00"
        page.model.set_cells([(0, page.model.column_of("month"), "30")])
        assert page.model.text(0, page.model.column_of("ytd")) == ""  # the month before had no cumulated figure
        page.model.load([])
