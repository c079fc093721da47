"""The records that somebody changed since the last sign-in, to open one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.home_changes import ChangedGroup

from ...kit import look
from ...kit.dialog import Dialog
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView

MOST = 12  # rows before the list scrolls


class ChangedDialog(Dialog):
    """`picked(record id)` on Enter."""

    picked = Signal(str)

    def __init__(self, group: ChangedGroup, parent: QWidget | None = None) -> None:
        title = f"{group.who}更改的{group.title}"
        words = f"共 {len(group.records)} 条，{group.changes} 处。"
        super().__init__(title, words, verb="打开", wide=560, parent=parent)
        self.table = TableView(
            RowsModel([Column("label", group.title, width=500, ink="ink")]), by_rows=True, numbered=False,
            name="changed", label=title,
        )  # fmt: skip
        self.table.model().set_rows([Row(record, (Cell(label, tip=label),)) for record, label in group.records])
        self.table.setFixedHeight(look.theme().control(28) * (min(len(group.records), MOST) + 1) + 4)
        self.table.opened.connect(lambda _: self.accept())
        self.add_widget(self.table)
        self.table.select_key(group.records[0][0])

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def accept(self) -> None:
        row = self.table.current_row()
        super().accept()
        if row is not None:
            self.picked.emit(row.key)
