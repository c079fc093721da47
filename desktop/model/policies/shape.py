"""From the TOML of a rule to a `Rule`: every key known, every name that is used also there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from desktop.model.policies import exact
from desktop.model.policies.facts import KINDS, Fact
from desktop.model.policies.rules import (
    STATUSES,
    Cap,
    Caution,
    Condition,
    Factor,
    ItemCap,
    Part,
    Rule,
    TableRow,
)
from desktop.model.policies.sources import read_applies, read_sources
from desktop.model.policies.taking import BadRuleError, Taker

__all__ = ["BadRuleError", "read_rule"]

OPERATORS = ("is", "one_of", "at_least", "at_most", "above", "below")
# Facts of every policy; no rule may use these names for its own.
COMMON = ("on", "planned", "already")
_PLACES = {"money": 2, "count": 0, "percent": 6, "quantity": 6}


def read_rule(stem: str, raw: dict[str, Any], digest: str) -> Rule:
    take = Taker(raw, "")
    rule = Rule(
        name=take.text("rule", stem),
        number=take.integer("number"),
        title=take.text("title"),
        clause=take.text("clause"),
        document=take.text("document"),
        document_title=take.text("document_title"),
        place=take.text("place", ""),
        year=take.integer("year") or 0,
        version=take.text("version"),
        status=take.choice("status", STATUSES, "unknown"),
        issued=take.day("issued"),
        valid_from=take.day("from"),
        valid_to=take.day("to"),
        replaced_by=take.text("replaced_by", ""),
        units=take.texts("units"),
        payee=take.text("payee", ""),
        amount_label=take.text("amount_label", ""),
        reason=take.text("reason", ""),
        always_estimate=take.text("always_estimate", ""),
        facts=_facts(take.table("facts"), "facts"),
        need_any=take.texts("need_any"),
        conditions=_conditions(take, "conditions"),
        parts=tuple(_part(part) for part in take.rows("parts")),
        caps=tuple(_cap(cap) for cap in take.rows("caps")),
        notes=take.texts("notes"),
        cautions=tuple(_caution(caution) for caution in take.rows("cautions")),
        applies=tuple(read_applies(row, _conditions) for row in take.rows("applies")),
        take=read_sources(take.table("take"), "take", _conditions, _condition),
        digest=digest,
    )
    take.done()
    _tie(rule, stem)
    return rule


def _facts(raw: dict[str, Any], place: str) -> tuple[Fact, ...]:
    facts = []
    for name, table in raw.items():
        if not isinstance(table, dict):
            raise BadRuleError(f"{place}.{name} 应是一张表")
        take = Taker(table, f"{place}.{name}.")
        kind = take.choice("type", KINDS)
        default = take.number("default")
        facts.append(
            Fact(
                name=name,
                label=take.text("label"),
                kind=kind,
                required=take.flag("required", default is None),
                unit=take.text("unit", "元" if kind == "money" else "%" if kind == "percent" else ""),
                default=default,
                positive=take.flag("positive", False),
                maximum=take.number("maximum"),
                places=take.integer("places", _PLACES.get(kind, 0)) or 0,
                choices={code: str(label) for code, label in take.table("choices").items()},
                fields=_facts(take.table("fields"), f"{place}.{name}.fields"),
                wanted_with=take.texts("wanted_with"),
                nonempty=take.flag("nonempty", False),
                help=take.text("help", ""),
            )
        )
        take.done()
    return tuple(facts)


def _conditions(take: Taker, key: str) -> tuple[Condition, ...]:
    return tuple(_condition(row, key != "where" and key != "when") for row in take.rows(key))


def _condition(take: Taker, named: bool) -> Condition:
    fact = take.text("fact")
    ops = [op for op in OPERATORS if op in take.raw]
    if len(ops) != 1:
        raise BadRuleError(f"{take.place}应有且只有一个比较（{'、'.join(OPERATORS)}）")
    raw = take.any(ops[0])
    values = tuple(_constant(value, f"{take.place}{ops[0]}") for value in (raw if isinstance(raw, list) else [raw]))
    condition = Condition(fact, ops[0], values, take.text("unmet") if named else "")
    take.done()
    if ops[0] not in ("is", "one_of") and not isinstance(values[0], Decimal):
        raise BadRuleError(f"{take.place}{ops[0]} 应是数字")
    return condition


def _constant(raw: Any, place: str) -> Decimal | bool | str:
    if isinstance(raw, bool):
        return raw
    number = exact.parse(raw)
    if number is not None:
        return number
    if isinstance(raw, str):
        return raw
    raise BadRuleError(f"{place} 应是文字、是非或用引号写的十进制数")


def _part(take: Taker) -> Part:
    cap = take.table("item_cap")
    part = Part(
        name=take.text("name"),
        title=take.text("title"),
        factors=tuple(_factor(factor) for factor in take.rows("factors")),
        result=take.choice("result", ("amount", "up_to"), "amount"),
        each=take.text("each", ""),
        of=take.text("of", ""),
        where=_conditions(take, "where"),
        conditions=_conditions(take, "conditions"),
        item_conditions=_conditions(take, "item_conditions"),
        item_cap=_item_cap(Taker(cap, f"{take.place}item_cap.")) if cap else None,
        quote=take.text("quote", ""),
    )
    take.done()
    if not part.factors:
        raise BadRuleError(f"{take.place}factors 是空的")
    return part


def _item_cap(take: Taker) -> ItemCap:
    cap = ItemCap(take.must_number("value"), take.text("text"))
    take.done()
    return cap


def _factor(take: Taker) -> Factor:
    fact, facts = take.text("fact", ""), take.texts("facts")
    percent, value = take.number("percent"), take.number("value")
    table = tuple(_row(row) for row in take.rows("table"))
    if sum((bool(fact), bool(facts), percent is not None, value is not None, bool(table))) != 1:
        raise BadRuleError(f"{take.place}应是 fact、facts、percent、value、table 中的一种")
    factor = Factor(
        facts=(fact,) if fact else facts,
        at_most=take.number("at_most"),
        at_most_text=take.text("at_most_text", ""),
        value=percent if percent is not None else value,
        is_percent=percent is not None,
        to=take.number("percent_to"),
        unit=take.text("unit", ""),
        label=take.text("label", ""),
        table=table,
    )
    take.done()
    return factor


def _row(take: Taker) -> TableRow:
    percent, value = take.number("percent"), take.number("value")
    figure = percent if percent is not None else value
    if figure is None or (percent is not None and value is not None):
        raise BadRuleError(f"{take.place}应写 percent 或 value 中的一个")
    row = TableRow(_conditions(take, "when"), take.text("text"), figure, percent is not None, take.text("unit", ""))
    take.done()
    return row


def _cap(take: Taker) -> Cap:
    cap = Cap(
        name=take.text("name"),
        title=take.text("title"),
        value=take.must_number("value"),
        parts=take.texts("parts"),
        text=take.text("text"),
        scope=take.choice("scope", ("enterprise", "case"), "enterprise"),
    )
    take.done()
    return cap


def _caution(take: Taker) -> Caution:
    caution = Caution(take.text("text"), take.texts("parts"))
    take.done()
    return caution


def _tie(rule: Rule, stem: str) -> None:
    """A misspelt fact or part would silently pay too much; so every name used must exist."""
    if rule.name != stem:
        raise BadRuleError(f"rule = “{rule.name}”与文件名不一致")
    if not rule.parts and not rule.reason:
        raise BadRuleError("parts 是空的，又没有写 reason 说明为何不能测算")
    tops = {fact.name: fact for fact in rule.facts}
    for name in COMMON:
        if name in tops:
            raise BadRuleError(f"facts.{name} 是保留的名字")
    top = _paths(rule.facts)
    _known(rule.need_any, set(tops), "need_any")
    _known((condition.fact for condition in rule.conditions), top, "conditions")
    names = [part.name for part in rule.parts]
    if len(set(names)) != len(names):
        raise BadRuleError("parts 中有重名")
    for part in rule.parts:
        inner = set(top)
        for owner in filter(None, (part.each, part.of)):
            _known([owner], set(tops), f"parts.{part.name}")
            inner |= _paths(tops[owner].fields)
        used = [c.fact for c in (*part.where, *part.conditions, *part.item_conditions)]
        for factor in part.factors:
            used += [*factor.facts, *(c.fact for row in factor.table for c in row.when)]
        _known(used, inner, f"parts.{part.name}")
        if part.quote and part.quote not in rule.clause:
            raise BadRuleError(f"parts.{part.name}.quote 不是条文原文")
    _known(rule.take, set(tops), "take")
    for name, source in rule.take.items():
        _known(source.fields, _paths(tops[name].fields), f"take.{name}.fields")
    for cap in rule.caps:
        _known(cap.parts, set(names), f"caps.{cap.name}")
    for caution in rule.cautions:
        _known(caution.parts, set(names), "cautions")


def _paths(facts: Iterable[Fact]) -> set[str]:
    found = set()
    for fact in facts:
        found.add(fact.name)
        if fact.kind == "group":
            found |= {f"{fact.name}.{inner}" for inner in _paths(fact.fields)}
    return found


def _known(used: Iterable[str], known: set[str], place: str) -> None:
    for name in used:
        if name not in known:
            raise BadRuleError(f"{place} 用到了没有定义的“{name}”")
