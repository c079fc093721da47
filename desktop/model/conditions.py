"""Conditions that a clerk writes in plain lines and the program checks: 总投资 不少于 1000.

One line, one condition: the label of a field, a comparison, a value in the unit of the form. Several values stand one
after the other with 、 or 或. What cannot be read is named by its line; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.fields.base import Names, Value
from desktop.model.fields.numbers import Money
from desktop.model.forms import Field, Form

_SAID = {
    "least": ("不少于", "不低于", "不早于", "至少", "大于等于", "≥", ">="),
    "most": ("不超过", "不高于", "不晚于", "至多", "小于等于", "≤", "<="),
    "is_not": ("不为", "不是", "≠"),
    "is": ("为", "是", "=", "＝"),
    "has": ("含", "包含"),
    "filled": ("已填", "须填"),
    "empty": ("未填",),
}
COMPARISONS = {word: op for op, words in _SAID.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(COMPARISONS, key=len, reverse=True))
_LINE = re.compile(rf"(?P<label>.+?)\s*(?P<op>{_WORDS})\s*(?P<value>.*)")
_SPLIT = re.compile(r"、|或|，|,(?=\D)")


@dataclass(frozen=True)
class Condition:
    """One line, read: `line` as written, `values` stored values to compare with."""

    line: str
    field: Field
    op: str
    values: tuple[Value, ...] = ()


def read_conditions(text: str | None, form: Form, names: Names) -> list[Condition]:
    """The conditions of a text. Raises Refused naming the line that cannot be read."""
    found = []
    for number, line in enumerate((text or "").splitlines(), start=1):
        plain = re.sub(r"^\s*(?:[0-9]+[.、．)）]|[-•·])\s*", "", line).strip().rstrip("。；;")
        if plain:
            try:
                found.append(_read(plain, form, names))
            except Refused as refused:
                raise Refused(f"逐项核对第 {number} 行“{plain}”：{refused}") from None
    return found


def _read(line: str, form: Form, names: Names) -> Condition:
    labels = {text: each for each in form.fields for text in (each.label, each.short, each.heading)}
    # A label may hold a comparison's word (是否…): the longest label that begins the line wins.
    label = max((text for text in labels if line.startswith(text)), key=len, default="")
    found = _LINE.fullmatch(f"#{line[len(label) :].strip()}") if label else None
    if not label:
        raise Refused(f"开头应是{form.title}的字段名，如 总投资、阶段")
    if found is None or found["label"] != "#":
        raise Refused("字段名后应写 不少于、不超过、为、不为、含、已填 或 未填")
    each, op, said = labels[label], COMPARISONS[found["op"]], found["value"].strip()
    if op in ("filled", "empty"):
        if said:
            raise Refused(f"“{found['op']}”后面不用再写")
        return Condition(line, each, op)
    if not said:
        raise Refused(f"“{found['op']}”后面没有写值")
    if op == "has":
        return Condition(line, each, op, tuple(part.strip() for part in _SPLIT.split(said) if part.strip()))
    if op in ("least", "most"):
        if not (each.type.number or each.type.name in ("date", "month", "period")):
            raise Refused(f"{each.label}不是数字或日期，不能比大小")
        return Condition(line, each, op, (each.type.read(_bare(said, each), names),))
    parts = [part.strip() for part in _SPLIT.split(said) if part.strip()]
    return Condition(line, each, op, tuple(each.type.read(_bare(part, each), names) for part in parts))


def _bare(text: str, each: Field) -> str:
    return text.removesuffix(each.unit).strip() if each.unit else text


def meets(condition: Condition, values: Mapping[str, Value], names: Names) -> bool:
    """Whether a record's stored values meet a condition. An empty field meets only 未填 and 不为."""
    value = values.get(condition.field.name)
    if condition.op in ("filled", "empty"):
        return (value is None) == (condition.op == "empty")
    if condition.op == "is_not":
        return value is None or value not in condition.values
    if value is None:
        return False
    if condition.op == "is":
        return value in condition.values
    if condition.op == "has":
        shown = condition.field.type.printed(value, names)
        return all(str(word) in shown for word in condition.values)
    bound = condition.values[0]
    if condition.field.type.number:
        one, other = Decimal(str(value)), Decimal(str(bound))
        return one >= other if condition.op == "least" else one <= other
    text, limit = str(value), str(bound)
    return text >= limit if condition.op == "least" else text[: len(limit)] <= limit


def failing(condition: Condition, values: Mapping[str, Value], names: Names) -> str:
    """Why a record does not meet a condition: the line, and what the record holds instead."""
    each, value = condition.field, values.get(condition.field.name)
    held = each.type.printed(value, names) if value is not None else "未填"
    unit = f" {each.type.unit}" if value is not None and (isinstance(each.type, Money) or each.unit) else ""
    return f"不符合“{condition.line}”：{each.label}现为 {held}{unit}"
