"""Between the facts of a rule and what a clerk types: inputs, reading, showing."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.capital import capital_money
from desktop.model.errors import Refused
from desktop.model.fields.base import FieldType, NoNames
from desktop.model.fields.dates import Date
from desktop.model.fields.numbers import Money, Quantity, Whole
from desktop.model.policies.facts import Fact

from ...kit.choices import ChoiceField
from ...kit.field import Field as Input
from ...kit.lines import DateField, LineField, MoneyField
from ...kit.yesno import YesNo

NAMES = NoNames()
YUAN = Money({"money_unit": "元"})
DAY = Date({})
YES, NO = ("yes", "是", "有", "true", "1"), ("no", "否", "无", "false", "0")


def _type(fact: Fact) -> FieldType:
    if fact.kind == "money":
        return YUAN
    if fact.kind == "count":
        return Whole({"unit": fact.unit})
    return Quantity({"places": fact.places, "unit": fact.unit})


def read(fact: Fact, text: str) -> object:
    """The fact as `compute` takes it; None when empty. Raises Refused for what cannot be read."""
    text = text.strip()
    if not text:
        return None
    if fact.kind == "flag":
        if text.lower() in YES + NO:
            return text.lower() in YES
        raise Refused(f"“{text}”读不出是或否，请填是或否")
    if fact.kind == "choice":
        near = [code for code, label in fact.choices.items() if text in (code, label)]
        near = near or [code for code, label in fact.choices.items() if text in label]
        if len(near) == 1:
            return near[0]
        raise Refused(f"“{text}”不在选项中，可填 {'、'.join(fact.choices.values())}")
    if fact.kind == "text":
        return text
    if fact.kind == "date":
        return DAY.read(text, NAMES)
    stored = _type(fact).read(text, NAMES)
    if stored is None:
        return None
    return format(Decimal(int(stored)).scaleb(-2), "f") if fact.kind == "money" else str(stored)


def show(fact: Fact, value: object, *, code: bool = False) -> str:
    """The text of a fact's value, which `read` takes back; `code` gives choices and flags as inputs hold them."""
    if value is None:
        return ""
    if fact.kind == "flag":
        return ("yes" if value else "no") if code else ("是" if value else "否")
    if fact.kind == "choice":
        return str(value) if code else fact.choices.get(str(value), str(value))
    if fact.kind == "money":
        return YUAN.show(int(Decimal(str(value)).scaleb(2)), NAMES)
    return str(value)


def _words(text: str) -> str:
    stored = YUAN.read(text, NAMES)
    return capital_money(int(stored)) if stored is not None else ""


def _tidy(text: str) -> str:
    return YUAN.show(YUAN.read(text, NAMES), NAMES)


def date_read(text: str) -> tuple[str | None, str]:
    """For a DateField: the stored day, and how it was read when that is not plain to see."""
    stored = DAY.read(text, NAMES)
    if stored is None:
        return None, ""
    return str(stored), f"读作 {DAY.printed(stored, NAMES)}" if text != str(stored) else ""


def make_input(fact: Fact, name: str, *, required: bool) -> Input:
    """The input of a plain fact; its `value()` gives text that `read` takes."""
    given = {"required": required, "help": fact.help}
    if fact.kind == "flag":
        return YesNo(name, fact.label, **given)
    if fact.kind == "choice":
        return ChoiceField(name, fact.label, choices=list(fact.choices.items()), **given)
    if fact.kind == "money":
        return MoneyField(name, fact.label, unit="元", words=_words, tidy=_tidy, **given)
    if fact.kind == "date":
        return DateField(name, fact.label, read=date_read, **given)
    return LineField(name, fact.label, unit=fact.unit, number=fact.kind != "text", **given)
