"""Shell, rail, tabs, chips, tree, map, toasts, dialogs and finder, worked by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kit import gallery
from desktop.ui.kit.chips import ChipRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.finder import Finder, Hit
from desktop.ui.kit.lines import LineField
from desktop.ui.kit.progress import ProgressDialog
from desktop.ui.kit.rail import Place
from desktop.ui.kit.shell import Shell
from desktop.ui.kit.tabs import Tab, TabRow
from desktop.ui.kit.tilemap import Tile, TileMap
from desktop.ui.kit.tree import Node, TreeList

CONTROL = Qt.KeyboardModifier.ControlModifier


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = QLineEdit(self), QLineEdit(self)
        self.right.move(0, 40)
        self.stay = False

    def panes(self) -> list[QWidget]:
        return [self.left, self.right]

    def may_leave(self) -> bool:
        return not self.stay


@pytest.fixture
def shell(qtbot):
    made = Shell([Place("home", "首页", "house", 0), Place("list", "项目清单", "layout-list", 1)])
    qtbot.addWidget(made)
    made.add_page("home", make=Page)
    made.add_page("list", make=Page)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.go("home")
    return made


def test_places_by_number_and_pages_are_built_once(shell, qtbot):
    first = shell.page("home")
    with qtbot.waitSignal(shell.place_changed) as got:
        qtbot.keyClick(shell, Qt.Key.Key_2, CONTROL)
    assert got.args == ["list"] and shell.stack.currentWidget() is shell.page("list")
    qtbot.keyClick(shell, Qt.Key.Key_1, CONTROL)
    assert shell.page("home") is first and shell.here == "home"


def test_a_page_may_keep_the_clerk(shell):
    shell.page("home").stay = True
    shell.go("list")
    assert shell.here == "home"


def test_panes_by_f6_and_alt(shell, qtbot):
    page = shell.page("home")
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.right.hasFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert shell.rail.main.hasFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert page.left.hasFocus()


def test_search_and_text_size_keys(shell, qtbot):
    qtbot.keyClick(shell, Qt.Key.Key_K, CONTROL)
    assert shell.topbar.search.edit.hasFocus()
    with qtbot.waitSignal(shell.text_size_asked) as got:
        qtbot.keyClick(shell, Qt.Key.Key_Minus, CONTROL)
    assert got.args == [-1]


def test_rail_is_icons_only_when_narrow_and_speaks_its_counts(shell, qtbot):
    shell.rail.set_count("list", 3)
    model = shell.rail.main.places
    row = next(i for i, place in enumerate(model.lines) if place and place.name == "list")
    assert model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "项目清单，3 项待办"
    wide = shell.rail.width()
    shell.resize(1100, 700)
    qtbot.waitUntil(lambda: shell.rail.width() < wide)
    assert (wide, shell.rail.width()) == (140, 48)


def test_rail_by_arrows_and_enter(shell, qtbot):
    shell.rail.main.setFocus()
    qtbot.keyClick(shell.rail.main, Qt.Key.Key_Down)
    qtbot.keyClick(shell.rail.main, Qt.Key.Key_Return)
    assert shell.here == "list"


def test_letters_are_commands_only_where_no_text_is_typed(shell):
    off = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not shell.rail.main.testAttribute(off) and not TileMap().testAttribute(off)
    assert shell.topbar.search.edit.testAttribute(off)


def test_toasts_keep_a_history(shell):
    shell.toasts.say("已写入 39 行")
    fault = shell.toasts.fail("E: 盘已拔出，文件没有写完。请重新插入后再导出。")
    assert [mark for mark, _ in shell.toasts.history] == ["done", "error"]
    assert fault.geometry().right() <= fault.parentWidget().width()
    fault.closed.emit()
    assert len(shell.toasts.shown) == 1 and len(shell.toasts.history) == 2


def test_tabs_by_arrows(qtbot):
    tabs = TabRow([Tab("all", "全部", 128), Tab("bad", "资金合计不符", 3, "error")])
    qtbot.addWidget(tabs)
    with qtbot.waitSignal(tabs.picked) as got:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert got.args == ["bad"] and tabs.accessibleName() == "资金合计不符，3，错误"


def test_chips_are_removed_by_backspace(qtbot):
    chips = ChipRow([("stage", "阶段：在建")])
    qtbot.addWidget(chips)
    with qtbot.waitSignal(chips.removed) as got:
        qtbot.keyClick(chips.findChild(QWidget, "chip.stage"), Qt.Key.Key_Backspace)
    assert got.args == ["stage"]


def test_tree_folds_and_picks(qtbot):
    tree = TreeList([Node("a", "甲", 2, (Node("a1", "甲一"),)), Node("h", "按单位", head=True), Node("b", "乙", 1)])
    qtbot.addWidget(tree)
    tree.show()
    tree.select_key("a")
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.key() == "a1"
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.key() == "b"
    tree.set_nodes([Node("b", "乙", 5), Node("c", "丙")])
    assert tree.key() == "b"


def test_map_by_arrows(qtbot):
    tiles = [Tile("n", "北镇", 1, 0), Tile("w", "西镇", 0, 1), Tile("m", "中镇", 1, 1), Tile("e", "东镇", 2, 1)]
    tilemap = TileMap(tiles)
    qtbot.addWidget(tilemap)
    tilemap.set_here("n")
    qtbot.keyClick(tilemap, Qt.Key.Key_Down)
    assert tilemap.here == "m"
    qtbot.keyClick(tilemap, Qt.Key.Key_Left)
    assert tilemap.here == "w"
    with qtbot.waitSignal(tilemap.narrowed) as got:
        qtbot.keyClick(tilemap, Qt.Key.Key_Space)
    assert got.args == ["w"]


def test_what_cannot_be_undone_needs_the_typed_word(qtbot):
    dialog = Dialog("恢复备份？", "现有数据会被替换。", verb="恢复备份", harmful=True, typed="370199")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.yes.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.fields["confirm"].edit, "370199")
    assert dialog.yes.isEnabled()
    qtbot.keyClick(dialog.fields["confirm"].edit, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in the field does not do what cannot be undone"
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert dialog.result() == 1


def test_enter_does_what_can_be_undone(qtbot):
    dialog = Dialog("删除“云帆街道旧货站”？", verb="删除")
    qtbot.addWidget(dialog)
    dialog.add(LineField("why", "删除原因"))
    dialog.show()
    qtbot.keyClick(dialog.fields["why"].edit, Qt.Key.Key_Return)
    assert dialog.result() == 1


def test_progress_says_how_far_and_escape_cancels_once(qtbot):
    dialog = ProgressDialog("正在导入 3 张工作表")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_progress(148, 214, "回收网点")
    assert dialog.panel.facts.whole() == "回收网点，第 148 / 214 行"
    with qtbot.waitSignal(dialog.cancelled):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.finish()
    assert not dialog.isVisible()


def test_finder_is_worked_from_its_field(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    edit = QLineEdit(host)
    host.resize(400, 300)
    host.show()
    edit.setFocus()
    finder = Finder(edit, edit)
    qtbot.keyClicks(edit, "hs")
    finder.show_hits([Hit("1", "recycle", "听松镇示范回收站"), Hit("2", "list-checks", "健全再生资源回收网络")])
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(finder.picked) as got:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert got.args == ["2"] and edit.text() == ""


def test_the_gallery_shows_all_parts(tmp_path):
    made = gallery.shots(tmp_path, gallery.LOOKS[1:2])
    assert len(made) == 3 and all(path.stat().st_size > 10000 for path in made)


@pytest.mark.slow
def test_the_gallery_in_every_look(tmp_path):
    assert len(gallery.shots(tmp_path)) == 3 * len(gallery.LOOKS)
