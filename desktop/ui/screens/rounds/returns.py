"""收回预览: all workbooks of a folder with what each would do, and one button that writes the good ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.rounds_collect import Collected, collect_returns
from desktop.actions.rounds_returns import (
    AGAIN,
    BLANK,
    GOOD,
    KINDS,
    OTHER_PERIOD,
    STRANGE,
    UNREADABLE,
    ReturnFile,
    Returns,
)
from desktop.model.errors import DeskError
from desktop.model.periods import Period
from desktop.model.progress import Report

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.lines import DateField
from ...kit.longtext import fixed_text
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, commands_only, ground, row
from ..exchange.working import Working
from ..policies.values import date_read

COLUMNS = (
    Column("tick", "", width=34, kind="tick"),
    Column("file", "文件", width=250, ink="ink"),
    Column("unit", "单位", width=180),
    Column("period", "填报时间", width=100, drop=1),
    Column("kind", "结果", width=124),
    Column("added", "新增", "条", kind="number", width=58),
    Column("changed", "更改", "条", kind="number", width=58),
    Column("conflicts", "冲突", "处", kind="number", width=58),
    Column("refused", "退回", "行", kind="number", width=58),
    Column("waiting", "未填", "行", kind="number", width=58),
    Column("words", "说明", width=240),
)
MARKS = {GOOD: "done", BLANK: "todo", AGAIN: "same", OTHER_PERIOD: "soon", STRANGE: "na", UNREADABLE: "error"}
TONES = {GOOD: "green", OTHER_PERIOD: "amber", UNREADABLE: "red"}


class ReturnsPage(QStackedWidget):
    """Space ticks a file (last month's too, when it is really meant); Ctrl+Enter writes. `finished` when written."""

    finished = Signal()

    def __init__(self, frame: Frame, collect: Callable[[], None]) -> None:
        super().__init__()
        self.frame = frame
        self.found: Returns | None = None
        self.on: set[str] = set()
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="returns", label="收回预览")
        commands_only(self.table)
        self.detail = fixed_text("")
        self.detail.setObjectName("returns.detail")
        self.detail.setAccessibleName("这份文件的退回和冲突")
        self.detail.setFixedHeight(look.theme().control(132))
        below = QWidget()
        column(below, [self.detail], margins=(12, 8, 16, 8))
        self.received = DateField("received", "收到日期", read=date_read)
        self.received.setFixedWidth(look.theme().control(150))
        self.words = Text("", cut=True)
        self.write = KeyButton("写入", key="write", kind="main", name="write")
        self.write.clicked.connect(self.write_now)
        bar = ground(QWidget(), "sunken")
        parts = [self.words, Text("收到日期", ink="ink2"), self.received, self.write]
        across = row(bar, parts, gap=12, margins=(16, 9, 16, 10))
        across.setStretch(0, 1)
        whole = QWidget()
        column(whole, [self.table, Rule(), below, bar], gap=0).setStretch(0, 1)
        choose = KeyButton("收回文件夹…", icon="folder-open", key="import", kind="main", name="collect_first")
        choose.clicked.connect(collect)
        choose.setEnabled(frame.may("enter"))
        hint = "把各单位交回的工作簿放进一个文件夹，一次读入；先看预览，写入前什么都不改。"
        self.addWidget(Empty("inbox", "还没有读入交回的工作簿", hint, [choose]))
        self.addWidget(whole)
        self.table.model().toggled.connect(lambda key, _: self._tick(key))
        self.table.chosen.connect(lambda _: self._detail())
        keys.bind(self, "write", self.write_now, pane=True)

    def panes(self) -> list[QWidget]:
        return [self.table, self.detail, self.received.input] if self.found else []

    def load(self, period: str) -> None:
        """Another period: what was read for the former one is shown until another folder is read."""

    def show_returns(self, found: Returns) -> None:
        self.found = found
        self.on = {str(each.path) for each in found.files if each.good}
        self.received.set_value(self.frame.person.today)
        self.table.model().set_rows([self._row(each) for each in found.files])
        self.table.setCurrentIndex(self.table.model().index(0, 1))
        self.setCurrentIndex(1)
        self._detail()
        self.say()

    def _row(self, each: ReturnFile) -> Row:
        check = ("on" if str(each.path) in self.on else "off") if each.may else "locked"
        counted = each.read is not None and each.kind in (GOOD, OTHER_PERIOD)

        def number(value: int, tone: str = "") -> Cell:
            return Cell(str(value) if counted and value else "—", tone=tone if value else "")

        words = each.sentence or (f"更正先前交回的 {len(each.corrections)} 处" if each.corrections else "")
        return Row(str(each.path), (
            Cell(check=check), Cell(each.path.name, tip=str(each.path)), Cell(each.unit or "—", tip=each.unit),
            Cell(Period.parse(each.period).label if each.period else "—"),
            Cell(KINDS[each.kind], mark=MARKS[each.kind], tone=TONES.get(each.kind, "")),
            number(each.added), number(each.changed), number(each.conflicts, "amber"), number(each.refused, "red"),
            number(each.waiting), Cell(words or "—", tip=words),
        ))  # fmt: skip

    def _here(self) -> ReturnFile | None:
        held = self.table.current_row()
        return (
            next((each for each in self.found.files if held and str(each.path) == held.key), None)
            if self.found
            else None
        )

    def _detail(self) -> None:
        each = self._here()
        if each is None:
            self.detail.setPlainText("")
            return
        lines = [each.sentence] if each.sentence else []
        lines += [f"{error.where}：“{error.value}”　{error.message}" for error in each.errors]
        lines += [
            f"冲突　{label} {field}：本单位现值 {mine}，交回值 {theirs}" for label, field, mine, theirs in each.open
        ]
        if each.kind == GOOD and not lines:
            lines = ["没有退回的行，也没有冲突。"]
        self.detail.setPlainText("\n".join(lines))

    def _tick(self, key: str) -> None:
        self.on = self.on ^ {key}
        each = next((each for each in self.found.files if str(each.path) == key), None) if self.found else None
        if each is not None:
            self.table.model().replace_row(self._row(each))
        self.say()

    def say(self) -> None:
        if self.found is None:
            self.frame.status(self, [Note("还没有读入")], [keys.phrase("import", "收回文件夹")])
            return
        chosen = [each for each in self.found.files if str(each.path) in self.on]
        refused, conflicts = sum(each.refused for each in chosen), sum(each.conflicts for each in chosen)
        words = f"{len(self.found.files)} 份，勾选 {len(chosen)} 份；退回 {refused} 行，冲突 {conflicts} 处。"
        self.words.setText(words + (f"{self.found.closed}。" if self.found.closed else ""))
        self.write.set_words(f"写入 {len(chosen)} 份")
        self.write.setEnabled(bool(chosen) and self.frame.may("enter"))
        notes = [Note("退回的行另存在文件夹“退回”里，写入前什么都不改")]
        self.frame.status(self, notes, [keys.phrase("tick"), keys.phrase("next_pane"), keys.phrase("write")])

    def write_now(self) -> None:
        found, day = self.found, self.received.value() or ""
        if found is None or not self.write.isEnabled():
            return
        files = [Path(each) for each in self.on]
        self.write.setEnabled(False)

        def work(desk: Any, report: Report) -> Collected:
            return collect_returns(desk, found, files, day, report)

        Working.start(self.frame, "正在写入交回的工作簿", work, self._written, self._failed, self)

    def _written(self, done: Collected) -> None:
        failed = [each for each in done.files if each.sentence]
        backs = [each for each in done.files if each.back]
        words = f"已写入 {len(done.files) - len(failed)} 份，新增 {sum(each.added for each in done.files)} 条"
        if backs:
            words += f"；{sum(each.refused for each in backs)} 行没有看懂，已按单位另存到“退回”，请发回重填"
        if done.left:
            words += f"；已取消，其余 {len(done.left)} 份没有写，可再收一次"
        self.frame.say(f"{words}。")
        for each in failed:
            self.frame.fail(f"{each.path.name}：{each.sentence}")
        self.found, self.on = None, set()
        self.setCurrentIndex(0)
        self.finished.emit()

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))
        self.say()
