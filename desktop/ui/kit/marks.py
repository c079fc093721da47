"""The state marks, drawn by code on a 12 × 12 field. A state always has its own shape as well as its colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from . import look

WORDS = {
    "done": "已完成", "going": "推进中", "todo": "未启动", "late": "滞后", "na": "不适用", "soon": "将到期",
    "new": "新增", "changed": "更改", "conflict": "冲突", "error": "错误", "same": "相同", "returned": "市级退回",
    "waiting": "待答复", "capped": "封顶",
}  # fmt: skip
TOKENS = {
    "done": "green", "going": "ink2", "todo": "ink3", "late": "red", "na": "ink3", "soon": "amber", "new": "green",
    "changed": "accent", "conflict": "amber", "error": "red", "same": "ink3", "returned": "red", "waiting": "ink2",
    "capped": "ink2",
}  # fmt: skip


def _pen(p: QPainter, ink: QColor, wide: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap) -> None:
    pen = QPen(ink, wide)
    pen.setCapStyle(cap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)


def _fill(p: QPainter, ink: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ink)


def _lines(p: QPainter, *points: tuple[float, float]) -> None:
    p.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _done(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawEllipse(QRectF(0.25, 0.25, 11.5, 11.5))
    _pen(p, ground, 1.6, Qt.PenCapStyle.RoundCap)
    _lines(p, (3.5, 6.2), (5.3, 8), (8.6, 4.3))


def _going(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 1.5)
    p.drawEllipse(QRectF(0.9, 0.9, 10.2, 10.2))
    _fill(p, ink)
    p.drawPie(QRectF(0.9, 0.9, 10.2, 10.2), -90 * 16, 180 * 16)


def _todo(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 1.5)
    p.drawEllipse(QRectF(1, 1, 10, 10))


def _late(p: QPainter, ink: QColor, ground: QColor) -> None:
    path = QPainterPath(QPointF(6, 1.1))
    path.lineTo(11.5, 10.7)
    path.lineTo(0.5, 10.7)
    path.closeSubpath()
    _pen(p, ink, 1)
    p.setBrush(ink)
    p.drawPath(path)
    _fill(p, ground)
    p.drawRect(QRectF(5.4, 4.3, 1.2, 3.3))
    p.drawRect(QRectF(5.4, 8.4, 1.2, 1.3))


def _na(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawRect(QRectF(1, 5.25, 10, 1.5))


def _soon(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 1.6)
    p.drawEllipse(QRectF(0.9, 0.9, 10.2, 10.2))
    _pen(p, ink, 1.4, Qt.PenCapStyle.RoundCap)
    _lines(p, (6, 3.4), (6, 6.2), (8, 7.5))


def _new(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawRect(QRectF(1, 5, 10, 2))
    p.drawRect(QRectF(5, 1, 2, 10))


def _changed(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawEllipse(QRectF(2.5, 2.5, 7, 7))


def _conflict(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawPolygon(QPolygonF([QPointF(6, 0.4), QPointF(11.6, 6), QPointF(6, 11.6), QPointF(0.4, 6)]))


def _error(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 2.3)
    _lines(p, (1.9, 1.9), (10.1, 10.1))
    _lines(p, (10.1, 1.9), (1.9, 10.1))


def _same(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawRect(QRectF(1.5, 3.25, 9, 1.5))
    p.drawRect(QRectF(1.5, 7.25, 9, 1.5))


def _returned(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 1.9)
    path = QPainterPath(QPointF(1.6, 4))
    path.lineTo(7.6, 4)
    path.arcTo(QRectF(4.4, 4, 6.4, 6.4), 90, -180)
    path.lineTo(5, 10.4)
    p.drawPath(path)
    _lines(p, (4.6, 0.9), (1.4, 4), (4.6, 7.1))


def _waiting(p: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(p, ink, 1.3)
    path = QPainterPath(QPointF(0.8, 1.2))
    for x, y in ((11.2, 1.2), (11.2, 8.4), (5.4, 8.4), (3.2, 10.8), (3.2, 8.4), (0.8, 8.4)):
        path.lineTo(x, y)
    path.closeSubpath()
    p.drawPath(path)


def _capped(p: QPainter, ink: QColor, ground: QColor) -> None:
    _fill(p, ink)
    p.drawRect(QRectF(0.5, 0.8, 11, 1.5))
    p.drawPolygon(QPolygonF([QPointF(6, 3.6), QPointF(10.2, 8), QPointF(1.8, 8)]))
    p.drawRect(QRectF(4.6, 8, 2.8, 1.2))


_DRAW: dict[str, Callable[[QPainter, QColor, QColor], None]] = {
    "done": _done, "going": _going, "todo": _todo, "late": _late, "na": _na, "soon": _soon, "new": _new,
    "changed": _changed, "conflict": _conflict, "error": _error, "same": _same, "returned": _returned,
    "waiting": _waiting, "capped": _capped,
}  # fmt: skip


def paint(p: QPainter, name: str, rect: QRectF, *, token: str = "", ground: str = "panel") -> None:
    """Draw mark `name` into the square `rect`; `token` overrules its colour, `ground` is the ink of what is cut out."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.translate(rect.topLeft())
    p.scale(rect.width() / 12, rect.height() / 12)
    _DRAW[name](p, look.color(token or TOKENS[name]), look.color(ground))
    p.restore()


class Mark(QWidget):
    """One mark as a widget. Its word goes into the accessible name and the tooltip."""

    def __init__(self, name: str, word: str = "", *, size: int = 12, token: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._size = size
        self._token = token
        self.set_mark(name, word)

    def set_mark(self, name: str, word: str = "", token: str = "") -> None:
        self.name = name
        self._token = token or self._token
        self.setAccessibleName(word or WORDS[name])
        self.setToolTip(word or WORDS[name])
        self.refit()

    def refit(self) -> None:
        side = look.theme().px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: object) -> None:
        spot = look.square(QRectF(self.rect()), look.theme().px(self._size))
        paint(QPainter(self), self.name, spot, token=self._token)
