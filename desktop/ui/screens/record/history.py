"""Every change of a record, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.listing import list_text
from desktop.actions.records import history
from desktop.model.errors import DeskError
from desktop.model.forms import Form

from ...frame import Frame
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column
from ...wording import when_words

COLUMNS = (
    Column("when", "时间", width=130),
    Column("who", "谁", width=90),
    Column("field", "字段", width=140, ink="ink"),
    Column("old", "原来", width=260),
    Column("new", "改为", width=260, ink="ink"),
    Column("why", "原因", width=160),
)
LIFE = "_deleted"


class HistoryPage(QWidget):
    def __init__(self, frame: Frame, form: Form) -> None:
        super().__init__()
        self.frame, self.form = frame, form
        self.table = TableView(
            RowsModel(COLUMNS), by_rows=True, numbered=False, column_lines=False, name="history", label="历史"
        )
        column(self, [self.table], gap=0)

    def show_record(self, record: str) -> None:
        form, today = self.form, self.frame.person.today

        def text(desk: Any, name: str, value: object) -> str:
            if name == LIFE:
                return "已删除" if value else "未删除"
            if name not in form or value is None:
                return "" if value is None else str(value)
            each = form.field(name)
            try:
                return list_text(desk, each, each.type.from_json(value))
            except DeskError:
                return str(value)

        def work(desk: Any) -> list[Row]:
            rows = []
            for place, change in enumerate(reversed(history(desk, form.name, record))):
                name = change["field"]
                label = form.field(name).label if name in form else "状态" if name == LIFE else name
                old, new = text(desk, name, change["old"]), text(desk, name, change["new"])
                cells = (when_words(change["when"], today), change["who"], label, old, new, change["why"])
                rows.append(
                    Row(str(place), tuple(Cell(words, tip=words if len(words) > 20 else "") for words in cells))
                )
            return rows

        self.frame.ask(work, self._show)

    def _show(self, rows: list[Row]) -> None:
        self.table.model().set_rows(rows)
        self.table.setFocus()
