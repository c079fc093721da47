"""A plot as a widget: ←→ move from period to period and say the values; the whole plot is said in one sentence."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.page import Plot, SeriesRole

from . import look, paint, plotpaint

EMPTY = Plot("", (), ())


class PlotView(QWidget):
    """`set_plot(plot)`; `moved(place)` when another period is pointed at. Focus by Tab, Home and End go to the ends."""

    moved = Signal(int)

    def __init__(self, name: str = "plot", *, high: int = 260, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot, self.here, self.high = EMPTY, -1, high
        self._ground: plotpaint.Ground | None = None
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)

    def sizeHint(self) -> QSize:
        return QSize(520, look.theme().control(self.high))

    def set_plot(self, plot: Plot) -> None:
        """Show a plot; the last period with a value is pointed at."""
        self.plot = plot
        known = [place for series in plot.series[:1] for place, value in enumerate(series.values) if value is not None]
        self.here = known[-1] if known else -1
        self._say()
        self.update()

    def words(self) -> str:
        """What stands at the period pointed at: 11月　本年 9 个　上年同期 6 个."""
        if not 0 <= self.here < len(self.plot.labels):
            return ""
        unit = self.plot.unit if self.plot.unit == "%" else f" {self.plot.unit}" if self.plot.unit else ""
        here = [series for series in self.plot.series if series.values[self.here] is not None]
        known = any(series.role is SeriesRole.VALUE for series in here)
        said = [
            f"{series.label} {series.values[self.here]}{unit}" for series in here
            if not (known and series.role is SeriesRole.PROJECTION)  # it begins at the last value
        ]  # fmt: skip
        return "　".join([self.plot.labels[self.here], *(said or ["没有数"])])

    def _say(self) -> None:
        aim = self.plot.target.label if self.plot.target is not None else ""
        self.setAccessibleName("，".join(part for part in (self.plot.title, self.words(), aim) if part))
        self.setAccessibleDescription(self.plot.words)

    def _go(self, place: int) -> None:
        if self.plot.labels:
            self.here = max(0, min(place, len(self.plot.labels) - 1))
            self._say()
            self.update()
            self.moved.emit(self.here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: self.here - 1, Qt.Key.Key_Right: self.here + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.plot.labels) - 1,
        }  # fmt: skip
        if event.key() in ways:
            self._go(ways[event.key()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if self._ground is not None:
            self._go(self._ground.place_at(event.position().x()))

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("panel"))
        line = look.line_height(13)
        inner = self.rect().adjusted(8, 6, -8, -6)
        if not self.plot.labels:
            return
        words = QRect(inner.x(), inner.y(), inner.width(), line)
        paint.text(p, words, self.words(), "ink")
        self._ground = plotpaint.whole(p, inner.adjusted(0, line + 4, 0, 0), self.plot, self.here)
        if not any(value is not None for series in self.plot.series for value in series.values):
            paint.text(p, inner, "还没有数", "ink3", centre=True)
        if self.hasFocus():
            paint.frame(p, self.rect())
