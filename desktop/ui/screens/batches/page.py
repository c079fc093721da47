"""One batch: deadline, the projects in their rank, what each still lacks, and the filing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.batches import Batch, Ranked, batch, file_batch, rank
from desktop.actions.listing import names_of
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.detail import Facts, Pane
from ...kit.dialog import Dialog, ask
from ...kit.head import PaneHead, ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, row

SIDE = 400  # px of the pane at the right
COLUMNS = (
    Column("rank", "次序", kind="number", width=60),
    Column("name", "项目名称", width=240, ink="ink"),
    Column("enterprise", "项目单位", width=170, drop=2),
    Column("stage", "阶段", width=64, drop=3),
    Column("total", "总投资", "万元", kind="number", sums=True),
    Column("fund", "申请资金", "万元", kind="number", sums=True),
    Column("found", "核对", width=190),
)


class BatchPage(QWidget):
    """`closed` asks for the list, `wanted(id)` for a project."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, frame: Frame, record: str) -> None:
        super().__init__()
        self.frame, self.record = frame, record
        self.held: Batch | None = None
        self.choices: list[tuple[str, str]] = []
        self.edit = KeyButton("编辑批次", icon="pencil", name="edit_batch")
        self.add = KeyButton("加项目…", icon="plus", key="new", name="add_project")
        self.out = KeyButton("移出", name="take_out")
        self.up = KeyButton("上移", icon="arrow-up", key="previous_record", name="rank_up")
        self.down = KeyButton("下移", icon="arrow-down", key="next_record", name="rank_down")
        self.file = KeyButton("登记申报…", kind="main", name="file_batch")
        self.head = ScreenHead("", "", [self.edit, self.up, self.down, self.out, self.add, self.file], back=True)
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="ranked", label="申报项目")
        self.about = Facts()
        self.found = Text("", wrap=True, select=True)
        self.side = Pane(scroll=True)
        self.side.add(PaneHead("批次"), self.about, Rule("line2"), PaneHead("选中项目的核对结果"), self.found)
        self.side.end()
        across = row(None, [self.table, Rule(upright=True), self.side], gap=0)
        across.setStretch(0, 1)
        self.side.setFixedWidth(SIDE)
        column(self, [self.head], gap=0).addLayout(across, 1)
        for button in (self.edit, self.add, self.out, self.up, self.down, self.file):
            button.setVisible(frame.may("enter"))
        self._bind()

    def _bind(self) -> None:
        self.head.went_back.connect(self.closed)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda project: self.frame.open_record("project", project))
        self.add.clicked.connect(self._add)
        self.out.clicked.connect(self._take_out)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.file.clicked.connect(self._file)
        keys.bind(self, "back", self.closed.emit)
        if self.frame.may("enter"):
            keys.bind(self, "new", self._add)
            keys.bind(self.table, "delete", self._take_out, pane=True)
            keys.bind(self, "previous_record", lambda: self._move(-1))
            keys.bind(self, "next_record", lambda: self._move(1))
        self.frame.bridge.changed.connect(lambda: self.reload() if self.isVisible() else None)

    def panes(self) -> list[QWidget]:
        return [self.table]

    def entered(self) -> None:
        self.reload()
        self.table.setFocus()

    def reload(self, wish: str = "") -> None:
        record = self.record
        self.frame.ask(
            lambda desk: (batch(desk, record), names_of(desk, "project")), lambda found: self._show(*found, wish),
            self._gone,
        )  # fmt: skip

    def _gone(self, error: DeskError) -> None:
        self.frame.fail(str(error))
        self.closed.emit()

    def _show(self, held: Batch, choices: list[tuple[str, str]], wish: str) -> None:
        here = wish or (self.table.current_row().key if self.table.current_row() else "")
        self.held, self.choices = held, choices
        self.head.set_title(held.name)
        self.head.set_facts(f"{held.fund}　截止 {held.deadline or '未定'}　{held.due}")
        amount = f"{held.amount:,.2f} 万元" if held.amount is not None else ""
        self.about.set_pairs([
            ("资金类别", held.fund), ("申报截止", f"{held.deadline}　{held.due}"), ("申报条件", held.rules),
            ("逐项核对", held.checks), ("申请合计", f"{held.asked:,.2f} 万元"), ("结果", held.result),
            ("下达文号", held.doc_no), ("下达金额", amount),
        ])  # fmt: skip
        rows = [_row(each) for each in held.projects]
        self.table.model().set_rows(rows or [Row("", (Cell("还没有项目，按 Ctrl+N 加项目"),), kind="span")])
        if rows:
            self.table.select_key(here if here in [each.key for each in rows] else rows[0].key)
            self._chosen(self.table.current_row().key)
        else:
            self.found.setText("")
        for button in (self.out, self.up, self.down, self.file):
            button.setEnabled(bool(rows))
        self.file.setEnabled(bool(rows) and not held.filed_on)
        said = [f"{len(rows)} 个项目　申请 {held.asked:,.2f} 万元"]
        said += [f"{held.faults} 个不能申报"] if held.faults else []
        said += [f"{held.warnings} 个有提醒"] if held.warnings else []
        self.frame.status(
            self,
            said,
            [keys.phrase("home_open", "打开项目"), f"{keys.hint('previous_record')}↓ 调次序", keys.phrase("back")],
        )

    def _chosen(self, project: str) -> None:
        one = self._one(project)
        if one is None:
            return
        lines = [*(f"不能申报：{each}" for each in one.faults), *(f"提醒：{each}" for each in one.warnings)]
        self.found.setText("\n".join(lines) or "没有问题")

    def _one(self, project: str) -> Ranked | None:
        return next((each for each in self.held.projects if each.id == project), None) if self.held else None

    def _order(self) -> list[str]:
        return [each.id for each in self.held.projects] if self.held else []

    def _save(self, order: list[str], wish: str) -> None:
        record = self.record
        self.frame.ask(lambda desk: rank(desk, record, order), lambda _: self.reload(wish), self._failed)

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def _move(self, by: int) -> None:
        here, order = self.table.current_row(), self._order()
        if here is None or here.key not in order:
            return
        place = order.index(here.key)
        if 0 <= place + by < len(order):
            order[place], order[place + by] = order[place + by], order[place]
            self._save(order, here.key)

    def _take_out(self) -> None:
        here, order = self.table.current_row(), self._order()
        if here is not None and here.key in order:
            self._save([each for each in order if each != here.key], "")

    def _add(self) -> None:
        order = self._order()
        dialog = Dialog("加哪个项目？", "加在最后，再用 Alt+↑ 调次序。", verb="加入", parent=self.window())
        free = [pair for pair in self.choices if pair[0] not in order]
        field = dialog.add(ChoiceField("project", "项目", choices=free, required=True))
        if dialog.run() and (chosen := field.value()) in dict(free):
            self._save([*order, str(chosen)], str(chosen))

    def _file(self) -> None:
        record = self.record
        words = "登记为今天申报。项目资金合计必须等于总投资，以后也不能改成不相等。可以撤销。"
        if not self.file.isEnabled() or not ask(
            f"登记申报“{self.held.name}”？", words, verb="登记申报", parent=self.window()
        ):
            return

        def done(_: Any) -> None:
            self.frame.say("已登记申报", verb="撤销", key="undo", slot=self.frame.undo)
            self.reload()

        self.frame.ask(lambda desk: file_batch(desk, record), done, self._failed)


def _row(each: Ranked) -> Row:
    found = [*each.faults, *each.warnings]
    mark = "error" if each.faults else "soon" if found else "done"
    words = found[0] if found else "无问题"
    more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
    return Row(each.id, (
        Cell(str(each.rank)), Cell(each.name, tip=each.name), Cell(each.enterprise, tip=each.enterprise),
        Cell(each.stage), Cell(f"{each.total:,.2f}" if each.total is not None else "", each.total),
        Cell(f"{each.fund:,.2f}" if each.fund is not None else "", each.fund),
        Cell(words + more, mark=mark, tip="；".join(found), tone="red" if each.faults else "amber" if found else ""),
    ))  # fmt: skip
