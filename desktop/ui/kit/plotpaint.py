"""Painting a plot on the screen: the same axis, shapes and dashes as on paper, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.model.page import Plot, Series, SeriesRole, SeriesShape
from desktop.model.plots import Axis, axis, points

from . import look, paint

INK = {SeriesRole.VALUE: "accent", SeriesRole.OTHER: "ink3", SeriesRole.PROJECTION: "accent"}
WIDE = {SeriesRole.VALUE: 1.75, SeriesRole.OTHER: 1.0, SeriesRole.PROJECTION: 1.5}


@dataclass(frozen=True)
class Ground:
    """Where values and places lie: the rectangle of the lines, and the axis."""

    rect: QRectF
    axis: Axis
    count: int

    def x(self, place: float) -> float:
        return self.rect.x() + (place + 0.5) * self.rect.width() / max(self.count, 1)

    def y(self, value: Decimal) -> float:
        return self.rect.bottom() - float(self.axis.share(value)) * self.rect.height()

    def place_at(self, x: float) -> int:
        step = self.rect.width() / max(self.count, 1)
        return max(0, min(self.count - 1, int((x - self.rect.x()) // step)))


def small(p: QPainter, rect: QRectF, plot: Plot) -> None:
    """The bare lines without words, for a tile: the axis holds the target too."""
    ground = Ground(rect.adjusted(0, 3, 0, -3), axis(plot), len(plot.labels))
    _target(p, ground, plot)
    _series(p, ground, plot, dots=False)


def whole(p: QPainter, rect: QRect, plot: Plot, here: int = -1) -> Ground:
    """The plot with axis, labels, legend and target; `here` marks one place with an upright line."""
    made = axis(plot, 6)
    line = look.line_height(12)
    top = _legend(p, rect, plot)
    left = max((look.width(text, 12) for text in made.texts), default=0) + 8
    inner = QRectF(rect.x() + left, top + line, rect.width() - left - 8, rect.bottom() - top - 2 * line - 8)
    ground = Ground(inner, made, len(plot.labels))
    for tick, words in zip(made.ticks, made.texts, strict=True):
        y = round(ground.y(tick))
        base = tick == made.low or (tick == 0 and any(each.shape is SeriesShape.BARS for each in plot.series))
        paint.hline(p, int(inner.x()), y, int(inner.width()), "edge" if base else "line")
        spot = QRect(rect.x(), y - line // 2, left - 8, line)
        paint.text(p, spot, words, "ink3", 12, right=True)
    _labels(p, ground, plot.labels, line)
    if 0 <= here < ground.count:
        paint.vline(p, round(ground.x(here)), int(inner.y()), int(inner.height()), "line2")
    _series(p, ground, plot, dots=True)
    _target(p, ground, plot)
    _target_words(p, ground, plot, line)
    return ground


def _legend(p: QPainter, rect: QRect, plot: Plot) -> int:
    """The names of the series at the right above the lines; answers where it ends."""
    line, x = look.line_height(12), rect.right()
    for series in reversed(plot.series if len(plot.series) > 1 else ()):
        x -= look.width(series.label, 12)
        paint.text(p, QRect(x, rect.y(), look.width(series.label, 12) + 2, line), series.label, "ink2", 12)
        x -= 26
        middle = rect.y() + line / 2
        if series.shape is SeriesShape.BARS:
            _bar(p, series.role, QRectF(x + 4, middle - 5, 14, 10))
        else:
            p.setPen(_pen(series.role))
            p.drawLine(QPointF(x, middle), QPointF(x + 20, middle))
            _dot(p, series.role, QPointF(x + 10, middle))
        x -= 14
    if plot.unit:
        paint.text(p, QRect(rect.x(), rect.y(), 200, line), f"单位：{plot.unit}", "ink3", 12)
    return rect.y() + line


def _labels(p: QPainter, ground: Ground, labels: Sequence[str], line: int) -> None:
    step = ground.rect.width() / max(len(labels), 1)
    widest = max((look.width(label, 12) for label in labels), default=0) + 6
    every = max(1, int(-(-widest // max(step, 1))))
    for place, label in enumerate(labels):
        if (len(labels) - 1 - place) % every == 0:
            wide = look.width(label, 12) + 4
            spot = QRect(int(ground.x(place) - wide / 2), int(ground.rect.bottom()) + 4, wide, line)
            paint.text(p, spot, label, "ink3", 12, centre=True)


def _series(p: QPainter, ground: Ground, plot: Plot, dots: bool) -> None:
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    bars = [each for each in plot.series if each.shape is SeriesShape.BARS]
    slots = len({each.role is SeriesRole.OTHER for each in bars})
    for series in bars:
        _bars(p, ground, series, slots)
    for series in plot.series:
        if series.shape is SeriesShape.LINE:
            _line(p, ground, series, dots)
    p.restore()


def _bars(p: QPainter, ground: Ground, series: Series, slots: int) -> None:
    step = ground.rect.width() / max(ground.count, 1)
    wide = min(step * 0.7 / slots, 40.0)
    slot = 1 if series.role is SeriesRole.OTHER and slots > 1 else 0
    for place, value in enumerate(series.values):
        if value is not None:
            zero, y = ground.y(Decimal(0)), ground.y(Decimal(value))
            x = ground.x(place) + (slot - slots / 2) * wide
            _bar(p, series.role, QRectF(x, min(zero, y), wide - 1, abs(zero - y)))


def _bar(p: QPainter, role: SeriesRole, rect: QRectF) -> None:
    ink = look.color(INK[role])
    if role is SeriesRole.VALUE:
        p.fillRect(rect, ink)
        return
    if role is SeriesRole.OTHER:
        p.setBrush(QColor(ink))
        p.fillRect(rect, look.color("panel"))
        p.setBrush(Qt.BrushStyle.BDiagPattern)
        p.setPen(QPen(ink, 1))
    else:
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
    p.drawRect(rect)
    p.setBrush(Qt.BrushStyle.NoBrush)


def _pen(role: SeriesRole) -> QPen:
    pen = QPen(look.color(INK[role]), WIDE[role])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if role is SeriesRole.PROJECTION:
        pen.setDashPattern([2, 2])
    return pen


def _line(p: QPainter, ground: Ground, series: Series, dots: bool) -> None:
    runs = points(series.values)
    for run in runs:
        way = [QPointF(ground.x(place), ground.y(value)) for place, value in run]
        if len(way) > 1:
            p.setPen(_pen(series.role))
            p.drawPolyline(QPolygonF(way))
        for spot in way if dots else ():
            _dot(p, series.role, spot)
    if runs and not dots and series.role is SeriesRole.VALUE:
        place, value = runs[-1][-1]
        _dot(p, series.role, QPointF(ground.x(place), ground.y(value)))


def _dot(p: QPainter, role: SeriesRole, spot: QPointF) -> None:
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = look.color(INK[role])
    if role is SeriesRole.VALUE:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink)
        p.drawEllipse(spot, 3, 3)
    else:
        p.setPen(QPen(ink, 1))
        p.setBrush(look.color("panel"))
        if role is SeriesRole.OTHER:
            p.drawRect(QRectF(spot.x() - 2.5, spot.y() - 2.5, 5, 5))
        else:
            p.drawEllipse(spot, 2.5, 2.5)
    p.restore()


def _target(p: QPainter, ground: Ground, plot: Plot) -> None:
    if plot.target is None:
        return
    pen = QPen(look.color("ink2"), 1)
    pen.setDashPattern([6, 3])
    p.setPen(pen)
    y = round(ground.y(Decimal(plot.target.value)))
    p.drawLine(QPointF(ground.rect.x(), y), QPointF(ground.rect.right(), y))


def _target_words(p: QPainter, ground: Ground, plot: Plot, line: int) -> None:
    """Beside its line where no value lies: above or below, at the right or at the left."""
    if plot.target is None:
        return
    wide, y = look.width(plot.target.label, 12) + 6, ground.y(Decimal(plot.target.value))
    rights = (ground.rect.right() - wide, ground.rect.x() + 4)
    tries = [QRect(int(x), int(top), wide, line) for x in rights for top in (y - line - 1, y + 2)]
    dots = [
        (ground.x(place), ground.y(value)) for series in plot.series for run in points(series.values)
        for place, value in run
    ]  # fmt: skip
    inside = [spot for spot in tries if spot.bottom() <= ground.rect.bottom()]
    free = (s for s in inside if not any(s.adjusted(-6, -5, 6, 5).contains(int(x), int(y)) for x, y in dots))
    spot = next(free, tries[0])
    p.fillRect(spot, look.color("panel"))
    paint.text(p, spot, plot.target.label, "ink2", 12, right=True)
