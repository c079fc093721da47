"""The strip of months: a mark for what was reported, and the month chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.model.periods import Period

from ...kit import look, marks, paint
from ...kit.text import commands_only

MARKS = {"not_started": "todo", "going": "going", "late": "late", "done": "done"}
WORDS = {"not_started": "未启动", "going": "推进中", "late": "滞后", "done": "已完成", "": "未填报"}


def mark_of(state: str) -> str:
    """The mark of a progress state; a ring when nothing was reported."""
    return MARKS.get(state, "todo")


class MonthStrip(QWidget):
    """`set_months(keys, states)`; `picked(key)` on ←→ or a click. The word of a mark is in its tooltip."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: list[str] = []
        self.states: dict[str, str] = {}
        self.here = ""
        self.setObjectName("months")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        commands_only(self)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(54))

    def sizeHint(self) -> QSize:
        return QSize(12 * 40, self.height())

    def set_months(self, months: Sequence[str], states: Mapping[str, str], here: str = "") -> None:
        self.months, self.states = list(months), dict(states)
        self.here = here if here in self.months else (self.here if self.here in self.months else self.months[-1])
        self._say()
        self.update()

    def _say(self) -> None:
        words = WORDS[self.states.get(self.here, "")]
        self.setAccessibleName(f"每月进展，{Period.parse(self.here).label}，{words}" if self.here else "每月进展")

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self.months) - 1))
        if self.months and self.months[place] != self.here:
            self.here = self.months[place]
            self._say()
            self.update()
            self.picked.emit(self.here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self.here in self.months:
            self._go(self.months.index(self.here) + step)
        elif event.key() == Qt.Key.Key_Home:
            self._go(0)
        elif event.key() == Qt.Key.Key_End:
            self._go(len(self.months) - 1)
        else:
            super().keyPressEvent(event)

    def _spot(self, place: int) -> QRect:
        count = max(len(self.months), 1)
        left, right = place * self.width() // count, (place + 1) * self.width() // count
        return QRect(left, 0, right - left, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(int(event.position().x()) * len(self.months) // max(self.width(), 1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x()) * len(self.months) // max(self.width(), 1)
        if 0 <= place < len(self.months):
            month = self.months[place]
            words = f"{Period.parse(month).label}　{WORDS[self.states.get(month, '')]}"
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.fill(p, 0, self.height() - 2, self.width(), 2, "line")
        side, high = look.theme().px(12), self.height()
        for place, month in enumerate(self.months):
            spot, state = self._spot(place), self.states.get(month, "")
            here = month == self.here
            if here:
                p.fillRect(spot, look.color("soft" if self.hasFocus() else "hover"))
                paint.fill(p, spot.x(), high - 2, spot.width(), 2, "accent")
            square = QRectF(spot.x() + (spot.width() - side) // 2, look.theme().control(10), side, side)
            marks.paint(p, mark_of(state), square)
            below = QRect(spot.x(), look.theme().control(26), spot.width(), look.theme().control(22))
            ink = "ink" if here else "ink2"
            paint.text(p, below, f"{int(month[5:7])}月", ink, 12, centre=True)
            if here and self.hasFocus():
                paint.frame(p, spot)
