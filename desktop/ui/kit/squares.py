"""Unit squares for counted goals: full = counts, half = in preparation, empty = missing (dashed when unplaced)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import look, paint


def square(p: QPainter, rect: QRect, kind: str) -> None:
    """One square; kind is full, half, empty or dashed. Shared with whoever renders pages or tiles."""
    if kind == "full":
        paint.box(p, rect, "accent", None, radius=2)
        return
    if kind == "dashed":
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("edge"), 1)
        pen.setDashPattern([3, 2])
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        p.restore()
        return
    paint.box(p, rect, "panel", "accent" if kind == "half" else "edge", radius=2)
    if kind == "half":
        half = rect.height() // 2
        paint.fill(p, rect.x() + 1, rect.y() + half, rect.width() - 2, rect.height() - half - 1, "accent")


class UnitSquares(QWidget):
    """A row of squares; wraps when there are more than fit. `dashed` of the empty ones are drawn dashed."""

    def __init__(self, full: int, half: int = 0, empty: int = 0, *, dashed: int = 0, label: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = label
        self.set_counts(full, half, empty, dashed=dashed)

    def set_counts(self, full: int, half: int = 0, empty: int = 0, *, dashed: int = 0) -> None:
        plain = max(empty - dashed, 0)
        self.kinds = ["full"] * full + ["half"] * half + ["empty"] * plain + ["dashed"] * min(dashed, empty)
        words = f"已计入 {full}，筹建 {half}，未落实 {empty}"
        self.setAccessibleName(f"{self.label}，{words}" if self.label else words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _side(self) -> tuple[int, int]:
        side = look.theme().px(look.theme().metric("square"))
        return side, side + 3

    def _columns(self, width: int) -> int:
        return max(1, (width + 3) // self._side()[1])

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        side, step = self._side()
        lines = max(1, -(-len(self.kinds) // self._columns(width)))
        return (lines - 1) * step + side

    def sizeHint(self) -> QSize:
        side, step = self._side()
        return QSize(len(self.kinds) * step, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side()[1] * 4, self._side()[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        side, step = self._side()
        columns = self._columns(self.width())
        for place, kind in enumerate(self.kinds):
            square(p, QRect(place % columns * step, place // columns * step, side, side), kind)
