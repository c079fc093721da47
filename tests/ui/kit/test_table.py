"""The list: sums, copying, editing in the cell, frozen columns, columns that fall out, rows fetched by page."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from desktop.ui.kit.rows import Cell, Column, Row, RowsModel
from desktop.ui.kit.table import TableView

COLUMNS = [
    Column("name", "项目名称", width=200, ink="ink", frozen=True, editable=True),
    Column("owner", "项目单位", width=200, drop=2),
    Column("total", "总投资", "万元", kind="number", sums=True, editable=True),
    Column("start", "开工", width=200, drop=1),
]


def row(number: int) -> Row:
    money = Decimal(number) * 100
    return Row(f"id-{number}", (f"示例项目{number}", "示例重工有限公司", Cell(f"{money:,.2f}", money), ""))


@pytest.fixture
def view(qtbot):
    made = TableView(RowsModel(COLUMNS, [row(n) for n in range(1, 51)]), name="projects", label="项目清单")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def editor(view) -> QLineEdit:
    return next(e for v in (view, view.frozen) for e in v.viewport().findChildren(QLineEdit) if e.isVisible())


def test_sums_of_what_is_selected(view, qtbot):
    with qtbot.waitSignal(view.sums_changed) as got:
        view.select_rows(["id-2", "id-5"])
    assert view.selected_keys() == ["id-2", "id-5"]
    assert view.sums() == [("总投资", "万元", Decimal(700))]
    assert got.args[0] >= 1


def test_copy_is_a_table_with_heads(view, qtbot):
    view.select_rows(["id-1", "id-2"])
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "项目名称\t项目单位\t总投资（万元）\t开工"
    assert lines[2] == "示例项目2\t示例重工有限公司\t200.00\t"


def test_typing_edits_enter_saves_and_goes_down(view, qtbot):
    view.setCurrentIndex(view.model().index(0, 2))
    qtbot.keyClicks(view, "9")
    box = editor(view)
    assert box.objectName() == "total" and box.text() == "9"
    with qtbot.waitSignal(view.model().edited) as got:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert got.args == ["id-1", "total", "9"]
    qtbot.waitUntil(lambda: view.currentIndex().row() == 1)
    assert view.currentIndex().column() == 2


def test_f2_in_a_frozen_column_and_escape_drops(view, qtbot):
    view.setCurrentIndex(view.model().index(3, 0))
    said = []
    view.model().edited.connect(lambda *what: said.append(what))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    box = editor(view)
    qtbot.keyClicks(box, "x")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == [] and view.currentIndex().row() == 3


def test_tab_saves_and_goes_right(view, qtbot):
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    box = editor(view)
    box.setText("新名称")
    with qtbot.waitSignal(view.model().edited):
        qtbot.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: view.currentIndex().column() == 1)


def test_cells_that_are_not_editable_stay(view, qtbot):
    view.setCurrentIndex(view.model().index(0, 1))
    qtbot.keyClicks(view, "9")
    assert not view.editing_now()


def test_enter_opens_and_alt_down_asks_for_the_filter(view, qtbot):
    view.setCurrentIndex(view.model().index(6, 1))
    with qtbot.waitSignal(view.opened) as got:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert got.args == ["id-7"]
    with qtbot.waitSignal(view.filter_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["owner"]


def test_columns_fall_out_in_their_order(view, qtbot):
    seen = []
    view.columns_dropped.connect(lambda shown, all_: seen.append((shown, all_)))
    view.resize(560, 400)
    assert view.isColumnHidden(1) and not view.isColumnHidden(3) and seen[-1] == (3, 4)
    view.resize(900, 400)
    assert not view.isColumnHidden(1)


def test_frozen_columns_lie_still_while_the_rest_scrolls(qtbot):
    columns = [COLUMNS[0], *(Column(f"c{n}", f"列{n}", width=200) for n in range(8))]
    view = TableView(RowsModel(columns, [Row("a", ("甲",)), Row("b", ("乙",))]))
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    before = view.frozen.geometry()
    view.horizontalScrollBar().setValue(300)
    assert view.frozen.geometry() == before and view.frozen.isVisible()
    view.setCurrentIndex(view.model().index(1, 1))
    assert view.visualRect(view.currentIndex()).left() >= view.frozen.width()


def test_rows_are_fetched_by_page():
    asked = []

    def fetch(start: int, count: int) -> list[Row]:
        asked.append((start, count))
        return [row(start + n + 1) for n in range(count)]

    model = RowsModel(COLUMNS)
    model.set_source(100000, fetch)
    assert model.rowCount() == 100000 and asked == []
    assert model.index(99999, 0).data() == "示例项目100000"
    assert model.index(0, 0).data() == "示例项目1"
    assert asked == [(99800, 200), (0, 200)]


def test_what_a_screen_reader_hears_of_a_cell():
    model = RowsModel(COLUMNS, [Row("a", ("甲", "", Cell("100.00", mark="conflict"))), Row("b", ("乙",), mark="soon")])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 2).data(role) == "总投资，100.00，万元，冲突"
    assert model.index(0, 1).data(role) == "项目单位，空"
    assert model.index(1, 0).data(role) == "项目名称，乙，将到期"
    assert model.index(0, 1).data() == "—"


def test_a_replaced_cell_shows(view):
    view.model().replace_cell("id-3", "total", Cell("7.00", Decimal(7)))
    assert view.model().index(2, 2).data() == "7.00"
    assert view.model().index(2, 0).data() == "示例项目3"


def test_space_presses_the_tick_of_the_row(qtbot):
    columns = [Column("tick", "", kind="tick", width=40), Column("name", "名称", width=200)]
    rows = [Row("a", (Cell(check="on"), "甲"), kind="group"), Row("b", (Cell(check="locked"), "乙"), kind="group")]
    view = TableView(RowsModel(columns, rows), numbered=False)
    qtbot.addWidget(view)
    view.show()
    view.setCurrentIndex(view.model().index(0, 1))
    with qtbot.waitSignal(view.model().toggled) as got:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert got.args == ["a", "tick"]
    view.setCurrentIndex(view.model().index(1, 1))
    with qtbot.assertNotEmitted(view.model().toggled):
        qtbot.keyClick(view, Qt.Key.Key_Space)
