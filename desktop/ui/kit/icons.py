"""Lucide line icons by name, tinted with a token. Licence: resources/icons/LICENSE."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.model import places

from . import look


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    path = places.resources() / "icons" / f"{name}.svg"
    text = path.read_text(encoding="utf-8").replace("currentColor", colour)
    stroke = look.theme().metric("icon_stroke") and "1.75"
    return QSvgRenderer(QByteArray(text.replace('stroke-width="2"', f'stroke-width="{stroke}"').encode()))


def paint(p: QPainter, name: str, rect: QRectF, token: str = "ink2") -> None:
    """Draw an icon into a square rect; FileNotFoundError when no such icon ships."""
    _renderer(name, look.theme().hex(token)).render(p, rect)


def pixmap(name: str, token: str = "ink2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, name, QRectF(0, 0, size * ratio, size * ratio), token)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, token: str = "ink2", size: int = 16) -> QIcon:
    """A QIcon sharp at 100, 125, 150 and 200 %."""
    made = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0):
        made.addPixmap(pixmap(name, token, look.theme().px(size), ratio))
    return made
