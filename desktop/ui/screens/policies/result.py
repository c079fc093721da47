"""What a policy gives: the one figure, every step, why not, and the clause with the passage underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.model.policies import Result, Rule

from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.detail import Figure
from ...kit.text import MarkedText, Text, column, ground, row
from ...kit.text import Rule as Edge
from ..tasks.official import OfficialText
from . import wording
from .remark import Remark, Tall

MOST_STEPS = 40


class StepRow(QWidget):
    """One step: number, title and amount on a line, below it the formula, then its mark and remark."""

    def __init__(self, place: int, line: wording.Line) -> None:
        super().__init__()
        number = Text(str(place), size=14, ink="ink3")
        number.setFixedWidth(look.width("00", 14) + 6)
        title = Text(line.title, size=14, wrap=True)
        amount = Text(line.amount, size=14)
        head = row(None, [number, title, amount], gap=4)
        head.setStretch(1, 1)
        down = column(self, [head], gap=1, margins=(20, 9, 20, 9))
        indent = number.width() + 4
        if line.formula:
            words = Text(line.formula, ink="ink2", wrap=True, select=True)
            down.addLayout(row(None, [indent, words], gap=0))
        if line.remark:
            down.addLayout(row(None, [indent, Remark(line.mark or "na", line.remark, size=12)], gap=0))
        said = (line.title, line.formula, line.remark, f"{line.amount} 元")
        self.setAccessibleName("，".join(part for part in said if part))


class ResultPane(QWidget):
    """`show_result`, `show_waiting(labels)` while something is missing, `show_text` for a policy without a rule."""

    claim_asked = Signal()

    def __init__(self, may: bool) -> None:
        super().__init__()
        ground(self, "panel")
        self.label = Text("测算金额", ink="ink2")
        self.figure = Figure("", "元", large=True)
        self.words = Text("", ink="ink2", wrap=True)
        self.beside = Text("", size=12, ink="ink2", wrap=True)
        self.claim = KeyButton("生成补贴申报", key="make_claim", kind="main", name="claim")
        self.claim.setVisible(may)
        self._may, self._rule = may, ""
        self.claim.clicked.connect(self.claim_asked)
        left = column(None, [self.label, self.figure, self.words, self.beside], gap=2)
        top = row(None, [left, self.claim], gap=12, margins=(20, 14, 20, 12))
        top.setStretch(0, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("测算结果")
        self.setFocusProxy(self.area)
        down = column(self, [], gap=0)
        down.addLayout(top)
        down.addWidget(Edge())
        down.addWidget(self.area, 1)

    def _body(self) -> QVBoxLayout:
        self._next = Tall()
        return column(self._next, [], gap=0)

    def _place(self) -> None:
        """Put the finished body in; a half-made one would be seen for a moment."""
        host = self._next
        host.resize(self.area.viewport().width(), self.area.viewport().height())
        host.ensurePolished()
        self.area.setWidget(host)
        host.show()
        host.settle()

    def _head(self, head: wording.Headline, claimable: bool) -> None:
        self.label.setText(head.label)
        self.figure.set_value(head.figure, head.unit)
        self.words.setText(head.words)
        self.beside.setText(head.beside)
        self.beside.setVisible(bool(head.beside))
        self.claim.setVisible(self._may and claimable)

    def show_result(self, result: Result) -> None:
        bar, same = self.area.verticalScrollBar(), self._rule == result.rule.name
        held, self._rule = bar.value() if same else 0, result.rule.name
        self._head(wording.headline(result), bool(result.amount or result.up_to))
        down, steps = self._body(), wording.lines(result)
        for place, line in enumerate(steps[:MOST_STEPS], start=1):
            down.addWidget(StepRow(place, line))
            down.addWidget(Edge("line"))
        if len(steps) > MOST_STEPS:
            more = Text(f"还有 {len(steps) - MOST_STEPS} 步，复制算式可看全部", size=12, ink="ink3")
            down.addLayout(row(None, [20, more, None]))
        self._remarks(down, wording.remarks(result))
        self._basis(down, result.rule, result)
        QTimer.singleShot(0, lambda: bar.setValue(held))

    def show_waiting(self, rule: Rule, missing: Sequence[str]) -> None:
        """Nothing computed yet: what is still to be filled in."""
        words = "填齐以下内容后即时测算" if missing else "填写左边的内容后即时测算"
        self._head(wording.Headline("测算金额", "—", "", words), False)
        down = self._body()
        self._remarks(down, [("todo", words) for words in missing])
        self._basis(down, rule, None)

    def show_text(self, title: str, text: str, facts: Sequence[str]) -> None:
        """A policy of the office that no rule computes: its text."""
        self._head(wording.Headline("测算金额", wording.PENDING, "", "这条政策没有测算规则，以条文为准"), False)
        down = self._body()
        self._clause(down, " ".join(facts), ("", ""), [(text, False)], "")

    def _remarks(self, down: QVBoxLayout, said: Sequence[tuple[str, str]]) -> None:
        if not said:
            return
        inner = column(None, [], gap=4, margins=(20, 10, 20, 10))
        for mark, words in said:
            inner.addWidget(Remark(mark, words, ink="amber" if mark == "soon" else "ink2"))
        down.addLayout(inner)
        down.addWidget(Edge("line"))

    def _basis(self, down: QVBoxLayout, rule: Rule, result: Result | None) -> None:
        facts = f"{rule.cites()}（{rule.year} 年）　{'、'.join(rule.units)}"
        pieces = wording.clause_pieces(rule, result)
        self._clause(down, facts, wording.status_words(rule, result), pieces, wording.version_line(rule, result))

    def _clause(
        self, down: QVBoxLayout, facts: str, status: tuple[str, str], pieces: Sequence[tuple[str, bool]], version: str
    ) -> None:
        clause = OfficialText("条文")
        clause.set_pieces(pieces)
        inner = column(None, [], gap=8, margins=(20, 12, 20, 16))
        word = Text("依据", size=14)
        across = row(None, [word, Text(facts, ink="ink2", wrap=True, select=True)], gap=10)
        across.setAlignment(word, Qt.AlignmentFlag.AlignTop)
        across.setStretch(1, 1)
        inner.addLayout(across)
        if status[1]:
            inner.addWidget(MarkedText(status[0], status[1], size=12))
        inner.addWidget(clause)
        if version:
            inner.addWidget(Text(version, size=12, ink="ink3", wrap=True))
        down.addLayout(inner)
        down.addStretch()
        self._place()
