"""The place 任务台账: the ledger, and the form of one assignment behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from ...frame import Frame
from ..record.page import RecordPage
from .page import LedgerPage


class TasksPlace(QStackedWidget):
    """Enter edits the assignment, Ctrl+N reports the month; both forms come back here with Esc."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.list = LedgerPage(frame)
        self.addWidget(self.list)
        self.forms: dict[str, RecordPage] = {}
        self.list.edit.connect(lambda record, start: self.open_record("assignment", record, start))
        self.list.report.connect(lambda record, start: self.open_record("progress", record, start))
        self.list.opened.connect(self._open)

    def _open(self, form: str, record: str) -> None:
        """What stands behind a line: here what the ledger holds, else in its own place."""
        if form in ("assignment", "progress"):
            self.open_record(form, record)
        else:
            self.frame.open_record(form, record)

    def _form(self) -> RecordPage | None:
        held = self.currentWidget()
        return held if isinstance(held, RecordPage) else None

    def panes(self) -> list[QWidget]:
        return list(self.currentWidget().panes())

    def entered(self) -> None:
        if self.currentWidget() is self.list:
            self.list.entered()

    def may_leave(self) -> bool:
        form = self._form()
        return form is None or form.may_leave()

    def keep_now(self) -> None:
        form = self._form()
        if form is not None:
            form.keep_now()

    def open_record(self, form: str, record: str = "", start: dict[str, str] | None = None) -> None:
        """Show an assignment or a progress record over the ledger."""
        if form not in self.forms:
            page = RecordPage(self.frame, form)
            page.closed.connect(self._back)
            page.stepped.connect(lambda by: self._step(form, by))
            self.forms[form] = page
            self.addWidget(page)
        self.setCurrentWidget(self.forms[form])
        self.forms[form].show_record(record, start or {})

    def _back(self) -> None:
        self.setCurrentWidget(self.list)
        self.list.load()
        self.list.table.setFocus()
        self.list._status()

    def _step(self, form: str, by: int) -> None:
        """The next or previous item's assignment."""
        if form != "assignment" or self.list.ledger is None or not self.may_leave():
            return
        items = self.list.ledger.items
        place = next((n for n, item in enumerate(items) if item.key == self.list.item), 0) + by
        if 0 <= place < len(items):
            self.list.table.select_key(items[place].key)
            self.list.item = items[place].key
            self.list.ask_edit()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States for the pictures."""

        def line() -> None:
            self.list.detail.view.set_value("line")
            self.list.detail._viewed()

        return [
            ("task-42", lambda: self.list.table.select_key("task-42")), ("line", line),
            ("unit", lambda: self.list.tree.select_key("unit:区商务局")),
            ("many", lambda: (self.list.table.select_rows(["task-42", "task-43"]), self.list.change_many())),
        ]  # fmt: skip
