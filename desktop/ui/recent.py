"""The newest changes, and taking one of them back."""

from __future__ import annotations

from typing import Any

from desktop.actions.seat import recent
from desktop.actions.undo import UNDOABLE, undo

from .kit.dialog import Dialog
from .kit.rows import Cell, Column, Row, RowsModel
from .kit.table import TableView
from .wording import action_words, when_words

COLUMNS = (
    Column("when", "时间", width=110),
    Column("who", "谁", width=90),
    Column("what", "做了什么", ink="ink"),
)


class RecentDialog(Dialog):
    """Newest first; the verb takes the chosen one back, which is itself a change in the list."""

    def __init__(self, frame: Any, window: Any) -> None:
        super().__init__("最近的更改", verb="撤销这一步", cancel="返回", wide=760, parent=window)
        self.frame = frame
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="recent", label="最近的更改")
        self.table.setFixedHeight(420)
        self.table.chosen.connect(self._chosen)
        self._kinds: dict[str, str] = {}
        self.add_widget(self.table)
        self.yes.setEnabled(False)
        frame.ask(lambda desk: recent(desk, 100), self._show)

    def _show(self, rows: list[dict[str, Any]]) -> None:
        today = self.frame.person.today
        self._kinds = {str(row["action"]): row["kind"] for row in rows}
        self.table.model().set_rows(
            [
                Row(str(row["action"]), (Cell(when_words(row["at"], today)), Cell(row["who"]), Cell(action_words(row))))
                for row in rows
            ]
        )
        self.table.setFocus()

    def _chosen(self, key: str) -> None:
        self.yes.setEnabled(self._kinds.get(key) in UNDOABLE)

    def accept(self) -> None:
        row = self.table.current_row()
        super().accept()
        if row is not None:
            self.frame.ask(
                lambda desk: undo(desk, int(row.key)),
                lambda undone: self.frame.say(
                    "已撤销" + (f"，{len(undone.kept)} 处此后又改过，保持不变" if undone.kept else "")
                ),
                lambda error: self.frame.fail(str(error)),
            )
