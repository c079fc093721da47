"""The place 指标: at a glance, one indicator, the plain list and the forms of its records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ...frame import Frame
from ..lists.place import ListPlace
from .detail import DetailPage
from .page import IndicatorsPage


class IndicatorsPlace(ListPlace):
    """Enter opens an indicator, Esc comes back; forms come back to where they were asked for."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "indicator")
        self.glance, self.detail = IndicatorsPage(frame), DetailPage(frame)
        self.addWidget(self.glance)
        self.addWidget(self.detail)
        self.from_page: QWidget = self.glance
        self.setCurrentWidget(self.glance)
        self.glance.opened.connect(self.show_indicator)
        self.glance.made.connect(lambda: self._form_over(""))
        self.glance.listed.connect(self._catalogue)
        self.detail.closed.connect(self._to_glance)
        self.detail.edit.connect(self._form_over)
        self.detail.wanted.connect(lambda form, record: self.frame.open_record(form, record))

    def entered(self) -> None:
        held = self.currentWidget()
        if held is self.glance:
            self.glance.entered()
        elif held is self.detail:
            self.detail.load()
        else:
            super().entered()

    def may_leave(self) -> bool:
        return self.currentWidget() in (self.glance, self.detail) or super().may_leave()

    def show_indicator(self, record: str) -> None:
        """The page of one indicator."""
        self.setCurrentWidget(self.detail)
        self.detail.show_indicator(record)

    def show_where(self, where: dict[str, str]) -> None:
        self.from_page = self.list
        super().show_where(where)

    def open_record(self, form: str, record: str = "", start: dict[str, str] | None = None) -> None:
        if self.currentWidget() in (self.glance, self.detail, self.list):
            self.from_page = self.currentWidget()
        super().open_record(form, record, start)

    def _form_over(self, record: str) -> None:
        self.open_record("indicator", record)

    def _catalogue(self) -> None:
        self.setCurrentWidget(self.list)
        self.list.entered()

    def _to_glance(self) -> None:
        self.setCurrentWidget(self.glance)
        self.glance.reload()
        self.glance.middle.currentWidget().setFocus()

    def back(self) -> None:
        """From a form to the page that asked for it."""
        if self.from_page is self.list:
            super().back()
            return
        self.setCurrentWidget(self.from_page)
        self._close_form()
        self.entered()
        self.from_page.setFocus()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States for the pictures."""

        def one(name: str) -> None:
            found = self.glance.found
            record = next((line.record for line in found.lines if line.name == name), "") if found else ""
            if record:
                self.show_indicator(record)

        def table() -> None:
            self._to_glance()
            self.glance.how._pick(1)

        def tiles() -> None:
            self._to_glance()
            self.glance.how._pick(0)

        return [
            ("table", table), ("tiles", tiles), ("leakage", lambda: one("城镇公共供水管网漏损率")),
            ("sites", lambda: one("现代化回收网点")), ("split", lambda: self.detail.sides.turn("split")),
            ("cars", lambda: one("二手车交易量")), ("back", tiles),
        ]  # fmt: skip
