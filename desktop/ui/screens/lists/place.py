"""A place of the rail that is a list with the form of one record behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from ...frame import Frame
from ..record.page import RecordPage
from .beside import BESIDE, Beside
from .page import ListPage


class ListPlace(QStackedWidget):
    """`open_record(form, id, start)` shows the record; Esc comes back to the list."""

    def __init__(self, frame: Frame, form_name: str) -> None:
        super().__init__()
        self.frame, self.form_name = frame, form_name
        self.list = self.make_list()
        self.addWidget(self.list)
        self.form: RecordPage | QWidget | None = None
        self.list.opened.connect(lambda record: self.open_record(form_name, record))
        self.list.made.connect(lambda: self.open_record(form_name, ""))
        for place, each in enumerate(BESIDE.get(form_name, ())):
            button = each.button()
            button.clicked.connect(lambda _=False, view=each: self.show_beside(view))
            self.list.head.across.insertWidget(4 + place, button)

    def show_beside(self, view: Beside) -> None:
        """A view that stands beside the list, such as 进度; Esc comes back."""
        self.show_page(view.make(self.frame, self.form_name))

    def show_page(self, page: QWidget) -> None:
        """Put a page of its own over the list until it asks to be closed, or for a record."""
        self._close_form()
        page.closed.connect(self.back)
        page.wanted.connect(lambda record: self.open_record(self.form_name, record))
        self.form = page
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.entered()

    def make_list(self) -> ListPage:
        if self.form_name == "progress":
            from .progress import ProgressList

            return ProgressList(self.frame)
        if self.form_name == "problem":
            from .problems import ProblemList

            return ProblemList(self.frame)
        if self.form_name == "site":
            from .sites import SiteList

            return SiteList(self.frame)
        return ListPage(self.frame, self.form_name)

    def make_page(self) -> RecordPage:
        return RecordPage(self.frame, self.form_name)

    def starting(self) -> dict[str, str]:
        """Texts that a new record of this list begins with."""
        starting: Callable[[], dict[str, str]] | None = getattr(self.list, "starting", None)
        return starting() if starting else {}

    def panes(self) -> list[QWidget]:
        return list(self.currentWidget().panes())

    def entered(self) -> None:
        if self.currentWidget() is self.list:
            self.list.entered()
        elif not self._typing():
            self.form.entered()

    def _typing(self) -> RecordPage | None:
        """The form of a record, when that is what is shown; not a view beside the list."""
        return self.form if isinstance(self.form, RecordPage) and self.currentWidget() is self.form else None

    def may_leave(self) -> bool:
        form = self._typing()
        return form is None or form.may_leave()

    def keep_now(self) -> None:
        form = self._typing()
        if form is not None:
            form.keep_now()

    def open_record(self, form: str, record: str = "", start: dict[str, str] | None = None) -> None:
        """Show a record of this list's form; a record of a form below it opens the record it hangs from."""
        if form != self.form_name:
            self._open_above(form, record)
            return
        if not record and not self.frame.may("enter"):
            return
        self._close_form()
        page = self.make_page()
        page.closed.connect(self.back)
        page.saved.connect(self.list.wish)
        page.again.connect(lambda: self.open_record(self.form_name, ""))
        page.stepped.connect(self._step)
        self.form = page
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.show_record(record, start if start else (self.starting() if not record else {}), self._facts(record))

    def show_where(self, where: dict[str, str]) -> None:
        """The list with only the records whose fields hold these stored values."""
        if self.may_leave():
            self.setCurrentWidget(self.list)
            self._close_form()
            self.list.only(where)

    def _open_above(self, form: str, record: str) -> None:
        from desktop.actions.records import get

        fields = [each for each in self.frame.forms[form].fields if getattr(each.type, "to", "") == self.form_name]
        if record and fields:
            name = fields[0].name
            self.frame.ask(
                lambda desk: str(get(desk, form, record).get(name, "")),
                lambda above: self.open_record(self.form_name, above) if above else None,
            )

    def _facts(self, record: str) -> str:
        every = self.list.neighbours()
        if record not in every:
            return self.list.form.sheet if record else ""
        return f"{self.list.form.sheet} 第 {every.index(record) + 1} / {len(every)} {self.list.form.measure}"

    def _step(self, by: int) -> None:
        every = self.list.neighbours()
        form = self._typing()
        if form is not None and form.record in every and form.may_leave():
            place = every.index(form.record) + by
            if 0 <= place < len(every):
                form.show_record(every[place], facts=self._facts(every[place]))

    def _close_form(self) -> None:
        if self.form is not None:
            self.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def back(self) -> None:
        """From the form to the list, with the record current."""
        form = self._typing()
        if form is not None and form.record:
            self.list.wish(form.record)
        self.setCurrentWidget(self.list)
        self._close_form()
        self.list.reload()
        self.list.table.setFocus()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        every = self.list.neighbours()
        states: list[tuple[str, Callable[[], object]]] = []
        if every:
            states.append(("record", lambda: self.open_record(self.form_name, every[min(6, len(every) - 1)])))
        for view in BESIDE.get(self.form_name, ()):
            states.append((view.name, lambda view=view: self.show_beside(view)))
        states.append(("new", lambda: self.open_record(self.form_name, "")))
        states.append(("list", self.back))
        return states
