"""已删除: what was deleted, by whom and why, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.records import deleted, history, restore_record

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column
from ...wording import when_words

LIFE = "_deleted"
COLUMNS = (
    Column("form", "种类", width=110),
    Column("label", "名称", width=380, ink="ink"),
    Column("when", "删除时间", width=140),
    Column("who", "谁删除", width=100),
    Column("why", "原因", width=200),
)


class DeletedPage(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.restore = KeyButton("恢复选中的记录", icon="rotate-ccw", kind="main", name="restore")
        if not frame.may("enter"):
            self.restore.hide()
        self.head = ScreenHead("已删除", "", [self.restore])
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, name="deleted", label="已删除")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(Empty("trash-2", "没有已删除的记录", "删除的记录会留在这里，可以恢复。"))
        column(self, [self.head], gap=0).addWidget(self.stack, 1)
        self.restore.clicked.connect(self.bring_back)
        self.table.opened.connect(lambda _: self.bring_back())
        frame.bridge.changed.connect(self._changed)

    def panes(self) -> list[QWidget]:
        return [self.stack.currentWidget()]

    def entered(self) -> None:
        self.reload()

    def _changed(self) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        forms, today = self.frame.forms, self.frame.person.today

        def work(desk: Any) -> list[Row]:
            rows = []
            for form in forms.values():
                for record, head in deleted(desk, form.name):
                    gone = [each for each in history(desk, form.name, record) if each["field"] == LIFE and each["new"]]
                    why = gone[-1]["why"] if gone else ""
                    cells = (form.title, head["label"], when_words(head["changed"], today), head["changed_by"], why)
                    rows.append(
                        (str(head["changed"]), Row(f"{form.name}:{record}", tuple(Cell(str(c or "")) for c in cells)))
                    )
            return [row for _, row in sorted(rows, key=lambda each: each[0], reverse=True)]

        self.frame.ask(work, self._show)

    def _show(self, rows: list[Row]) -> None:
        self.table.model().set_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.restore.setEnabled(bool(rows))
        self.head.set_facts(f"{len(rows)} 条" if rows else "")
        if rows:
            self.table.select_key(rows[0].key)
            self.table.setFocus()
        self.frame.status(self, [f"{len(rows)} 条已删除"], [keys.phrase("home_open", "恢复"), keys.phrase("next_pane")])

    def bring_back(self) -> None:
        """Bring the selected records back."""
        chosen = [key.partition(":") for key in self.table.selected_keys()]
        if not chosen or not self.frame.may("enter"):
            return

        def done(_: Any) -> None:
            self.frame.say(f"已恢复 {len(chosen)} 条", verb="撤销", key="undo", slot=self.frame.undo)

        self.frame.ask(
            lambda desk: [restore_record(desk, form, record) for form, _, record in chosen], done,
            lambda error: self.frame.fail(str(error)),
        )  # fmt: skip

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return []
