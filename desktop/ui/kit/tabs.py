"""A row of tabs with counts and marks, and a row of conditions as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import look, marks, paint
from .text import row


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    count: int | None = None
    mark: str = ""


class TabRow(QWidget):
    """34 px. ←→ move, `picked(name)` fires. Ready widgets may stand at its right (`add_right`)."""

    picked = Signal(str)

    def __init__(self, tabs: Sequence[Tab] = (), *, here: str = "", name: str = "tabs", parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._tabs: list[Tab] = []
        self.here = here
        self._across = row(self, [None], margins=(0, 0, 16, 2))
        self.set_tabs(tabs)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(34))

    def add_right(self, widget: QWidget) -> None:
        self._across.addWidget(widget)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        self._tabs = list(tabs)
        if self._tabs and self.here not in [tab.name for tab in self._tabs]:
            self.here = self._tabs[0].name
        self._say()
        self.update()

    def set_mark(self, name: str, mark: str) -> None:
        self.set_tabs([Tab(t.name, t.label, t.count, mark) if t.name == name else t for t in self._tabs])

    def set_here(self, name: str) -> None:
        self.here = name
        self._say()
        self.update()

    def _say(self) -> None:
        tab = next((tab for tab in self._tabs if tab.name == self.here), None)
        words = "，".join(str(p) for p in (tab.label, tab.count, marks.WORDS.get(tab.mark)) if p) if tab else ""
        self.setAccessibleName(words)

    def _spots(self) -> list[tuple[Tab, QRect]]:
        x, made = 16, []
        for tab in self._tabs:
            wide = look.width(tab.label) + 24
            wide += look.width(str(tab.count), 12) + 6 if tab.count is not None else 0
            wide += look.theme().px(12) + 7 if tab.mark else 0
            made.append((tab, QRect(x, 0, wide, self.height())))
            x += wide
        return made

    def keyPressEvent(self, event: object) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        names = [tab.name for tab in self._tabs]
        if step and self.here in names:
            self._go(names[max(0, min(names.index(self.here) + step, len(names) - 1))])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        for tab, spot in self._spots():
            if spot.contains(event.position().toPoint()):
                self._go(tab.name)

    def _go(self, name: str) -> None:
        if name != self.here:
            self.set_here(name)
            self.picked.emit(name)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("panel"))
        paint.hline(p, 0, self.height() - 1, self.width(), "line2")
        side = look.theme().px(12)
        for tab, spot in self._spots():
            here = tab.name == self.here
            x = spot.x() + 12
            if tab.mark:
                marks.paint(p, tab.mark, QRectF(x, (self.height() - side) // 2 - 1, side, side))
                x += side + 7
            room = QRect(x, 0, spot.right() - x, self.height() - 2)
            paint.text(p, room, tab.label, "ink" if here else "ink2")
            if tab.count is not None:
                paint.text(p, room.adjusted(look.width(tab.label) + 6, 0, 0, 0), str(tab.count), "ink3", 12)
            if here:
                paint.fill(p, spot.x(), self.height() - 2, spot.width(), 2, "accent")
                if self.hasFocus():
                    paint.frame(p, spot.adjusted(2, 3, -2, -3))
