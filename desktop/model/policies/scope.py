"""Where a part of a rule finds its facts, and whether its conditions hold there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.model.policies.facts import Fact
from desktop.model.policies.rules import Condition, Part, Rule


@dataclass(frozen=True)
class Scope:
    """The facts one award sees: those of its row or group first, then those of the whole case.

    `label` names the row in sentences (the row's own name, or 项目 2); empty for the case itself.
    """

    case: Mapping[str, Any]
    case_schema: Mapping[str, Fact]
    inner: Mapping[str, Any]
    inner_schema: Mapping[str, Fact]
    label: str = ""
    index: int | None = None

    def value(self, path: str) -> object:
        if path in self.inner_schema:
            return self.inner.get(path)
        found: Any = self.case
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def fact(self, path: str) -> Fact:
        if path in self.inner_schema:
            return self.inner_schema[path]
        schema, found = self.case_schema, None
        for name in path.split("."):
            found = schema[name]
            schema = _by_name(found.fields)
        assert found is not None
        return found

    def number(self, path: str) -> Decimal | None:
        value = self.value(path)
        return value if isinstance(value, Decimal) else None


def case_scope(rule: Rule, case: Mapping[str, Any]) -> Scope:
    return Scope(case, _by_name(rule.facts), {}, {})


def scopes(rule: Rule, part: Part, case: Mapping[str, Any]) -> list[Scope]:
    """One scope per row, group or case that the part counts; none when there is nothing to count."""
    schema = _by_name(rule.facts)
    if part.of:
        group = case.get(part.of)
        return [Scope(case, schema, group, _by_name(schema[part.of].fields))] if group is not None else []
    if not part.each:
        return [case_scope(rule, case)]
    owner = schema[part.each]
    inner_schema = _by_name(owner.fields)
    rows: Sequence[Mapping[str, Any]] = case.get(part.each) or ()
    found = [
        Scope(case, schema, row, inner_schema, str(row.get("name") or f"{owner.label} {index + 1}"), index)
        for index, row in enumerate(rows)
    ]
    return [scope for scope in found if all(holds(condition, scope) for condition in part.where)]


def holds(condition: Condition, scope: Scope) -> bool:
    """A fact that is not there meets no condition."""
    value = scope.value(condition.fact)
    if value is None:
        return False
    if condition.op in ("is", "one_of"):
        return any(value == wanted and type(value) is type(wanted) for wanted in condition.values)
    bound = condition.values[0]
    if not isinstance(value, Decimal) or not isinstance(bound, Decimal):
        return False
    return {
        "at_least": value >= bound,
        "at_most": value <= bound,
        "above": value > bound,
        "below": value < bound,
    }[condition.op]


def unmet(conditions: Sequence[Condition], scope: Scope) -> list[str]:
    """The naming sentence of every condition that does not hold, `{value}` filled in."""
    sentences = []
    for condition in conditions:
        if not holds(condition, scope):
            value = scope.value(condition.fact)
            shown = "未填" if value is None else scope.fact(condition.fact).shown(value)
            sentence = condition.unmet.replace("{value}", shown)
            sentences.append(f"{scope.label}：{sentence}" if scope.label else sentence)
    return sentences


def _by_name(facts: Sequence[Fact]) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}
