"""The theme in force, as Qt colours and fonts. Painters ask here while painting: a change of theme is a repaint."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model import places

from . import fonts
from .tokens import Theme

_SIZES = {12: "small", 13: "body", 14: "section", 16: "record", 18: "screen", 22: "figure", 28: "large"}


class _Bus(QObject):
    changed = Signal()


_theme = Theme()
_bus: _Bus | None = None


def bus() -> _Bus:
    """`bus().changed` fires after the theme or the text size changed."""
    global _bus
    if _bus is None:
        _bus = _Bus()
    return _bus


def theme() -> Theme:
    return _theme


_colors: dict[str, QColor] = {}
_fonts: dict[tuple[int, bool], QFont] = {}
_metrics: dict[int, QFontMetrics] = {}
_widths: dict[tuple[str, int], int] = {}


def color(token: str) -> QColor:
    """The colour of a token in the theme in force. Shared: never change it, make a new QColor."""
    if token not in _colors:
        _colors[token] = QColor(_theme.hex(token))
    return _colors[token]


def font(size: int = 13, *, official: bool = False) -> QFont:
    """Font of a named size (12 13 14 16 18 22 28) at the text size in force."""
    held = _fonts.get((size, official))
    if held is None:
        held = _fonts[size, official] = fonts.font(_theme.px(size), official=official)
    return held


def metrics(size: int = 13) -> QFontMetrics:
    if size not in _metrics:
        _metrics[size] = QFontMetrics(font(size))
    return _metrics[size]


def width(text: str, size: int = 13) -> int:
    """Width of a text in px; remembered, because lists ask for the same texts at every repaint."""
    held = _widths.get((text, size))
    if held is None:
        if len(_widths) > 50000:
            _widths.clear()
        held = _widths[text, size] = metrics(size).horizontalAdvance(text)
    return held


def line_height(size: int = 13) -> int:
    return _theme.line_height(_SIZES[size])


def square(rect: QRectF, side: float) -> QRectF:
    """A square of `side`, centred in `rect`, on whole pixels."""
    return QRectF(
        int(rect.x() + (rect.width() - side) / 2 + 0.5), int(rect.y() + (rect.height() - side) / 2 + 0.5), side, side
    )


def style_sheet(which: Theme) -> str:
    """`desk.qss` with every `{{name}}` filled from the tokens; KeyError names a word the tokens lack."""
    values = which.qss_values() | {"sans": fonts.sans(), "serif": fonts.serif()}
    text = (places.resources() / "style" / "desk.qss").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found.group(1)], text)


def _palette(which: Theme) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: "panel", role.WindowText: "ink", role.Base: "panel", role.AlternateBase: "sunken",
        role.Text: "ink", role.Button: "panel", role.ButtonText: "ink", role.ToolTipBase: "panel",
        role.ToolTipText: "ink", role.Highlight: "accent", role.HighlightedText: "onaccent", role.Link: "accent",
        role.PlaceholderText: "ink3", role.Mid: "line2", role.Dark: "edge", role.Light: "panel",
    }  # fmt: skip
    made = QPalette()
    for where, token in pairs.items():
        made.setColor(where, QColor(which.hex(token)))
    for where in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(which.hex("ink3")))
    return made


def apply(app: QApplication, mode: str = "light", text: str = "标准") -> None:
    """Put a theme and a text size in force for the whole program; open windows follow."""
    global _theme
    _theme = Theme(mode, text)
    for held in (_colors, _fonts, _metrics, _widths):
        held.clear()
    app.setPalette(_palette(_theme))
    app.setFont(font(13))
    app.setStyleSheet(style_sheet(_theme))
    bus().changed.emit()
    for window in app.topLevelWidgets():
        for widget in (window, *window.findChildren(QObject)):
            if hasattr(widget, "refit"):
                widget.refit()
            if isinstance(widget, QWidget):
                widget.updateGeometry()
                QWidget.update(widget)  # a view's own update() wants an index in older Qt
