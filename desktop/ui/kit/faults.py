"""The list of what is wrong, under the tabs of a form: it jumps to the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import look, marks, paint


@dataclass(frozen=True)
class Fault:
    """One thing wrong: field name to jump to, label, sentence, section; `warning` never stops saving."""

    field: str
    label: str
    words: str
    section: str = ""
    warning: bool = False


class ErrorList(QWidget):
    """Sunken list under the tabs, a red or amber bar at the left: field · what is wrong · section. Enter jumps.

    Shows at most `cap` lines, then 还有 n 处. `jump(field)` fires on Enter or a click.
    """

    jump = Signal(str)

    def __init__(self, *, cap: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cap, self._faults, self._at = cap, [], 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setObjectName("error_list")
        self.set_faults([])

    def set_faults(self, faults: Sequence[Fault]) -> None:
        self._faults = sorted(faults, key=lambda fault: fault.warning)
        self._at = 0
        self.setVisible(bool(self._faults))
        errors = sum(not fault.warning for fault in self._faults)
        self.setAccessibleName(f"{errors} 处错误，{len(self._faults) - errors} 处提醒")
        self._say()
        self.refit()

    def faults(self) -> list[Fault]:
        return list(self._faults)

    def step(self, by: int) -> None:
        """Go to the next or previous fault and jump to it (F8, Shift+F8)."""
        if self._faults:
            self._at = (self._at + by) % len(self._faults)
            self._say()
            self.update()
            self.jump.emit(self._faults[self._at].field)

    def _say(self) -> None:
        if self._faults:
            fault = self._faults[self._at]
            self.setAccessibleDescription("，".join(part for part in (fault.label, fault.words, fault.section) if part))

    def _row(self) -> int:
        return look.theme().control(26)

    def _first(self) -> int:
        return max(0, min(self._at - self._cap + 1, len(self._faults) - self._cap))

    def refit(self) -> None:
        lines = min(len(self._faults), self._cap) + (len(self._faults) > self._cap)
        self.setFixedHeight(lines * self._row() + 7 if self._faults else 0)
        self.update()

    def keyPressEvent(self, event: object) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._faults:
            self._at = max(0, min(self._at + (1 if key == Qt.Key.Key_Down else -1), len(self._faults) - 1))
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def mousePressEvent(self, event: object) -> None:
        place = self._first() + int((event.position().y() - 3) // self._row())
        if 0 <= place < len(self._faults):
            self._at = place
            self.step(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        wide, high, row = self.width(), self.height(), self._row()
        p.fillRect(self.rect(), look.color("sunken"))
        paint.hline(p, 0, high - 1, wide, "line2")
        label = max((look.width(fault.label) for fault in self._faults), default=0)
        label = max(look.theme().px(104), min(label, wide // 4)) + 32
        left = 24 + look.theme().px(12)
        y = 3
        first = self._first()
        for place in range(first, min(first + self._cap, len(self._faults))):
            fault = self._faults[place]
            mark, token = ("soon", "amber") if fault.warning else ("error", "red")
            paint.fill(p, 0, y, 3, row, token)
            side = look.theme().px(12)
            marks.paint(p, mark, QRectF(16, y + (row - side) // 2, side, side))
            right = look.width(fault.section, 12) + 4
            paint.text(p, QRect(left, y, label - 12, row), fault.label)
            room = wide - left - label - right - 24
            paint.text(p, QRect(left + label, y, room, row), fault.words)
            paint.text(p, QRect(wide - 16 - right, y, right, row), fault.section, "ink3", 12, right=True)
            if self.hasFocus() and place == self._at:
                paint.frame(p, QRect(0, y, wide, row))
            y += row
        rest = len(self._faults) - self._cap
        if rest > 0:
            words = f"还有 {rest} 处，用 ↓ 或 F8 看"
            paint.text(p, QRect(left, y, wide - left - 16, row), words, "ink3", 12)
