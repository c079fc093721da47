"""The rail: places in groups, a count where someone must act, tools at the bottom. Icons only where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from . import icons, keys, look, paint
from .text import column, ground

ITEM = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Place:
    """One place in the rail. `group` numbers the groups (0 first; -1 for the tools at the bottom); `key` an action."""

    name: str
    label: str
    icon: str
    group: int = 0
    key: str = ""


class _Places(QAbstractListModel):
    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.lines: list[Place | None] = []
        self.counts: dict[str, int] = {}
        last = None
        for place in places:
            if last is not None and place.group != last:
                self.lines.append(None)
            self.lines.append(place)
            last = place.group

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.lines[index.row()]
        if role == ITEM:
            return place
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return place.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self.counts.get(place.name, 0)
            return f"{place.label}，{count} 项待办" if count else place.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{place.label} {keys.hint(place.key)}" if place.key else place.label
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if self.lines[index.row()] is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: _List) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        high = look.theme().bar(30)
        return QSize(40, high if index.data(ITEM) is not None else 13)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        place: Place | None = index.data(ITEM)
        rect: QRect = option.rect
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if place is None:
            paint.hline(p, rect.x() + 16, rect.center().y(), rect.width() - 32, "line2")
            p.restore()
            return
        here = place.name == self.view.here
        if here:
            p.fillRect(rect, look.color("panel"))
            paint.fill(p, rect.x(), rect.y(), 3, rect.height(), "accent")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            p.fillRect(rect, look.color("hover"))
        side = look.theme().px(16)
        left = 16 if not self.view.narrow else (rect.width() - side) // 2
        spot = QRectF(left, rect.y() + (rect.height() - side) // 2, side, side)
        icons.paint(p, place.icon, spot, "accent" if here else "ink2")
        if not self.view.narrow:
            room = rect.adjusted(left + side + 10, 0, -12, 0)
            count = self.view.places.counts.get(place.name, 0)
            end = str(count) if count else keys.hint(place.key) if place.group < 0 and place.key else ""
            if end:
                paint.text(p, room, end, "ink3", 12, right=True)
                room.adjust(0, 0, -look.width(end, 12) - 4, 0)
            paint.text(p, room, place.label, "ink" if here else "ink2")
        if self.view.hasFocus() and self.view.currentIndex() == index:
            paint.frame(p, rect)
        p.restore()


class _List(QListView):
    picked = Signal(str)

    def __init__(self, places: Sequence[Place], label: str) -> None:
        super().__init__()
        self.here = ""
        self.narrow = False
        self.places = _Places(places)
        self.setModel(self.places)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("ground", "rail")
        self.setAccessibleName(label)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._go)

    def _go(self, index: QModelIndex) -> None:
        place = self.places.lines[index.row()]
        if place is not None:
            self.picked.emit(place.name)

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        for row, place in enumerate(self.places.lines):
            if place is not None and (place.name == self.here or not self.currentIndex().isValid()):
                self.setCurrentIndex(self.places.index(row, 0))
        self.viewport().update()

    def tall(self) -> int:
        return sum(self.sizeHintForRow(row) for row in range(self.places.rowCount()))


class Rail(QWidget):
    """`picked(name)` fires when a place is chosen; `set_here` shows where one is; `set_count` a number (0 hides it)."""

    picked = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "rail")
        self.setObjectName("rail")
        self.narrow = False
        self.main = _List([place for place in places if place.group >= 0], "左栏")
        self.tools = _List([place for place in places if place.group < 0], "工具")
        for view in (self.main, self.tools):
            view.picked.connect(self.picked)
        column(self, [self.main, self.tools], gap=0, margins=(0, 8, 1, 8))
        self.refit()

    def set_here(self, name: str) -> None:
        for view in (self.main, self.tools):
            view.here = name
            view.viewport().update()

    def set_count(self, name: str, count: int) -> None:
        for view in (self.main, self.tools):
            view.places.counts[name] = count
            view.viewport().update()

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow
        self.refit()

    def refit(self) -> None:
        theme = look.theme()
        self.setFixedWidth(theme.metric("rail_width_icons") if self.narrow else theme.rail_width)
        for view in (self.main, self.tools):
            view.narrow = self.narrow
            view.doItemsLayout()
        self.tools.setFixedHeight(self.tools.tall())
        self.update()

    def paintEvent(self, event: object) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.color("rail"))
        paint.vline(p, self.width() - 1, 0, self.height(), "line2")
