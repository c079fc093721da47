"""快捷键: the program's one table of keys."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ...frame import Frame
from ...kit import keys, look
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column

COLUMNS = (Column("key", "按键", width=180, ink="ink"), Column("words", "做什么", width=260))


class ShortcutsPart(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        rows = []
        for where, title in keys.PLACES.items():
            held = [(name, key) for name, key in keys.KEYS.items() if key.where == where]
            if held:
                rows.append(Row(f"group.{where}", (Cell(title, tone="ink2"),), kind="group"))
                rows += [Row(name, (Cell(keys.hint(name)), Cell(key.words))) for name, key in held]
        self.table = TableView(RowsModel(COLUMNS, rows), by_rows=True, numbered=False, name="shortcuts", label="快捷键")
        self.table.setMinimumHeight(look.theme().control(420))
        column(self, [PaneHead("快捷键", "不占用输入法常用的按键"), self.table]).setStretch(1, 1)
