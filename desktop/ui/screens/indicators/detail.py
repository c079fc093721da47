"""One indicator: its plot and what it says, and beside it the periods, the split, the records behind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.entry import choices_of
from desktop.actions.indicators import KINDS, Line
from desktop.actions.indicators_entry import enter
from desktop.actions.indicators_page import IndicatorPage, indicator_page
from desktop.actions.records import save_typed
from desktop.model.errors import DeskError
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.detail import Facts, Figure, Pane
from ...kit.head import ScreenHead
from ...kit.plot import PlotView
from ...kit.status import Note
from ...kit.text import MarkedText, Rule, column, row
from .aiming import TargetDialog
from .sides import Sides
from .tiles import MARKS

SIDE, WIDE = 500, 640  # px of the right side at 1366 and 1920


class DetailPage(QWidget):
    """`closed` on Esc; `edit(record)` asks for the form of the indicator; `wanted(form, record)` for another record."""

    closed = Signal()
    edit = Signal(str)
    wanted = Signal(str, str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame, self.record = frame, ""
        self.page: IndicatorPage | None = None
        may = frame.may("enter")
        self.change = KeyButton("编辑指标", icon="pencil", name="edit_indicator")
        self.aim = KeyButton("加目标…", icon="plus", name="add_target", kind="main")
        self.aim.setVisible(may)
        self.head = ScreenHead("", "", [self.change, self.aim], back=True)
        self.figure, self.state = Figure(""), MarkedText("na", "")
        self.plot, self.facts = PlotView("indicator_plot"), Facts()
        self.behind = KeyButton("看计入的记录", icon="list-checks", name="behind_link", kind="text")
        self.left, self.sides = Pane("panel", gap=8, scroll=True), Sides(may)
        self.left.down.addLayout(row(None, [self.figure, 12, self.state, None]))
        self.left.add(self.plot, self.facts)
        self.left.down.addLayout(row(None, [self.behind, None]))
        self.left.end()
        across = row(None, [self.left, Rule(upright=True), self.sides], gap=0)
        across.setStretch(0, 1)
        column(self, [self.head], gap=0).addLayout(across, 1)
        self.head.went_back.connect(self.closed)
        self.change.clicked.connect(lambda: self.edit.emit(self.record))
        self.aim.clicked.connect(self.add_target)
        self.behind.clicked.connect(lambda: self.sides.turn("behind"))
        self.sides.entered.connect(self._entered)
        self.sides.aimed.connect(self._aimed)
        self.sides.wanted.connect(self.wanted)
        self.plot.moved.connect(self._point)
        frame.bridge.changed.connect(lambda: self.isVisible() and self.load())
        frame.period_changed.connect(lambda _: self.isVisible() and self.load())
        keys.bind(self, "back", self.closed.emit, pane=True)

    def panes(self) -> list[QWidget]:
        return [self.plot, self.sides.tabs, self.sides.table()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        most = look.theme().control(WIDE if self.width() > 1500 else SIDE)
        self.sides.setFixedWidth(min(most, self.width() * 46 // 100))

    def show_indicator(self, record: str) -> None:
        """Load an indicator as of the period in the top bar."""
        self.record = record
        self.load()
        self.plot.setFocus()

    def load(self) -> None:
        record, period = self.record, self.frame.period
        self.frame.ask(lambda desk: indicator_page(desk, record, period), self._show, self._gone)

    def _gone(self, error: DeskError) -> None:
        """It was deleted meanwhile."""
        self.frame.fail(str(error))
        self.closed.emit()

    def _show(self, page: IndicatorPage) -> None:
        line, self.page = page.line, page
        self.head.set_title(line.name)
        self.head.set_facts("　".join(filter(None, (KINDS[line.kind], line.aim, "、".join(line.lead)))))
        self.figure.set_value(line.figure or "—", line.unit)
        self.state.set_state(MARKS[line.state], f"{line.state_words}　{line.period}".strip())
        self.plot.set_plot(line.plot)
        self.plot.setVisible(line.kind != "qualitative")
        self.facts.set_pairs(facts_of(page))
        self.behind.setVisible(page.behind is not None)
        if page.behind is not None:
            self.behind.setText(f"看计入的 {len(page.behind.ids)} 条记录")
        self.sides.show_page(page)
        notes: list[Note | str] = [Note(line.own_label, mark=""), Note(line.words)]
        self.frame.status(self, notes, [keys.phrase(each) for each in ("edit", "later", "next_pane", "back")])

    def _point(self, place: int) -> None:
        """The period pointed at in the plot is current in the table too."""
        label = self.plot.plot.labels[place]
        for each in self.page.entries if self.page is not None else ():
            span = Period.parse(each.period)
            if self.page is not None and span.year == Period.parse(self.page.line.own).year and label in (
                f"{span.number}月", str(span.year)
            ):  # fmt: skip
                self.sides.entries.select_key(each.period)

    def _entered(self, period: str, name: str, text: str) -> None:
        typed = {"indicator": self.record, "period": period, name: text}
        self.frame.ask(lambda desk: enter(desk, period, [typed]), lambda _: None, self._refused)

    def _aimed(self, record: str, text: str) -> None:
        self.frame.ask(lambda desk: save_typed(desk, "target", record, {"value": text}), lambda _: None, self._refused)

    def _refused(self, error: DeskError) -> None:
        details: Any = getattr(error, "details", None)
        self.frame.fail(str(details[0]["message"]) if details else str(error))
        self.load()

    def add_target(self) -> None:
        """Ask for a target; the district's own of this year stands there to begin with."""
        year = str(Period.parse(self.frame.period).year)

        def work(desk: Any) -> tuple[str, list[tuple[str, str]]]:
            return desk.district_name, choices_of(desk, desk.form("target").field("unit"))

        def ask(answer: tuple[str, list[tuple[str, str]]]) -> None:
            district, units = answer
            dialog = TargetDialog(self.frame, self.record, {"year": year, "unit": district}, units, self.window())
            if dialog.run():
                self.frame.say("目标已保存", verb="撤销", key="undo", slot=self.frame.undo)
                self.sides.turn("split")

        self.frame.ask(work, ask)


def facts_of(page: IndicatorPage) -> list[tuple[str, str | QWidget]]:
    """What the plot does not say by itself; nothing empty is listed."""
    line: Line = page.line
    behind = page.behind
    unit = line.unit if line.unit == "%" else f" {line.unit}" if line.unit else ""
    said = [
        ("完成", line.completion), ("进度", f"{line.behind}（{line.pace}）" if line.behind else line.pace),
        ("年底预计", f"{line.projection}{unit}（{line.method}）" if line.projection else line.method),
        ("较上期", line.month_before), ("较上年同期", line.year_before), ("分解", line.split),
        ("由记录计算", f"{behind.said}。{behind.words}" if behind is not None else ""),
        ("已到期目标", "\n".join(words for _, words in line.closed)),
    ]  # fmt: skip
    return [(label, words) for label, words in said if words]
