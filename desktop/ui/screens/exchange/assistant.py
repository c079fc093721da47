"""The assistant for a table that the program does not know: where the headings are, what each column means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.actions.foreign import remember
from desktop.actions.foreign_assistant import Sample, fields_of, guess, heading_rows, sample
from desktop.model.errors import DeskError
from desktop.model.layouts.proposing import Proposal

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.form import FormRow
from ...kit.text import MarkedText, Text, row

LEAVE = ("", "不读入")
SHOWN = 3  # rows named beside each column


class AssistantDialog(Dialog):
    """`settled(layout name)` is called when the mapping was kept. Everything by Tab; Esc leaves and keeps nothing."""

    def __init__(
        self, frame: Frame, path: Path, settled: Callable[[str], None], *, verb: str = "记住并预览",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        words = f"“{path.name}”是没有见过的表。指明表头和各列是什么，以后同样的表直接读入。"
        super().__init__("对照各列", words, verb=verb, wide=900, parent=parent)
        self.frame, self.path, self.settled = frame, path, settled
        self.proposal: Proposal | None = None
        self.picks: dict[int, ChoiceField] = {}
        self.tells: dict[int, Text] = {}
        forms = [(form.name, form.title) for form in frame.forms.values()]
        self.form = ChoiceField("form", "这张表记的是", choices=forms, required=True)
        self.head = ChoiceField("head", "表头从哪一行起", choices=[])
        self.depth = ChoiceField("depth", "表头占几行", choices=[("1", "一行"), ("2", "两行"), ("3", "三行")])
        for field in (self.form, self.head, self.depth):
            self.fields[field.name] = field
        top = QWidget()
        across = row(top, [FormRow(self.form, stacked=True), FormRow(self.head, stacked=True),
                           FormRow(self.depth, stacked=True)], gap=12)  # fmt: skip
        for place, share in enumerate((3, 5, 2)):
            across.setStretch(place, share)
        self.add_widget(top)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFixedHeight(330)
        self.add_widget(self.area)
        self.told = MarkedText("todo", "正在看这张表……")
        self.told.words.setWordWrap(True)
        self.told.words.setMinimumWidth(780)
        self.add_widget(self.told)
        self.yes.setEnabled(False)
        self.form.picked.connect(lambda _: self._ask(kept_head=True))
        self.head.picked.connect(lambda _: self._ask(kept_head=True))
        self.depth.picked.connect(lambda _: self._ask(kept_head=True))
        self.wait = QTimer(self, singleShot=True, interval=120)
        self.wait.timeout.connect(self._sample)
        self._ask()

    def _ask(self, kept_head: bool = False) -> None:
        form, path = self.form.value() or "", self.path
        sheet = self.proposal.sheet if self.proposal is not None else ""
        start, depth = (int(self.head.value() or -1), int(self.depth.value() or 1)) if kept_head else (-1, 1)

        def work(desk: Any) -> Any:
            found = guess(desk, path, form, sheet, start, depth)
            return found, heading_rows(path, found.sheet), fields_of(desk, found.form)

        self.frame.ask(work, lambda got: self._show(*got), self._failed)

    def _failed(self, error: DeskError) -> None:
        self.told.set_state("error", str(error))
        self.yes.setEnabled(False)

    def _show(self, found: Proposal, heads: list[tuple[int, str]], targets: list[tuple[str, str]]) -> None:
        self.proposal = found
        self.form.set_value(found.form)
        self.head.set_choices([(str(at), f"第 {at + 1} 行：{text}") for at, text in heads])
        self.head.set_value(str(found.start))
        self.depth.set_value(str(found.depth))
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnMinimumWidth(0, 220)
        grid.setColumnStretch(2, 1)
        self.picks, self.tells = {}, {}
        for line, words in enumerate(("表里的列", "对应的项目", "头几行读成")):
            grid.addWidget(Text(words, size=12, ink="ink3"), 0, line)
        for at, each in enumerate(found.columns, start=1):
            heading = Text(each.heading, cut=True)
            heading.setFixedWidth(210)
            heading.setToolTip(f"{each.cell} {each.heading}")
            pick = ChoiceField(f"column.{each.column}", each.heading, choices=[LEAVE, *targets])
            pick.setFixedWidth(250)
            pick.set_value(each.field)
            pick.picked.connect(lambda _: self.wait.start())
            tell = Text("", ink="ink2", cut=True)
            for place, widget in enumerate((heading, pick, tell)):
                grid.addWidget(widget, at, place)
            self.picks[each.column], self.tells[each.column] = pick, tell
        grid.setRowStretch(len(found.columns) + 1, 1)
        self.area.setWidget(host)
        self._sample()

    def chosen(self) -> dict[int, str]:
        return {column: pick.value() or "" for column, pick in self.picks.items()}

    def _sample(self) -> None:
        proposal, chosen, path = self.proposal, self.chosen(), self.path
        if proposal is not None:
            self.frame.ask(lambda desk: sample(desk, path, proposal, chosen), self._sampled, self._failed)

    def _sampled(self, seen: Sample) -> None:
        faults = 0
        for column, tell in self.tells.items():
            cells = [cells[column] for cells in seen.rows[:SHOWN] if column in cells]
            parts = [f"读不懂“{each.raw}”" if each.fault else each.told or each.raw or "（空）" for each in cells]
            faults += sum(bool(each.fault) for each in cells)
            tell.setText("；".join(parts) if self.picks[column].value() else "")
            tell.setToolTip("\n".join(each.fault for each in cells if each.fault))
        count = sum(bool(each) for each in self.chosen().values())
        if seen.fault:
            self.told.set_state("error", seen.fault)
        elif faults:
            self.told.set_state("soon", f"对上 {count} 列，头几行里有 {faults} 格读不懂，预览时会单独列出。")
        else:
            self.told.set_state("done", f"对上 {count} 列，共 {len(self.picks)} 列。没有对应的列不读入。")
        self.yes.setEnabled(bool(count) and not seen.fault)

    def accept(self) -> None:
        proposal, chosen = self.proposal, self.chosen()
        if proposal is None or not self.yes.isEnabled():
            return
        self.yes.setEnabled(False)
        self.frame.ask(lambda desk: remember(desk, proposal, chosen), self._kept, self._failed)

    def _kept(self, name: str) -> None:
        super().accept()
        self.settled(name)
