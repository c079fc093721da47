"""The sheet: typed, moved in, filled, pasted and stepped back by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from desktop.ui.kit.rows import Column
from desktop.ui.kit.sheet import SheetModel, SheetRow
from desktop.ui.kit.sheetview import SheetView

CTRL = Qt.KeyboardModifier.ControlModifier
COLUMNS = [
    Column("name", "项目名称", width=200, frozen=True),
    Column("side", "类别", width=90, editable=True, choices=(("old", "更新前"), ("new", "更新后"))),
    Column("month", "本月完成", "万元", kind="number", editable=True),
    Column("note", "备注", width=200, editable=True),
]


@pytest.fixture
def view(qtbot):
    model = SheetModel(COLUMNS, growing=True)
    model.load([SheetRow(f"id-{n}", {"name": f"示例项目{n}", "month": str(n)}, {"note": "上月"}) for n in range(1, 4)])
    made = SheetView(model, name="sheet", label="月调度")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    made.setFocus()
    made.setCurrentIndex(model.index(0, 2))
    return made


def here(view):
    return view.currentIndex().row(), view.currentIndex().column()


def type_in(view, qtbot, text, key=Qt.Key.Key_Return):
    qtbot.keyClicks(view, text[0])
    box = next(e for e in view.viewport().findChildren(QLineEdit) if e.isVisible())
    qtbot.keyClicks(box, text[1:])
    qtbot.keyClick(box, key)
    qtbot.wait(5)


def test_enter_goes_down_tab_goes_on_to_the_next_row(view, qtbot):
    type_in(view, qtbot, "120")
    assert here(view) == (1, 2) and view.model().dirty() == {"id-1": {"month": "120"}}
    type_in(view, qtbot, "7", Qt.Key.Key_Tab)
    assert here(view) == (1, 3)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert here(view) == (2, 1)
    qtbot.keyClick(view, Qt.Key.Key_Backtab)
    assert here(view) == (1, 3)


def test_steps_back_and_again(view, qtbot):
    type_in(view, qtbot, "120")
    type_in(view, qtbot, "130")
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert view.model().dirty() == {"id-1": {"month": "120"}} and here(view) == (1, 2)
    qtbot.keyClick(view, Qt.Key.Key_Y, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert view.model().dirty() == {}


def test_a_block_from_wps_goes_in_by_place_and_grows_the_sheet(view, qtbot):
    QGuiApplication.clipboard().setText('10\t"两行\n备注"\r\n20\t丙\r\n30\t丁\r\n40\t戊\r\n')
    with qtbot.waitSignal(view.pasted) as told:
        qtbot.keyClick(view, Qt.Key.Key_V, CTRL)
    assert told.args == [8, 0] and view.model().rowCount() == 5
    dirty = view.model().dirty()
    assert dirty["id-1"] == {"month": "10", "note": "两行\n备注"} and len(dirty) == 4
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[0] == '10\t"两行'
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert view.model().dirty() == {}


def test_headings_that_came_along_are_not_values(view, qtbot):
    QGuiApplication.clipboard().setText("本月完成（万元）\t备注\n11\t甲\n")
    qtbot.keyClick(view, Qt.Key.Key_V, CTRL)
    assert view.model().dirty() == {"id-1": {"month": "11", "note": "甲"}}


def test_fill_down_and_clear(view, qtbot):
    view.setSelectionMode(view.selectionMode())
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    assert [view.model().text(n, 2) for n in range(3)] == ["1", "1", "1"]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert [view.model().text(n, 2) for n in range(3)] == ["", "", ""]


def test_a_choice_by_its_initials(view, qtbot):
    view.setCurrentIndex(view.model().index(0, 1))
    type_in(view, qtbot, "gxh")
    assert view.model().text(0, 1) == "更新后"


def test_the_sentence_stands_beside_the_cell(view, qtbot):
    view.model().set_findings({("id-1", "month"): ("“1”大于本年累计", False), ("id-3", "note"): ("太长", True)})
    assert view._note.isVisible() and "大于本年累计" in view._note.words
    assert view.step_fault() and here(view) == (2, 3) and view._note.words == "太长"
    assert view.model().row_at(2).mark == "error" and view.model().row_at(0).mark == "soon"


def test_read_only_cells_stay(view, qtbot):
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClicks(view, "x")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert view.model().dirty() == {} and not view.editing_now()
    assert view.model().words(0, 3) == "上月" and view.model().text(0, 3) == ""
