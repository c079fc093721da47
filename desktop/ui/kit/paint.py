"""Small painting helpers shared by controls and delegates: lines on whole pixels, boxes, ticks, radios, cut text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from . import look


def fill(p: QPainter, x: float, y: float, w: float, h: float, token: str) -> None:
    p.fillRect(QRectF(x, y, w, h), look.color(token))


def hline(p: QPainter, x: int, y: int, length: int, token: str = "line") -> None:
    p.fillRect(x, y, length, 1, look.color(token))


def vline(p: QPainter, x: int, y: int, length: int, token: str = "line") -> None:
    p.fillRect(x, y, 1, length, look.color(token))


def box(
    p: QPainter, rect: QRect, ground: str | QColor | None, border: str | None = "edge", wide: int = 1, radius: float = 3
) -> None:
    """A rounded box whose border of `wide` px lies inside `rect`."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    if border:
        pen = QPen(look.color(border), wide)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        p.setPen(pen)
    else:
        p.setPen(Qt.PenStyle.NoPen)
    if ground is None:
        p.setBrush(Qt.BrushStyle.NoBrush)
    else:
        p.setBrush(look.color(ground) if isinstance(ground, str) else ground)
    half = wide / 2 if border else 0
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    corner = max(0.0, radius - half)
    p.drawRoundedRect(inner, corner, corner)
    p.restore()


def frame(p: QPainter, rect: QRect, token: str = "accent", wide: int = 2) -> None:
    """A square frame inside `rect`, without antialiasing."""
    ink = look.color(token)
    p.fillRect(rect.x(), rect.y(), rect.width(), wide, ink)
    p.fillRect(rect.x(), rect.bottom() - wide + 1, rect.width(), wide, ink)
    p.fillRect(rect.x(), rect.y(), wide, rect.height(), ink)
    p.fillRect(rect.right() - wide + 1, rect.y(), wide, rect.height(), ink)


def tick(p: QPainter, rect: QRect, on: bool, enabled: bool = True) -> None:
    """A tick box filling `rect` (14 px)."""
    if on:
        box(p, rect, "accent" if enabled else "bar", None, radius=2)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("onaccent"), rect.width() / 10)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        p.setPen(pen)
        x, y, s = rect.x(), rect.y(), rect.width() / 14
        p.drawPolyline(QPolygonF([QPointF(x + a * s, y + b * s) for a, b in ((3.4, 7.2), (6, 9.8), (10.8, 4.6))]))
        p.restore()
    else:
        box(p, rect, "panel" if enabled else "sunken", "edge" if enabled else "line2", radius=2)


def radio(p: QPainter, rect: QRect, on: bool, enabled: bool = True) -> None:
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(look.color("accent" if enabled else "bar"))
        p.drawEllipse(QRectF(rect))
        p.setBrush(look.color("onaccent"))
        third = rect.width() / 3
        p.drawEllipse(QRectF(rect).adjusted(third, third, -third, -third))
    else:
        p.setPen(QPen(look.color("edge" if enabled else "line2"), 1))
        p.setBrush(look.color("panel" if enabled else "sunken"))
        p.drawEllipse(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))
    p.restore()


_SIDES = {
    "left": int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
    "right": int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
    "centre": int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
}


def text(
    p: QPainter,
    rect: QRect,
    words: str,
    token: str = "ink",
    size: int | QFont = 13,
    *,
    right: bool = False,
    centre: bool = False,
) -> bool:
    """One line of plain text, vertically centred and cut with … where too long. True when it was cut.

    `size` is a named size (12, 13 …) or a font of one's own.
    """  # fmt: skip
    flat = words.replace("\n", " ")
    named = isinstance(size, int)
    measure = look.metrics(size) if named else QFontMetrics(size)
    shown = flat
    if (look.width(flat, size) if named else measure.horizontalAdvance(flat)) > rect.width():
        shown = measure.elidedText(flat, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    p.setFont(look.font(size) if named else size)
    p.setPen(look.color(token))
    p.drawText(rect, _SIDES["centre" if centre else "right" if right else "left"], shown)
    return shown != flat
