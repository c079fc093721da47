"""The head of the facts: which policy, what it sets, the day it is asked for, the period applied for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.policies import PolicyLine
from desktop.model.errors import Refused
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import look
from ...kit.buttons import Tick
from ...kit.lines import DateField, LineField
from ...kit.text import Text, column, row
from .values import date_read


class Terms(QWidget):
    """`changed` when day, period or 按计划数 changed. `from_record` names the record the facts were taken from."""

    changed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.today = frame.person.today
        self.title = Text("", size=16, cut=True)
        self.sets = Text("", size=12, ink="ink3", wrap=True)
        self.on = DateField("on", "测算日期", read=date_read)
        self.on.set_value(self.today)
        self.period = LineField("period", "申报期", placeholder="如 2026")
        self.period.set_value(frame.period[:4])
        self.planned = Tick("按计划数，结果为预估", name="planned")
        self.from_record = Text("", size=12, ink="ink3", cut=True)
        for field, wide in ((self.on, 128), (self.period, 88)):
            field.box.setFixedWidth(look.theme().control(wide))
            field.setFixedWidth(look.theme().control(wide))
        asked = row(None, [Text("测算日期", ink="ink2"), self.on, 8, Text("申报期", ink="ink2"), self.period, None])
        under = row(None, [self.planned, 12, self.from_record])
        under.setStretch(2, 1)
        column(self, [self.title, self.sets, 4, asked, under], gap=4, margins=(20, 14, 20, 8))
        self.on.changed.connect(lambda _: self.changed.emit())
        self.on.left.connect(self.changed)
        self.period.changed.connect(lambda _: self.changed.emit())
        self.planned.toggled.connect(lambda _: self.changed.emit())

    def show_policy(self, line: PolicyLine) -> None:
        self.title.setText(f"{line.number}　{line.title}" if line.number is not None else line.title)
        self.sets.setText(line.sets)
        self.from_record.setText("")

    def day(self) -> date:
        """The day asked for; today while it cannot be read."""
        try:
            return date.fromisoformat(self.on.value() or self.today)
        except ValueError:
            return date.fromisoformat(self.today)

    def period_key(self) -> str:
        """The period's key; "" with its error beside the field when it is none."""
        self.period.set_error("")
        try:
            return Period.parse((self.period.value() or "").strip() or str(self.day().year)).key
        except Refused as refused:
            self.period.set_error(str(refused))
            return ""
