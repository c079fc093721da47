"""Plain text labels, rules and small layout helpers. Nothing here ever guesses rich text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from . import icons, look, marks


class Text(QLabel):
    """A plain text label. `size` 12 13 14 16 18 22 28, `ink` a token; `official` for text of the plan in serif.

    With `cut` it gives way to a narrow place: … at the end and the whole text as tooltip.
    """

    def __init__(
        self, words: str = "", *, size: int = 13, ink: str = "ink", official: bool = False, wrap: bool = False,
        cut: bool = False, select: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", str(size))
        self.setProperty("ink", ink)
        self.setProperty("official", "true" if official else "false")
        self.setWordWrap(wrap)
        self._cut = cut
        self._whole = words
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if cut:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(words)

    def set_ink(self, token: str) -> None:
        if self.property("ink") != token:
            self.setProperty("ink", token)
            self.style().unpolish(self)
            self.style().polish(self)

    def setText(self, words: str) -> None:
        self._whole = words
        if self._cut:
            self.setAccessibleName(words)
            self._fit()
        else:
            super().setText(words)

    def whole(self) -> str:
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height()) if self._cut else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cut:
            self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class IconView(QWidget):
    """One icon, tinted; decorative, so it has no accessible name."""

    def __init__(self, name: str, *, size: int = 16, token: str = "ink2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._token = name, size, token
        self.refit()

    def refit(self) -> None:
        side = look.theme().px(self._size)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, self._name, QRectF(self.rect()), self._token)


class Rule(QWidget):
    """A line of 1 px: `line` between rows, `line2` between panes."""

    def __init__(self, token: str = "line2", *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.color(self._token))


class MarkedText(QWidget):
    """A mark before its word: `MarkedText("done", "已审核")`. Red, amber and green words take the mark's colour."""

    def __init__(
        self, mark: str, words: str = "", *, size: int = 13, ink: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.mark = marks.Mark(mark, words)
        self.words = Text(words or marks.WORDS[mark], size=size)
        self._ink = ink
        across = row(self, [self.mark, self.words], gap=6)
        across.addStretch()
        self.set_state(mark, words)

    def set_state(self, mark: str, words: str = "") -> None:
        self.mark.set_mark(mark, words)
        token = marks.TOKENS[mark]
        self.words.setText(words or marks.WORDS[mark])
        self.words.set_ink(self._ink or (token if token in ("red", "amber", "green") else "ink2"))
        self.setAccessibleName(self.words.text())


def _box(
    layout: QBoxLayout, items: list[QWidget | QLayout | int | None], gap: int, margins: tuple[int, int, int, int]
) -> QBoxLayout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def row(
    host: QWidget | None,
    items: list[QWidget | QLayout | int | None],
    *,
    gap: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QHBoxLayout:
    """A horizontal layout on `host`; None in the list is a stretch, a number a space in px."""  # fmt: skip
    made = QHBoxLayout(host) if host is not None else QHBoxLayout()
    _box(made, items, gap, margins)
    return made


def column(
    host: QWidget | None,
    items: list[QWidget | QLayout | int | None],
    *,
    gap: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QVBoxLayout:
    """A vertical layout on `host`, as `row`."""  # fmt: skip
    made = QVBoxLayout(host) if host is not None else QVBoxLayout()
    _box(made, items, gap, margins)
    return made


def ground(widget: QWidget, token: str) -> QWidget:
    """Give a plain widget the fill of a token (window, rail, panel, sunken)."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    widget.setProperty("ground", token)
    return widget


def commands_only(widget: QWidget) -> None:
    """Letters are commands here, so the input method is switched off."""
    widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
