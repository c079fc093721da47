"""Setting a plot on a page: title and legend, axis, bars and lines, target, and the sentence below.

Everything is black, white or grey and told apart by dash, shape and hatching, so a copy loses nothing.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from desktop.model.page import Plot, PlotRow, Series, SeriesRole, SeriesShape
from desktop.model.plots import axis, last_figure, points
from desktop.pdf import strokes
from desktop.pdf.flow import Flow
from desktop.pdf.lines import break_lines
from desktop.pdf.pen import INNER, Page
from desktop.pdf.style import DENSE_HEAD, FIGURES, MM, NOTE

_GUTTER = 6 * MM
_ABOVE = 2 * MM
_ROLE_DASH = {SeriesRole.VALUE: "", SeriesRole.OTHER: "", SeriesRole.PROJECTION: "1.5 1.5"}
_ROLE_WEIGHT = {SeriesRole.VALUE: 1.3, SeriesRole.OTHER: 0.6, SeriesRole.PROJECTION: 0.9}
_TARGET_DASH = "7 2 1.5 2"
_SWATCH = 16.0
_LABEL_GAP = 4.0
_NOTHING = "还没有数"


def set_plot(flow: Flow, plot: Plot) -> None:
    """One plot over the whole width of the type area."""
    _set(flow, (plot,))


def set_plot_row(flow: Flow, row: PlotRow) -> None:
    """Two plots side by side, on one page."""
    _set(flow, row.plots)


def plot_height(plots: tuple[Plot, ...]) -> float:
    """Points that plots side by side take, with the white space above them."""
    return max(plot.height for plot in plots) * MM + _ABOVE


def _set(flow: Flow, plots: tuple[Plot, ...]) -> None:
    height = plot_height(plots)
    flow.need(height)
    flow.gap(_ABOVE)
    top = flow.take(height - _ABOVE)
    height -= _ABOVE
    width = (flow.measure - _GUTTER * (len(plots) - 1)) / len(plots)
    for number, plot in enumerate(plots):
        left = flow.left + number * (width + _GUTTER)
        _Drawing(flow.page, plot, left, top, left + width, top + height).draw()


class _Drawing:
    """One plot in its box."""

    def __init__(self, page: Page, plot: Plot, left: float, top: float, right: float, bottom: float) -> None:
        self.page, self.plot, self.axis = page, plot, axis(plot)
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.taken: list[tuple[float, float, float, float]] = []  # where figures already stand

    def draw(self) -> None:
        self._words()
        self._head()
        self._frame()
        bars = [series for series in self.plot.series if series.shape is SeriesShape.BARS]
        for series in bars:
            self._bars(series, len({_slot(other) for other in bars}))
        self._target()
        for series in self.plot.series:
            if series.shape is SeriesShape.LINE:
                self._line(series)
        for series in self.plot.series:
            self._last(series)
        if not any(value is not None for series in self.plot.series for value in series.values):
            wide = NOTE.width(_NOTHING)
            middle = (self.y0 + self.y1 - NOTE.leading) / 2
            self.page.line_of((self.x0 + self.x1 - wide) / 2, middle, _NOTHING, NOTE)

    def _words(self) -> None:
        lines = break_lines(self.plot.words, self.right - self.left, NOTE.width) if self.plot.words else []
        self.bottom -= len(lines) * NOTE.leading
        for number, line in enumerate(lines):
            self.page.line_of(self.left, self.bottom + number * NOTE.leading, line.rstrip(), NOTE)

    def _head(self) -> None:
        """The title, with the unit behind it, and the legend on the same line when it fits."""
        plot = self.plot
        title = f"{plot.title}（{plot.unit}）" if plot.unit else plot.title
        for line in break_lines(title, self.right - self.left, DENSE_HEAD.width):
            self.page.line_of(self.left, self.top, line.rstrip(), DENSE_HEAD)
            used = DENSE_HEAD.width(line.rstrip())
            self.top += DENSE_HEAD.leading
        if len(plot.series) < 2:
            return
        wide = sum(_SWATCH + 3 + NOTE.width(series.label) + 8 for series in plot.series) - 8
        if used + 10 + wide <= self.right - self.left:
            x, y = self.right - wide, self.top - DENSE_HEAD.leading + 0.6
        else:
            x, y = self.left, self.top
            self.top += NOTE.leading
        for series in plot.series:
            self._swatch(series, x, y + NOTE.leading / 2)
            x += _SWATCH + 3
            self.page.line_of(x, y, series.label, NOTE)
            x += NOTE.width(series.label) + 8

    def _swatch(self, series: Series, x: float, middle: float) -> None:
        if series.shape is SeriesShape.BARS:
            self._bar(series.role, x + 3, middle - 3.5, x + _SWATCH - 1, middle + 3.5)
            return
        strokes.stroke(
            self.page, [(x, middle), (x + _SWATCH, middle)], _ROLE_WEIGHT[series.role], _ROLE_DASH[series.role]
        )
        self._dot(series.role, (x + _SWATCH / 2, middle))

    def _frame(self) -> None:
        """The ticks with their figures, the base line, and the labels below it."""
        wide = max(FIGURES.width(text) for text in self.axis.texts)
        self.x0, self.x1 = self.left + wide + _LABEL_GAP, self.right
        self.y0, self.y1 = self.bottom - FIGURES.leading - 3, self.top + FIGURES.leading
        for tick, text in zip(self.axis.ticks, self.axis.texts, strict=True):
            y = self._y(tick)
            base = tick == self.axis.low or (tick == 0 and self._has_bars())
            strokes.stroke(self.page, [(self.x0, y), (self.x1, y)], INNER if base else 0.35, "", 0.0 if base else 0.72)
            x = self.x0 - _LABEL_GAP - FIGURES.width(text)
            self.page.line_of(x, y - FIGURES.leading / 2, text, FIGURES)
        every = self._every()
        for place, label in enumerate(self.plot.labels):
            x = self._x(place)
            strokes.stroke(self.page, [(x, self.y0), (x, self.y0 + 2)], INNER)
            if (len(self.plot.labels) - 1 - place) % every == 0:
                x = min(max(x - FIGURES.width(label) / 2, self.left), self.right - FIGURES.width(label))
                self.page.line_of(x, self.y0 + 3, label, FIGURES)

    def _every(self) -> int:
        """Of how many labels one is written, so that they do not touch; the last one always is."""
        step = (self.x1 - self.x0) / max(len(self.plot.labels), 1)
        widest = max((FIGURES.width(label) for label in self.plot.labels), default=0.0) + 3
        every = 1
        while every * step < widest and every < len(self.plot.labels):
            every += 1
        return every

    def _has_bars(self) -> bool:
        return any(series.shape is SeriesShape.BARS for series in self.plot.series)

    def _x(self, place: int) -> float:
        return self.x0 + (place + 0.5) * (self.x1 - self.x0) / max(len(self.plot.labels), 1)

    def _y(self, value: Decimal) -> float:
        return self.y0 - float(self.axis.share(value)) * (self.y0 - self.y1)

    def _bars(self, series: Series, slots: int) -> None:
        step = (self.x1 - self.x0) / max(len(self.plot.labels), 1)
        wide = min(step * 0.72 / slots, 22.0)
        slot = _slot(series) if slots > 1 else 0
        for place, value in enumerate(series.values):
            if value is not None:
                x = self._x(place) + (slot - slots / 2) * wide
                self._bar(series.role, x, self._y(Decimal(0)), x + wide, self._y(Decimal(value)))

    def _bar(self, role: SeriesRole, x0: float, y0: float, x1: float, y1: float) -> None:
        draw = {
            SeriesRole.VALUE: strokes.filled,
            SeriesRole.OTHER: strokes.hatched,
            SeriesRole.PROJECTION: strokes.empty,
        }
        draw[role](self.page, x0, y0, x1, y1)

    def _target(self) -> None:
        target = self.plot.target
        if target is None:
            return
        y = self._y(Decimal(target.value))
        strokes.stroke(self.page, [(self.x0, y), (self.x1, y)], 0.9, _TARGET_DASH)
        self.taken.append((self.x0, y - 1, self.x1, y + 1))
        wide = FIGURES.width(target.label)
        places = [(x, top) for x in (self.x1 - wide, self.x0 + 2) for top in (y - FIGURES.leading - 0.5, y + 1)]
        inside = [(x, top) for x, top in places if top + FIGURES.leading <= self.y0]
        x, top = next((place for place in inside if not self._drawn_over(*place, wide)), places[0])
        self._write(x, top, target.label)

    def _drawn_over(self, x: float, top: float, wide: float) -> bool:
        """Whether a line or a bar of the plot runs through this place for a figure."""
        for series in self.plot.series:
            bars = series.shape is SeriesShape.BARS
            for run in points(series.values):
                way = [(self._x(place), self._y(value)) for place, value in run]
                for (x0, y0), (x1, y1) in pairwise([way[0], *way]):
                    across = x - 3 < max(x0, x1) and min(x0, x1) < x + wide + 3
                    highest, lowest = min(y0, y1), self.y0 if bars else max(y0, y1)
                    if across and highest - 3 < top + FIGURES.leading and top < lowest + 3:
                        return True
        return False

    def _line(self, series: Series) -> None:
        for run in points(series.values):
            way = [(self._x(place), self._y(value)) for place, value in run]
            if len(way) > 1:
                strokes.stroke(self.page, way, _ROLE_WEIGHT[series.role], _ROLE_DASH[series.role])
            for at in way:
                self._dot(series.role, at)

    def _dot(self, role: SeriesRole, at: tuple[float, float]) -> None:
        if role is SeriesRole.OTHER:
            strokes.square(self.page, at, 1.4)
        else:
            strokes.dot(self.page, at, 1.9, hollow=role is SeriesRole.PROJECTION)

    def _last(self, series: Series) -> None:
        """The figure of the last value, where it touches nothing written before."""
        last = last_figure(series)
        if last is None:
            return
        place, value = last
        text = f"{value:,}"
        wide = FIGURES.width(text)
        x = min(max(self._x(place) - wide / 2, self.x0), self.right - wide)
        above, below = self._y(value) - FIGURES.leading - 2, self._y(value) + 3
        tries = [above, below] if series.shape is SeriesShape.LINE else [above if value >= 0 else below]
        for y in tries:
            if self._free(x, y, wide) and y + FIGURES.leading <= self.y0:
                self._write(x, y, text)
                return

    def _write(self, x: float, y: float, text: str) -> None:
        wide = FIGURES.width(text)
        self.taken.append((x, y, x + wide, y + FIGURES.leading))
        self.page.content.append(
            f"q 1 g {x - 0.5:.2f} {self.page.height - y - FIGURES.leading + 1:.2f} {wide + 1:.2f} "
            f"{FIGURES.leading - 2:.2f} re f Q"
        )
        self.page.line_of(x, y, text, FIGURES)

    def _free(self, x: float, y: float, wide: float) -> bool:
        return not any(
            x < right and left < x + wide and y < low and high < y + FIGURES.leading
            for left, high, right, low in self.taken
        )


def _slot(series: Series) -> int:
    """Bars of one label stand side by side; a projection stands where its value is still missing."""
    return 1 if series.role is SeriesRole.OTHER else 0
