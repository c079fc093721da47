"""The ledger page: tree, list and detail of one item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.actions.ledger import Branch, Ledger, LedgerItem, Report, ledger, reports
from desktop.actions.progress_late import late_proposals
from desktop.actions.progress_timeline import TimeEvent, timeline

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import column
from ...kit.tree import Node, TreeList
from .deeds import LedgerDeeds
from .detail import TaskDetail, near_words
from .months import WORDS, mark_of

COLUMNS = (
    Column("number", "序号", width=48, ink="ink"),
    Column("title", "重点任务", width=186, ink="ink"),
    Column("lead", "牵头单位", width=96),
    Column("due", "节点", width=78),
    Column("state", "状态", width=82),
)
WIDER = tuple(replace(column, width={"title": 240, "lead": 170}.get(column.name, column.width)) for column in COLUMNS)
WIDE = 1600  # px of the page from which the panes take their wide sizes
LEAST = 430  # px of the detail; with less (largest text) the tree makes room


class LedgerPage(LedgerDeeds, QWidget):
    """`edit(assignment id)` and `report(id or "", texts to begin with)` ask for a form."""

    edit = Signal(str, dict)
    report = Signal(str, dict)
    opened = Signal(str, str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.ledger: Ledger | None = None
        self.item, self._month, self._wide = "", "", False
        self.find = LineField("filter", "筛选这张表", left_icon="funnel", placeholder="筛选这张表")
        self.find.box.right_hint = keys.hint("filter")
        self.find.setFixedWidth(look.theme().control(176))
        self.find.box.refit()
        self.find.changed.connect(lambda _: self._fill())
        self.print_ = KeyButton("打印台账", icon="printer", name="print")
        self.print_.clicked.connect(self.print_ledger)
        self.send = KeyButton("分发填报", icon="file-spreadsheet", name="send_out")
        self.send.clicked.connect(self.send_out)
        self.many = KeyButton("批量修改", icon="list-checks", key="ledger_many", name="many")
        self.many.clicked.connect(self.change_many)
        self.many.setVisible(frame.may("enter"))
        self.duties = KeyButton("责任清单", icon="printer", name="unit_duties")
        self.duties.clicked.connect(self.print_duties)
        self.duties.hide()
        self.late: dict[str, tuple[str, ...]] = {}
        self.head = ScreenHead("任务台账", "", [self.find, self.many, self.send, self.duties, self.print_])
        self.tree = TreeList(label="分类", name="branches")
        self.tree.picked.connect(lambda _: self._fill())
        self.table = TableView(
            RowsModel(COLUMNS), by_rows=True, numbered=False, column_lines=False, name="tasks", label="任务台账"
        )
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.ask_edit())
        self.detail = TaskDetail(frame)
        self.detail.edit.connect(self.ask_edit)
        self.detail.report.connect(self.ask_report)
        self.detail.opened.connect(self.opened)
        self.detail.carry.connect(self.carry)
        self.detail.summary.connect(self.summary)
        self.detail.late.connect(lambda month: self.ask_report(month, {"state": "late"}))
        self.right = QStackedWidget()
        self.right.addWidget(Empty("list-checks", "没有选中的任务", "在左边选一项，这里显示原文、分工和每月进展。"))
        self.right.addWidget(self.detail)
        self.parts = QSplitter()
        self.parts.setHandleWidth(1)
        self.parts.setChildrenCollapsible(False)
        for pane in (self.tree, self.table, self.right):
            self.parts.addWidget(pane)
        column(self, [self.head, self.parts], gap=0).setStretch(1, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(40)
        self._wait.timeout.connect(self._ask_reports)
        keys.bind(self, "ledger_report", lambda: self.ask_report(self.detail.strip.here), pane=True)
        keys.bind(self, "ledger_carry", lambda: self.carry(self.detail.strip.here), pane=True)
        keys.bind(self, "ledger_summary", lambda: self.summary(self.detail.strip.here), pane=True)
        keys.bind(self, "ledger_line", self.detail.switch, pane=True)
        keys.bind(self, "ledger_many", self.change_many, pane=True)
        keys.bind(self, "filter", self.find.setFocus, pane=True)
        keys.bind(self, "print", self.print_ledger, pane=True)
        keys.bind(self, "export", self.send_out, pane=True)
        frame.bridge.changed.connect(self.load)
        frame.period_changed.connect(lambda _: self.load())
        self.load()

    def panes(self) -> list[QWidget]:
        return [self.tree, self.table, self.detail.strip]

    def entered(self) -> None:
        if not self.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
        self._status()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        theme, wide = look.theme(), self.width() >= WIDE
        tree, table = (theme.control(240), theme.control(640)) if wide else (theme.control(204), theme.control(500))
        fits = self.width() - tree - table >= LEAST
        self.tree.setVisible(fits)
        tree = tree if fits else 0
        self.parts.setSizes([tree, table, max(200, self.width() - tree - table)])
        if wide != self._wide:
            self._wide = wide
            self.table.model().set_columns(WIDER if wide else COLUMNS)
            self._fill()

    # Data.
    def load(self) -> None:
        period = self.frame.period

        def work(desk: Any) -> tuple[Ledger, dict[str, tuple[str, ...]]]:
            return ledger(desk, period), {each.item: each.reasons for each in late_proposals(desk, period)}

        self.frame.ask(work, self._show)

    def _show(self, answer: tuple[Ledger, dict[str, tuple[str, ...]]]) -> None:
        found, self.late = answer
        self.ledger = found
        self.tree.set_nodes(self._nodes(found))
        if not self.tree.key():
            self.tree.select_key("all")
        month = int(found.months[-1][5:7])
        self.head.set_facts(f"{found.applicable} 项适用，{month}月已填 {found.filled} 项")
        self._month = self._month if self._month in found.months else found.months[-1]
        self._fill()

    def _nodes(self, found: Ledger) -> list[Node]:
        def node(branch: Branch, opened: bool = False) -> Node:
            below = tuple(node(each) for each in branch.children)
            note = "市级事权" if branch.quiet else ""
            return Node(branch.key, branch.text, None if note else branch.count, below, open=opened, note=note)

        parts = [node(each, place == 1) for place, each in enumerate(found.parts)]
        units = [node(each) for each in found.units]
        made = [Node("all", "全部任务", len(found.items)), *parts]
        for head, branches in (("按状态", found.stands), ("按时限", found.dues)):
            made += [Node("", head, head=True), *(node(each) for each in branches)]
        return [*made, Node("", "按单位", head=True), *units]

    def _fill(self) -> None:
        if self.ledger is None:
            return
        branch = self.tree.key()
        typed = (self.find.value() or "").strip().lower()
        items = self.ledger.under("" if branch in ("", "all") else branch)
        items = [item for item in items if not typed or _matches(item, typed)]
        rows: list[Row] = []
        group = ""
        unit = self.unit()
        self.duties.setVisible(bool(unit))
        for item in items:
            head = item.role(unit) if unit else item.group
            if head != group and not branch.startswith("due:"):
                group = head
                count = f"　{sum(each.role(unit) == head for each in items)} 项" if unit else ""
                rows.append(Row(f"group:{group}:{len(rows)}", (Cell(f"{group}{count}"),), kind="span"))
            rows.append(_row(item, self.frame.person.today[:4], self._wide))
        if not rows:
            rows = [Row("", (Cell("没有符合条件的任务。清空筛选，或在左边换一类。"),), kind="span")]
        held = self.item if any(row_.key == self.item for row_ in rows) else next((i.key for i in items), "")
        self.table.model().set_rows(rows)
        if held:
            self.table.select_key(held)
        self._choose(held)

    def current(self) -> LedgerItem | None:
        return next((item for item in self.ledger.items if item.key == self.item), None) if self.ledger else None

    def _choose(self, key: str) -> None:
        if key.startswith("group:"):
            self._skip_head()
            return
        self.item = key
        if self.current() is None:
            self.right.setCurrentIndex(0)
        else:
            self._wait.start()
        self._status()

    def _skip_head(self) -> None:
        """A head cannot be chosen: go on in the direction the clerk was going."""
        model, place = self.table.model(), self.table.currentIndex().row()
        before = model.place_of(self.item)
        step = -1 if before > place and place > 0 else 1
        if 0 <= place + step < model.rowCount():
            self.table.setCurrentIndex(model.index(place + step, 0))

    def _ask_reports(self) -> None:
        key = self.item
        if key:
            work = lambda desk: (reports(desk, key), timeline(desk, key))  # noqa: E731
            self.frame.ask(work, lambda told: self._detail(key, *told))

    def _detail(self, key: str, found: list[Report], events: list[TimeEvent]) -> None:
        item = self.current()
        if item is None or item.key != key or self.ledger is None:
            return
        told = [each.period for each in found if each.period <= self.ledger.months[-1]]
        here = max(told) if told else self.ledger.months[-1]
        self.detail.show_item(item, self.ledger.months, found, here, events, self.late.get(key, ()))
        self.right.setCurrentIndex(1)

    def _status(self) -> None:
        rows = sum(row_.kind == "data" for row_ in map(self.table.model().row_at, range(self.table.model().rowCount())))
        notes = [Note("显示", str(rows), "项"), Note("选中", str(len(self.picked())), "项")]
        if self.late:
            notes.append(Note("建议填滞后", str(len(self.late)), "项"))
        shown = [keys.phrase("pane1", "分类"), keys.phrase("pane2", "列表"), keys.phrase("pane3", "详情")]
        self.frame.status(self, notes, [*shown, keys.phrase("ledger_edit")])


def _matches(item: LedgerItem, typed: str) -> bool:
    words = " ".join((item.number, item.title, item.text, *item.lead, item.lead_short, *item.values.values())).lower()
    return all(word in words for word in typed.split())


def _row(item: LedgerItem, year: str, wide: bool) -> Row:
    day = f"{int(item.due[5:7])}月{int(item.due[8:10])}日" if item.due else ""
    if item.due and item.due[:4] != year:
        day = f"{item.due[:4]}年"
    tone = "red" if item.overdue else ("amber" if item.near else "")
    state = Cell("不适用", mark="na") if not item.applicable else Cell(WORDS[item.state], mark=mark_of(item.state))
    if item.city_only and item.applicable and not item.state:
        state = Cell("市级事权", mark="na")
    if item.retired:
        state = Cell("已取消", mark="na")
    if item.applicable and item.state in ("late", "done"):
        state = Cell(state.text, mark=state.mark, tone="red" if item.state == "late" else "green")
    tip = f"{item.due}　{near_words(item.days)}" if item.due else ""
    due = Cell(day if item.applicable else "", tone=tone, tip=tip)
    first, *others = item.lead_short.split("、")
    lead = "、".join(item.lead) if wide else (f"{first}等" if others else first)
    cells = (Cell(item.number), Cell(item.name), Cell(lead, tip="、".join(item.lead)), due, state)
    return Row(item.key, cells, quiet=not item.applicable or item.retired)
