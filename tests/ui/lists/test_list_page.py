"""A list: views, search by 拼音首字母, conditions, sums, editing in the cell, sorting."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.actions.listing import Condition
from tests.conftest import enterprise, project, project_data
from tests.ui.seated import dialog, make_folder, settle, window_over, write


def _fill(desk: Desk) -> None:
    owner = enterprise(desk)
    rows = [
        project_data(owner, name="轧机主传动变频改造", total_investment="50000000", fund_own="50000000"),
        project_data(owner, name="热电机组辅机更新", stage="completed"),
        project_data(owner, name="供热管网更新", stage="preparing", fund_own="1000000"),
    ]
    records.put(desk, "project", rows)


def _texts(page: Any, column: int = 0) -> list[str]:
    model = page.table.model()
    return [model.row_at(place).cell(column).text for place in range(model.rowCount())]


def test_views_search_conditions_and_sums(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        window.go("projects")
        settle(qtbot, window)
        page = window.shell.page("projects").list
        assert [(tab.label, tab.count) for tab in page.tabs._tabs] == [
            ("全部", 3), ("前期", 1), ("在建", 1), ("完工", 1), ("待核对", 1),
        ]  # fmt: skip
        assert page.head.facts.whole() == "3 个，总投资 1.46 亿元"
        third = page.table.model().row_at(2)
        assert third.mark == "soon"
        assert "资金合计不符" in third.cell(0).tip
        page.table.selectAll()
        assert ("总投资", "万元", Decimal("14600")) in page.table.sums()
        assert "选中 3 行：总投资14,600.00万元" in window.shell.status.notes()
        qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        write(page.find.edit, "rdjz")
        qtbot.wait(250)
        settle(qtbot, window)
        assert _texts(page) == ["热电机组辅机更新"]
        page.clear()
        page.set_condition(Condition("total_investment", "least", ("4,900.00",)))
        settle(qtbot, window)
        assert _texts(page) == ["轧机主传动变频改造"]
        assert page.chips._chips[0].words == "总投资 ≥ 4,900.00 万元"
        page._removed("total_investment.least")
        page._viewed("completed")
        settle(qtbot, window)
        assert _texts(page) == ["热电机组辅机更新"]


def test_a_cell_is_edited_and_undone(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: project(desk))) as window:
        window.go("projects")
        settle(qtbot, window)
        page = window.shell.page("projects").list
        column = page.table.model().column_of("equipment_paid")
        page.table.setCurrentIndex(page.table.model().index(0, column))
        page.table.edit_cell(page.table.currentIndex())
        editor = window.findChild(type(page.find.edit), "equipment_paid")
        write(editor, "1200万")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert [toast.words for toast in window.shell.toasts.shown] == []
        assert _texts(page, column) == ["1,200.00"]
        window.undo()
        settle(qtbot, window)
        assert _texts(page, column) == [""]


def test_heads_sort_and_empty_screens_say_what_to_do(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        window.go("projects")
        settle(qtbot, window)
        page = window.shell.page("projects").list
        page._sorted("total_investment")
        page._sorted("total_investment")
        settle(qtbot, window)
        assert _texts(page)[0] == "轧机主传动变频改造"
        page.find.set_value("没有这样的字")
        page.reload()
        settle(qtbot, window)
        assert page.middle.currentWidget() is page.unfound
        window.go("sites")
        settle(qtbot, window)
        sites = window.shell.page("sites").list
        assert sites.middle.currentWidget() is sites.nothing
        assert sites.nothing.line.text() == "还没有回收网点"


def test_progress_follows_the_period(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:40:00+08:00")

    def fill(desk: Desk) -> None:
        base = {"item": "task-42", "unit": "区商务局", "state": "going", "done": "按计划推进。"}
        records.put(desk, "progress", [{**base, "period": "2026-10"}, {**base, "period": "2026-11", "state": "late"}])

    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        window.go("progress")
        settle(qtbot, window)
        page = window.shell.page("progress").list
        column = page.table.model().column_of("state")
        assert _texts(page, column) == ["滞后"]
        qtbot.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        assert _texts(page, column) == ["推进中"]


def test_export_and_print_are_in_the_head_and_on_keys(qtbot: Any, tmp_path: Path) -> None:
    from desktop.ui.screens.submissions.preview import PrintPreview

    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        window.go("projects")
        settle(qtbot, window)
        page = window.shell.page("projects").list
        assert [button.text() for button in page.outward.buttons] == ["导出", "打印"]
        qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        export = dialog()
        assert [name for name, tick in export.ticks.items() if tick.isChecked()] == ["project"]
        export.reject()
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        preview = dialog()
        assert isinstance(preview, PrintPreview)
        assert preview.name == "project-list"
        assert preview.save.isEnabled()  # pages were made
        preview.reject()
        window.go("enterprises")
        settle(qtbot, window)
        assert [button.text() for button in window.shell.page("enterprises").list.outward.buttons] == ["导出"]


def test_a_record_prints_its_own_form(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        window.go("projects")
        settle(qtbot, window)
        place = window.shell.page("projects")
        record = place.list.neighbours()[0]
        place.open_record("project", record)
        settle(qtbot, window)
        qtbot.keyClick(place.form.fields.inputs["name"].edit, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        preview = dialog()
        assert (preview.name, preview.records) == ("project-application", [record])
        preview.reject()
