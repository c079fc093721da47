"""The state line of a submission: five stations joined by a line, green where passed, who and when below each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import look, marks, paint


@dataclass(frozen=True)
class Station:
    """`state`: done, going (here now), todo, or returned. `below`: who and when, or what is awaited."""

    words: str
    below: str = ""
    state: str = "todo"


class StateLine(QWidget):
    """Stations from left to right; the line before a station is green when the one before it is done."""

    def __init__(self, stations: Sequence[Station] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_stations(stations)

    def set_stations(self, stations: Sequence[Station]) -> None:
        self.stations = list(stations)
        said = [f"{one.words}，{one.below or marks.WORDS.get(one.state, '')}" for one in self.stations]
        self.setAccessibleName("；".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, look.theme().control(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.stations:
            return
        p = QPainter(self)
        theme = look.theme()
        side, line = theme.px(14), theme.px(20)
        words = [max(look.width(one.words), look.width(one.below, 12)) for one in self.stations]
        heads = [look.width(one.words) for one in self.stations]
        room = self.width() - sum(words) - len(words) * (side + 9)
        gap = max(24, room // max(1, len(words) - 1))
        x = 0
        for place, one in enumerate(self.stations):
            spot = QRectF(x, (line - side) // 2 + 1, side, side)
            marks.paint(p, one.state, spot, token="accent" if one.state == "going" else "")
            left = x + side + 9
            paint.text(p, QRect(left, 0, heads[place] + 2, line), one.words, "ink" if one.state != "todo" else "ink2")
            below = QRect(left, line - 1, words[place] + 2, theme.px(18))
            paint.text(p, below, one.below, "ink2" if one.state == "done" else "ink3", 12)
            after = left + words[place]
            if place < len(words) - 1:
                passed = one.state == "done"
                begin = left + heads[place] + 12 if not one.below else after + 12
                end = after + gap - 12
                if end > begin:
                    high = 2 if passed else 1
                    paint.fill(p, begin, line // 2, end - begin, high, "green" if passed else "line2")
            x = after + gap
