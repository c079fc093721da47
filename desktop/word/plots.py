"""A plot as a grey picture: told apart by dash, mark and hatching, so that a copy of a copy still reads."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from desktop.model.page import Plot, Series, SeriesRole, SeriesShape
from desktop.model.plots import axis, last_figure, points

DPI = 240
DOT = DPI / 72  # pixels of a point
_DASHES: dict[SeriesRole, tuple[float, ...]] = {SeriesRole.PROJECTION: (2, 2)}
_WEIGHT = {SeriesRole.VALUE: 1.3, SeriesRole.OTHER: 0.6, SeriesRole.PROJECTION: 0.9}
_TARGET = (7.0, 2.0, 1.5, 2.0)
_BLACK, _BAR, _GRID, _WHITE = 0, 89, 184, 255
Point = tuple[float, float]


@functools.cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), round(size * DOT))


def plot_picture(plot: Plot, width: float, height: float) -> bytes:
    """The plot as PNG of `width` × `height` mm; its sentence is left to the text around it."""
    size = (round(width / 25.4 * DPI), round(height / 25.4 * DPI))
    picture = _Picture(plot, size)
    picture.draw()
    out = io.BytesIO()
    picture.image.save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()


class _Picture:
    """One plot; lengths in points from the top left corner, drawn in pixels."""

    def __init__(self, plot: Plot, size: tuple[int, int]) -> None:
        self.plot, self.axis = plot, axis(plot)
        self.image = Image.new("L", size, _WHITE)
        self.pen = ImageDraw.Draw(self.image)
        self.right, self.bottom = size[0] / DOT - 2, size[1] / DOT - 2
        self.labels = max(len(plot.labels), 1)

    def draw(self) -> None:
        top = self._head()
        wide = max(self._wide(text) for text in self.axis.texts)
        self.x0, self.x1, self.y0, self.y1 = wide + 6, self.right, self.bottom - 13, top + 10
        self._frame()
        bars = [series for series in self.plot.series if series.shape is SeriesShape.BARS]
        slots = len({series.role is SeriesRole.OTHER for series in bars})
        for series in bars:
            self._bars(series, slots)
        if self.plot.target is not None:
            self._target(Decimal(self.plot.target.value), self.plot.target.label)
        for series in self.plot.series:
            if series.shape is SeriesShape.LINE:
                self._line(series)
        for series in self.plot.series:
            self._last(series)
        if not any(value is not None for series in self.plot.series for value in series.values):
            self._text((self.x0 + self.x1) / 2 - 16, (self.y0 + self.y1) / 2 - 5, "还没有数", cover=True)

    def _head(self) -> float:
        """Title and legend; returns where they end."""
        title = f"{self.plot.title}（{self.plot.unit}）" if self.plot.unit else self.plot.title
        size = 9.0
        while size > 5 and self._wide(title, size) > self.right:
            size -= 0.5
        self._text(0, 0, title, size)
        if len(self.plot.series) < 2:
            return 14
        needed = sum(27 + self._wide(series.label) for series in self.plot.series)
        beside = self._wide(title, size) + 10 + needed <= self.right
        x, y = (self.right - needed, 1.5) if beside else (0.0, 13.5)
        for series in self.plot.series:
            if series.shape is SeriesShape.BARS:
                self._bar(series.role, x + 3, y + 1.5, x + 15, y + 8.5)
            else:
                self._way([(x, y + 5), (x + 16, y + 5)], _WEIGHT[series.role], _DASHES.get(series.role, ()))
                self._mark(series.role, (x + 8, y + 5))
            self._text(x + 19, y, series.label)
            x += 27 + self._wide(series.label)
        return 14 if beside else 26

    def _frame(self) -> None:
        bars = any(series.shape is SeriesShape.BARS for series in self.plot.series)
        for tick, text in zip(self.axis.ticks, self.axis.texts, strict=True):
            y = self._y(tick)
            base = tick == self.axis.low or (bars and tick == 0)
            self._way([(self.x0, y), (self.x1, y)], 0.6 if base else 0.4, (), _BLACK if base else _GRID)
            self._text(self.x0 - 4 - self._wide(text), y - 5, text)
        every = 1
        widest = max((self._wide(label) for label in self.plot.labels), default=0.0) + 3
        while every * (self.x1 - self.x0) / self.labels < widest and every < self.labels:
            every += 1
        for place, label in enumerate(self.plot.labels):
            x = self._x(place)
            self._way([(x, self.y0), (x, self.y0 + 2)], 0.5)
            if (len(self.plot.labels) - 1 - place) % every == 0:
                x = min(max(x - self._wide(label) / 2, 0), self.right - self._wide(label))
                self._text(x, self.y0 + 3, label)

    def _target(self, value: Decimal, label: str) -> None:
        """The line of the target; its label at the left where the figures at the right come near it."""
        y = self._y(value)
        self._way([(self.x0, y), (self.x1, y)], 0.9, _TARGET)
        late = [each for series in self.plot.series for each in series.values[len(series.values) // 2 :]]
        near = any(each is not None and abs(self._y(Decimal(each)) - y) < 16 for each in late)
        self._text(self.x0 + 2 if near else self.x1 - self._wide(label), y - 10.5, label, cover=True)

    def _bars(self, series: Series, slots: int) -> None:
        wide = min((self.x1 - self.x0) / self.labels * 0.72 / slots, 22.0)
        slot = int(series.role is SeriesRole.OTHER) if slots > 1 else 0
        for place, value in enumerate(series.values):
            if value is not None:
                x = self._x(place) + (slot - slots / 2) * wide
                self._bar(series.role, x, self._y(Decimal(0)), x + wide, self._y(Decimal(value)))

    def _bar(self, role: SeriesRole, x0: float, y0: float, x1: float, y1: float) -> None:
        left, top, right, low = x0, min(y0, y1), x1, max(y0, y1)
        if role is SeriesRole.VALUE:
            self.pen.rectangle([left * DOT, top * DOT, right * DOT, low * DOT], fill=_BAR)
            return
        self.pen.rectangle([left * DOT, top * DOT, right * DOT, low * DOT], fill=_WHITE)
        if role is SeriesRole.OTHER:
            self._hatch(left, top, right, low)
        corners = [(left, top), (right, top), (right, low), (left, low), (left, top)]
        self._way(corners, 0.5, (2, 1.5) if role is SeriesRole.PROJECTION else ())

    def _hatch(self, left: float, top: float, right: float, low: float) -> None:
        x = left - (low - top)
        while x < right:
            first, last = max(left, x), min(right, x + low - top)
            if last > first:
                self._way([(first, low - (first - x)), (last, low - (last - x))], 0.4)
            x += 2.6

    def _line(self, series: Series) -> None:
        for run in points(series.values):
            way = [(self._x(place), self._y(value)) for place, value in run]
            self._way(way, _WEIGHT[series.role], _DASHES.get(series.role, ()))
            for at in way:
                self._mark(series.role, at)

    def _mark(self, role: SeriesRole, at: Point) -> None:
        half = 1.5 if role is SeriesRole.OTHER else 2.0
        box = [(at[0] - half) * DOT, (at[1] - half) * DOT, (at[0] + half) * DOT, (at[1] + half) * DOT]
        if role is SeriesRole.OTHER:
            self.pen.rectangle(box, fill=_WHITE, outline=_BLACK, width=2)
        else:
            hollow = role is SeriesRole.PROJECTION
            self.pen.ellipse(box, fill=_WHITE if hollow else _BLACK, outline=_BLACK, width=2)

    def _last(self, series: Series) -> None:
        last = last_figure(series)
        if last is None:
            return
        place, value = last
        text = f"{value:,}"
        x = min(max(self._x(place) - self._wide(text) / 2, self.x0), self.right - self._wide(text))
        self._text(x, self._y(value) - 12, text, cover=True)

    def _x(self, place: int) -> float:
        return self.x0 + (place + 0.5) * (self.x1 - self.x0) / self.labels

    def _y(self, value: Decimal) -> float:
        return self.y0 - float(self.axis.share(value)) * (self.y0 - self.y1)

    def _wide(self, text: str, size: float = 8) -> float:
        return float(_font(size).getlength(text)) / DOT

    def _text(self, x: float, y: float, text: str, size: float = 8, *, cover: bool = False) -> None:
        if cover:
            box = [(x - 1) * DOT, (y + 0.5) * DOT, (x + self._wide(text, size) + 1) * DOT, (y + 10) * DOT]
            self.pen.rectangle(box, fill=_WHITE)
        self.pen.text((x * DOT, (y + size * 0.62) * DOT), text, fill=_BLACK, font=_font(size), anchor="lm")

    def _way(self, way: Sequence[Point], weight: float, dash: tuple[float, ...] = (), grey: int = _BLACK) -> None:
        """A line through points; the dash runs on over the corners."""
        wide, done = max(round(weight * DOT), 1), 0.0
        for (x0, y0), (x1, y1) in pairwise(way):
            length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
            for first, last in _strokes(dash, done, length):
                a, b = (first / length, last / length) if length else (0.0, 0.0)
                ends = [x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b]
                self.pen.line([end * DOT for end in ends], fill=grey, width=wide)
            done += length


def _strokes(dash: tuple[float, ...], done: float, length: float) -> list[tuple[float, float]]:
    """Which parts of the next `length` are drawn, when `done` points of the dash have run."""
    if not dash:
        return [(0.0, length)]
    found, at, part = [], -(done % sum(dash)), 0
    while at < length:
        step = dash[part % len(dash)]
        if part % 2 == 0 and at + step > 0:
            found.append((max(at, 0.0), min(at + step, length)))
        at, part = at + step, part + 1
    return found
