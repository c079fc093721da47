"""The list: frozen columns at the left, row numbers, sums of what is selected, editing in the cell, copy as a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from . import look, picked
from .cellkeys import CellKeys
from .cells import CellDelegate
from .fitting import ColumnFit
from .frozen import Frozen
from .heads import ColumnHead, RowHead
from .rows import Column, Row, RowsModel

ENSURE = QAbstractItemView.ScrollHint.EnsureVisible


class TableView(CellKeys, ColumnFit, QTableView):
    """A list over a `RowsModel`.

    `by_rows`: rows are selected and the frame goes round the row; else single cells. `numbered`: row number column.
    Keys: arrows, Home, End, F2 or typing edits, Enter opens (`opened`) or, editing, saves and goes down, Tab saves
    and goes right, Esc drops; Ctrl+C copies as table; Shift+Space selects the row; Space presses a tick (`toggled`).
    """

    opened = Signal(str)  # row key: Enter or double click where nothing is edited
    chosen = Signal(str)  # row key: the current row changed
    sums_changed = Signal(int, int, list)  # rows, cells selected, [(title, unit, Decimal)…]
    editing = Signal(str, str)  # column name, text while typing; ("", "") when it ended
    head_pressed = Signal(str)  # column name: sort by it
    filter_asked = Signal(str)  # column name: Alt+↓
    columns_dropped = Signal(int, int)  # shown, all

    def __init__(
        self, model: RowsModel, *, by_rows: bool = False, numbered: bool = True, column_lines: bool = True,
        name: str = "", label: str = "", pad: int = 16, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.by_rows, self.numbered, self.column_lines, self.pad = by_rows, numbered, column_lines, pad
        self.head_tick = False
        self._hover, self._editing = -1, False
        self._shown: list[int] = []
        self._frozen_count = 0
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = QAbstractItemView.SelectionBehavior.SelectRows
        self.setSelectionBehavior(rows if by_rows else QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalHeader(ColumnHead(self, self))
        self.setVerticalHeader(RowHead(self))
        self.verticalHeader().setVisible(numbered)
        self.setItemDelegate(CellDelegate(self))
        self.frozen = Frozen(self)
        self.setModel(model)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        self.frozen.setSelectionBehavior(self.selectionBehavior())
        self.frozen.setSelectionMode(self.selectionMode())
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalHeader().sectionResized.connect(lambda place, _, now: self._follow(place, now))
        self.frozen.horizontalHeader().sectionResized.connect(lambda place, _, now: self.setColumnWidth(place, now))
        for head in (self.horizontalHeader(), self.frozen.horizontalHeader()):
            head.sectionClicked.connect(lambda place: self.head_pressed.emit(self.columns()[place].name))
        model.modelReset.connect(self.fit_columns)
        self.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._current(now))
        look.bus().changed.connect(self.refit)
        self.refit()

    # What the delegate and the heads ask.
    def columns(self) -> list[Column]:
        return self.model().columns if self.model() is not None else []

    def shown(self) -> list[int]:
        """Places of the columns that are shown (settled by `fit_columns`)."""
        return self._shown

    def first_column(self) -> int:
        return self._shown[0] if self._shown else 0

    def first_name(self) -> str:
        return self.columns()[self.first_column()].name if self.columns() else ""

    def last_column(self) -> int:
        return self._shown[-1] if self._shown else 0

    def frozen_count(self) -> int:
        """How many leading columns stay; the first one that does not ends it."""
        return self._frozen_count

    def lies_below(self, place: int) -> bool:
        """True for a column that the frozen copy shows."""
        return place < self._frozen_count

    def is_frozen_edge(self, place: int) -> bool:
        return place == self._frozen_count - 1

    def is_selected(self, index: QModelIndex) -> bool:
        return self.selectionModel().isSelected(index)

    def row_selected(self, place: int) -> bool:
        chosen = self.selectionModel()
        return chosen.isRowSelected(place, QModelIndex()) or (not self.by_rows and chosen.rowIntersectsSelection(place))

    def active(self) -> bool:
        return self.hasFocus() or self.editing_now()

    def editing_now(self) -> bool:
        return self._editing

    def hovered_row(self) -> int:
        return self._hover

    def left_of(self, place: int) -> int:
        return self.columnViewportPosition(place) + self.horizontalScrollBar().value()

    def span_left(self) -> int:
        return 24

    def whole_width(self) -> int:
        return max(self.viewport().width(), self.horizontalHeader().length()) - self.span_left()

    def head_height(self) -> int:
        units = any(column.unit for column in self.columns()) if self.model() is not None else False
        return look.theme().control(40 if units else 28)

    # Fitting.
    def refit(self) -> None:
        row = look.theme().control(28)
        for view in (self, self.frozen):
            view.verticalHeader().setDefaultSectionSize(row)
            view.verticalHeader().setMinimumSectionSize(row)
            view.horizontalHeader().setFixedHeight(self.head_height())
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.fit_columns()

    def _follow(self, place: int, wide: int) -> None:
        if place < self.frozen_count():
            self.frozen.setColumnWidth(place, wide)
            self._place_frozen()

    def _place_frozen(self) -> None:
        wide = sum(self.columnWidth(i) for i in range(self.frozen_count()) if not self.isColumnHidden(i))
        self.frozen.setVisible(wide > 0)
        left = self.verticalHeader().width() if self.numbered else 0
        self.frozen.setGeometry(left, 0, wide, self.viewport().height() + self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit_columns()
        self._place_frozen()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "frozen"):
            self._place_frozen()

    def scrollTo(self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = ENSURE) -> None:
        if not hasattr(self, "frozen") or index.column() >= self.frozen_count():
            super().scrollTo(index, hint)
            lying = hasattr(self, "frozen") and self.frozen.isVisible()
            hidden = self.frozen.width() - self.visualRect(index).left() if lying else 0
            if hidden > 0:
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)
        else:
            held = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(held)

    # Focus, hover, painting.
    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, self.first_column()))
        self._repaint()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def _repaint(self) -> None:
        for view in (self, self.frozen):
            view.viewport().update()
            view.verticalHeader().viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        self._track(self, event)
        return super().viewportEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if hasattr(self, "frozen") and watched is self.frozen.viewport():
            self._track(self.frozen, event)
        return super().eventFilter(watched, event)

    def _track(self, view: QTableView, event: QEvent) -> None:
        if event.type() == QEvent.Type.MouseMove:
            now = view.indexAt(event.position().toPoint()).row()
        elif event.type() == QEvent.Type.Leave:
            now = -1
        else:
            return
        if now != self._hover:
            before, self._hover = self._hover, now
            for place in (before, now):
                for one in (self, self.frozen) if hasattr(self, "frozen") else ():
                    top, high = one.rowViewportPosition(place), one.rowHeight(place)
                    one.viewport().update(0, top, one.viewport().width(), high)

    # Selecting.
    def _current(self, now: QModelIndex) -> None:
        self._repaint()
        if now.isValid():
            self.chosen.emit(self.model().row_at(now.row()).key)

    def current_row(self) -> Row | None:
        index = self.currentIndex()
        return self.model().row_at(index.row()) if index.isValid() else None

    def select_key(self, key: str) -> None:
        """Make the row with this key current and selected, if it is loaded."""
        place = self.model().place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.model().index(place, self.first_column()))
            self.scrollTo(self.currentIndex())

    def selected_keys(self) -> list[str]:
        return [row.key for row in map(self.model().row_at, picked.rows(self)) if row.kind == "data"]

    def sums(self) -> list[picked.Sum]:
        """Sums of the columns marked `sums` over the rows that are touched by the selection."""
        return picked.sums(self)

    def _selected(self) -> None:
        self._repaint()
        count = len(picked.rows(self))
        cells = sum(span.width() * span.height() for span in self.selectionModel().selection())
        self.sums_changed.emit(count, cells, picked.sums(self) if count else [])

    def copy(self) -> None:
        """The selection as tab-separated text, with heads when it is more than one cell."""
        QGuiApplication.clipboard().setText(picked.as_table(self))

    def select_rows(self, keys: list[str]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().clearSelection()
        for key in keys:
            place = self.model().place_of(key)
            if place >= 0:
                self.selectionModel().select(self.model().index(place, 0), flags.Select | flags.Rows)
