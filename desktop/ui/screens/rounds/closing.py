"""关账: the reviewer closes the period, opens it again with a reason; what changed afterwards is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.closed import closing_over, closings
from desktop.actions.periods import Closing, changed_after_closing, close, reopen
from desktop.actions.rounds_answered import answered
from desktop.model.errors import DeskError
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask, ask_text
from ...kit.empty import Empty
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import MarkedText, Text, column, commands_only, row
from ...wording import when_words

CLOSINGS = (
    Column("period", "填报时间", width=140, ink="ink"),
    Column("state", "状态", width=110),
    Column("who", "经手", width=90),
    Column("when", "时间", width=110),
    Column("why", "原因", width=300),
)
CHANGES = (
    Column("what", "关账后变动", width=420, ink="ink"),
    Column("old", "原值", width=220),
    Column("new", "现值", width=260, ink="ink"),
    Column("who", "经手", width=100),
    Column("when", "时间", width=110),
)


@dataclass(frozen=True)
class Shown:
    """`own`: the period itself is closed; `over` the label of a longer closed period around it, "" none."""

    label: str
    own: bool
    over: str
    closings: list[Closing]
    changes: list[dict[str, Any]]
    missing: int


def described(desk: Any, period: str) -> Shown:
    span = Period.parse(period)
    found = closings(desk)
    own = any(each.period == span.key and each.closed for each in found)
    over = closing_over(desk, span)
    ever = over is not None or any(each.period == span.key for each in found)
    changes = [_in_words(desk, each) for each in changed_after_closing(desk, span.key)] if ever else []
    missing = len(answered(desk, span.key).missing)
    return Shown(span.label, own, over.label if over is not None and not own else "", found, changes, missing)


def _in_words(desk: Any, change: dict[str, Any]) -> dict[str, Any]:
    """A change with both values as a form shows them."""
    form = desk.forms.get(change["form"])
    if form is None or change["field"] not in form:
        return change
    kind = form.field(change["field"]).type
    said = {side: kind.show(kind.from_json(change[side]), desk.names) for side in ("old", "new")}
    return {**change, **said}


class ClosingPage(QWidget):
    """One button closes or opens the period of the top bar; both lists are walked by keyboard."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame, self.period = frame, frame.period
        self.shown: Shown | None = None
        self.state = MarkedText("going", "")
        self.hint = Text("", ink="ink2", wrap=True)
        self.act = KeyButton("关账", icon="lock", key="round_close", kind="main", name="close_period")
        self.act.clicked.connect(self.turn)
        top = QWidget()
        row(top, [self.state, None, self.act], gap=12, margins=(16, 12, 16, 0))
        words = QWidget()
        row(words, [self.hint], margins=(16, 2, 16, 10))
        self.changes = TableView(RowsModel(CHANGES), by_rows=True, numbered=False, name="changes", label="关账后变动")
        self.none = Empty(
            "clipboard-check",
            "没有关账后变动",
            "关账以后合并进来的填报、调度和指标，会列在这里，报表上仍是关账时的数。",
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.none)
        self.middle.addWidget(self.changes)
        self.table = TableView(RowsModel(CLOSINGS), by_rows=True, numbered=False, name="closings", label="关过账的期")
        for table in (self.changes, self.table):
            commands_only(table)
        heads = []
        for title in ("关账后变动", "关过账的期"):
            host = QWidget()
            head = PaneHead(title)
            self.note = head.note
            row(host, [head], margins=(16, 8, 16, 4))
            heads.append(host)
        down = column(self, [top, words, heads[0], self.middle, heads[1], self.table], gap=0)
        down.setStretch(3, 3)
        down.setStretch(5, 2)
        self.changes.opened.connect(self._open)

    def panes(self) -> list[QWidget]:
        return [self.changes if self.middle.currentIndex() else self.table, self.table]

    def load(self, period: str) -> None:
        self.period = period
        self.frame.ask(lambda desk: described(desk, period), self._show)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        may = self.frame.may("review")
        if shown.own:
            self.state.set_state("done", f"{shown.label}已关账")
            self.hint.setText("进展、指标、调度、回收量不能再填写。重新开账要写明原因，并记入日志。")
            self.act.set_words("重新开账…")
        elif shown.over:
            self.state.set_state("done", f"{shown.label}在已关账的{shown.over}之内")
            self.hint.setText(f"要改这一期，请先开{shown.over}的账。")
        else:
            left = f"还有 {shown.missing} 个单位没有交齐。" if shown.missing else "应报单位已交齐。"
            self.state.set_state("going", f"{shown.label}没有关账")
            self.hint.setText(
                f"{left}关账后，这一期的进展、指标、调度、回收量不再填写；以后合并进来的会列为关账后变动。"
            )
            self.act.set_words(f"{shown.label}关账")
        self.act.setEnabled(may and not shown.over)
        self.act.setToolTip("" if may else "关账、开账由有审核角色的账号办理")
        if not may:
            self.hint.setText(f"{self.hint.text()}关账、开账由有审核角色的账号办理。")
        today = self.frame.person.today
        self.note.setText("" if shown.closings else "还没有关过账")
        self.table.model().set_rows([
            Row(each.period, (
                Cell(each.label), Cell("已关账" if each.closed else "已开账", mark="done" if each.closed else "going"),
                Cell(each.who), Cell(when_words(each.when, today), tip=each.when), Cell(each.why or "—", tip=each.why),
            ))
            for each in shown.closings
        ])  # fmt: skip
        self.changes.model().set_rows([
            Row(f"{place}|{each['form']}|{each['record']}" if "record" in each else str(place), (
                Cell(str(each["label"]), tip=str(each["label"])), _said(each["old"]), _said(each["new"]),
                Cell(str(each["who"])), Cell(when_words(str(each["when"]), today), tip=str(each["when"])),
            ))
            for place, each in enumerate(shown.changes)
        ])  # fmt: skip
        self.middle.setCurrentIndex(1 if shown.changes else 0)
        self.say()

    def _open(self, key: str) -> None:
        _, _, rest = key.partition("|")
        form, _, record = rest.partition("|")
        if record:
            self.frame.open_record(form, record)

    def say(self) -> None:
        if self.shown is not None:
            notes = [Note("关账后变动", str(len(self.shown.changes)), "处")]
            self.frame.status(self, notes, [keys.phrase("round_close"), keys.phrase("next_pane")])

    def turn(self) -> None:
        """Close the period, or ask for the reason and open it."""
        shown, period = self.shown, self.period
        if shown is None or not self.act.isEnabled():
            return
        if shown.own:
            words = "开账后可以更改这一期的填报，已报送的内容不会变。原因记入日志。"
            why = ask_text(f"重新打开{shown.label}？", words, "开账原因", verb="开账", parent=self)
            if why:
                self.frame.ask(lambda desk: reopen(desk, period, why), self._turned, self._failed)
            return
        left = f"还有 {shown.missing} 个单位没有交齐。" if shown.missing else ""
        if ask(
            f"{shown.label}关账？", f"{left}关账后这一期不再填写，可由审核人写明原因后开账。", verb="关账", parent=self
        ):
            self.frame.ask(lambda desk: close(desk, period), self._turned, self._failed)

    def _turned(self, closing: Closing) -> None:
        self.frame.say(f"{closing.label}{'已关账' if closing.closed else '已重新开账'}")

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))


def _said(value: object) -> Cell:
    text = "有" if value is True else "无" if value is False else str(value or "—")
    return Cell(text, tip=text)
