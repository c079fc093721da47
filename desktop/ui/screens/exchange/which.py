"""Asked before a table from outside is read: which of several layouts it is, and which month its progress is of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions.foreign_assistant import Fitting
from desktop.model.errors import Refused
from desktop.model.periods import Period

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import LineField

ALL = ("", "每张工作表各按各的")


class WhichDialog(Dialog):
    """`layout` and `period` after it was accepted; a period is asked for only where one is needed."""

    def __init__(self, frame: Frame, found: list[Fitting], parent: QWidget) -> None:
        super().__init__("按哪种表读入？", "读入前请指明，预览里可以再看。", verb="预览", parent=parent)
        self.layout_pick: ChoiceField | None = None
        self.month: LineField | None = None
        names = {each.name: each.title for each in found}
        if len(names) > 1:
            self.layout_pick = ChoiceField("layout", "表的种类", choices=[ALL, *names.items()])
            self.add(self.layout_pick)
            self.layout_pick.set_value("" if len({each.sheet for each in found}) > 1 else found[0].name)
        if any(each.monthly and not each.month for each in found):
            self.month = LineField("period", "表里的进展是哪个月的", placeholder="如 2026-11")
            self.month.set_value(Period.parse(frame.period).key[:7])
            self.add(self.month)

    @property
    def layout_name(self) -> str:
        return (self.layout_pick.value() or "") if self.layout_pick is not None else ""

    @property
    def period(self) -> str:
        return (self.month.value() or "") if self.month is not None else ""

    def accept(self) -> None:
        try:
            if self.period:
                Period.parse(self.period)
        except Refused as refused:
            self.month.set_error(str(refused))
            return
        super().accept()


def must_ask(found: list[Fitting]) -> bool:
    """Whether anything is left to be chosen."""
    by_sheet: dict[str, set[str]] = {}
    for each in found:
        by_sheet.setdefault(each.sheet, set()).add(each.name)
    return any(len(names) > 1 for names in by_sheet.values()) or any(each.monthly and not each.month for each in found)
