"""The head of a screen: title, one line of facts, actions at the right with the main one last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import look, paint
from .buttons import KeyButton
from .text import Text, ground, row


class ScreenHead(QWidget):
    """48 px. `actions` are ready KeyButtons, the main one last. `back=True` puts ‹ before the title (`went_back`)."""

    went_back = Signal()

    def __init__(
        self, title: str, facts: str = "", actions: Sequence[QWidget] = (), *, back: bool = False, rule: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        ground(self, "panel")
        self._rule = rule
        self.title, self.facts = Text(title, size=18), Text(facts, size=13, ink="ink2", cut=True)
        self.back = KeyButton("返回", icon="chevron-left", kind="tool", key="back", name="back")
        if not back:  # shown before it has a parent, it would open a window of its own
            self.back.hide()
        self.back.clicked.connect(self.went_back)
        self.across = row(self, [self.back, self.title, 4, self.facts], gap=8, margins=(10 if back else 16, 0, 16, 1))
        self.across.setStretch(3, 1)
        self.set_actions(actions)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().bar(48) + self._rule)

    def set_facts(self, words: str) -> None:
        self.facts.setText(words)

    def set_title(self, words: str) -> None:
        self.title.setText(words)

    def set_actions(self, actions: Sequence[QWidget]) -> None:
        """Replace the actions at the right."""
        while self.across.count() > 4:
            old = self.across.takeAt(4).widget()
            if old is not None:
                old.deleteLater()
        for action in actions:
            self.across.addWidget(action)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("panel"))
        if self._rule:
            paint.hline(p, 0, self.height() - 1, self.width(), "line2")


class PaneHead(QWidget):
    """The head of a part of a screen: 14 px title, a note in ink3, anything at the right."""

    def __init__(self, title: str, note: str = "", right: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.title, self.note = Text(title, size=14), Text(note, size=12, ink="ink3", cut=True)
        across = row(self, [self.title, self.note, *right], gap=8)
        across.setStretch(1, 1)
