"""The frozen columns of a list: its leading columns once more, lying above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from .cells import CellDelegate
from .heads import ColumnHead


class Frozen(QTableView):
    """Shares model and selection with `owner`, a TableView; never takes the focus."""

    def __init__(self, owner: QTableView) -> None:
        super().__init__(owner)
        self.owner = owner
        self.setHorizontalHeader(ColumnHead(owner, self))
        self.verticalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(CellDelegate(owner, frozen=True))
        self.setMouseTracking(True)
        self.viewport().installEventFilter(owner)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.owner.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.owner.double_click(self.indexAt(event.position().toPoint()))

    def wheelEvent(self, event: object) -> None:
        self.owner.wheelEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.owner.after_edit(hint)
