"""The editor of a cell that is chosen from a list: typing narrows it by label, pinyin, initials or code."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from .choices import SEARCH, Choices, search_key


class ChoiceEdit(QLineEdit):
    """The list drops down at once; Enter on an entry takes it and fires `settled`. F4 or Alt+↓ shows all again."""

    settled = Signal()

    def __init__(self, choices: Choices, free: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices, self.free = list(choices), free
        model = QStandardItemModel(self)
        for code, label in self._choices:
            item = QStandardItem(label)
            item.setData(search_key(label, code), SEARCH)
            model.appendRow(item)
        made = QCompleter(model, self)
        made.setCompletionRole(SEARCH)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setMaxVisibleItems(12)
        made.setWidget(self)
        made.popup().setProperty("popup", True)
        made.activated[QModelIndex].connect(self._take)
        self._drop = made
        self.textEdited.connect(self._narrow)

    def offer(self, typed: str = "") -> None:
        """Drop the list down: all of it, or what matches what was typed to open the cell."""
        QTimer.singleShot(0, lambda: self._narrow(typed))

    def _narrow(self, text: str) -> None:
        self._drop.setCompletionPrefix(text.strip().lower())
        if self._drop.completionCount():
            self._drop.complete()
        else:
            self._drop.popup().hide()

    def _take(self, index: QModelIndex) -> None:
        self.setText(str(index.data(Qt.ItemDataRole.DisplayRole)))
        self._drop.popup().hide()
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        arrow = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._drop.popup().isVisible()
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down) or arrow:
            self._narrow("")
        else:
            super().keyPressEvent(event)

    def meant(self) -> str:
        """The label that is meant: as typed, by its code, or the only one that the text is a part of."""
        text = self.text().strip()
        for code, label in self._choices:
            if text in (label, code):
                return label
        near = [label for code, label in self._choices if text and text.lower() in search_key(label, code)]
        return near[0] if len(near) == 1 and not self.free else text
