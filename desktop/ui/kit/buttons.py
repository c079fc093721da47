"""Buttons: text in one ink, its key in another. Ticks and radios, painted as in lists."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from . import icons, keys, look, paint


class KeyButton(QAbstractButton):
    """A verb with its key. `kind`: main (filled), quiet (outlined), text (no border), tool (icon only, no border).

    `key` is an action of `keys.KEYS`: shown beside the verb, and bound by whoever owns the screen (`keys.bind`).
    """

    def __init__(
        self, words: str, *, key: str = "", icon: str = "", kind: str = "quiet", tip: str = "",
        name: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.kind, self.icon_name, self.key = kind, icon, key
        self.setText(words)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if name:
            self.setObjectName(name)
        self._shown = keys.hint(key) if key else ""
        if tip or kind == "tool":
            self.setToolTip(tip or (f"{words} {self._shown}" if self._shown else words))
        self.setAccessibleName(words)
        if self._shown:
            self.setAccessibleDescription(self._shown)

    def set_words(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def _parts(self) -> tuple[int, int, int, int]:
        icon = look.theme().px(16) if self.icon_name else 0
        words = look.width(self.text()) if self.kind != "tool" else 0
        key = look.width(self._shown, 12) + 6 if self._shown and self.kind != "tool" else 0
        pad = {"text": 4, "tool": 6}.get(self.kind, 13)
        return pad, icon, words, key

    def sizeHint(self) -> QSize:
        pad, icon, words, key = self._parts()
        gap = 6 if icon and words else 0
        return QSize(2 * pad + icon + gap + words + key, look.theme().control(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _tokens(self) -> tuple[str | None, str | None, str, str]:
        """ground, border, ink, key ink"""
        if not self.isEnabled():
            boxed = self.kind in ("main", "quiet")
            return "sunken" if boxed else None, "line2" if boxed else None, "ink3", "ink3"
        warm = self.underMouse() or self.isChecked()
        if self.kind == "main":
            return "accent", None, "onaccent", "onaccent"
        if self.kind == "quiet":
            return "soft" if self.isChecked() else "hover" if warm else "panel", "edge", "ink", "ink3"
        return "hover" if warm else None, None, "accent" if self.kind == "text" else "ink2", "ink3"

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, ink, key_ink = self._tokens()
        fill = look.color(ground) if ground else None
        if fill is not None and self.isEnabled() and (self.isDown() or (self.kind == "main" and self.underMouse())):
            fill = fill.darker(112 if self.isDown() else 106)
        elif self.isDown():
            fill = look.color("line")
        paint.box(p, self.rect(), fill, border, radius=3)
        pad, icon, words, key = self._parts()
        left = pad + max(0, (self.width() - self.sizeHint().width()) // 2)
        if icon:
            side = QRectF(left, (self.height() - icon) // 2, icon, icon)
            icons.paint(p, self.icon_name, side, ink)
            left += icon + 6
        if words:
            paint.text(p, QRect(left, 0, words + 2, self.height()), self.text(), ink)
            left += words + 6
        if key:
            paint.text(p, QRect(left, 0, key + 2, self.height()), self._shown, key_ink, 12)


class _Choice:
    def _paint(self, which: object) -> None:
        me = self
        p = QPainter(me)
        side = look.theme().px(14)
        spot = QRect(0, (me.height() - side) // 2, side, side)
        which(p, spot, me.isChecked(), me.isEnabled())
        room = QRect(side + 8, 0, me.width() - side - 8, me.height())
        paint.text(p, room, me.text(), "ink" if me.isEnabled() else "ink3")

    def sizeHint(self) -> QSize:
        side = look.theme().px(14)
        return QSize(side + (10 + look.width(self.text()) if self.text() else 0), look.theme().control(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)


class Tick(_Choice, QCheckBox):
    """A tick box with its words."""

    def __init__(self, words: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        QCheckBox.__init__(self, words, parent)
        self.setProperty("ring", True)
        self.setObjectName(name)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint(paint.tick)


class Radio(_Choice, QRadioButton):
    """A radio button with its words."""

    def __init__(self, words: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        QRadioButton.__init__(self, words, parent)
        self.setProperty("ring", True)
        self.setObjectName(name)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint(paint.radio)
