"""Few values: two radios for yes and no, or a strip of values side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from . import icons, look, paint
from .buttons import KeyButton, Radio
from .choices import Choices
from .field import Field
from .text import row


class YesNo(Field):
    """Two radios, by default 是 and 否; `words` names them better: ("有", "无"). `value()` is yes, no or None.

    Unless it is required, 清空 and Del or Backspace take the answer away again.
    """

    def __init__(self, name: str, label: str = "", *, words: tuple[str, str] = ("是", "否"), **rest: object) -> None:
        super().__init__(name, label, **rest)
        self.yes, self.no = Radio(words[0], name=f"{name}.yes"), Radio(words[1], name=f"{name}.no")
        self._words = words
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for button in (self.yes, self.no):
            self._group.addButton(button)
            button.clicked.connect(lambda: (self.changed.emit(self.value() or ""), self.leave()))
        self.clear = KeyButton("清空", kind="text", name=f"{name}.clear", tip="清空 Del")
        self.clear.hide()
        self.clear.clicked.connect(self.empty)
        for button in (self.yes, self.no):
            button.installEventFilter(self)
        holder = _Bare()
        across = row(holder, [self.yes, 12, self.no, 12, self.clear, None])
        across.setContentsMargins(0, 0, 0, 0)
        self.build(holder, holder)
        self.setFocusProxy(self.yes)
        self.set_readonly(self.readonly)

    def value(self) -> str | None:
        return "yes" if self.yes.isChecked() else "no" if self.no.isChecked() else None

    def shown(self) -> str:
        held = self.value()
        return "" if held is None else self._words[0] if held == "yes" else self._words[1]

    def set_value(self, value: str | None) -> None:
        self._group.setExclusive(False)
        self.yes.setChecked(value == "yes")
        self.no.setChecked(value == "no")
        self._group.setExclusive(True)
        self.refresh()

    def empty(self) -> None:
        """Neither yes nor no."""
        if self.value() is None or self.required or self.readonly:
            return
        self.yes.setFocus()
        self.set_value(None)
        self.changed.emit("")
        self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.key() if event.type() == QEvent.Type.KeyPress else None
        if watched in (self.yes, self.no) and pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty()
            return True
        return super().eventFilter(watched, event)

    def set_readonly(self, on: bool) -> None:
        self.yes.setEnabled(not on)
        self.no.setEnabled(not on)
        super().set_readonly(on)

    def refresh(self) -> None:
        super().refresh()
        for button, word in ((self.yes, self._words[0]), (self.no, self._words[1])):
            button.setAccessibleName(f"{self.label}，{word}")
        self.clear.setVisible(self.value() is not None and not self.required and not self.readonly)


class _Bare(QWidget):
    """Stands where others have a box: no border, same height."""

    def __init__(self) -> None:
        super().__init__()
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(28))

    def set_state(self, **_: object) -> None:
        self.update()


class Segments(QWidget):
    """A few values side by side (5 分钟 | 10 分钟 | 30 分钟); arrows move, the chosen one has a tick on `soft`."""

    changed = Signal(str)

    def __init__(self, name: str, label: str, choices: Choices, value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._at = next((i for i, (code, _) in enumerate(self._choices) if code == value), -1)
        self.label = label
        self.setObjectName(name)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def value(self) -> str | None:
        return self._choices[self._at][0] if self._at >= 0 else None

    def set_value(self, value: str | None) -> None:
        self._at = next((i for i, (code, _) in enumerate(self._choices) if code == value), -1)
        self._say()
        self.update()

    def _say(self) -> None:
        chosen = self._choices[self._at][1] if self._at >= 0 else ""
        self.setAccessibleName("，".join(part for part in (self.label, chosen) if part))

    def _widths(self) -> list[int]:
        extra = look.theme().px(14) + 6
        return [look.width(words) + 29 + (extra if i == self._at else 0) for i, (_, words) in enumerate(self._choices)]

    def sizeHint(self) -> QSize:
        most = sum(look.width(words) + 29 for _, words in self._choices) + look.theme().px(14) + 6
        return QSize(most, look.theme().control(28))

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._choices) and place != self._at:
            self._at = place
            self._say()
            self.update()
            self.changed.emit(self.value() or "")

    def keyPressEvent(self, event: object) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self._pick(max(0, min(self._at + step, len(self._choices) - 1)))

    def mousePressEvent(self, event: object) -> None:
        x = 0
        for place, wide in enumerate(self._widths()):
            if x <= event.position().x() < x + wide:
                self._pick(place)
                return
            x += wide

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths, x = self._widths(), 0
        small = look.theme().px(14)
        paint.box(p, QRect(0, 0, sum(widths), self.height()), "panel", "edge", 1, 3)
        chosen = QRect()
        for place, (wide, (_, words)) in enumerate(zip(widths, self._choices, strict=True)):
            spot = QRect(x, 0, wide, self.height())
            if place == self._at:
                chosen = spot
                paint.box(p, spot, "soft", "accent", 1, 0)
                icons.paint(p, "check", QRectF(x + 14, (self.height() - small) // 2, small, small), "accent")
                spot = spot.adjusted(14 + small + 6, 0, 0, 0)
            else:
                if place and not chosen.contains(x, 1):
                    paint.vline(p, x, 0, self.height(), "edge")
                spot = spot.adjusted(14, 0, 0, 0)
            paint.text(p, spot, words, "ink")
            x += wide
