"""The preview of a workbook: nothing is written until 写入."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.exchange import Applied, Stale, apply
from desktop.actions.foreign import ForeignApplied, ForeignRead
from desktop.actions.packages import refused_workbook
from desktop.model.errors import Refused
from desktop.model.progress import Report

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask
from ...kit.form import FormRow
from ...kit.head import ScreenHead
from ...kit.lines import LineField
from ...kit.marks import Mark
from ...kit.status import Note
from ...kit.tabs import Tab, TabRow
from ...kit.text import IconView, MarkedText, Text, column, commands_only, ground, row
from .choices import MINE, THEIRS, Choices
from .keyed import PreviewTable
from .other import ask_other
from .outside import write_outside
from .taking_back import ask_take_back
from .wording import KINDS, MARKS, ORDER, FieldLine, Group, Shown, describe
from .working import Working


class PreviewPage(QWidget):
    """`show_workbook(Shown)`; `finished` when it was written or dropped."""

    finished = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.choices: Choices | None = None
        self.kind = "all"
        self._busy = False
        steps = row(None, [
            Mark("done"), Text("选文件", ink="ink2"), IconView("chevron-right", size=14), Text("核对"),
            IconView("chevron-right", size=14), Text("写入", ink="ink2"),
        ], gap=6)  # fmt: skip
        held = QWidget()
        held.setLayout(steps)
        self.head = ScreenHead("导入预览", "", [held, Text("此时还没有写入任何内容", ink="ink2")])
        self.head.across.insertStretch(self.head.across.count() - 1, 1)
        self.head.across.setStretch(3, 0)
        self.file, self.facts = Text(""), Text("", ink="ink2", cut=True)
        self.trust = MarkedText("done", "来源已认可")
        strip = ground(QWidget(), "sunken")
        across = row(strip, [IconView("file-spreadsheet"), self.file, self.facts, self.trust], margins=(16, 7, 16, 7))
        across.setStretch(2, 1)
        self.tabs = TabRow(name="kinds")
        self.all_mine = KeyButton("冲突全取本单位", kind="text", name="all_mine")
        self.all_theirs = KeyButton("冲突全取交回值", kind="text", name="all_theirs")
        self.same_mine = KeyButton("同项全取本单位", kind="text", name="same_mine", key="same_mine")
        self.same_theirs = KeyButton("同项全取交回值", kind="text", name="same_theirs", key="same_theirs")
        for button, side in ((self.same_mine, MINE), (self.same_theirs, THEIRS)):
            button.clicked.connect(lambda _=False, s=side: self._take_field(s))
            self.tabs.add_right(button)
        for button, side in ((self.all_mine, MINE), (self.all_theirs, THEIRS)):
            button.clicked.connect(lambda _=False, s=side: self._take_all(s))
            self.tabs.add_right(button)
        self.tabs.picked.connect(self._tab)
        self.table = PreviewTable()
        commands_only(self.table)
        self.table.took.connect(self._take)
        self.table.other.connect(self._other)
        self.table.next_open.connect(self.next_open)
        self.table.took_field.connect(self._take_field)
        self.table.head_pressed.connect(self._all)
        self.table.model().toggled.connect(self._toggled)
        self.words, self.left_open = Text(""), Text("", ink="amber", cut=True)
        self.cancel = KeyButton("取消", key="back", name="cancel")
        self.refused = KeyButton("另存退回表", icon="file-spreadsheet", key="save_refused", name="save_refused")
        self.write = KeyButton("写入", key="write", kind="main", name="write")
        self.why = LineField("why", "依据", placeholder="定冲突的依据")
        self.why.setFixedWidth(230)
        self.reason = FormRow(self.why)
        bar = ground(QWidget(), "sunken")
        held = [self.words, self.left_open, self.reason, self.cancel, self.refused, self.write]
        across = row(bar, held, margins=(16, 9, 16, 10))
        across.setStretch(1, 1)
        column(self, [self.head, strip, self.tabs, self.table, bar], gap=0).setStretch(3, 1)
        for button, slot in ((self.cancel, self.drop), (self.refused, self.save_refused), (self.write, self.write_now)):
            button.clicked.connect(slot)
        keys.bind(self, "back", self.drop, pane=True)
        keys.bind(self, "save_refused", self.save_refused, pane=True)
        keys.bind(self, "write", self.write_now, pane=True)

    def panes(self) -> list[QWidget]:
        return [self.table, self.tabs, self.write]

    def show_workbook(self, shown: Shown, former: Choices | None = None) -> None:
        """Show a workbook; `former` are the choices made in an earlier preview of it, kept where they still fit."""
        self.choices, self._busy = Choices(shown), False
        if former is not None:
            self.choices.carry(former)
        self.why.set_value(None)
        self.kind = "all"
        self.file.setText(shown.read.path.name)
        self.facts.setText(shown.facts)
        known = {"own": "本单位发出", "outside": "外来表格，作为本人的更改写入", "known": f"来源已认可：{shown.sender}"}
        words = known.get(shown.peer, "来源还没有认可，写入时核对指纹")
        self.trust.set_state("soon" if shown.peer in ("unknown", "outside") else "done", words)
        tabs = [Tab("all", "全部", len(shown.groups))]
        tabs += [Tab(kind, KINDS[kind], shown.counts[kind], MARKS[kind]) for kind in ORDER if shown.counts[kind]]
        self.tabs.here = "all"
        self.tabs.set_tabs(tabs)
        self.refused.setVisible(bool(shown.counts["refused"]) and shown.peer != "outside")
        for widget in (self.all_mine, self.all_theirs, self.reason):
            widget.setVisible(bool(shown.counts["conflict"]))
        for button in (self.same_mine, self.same_theirs):
            button.setVisible(shown.counts["conflict"] > 1)
        self._fill()
        self.table.setFocus()
        self.next_open()

    def _tab(self, kind: str) -> None:
        self.kind = kind
        self._fill()

    def _fill(self) -> None:
        if self.choices is not None:
            self.table.show_choices(self.choices, self.kind)
            self._say()

    def _say(self) -> None:
        assert self.choices is not None
        going, waiting = self.choices.writing(), len(self.choices.undecided())
        parts = [(kind, sum(group.kind == kind for group in going)) for kind in ("added", "changed", "conflict")]
        told = "，".join(f"{KINDS[kind]} {count}" for kind, count in parts if count)
        self.words.setText(f"将写入 {len(going)} 条：{told}。" if going else "没有要写入的更改。")
        self.left_open.setText(f"{waiting} 处冲突未定，随记录保留，以后再定。" if waiting else "")
        self.write.set_words(f"写入 {len(going)} 条")
        self.write.setEnabled(bool(going) and not self._busy)
        shown = [keys.phrase(name) for name in ("tick", "mine", "theirs", "other", "same_mine", "next_open")]
        self.frame.status(self, [Note("　".join(shown))], ["写入前自动备份，写入后可整批撤销"])

    # Choosing.
    def _here(self) -> tuple[Group, FieldLine | None] | None:
        return self.table.here()

    def _toggled(self, key: str, name: str) -> None:
        found = self.table.find(key)
        if found is None or self.choices is None:
            return
        group, line = found
        if name in (MINE, THEIRS) and line is not None:
            self.choices.take(group, line, name)
        elif line is None:
            self.choices.toggle(group)
        else:
            self.choices.toggle_field(group, line)
        self._again(group)

    def _all(self, name: str) -> None:
        if name == "tick" and self.choices is not None:
            self.table.toggle_all(self.choices)
            self._fill()

    def _again(self, group: Group) -> None:
        assert self.choices is not None
        self.table.head_tick = not self.choices.off
        self.table.repaint_group(self.choices, group)
        self._say()

    def _take(self, side: str) -> None:
        found = self._here()
        if found is None or self.choices is None:
            return
        if found[1] is not None:
            self.choices.take(found[0], found[1], side)
        else:
            self.choices.take_record(found[0], side)
        self._again(found[0])

    def _take_field(self, side: str) -> None:
        """The field of the current row, in every record that is taken."""
        found = self._here()
        if found is None or self.choices is None:
            return
        line = found[1] or next((each for each in found[0].rows if each.open), None)
        if line is not None and self.choices.take_field(line.field, side):
            self._fill()
            self.table.setFocus()

    def _take_all(self, side: str) -> None:
        assert self.choices is not None
        for group, line in self.choices.undecided():
            self.choices.take(group, line, side)
        self._fill()
        self.table.setFocus()

    def _other(self) -> None:
        found = self._here()
        if found is None or found[1] is None or not found[1].open or self.choices is None:
            return
        group, line = found
        choices = self.choices

        def settled(value: object, text: str) -> None:
            choices.write_other(group, line, value, text)  # type: ignore[arg-type]
            self._again(group)

        ask_other(self.frame, group.form, line.field, line.label, line.mine, settled, self)

    def next_open(self) -> None:
        """The next undecided conflict after the current row, round again at the end."""
        if self.choices is not None:
            self.table.go_next(self.choices)

    # Ending.
    def drop(self) -> None:
        if not self._busy:
            self.finished.emit()

    def save_refused(self) -> None:
        if self.choices is None or not self.choices.shown.counts["refused"] or self.choices.shown.peer == "outside":
            return
        read = self.choices.shown.read
        begin = str(read.path.with_name(f"{read.path.stem}_退回.xlsx"))
        path, _ = QFileDialog.getSaveFileName(self, "另存退回表", begin, "工作簿 (*.xlsx)")
        if path:
            self.frame.ask(
                lambda desk: refused_workbook(desk, read, Path(path)),
                lambda out: self.frame.say(f"退回表已保存到 {out}"), lambda error: self.frame.fail(str(error)),
            )  # fmt: skip

    def write_now(self) -> None:
        if self.choices is None or self._busy or not self.write.isEnabled():
            return
        shown, choices = self.choices.shown, self.choices
        if shown.peer == "unknown" and not ask(
            f"认可来源“{shown.sender}”？",
            f"第一次收到它的工作簿。指纹 {shown.fingerprint}，请先向对方核对一致。认可一次，以后不再问。",
            verb="认可并写入", parent=self,
        ):  # fmt: skip
            return
        self._busy = True
        self.write.setEnabled(False)

        why = self.why.value() or ""

        def work(desk: object, report: Report) -> Applied | ForeignApplied | Shown:
            if isinstance(shown.read, ForeignRead):
                return write_outside(desk, shown.read, choices.off, report)
            try:
                return apply(
                    desk, shown.read, accept_peer=True, only_good=True, skip_records=choices.off, as_seen=True,
                    skip_fields=choices.off_fields, decisions=choices.values(), why=why, report=report,
                )  # type: ignore[arg-type]  # fmt: skip
            except Stale as stale:
                return describe(desk, stale.read)

        Working.start(self.frame, "正在写入", work, self._written, self._not_written, self)

    def _not_written(self, error: Refused) -> None:
        self._busy = False
        self._say()
        self.frame.fail(str(error))

    def _written(self, done: Applied | ForeignApplied | Shown) -> None:
        self._busy = False
        if isinstance(done, Shown):
            former, why = self.choices, self.why.value()
            self.show_workbook(done, former)
            self.why.set_value(why)
            self.frame.fail("预览之后记录又有改动，已重新核对，还没有写入。请再看一遍后写入")
            return
        told = [f"新增 {done.added}", f"更改 {done.changed}"]
        open_ones = {each.record for each in done.conflicts} if isinstance(done, Applied) else set()
        told += [f"冲突 {len(open_ones)}"] if open_ones else []
        back = f"退回 {len(done.errors)} 处，退回表在 {done.annotated}" if done.errors else ""
        words = f"已写入，{'，'.join(told)}" if done.action else "没有要写入的更改"
        number = done.action
        undo = {"verb": "撤销", "slot": lambda: ask_take_back(self.frame, number, self.window())} if number else {}
        self.frame.say("；".join(part for part in (words, back) if part), **undo)
        self.finished.emit()
