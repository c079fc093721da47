"""Many rows at once in a list: one value for all, filled down, pasted from WPS."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.actions import records
from desktop.ui.screens.lists.pasting import PasteDialog
from tests.conftest import enterprise
from tests.ui.seated import dialog, make_folder, settle, window_over

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ["示例重工有限公司", "样例热力有限公司", "例子纺织有限公司"]


def people(window, qtbot):
    answer: list = []
    window.bridge.ask(
        lambda desk: {v["name"]: v["contact"] for _, v in records.find(desk, "enterprise")[0]}, answer.append
    )
    settle(qtbot, window)
    return answer[0]


def test_fill_down_then_undo(qtbot, tmp_path):
    def fill(desk):
        enterprise(desk, NAMES[0], contact="王示例")
        for name in NAMES[1:]:
            enterprise(desk, name)

    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        window.go("enterprises")
        settle(qtbot, window)
        page = window.shell.page("enterprises").list
        column = page.table.model().column_of("contact")
        page.table.setCurrentIndex(page.table.model().index(0, column))
        for _ in range(2):
            QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
        settle(qtbot, window)
        assert people(window, qtbot) == dict.fromkeys(NAMES, "王示例")
        window.undo()
        settle(qtbot, window)
        assert list(people(window, qtbot).values()) == ["王示例", None, None]


def test_one_value_for_all_selected_rows(qtbot, tmp_path, monkeypatch):
    from desktop.ui.screens.lists.many import ManyDialog

    seen: list = []

    def run(self):
        self.value.set_value("民营") if self.value is None else None
        self.field.set_value("contact")
        self._pick()
        self.value.set_value("钱示例")
        self.preview()
        qtbot.waitUntil(self.yes.isEnabled, timeout=3000)
        seen.append(self.told.text())
        self.accept()
        return True

    monkeypatch.setattr(ManyDialog, "run", run)
    folder = make_folder(tmp_path / "data", lambda desk: [enterprise(desk, name) for name in NAMES])
    with window_over(qtbot, folder) as window:
        window.go("enterprises")
        settle(qtbot, window)
        page = window.shell.page("enterprises").list
        page.table.setCurrentIndex(page.table.model().index(0, page.table.model().column_of("contact")))
        QTest.keyClick(page.table, Qt.Key.Key_A, CTRL)
        QTest.keyClick(page.table, Qt.Key.Key_G, CTRL)
        settle(qtbot, window)
        assert "要改 3 家" in seen[0]
        assert people(window, qtbot) == dict.fromkeys(NAMES, "钱示例")


def test_a_block_from_wps_is_previewed_and_written(qtbot, tmp_path):
    folder = make_folder(tmp_path / "data", lambda desk: enterprise(desk, NAMES[0]))
    with window_over(qtbot, folder) as window:
        window.go("enterprises")
        settle(qtbot, window)
        page = window.shell.page("enterprises").list
        QGuiApplication.clipboard().setText(
            f"企业名称\t联系人\t单位性质\n{NAMES[0]}\t王示例\t民营\n{NAMES[1]}\t钱示例\t民营\n{NAMES[2]}\t周示例\t不知道\n"
        )
        QTest.keyClick(page.table, Qt.Key.Key_V, CTRL)
        settle(qtbot, window)
        shown = dialog()
        assert isinstance(shown, PasteDialog)
        assert [shown.block.count(kind) for kind in ("added", "changed", "refused")] == [1, 1, 1]
        assert "不在可选项内" in shown.said.text() and shown.yes.text() == "写入 2 家"
        shown.accept()
        settle(qtbot, window)
        assert not shown.isVisible()
        assert people(window, qtbot) == {NAMES[0]: "王示例", NAMES[1]: "钱示例"}


def test_a_view_is_saved_and_shown_again(qtbot, tmp_path, monkeypatch):
    from desktop.actions.listing import Condition
    from desktop.ui.screens.lists import saved

    monkeypatch.setattr(saved, "ask_text", lambda *_, **__: "王示例的")

    def fill(desk):
        enterprise(desk, NAMES[0], contact="王示例")
        enterprise(desk, NAMES[1])

    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        window.go("enterprises")
        settle(qtbot, window)
        page = window.shell.page("enterprises").list
        assert not page.keep.isVisible()
        page.set_condition(Condition("contact", "has", ("王示例",)))
        settle(qtbot, window)
        assert page.keep.isVisible() and len(page.listing.lines) == 1
        page.save_view()
        settle(qtbot, window)
        page._viewed("")
        settle(qtbot, window)
        assert len(page.listing.lines) == 2 and page.here == ""
        page.tabs.picked.emit("saved 王示例的")
        settle(qtbot, window)
        assert len(page.listing.lines) == 1 and page.here == "王示例的"
