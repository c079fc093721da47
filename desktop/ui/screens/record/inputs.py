"""From a field's definition to its input. A field of a known type needs no line of code here."""

from __future__ import annotations

from desktop.model.fields.base import FieldType
from desktop.model.forms import Field

from ...kit.chips import SeveralField
from ...kit.choices import ChoiceField, Choices
from ...kit.field import Field as Input
from ...kit.lines import DateField, LineField, MoneyField
from ...kit.longtext import LongText
from ...kit.yesno import YesNo
from .echo import date_reader, reader, tidier

SPANS = ("date", "month", "period")
WIDE = 40  # characters from which a one-line text takes the whole line


def spans(each: Field) -> int:
    """How many pairs of the row a field takes."""
    several = each.type.name == "choices" or getattr(each.type, "several", False)
    return 2 if each.type.name in ("long_text", "file") or several or each.width >= WIDE else 1


def _limit(kind: FieldType) -> int:
    return int(getattr(kind, "max", 0) or 0) if kind.name in ("text", "long_text") else 0


def make_input(each: Field, choices: Choices, *, readonly: bool = False) -> Input:
    """The input of a field; `value()` gives text that the field's type reads."""
    kind = each.type
    given = {"required": each.required, "help": each.help, "readonly": readonly}
    if kind.name == "yes_no":
        return YesNo(each.name, each.label, **given)
    if kind.name == "choices" or getattr(kind, "several", False):
        return SeveralField(each.name, each.label, choices=choices, **given)
    if kind.name in ("choice", "reference", "plan_item"):
        free = bool(getattr(kind, "open", False))
        hint = "输入名称或拼音首字母，F4 打开" if kind.name == "reference" else ""
        return ChoiceField(each.name, each.label, choices=choices, free=free, placeholder=hint, **given)
    if kind.name == "unit":
        return ChoiceField(each.name, each.label, choices=choices, free=True, **given)
    if kind.name == "long_text":
        return LongText(each.name, each.label, lines=3, limit=_limit(kind), **given)
    if kind.name == "money":
        return MoneyField(each.name, each.label, unit=each.unit, words=reader(each), tidy=tidier(each), **given)
    if kind.name in SPANS:
        return DateField(each.name, each.label, read=date_reader(each), **given)
    if kind.name == "file":
        return LineField(each.name, each.label, required=each.required, readonly=True, placeholder="没有附件")
    return LineField(each.name, each.label, unit=each.unit, number=kind.number, limit=_limit(kind), **given)


def put_text(field: Input, text: str) -> None:
    """Show a text that `make_input`'s field would give back."""
    if isinstance(field, SeveralField):
        field.set_values(text.split("、") if text else [])
    else:
        field.set_value(text or None)


def text_in(field: Input) -> str:
    """What stands in a field, as text to read; what is not in its list is given as typed, so that it is refused."""
    if isinstance(field, SeveralField):
        return "、".join(field.values())
    if isinstance(field, ChoiceField):
        return field.value() or field.shown()
    return field.value() or ""
