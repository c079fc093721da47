"""Keys and editing in the cells of a list; a part of `TableView`, which it is mixed into."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QApplication, QTableView, QWidget

Hint = QAbstractItemDelegate.EndEditHint


class CellKeys:
    """F2 or typing edits; Enter saves and goes down, Tab saves and goes right, Esc drops; Enter alone opens."""

    def edit_cell(self, index: QModelIndex, first: str = "") -> bool:
        """Open the editor of a cell; `first` is the text typed to open it."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        view = self.frozen if index.column() < self.frozen_count() else self
        self._editing = True
        QTableView.edit(view, index)
        editor = view.indexWidget(index) or view.findChild(QWidget, self.columns()[index.column()].name)
        if first and editor is not None:
            editor.setText(first)
            self.editing.emit(editor.objectName(), first)
        if hasattr(editor, "offer"):
            editor.offer(first)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese typed over a cell opens its editor too, and goes on there."""
        if not self._editing and (event.preeditString() or event.commitString()):
            index = self.currentIndex()
            if self.edit_cell(index):
                view = self.frozen if index.column() < self.frozen_count() else self
                editor = view.indexWidget(index) or view.findChild(QWidget, self.columns()[index.column()].name)
                if editor is not None:
                    editor.clear()
                    QApplication.sendEvent(editor, event)
                    return
        super().inputMethodEvent(event)

    def double_click(self, index: QModelIndex) -> None:
        if index.isValid() and not self.edit_cell(index):
            self.opened.emit(self.model().row_at(index.row()).key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_click(self.indexAt(event.position().toPoint()))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, Hint.NoHint)
        self.after_edit(hint)

    def after_edit(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self._editing = False
        if self.model() is None or not self.isVisible():
            return
        self.editing.emit("", "")
        self.setFocus()
        now, last = self.currentIndex(), self.model().rowCount() - 1
        if hint == Hint.SubmitModelCache:
            self.setCurrentIndex(now.siblingAtRow(min(now.row() + 1, last)))
        elif hint in (Hint.EditNextItem, Hint.EditPreviousItem):
            forward = hint == Hint.EditNextItem
            places = [i for i in self.shown() if (i > now.column()) == forward and i != now.column()]
            if places:
                self.setCurrentIndex(now.siblingAtColumn(places[0] if forward else places[-1]))
        self._repaint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, mods, index = event.key(), event.modifiers(), self.currentIndex()
        control, alt = mods & Qt.KeyboardModifier.ControlModifier, mods & Qt.KeyboardModifier.AltModifier
        enter, typed = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter), bool(event.text()) and event.text().isprintable()
        if enter and self._editing:
            event.accept()  # the line edit passes Enter on after it has asked to be saved; it must not open the row too
        elif key == Qt.Key.Key_C and control:
            self.copy()
        elif key == Qt.Key.Key_F2:
            self.edit_cell(index)
        elif enter and index.isValid() and not control:
            self.opened.emit(self.model().row_at(index.row()).key)
        elif key == Qt.Key.Key_Space and mods & Qt.KeyboardModifier.ShiftModifier:
            self.selectRow(index.row())
        elif key == Qt.Key.Key_Space and index.isValid() and self._press(index):
            pass
        elif key == Qt.Key.Key_Down and alt and index.isValid():
            self.filter_asked.emit(self.columns()[index.column()].name)
        elif key == Qt.Key.Key_A and control:
            self.selectAll()
        elif typed and not control and not alt and self.edit_cell(index, event.text()):
            pass
        elif enter or typed or (alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> bool:
        row = self.model().row_at(index.row())
        for place, column in enumerate(self.columns()):
            if row.cell(place).check in ("on", "off"):
                self.model().toggled.emit(row.key, column.name)
                return True
        return False
