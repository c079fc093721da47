"""疑似重复: pairs that look alike, side by side; what to take from which; merging, and what was merged before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.duplicates import Pair, duplicates, not_duplicates
from desktop.actions.merging import Compared, Gone, Joined, compare, merge_records, merged_records, separate
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask_text
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import Rule, Text, column, row
from ...wording import when_words
from .sides import SidesTable

PAIRS = (
    Column("left", "先登记的", width=210, ink="ink"),
    Column("right", "后登记的", width=210, ink="ink"),
    Column("why", "像在哪里", width=180),
)
GONE = (
    Column("label", "原来的名称", width=240, ink="ink"),
    Column("into", "并入", width=240, ink="ink"),
    Column("who", "谁合并", width=90),
    Column("when", "时间", width=120),
    Column("why", "原因", width=200),
)
PAIR, MERGED = "pairs", "merged"


class DuplicatesPage(QWidget):
    """`wanted(id)` asks for a record, `closed` for the list."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, frame: Frame, form: str) -> None:
        super().__init__()
        self.frame, self.form = frame, frame.forms[form]
        self.pairs: dict[str, Pair] = {}
        self.gone: dict[str, Gone] = {}
        self.compared: Compared | None = None
        may = frame.may("enter")
        self.swap = KeyButton("对调", icon="arrow-left-right", name="swap")
        self.apart = KeyButton("不是重复", name="apart")
        self.split = KeyButton("分开…", icon="rotate-ccw", name="split")
        self.merge = KeyButton("合并…", icon="git-compare-arrows", kind="main", name="merge")
        actions = [self.swap, self.apart, self.split, self.merge]
        self.head = ScreenHead(f"疑似重复的{self.form.noun}", "", actions, back=True, rule=False)
        self.tabs = TabRow([Tab(PAIR, "疑似重复"), Tab(MERGED, "已合并")], here=PAIR)
        self.list = TableView(RowsModel(PAIRS), by_rows=True, name="duplicates", label="疑似重复")
        self.old = TableView(RowsModel(GONE), by_rows=True, name="merged", label="已合并")
        self.sides = SidesTable()
        self.note = Text("", size=12, ink="ink2", wrap=True)
        side = QWidget()
        down = column(side, [], gap=0)
        down.addWidget(self.sides, 1)
        down.addWidget(Rule("line2"))
        down.addLayout(row(None, [self.note], margins=(16, 8, 16, 8)))
        both = QWidget()
        across = row(both, [self.list, Rule(upright=True), side], gap=0)
        across.setStretch(0, 5)
        across.setStretch(2, 6)
        self.none = Empty("copy", f"没有疑似重复的{self.form.noun}", "名称相近、代码或地址相同的会列在这里，由人来定。")
        self.stack = QStackedWidget()
        for widget in (both, self.old, self.none):
            self.stack.addWidget(widget)
        column(self, [self.head, self.tabs], gap=0).addWidget(self.stack, 1)
        for button in (self.swap, self.apart, self.merge, self.split):
            button.setVisible(may)
        self._may = may
        self._bind()

    def _bind(self) -> None:
        self.head.went_back.connect(self.closed)
        self.tabs.picked.connect(self._tab)
        self.list.chosen.connect(self._compare)
        self.list.opened.connect(lambda _: self.sides.setFocus())
        self.old.opened.connect(lambda key: self.wanted.emit(self.gone[key].into) if key in self.gone else None)
        self.sides.taken.connect(self._said)
        self.swap.clicked.connect(self._swap)
        self.apart.clicked.connect(self._apart)
        self.merge.clicked.connect(self._merge)
        self.split.clicked.connect(self._split)
        keys.bind(self, "back", self.closed.emit)
        keys.bind(self, "write", self._merge)
        self.frame.bridge.changed.connect(lambda: self.reload() if self.isVisible() else None)

    def panes(self) -> list[QWidget]:
        if self.stack.currentIndex() == 0:
            return [self.tabs, self.list, self.sides]
        return [self.tabs, self.stack.currentWidget()]

    def entered(self) -> None:
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        name = self.form.name
        self.frame.ask(lambda desk: (duplicates(desk, name), merged_records(desk, name)), self._show)

    def _show(self, found: tuple[list[Pair], list[Gone]]) -> None:
        pairs, gone = found
        here = self.list.current_row().key if self.list.current_row() else ""
        self.pairs = {f"{pair.left} {pair.right}": pair for pair in pairs}
        self.gone = {each.id: each for each in gone}
        today = self.frame.person.today
        self.list.model().set_rows([
            Row(key, (Cell(pair.left_label, tip=pair.left_label), Cell(pair.right_label, tip=pair.right_label),
                      Cell(pair.why, tip=pair.why, mark="late" if pair.strong else "soon")))
            for key, pair in self.pairs.items()
        ])  # fmt: skip
        self.old.model().set_rows([
            Row(each.id, (Cell(each.label), Cell(each.into_label), Cell(each.who), Cell(when_words(each.when, today)),
                          Cell(each.why, tip=each.why)))
            for each in gone
        ])  # fmt: skip
        tabs = [Tab(PAIR, "疑似重复", len(pairs)), Tab(MERGED, "已合并", len(gone))]
        here_tab = self.tabs.here
        self.tabs.set_tabs(tabs)
        self._tab(here_tab)
        if self.stack.currentIndex() == 2:  # the list that had the focus is gone
            self.tabs.setFocus()
        if self.pairs:
            key = here if here in self.pairs else next(iter(self.pairs))
            self.list.select_key(key)
            self._compare(key)
        if self.gone:
            self.old.select_key(next(iter(self.gone)))

    def _tab(self, name: str) -> None:
        self.tabs.set_here(name)
        looking = name == PAIR
        self.stack.setCurrentIndex((0 if self.pairs else 2) if looking else (1 if self.gone else 2))
        for button, shown in ((self.swap, looking), (self.apart, looking), (self.merge, looking),
                              (self.split, not looking)):  # fmt: skip
            button.setVisible(self._may and shown)
            button.setEnabled(bool(self.pairs if looking else self.gone))
        self.frame.status(
            self, [f"{len(self.pairs)} 对疑似重复，{len(self.gone)} 条已合并"],
            ["1 取左边", "2 取右边", keys.phrase("write", "合并"), keys.phrase("next_pane"), keys.phrase("back")],
        )  # fmt: skip

    def _compare(self, key: str) -> None:
        pair = self.pairs.get(key)
        if pair is not None:
            self._ask(pair.right, pair.left)

    def _ask(self, gone: str, stays: str) -> None:
        name = self.form.name
        self.frame.ask(lambda desk: compare(desk, name, stays, gone), self._compared, lambda error: self.reload())

    def _compared(self, held: Compared) -> None:
        self.compared = held
        self.sides.show_sides(held)
        self._said()

    def _said(self) -> None:
        held = self.compared
        if held is None:
            return
        taken = len(self.sides.take())
        rows = "；".join(
            f"{title} {right} 条转到左边（左边已有 {left} 条）" for title, left, right in held.counts if right
        )
        moved = f"{rows}。" if rows else ""
        self.note.setText(f"保留左边“{held.left_label}”，右边并入，取右边 {taken} 项。{moved}可以撤销，历史都留着。")

    def _swap(self) -> None:
        if self.compared is not None:
            self._ask(self.compared.left, self.compared.right)

    def _apart(self) -> None:
        held, name = self.compared, self.form.name
        if held is None or not self.pairs:
            return

        def done(_: Any) -> None:
            self.frame.say("已登记为不是重复，不再提示")
            self.reload()

        self.frame.ask(lambda desk: not_duplicates(desk, name, held.left, held.right), done, self._failed)

    def _merge(self) -> None:
        held, name = self.compared, self.form.name
        if held is None or not self.pairs or not self._may or self.tabs.here != PAIR:
            return
        why = ask_text(
            f"把“{held.right_label}”并入“{held.left_label}”？", "引用它的记录从此指向保留的一条。可以撤销。", "原因",
            verb="合并", parent=self.window(),
        )  # fmt: skip
        if why is None:
            return
        take = self.sides.take()

        def done(joined: Joined) -> None:
            more = f"；{len(joined.rows)} 处两条都有，保留了左边的数" if joined.rows else ""
            self.frame.say(f"已并入“{held.left_label}”{more}", verb="撤销", key="undo", slot=self.frame.undo)
            self.reload()
            self.list.setFocus()

        self.frame.ask(lambda desk: merge_records(desk, name, held.right, held.left, why, take), done, self._failed)

    def _split(self) -> None:
        here = self.old.current_row()
        if here is None or here.key not in self.gone or not self._may:
            return
        one, name = self.gone[here.key], self.form.name
        why = ask_text(f"把“{one.label}”分开？", "它重新成为单独的一条。", "原因", verb="分开", parent=self.window())
        if why is not None:
            self.frame.ask(lambda desk: separate(desk, name, one.id, why), lambda _: self.reload(), self._failed)

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))
