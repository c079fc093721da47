"""The sheet's view: moves and fills as in WPS, blocks in and out of the clipboard, the sentence beside a wrong cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from desktop.model.block import as_cells, block_text

from . import picked
from .cellnote import CellNote
from .sheet import SheetModel
from .table import TableView

Hint = QAbstractItemDelegate.EndEditHint
KEPT = (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_D, Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_A)


class SheetView(TableView):
    """A `TableView` over a `SheetModel`: nothing is saved here.

    Typing or F2 edits, Enter goes down, Tab goes right and on to the next row, Esc drops what is typed in the cell.
    Ctrl+C, Ctrl+X and Ctrl+V carry blocks as WPS does, Ctrl+D fills down, Del clears, Ctrl+Z and Ctrl+Y step.
    """

    pasted = Signal(int, int)  # cells written, cells that had no place

    def __init__(self, model: SheetModel, *, name: str = "", label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(model, by_rows=False, name=name, label=label, parent=parent)
        self._note = CellNote(self.viewport())
        self.selectionModel().currentChanged.connect(lambda *_: self._say())
        model.dataChanged.connect(lambda *_: self._say())
        model.modelReset.connect(self._note.hide)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._say())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._say())

    # The sentence beside the cell.
    def _say(self) -> None:
        index = self.currentIndex()
        said = self.model().finding(index.row(), index.column()) if index.isValid() else None
        if said is None or self.editing_now() or not self.isVisible():
            self._note.hide()
            return
        self._note.show_beside(self.visualRect(index), *said)

    def step_fault(self, by: int = 1) -> bool:
        """Go to the next cell that something is said about."""
        faults = self.model().faults()
        if not faults:
            return False
        now = (self.currentIndex().row(), self.currentIndex().column())
        later = [each for each in faults if (each[:2] > now if by > 0 else each[:2] < now)]
        place, column, *_ = (later or faults)[0 if by > 0 else -1]
        self.setCurrentIndex(self.model().index(place, column))
        self.scrollTo(self.currentIndex())
        return True

    # Moving.
    def after_edit(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        here = self.currentIndex()
        super().after_edit(Hint.NoHint)
        if hint == Hint.SubmitModelCache:
            self._go(here.row() + 1, here.column())
        elif hint in (Hint.EditNextItem, Hint.EditPreviousItem):
            self._across(1 if hint == Hint.EditNextItem else -1)
        self._say()

    def _go(self, place: int, column: int) -> bool:
        if not 0 <= place < self.model().rowCount():
            return False
        self.setCurrentIndex(self.model().index(place, column))
        self.scrollTo(self.currentIndex())
        return True

    def _across(self, by: int) -> bool:
        """To the next cell that can be typed into, over the end of the row into the next one."""
        now, model = self.currentIndex(), self.model()
        cells = [c for c in self.shown() if model.columns[c].editable]
        if not now.isValid() or not cells:
            return False
        beyond = [c for c in cells if (c > now.column() if by > 0 else c < now.column())]
        if beyond:
            return self._go(now.row(), beyond[0] if by > 0 else beyond[-1])
        return self._go(now.row() + by, cells[0] if by > 0 else cells[-1])

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.hasFocus() and self._across(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    # Keys.
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()  # the sheet takes its own steps back before the window undoes what is saved
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Z:
            return self.model().can_step_back()
        return (control and event.key() in KEPT) or event.key() == Qt.Key.Key_Delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        index = self.currentIndex()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.editing_now() and not control and index.isValid():
            up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._go(index.row() + (-1 if up else 1), index.column())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.clear_cells()
        elif control and key == Qt.Key.Key_V:
            self.paste()
        elif control and key == Qt.Key.Key_X:
            self.copy()
            self.clear_cells()
        elif control and key == Qt.Key.Key_D:
            self.fill_down()
        elif control and key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            model = self.model()
            self._select(model.step_back() if key == Qt.Key.Key_Z else model.step_again())
        elif (key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down)) and self.edit_cell(index):
            pass
        else:
            super().keyPressEvent(event)

    # Blocks.
    def _picked(self) -> list[tuple[int, int]]:
        spans = self.selectionModel().selection()
        cells = {
            (place, column)
            for span in spans
            for place in range(span.top(), span.bottom() + 1)
            for column in range(span.left(), span.right() + 1)
            if not self.isColumnHidden(column)
        }
        now = self.currentIndex()
        return sorted(cells or ({(now.row(), now.column())} if now.isValid() else set()))

    def clear_cells(self) -> None:
        self.model().set_cells([(place, column, "") for place, column in self._picked()])

    def fill_down(self) -> None:
        """The first row of the selection into the rows below; of a single row, the row above into it."""
        cells, model = self._picked(), self.model()
        top = cells[0][0] if cells else 0
        if cells and cells[-1][0] == top:
            top -= 1
        if top >= 0:
            model.set_cells([(place, c, model.text(top, c)) for place, c in cells if place > top])

    def copy(self) -> None:
        """The selection as WPS takes it: cells alone, so that it pastes back into the same columns."""
        places, columns, model = picked.rows(self), picked.columns(self), self.model()
        lines = [[model.text(place, column) for column in columns] for place in places]
        QGuiApplication.clipboard().setText(block_text(lines))

    def paste(self) -> None:
        """A block from the clipboard, from the current cell on; one cell fills the whole selection."""
        lines, now, model = as_cells(QGuiApplication.clipboard().text()), self.currentIndex(), self.model()
        if not lines or not now.isValid():
            return
        titles = {column.title for column in model.columns}
        if len(lines) > 1 and all(cell.partition("（")[0] in titles for cell in lines[0] if cell):
            lines = lines[1:]  # the headings that came along
        cells = self._picked()
        if len(lines) == 1 and len(lines[0]) == 1:
            self.pasted.emit(model.set_cells([(place, column, lines[0][0]) for place, column in cells]), 0)
            return
        first, shown = cells[0] if cells else (now.row(), now.column()), self.shown()
        across = [column for column in shown if column >= first[1]]
        room = model.rowCount() - first[0] if not model.growing else len(lines)
        changes, lost = [], 0
        for down, line in enumerate(lines):
            for place, text in enumerate(line):
                if place < len(across) and down < room:
                    changes.append((first[0] + down, across[place], text))
                elif text.strip():
                    lost += 1
        wrote = model.set_cells(changes)
        self._select([(place, column) for place, column, _ in changes])
        self.pasted.emit(wrote, lost)

    def _select(self, cells: list[tuple[int, int]]) -> None:
        if not cells:
            return
        model, chosen = self.model(), self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        self.setCurrentIndex(model.index(*cells[0]))
        last: QModelIndex = model.index(max(p for p, _ in cells), max(c for _, c in cells))
        first = model.index(min(p for p, _ in cells), min(c for _, c in cells))
        chosen.select(QItemSelection(first, last), flags.ClearAndSelect)
