"""Every change of a record, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.records import history
from desktop.actions.shown import field_label, value_text
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

        def work(desk: Any) -> list[Row]:
            rows = []
            for place, change in enumerate(reversed(history(desk, form.name, record))):
                name = change["field"]
                label = field_label(form, name)
                old, new = (value_text(desk, form, name, change[side]) for side in ("old", "new"))
                cells = (when_words(change["when"], today), change["who"], label, old, new, change["why"])
                rows.append(
                    Row(str(place), tuple(Cell(words, tip=words if len(words) > 20 else "") for words in cells))
                )
            return rows

        self.frame.ask(work, self._show)

    def _show(self, rows: list[Row]) -> None:
        self.table.model().set_rows(rows)
        self.table.setFocus()
