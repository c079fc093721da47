"""How much of each cap the office's claims have used: which policy, whose, in which period."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions.desk import Desk
from desktop.actions.records import Values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.policies import Result, Rule, Rules, subsidy
from desktop.model.policies.exact import yuan
from desktop.model.policies.gathering import Case, gather

NOT_COUNTED = ("refused", "withdrawn")
HEAD = "上限使用："
_USE = re.compile(r"(?P<title>[^；：]+?) (?P<amount>[0-9][0-9,]*\.[0-9]{2}) 元")


@dataclass(frozen=True)
class Use:
    """One claim. `caps`: name of a cap that belongs to the enterprise -> 元 used of it; `records` ids it names."""

    claim: str
    rule: str
    enterprise: str
    period: Period
    records: tuple[str, ...]
    caps: Mapping[str, Decimal]


def ids_in(value: Value) -> tuple[str, ...]:
    """Ids in a stored field of several references."""
    return tuple(str(each) for each in json.loads(str(value))) if value else ()


def amount_of(values: Mapping[str, Value]) -> Decimal | None:
    """What a claim stands for in 元: paid, else approved, else claimed, else computed."""
    names = ("paid_amount", "approved_amount", "claimed", "computed")
    found = next((values[name] for name in names if values.get(name) is not None), None)
    return Decimal(int(found)).scaleb(-2) if found is not None else None


def use_line(result: Result) -> str:
    """The line of an explanation that says how far the enterprise's caps are used; "" when there are none."""
    said = [f"{cap.title} {yuan(cap.used)}" for cap in result.caps if cap.scope == "enterprise"]
    return HEAD + "；".join(said) if said else ""


def uses(desk: Desk, rules: Rules, rate: str | None = None) -> list[Use]:
    """All claims that count, with what each used. A claim that was paid or approved less uses no more than that."""
    named = _rules_by_record(desk, rules)
    found = []
    ids, _ = desk.store.records.ids("claim")
    for claim, values in desk.store.records.values("claim", ids).items():
        rule, owner = named.get(str(values.get("policy"))), str(values.get("enterprise") or "")
        amount = amount_of(values)
        if rule is None or not owner or amount is None or not values.get("period"):
            continue
        if values.get("state") in NOT_COUNTED:
            continue
        records = ids_in(values.get("projects")) + ids_in(values.get("sites"))
        period = Period.parse(str(values["period"]))
        found.append(Use(claim, rule.name, owner, period, records, _caps(desk, rules, rule, values, amount, rate)))
    return found


def _rules_by_record(desk: Desk, rules: Rules) -> dict[str, Rule]:
    ids, _ = desk.store.records.ids("policy")
    held = desk.store.records.values("policy", ids)
    named = {record: str(values.get("rule") or "") for record, values in held.items()}
    return {record: rules.by_name[name] for record, name in named.items() if name in rules.by_name}


def _caps(
    desk: Desk, rules: Rules, rule: Rule, values: Values, amount: Decimal, rate: str | None
) -> dict[str, Decimal]:  # fmt: skip
    caps = [cap for cap in rule.caps if cap.scope == "enterprise"]
    if len(caps) == 1:
        return {caps[0].name: amount}
    said = _said(str(values.get("explanation") or ""))
    if said:
        known = {cap.name: said[cap.title] for cap in caps if cap.title in said}
    else:
        known = _again(desk, rules, rule, values, rate)
    if not known:  # nothing tells the caps apart, so none of them may be overdrawn
        known = {cap.name: amount for cap in caps}
    return {name: min(used, amount) for name, used in known.items()}


def _said(explanation: str) -> dict[str, Decimal]:
    lines = [line for line in explanation.splitlines() if line.startswith(HEAD)]
    if not lines:
        return {}
    return {m["title"].strip(): Decimal(m["amount"].replace(",", "")) for m in _USE.finditer(lines[-1][len(HEAD) :])}


def _again(desk: Desk, rules: Rules, rule: Rule, values: Values, rate: str | None) -> dict[str, Decimal]:
    """Computed from the records the claim names; empty when they no longer give anything."""
    period = Period.parse(str(values["period"]))
    rows = {
        form: [
            {**held, "id": record}
            for record, held in desk.store.records.values(form, ids_in(values.get(field))).items()
        ]
        for form, field in (("project", "projects"), ("site", "sites"))
    }
    owner = str(values["enterprise"])
    above = {**desk.store.records.values("enterprise", [owner]).get(owner, {}), "id": owner}
    case = Case("enterprise", above, above, rows["project"], rows["site"], (period.first, period.last), rate)
    found = gather(rule, case)
    if found.missing or not found.facts:
        return {}
    try:
        result = subsidy(rule.name, found.facts, on=period.last, rules=rules)
    except Refused:
        return {}
    return {cap.name: cap.used for cap in result.caps if cap.scope == "enterprise"}
