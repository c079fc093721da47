"""The status line: what is shown, what is selected and its sums at the left; three or four keys at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import look, marks, paint


@dataclass(frozen=True)
class Note:
    """A piece of the status line: words in ink2, `figure` in ink, `unit` after it; a mark before it."""

    words: str = ""
    figure: str = ""
    unit: str = ""
    mark: str = ""


class StatusLine(QWidget):
    """`show_notes` fills the left, `show_keys` the right (texts such as `keys.phrase("next_pane")`)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: list[Note] = []
        self._keys: list[str] = []
        self.setObjectName("status")
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(28))

    def show_notes(self, notes: Sequence[Note | str]) -> None:
        self._notes = [note if isinstance(note, Note) else Note(note) for note in notes if note]
        self.setAccessibleName("；".join(f"{n.words}{n.figure}{n.unit}" for n in self._notes))
        self.setToolTip("")
        self.update()

    def show_keys(self, keys: Sequence[str]) -> None:
        self._keys = list(keys)
        self.update()

    def notes(self) -> str:
        return self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("sunken"))
        paint.hline(p, 0, 0, self.width(), "line2")
        high = self.height()
        right = self.width() - 16
        first_key = right
        for words in reversed(self._keys):
            wide = look.width(words, 12)
            first_key -= wide
            paint.text(p, QRect(first_key, 1, wide + 1, high - 1), words, "ink2", 12)
            first_key -= 13
        x = 16
        side = look.theme().px(12)
        for note in self._notes:
            if note.mark:
                marks.paint(p, note.mark, QRectF(x, (high - side) // 2 + 1, side, side), ground="sunken")
                x += side + 5
            token = marks.TOKENS.get(note.mark, "ink2") if note.mark in ("error", "soon", "late") else "ink2"
            for words, ink in ((note.words, token), (note.figure, "ink"), (note.unit, "ink2")):
                if words:
                    wide = min(look.width(words, 12), max(0, first_key - x - 8))
                    if paint.text(p, QRect(x, 1, wide + 1, high - 1), words, ink, 12):
                        self.setToolTip(self.accessibleName())
                    x += wide + 6
            x += 14
