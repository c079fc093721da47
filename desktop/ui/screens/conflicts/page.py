"""The place 冲突: every open conflict, both sides beside each other, decided with a reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.form import FormRow
from ...kit.head import ScreenHead
from ...kit.lines import LineField
from ...kit.status import Note
from ...kit.text import Text, column, commands_only, ground, row
from ..exchange.choices import MINE, THEIRS, Choices
from ..exchange.keyed import PreviewTable
from ..exchange.other import ask_other
from ..exchange.wording import Group
from .wording import Waiting, settle, waiting


class ConflictsPlace(QStackedWidget):
    """1 mine, 2 theirs, 3 another value, N the next one; Ctrl+Enter writes what was decided. Enter opens the record."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.choices: Choices | None = None
        self.page = QWidget()
        self.head = ScreenHead("冲突", "", [])
        self.table = PreviewTable({"base": "此前", "after": "定为"}, who_column=True)
        self.table.setObjectName("conflicts")
        self.table.setAccessibleName("冲突")
        commands_only(self.table)
        self.words = Text("", cut=True)
        self.why = LineField("why", "依据", placeholder="如 已与区工信局电话核对")
        self.why.setFixedWidth(320)
        self.write = KeyButton("定下", key="write", kind="main", name="write")
        bar = ground(QWidget(), "sunken")
        across = row(bar, [self.words, FormRow(self.why), self.write], gap=12, margins=(16, 9, 16, 10))
        across.setStretch(0, 1)
        column(self.page, [self.head, self.table, bar], gap=0).setStretch(1, 1)
        none = QWidget()
        hint = "导入的工作簿与本单位改了同一处时，在这里定取哪个值。"
        column(none, [ScreenHead("冲突"), Empty("git-compare-arrows", "没有待定的冲突", hint)], gap=0).setStretch(1, 1)
        self.addWidget(none)
        self.addWidget(self.page)
        self.table.took.connect(self._take)
        self.table.other.connect(self._other)
        self.table.next_open.connect(self._next)
        self.table.took_field.connect(self._take_field)
        self.table.opened.connect(self._open)
        self.table.model().toggled.connect(self._toggled)
        self.write.clicked.connect(self.write_now)
        keys.bind(self.page, "write", self.write_now, pane=True)
        may = frame.may("enter")
        self.why.setEnabled(may)
        self.write.setEnabled(may)
        frame.bridge.changed.connect(self.load)
        self.load()

    def panes(self) -> list[QWidget]:
        return [self.table, self.why.input] if self.choices and self.choices.shown.groups else []

    def entered(self) -> None:
        self.table.setFocus()
        self._say()

    def load(self) -> None:
        self.frame.ask(waiting, self._show)

    def _show(self, found: Waiting) -> None:
        held = self.choices
        self.choices = Choices(found)  # type: ignore[arg-type]
        if held is not None:
            alive = {(group.id, line.field) for group in found.groups for line in group.rows}
            self.choices.decided = {key: said for key, said in held.decided.items() if key in alive}
        count = sum(len(group.rows) for group in found.groups)
        self.head.set_facts(f"{len(found.groups)} 条记录，{count} 处未定。未定的不能报送")
        self.frame.count("conflicts", len(found.groups))
        self.setCurrentIndex(1 if found.groups else 0)
        self.table.show_choices(self.choices, "all")
        self._say()

    def _decided(self) -> dict[tuple[str, str], Any]:
        assert self.choices is not None
        forms = {group.id: group.form for group in self.choices.shown.groups}
        return {
            (record, name): (forms[record], said)
            for (record, name), said in self.choices.decided.items()
            if record in forms and record not in self.choices.off
        }

    def _say(self) -> None:
        if self.choices is None:
            return
        done, left = len(self._decided()), len(self.choices.undecided())
        self.words.setText(f"已选 {done} 处，还有 {left} 处未定。" if done or left else "")
        self.write.set_words(f"定下 {done} 处")
        self.write.setEnabled(bool(done) and self.frame.may("enter"))
        shown = "　".join(keys.phrase(name) for name in ("mine", "theirs", "other", "same_mine", "next_open"))
        self.frame.status(self, [Note(shown)], [f"{keys.hint('home_open')} 打开记录", keys.phrase("write", "定下")])

    def _again(self, group: Group) -> None:
        assert self.choices is not None
        self.table.repaint_group(self.choices, group)
        self._say()

    def _toggled(self, key: str, name: str) -> None:
        found = self.table.find(key)
        if found is None or self.choices is None:
            return
        group, line = found
        if line is None:
            self.choices.toggle(group)
        elif name in (MINE, THEIRS):
            self.choices.take(group, line, name)
        self._again(group)

    def _take(self, side: str) -> None:
        found = self.table.here()
        if found is None or self.choices is None:
            return
        if found[1] is not None:
            self.choices.take(found[0], found[1], side)
        else:
            self.choices.take_record(found[0], side)
        self._again(found[0])

    def _take_field(self, side: str) -> None:
        """The field of the current row, in every record."""
        found = self.table.here()
        if found is None or self.choices is None:
            return
        line = found[1] or found[0].rows[0]
        if self.choices.take_field(line.field, side):
            self.table.show_choices(self.choices, "all")
            self._say()

    def _other(self) -> None:
        found, choices = self.table.here(), self.choices
        if found is None or found[1] is None or choices is None:
            return
        group, line = found

        def settled(value: Any, text: str) -> None:
            choices.write_other(group, line, value, text)
            self._again(group)

        ask_other(self.frame, group.form, line.field, line.label, line.mine, settled, self)

    def _next(self) -> None:
        if self.choices is not None:
            self.table.go_next(self.choices)

    def _open(self, key: str) -> None:
        found = self.table.find(key)
        if found is not None and not self.frame.open_record(found[0].form, found[0].id):
            self.frame.fail("这种记录没有自己的页面，请在这里定")

    def write_now(self) -> None:
        if self.choices is None or not self.write.isEnabled():
            return
        decided, why = self._decided(), self.why.value() or ""
        self.write.setEnabled(False)
        self.frame.ask(lambda desk: settle(desk, decided, why), self._written, self._failed)

    def _failed(self, error: DeskError) -> None:
        self._say()
        self.frame.fail(str(error))

    def _written(self, count: int) -> None:
        self.why.set_value(None)
        undo = {"verb": "撤销", "key": "undo", "slot": self.frame.undo} if count == 1 else {}
        self.frame.say(f"已定下 {count} 处冲突", **undo)
        self.table.setFocus()
