"""Adding a condition to a list: a field, how it is compared, and with what. And the words of its chip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions.listing import Condition
from desktop.model.errors import DeskError
from desktop.model.fields.base import NoNames
from desktop.model.fields.numbers import Money
from desktop.model.forms import Field, Form

from ...kit.chips import SeveralField
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.field import Field as Input
from ...kit.lines import LineField

SPANS = ("date", "month", "period")
OPS = {"is": "是", "has": "含", "least": "不小于", "most": "不大于", "empty": "没有填", "filled": "已填"}


def words_of(form: Form, condition: Condition, labels: dict[str, str]) -> str:
    """阶段：在建、前期 or 总投资 ≥ 1,000 万元."""
    each = form.field(condition.field)
    if condition.op in ("empty", "filled"):
        return f"{each.label}{OPS[condition.op]}"
    if condition.op == "is":
        return f"{each.short}：{'、'.join(labels.get(value, value) for value in condition.values)}"
    if condition.op == "has":
        return f"{each.short}：{' '.join(condition.values)}"
    sign = "≥" if condition.op == "least" else "≤"
    return f"{each.short} {sign} {condition.values[0]}" + (f" {each.unit}" if each.unit else "")


def operations(each: Field, has_choices: bool) -> list[tuple[str, str]]:
    if each.type.number:
        return [("least", "不小于"), ("most", "不大于"), ("empty", "没有填"), ("filled", "已填")]
    if each.type.name in SPANS:
        return [("least", "不早于"), ("most", "不晚于"), ("empty", "没有填"), ("filled", "已填")]
    first = [("is", "是其中之一")] if has_choices else [("has", "含")]
    return [*first, ("empty", "没有填"), ("filled", "已填")]


class ConditionDialog(Dialog):
    """`condition` holds the answer after `run()`. `choices` are (code, label) by field."""

    def __init__(
        self, form: Form, choices: dict[str, list[tuple[str, str]]], field: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("添加条件", verb="添加", parent=parent)
        self.form, self.choices = form, choices
        self.condition: Condition | None = None
        fields = [(each.name, each.heading) for each in form.fields if each.type.name != "file"]
        self.field = ChoiceField("condition.field", "字段", choices=fields)
        self.op = ChoiceField("condition.op", "比较")
        self.add(self.field)
        self.add(self.op)
        self.value: Input | None = None
        self.field.picked.connect(lambda _: self._chosen())
        self.field.left.connect(self._chosen)
        self.op.picked.connect(lambda _: self._hide())
        self._shown = ""
        if field:
            self.field.set_value(field)
            self._chosen()

    def _chosen(self) -> None:
        name = self.field.value()
        if not name or name == self._shown:
            return
        self._shown = name
        each, offered = self.form.field(name), self.choices.get(name, [])
        if each.type.name == "yes_no":
            offered = [("1", "是"), ("0", "否")]
        ops = operations(each, bool(offered))
        self.op.set_choices(ops)
        self.op.set_value(ops[0][0])
        if self.value is not None:
            self.value.parentWidget().deleteLater()
        label = "值"
        if offered:
            self.value = SeveralField("condition.value", label, choices=offered)
        else:
            self.value = LineField("condition.value", label, unit=each.unit, number=each.type.number)
        self.add(self.value)
        self.value.setFocus()
        self.adjustSize()

    def _hide(self) -> None:
        if self.value is not None:
            self.value.parentWidget().setVisible(self.op.value() not in ("empty", "filled"))

    def accept(self) -> None:
        name, op = self.field.value(), self.op.value()
        if not name or not op or self.value is None:
            self.field.set_error("请先选一个字段")
            return
        if op in ("empty", "filled"):
            self.condition = Condition(name, op)
            super().accept()
            return
        try:
            values = self._values(self.form.field(name), op)
        except DeskError as wrong:
            self.value.set_error(str(wrong))
            return
        if not values:
            self.value.set_error("还没有填")
            return
        self.condition = Condition(name, op, values)
        super().accept()

    def _values(self, each: Field, op: str) -> tuple[str, ...]:
        if isinstance(self.value, SeveralField):
            return tuple(self.value.values())
        text = (self.value.value() or "") if self.value is not None else ""
        if op == "has" or not text:
            return tuple(text.split())
        stored = each.type.read(text, NoNames())
        if isinstance(each.type, Money):
            return (each.type.show(stored, NoNames()),)
        return (str(stored),)
