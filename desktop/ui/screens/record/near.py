"""Records that the one being typed may be: beside the form while it is new, opened by Enter."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.duplicates import FORMS, Near, near

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.marks import Mark
from ...kit.text import Text, ground, row

MOST = 3  # named one by one; the rest is counted
QUIET = 300  # ms after typing


class NearStrip(QWidget):
    """可能已有：… with one button for each; hidden when there is none. `wanted(id)` asks for a record."""

    wanted = Signal(str)

    def __init__(self, frame: Frame, form: str) -> None:
        super().__init__()
        ground(self, "sunken")
        self.frame, self.form = frame, form
        self.found: list[Near] = []
        self._asked: dict[str, str] = {}
        self._record = ""
        self.words = Text("可能已有：", size=13)
        self.across = row(self, [Mark("soon"), self.words], gap=8, margins=(16, 4, 16, 4))
        self.buttons: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self._ask)
        self.hide()

    def ask(self, record: str, typed: dict[str, str]) -> None:
        """Look for records like what is typed now."""
        if self.form in FORMS:
            self._record, self._asked = record, typed
            self._timer.start()

    def _ask(self) -> None:
        form, record, typed = self.form, self._record, self._asked
        self.frame.ask(
            lambda desk: near(desk, form, typed, record),
            lambda found: self.show_near(found) if typed is self._asked else None,
        )

    def clear(self) -> None:
        self._timer.stop()
        self.show_near([])

    def show_near(self, found: list[Near]) -> None:
        self.found = found
        for old in self.buttons:
            self.across.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        for place, each in enumerate(found[:MOST]):
            button = KeyButton(f"{each.label}（{each.why}）", kind="text", name=f"near_{place}")
            button.setAccessibleName(f"可能已有 {each.label}，{each.why}，按 Enter 打开")
            button.clicked.connect(lambda _=False, record=each.id: self.wanted.emit(record))
            keys.bind(button, "home_open", lambda record=each.id: self.wanted.emit(record), pane=True)
            self.buttons.append(button)
        if len(found) > MOST:
            self.buttons.append(Text(f"等 {len(found)} 条", size=12, ink="ink3"))
        for widget in self.buttons:
            self.across.addWidget(widget)
        rest = QWidget()
        self.buttons.append(rest)
        self.across.addWidget(rest, 1)
        self.setVisible(bool(found))
