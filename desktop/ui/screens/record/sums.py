"""Amounts that must come to another one, side by side with their sum: derived from the form's sum_equals check."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.model.checks import Check
from desktop.model.errors import Refused
from desktop.model.forms import Field, Form

from ...kit import look
from ...kit.field import Note
from ...kit.form import LabelText
from ...kit.lines import LineField, MoneyField
from .echo import NAMES, tidier

LEAST = 3  # parts from which a group is worth its own look
NARROW, MOST = 124, 5  # px of one amount, and how many stand in a line


def sum_checks(form: Form, fields: Sequence[Field]) -> list[Check]:
    """The checks among `fields` (of one section) whose parts are all money and at least three."""
    names = {each.name for each in fields}
    return [
        check
        for check in form.checks
        if check.kind == "sum_equals" and len(check.fields) >= LEAST and set(check.fields) <= names
        and all(form.field(name).type.name == "money" for name in check.fields)
    ]  # fmt: skip


def stored(each: Field, text: str) -> int | None:
    """The amount in 分; None when empty or not readable yet."""
    try:
        value = each.type.read(text, NAMES)
    except Refused:
        return None
    return None if value is None else int(value)


def _readable(each: Field) -> Callable[[str], str]:
    """Complains about what is no amount; says nothing else."""

    def words(text: str) -> str:
        each.type.read(text, NAMES)
        return ""

    return words


class SumGroup(QWidget):
    """`inputs` by name, then 合计. `refresh(texts)` adds up anew and says whether it agrees with the other amount."""

    def __init__(self, form: Form, check: Check, *, may: bool = True, fixed: Sequence[str] = ()) -> None:
        super().__init__()
        self.form, self.check = form, check
        self.other = form.field(check.other)
        self.inputs: dict[str, MoneyField] = {}
        for name in check.fields:
            each = form.field(name)
            self.inputs[name] = MoneyField(
                name, each.label, unit="", words=_readable(each), tidy=tidier(each), required=each.required,
                help=each.help, readonly=not may or name in fixed,
            )  # fmt: skip
        self.sum = LineField(f"{check.other}.sum", "合计", number=True, readonly=True)
        self.note = Note()
        self._cells = [self._cell(each) for each in (*self.inputs.values(), self.sum)]
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(2)
        down.addLayout(self.grid)
        down.addWidget(self.note)
        self._across = 0
        self._finding, self._other = ("", ""), ""
        self._lay(MOST)

    def _cell(self, field: LineField) -> QWidget:
        cell = QWidget()
        down = QVBoxLayout(cell)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        label = LabelText(field.label, field.required, field.input, left=True)
        label.setFixedHeight(look.theme().control(20))
        down.addWidget(label)
        down.addWidget(field)
        down.addStretch()
        return cell

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(max(2, min(MOST, self.width() // look.theme().px(NARROW))))

    def _lay(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        while self.grid.count():
            self.grid.takeAt(0)
        for place, cell in enumerate(self._cells):
            self.grid.addWidget(cell, place // across, place % across)
        for place in range(MOST):
            self.grid.setColumnStretch(place, 1 if place < across else 0)

    def said_by(self, message: str) -> bool:
        """Whether a finding is this group's own: the sum, not one of the amounts."""
        before = self.check.message.split("{")[0]
        return bool(before) and message.startswith(before)

    def show_finding(self, message: str, *, blocks: bool = False) -> None:
        """What the form's check says about the sum; "" when it agrees."""
        self._finding = (message, "error" if blocks else "soon")
        self._tell(*self._sums())

    def refresh(self, other: str) -> None:
        """Add up anew; `other` is the text of the amount that the parts should come to."""
        self._other = other
        self._tell(*self._sums())

    def _sums(self) -> tuple[int | None, int | None]:
        parts = [stored(self.form.field(name), field.value() or "") for name, field in self.inputs.items()]
        filled = [part for part in parts if part is not None]
        return (sum(filled) if filled else None), stored(self.other, self._other)

    def _tell(self, total: int | None, wanted: int | None) -> None:
        self.sum.set_value("" if total is None else self.other.type.show(total, NAMES))
        agrees = total is None or wanted is None or total == wanted
        message, mark = self._finding
        self.sum.box.set_state(error=mark == "error" and bool(message) and not agrees)
        if agrees:
            self.note.show_text(f"合计与{self.other.label}一致" if total is not None and wanted is not None else "")
        else:
            difference = self.other.type.show(abs(total - wanted), NAMES)
            more = "多" if total > wanted else "少"
            self.note.show_text(
                f"合计比{self.other.label}{more} {difference} {self.other.unit}", mark if message else "soon"
            )
        self.sum.input.setAccessibleName(f"{self.sum.spoken()}，{self.note.words.text()}")
