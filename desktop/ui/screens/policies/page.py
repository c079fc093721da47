"""政策测算: the policies and what they set, the facts of one, and what it gives with its reasons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import policies
from desktop.actions.policies import PolicyLine
from desktop.actions.records import get
from desktop.model.errors import DeskError, Refused
from desktop.model.policies import Result, Rule

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.head import ScreenHead
from ...kit.text import Rule as Edge
from ...kit.text import Text, column, row
from ...kit.tree import Node, TreeList
from .deeds import PolicyDeeds
from .facts import FactsForm
from .picking import forms_for
from .result import ResultPane
from .terms import Terms

QUIET = 120  # ms of quiet after typing before it is computed anew
WIDE = 1500
NOTES = {"replaced": "已被替代", "expired": "到期"}


class PolicyPage(PolicyDeeds, QWidget):
    """`show_policy(key, form, record)` chooses a policy and fills its facts from a record."""

    listed = Signal(str)  # the list of a form is asked for: policy, lpr
    edited = Signal(str)  # a policy's record is asked for

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.lines: dict[str, PolicyLine] = {}
        self.rule: Rule | None = None
        self.key, self.source = "", ("", "")
        self.result: Result | None = None
        self._wish: tuple[str, str, str] | None = None
        self._asked, self._signature = 0, ()
        may = frame.may("enter")
        self.take = KeyButton("从记录取数…", icon="layout-list", name="take")
        self.who = KeyButton("适用的记录", icon="list-filter", name="who")
        self.copy = KeyButton("复制算式", icon="copy", name="copy")
        self.record_ = KeyButton("政策清单", icon="book-open", name="policies_list")
        self.rates = KeyButton("LPR", icon="chart-line", name="lpr_list", tip="贷款市场报价利率")
        self.head = ScreenHead("政策测算", "", [self.rates, self.record_, self.who, self.take, self.copy])
        self.list = TreeList(label="政策", name="policies", high=30, indent=12)
        self.terms = Terms(frame)
        self.stack = QStackedWidget()
        self.pane = ResultPane(may)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(lambda: self.compute(False))
        self._build()
        self._bind()

    def _build(self) -> None:
        middle = QWidget()
        down = column(middle, [], gap=0)
        down.addWidget(self.terms)
        down.addWidget(Edge("line"))
        down.addWidget(self.stack, 1)
        self.middle = middle
        across = row(None, [self.list, Edge(upright=True), middle, Edge(upright=True), self.pane], gap=0)
        across.setStretch(4, 1)
        column(self, [self.head], gap=0).addLayout(across, 1)
        self._widths()

    def _widths(self) -> None:
        wide = self.width() >= look.theme().control(WIDE)
        self.list.setFixedWidth(look.theme().control(280 if wide else 244))
        self.middle.setFixedWidth(look.theme().control(560 if wide else 446))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()

    def _bind(self) -> None:
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _: self._into_facts())
        self.take.clicked.connect(self.pick_record)
        self.who.clicked.connect(self.show_qualified)
        self.copy.clicked.connect(self.copy_arithmetic)
        self.record_.clicked.connect(lambda: self.listed.emit("policy"))
        self.rates.clicked.connect(lambda: self.listed.emit("lpr"))
        self.terms.changed.connect(self._timer.start)
        self.pane.claim_asked.connect(self.make_claim)
        self.frame.bridge.changed.connect(self._changed)
        keys.bind(self, "make_claim", self.make_claim)
        keys.bind(self, "check", self.compute)
        for pane in (self.list, self.pane):
            keys.bind(pane, "copy_arithmetic", self.copy_arithmetic, pane=True)

    def panes(self) -> list[QWidget]:
        form = self.form()
        first = form.first() if form is not None else None
        target = first.table if hasattr(first, "table") else first
        return [self.list, target if target is not None else self.terms.on, self.pane]

    def form(self) -> FactsForm | None:
        held = self.stack.currentWidget()
        return held if isinstance(held, FactsForm) else None

    def _into_facts(self) -> None:
        self.panes()[1].setFocus()

    # The list.
    def entered(self) -> None:
        self.load()

    def _changed(self) -> None:
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Ask for the policies anew; the one on screen stays and is computed again."""
        self.frame.ask(lambda desk: policies.policies(desk), self._list)

    def _list(self, lines: list[PolicyLine]) -> None:
        self.lines = {line.key: line for line in lines}
        self.list.set_nodes([self._node(line) for line in lines])
        figures = sum(line.kind == "figures" and not line.closed for line in lines)
        self.head.set_facts(f"{len(lines)} 条，可算 {figures} 条")
        wish, self._wish = self._wish, None
        if wish is not None:
            self._choose(*wish)
        elif self.key in self.lines:
            self.compute()
        elif lines:
            first = next((line for line in lines if line.kind == "figures" and not line.closed), lines[0])
            self._choose(first.key)

    def _node(self, line: PolicyLine) -> Node:
        lead = str(line.number) if line.number is not None else "·"
        if line.closed:
            return Node(line.key, line.title, lead=lead, note=NOTES.get(line.status, "到期"))
        note, ink = ("可算", "accent") if line.kind == "figures" else ("条文", "ink3")
        return Node(line.key, line.title, lead=lead, note=note, note_ink=ink)

    def show_policy(self, key: str, form: str = "", record: str = "") -> None:
        """Choose a policy; with a record its facts are filled from it."""
        if key in self.lines:
            self._choose(key, form, record)
        else:
            self._wish = (key, form, record)
            self.load()

    def _choose(self, key: str, form: str = "", record: str = "") -> None:
        self.list.blockSignals(True)
        self.list.select_key(key)
        self.list.blockSignals(False)
        self._picked(key, form, record)

    def _picked(self, key: str, form: str = "", record: str = "") -> None:
        if key not in self.lines or (key == self.key and not record):
            return
        line = self.lines[key]
        self.key, self.source, self.result, self.rule = key, ("", ""), None, None
        self.terms.show_policy(line)
        day = self.terms.day()

        def done(rule: Rule | None) -> None:
            if self.key != key:
                return
            self.rule = rule
            self._facts_of(rule)
            if record:
                self.fill(form, record)
            else:
                self.compute()

        self.frame.ask(lambda desk: policies.rule_of(desk, key, day), done)

    def _facts_of(self, rule: Rule | None) -> None:
        held = self.stack.currentWidget()
        if held is not None:
            self.stack.removeWidget(held)
            held.deleteLater()
        figures = rule is not None and rule.figures
        if rule is not None and figures:
            made = FactsForm(rule)
            made.edited.connect(self._timer.start)
            self.stack.addWidget(made)
        else:
            self.stack.addWidget(self._no_facts())
        self.terms.planned.setVisible(figures)
        self.take.setEnabled(rule is not None and figures and bool(forms_for(rule)))
        self.who.setEnabled(rule is not None and bool(forms_for(rule)))
        self.copy.setEnabled(False)

    def _no_facts(self) -> QWidget:
        host = QWidget()
        words = "条文没有写明金额，不用填内容。责任单位和条文见右侧。"
        down = column(host, [Text(words, ink="ink2", wrap=True)], gap=8, margins=(20, 14, 20, 14))
        if self.lines[self.key].record:
            button = KeyButton("打开政策记录", icon="file-pen")
            button.clicked.connect(lambda: self.edited.emit(self.lines[self.key].record))
            down.addLayout(row(None, [button, None]))
        down.addStretch()
        return host

    # Computing.
    def compute(self, anew: bool = True) -> None:
        """Ask for the result of what is filled in now; not `anew`: only when something changed since."""
        self._timer.stop()
        rule, key, day, form = self.rule, self.key, self.terms.day(), self.form()
        if key not in self.lines:
            return
        if rule is None:
            self._text(key)
            return
        period = self.terms.period_key()
        facts = form.facts() if form is not None else {}
        if form is not None and form.unread:
            self._waiting([Refused("", [])])
            return
        if rule.figures and not facts:
            self.result = None
            self.copy.setEnabled(False)
            self.pane.show_waiting(rule, [])
            self._status()
            return
        (source, record), planned = self.source, self.terms.planned.isChecked()
        signature = (key, str(facts), day, period, self.source, planned)
        if signature == self._signature and not anew and self.result is not None:
            return
        self._signature = signature
        self._asked += 1
        asked = self._asked

        def done(result: Result) -> None:
            if asked == self._asked:
                self._show(result)

        def failed(error: DeskError) -> None:
            if asked == self._asked:
                self._waiting([error])

        self.frame.ask(
            lambda desk: policies.compute(
                desk, key, facts, day, form=source, record=record, period=period, planned=planned
            ), done, failed,
        )  # fmt: skip

    def _show(self, result: Result) -> None:
        self.result = result
        form = self.form()
        if form is not None:
            form.show_result(result)
        self.pane.show_result(result)
        self.copy.setEnabled(True)
        self._status()

    def _waiting(self, errors: list[DeskError]) -> None:
        self.result = None
        self.copy.setEnabled(False)
        form, error = self.form(), errors[0]
        details = error.details if isinstance(error, Refused) else []
        missing = form.show_problems(details) if form is not None else [str(error)]
        if self.rule is not None:
            self.pane.show_waiting(self.rule, missing)
        self._status()

    def _text(self, key: str) -> None:
        line = self.lines[key]

        def done(held: dict[str, Any]) -> None:
            said = [str(held.get("doc_no", "")), "、".join(held.get("units", []))]
            self.pane.show_text(line.title, str(held.get("text", "")), [words for words in said if words])
            self._status()

        self.result = None
        self.frame.ask(lambda desk: get(desk, "policy", line.record), done)

    def _status(self) -> None:
        notes = ["数字改动后即时重算"]
        if self.result is not None:
            notes.append("各项不代表可叠加享受")
        self.frame.status(
            self, notes,
            ["Alt+1 政策", "Alt+2 数据", "Alt+3 结果", keys.phrase("copy_arithmetic"), keys.phrase("make_claim")],
        )  # fmt: skip
