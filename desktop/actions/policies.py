"""Policies over the office's own records: which rules are in force, who may get what, and what was used before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.actions.desk import Desk
from desktop.actions.policy_cases import FORMS, Cases, newest_lpr
from desktop.actions.records import Values
from desktop.model.fields.base import Value
from desktop.model.policies import (
    Match,
    Missing,
    Result,
    Rule,
    Rules,
    built_in_folder,
    load_rules,
    match,
    match_all,
    subsidy,
)
from desktop.model.policies.gathering import gather
from desktop.model.policies.matching import reasons_to_apply
from desktop.model.policies.rules import STATUSES

CLOSED = ("replaced", "expired")


@dataclass(frozen=True)
class PolicyLine:
    """One policy of the list. `key` is the rule's name, or the record's id where no rule computes it.

    `kind`: figures (可算), clause (条文). `status` is the document's today: a key of STATUSES. `closed` is True
    outside its dates. `sets` says in a few words what the text sets.
    """

    key: str
    number: int | None
    title: str
    kind: str
    status: str
    closed: bool
    sets: str
    record: str = ""


@dataclass(frozen=True)
class Filled:
    """Facts found in a record for one rule; `missing` are not in the records, `planned` when figures are planned."""

    facts: dict[str, object]
    missing: tuple[Missing, ...]
    planned: bool


@dataclass(frozen=True)
class Qualified:
    """One record that a policy may be for, with its match."""

    form: str
    record: str
    label: str
    match: Match


def rules_in_force(desk: Desk, on: date | None = None) -> Rules:
    """The rules of the program and of the office (`policies/*.toml` in the data folder), with the office's word on
    each document: a status other than 待核, a last day, and a later document that says it replaces it."""
    day = on or desk.names.today
    own = desk.store.folder / "policies"
    rules = load_rules(built_in_folder(), own) if own.is_dir() else load_rules()
    records = _records(desk, "policy")
    later = {
        str(values["replaces"]): values
        for _, values in records
        if values.get("replaces") and (not values.get("from") or str(values["from"]) <= day.isoformat())
    }
    for record, values in records:
        name, status = str(values.get("rule") or ""), str(values.get("status") or "unknown")
        if name not in rules.by_name:
            continue
        if values.get("to"):
            bounded = replace(rules.find(name), valid_to=date.fromisoformat(str(values["to"])))
            rules = Rules({**rules.by_name, name: bounded})
        if record in later and status != "current":
            rules = rules.with_status(name, "replaced", _named(later[record]))
        elif status != "unknown":
            rules = rules.with_status(name, status)
    return rules


def _named(values: Mapping[str, Value]) -> str:
    document = f"（{values['doc_no']}）" if values.get("doc_no") else ""
    return f"“{values.get('title') or ''}”{document}"


def policies(desk: Desk, on: date | None = None) -> list[PolicyLine]:
    """All policies in the order of the plan, then what the office added; what each sets and whether it is in force."""
    day = on or desk.names.today
    rules = rules_in_force(desk, day)
    records = {str(values.get("rule") or record): (record, values) for record, values in _records(desk, "policy")}
    lines = [
        PolicyLine(
            rule.name, rule.number, rule.title, "figures" if rule.figures else "clause", rule.status,
            not rule.in_dates(day), _sets(rule), records[rule.name][0] if rule.name in records else "",
        )
        for rule in rules
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.number is None, line.number or 0, line.title))
    for key, (record, values) in records.items():
        if key not in rules.by_name:
            status, number = str(values.get("status") or "unknown"), values.get("number")
            title, place = str(values.get("title") or ""), number if isinstance(number, int) else None
            ended = bool(values.get("to")) and str(values["to"]) < day.isoformat()
            lines.append(
                PolicyLine(record, place, title, "clause", status, ended or status in CLOSED, STATUSES[status], record)
            )
    return lines


def _sets(rule: Rule) -> str:
    if not rule.figures:
        return rule.reason
    caps = "；".join(cap.text for cap in rule.caps)
    return "、".join(part.title for part in rule.parts) + (f"；{caps}" if caps else "")


def rule_of(desk: Desk, key: str, on: date | None = None) -> Rule | None:
    """The rule of a list line's key; None for a policy that only has its text."""
    rules = rules_in_force(desk, on)
    return rules.by_name.get(key)


def lpr(desk: Desk, on: date | None = None) -> tuple[str, str] | None:
    """(percent as decimal text, day it was published): the newest one-year LPR the office keeps, not after the date."""
    return newest_lpr(desk, on or desk.names.today)


def match_record(
    desk: Desk, form: str, record: str, on: date | None = None, *, period: str = "",
    changed: Mapping[str, Value] | None = None,
) -> list[Match]:  # fmt: skip
    """What each policy says of a record. `changed` are values not saved yet, `record` may be "" for a new one.

    `period` is the one applied for, the year of `on` when empty; the caps of the enterprise count its other claims
    of that period.
    """
    day = on or desk.names.today
    rules = rules_in_force(desk, day)
    cases = Cases(desk, rules, day, period)
    case = cases.case(form, record, changed)
    return match_all(case, on=day, rules=rules, already=cases.already(case))


def facts_from(
    desk: Desk, key: int | str, form: str, record: str, *, period: str = "", on: date | None = None
) -> Filled:
    """The facts of one policy that the records hold, in the shape `compute` takes."""
    day = on or desk.names.today
    rules = rules_in_force(desk, day)
    found = gather(rules.find(key), Cases(desk, rules, day, period).case(form, record))
    return Filled(found.facts, tuple(found.missing), found.planned)


def compute(
    desk: Desk, key: int | str, facts: Mapping[str, object], on: date | None = None, *, form: str = "",
    record: str = "", period: str = "", planned: bool = False,
) -> Result:  # fmt: skip
    """What a policy gives for facts; with a record, the caps of its enterprise count what was used in the period.

    Raises Refused whose details name the facts that are wrong.
    """
    day = on or desk.names.today
    rules = rules_in_force(desk, day)
    used: Mapping[str, object] | None = None
    if record:
        cases = Cases(desk, rules, day, period)
        used = cases.already(cases.case(form, record)).get(rules.find(key).name)
    return subsidy(key, facts, on=day, rules=rules, already=used, planned=planned)


def qualify(desk: Desk, key: int | str, on: date | None = None, *, period: str = "") -> list[Qualified]:
    """The records that a policy may be for: projects, enterprises, sites, in each those it pays first, by name."""
    day = on or desk.names.today
    rules = rules_in_force(desk, day)
    rule, found = rules.find(key), []
    cases = Cases(desk, rules, day, period, all_at_once=True)
    for form in FORMS:
        if not any(each.form == form for each in rule.applies):
            continue
        for record in cases.register(form):
            case = cases.case(form, record)
            if reasons_to_apply(rule, case):
                said = match(rule, case, on=day, rules=rules, already=cases.already(case))
                if said is not None:
                    found.append(Qualified(form, record, desk.names.label(form, record) or "", said))
    order = {"computed": 0, "missing": 1, "clause": 2, "unmet": 3, "out_of_dates": 4}
    return sorted(found, key=lambda each: (FORMS.index(each.form), order[each.match.state], each.label))


def _records(desk: Desk, form: str) -> list[tuple[str, Values]]:
    ids, _ = desk.store.records.ids(form)
    values = desk.store.records.values(form, ids)
    return [(record, values[record]) for record in ids]
