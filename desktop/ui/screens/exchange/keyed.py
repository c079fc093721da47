"""The table of a preview, or of open conflicts, with the keys that decide."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from . import grid
from .choices import MINE, THEIRS

# Shift and a digit is a sign of its own on most keyboards.
SAME_KEYS = {
    Qt.Key.Key_Exclam: MINE, Qt.Key.Key_1: MINE,
    Qt.Key.Key_At: THEIRS, Qt.Key.Key_QuoteDbl: THEIRS, Qt.Key.Key_2: THEIRS,
}  # fmt: skip
SIDE_KEYS = {Qt.Key.Key_1: MINE, Qt.Key.Key_2: THEIRS}


class PreviewTable(grid.PreviewTable):
    """The table with the letter and digit keys of a preview: 1, 2, 3, N."""

    took = Signal(str)
    took_field = Signal(str)
    other = Signal()
    next_open = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in SAME_KEYS:
            return self.took_field.emit(SAME_KEYS[Qt.Key(event.key())])
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            if event.key() in SIDE_KEYS:
                return self.took.emit(SIDE_KEYS[Qt.Key(event.key())])
            if event.key() == Qt.Key.Key_3:
                return self.other.emit()
            if event.key() == Qt.Key.Key_N:
                return self.next_open.emit()
            if event.key() == Qt.Key.Key_Space and self.current_row() is not None:
                return self.model().toggled.emit(self.current_row().key, "tick")
        return super().keyPressEvent(event)
