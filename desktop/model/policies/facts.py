"""What a policy asks about a case: the schema of its facts, and the check of the facts that someone gave.

Facts arrive as JSON values. Money is 元, as an int, a Decimal or decimal text, and never finer than 分; quantities and
percentages likewise with their own fineness; dates are ISO text. A JSON null means "not given". Whatever is wrong is
collected and refused together, each in a Chinese sentence with the path of the fact (`projects[1].equipment`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.model.policies import exact

KINDS = ("money", "quantity", "percent", "count", "flag", "choice", "text", "date", "group", "list")
NUMBERS = ("money", "quantity", "percent", "count")

Value = Decimal | bool | str | date | dict[str, Any] | list[dict[str, Any]]
Checked = dict[str, Any]  # name -> Value; facts that were not given and have no default are absent


@dataclass(frozen=True)
class Fact:
    """One fact: `places` is how many decimals it may have, `wanted_with` names facts that make it required."""

    name: str
    label: str
    kind: str
    required: bool = True
    unit: str = ""
    default: Decimal | None = None
    positive: bool = False
    maximum: Decimal | None = None
    places: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Fact, ...] = ()
    wanted_with: tuple[str, ...] = ()
    nonempty: bool = False
    help: str = ""

    def shown(self, value: object) -> str:
        """The value as a sentence says it, with its unit."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Decimal):
            if self.kind == "money":
                return exact.yuan(value)
            if self.kind == "percent":
                return f"{exact.plain(value)}%"
            return f"{exact.shown(value)} {self.unit}".strip()
        if isinstance(value, str):
            return self.choices.get(value, value)
        return str(value)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the facts, for the list beside the form."""

    field: str
    message: str
    value: object = None

    def as_detail(self) -> dict[str, object]:
        value = self.value if isinstance(self.value, str | int | bool | None) else str(self.value)
        return {"field": self.field, "value": value, "message": self.message}


def check(facts: Mapping[str, object], schema: Sequence[Fact], problems: list[Problem], path: str = "") -> Checked:
    """The facts in exact types; what is wrong goes to `problems`."""
    known = {fact.name for fact in schema}
    for name in facts:
        if name not in known:
            offered = "、".join(fact.name for fact in schema)
            problems.append(Problem(path + str(name), f"不认识“{path}{name}”，本条政策只用 {offered}。", facts[name]))
    given = {name for name in known if _given(facts.get(name))}
    checked: Checked = {}
    for fact in schema:
        raw = facts.get(fact.name)
        where = path + fact.name
        if raw is None:
            if fact.default is not None:
                checked[fact.name] = fact.default
            elif fact.required or given & set(fact.wanted_with):
                problems.append(Problem(where, f"缺少“{fact.label}”（{where}），请填写。"))
            continue
        value = _value(raw, fact, where, problems)
        if value is not None:
            checked[fact.name] = value
    return checked


def _given(raw: object) -> bool:
    return raw is not None and raw != []


def _value(raw: object, fact: Fact, where: str, problems: list[Problem]) -> Value | None:
    if fact.kind in NUMBERS:
        return _number(raw, fact, where, problems)
    if fact.kind == "flag":
        if isinstance(raw, bool):
            return raw
        problems.append(Problem(where, f"“{fact.label}”（{where}）只能是 true 或 false。", raw))
        return None
    if fact.kind == "choice":
        if isinstance(raw, str) and raw in fact.choices:
            return raw
        offered = "、".join(f"{code}（{label}）" for code, label in fact.choices.items())
        problems.append(Problem(where, f"“{fact.label}”（{where}）只能是 {offered}。", raw))
        return None
    if fact.kind == "text":
        if isinstance(raw, str) and raw.strip():
            return raw.strip()
        problems.append(Problem(where, f"“{fact.label}”（{where}）要填文字。", raw))
        return None
    if fact.kind == "date":
        return as_date(raw, fact.label, where, problems)
    if fact.kind == "group":
        if isinstance(raw, Mapping):
            return check(raw, fact.fields, problems, where + ".")
        problems.append(Problem(where, f"“{fact.label}”（{where}）要填一组内容。", raw))
        return None
    return _rows(raw, fact, where, problems)


def _rows(raw: object, fact: Fact, where: str, problems: list[Problem]) -> list[dict[str, Any]] | None:
    if not isinstance(raw, list | tuple):
        problems.append(Problem(where, f"“{fact.label}”（{where}）要填一个列表。", raw))
        return None
    if fact.nonempty and not raw:
        problems.append(Problem(where, f"“{fact.label}”（{where}）至少填一行。"))
    rows: list[dict[str, Any]] = []
    for index, row in enumerate(raw):
        if isinstance(row, Mapping):
            rows.append(check(row, fact.fields, problems, f"{where}[{index}]."))
        else:
            problems.append(Problem(f"{where}[{index}]", f"“{fact.label}”第 {index + 1} 行要填一组内容。", row))
    return rows


def _number(raw: object, fact: Fact, where: str, problems: list[Problem]) -> Decimal | None:
    named = f"“{fact.label}”（{where}）"
    value = exact.parse(raw)
    message = ""
    if value is None:
        hint = "（如 1234.56，不带逗号和单位）" if fact.kind != "count" else "（如 12）"
        message = f"{named}不是可用的精确数字，请改为十进制数{hint}。"
    elif value < 0:
        message = f"{named}不能是负数。"
    elif exact.decimals(value) > fact.places:
        message = {
            "money": f"{named}只能精确到分，请去掉第三位以后的小数。",
            "count": f"{named}只能是整数。",
        }.get(fact.kind, f"{named}最多 {fact.places} 位小数。")
    elif fact.positive and not value:
        message = f"{named}要大于 0。"
    elif fact.maximum is not None and value > fact.maximum:
        message = f"{named}不能大于 {exact.shown(fact.maximum)}{' ' + fact.unit if fact.unit else ''}，请核对单位。"
    if message:
        problems.append(Problem(where, message, raw))
        return None
    return value


def as_date(raw: object, label: str, where: str, problems: list[Problem]) -> date | None:
    """A date, or ISO text `2026-11-24` and no other spelling."""
    if type(raw) is date:
        return raw
    if isinstance(raw, str) and len(raw) == 10 and raw.isascii():
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    problems.append(Problem(where, f"“{label}”（{where}）不是有效日期，请写成 2026-11-24 的样子。", raw))
    return None
