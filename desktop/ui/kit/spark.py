"""A small plot: a 1.75 px line, a dot at the last value, a dashed target. The scale starts above 0: never bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import look
from .text import MarkedText, Text, column, row


def draw(p: QPainter, rect: QRectF, values: Sequence[float | None], target: float | None, span: int = 0) -> None:
    """Draw into `rect`. `span` is how many points the whole width stands for (12 months); None breaks the line."""
    known = [value for value in values if value is not None] + ([target] if target is not None else [])
    if not known:
        return
    low, high = min(known), max(known)
    reach = (high - low) or abs(high) or 1.0
    steps = max(span or len(values), 2) - 1
    inner = rect.adjusted(3, 3, -3, -3)

    def spot(place: int, value: float) -> QPointF:
        x = inner.x() + inner.width() * place / steps
        share = (value - low) / reach if high > low else 0.5
        return QPointF(x, inner.bottom() - inner.height() * share)

    if target is not None:
        pen = QPen(look.color("ink3"), 1)
        pen.setDashPattern([3, 3])
        p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        p.setPen(pen)
        y = round(spot(0, target).y())
        p.drawLine(QPointF(rect.x(), y), QPointF(rect.right(), y))
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.color("accent"), 1.75)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    run: list[QPointF] = []
    last: QPointF | None = None
    for place, value in enumerate([*values, None]):
        if value is None:
            if len(run) > 1:
                p.setPen(pen)
                p.drawPolyline(QPolygonF(run))
            run = []
        else:
            last = spot(place, value)
            run.append(last)
    if last is not None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(look.color("accent"))
        p.drawEllipse(last, 3, 3)
        p.setBrush(Qt.BrushStyle.NoBrush)


class Plot(QWidget):
    """The bare plot, 170 × 44 by default."""

    def __init__(
        self, values: Sequence[float | None] = (), target: float | None = None, *, span: int = 12, high: int = 44
    ) -> None:
        super().__init__()
        self.values, self.target, self.span, self.high = list(values), target, span, high
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float | None], target: float | None = None) -> None:
        self.values, self.target = list(values), target
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(170, look.theme().control(self.high))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw(QPainter(self), QRectF(self.rect()), self.values, self.target, self.span)


class Spark(QWidget):
    """Name, plot, then the value and the target in words. `lower` puts ↓ after the name; `fault` replaces the aim."""

    def __init__(
        self, name: str, values: Sequence[float | None], target: float | None, *, value: str, unit: str = "",
        aim: str = "", lower: bool = False, fault: str = "", note: str = "", high: int = 44,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.plot = Plot(values, target, high=high)
        title = Text(f"{name} ↓" if lower else name, ink="ink2", cut=True)
        right = MarkedText("late", fault, size=12) if fault else Text(aim, size=12, ink="ink3")
        top = row(None, [title, Text(note, size=12, ink="ink3")], gap=6)
        top.setStretch(0, 1)
        below = row(None, [Text(value, size=14), Text(unit, size=12, ink="ink3"), None, right], gap=6)
        column(self, [top, self.plot, below], gap=2)
        self.setAccessibleName("，".join(part for part in (name, f"{value}{unit}", aim, fault) if part))
