"""One way in, as a line: icon, what it opens, one sentence, its key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ...kit import icons, keys, look, paint


class Door(QAbstractButton):
    """`clicked` on Enter, Space or a click."""

    def __init__(self, icon: str, title: str, note: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._note, self._key = icon, note, key
        self.setText(title)
        self.setObjectName(key or icon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{note}。{keys.hint(key) if key else ''}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(500, look.theme().control(62))

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, theme = QPainter(self), look.theme()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self.width(), self.height()
        if self.underMouse() or self.isDown():
            p.fillRect(self.rect(), look.color("hover"))
        paint.hline(p, 0, high - 1, wide)
        side, line = theme.px(18), look.line_height(13)
        top = (high - 2 * line) // 2
        icons.paint(p, self._icon, QRectF(12, top + (line - side) // 2 + 1, side, side), "ink2")
        left = 12 + side + 14
        key = keys.hint(self._key) if self._key else ""
        room = wide - left - look.width(key, 12) - 24
        paint.text(p, QRect(left, top, room, line), self.text(), "ink")
        paint.text(p, QRect(left, top + line, room, line), self._note, "ink2", 12)
        paint.text(p, QRect(0, top, wide - 12, line), key, "ink3", 12, right=True)
        if self.hasFocus():
            paint.frame(p, self.rect())
