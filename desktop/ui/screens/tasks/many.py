"""批量修改: one field of the chosen assignments, with what it makes of each before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.entry import choices_of
from desktop.actions.ledger_changes import HOWS, DutyChange, change_duties, duty_fields, preview_duties
from desktop.actions.records import Saved
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.chips import SeveralField
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.field import Field
from ...kit.form import FormRow
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Text

COLUMNS = (
    Column("label", "任务", width=250, ink="ink"), Column("old", "现在", width=180),
    Column("new", "改后", width=220, ink="ink"),
)  # fmt: skip
WAIT = 200  # ms of quiet before the preview is asked
NO = "no"  # 不适用 asks for its reason


class ManyDialog(Dialog):
    """`written(saved)` after the change; nothing is written while one of the rows is refused."""

    written = Signal(object)

    def __init__(self, frame: Frame, items: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(f"批量修改 {len(items)} 项任务？", verb="写入", wide=720, parent=parent)
        self.frame, self.items = frame, list(items)
        self.kinds: dict[str, tuple[str, str, bool, list[tuple[str, str]]]] = {}
        self.field = self.add(ChoiceField("field", "改哪一项"))
        self.how = self.add(ChoiceField("how", "怎样改", choices=[(code, words) for code, words in HOWS.items()]))
        self.how.set_value("set")
        self.holder = QWidget()
        self.values = QVBoxLayout(self.holder)
        self.values.setContentsMargins(0, 0, 0, 0)
        self.values.setSpacing(8)
        self.add_widget(self.holder)
        self.value: Field | None = None
        self.reason: LineField | None = None
        self.told = Text("选一项，填上要改成的值，下面先看变化。", size=12, ink="ink2", wrap=True)
        self.add_widget(self.told)
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="changes", label="变化")
        self.table.setFixedHeight(look.theme().control(28) * 8)
        self.add_widget(self.table)
        self.yes.setEnabled(False)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self._ask)
        self.field.changed.connect(lambda _: self._chosen())
        self.how.changed.connect(lambda _: self._wait.start())
        frame.ask(_offered, self._fields)

    def _fields(self, kinds: dict[str, tuple[str, str, bool, list[tuple[str, str]]]]) -> None:
        self.kinds = kinds
        self.field.set_choices([(name, label) for name, (label, *_) in kinds.items()])

    def _chosen(self) -> None:
        """The input that fits the field."""
        name = self.field.value() or ""
        while self.values.count():
            old = self.values.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.value = self.reason = None
        if name not in self.kinds:
            return
        label, kind, several, choices = self.kinds[name]
        if several:
            self.value = SeveralField(name, label, choices=choices)
        elif choices:
            self.value = ChoiceField(name, label, choices=choices)
        else:
            self.value = LineField(name, label, placeholder="空着表示清除" if kind != "date" else "如 2026-12-31")
        self.how.set_readonly(not several)
        if not several:
            self.how.set_value("set")
        self.values.addWidget(FormRow(self.value, stacked=True))
        if name == "applicable":
            self.reason = LineField("why_not", "不适用原因")
            self.values.addWidget(FormRow(self.reason, stacked=True))
            self.reason.changed.connect(lambda _: self._wait.start())
        self.value.changed.connect(lambda _: self._wait.start())
        self.adjustSize()
        self._wait.start()

    def wanted(self) -> dict[str, str]:
        name = self.field.value() or ""
        if self.value is None or not name:
            return {}
        found = {name: self.value.value() or ""}
        if self.reason is not None and (self.reason.value() or found[name] == NO):
            found["why_not"] = self.reason.value() or ""
        return found

    def _ask(self) -> None:
        typed, how = self.wanted(), self.how.value() or "set"
        if typed:
            self.frame.ask(
                lambda desk: preview_duties(desk, self.items, typed, how),
                lambda found: self._show(typed, how, found), self._refused,
            )  # fmt: skip

    def _refused(self, error: DeskError) -> None:
        self.told.setText(str(error))
        self.told.set_ink("red")
        self.yes.setEnabled(False)

    def _show(self, typed: dict[str, str], how: str, found: list[DutyChange]) -> None:
        if (typed, how) != (self.wanted(), self.how.value() or "set"):
            return
        wrong = {each.item for each in found if each.error}
        moved = {each.item for each in found if not each.same}
        self.table.model().set_rows([_row(place, each) for place, each in enumerate(found)])
        if wrong:
            self._refused(DeskError(f"{len(wrong)} 项不能这样改：{next(e.error for e in found if e.error)}"))
            return
        self.told.set_ink("ink2")
        self.told.setText(f"{len(moved)} 项会改，{len(self.items) - len(moved)} 项已经是这样。写入后可以撤销。")
        self.yes.set_words(f"写入 {len(moved)} 项")
        self.yes.setEnabled(bool(moved))

    def accept(self) -> None:
        typed, how = self.wanted(), self.how.value() or "set"
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: change_duties(desk, self.items, typed, how), self._done, self._refused, "正在写入"
        )  # fmt: skip

    def _done(self, saved: Saved) -> None:
        super().accept()
        self.written.emit(saved)


def _offered(desk: Any) -> dict[str, tuple[str, str, bool, list[tuple[str, str]]]]:
    """(label, kind, several, choices) of the fields that can be changed, by name."""
    return {
        each.name: (
            each.label, each.type.name, bool(getattr(each.type, "several", False)), choices_of(desk, each)
        )
        for each in duty_fields(desk)
        if each.name != "why_not"
    }  # fmt: skip


def _row(place: int, change: DutyChange) -> Row:
    label = Cell(change.label, tip=change.label, mark="error" if change.error else "")
    new = Cell(change.error, tone="red", tip=change.error) if change.error else Cell(change.new or "空", tip=change.new)
    return Row(str(place), (label, Cell(change.old or "空", tip=change.old), new), quiet=change.same)
