"""Doubles, pipeline, batches and templates in a real window, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import records
from desktop.actions.desk import Desk
from tests.conftest import enterprise, project, project_data
from tests.ui.seated import accept, make_folder, settle, when_asked, window_over, write


def filled(desk: Desk) -> None:
    one = enterprise(desk, "云帆（示例）重工有限责任公司", contact="王示例")
    enterprise(desk, "云帆(示例)重工有限公司", phone="000-0002")
    made = records.put(desk, "project", [project_data(one), project_data(one, name="二号线", stage="preparing",
                                                                         start="2025-01")]).ids  # fmt: skip
    records.put(desk, "batch", [{"name": "第一批", "fund": "bond", "deadline": "2099-12-31", "projects": made,
                                 "checks": "节能审查 为 已办"}])  # fmt: skip


def answer_with(qtbot: Any, text: str) -> None:
    """Type into the dialog that is about to open and accept it."""

    def act(box: Any) -> None:
        write(box.fields["answer"].input, text)
        accept(box)

    when_asked(act)


def test_two_enterprises_are_compared_and_merged(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "d", filled)) as window:
        window.go("enterprises")
        settle(qtbot, window)
        place = window.shell.page("enterprises")
        place.list.head.findChild(object, "duplicates").click()
        settle(qtbot, window)
        page = place.form
        assert len(page.pairs) == 1 and page.compared is not None
        assert page.sides.take() == ["phone"], "what the left lacks is taken"
        page.sides.setFocus()
        page.sides.select_key("name")
        QTest.keyClick(page.sides, Qt.Key.Key_2)
        assert "name" in page.sides.take()
        QTest.keyClick(page.sides, Qt.Key.Key_1)
        assert "name" not in page.sides.take()
        answer_with(qtbot, "同一家")
        page.merge.click()
        settle(qtbot, window)
        assert not page.pairs and len(page.gone) == 1 and page.tabs.here == "pairs"
        QTest.keyClick(page, Qt.Key.Key_Escape)
        settle(qtbot, window)
        assert place.currentWidget() is place.list and len(place.list.listing.lines) == 1


def test_an_enterprise_that_is_there_is_named_while_typing(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "d", filled)) as window:
        window.go("enterprises")
        settle(qtbot, window)
        place = window.shell.page("enterprises")
        place.open_record("enterprise", "")
        settle(qtbot, window)
        form = place.form
        form.fields.inputs["name"].setFocus()
        write(QApplication.focusWidget(), "云帆〔示例〕重工有限公司")
        qtbot.waitUntil(lambda: bool(form.near.found), timeout=4000)
        assert form.near.isVisible() and len(form.near.found) == 2
        form.near.buttons[0].setFocus()
        form.fields.begun = form.fields.texts()
        QTest.keyClick(form.near.buttons[0], Qt.Key.Key_Return)
        settle(qtbot, window)
        assert form.record, "Enter went to the one that is there"


def test_the_pipeline_names_what_lags(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "d", filled)) as window:
        window.go("projects")
        settle(qtbot, window)
        place = window.shell.page("projects")
        place.list.head.findChild(object, "pipeline").click()
        settle(qtbot, window)
        page = place.form
        assert page.held.whole.count == 2 and page.held.lagging
        late = page.late.model().rowCount()
        rule = page.held.rules[0][0]
        page.by.picked.emit(rule)
        assert 0 < page.late.model().rowCount() <= late
        page.late.setFocus()
        wanted = page.late.current_row().key
        QTest.keyClick(page.late, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert place.form.record == wanted


def test_a_batch_is_ranked_and_filed(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "d", filled)) as window:
        window.go("batches")
        settle(qtbot, window)
        place = window.shell.page("batches")
        place.show_batch(place.list.neighbours()[0])
        settle(qtbot, window)
        page = place.form
        first, second = (each.id for each in page.held.projects)
        assert page.held.warnings == 2 and "节能审查" in page.found.whole()
        page.table.select_key(second)
        page.up.click()
        settle(qtbot, window)
        assert [each.id for each in page.held.projects] == [second, first]
        when_asked(accept)
        page.file.click()
        settle(qtbot, window)
        assert page.held.filed_on and not page.file.isEnabled()


def test_a_project_is_copied_from_its_form(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "d", lambda desk: project(desk))) as window:
        window.go("projects")
        settle(qtbot, window)
        place = window.shell.page("projects")
        place.open_record("project", place.list.neighbours()[0])
        settle(qtbot, window)
        old = place.form.record
        when_asked(accept)
        place.form.copy_.click()
        settle(qtbot, window)
        assert place.form.record and place.form.record != old
        assert place.form.fields.texts()["name"].endswith("（复制，请改名）")
