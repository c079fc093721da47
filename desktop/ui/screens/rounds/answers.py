"""交回情况: every unit asked in the period, how much it gave, when; ticked ones are handed out to or reminded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import rounds_texts
from desktop.actions.rounds import recipients
from desktop.actions.rounds_answered import ALL, NONE, Answers, UnitAnswer, answered, percent
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import Text, column, commands_only, ground, row
from ...wording import day_words, when_words

COLUMNS = (
    Column("tick", "", width=34, kind="tick"),
    Column("unit", "单位", width=220, ink="ink", frozen=True),
    Column("group", "类别", width=56, drop=3),
    Column("state", "状态", width=164),
    Column("asked", "应报", "项任务", kind="number", width=64),
    Column("told", "已报", "项", kind="ratio", width=100),
    Column("figures", "指标", "已报/应报", kind="number", width=84),
    Column("due", "交回时限", width=90, drop=2),
    Column("last", "最后交回", width=90),
    Column("handed", "下发", width=110, drop=1),
    Column("missing", "还差", width=330),
)
MARKS = {"all": "done", "part": "going", "none": "todo"}


@dataclass(frozen=True)
class Shown:
    answers: Answers
    handed: dict[str, str]


def described(desk: Any, period: str) -> Shown:
    return Shown(answered(desk, period), {each.unit: each.handed for each in recipients(desk, period)})


class AnswersPage(QStackedWidget):
    """Space ticks, Enter shows the unit's reports, the two copy buttons put a ready text on the clipboard."""

    facts = Signal(str)
    came = Signal()  # the list is there for the first time

    def __init__(self, frame: Frame, hand_out: Callable[[], None]) -> None:
        super().__init__()
        self.frame, self.period = frame, frame.period
        self.shown: Shown | None = None
        self.ticked: list[str] = []
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="answers", label="交回情况")
        commands_only(self.table)
        self.words = Text("", cut=True)
        self.remind = KeyButton("复制催报文字", icon="bell", key="round_remind", name="remind")
        self.report = KeyButton("复制通报文字", icon="copy", key="round_report", name="report")
        self.remind.clicked.connect(self.copy_reminder)
        self.report.clicked.connect(self.copy_report)
        bar = ground(QWidget(), "sunken")
        row(bar, [self.words, self.remind, self.report], gap=12, margins=(16, 9, 16, 10)).setStretch(0, 1)
        whole = QWidget()
        column(whole, [self.table, bar], gap=0).setStretch(0, 1)
        hint = "任务有了牵头单位和责任单位，就可以下发填报表；市级事权单位不在此列。"
        self.addWidget(Empty("clipboard-check", "这一期没有应报单位", hint))
        self.addWidget(whole)
        self.table.model().toggled.connect(lambda key, _: self._tick(key))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _: self.say())

    def panes(self) -> list[QWidget]:
        return [self.table] if self.currentIndex() else []

    def load(self, period: str) -> None:
        if period != self.period:
            self.ticked = []
        self.period = period
        self.frame.ask(lambda desk: described(desk, period), self._show)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        units = shown.answers.units
        self.ticked = [unit for unit in self.ticked if any(each.unit == unit for each in units)]
        held, first = self.table.current_row(), self.currentIndex() == 0
        self.setCurrentIndex(1 if units else 0)
        self.table.model().set_rows([self._row(each) for each in units])
        if held is not None:
            self.table.select_key(held.key)
        elif units:
            self.table.setCurrentIndex(self.table.model().index(0, 1))
        given, owed = sum(each.given for each in units), sum(each.owed for each in units)
        due = day_words(shown.answers.due, self.frame.person.today)
        self.facts.emit(
            f"{shown.answers.label}　应报 {len(units)} 个单位，交齐 {len(shown.answers.of(ALL))} 个，"
            f"未交 {len(shown.answers.of(NONE))} 个；交回率 {percent(given, owed)}；{due}前交回"
        )
        self.frame.count("rounds", sum(each.overdue for each in units))
        if first and units:
            self.came.emit()
        self.remind.setEnabled(bool(shown.answers.missing))
        self.report.setEnabled(bool(units))
        self.say()

    def _row(self, each: UnitAnswer) -> Row:
        today = self.frame.person.today
        behind = each.late or each.overdue
        mark = "late" if each.overdue else MARKS[each.state]
        handed = self.shown.handed.get(each.unit, "") if self.shown else ""
        missing = "、".join((*each.missing, *each.missing_figures))
        return Row(each.unit, (
            Cell(check="on" if each.unit in self.ticked else "off"), Cell(each.unit),
            Cell("街镇" if each.township else "部门"),
            Cell(each.words, mark=mark, tone="red" if each.overdue else "amber" if behind else ""),
            Cell(str(each.asked) if each.asked else "—"), _share(each.told, each.asked),
            Cell(f"{each.figures_told}/{each.figures_asked}" if each.figures_asked else "—"),
            Cell(day_words(each.due, today)), Cell(day_words(each.last, today) if each.last else "—"),
            Cell(when_words(handed, today) if handed else "—"),
            Cell(missing or "—", tip=missing),
        ))  # fmt: skip

    def say(self) -> None:
        if self.shown is None:
            return
        missing = len(self.shown.answers.missing)
        chosen = (
            f"已勾选 {len(self.ticked)} 个单位"
            if self.ticked
            else f"还有 {missing} 个单位没有交齐"
            if missing
            else "已全部交齐"
        )
        self.words.setText(
            f"{chosen}。催报文字写给{'勾选的' if self.ticked else '没有交齐的'}单位，可直接粘贴。"
            if missing
            else f"{chosen}。"
        )
        rows = [
            keys.phrase("tick"),
            f"{keys.hint('home_open')} 看填报",
            keys.phrase("export", "下发"),
            keys.phrase("import", "收回"),
        ]
        self.frame.status(self, [Note("应报单位", str(len(self.shown.answers.units)), "个")], rows)

    def _tick(self, unit: str) -> None:
        self.ticked = [each for each in self.ticked if each != unit] if unit in self.ticked else [*self.ticked, unit]
        found = next((each for each in self.shown.answers.units if each.unit == unit), None) if self.shown else None
        if found is not None:
            self.table.model().replace_row(self._row(found))
        self.say()

    def _open(self, unit: str) -> None:
        if not self.frame.show_list("progress", {"unit": unit, "period": self.period}):
            self.frame.fail("没有打开进展填报，请从左栏打开")

    def copy_reminder(self) -> None:
        units, period = self.ticked or None, self.period
        self.frame.ask(lambda desk: rounds_texts.remind(desk, period, units), self._copied("催报文字"), self._failed)

    def copy_report(self) -> None:
        period = self.period
        self.frame.ask(lambda desk: rounds_texts.report(desk, period), self._copied("通报文字"), self._failed)

    def _copied(self, what: str) -> Callable[[str], None]:
        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.frame.say(f"已复制{what}，{len(text)} 字，可粘贴到工作群或文件里")

        return done

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))


def _share(told: int, asked: int) -> Cell:
    return Cell(str(told), ratio=told / asked) if asked else Cell("—")
