"""Chips: conditions of a view, or several values of one field. × or Backspace removes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from . import icons, look, paint
from .choices import ChoiceField, Choices
from .field import Field
from .flow import FlowLayout
from .text import IconView, row


class Chip(QWidget):
    """One condition, 24 px high. `removed` on ×, Backspace or Del; `opened` on Enter or a click."""

    removed = Signal()
    opened = Signal()

    def __init__(self, words: str, *, fixed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.fixed = words, fixed
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words if fixed else f"{words}，退格键移除")

    def sizeHint(self) -> QSize:
        theme = look.theme()
        return QSize(look.width(self.words) + 20 + (0 if self.fixed else theme.px(14) + 6), theme.control(24))

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self.fixed:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        if not self.fixed and event.position().x() > self.width() - look.theme().px(14) - 12:
            self.removed.emit()
        else:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(p, self.rect(), "sunken", "line2", radius=self.height() / 2)
        paint.text(p, QRect(10, 0, self.width() - 10, self.height() - 1), self.words)
        if not self.fixed:
            side = look.theme().px(14)
            icons.paint(p, "x", QRectF(self.width() - side - 8, (self.height() - side) // 2, side, side), "ink2")


class ChipRow(QWidget):
    """A funnel, then one chip per condition (`set_chips([(name, words)…])`), then whatever `add_after` was given."""

    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, chips: Sequence[tuple[str, str]] = (), *, icon: str = "funnel", parent: QWidget | None = None):
        super().__init__(parent)
        self._across = row(self, [IconView(icon), None], gap=9, margins=(16, 0, 16, 0))
        self._chips: list[Chip] = []
        self.set_chips(chips)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(41))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.hline(QPainter(self), 0, self.height() - 1, self.width(), "line2")

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        for old in self._chips:
            self._across.removeWidget(old)
            old.deleteLater()
        self._chips = []
        for place, (name, words) in enumerate(chips):
            chip = Chip(words)
            chip.setObjectName(f"chip.{name}")
            chip.removed.connect(lambda name=name: self.removed.emit(name))
            chip.opened.connect(lambda name=name: self.opened.emit(name))
            self._across.insertWidget(1 + place, chip)
            self._chips.append(chip)

    def add_after(self, widget: QWidget) -> None:
        """Right after the chips, before the stretch."""
        self._across.insertWidget(self._across.count() - 1 - getattr(self, "_rights", 0), widget)

    def add_right(self, widget: QWidget) -> None:
        self._rights = getattr(self, "_rights", 0) + 1
        self._across.addWidget(widget)


class SeveralField(Field):
    """Several of `choices`. Chosen ones are chips above the box; typing finds the rest. `values()` lists the codes.

    `value()` is the codes joined by 、 for reading; use `values()` to store.
    """

    def __init__(self, name: str, label: str = "", *, choices: Choices = (), **rest: object) -> None:
        super().__init__(name, label, **rest)
        self._labels = dict(choices)
        self._all = list(choices)
        self._held: list[str] = []
        self._picker = ChoiceField(f"{name}.picker", label, choices=choices, placeholder="输入名称或拼音首字母添加")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        self.build(self._picker.box, self._picker.combo)
        self._picker.note.hide()
        layout: QVBoxLayout = self._down
        layout.insertWidget(0, self._chips)
        self._chips.hide()
        self._picker.combo.setObjectName(name)
        self._picker.picked.connect(self._add)
        self._picker.combo.lineEdit().installEventFilter(self)

    def _add(self, code: str) -> None:
        if code and code not in self._held:
            self._held.append(code)
            self._lay()
            self.changed.emit(self.value() or "")
        self._picker.set_value(None)

    def _drop(self, code: str) -> None:
        self._held.remove(code)
        self._lay()
        self._picker.combo.setFocus()
        self.changed.emit(self.value() or "")

    def _lay(self) -> None:
        self._flow.clear()
        for code in self._held:
            chip = Chip(self._labels.get(code, code), fixed=self.readonly)
            chip.setObjectName(f"{self.name}.{code}")
            chip.removed.connect(lambda code=code: self._drop(code))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._held))
        self._picker.set_choices([choice for choice in self._all if choice[0] not in self._held])
        self.refresh()

    def values(self) -> list[str]:
        return list(self._held)

    def set_values(self, codes: Sequence[str]) -> None:
        self._held = list(dict.fromkeys(codes))
        self._lay()

    def value(self) -> str | None:
        return "、".join(self._held) or None

    def shown(self) -> str:
        return "、".join(self._labels.get(code, code) for code in self._held)

    def set_value(self, value: str | None) -> None:
        self.set_values(value.split("、") if value else [])

    def set_readonly(self, on: bool) -> None:
        self._picker.combo.setEnabled(not on)
        super().set_readonly(on)
        self._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        back = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Backspace
        if back and self._held and not self._picker.combo.currentText() and not self.readonly:
            self._drop(self._held[-1])
            return True
        return super().eventFilter(watched, event)
