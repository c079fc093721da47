"""Handing out, collecting a folder, copying a reminder and closing the period: all by keyboard."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import records
from desktop.actions.desk import open_desk
from desktop.model.periods import Period
from desktop.ui.screens.rounds.handing import HandOutDialog
from tests.conftest import CLERK, PASSWORD
from tests.scenarios.filled import fill
from tests.ui.seated import WAIT, accept, make_folder, settle, when_asked, window_over, write

Enter, Control, Alt = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
P = Period.of(datetime.date.today(), "month").previous().key


@pytest.mark.slow
def test_a_round_by_keyboard(qtbot: Any, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    with window_over(qtbot, folder) as window:
        window.frame.set_period(P)
        window.go("rounds")
        settle(qtbot, window)
        place = window.shell.page("rounds")
        answers = place.pages["answers"]
        assert answers.table.hasFocus() and answers.table.model().rowCount() > 20
        for _ in range(2):
            QTest.keyClick(answers.table, Qt.Key.Key_Space)
            QTest.keyClick(answers.table, Qt.Key.Key_Down)
        units = list(answers.ticked)
        assert len(units) == 2

        press(window, answers.table, Qt.Key.Key_E, Control)
        settle(qtbot, window)
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, HandOutDialog))
        assert dialog.chosen() == units
        dialog.folder.set_value(str(tmp_path / "下发"))
        dialog.yes.setFocus()
        QTest.keyClick(dialog.yes, Enter)
        settle(qtbot, window)
        assert dialog.done_already and len(list((tmp_path / "下发").glob("*.xlsx"))) == 2
        QTest.keyClick(dialog.yes, Enter)
        settle(qtbot, window)

        def say(number: int, item: str) -> dict[str, Any]:
            return {"状态": "推进中" if number else "不对", "进展情况": "示例进展"}

        book = next(path for path in (tmp_path / "下发").glob("*.xlsx") if path.name.startswith(units[0]))
        fill(book, book, say)
        place.read_folder(tmp_path / "下发")
        settle(qtbot, window)
        page = place.pages["returns"]
        assert place.tabs.here == "returns" and page.table.model().rowCount() == 2
        row = page.table.model().place_of(str(book))
        page.table.setCurrentIndex(page.table.model().index(row, 1))
        assert "不对" in page.detail.toPlainText() and page.write.text() == "写入 1 份"
        press(window, page.table, Enter, Control)
        qtbot.waitUntil(lambda: place.tabs.here == "answers", timeout=WAIT)
        settle(qtbot, window)
        assert (tmp_path / "下发" / "退回").is_dir()

        answers.ticked = [units[1]]
        press(window, answers.table, Qt.Key.Key_C, Alt)
        settle(qtbot, window)
        assert QGuiApplication.clipboard().text().startswith(f"{units[1]}：")

        place.tabs.setFocus()
        QTest.keyClick(place.tabs, Qt.Key.Key_Right)
        QTest.keyClick(place.tabs, Qt.Key.Key_Right)
        assert place.tabs.here == "rates" and place.pages["rates"].table.model().rowCount() > 20
        QTest.keyClick(place.tabs, Qt.Key.Key_Right)
        closing = place.pages["closing"]
        assert closing.act.text() == f"{Period.parse(P).label}关账"
        when_asked(lambda asked: QTest.keyClick(asked, Qt.Key.Key_Escape))
        press(window, place.tabs, Qt.Key.Key_G, Control)
        settle(qtbot, window)
        assert not closing.shown.own
        when_asked(accept)
        press(window, place.tabs, Qt.Key.Key_G, Control)
        qtbot.waitUntil(lambda: closing.shown.own, timeout=WAIT)
        assert closing.act.text() == "重新开账…"
        when_asked(give_reason)
        press(window, place.tabs, Qt.Key.Key_G, Control)
        qtbot.waitUntil(lambda: not closing.shown.own, timeout=WAIT)
        settle(qtbot, window)
        assert closing.shown.closings[0].why == "补报"
    desk = open_desk(folder, CLERK, PASSWORD)
    assert records.find(desk, "progress", where={"unit": units[0]})[1] > 3
    desk.close()


def press(window: Any, widget: Any, key: Any, with_: Any) -> None:
    """A shortcut: without a window manager a closed dialog leaves no window active."""
    window.activateWindow()
    QApplication.processEvents()
    widget.setFocus()
    QTest.keyClick(widget, key, with_)


def give_reason(asked: Any) -> None:
    accept(asked)
    assert asked.isVisible()  # nothing is done without a reason
    write(asked.fields["answer"].input, "补报")
    accept(asked)


def test_a_hand_out_that_is_cancelled_says_what_was_written_and_goes_on(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("rounds")
        settle(qtbot, window)
        place, out = window.shell.page("rounds"), tmp_path / "下发"
        place.pages["answers"].ticked = [each.unit for each in place.pages["answers"].shown.answers.units[:6]]
        place.hand_out()
        settle(qtbot, window)
        handing = next(each for each in QApplication.topLevelWidgets() if isinstance(each, HandOutDialog))
        handing.folder.set_value(str(out))
        stop = window.frame.bridge.progress.connect(lambda n, _: n and QTest.keyClick(handing, Qt.Key.Key_Escape))
        QTest.keyClick(handing.yes, Enter)
        settle(qtbot, window)
        window.frame.bridge.progress.disconnect(stop)
        written = len(list(out.glob("*.xlsx")))
        assert 0 < written < 6 and handing.isVisible() and not handing.done_already
        assert handing.told.words.text().startswith(f"已取消。写好 {written} 份")
        assert len(handing.chosen()) == 6 - written and handing.yes.text() == f"下发 {6 - written} 份"
        QTest.keyClick(handing.yes, Enter)
        settle(qtbot, window)
        assert handing.done_already and len(list(out.glob("*.xlsx"))) == 6
        QTest.keyClick(handing, Qt.Key.Key_Escape)
        assert not handing.isVisible()
