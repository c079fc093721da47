"""月调度 as a place: projects and sites as two tabs."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from ...frame import Frame
from ...kit.tabs import Tab, TabRow
from ...kit.text import column
from .page import MonthPage, forms_of


class DispatchPlace(QWidget):
    """Each tab counts the rows that are still to be filled."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.pages = {form.name: MonthPage(frame, form.name) for form in forms_of(frame)}
        self.missing: dict[str, int] = {}
        self.tabs = TabRow([], here="project_month")
        self.tabs.setAccessibleName("填什么")
        self.middle = QStackedWidget()
        for name, page in self.pages.items():
            self.middle.addWidget(page)
            page.counted.connect(lambda missing, name=name: self._count(name, missing))
        column(self, [self.tabs], gap=0).addWidget(self.middle, 1)
        self.tabs.picked.connect(self._pick)
        self._show_tabs()

    @property
    def page(self) -> MonthPage:
        return self.middle.currentWidget()

    def _show_tabs(self) -> None:
        here = self.page.form.name
        self.tabs.set_tabs(
            [Tab(name, page.form.title, self.missing.get(name) or None) for name, page in self.pages.items()]
        )
        self.tabs.set_here(here)

    def _count(self, name: str, missing: int) -> None:
        self.missing[name] = missing
        self._show_tabs()

    def _pick(self, name: str) -> None:
        if self.pages[name] is self.page or not self.page.may_leave():
            self.tabs.set_here(self.page.form.name)
            return
        self.middle.setCurrentWidget(self.pages[name])
        self._arrive()

    def _arrive(self) -> None:
        self.page.period = self.frame.period
        self.page.entered()

    def panes(self) -> list[QWidget]:
        return [self.tabs, *self.page.panes()]

    def entered(self) -> None:
        self._arrive()

    def may_leave(self) -> bool:
        return self.page.may_leave()

    def keep_now(self) -> None:
        self.page.keep_now()

    def shots(self) -> list[tuple[str, object]]:
        def type_in() -> None:
            model = self.page.model
            place = model.column_of("month")
            model.set_cells([(0, place, "120"), (1, place, "9000"), (2, place, "很多")])

        def step() -> None:
            self.page.table.step_fault()

        def sites() -> None:
            self.page.model.load([])
            self._pick("site_month")

        return [("typed", type_in), ("fault", step), ("sites", sites)]
