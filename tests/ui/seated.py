"""A real window over a real data folder of the practice district, for tests that press keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.actions import setup
from desktop.actions.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.kit.app import make_app
from desktop.ui.window import Window
from tests.conftest import CLERK, PASSWORD

WAIT = 30_000  # ms, for a machine busy with other work; nothing waits this long when all is well


def make_folder(folder: Path, fill: Callable[[Desk], object] | None = None) -> Path:
    """A district folder with the plan, and what `fill(desk)` adds."""
    desk, _ = setup.init(folder, district="379901", account=CLERK, password=PASSWORD, practice=True)
    if fill is not None:
        fill(desk)
    desk.close()
    return folder


@contextmanager
def window_over(
    qtbot: Any, folder: Path, *, sign_in: bool = True, size: tuple[int, int] = (1366, 768)
) -> Iterator[Window]:
    """A window, signed in as the clerk unless told otherwise; closed with its thread at the end."""
    make_app(hook=False)
    bridge = Bridge()
    window = Window(bridge, folder)
    window.resize(*size)
    window.ask_sign_in()
    window.show()
    window.activateWindow()
    try:
        if sign_in:
            with qtbot.waitSignal(window.seated, timeout=WAIT):
                bridge.sign_in(folder, CLERK, PASSWORD, lambda _: window.opened(folder))
            settle(qtbot, window)
        yield window
    finally:
        settle(qtbot, window)
        QApplication.instance().removeEventFilter(window)
        bridge.stop()
        window.hide()
        window.deleteLater()


def settle(qtbot: Any, window: Window) -> None:
    """Until the worker has answered. Without a window manager a closed dialog leaves no window active."""
    for _ in range(2):
        active = QApplication.activeWindow()
        if not (isinstance(active, QDialog) and active.isVisible()):
            window.activateWindow()
        qtbot.waitUntil(window.bridge.idle, timeout=WAIT)
        qtbot.wait(20)


def dialog() -> QDialog:
    """The dialog on screen."""
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert shown, "no dialog is open"
    return shown[-1]


def when_asked(act: Callable[[QDialog], object], left: int = WAIT) -> None:
    """Act on the next dialog once it stands, however slow the machine; in the end one still open is left by Esc."""

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, QDialog):
            when_asked(act, left - 50)
            return
        QTimer.singleShot(WAIT, shown, shown.reject)  # no test waits for ever
        try:
            act(shown)
        except BaseException:
            shown.reject()
            raise

    if left > 0:
        QTimer.singleShot(50, look)


def accept(asked: QDialog) -> None:
    """Enter, as a clerk presses it."""
    QTest.keyClick(asked, Qt.Key.Key_Return)


def write(widget: QWidget, text: str) -> None:
    """Type into a widget: Latin text by keys, Chinese the way an input method commits it."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
