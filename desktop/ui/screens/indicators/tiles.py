"""All indicators at a glance: one tile each, with its small plot. One list view, so arrows, Enter and readers work."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.actions.indicators import Line

from ...kit import look, marks, paint, plotpaint

LINE = Qt.ItemDataRole.UserRole + 1
WIDE, GAP, PAD = 268, 12, 10
MARKS = {
    "met": "done", "on_track": "going", "late": "late", "missed": "error", "waiting": "waiting", "unreported": "soon",
    "no_target": "na", "not_judged": "na", "closed": "na",
}  # fmt: skip
TONES = {"late": "red", "missed": "red", "unreported": "amber", "met": "green"}


class TileModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            figure = f"{line.figure} {line.unit}".strip() if line.figure else "没有数"
            said = (line.name, figure, line.aim, line.completion, line.state_words, line.behind)
            return "，".join(filter(None, said))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (line.name, line.words, *(words for _, words in line.closed))))
        return None


class TileDelegate(QStyledItemDelegate):
    def __init__(self, owner: TileView) -> None:
        super().__init__(owner)
        self.owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return self.owner.tile()

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line: Line = index.data(LINE)
        spot = option.rect.adjusted(0, 0, -GAP, -GAP)
        here = self.owner.currentIndex() == index
        p.save()
        paint.box(p, spot, "soft" if here and self.owner.hasFocus() else "panel", "line2", 1, 2)
        inner = spot.adjusted(PAD, 6, -PAD, -6)
        row = look.line_height(13)
        paint.text(p, QRect(inner.x(), inner.y(), inner.width(), row), line.name, "ink")
        top = inner.y() + row + 2
        self._figure(p, QRect(inner.x(), top, inner.width(), look.line_height(14)), line)
        plot = QRectF(inner.x(), top + look.line_height(14) + 2, inner.width(), look.theme().control(40))
        if line.figure and line.kind != "qualitative":
            plotpaint.small(p, plot, line.plot)
        else:
            words = line.closed[-1][1] if line.closed else line.reason or "还没有数"
            paint.text(p, plot.toRect(), words, "ink3", 12)
        low = look.line_height(12)
        self._state(p, QRect(inner.x(), inner.bottom() - 2 * low + 1, inner.width(), low), line)
        self._aim(p, QRect(inner.x(), inner.bottom() - low + 1, inner.width(), low), line)
        if here and self.owner.hasFocus():
            paint.frame(p, spot)
        p.restore()

    def _figure(self, p: QPainter, rect: QRect, line: Line) -> None:
        figure = line.figure or "—"
        paint.text(p, rect, figure, "ink" if line.figure else "ink3", 14)
        if line.figure and line.kind != "qualitative":
            left = look.width(figure, 14) + 4
            paint.text(p, rect.adjusted(left, 0, 0, 0), line.unit, "ink3", 12)
        paint.text(p, rect.adjusted(rect.width() // 2, 0, 0, 0), line.period, "ink3", 12, right=True)

    def _state(self, p: QPainter, rect: QRect, line: Line) -> None:
        side = look.theme().px(12)
        mark = MARKS[line.state]
        marks.paint(p, mark, QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side))
        words = "　".join(filter(None, (line.state_words, line.behind if line.state in ("late", "missed") else "")))
        room = rect.adjusted(side + 6, 0, 0, 0)
        right = line.completion or (f"预计 {line.projection}" if line.projection else "")
        paint.text(p, room, right, "ink2", 12, right=True)
        paint.text(p, room.adjusted(0, 0, -look.width(right, 12) - 8, 0), words, TONES.get(line.state, "ink2"), 12)

    def _aim(self, p: QPainter, rect: QRect, line: Line) -> None:
        flagged = "分解不符" if line.split_adds_up is False else "与记录不符" if line.differs else ""
        if flagged:
            side = look.theme().px(12)
            left = rect.right() - look.width(flagged, 12) - side - 5
            marks.paint(p, "soon", QRectF(left, rect.y() + (rect.height() - side) / 2, side, side))
            paint.text(p, rect, flagged, "amber", 12, right=True)
            rect = rect.adjusted(0, 0, -(rect.right() - left) - 8, 0)
        paint.text(p, rect, line.aim or "没有目标", "ink3", 12)


class TileView(QListView):
    """`opened(record)` on Enter or double click; `chosen(record)` when another tile becomes current."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicators")
        self.setAccessibleName("指标一览")
        self.setModel(TileModel())
        self.setItemDelegate(TileDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setViewportMargins(16, 12, 0, 0)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE).record))
        self.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now))
        self._across = 1

    def _chosen(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.data(LINE).record)

    def tile(self) -> QSize:
        """As wide as so many of at least WIDE fit the room."""
        room = self.viewport().width() - 6
        across = max(1, room // (look.theme().px(WIDE) + GAP))
        high = look.line_height(13) + look.line_height(14) + 2 * look.line_height(12) + look.theme().control(40) + 22
        return QSize(room // across, high + GAP)

    def refit(self) -> None:
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def set_lines(self, lines: list[Line], here: str = "") -> None:
        self.model().set_lines(lines)
        place = next((n for n, line in enumerate(lines) if line.record == here), 0)
        if lines:
            self.setCurrentIndex(self.model().index(place, 0))

    def current(self) -> str:
        index = self.currentIndex()
        return index.data(LINE).record if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
