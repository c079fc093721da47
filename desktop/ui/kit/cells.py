"""The one delegate of all lists: grounds, lines, marks, bars, ticks, the focused cell, the cell editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from . import look, marks, paint
from .choiceedit import ChoiceEdit
from .rows import CELL, ROW, Cell, Column, Row, RowsModel

PAD = 8


class CellDelegate(QStyledItemDelegate):
    """Paints for `owner`, a TableView, which says what is selected, focused, frozen and hovered."""

    def __init__(self, owner: QWidget, *, frozen: bool = False) -> None:
        super().__init__(owner)
        self.owner, self._frozen = owner, frozen

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        model: RowsModel = self.owner.model()
        cell = model.row_at(index.row()).cell(index.column())
        words = look.width(model.words(index.row(), index.column()), 12 if cell.small else 13)
        extra = look.theme().px(12) + 6 if cell.mark else 0
        extra += look.theme().px(14) + 6 if cell.check or cell.radio else 0
        extra += look.width(cell.beside, 12) + 12 if cell.beside else 0
        extra += look.theme().px(62) if model.columns[index.column()].kind == "ratio" else 0
        return QSize(words + extra + 2 * PAD, look.theme().control(28))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        owner, place = self.owner, index.column()
        if owner.lies_below(place) != self._frozen:
            return  # the frozen copy above shows it
        model: RowsModel = owner.model()
        row, column = model.row_at(index.row()), model.columns[place]
        cell, rect = row.cell(place), option.rect
        chosen = owner.is_selected(index)
        p.save()
        p.setClipRect(rect)
        self._ground(p, rect, row, cell, index.row(), chosen)
        if row.kind == "span":
            left = rect.x() - owner.left_of(place) + owner.span_left()
            whole = QRect(left, rect.y(), owner.whole_width(), rect.height() - 1)
            paint.text(p, whole, row.cell(0).text, row.cell(0).tone or "ink2", 12)
        else:
            self._content(p, rect.adjusted(0, 0, 0, -1), row, cell, column, model.words(index.row(), place), chosen)
        self._lines(p, rect, row, index, chosen)
        p.restore()

    def _ground(self, p: QPainter, rect: QRect, row: Row, cell: Cell, place: int, chosen: bool) -> None:
        if chosen:
            token = "soft" if self.owner.active() else "hover"
        elif cell.ground:
            token = cell.ground
        elif row.kind == "group":
            token = "sunken"
        else:
            token = "hover" if self.owner.hovered_row() == place else "panel"
        p.fillRect(rect, look.color(token))

    def _lines(self, p: QPainter, rect: QRect, row: Row, index: QModelIndex, chosen: bool) -> None:
        owner, place = self.owner, index.column()
        paint.hline(p, rect.x(), rect.bottom(), rect.width(), "line")
        edge = owner.is_frozen_edge(place)
        if edge or (row.kind == "data" and owner.column_lines):
            paint.vline(p, rect.right(), rect.y(), rect.height(), "edge" if edge else "line")
        first = owner.first_column() == place
        if first and chosen and not owner.numbered:
            paint.fill(p, rect.x(), rect.y(), 3, rect.height(), "accent")
        if not owner.active() or owner.editing_now():
            return
        current = owner.currentIndex()
        if owner.by_rows and current.row() == index.row():
            frame = rect.adjusted(0 if first else -4, 0, 0 if owner.last_column() == place else 4, 0)
            paint.frame(p, frame)
        elif not owner.by_rows and current == index:
            paint.frame(p, rect.adjusted(0, 0, 0, -1))

    def _content(
        self, p: QPainter, rect: QRect, row: Row, cell: Cell, column: Column, words: str, chosen: bool
    ) -> None:
        theme = look.theme()
        first = column.name == self.owner.first_name()
        room = rect.adjusted(self.owner.pad if first and not self.owner.numbered else PAD, 0, -PAD, 0)
        ink = cell.tone or ("accent" if cell.link else column.ink or ("ink" if column.kind != "text" else "ink2"))
        if row.quiet or (not cell.text and words == "—"):
            ink = "ink3"
        if cell.check:
            side = theme.px(14)
            paint.tick(p, self.box_rect(rect, side), cell.check == "on", cell.check != "locked")
            room = room.adjusted(side + 6, 0, 0, 0)
        elif cell.radio:
            side = theme.px(13)
            paint.radio(p, self.box_rect(rect, side), cell.radio == "on")
            room = room.adjusted(side + 6, 0, 0, 0)
        if column.kind == "ratio" and cell.ratio is not None:
            self._ratio(p, room, cell, words, ink, chosen)
            return
        right = column.kind == "number"
        if cell.beside:
            paint.text(p, room, cell.beside, "ink3", 12)
            room.setLeft(room.x() + look.width(cell.beside, 12) + 8)
        if cell.mark:
            side = theme.px(12 if not right else 9)
            left = max(room.x(), room.right() - look.width(words) - side - 4) if right else room.x()
            spot = QRectF(left, int(rect.y() + (rect.height() - side) / 2 + 0.5), side, side)
            marks.paint(p, cell.mark, spot)
            room.setLeft(int(spot.right()) + (4 if right else 6))
        paint.text(p, room, words, ink, 12 if cell.small else 13, right=right)

    def _ratio(self, p: QPainter, room: QRect, cell: Cell, words: str, ink: str, selected: bool) -> None:
        number = look.width("100")
        paint.text(p, QRect(room.x(), room.y(), number, room.height()), words, ink, right=True)
        left = room.x() + number + 6
        wide, high = room.right() - left + 1, 6
        top = room.y() + (room.height() - high) // 2
        if wide > 8:
            paint.fill(p, left, top, wide, high, "line2" if selected else "line")
            paint.fill(p, left, top, int(wide * max(0.0, min(cell.ratio or 0.0, 1.0)) + 0.5), high, "bar")

    def box_rect(self, rect: QRect, side: int) -> QRect:
        return QRect(rect.x() + PAD, rect.y() + (rect.height() - side) // 2, side, side)

    def editorEvent(self, event: QEvent, model: RowsModel, option: QStyleOptionViewItem, index: QModelIndex) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            cell: Cell = index.data(CELL)
            if (cell.check and cell.check != "locked") or cell.radio or cell.link:
                model.toggled.emit(index.data(ROW).key, model.columns[index.column()].name)
                return True
        return False

    def helpEvent(self, event: object, view: object, option: QStyleOptionViewItem, index: QModelIndex) -> bool:
        if not index.isValid():
            return False
        cell: Cell = index.data(CELL)
        cut = self.sizeHint(option, index).width() > view.visualRect(index).width()
        words = cell.tip or (cell.text if cut else "") or (marks.WORDS.get(cell.mark, "") if not cell.text else "")
        QToolTip.showText(event.globalPos(), words, view)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        column: Column = index.model().columns[index.column()]
        made = ChoiceEdit(column.choices, column.free, parent) if column.choices else QLineEdit(parent)
        if isinstance(made, ChoiceEdit):
            made.settled.connect(lambda: self._settled(made))
        made.setFrame(False)
        made.setProperty("incell", True)
        made.setObjectName(column.name)
        made.setAccessibleName("，".join(part for part in (column.title, column.unit) if part))
        if column.kind in ("number", "ratio"):
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.textEdited.connect(lambda text: self.owner.editing.emit(column.name, text))
        return made

    def setEditorData(self, editor: QLineEdit, index: QModelIndex) -> None:
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()
        self.owner.editing.emit(editor.objectName(), editor.text())

    def _settled(self, editor: QLineEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)

    def setModelData(self, editor: QLineEdit, model: RowsModel, index: QModelIndex) -> None:
        text = editor.meant() if isinstance(editor, ChoiceEdit) else editor.text().strip()
        model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        editor.setGeometry(option.rect.adjusted(-1, 0, 0, -1))
