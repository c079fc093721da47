"""首页: the strip of tasks, what waits, and how far the district is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.actions import home, network
from desktop.actions.home_changes import ChangedGroup, changed_since
from desktop.actions.seat import recent
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.head import ScreenHead
from ...kit.text import Rule, column
from .figures import Figures
from .returns import ReturnsPane
from .strip import TaskStrip
from .todo import TodoList

DAYS = "一二三四五六日"
WIDE = 1500  # px of work from which a third pane stands at the right


class HomePage(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.report = KeyButton("填报进展", icon="pencil", name="report")
        self.report.clicked.connect(lambda: frame.open_record("progress", "", {"period": frame.period}))
        if not (frame.may("enter") and frame.shows("progress")):
            self.report.hide()
        actions: list[QWidget] = [self.report]
        if frame.has("submissions"):
            monthly = KeyButton("生成月报", icon="file-check", kind="main", name="monthly")
            monthly.clicked.connect(lambda: frame.go("submissions"))
            actions.append(monthly)
        self.head = ScreenHead("", "", actions)
        self.strip = TaskStrip()
        self.strip.picked.connect(self._task)
        self.strip.pointed.connect(self._point)
        self.todo = TodoList()
        self.todo.opened.connect(self._open)
        self.todo.unit.connect(self._unit)
        self.todo.pointed.connect(self._point)
        self.figures = Figures()
        self.figures.asked.connect(self._ask_record)
        self.figures.group.connect(self._changed_records)
        low = QHBoxLayout()
        low.setContentsMargins(0, 0, 0, 0)
        low.setSpacing(0)
        low.addWidget(self.todo, 1)
        low.addWidget(Rule(upright=True))
        low.addWidget(self.figures)
        self.returns, self.edge = ReturnsPane(), Rule(upright=True)
        self.returns.opened.connect(self._unit)
        self.returns.town.connect(self._town)
        low.addWidget(self.edge)
        low.addWidget(self.returns)
        column(self, [self.head, self.strip, Rule("line2")], gap=0).addLayout(low, 1)
        frame.bridge.changed.connect(self._changed)
        frame.period_changed.connect(lambda _: self._changed())
        self._words = ""

    def panes(self) -> list[QWidget]:
        third = [self.returns.units, self.returns.towns] if self.returns.isVisibleTo(self) else []
        return [self.todo.table, self.strip, self.figures.changes, *third]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        three = self.width() > look.theme().control(WIDE)
        self.returns.setVisible(three)
        self.edge.setVisible(three)
        self.returns.setFixedWidth(look.theme().control(500))
        self.figures.setFixedWidth(min(look.theme().control(620 if three else 590), self.width() // 2))

    def entered(self) -> None:
        self.reload()

    def _changed(self) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        period, last, year = self.frame.period, self.frame.person.last, Period.parse(self.frame.period).year

        def work(desk: Any) -> Any:
            return (
                home.task_states(desk, period), home.todos(desk, period), network.goals(desk), home.plots(desk, year),
                (recent(desk, 40, last), changed_since(desk)), home.returns(desk, period), network.townships(desk),
            )  # fmt: skip

        self.frame.ask(work, self._show)

    def _show(self, answer: Any) -> None:
        tasks, todos, goals, plots, changes, units, towns = answer
        self._head()
        self.strip.set_tasks(tasks)
        self.todo.set_todos(todos, self.frame.person.today)
        done, groups = changes
        person = self.frame.person
        self.figures.show_all(goals, plots, done, groups, person.last, person.today, self.frame.period)
        self.returns.show_all(units, towns, self.frame.period)
        self.frame.count("progress", sum(each.kind in ("late", "soon") and each.form == "progress" for each in todos))
        self.frame.count("problems", sum(each.form == "problem" for each in todos))
        self.frame.count("conflicts", sum(each.kind == "conflict" for each in todos))
        self._status()
        if not self.todo.table.hasFocus() and not self.strip.hasFocus():
            self.todo.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> None:
        period, now = Period.parse(self.frame.period), date.fromisoformat(self.frame.person.today)
        self.head.set_title(f"{period.number}月工作" if period.kind == "month" else f"{period.label}工作")
        facts = f"{now.month}月{now.day}日 星期{DAYS[now.weekday()]}"
        left = (period.last - now).days
        if 0 <= left < 31 and period.contains(now):
            facts += f"，距月末 {left} 天"
        self.head.set_facts(facts)

    def _point(self, words: str) -> None:
        self._words = words
        self._status()

    def _status(self) -> None:
        self.frame.status(
            self, [self._words], ["↑↓ 选择", keys.phrase("home_open"), keys.phrase("next_pane")]
        )  # fmt: skip

    def _task(self, key: str) -> None:
        if not self.frame.open_record("assignment", key):
            self.frame.open_record("progress", "", {"item": key, "period": self.frame.period})

    def _open(self, form: str, record: str) -> None:
        if form and record and self.frame.open_record(form, record):
            return
        if form == "progress":
            self.frame.go("progress")
        elif form and not record:
            self.frame.open_record(form, "")
        elif not form and self.frame.has("submissions"):
            self.frame.go("submissions")

    def _unit(self, unit: str) -> None:
        self.frame.show_list("progress", {"unit": unit, "period": self.frame.period})

    def _town(self, town: str) -> None:
        self.frame.show_list("site", {"township": town})

    def _changed_records(self, group: ChangedGroup) -> None:
        """The records that one person changed: the one, or all to choose from."""
        if len(group.records) == 1:
            self.frame.open_record(group.form, group.records[0][0])
            return
        from .changed import ChangedDialog

        dialog = ChangedDialog(group, self)
        dialog.picked.connect(lambda record: self.frame.open_record(group.form, record))
        dialog.open()

    def _ask_record(self, form: str, record: str) -> None:
        self.frame.open_record(form, record) if record else self.frame.go("sites")

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return []
