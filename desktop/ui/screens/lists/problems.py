"""难点问题: how long each has been open, the overdue ones, those for the city, and 销号 with evidence and checker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.listing import Condition, Line
from desktop.actions.problems import CITY, OPEN, ProblemLine, close_problem, problems
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog
from ...kit.lines import LineField
from ...kit.rows import Cell, Column
from ...kit.text import Text
from .page import ListPage

SOON = 7  # days before due that are called near


class ProblemList(ListPage):
    def __init__(self, frame: Frame) -> None:
        self.lines: dict[str, ProblemLine] = {}
        super().__init__(frame, "problem")
        self.late = KeyButton("逾期未办结", kind="text", name="overdue")
        self.city = KeyButton("需市级协调", kind="text", name="to_city")
        for button, show in ((self.late, self.only_overdue), (self.city, self.only_city)):
            button.clicked.connect(show)
            self.chips.add_after(button)
        self.done = KeyButton("销号", icon="check", name="close_problem")
        self.done.clicked.connect(self.close_one)
        self.done.setVisible(frame.may("enter"))
        self.head.across.insertWidget(4, self.done)

    def more(self, desk: Any) -> dict[str, ProblemLine]:
        return {each.record: each for each in problems(desk)}

    def show_more(self, more: dict[str, ProblemLine]) -> None:
        self.lines = more

    def extra_columns(self) -> list[Column]:
        return [Column("days", "办理进度", width=112)]

    def extra_cells(self, line: Line) -> tuple[Cell, ...]:
        return (_days(self.lines.get(line.id)),)

    def only_overdue(self) -> None:
        """Those not closed whose day has passed."""
        yesterday = (date.fromisoformat(self.frame.person.today) - timedelta(days=1)).isoformat()
        self._narrow(Condition("due", "most", (yesterday,)))

    def only_city(self) -> None:
        """Those not closed that go to the city: the printed 需市级协调解决问题清单."""
        self._narrow(Condition("level", "is", CITY))

    def _narrow(self, condition: Condition) -> None:
        open_ones = Condition("state", "is", OPEN)
        self.view = ""
        self.conditions = {f"{each.field}.{each.op}": each for each in (condition, open_ones)}
        self.reload()

    def close_one(self) -> None:
        """销号 of the current problem."""
        row = self.table.current_row()
        line = self.lines.get(row.key) if row is not None else None
        if line is None:
            self.frame.say("先选中要销号的问题。")
        elif line.state == "closed":
            self.frame.say(f"“{line.title}”已经销号。")
        else:
            dialog = ClosingDialog(self.frame, line, self.window())
            dialog.closed.connect(
                lambda: self.frame.say(f"“{line.title}”已销号", verb="撤销", key="undo", slot=self.frame.undo)
            )
            dialog.open()


class ClosingDialog(Dialog):
    """`closed` when it was written; what is refused is said inside."""

    closed = Signal()

    def __init__(self, frame: Frame, line: ProblemLine, parent: QWidget | None = None) -> None:
        words = f"办理情况：{line.texts['reply'] or '还没有填写'}"
        super().__init__(f"“{line.title}”销号？", words, verb="销号", parent=parent)
        self.frame, self.line = frame, line
        self.evidence = self.add(LineField("evidence", "销号依据", required=True, placeholder="如 验收单、复核意见"))
        help = "不能是承办单位，也不能是填办理情况的人"
        self.checker = self.add(LineField("checker", "核销人", required=True, help=help))
        self.day = self.add(LineField("closed", "销号日期", placeholder="不填为今天"))
        self.told = Text("", ink="red", wrap=True)
        self.told.hide()
        self.add_widget(self.told)

    def accept(self) -> None:
        given = [each.value() or "" for each in (self.evidence, self.checker, self.day)]
        record, kind = self.line.record, self.frame.forms["problem"].field("closed").type

        def work(desk: Any) -> object:
            day = kind.read(given[2], desk.names)
            return close_problem(desk, record, given[0], given[1], str(day or ""))

        self.frame.ask(work, self._done, self._refused)

    def _done(self, _: object) -> None:
        super().accept()
        self.closed.emit()

    def _refused(self, error: DeskError) -> None:
        self.told.setText(str(error))
        self.told.show()
        self.adjustSize()


def _days(line: ProblemLine | None) -> Cell:
    if line is None:
        return Cell("")
    if line.state == "closed":
        return Cell(f"用时 {line.age} 天" if line.age is not None else "已销号", mark="done", tone="green")
    if line.days is None:
        return Cell(f"已提 {line.age} 天" if line.age is not None else "", tone="ink3")
    if line.days < 0:
        return Cell(f"逾期 {-line.days} 天", mark="late", tone="red")
    near = line.days <= SOON
    words = "今天到期" if not line.days else f"还有 {line.days} 天"
    return Cell(words, mark="soon" if near else "", tone="amber" if near else "")
