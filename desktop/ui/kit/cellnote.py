"""The sentence that stands beside a wrong cell of a sheet."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import look, paint

PAD = 8


class CellNote(QWidget):
    """Lies over the cells below or above `rect`; the mouse goes through it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("cellnote")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words, self.blocks = "", True
        self.hide()

    def show_beside(self, rect: QRect, words: str, blocks: bool) -> None:
        self.words, self.blocks = words, blocks
        self.setAccessibleName(words)
        host = self.parentWidget()
        wide = min(look.theme().px(400), look.width(words, 12) + 2 * PAD + 2, host.width())
        lines = -(-look.width(words, 12) // max(1, wide - 2 * PAD))
        high = lines * look.theme().px(18) + 8
        below = rect.bottom() + 1
        top = below if below + high <= host.height() else rect.top() - high
        self.setGeometry(max(0, min(rect.left(), host.width() - wide)), max(0, top), wide, high)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, state = QPainter(self), "red" if self.blocks else "amber"
        paint.box(p, self.rect(), f"{state}soft", state)
        p.setFont(look.font(12))
        p.setPen(look.color(state))
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        p.drawText(self.rect().adjusted(PAD, 2, -PAD, -2), int(flags), self.words)
