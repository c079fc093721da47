"""Ctrl+K: records of every kind by name, code or 拼音首字母, and the places of the rail."""

from __future__ import annotations

from typing import Any


from desktop.actions.records import find

from .kit.dialog import Dialog
from .kit.rows import Cell, Column, Row, RowsModel
from .kit.table import TableView

MOST = 20  # records shown of one form


class FindDialog(Dialog):
    """What was found for a text; Enter opens the line."""

    def __init__(self, frame: Any, text: str, window: Any) -> None:
        super().__init__(f"查找“{text}”", verb="打开", cancel="返回", wide=640, parent=window)
        self.frame, self.text, self._window = frame, text, window
        self.table = TableView(
            RowsModel([Column("kind", "种类", width=96), Column("name", "名称", ink="ink")]), by_rows=True,
            numbered=False, name="found", label="查找结果",
        )  # fmt: skip
        self.table.setFixedHeight(320)
        self.add_widget(self.table)
        self.table.opened.connect(lambda _: self.accept())
        self.yes.setEnabled(False)

    def run_and_go(self) -> None:
        forms = [form for form in self.frame.forms.values() if self.frame.shows(form.name)]
        places = [place for place in self._window.places if self.text in place.label]

        def work(desk: Any) -> list[tuple[str, str, str]]:
            found = []
            for form in forms:
                for record, _ in find(desk, form.name, search=self.text, limit=MOST)[0]:
                    found.append((f"{form.name}:{record}", form.title, desk.names.label(form.name, record) or ""))
            return found

        def done(found: list[tuple[str, str, str]]) -> None:
            rows = [Row(f":{place.key}", (Cell("去"), Cell(place.label))) for place in places]
            rows += [Row(key, (Cell(title), Cell(name))) for key, title, name in found]
            if not rows:
                rows = [Row("", (Cell(f"没有找到“{self.text}”。可输入名称的一部分、代码或拼音首字母。"),), kind="span")]
            self.table.model().set_rows(rows)
            self.yes.setEnabled(bool(rows[0].key))
            self.table.setFocus()

        self.frame.ask(work, done)
        row = self.table.current_row() if self.run() else None
        if row is None or not row.key:
            return
        form, _, record = row.key.partition(":")
        if form:
            self.frame.open_record(form, record)
        else:
            self.frame.go(record)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.table.setFocus()


