"""The list below the search field (Ctrl+K): icon, text with the hit underlined, a note, the kind at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from . import icons, look, paint


@dataclass(frozen=True)
class Hit:
    """One result. `spans` are (start, length) of what matched in `text`, underlined; `number` stands before it."""

    key: str
    icon: str
    text: str
    note: str = ""
    kind: str = ""
    number: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class HitList(QWidget):
    """Up to `most` hits; ↑↓ move, `picked(key)` on Enter or a click. For a page, or below a field (`Finder`)."""

    picked = Signal(str)

    def __init__(self, *, most: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most, self.here = most, 0
        self.hits: list[Hit] = []
        self.setMouseTracking(True)

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.hits, self.here = list(hits[: self.most]), 0
        self.setFixedHeight(max(1, len(self.hits)) * self._high() + 2)
        self._say()
        self.update()

    def _high(self) -> int:
        return look.theme().control(32)

    def _say(self) -> None:
        hit = self.hits[self.here] if self.hits else None
        parts = (hit.number, hit.text, hit.note, hit.kind) if hit else ("没有找到",)
        self.setAccessibleName("，".join(part for part in parts if part))

    def step(self, by: int) -> None:
        if self.hits:
            self.here = (self.here + by) % len(self.hits)
            self._say()
            self.update()

    def choose(self) -> None:
        if self.hits:
            self.picked.emit(self.hits[self.here].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() - 1) // self._high()
        if 0 <= place < len(self.hits) and place != self.here:
            self.here = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        self.choose()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(p, self.rect(), "panel", "edge", 1, 3)
        high, side = self._high(), look.theme().px(16)
        if not self.hits:
            paint.text(p, QRect(38, 1, self.width() - 48, high), "没有找到，换一个字、代码或拼音首字母试试", "ink3")
        for place, hit in enumerate(self.hits):
            spot = QRect(1, 1 + place * high, self.width() - 2, high)
            if place == self.here:
                p.fillRect(spot, look.color("soft"))
                paint.fill(p, 1, spot.y(), 3, high, "accent")
            icons.paint(p, hit.icon, QRectF(13, spot.y() + (high - side) // 2, side, side), "ink2")
            x, right = 38, self.width() - 13
            right -= look.width(hit.kind)
            paint.text(p, QRect(right, spot.y(), 200, high), hit.kind, "ink2")
            if hit.number:
                paint.text(p, QRect(x, spot.y(), 60, high), hit.number)
                x += look.width(hit.number) + 14
            wide = min(look.width(hit.text), right - x - 12)
            paint.text(p, QRect(x, spot.y(), wide + 1, high), hit.text)
            for start, length in hit.spans:
                begin = x + look.width(hit.text[:start])
                span = min(look.width(hit.text[start : start + length]), x + wide - begin)
                if span > 0:
                    paint.fill(p, begin, spot.y() + high // 2 + look.theme().px(8), span, 1, "accent")
            paint.text(p, QRect(x + wide + 10, spot.y(), max(0, right - x - wide - 20), high), hit.note, "ink2")


class Finder(QObject):
    """Hangs a `HitList` below a line edit: shown while it has text and focus; ↑↓, Enter, Esc work from the edit."""

    picked = Signal(str)

    def __init__(self, edit: QLineEdit, below: QWidget, *, most: int = 9) -> None:
        super().__init__(edit)
        self.edit, self.below = edit, below
        self.list = HitList(most=most, parent=below.window())
        self.list.hide()
        self.list.picked.connect(self._picked)
        edit.installEventFilter(self)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show results for what is typed now; hides itself when the field is empty."""
        if not self.edit.text().strip():
            self.list.hide()
            return
        window = self.below.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
        self.list.setFixedWidth(self.below.width())
        self.list.set_hits(hits)
        self.list.move(self.below.mapTo(window, QPoint(0, self.below.height() + 2)))
        self.list.show()
        self.list.raise_()

    def _picked(self, key: str) -> None:
        self.list.hide()
        self.edit.clear()
        self.picked.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif event.type() == QEvent.Type.KeyPress and self.list.isVisible():
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.choose()
                return True
            if key == Qt.Key.Key_Escape:
                self.list.hide()
                self.edit.clear()
                return True
        return False
