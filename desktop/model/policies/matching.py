"""For a project, an enterprise or a site: which policies may apply, why, what is missing, what each would pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.model.errors import Refused
from desktop.model.policies.gathering import Case, Missing, gather, met
from desktop.model.policies.loading import load_rules
from desktop.model.policies.result import Result
from desktop.model.policies.rules import Rule, Rules
from desktop.model.policies.sources import Applies
from desktop.model.policies.subsidy import subsidy

STATES = {
    "computed": "可测算",
    "unmet": "条件不符",
    "missing": "缺少内容",
    "out_of_dates": "不在有效期",
    "clause": "有条文，无标准",
}


@dataclass(frozen=True)
class Match:
    """One policy for one record. `state` is a key of STATES; amounts of several matches are never added up.

    `facts` are those found in the records; with `missing` filled in they go to `subsidy` as they are. `problem` is the
    sentence when the records hold values a rule refuses. `shared` says whose caps these are.
    """

    rule: Rule
    state: str
    why: tuple[str, ...]
    facts: Mapping[str, object]
    missing: tuple[Missing, ...] = ()
    result: Result | None = None
    problem: str = ""
    shared: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.name,
            "number": self.rule.number,
            "title": self.rule.title,
            "state": self.state,
            "state_text": STATES[self.state],
            "why": list(self.why),
            "facts": dict(self.facts),
            "missing": [{"fact": m.fact, "path": m.path, "message": m.text} for m in self.missing],
            "result": self.result.to_json() if self.result else None,
            "problem": self.problem,
            "shared": self.shared,
        }


def match(
    rule: Rule,
    case: Case,
    *,
    on: date,
    rules: Rules | None = None,
    already: Mapping[str, Mapping[str, object]] | None = None,
) -> Match | None:
    """What `rule` says of the record, None when it is not for such records. `already`: rule name -> cap name -> 元."""
    why = reasons_to_apply(rule, case)
    if not why:
        return None
    found_rules = rules if rules is not None else load_rules()
    if not rule.figures:
        return Match(rule, "clause", why, {}, result=subsidy(rule.name, {}, on=on, rules=found_rules))
    found = gather(rule, case)
    shared = ""
    if case.form != "enterprise" and any(cap.scope == "enterprise" for cap in rule.caps):
        shared = "上限按企业计，同一企业的其他项目或网点共用"
    if not rule.in_dates(on):
        return Match(rule, "out_of_dates", why, found.facts, tuple(found.missing), shared=shared)
    if found.missing:
        return Match(rule, "missing", why, found.facts, tuple(found.missing), shared=shared)
    used = (already or {}).get(rule.name)
    try:
        result = subsidy(rule.name, found.facts, on=on, rules=found_rules, already=used, planned=found.planned)
    except Refused as refused:
        return Match(rule, "missing", why, found.facts, problem=str(refused), shared=shared)
    paid = result.amount is not None or result.up_to is not None
    return Match(rule, "computed" if paid else "unmet", why, found.facts, result=result, shared=shared)


def match_all(
    case: Case,
    *,
    on: date,
    rules: Rules | None = None,
    already: Mapping[str, Mapping[str, object]] | None = None,
) -> list[Match]:
    """Every rule that may be for the record, in the order of the plan, rules without a number last."""
    found_rules = rules if rules is not None else load_rules()
    matches = (match(rule, case, on=on, rules=found_rules, already=already) for rule in found_rules)
    return sorted((m for m in matches if m), key=lambda m: (m.rule.number is None, m.rule.number or 0, m.rule.name))


def reasons_to_apply(rule: Rule, case: Case) -> tuple[str, ...]:
    """Why the rule may be for this record; empty when it is not. No arithmetic: cheap enough for a whole register."""
    return tuple(applies.why for applies in rule.applies if _fits(applies, case))


def _fits(applies: Applies, case: Case) -> bool:
    if applies.form != case.form:
        return False
    records = case.rows(applies.any) if applies.any else [case.record]
    return any(all(met(c, record.get(c.fact)) for c in applies.when) for record in records)
