"""Choosing one value from a list, found by typing a part of it, its pinyin, its initials or its code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractButton, QComboBox, QCompleter, QSizePolicy

from . import icons, look
from .field import Box, Field

Choices = Sequence[tuple[str, str]]  # (code, label)
SEARCH = Qt.ItemDataRole.UserRole + 1


@lru_cache(maxsize=20000)
def search_key(label: str, code: str = "") -> str:
    """What typing is matched against: the label, its pinyin, its initials and the code."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin(label)
    return " ".join((label, "".join(sounds), "".join(sound[:1] for sound in sounds), code)).lower()


class _Completer(QCompleter):
    def pathFromIndex(self, index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


class _Combo(QComboBox):
    def wheelEvent(self, event: object) -> None:
        event.ignore()  # a wheel over a form must scroll it, never change a value

    def keyPressEvent(self, event: object) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.showPopup()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class ChoiceField(Field):
    """One of `choices` [(code, label)…]. Type a part of the label, its pinyin or initials, or the code.

    `value()` is the code; a text that is in no choice is an error, unless `free`, when it is the value itself.
    """

    picked = Signal(str)

    def __init__(
        self, name: str, label: str = "", *, choices: Choices = (), free: bool = False, placeholder: str = "",
        **rest: object,
    ) -> None:  # fmt: skip
        super().__init__(name, label, **rest)
        self.free = free
        self.combo = _Combo()
        self.combo.setEditable(True)
        self._line = self.combo.lineEdit()
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setFrame(False)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo.setMaxVisibleItems(12)
        self._model = QStandardItemModel(self.combo)
        self.combo.setModel(self._model)
        completer = _Completer(self._model, self.combo)
        completer.setCompletionRole(SEARCH)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.popup().setProperty("popup", True)
        self.combo.setCompleter(completer)
        self.combo.lineEdit().setPlaceholderText(placeholder)
        box = Box(unit=self.unit)
        box.hold(self.combo)
        box.inner.setContentsMargins(7, 3, 2, 3)
        self._chevron = _Chevron(self.combo)
        box.inner.setStretch(0, 1)
        box.inner.addWidget(self._chevron)
        self.combo.lineEdit().installEventFilter(box)
        self.combo.lineEdit().installEventFilter(self)
        self.set_choices(choices)
        self.build(box, self.combo)
        self.combo.lineEdit().setAccessibleName(self.spoken())
        self.combo.lineEdit().textEdited.connect(lambda text: self.changed.emit(text))
        self.combo.activated.connect(self._chosen)
        completer.activated[QModelIndex].connect(lambda index: self._by_label(str(index.data())))
        self.set_readonly(self.readonly)

    def set_choices(self, choices: Choices) -> None:
        """Replace the list; the value stays when it is still there."""
        held = self.value() if self._model.rowCount() else None
        self._model.clear()
        for code, label in choices:
            item = QStandardItem(label)
            item.setData(code, Qt.ItemDataRole.UserRole)
            item.setData(search_key(label, code), SEARCH)
            item.setEditable(False)
            self._model.appendRow(item)
        self._select(held)

    def choices(self) -> list[tuple[str, str]]:
        rows = range(self._model.rowCount())
        return [(self._model.item(i).data(Qt.ItemDataRole.UserRole), self._model.item(i).text()) for i in rows]

    def _select(self, code: str | None) -> None:
        place = next((i for i, (one, _) in enumerate(self.choices()) if one == code), -1)
        self.combo.setCurrentIndex(place)
        self.combo.setEditText(self._model.item(place).text() if place >= 0 else (code or "") if self.free else "")
        self.combo.lineEdit().setCursorPosition(0)

    def _chosen(self, place: int) -> None:
        self._settle()
        self.changed.emit(self.value() or "")
        self.picked.emit(self.value() or "")

    def _by_label(self, label: str) -> None:
        place = self.combo.findText(label)
        if place >= 0:
            self.combo.setCurrentIndex(place)
            self._chosen(place)

    def value(self) -> str | None:
        text = self.combo.currentText().strip()
        held = self.combo.currentIndex()
        if held >= 0 and self._model.item(held) is not None and self._model.item(held).text() == text:
            return str(self._model.item(held).data(Qt.ItemDataRole.UserRole))
        found = next((code for code, label in self.choices() if text in (label, code)), None) if text else None
        return found or (text or None if self.free else None)

    def shown(self) -> str:
        return self.combo.currentText().strip()

    def set_value(self, value: str | None) -> None:
        self._select(value)
        self.refresh()

    def set_readonly(self, on: bool) -> None:
        self.combo.setEnabled(not on)
        super().set_readonly(on)

    def refresh(self) -> None:
        super().refresh()
        self.combo.lineEdit().setAccessibleName(self.spoken())

    def _settle(self) -> None:
        text = self.shown()
        self.error_text = ""
        if text and not self.free and self.value() is None:
            near = [c for c in self.choices() if text.lower() in search_key(c[1], c[0])]
            if len(near) == 1:
                self._select(near[0][0])
            else:
                self.error_text = f"没有“{text}”这一项，请从列表中选择"
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() == QEvent.Type.FocusOut:
            if event.reason() != Qt.FocusReason.PopupFocusReason and not self.composing():
                self._settle()
                self.left.emit()
            return False
        return super().eventFilter(watched, event)


class _Chevron(QAbstractButton):
    def __init__(self, combo: QComboBox) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(combo.showPopup)

    def sizeHint(self) -> QSize:
        side = look.theme().px(14)
        return QSize(side + 12, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = look.theme().px(14)
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = look.square(self.rect().toRectF(), side)
        icons.paint(p, "chevron-down", spot, "ink2" if self.isEnabled() else "ink3")
