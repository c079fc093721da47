"""The place 报送: list by period, state line, checks and the next step, the pages at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from desktop.actions.submissions import Submission, again, preview_pdf, submissions

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import PaneHead, ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.stations import StateLine
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, ground, row
from ...kit.tree import Node, TreeList
from .changes import Changes
from .handing import Handing
from .making import NewSubmission
from .many import SignMany
from .paper import PaperView
from .steps import Steps
from .wording import MARKS, STATES, Seen, Summary, seen, stations, summaries

WIDE = 1600


class SubmissionsPlace(QWidget):
    """Ctrl+N a new one, F5 checks again, Ctrl+Enter the next step, PgUp and PgDn turn the pages."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.one: Submission | None = None
        self.issued: list[Summary] = []
        self._wish = ""
        may = frame.may("enter")
        self.check = KeyButton("核对签名", icon="shield-check", name="verify")
        self.check.clicked.connect(lambda: frame.go("verify"))
        self.many = KeyButton("一起签名…", icon="signature", name="sign_many")
        self.many.clicked.connect(self.sign_many)
        self.many.hide()
        self.head = ScreenHead("报送", "", [self.check, self.many, self._new(may)])
        self.list = TreeList(label="报送", name="submissions", high=30, indent=16)
        self.list.picked.connect(self._pick)
        self.line = StateLine()
        above = ground(QWidget(), "panel")
        column(above, [self.line], margins=(20, 14, 20, 12))
        self.verdict = PaneHead("报送前检查", "", [Text(keys.phrase("check"), size=12, ink="ink3")])
        self.table = TableView(
            RowsModel([Column("words", "检查", width=380, ink="ink")]), by_rows=True, pad=4,
            numbered=False, column_lines=False, name="checks", label="报送前检查",
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self._jump)
        self.changes = Changes(frame)
        self.steps = Steps(frame)
        self.steps.moved.connect(self._moved)
        self.steps.again.connect(self.prepare_again)
        self.handing = Handing(frame)
        self.handing.moved.connect(self._moved)
        self.packed = Text("", size=12, ink="ink3", wrap=True)
        inside = ground(QWidget(), "panel")
        parts = [self.verdict, self.table, self.changes, 4, self.steps, self.handing, self.packed, None]
        column(inside, parts, gap=8, margins=(20, 12, 20, 16))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(area.focusPolicy().NoFocus)
        area.setWidget(inside)
        self.paper = PaperView()
        lower = QWidget()
        row(lower, [area, Rule(upright=True), self.paper], gap=0).setStretch(0, 1)
        self.detail = QWidget()
        column(self.detail, [above, Rule(), lower], gap=0).setStretch(2, 1)
        self.right = QStackedWidget()
        hint = "生成草稿，由另一个人审核、签发、签名后送市级。"
        self.right.addWidget(Empty("send", "还没有报送", hint, [self._new(may)]))
        self.right.addWidget(self.detail)
        self.body = QWidget()
        row(self.body, [self.list, Rule(upright=True), self.right], gap=0).setStretch(2, 1)
        column(self, [self.head, self.body], gap=0).setStretch(1, 1)
        keys.bind(self, "new", self.make_new, pane=True)
        keys.bind(self, "check", self.load, pane=True)
        keys.bind(self, "sign", self.go, pane=True)
        keys.bind(self, "previous_page", lambda: self.paper.turn(-1), pane=True)
        keys.bind(self, "next_page", lambda: self.paper.turn(1), pane=True)
        frame.bridge.changed.connect(self.load)
        self.load()

    def _new(self, may: bool) -> KeyButton:
        made = KeyButton("新建报送", icon="plus", key="new", kind="main", name="new")
        made.clicked.connect(self.make_new)
        made.setVisible(may)
        return made

    def panes(self) -> list[QWidget]:
        return [self.list, self.table, self.paper]

    def entered(self) -> None:
        self.list.setFocus()
        self._status()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        listed, paper = (look.theme().control(width) for width in ((260, 620) if wide else (218, 420)))
        self.list.setFixedWidth(listed)
        self.paper.setFixedWidth(min(paper, (self.width() - listed) * 45 // 100))  # the steps need their room too

    def _status(self) -> None:
        words = "电子签名只证明数据由本单位报送，不代替公章"
        page = f"{keys.hint('previous_page')} {keys.hint('next_page')} 翻页"
        self.frame.status(self, [Note(words)], [keys.phrase("next_pane"), page, keys.phrase("sign", "下一步")])

    # Data.
    def load(self) -> None:
        self.frame.ask(lambda desk: summaries(desk, submissions(desk)), self._show)

    def _show(self, lines: list[Summary]) -> None:
        nodes: list[Node] = []
        for line in lines:
            if all(node.key != f"period:{line.period}" for node in nodes):
                nodes.append(Node(f"period:{line.period}", line.period_words, head=True))
            nodes.append(Node(line.id, line.name, note=STATES[line.state], mark=MARKS[line.state]))
        held = self._wish or self.list.key()
        self.list.set_nodes(nodes)
        self._wish = ""
        now = [line for line in lines if line.period == self.frame.period]
        facts = [f"共 {len(lines)} 份", f"本期 {len(now)} 份"]
        for state in ("prepared", "reviewed", "issued", "returned"):
            count = sum(line.state == state for line in lines)
            facts += [f"{STATES[state]} {count} 份"] if count else []
        self.head.set_facts("，".join(facts) if lines else "")
        self.frame.count("submissions", sum(line.state in ("prepared", "reviewed", "issued") for line in lines))
        self.issued = [line for line in lines if line.state == "issued"]
        self.many.setVisible(len(self.issued) > 1 and self.frame.may("issue"))
        self.right.setCurrentIndex(1 if lines else 0)
        if lines and not self.list.select_key(held):
            self.list.select_key(lines[0].id)
        if lines:
            self._pick(self.list.key())

    def _pick(self, identity: str) -> None:
        if identity and not identity.startswith("period:"):
            self.frame.ask(lambda desk: seen(desk, identity), self._detail)

    def _detail(self, found: Seen) -> None:
        one, lines = found.one, found.checks
        if one.id != self.list.key():
            return
        fresh = self.one is None or (self.one.id, self.one.state) != (one.id, one.state)
        self.one = one
        self.line.set_stations(stations(found, self.frame.person.today))
        blocked = sum(line.mark == "error" for line in lines)
        self.verdict.note.setText(f"{blocked} 处必须先改正" if blocked else "可以报送")
        self.verdict.note.set_ink("red" if blocked else "green")
        self.table.model().set_rows([
            Row(f"{n}|{line.form}|{line.record}", (Cell(line.said, mark=line.mark, tip=line.whole),))
            for n, line in enumerate(lines)
        ])  # fmt: skip
        high = look.theme().control(28)
        self.table.setFixedHeight(min(len(lines), 8) * high + 2)
        self.changes.show_submission(one)
        self.steps.show_submission(one)
        self.handing.show_seen(found)
        data, book = len(one.data) / 1024, len(one.workbook or b"") / 1024
        self.packed.setText(
            f"随 PDF 收入：数据文件 {data:.0f} KB，工作簿 {book:.0f} KB，"
            f"数据校验码 {one.data_digest[:4]}…{one.data_digest[-4:]}"
        )
        if fresh:
            self.frame.ask(lambda desk: preview_pdf(desk, one.id), lambda pdf: self._pages(one.id, pdf))
        self._status()

    def _pages(self, identity: str, pdf: bytes) -> None:
        if identity == self.list.key():
            self.paper.show_pdf(pdf)

    # Going on.
    def go(self) -> None:
        """The next step: review, issue and sign, or what comes after."""
        (self.steps if self.steps.main.isVisible() else self.handing).go()

    def make_new(self) -> None:
        if self.frame.may("enter"):
            NewSubmission(self.frame, lambda made: self._moved(made.id), self).open()

    def sign_many(self) -> None:
        if self.issued:
            SignMany(self.frame, self.issued, self.load, self).open()

    def prepare_again(self) -> None:
        one = self.one
        if one is not None:
            self.frame.ask(
                lambda desk: again(desk, one.id),
                lambda made: self._moved(made.id), lambda error: self.frame.fail(str(error)), "正在生成",
            )  # fmt: skip

    def _moved(self, identity: str) -> None:
        self._wish = identity
        self.load()

    def _jump(self, key: str) -> None:
        _, form, record = key.split("|")
        if record and not self.frame.open_record(form, record):
            self.frame.fail("这种记录没有自己的页面，请在它所属的记录里改")
        elif form and not record:
            self.frame.show_list(form, {})

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return [("new", self.make_new)]
