"""Heads of lists: name and unit on two lines, filter and sort before the name; and the sunken column of row numbers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from . import icons, look, marks, paint
from .rows import ROW, Column


class ColumnHead(QHeaderView):
    def __init__(self, owner: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.owner = owner
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def sizeHint(self) -> QSize:
        return QSize(100, self.owner.head_height())

    def paintSection(self, p: QPainter, rect: QRect, place: int) -> None:
        if not rect.isValid() or self.owner.model() is None:
            return
        column: Column = self.owner.model().columns[place]
        theme = look.theme()
        p.save()
        p.setClipRect(rect)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(rect, look.color("sunken"))
        paint.hline(p, rect.x(), rect.bottom(), rect.width(), "line2")
        edge = self.owner.is_frozen_edge(place)
        if edge or (self.owner.column_lines and self.owner.last_column() != place):
            paint.vline(p, rect.right(), rect.y(), rect.height(), "edge" if edge else "line")
        right = column.kind == "number"
        left = self.owner.pad if place == self.owner.first_column() and not self.owner.numbered else 8
        room = rect.adjusted(left, 0, -8, -1)
        two = self.owner.head_height() > theme.control(30)
        line = theme.px(16)
        top = QRect(room.x(), room.y() + theme.px(4), room.width(), line) if two else room
        small = theme.px(12)
        signs = (["funnel"] if column.filtered else []) + (
            [{"up": "arrow-up", "down": "arrow-down"}[column.sort]] if column.sort else []
        )
        words = look.width(column.title, 12)
        x = max(room.x(), room.right() + 1 - words - len(signs) * small - 4 * bool(signs)) if right else room.x()
        for sign in signs:
            icons.paint(p, sign, QRectF(x, top.y() + (top.height() - small) // 2, small, small), "accent")
            x += small
        if signs:
            top.setLeft(x + 3)
        if column.kind == "tick" and not column.title:
            side = theme.px(14)
            state = self.owner.head_tick
            paint.tick(p, QRect(rect.x() + 8, rect.y() + (rect.height() - side) // 2, side, side), state)
        paint.text(p, top, column.title, "ink2", 12, right=right)
        if column.key:
            high = theme.px(18)
            spot = QRect(top.x() + words + 8, rect.y() + (rect.height() - high) // 2, theme.px(17), high)
            paint.box(p, spot, "panel", "line2", radius=3)
            paint.text(p, spot, column.key, "ink2", 12, centre=True)
        if two and column.unit:
            below = QRect(room.x(), top.bottom() + 1, room.width(), line)
            paint.text(p, below, column.unit, "ink2", 12, right=right)
        p.restore()


class RowHead(QHeaderView):
    """Row numbers, right-aligned on sunken ground; a mark in place of the number when the row needs something."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, owner)
        self.owner = owner
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        theme = look.theme()
        digits = max(len(str(self.count())), 2)
        return QSize(max(theme.px(theme.metric("rownumber")), look.width("0" * digits, 12) + 20), 100)

    def paintSection(self, p: QPainter, rect: QRect, place: int) -> None:
        model = self.owner.model()
        if model is None or not rect.isValid() or place >= model.rowCount():
            return
        row = model.index(place, 0).data(ROW)
        chosen = self.owner.row_selected(place)
        token = ("soft" if self.owner.active() else "hover") if chosen else "sunken"
        p.save()
        p.fillRect(rect, look.color(token))
        paint.hline(p, rect.x(), rect.bottom(), rect.width(), "line")
        paint.vline(p, rect.right(), rect.y(), rect.height(), "line")
        if chosen:
            paint.fill(p, rect.x(), rect.y(), 3, rect.height(), "accent")
        room = rect.adjusted(0, 0, -9, -1)
        if row is not None and row.mark:
            side = look.theme().px(12)
            spot = QRectF(room.right() + 1 - side, rect.y() + (rect.height() - 1 - side) // 2, side, side)
            marks.paint(p, row.mark, spot, ground=token)
        elif row is None or row.kind == "data":
            paint.text(p, room, str(place + 1), "ink2" if chosen else "ink3", 12, right=True)
        p.restore()
