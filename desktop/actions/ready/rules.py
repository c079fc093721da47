"""Claims and notices that rest on a document which is out of date."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.policies import rules_in_force
from desktop.actions.ready.inside import Found, Inside, Values
from desktop.model.periods import Period

OVER = {"replaced": "已被替代", "expired": "已到期"}
OPEN = ("draft", "accepted", "reviewing", "public")  # a claim that was decided rests on the rule of its day


def of_rules(inside: Inside) -> Iterator[Found]:
    claims = inside.values("claim")
    policies = inside.values("policy", {*inside.ids("policy"), *(str(each["policy"]) for each in claims.values())})
    for record, held in claims.items():
        period = Period.parse(str(held["period"]))
        policy = policies.get(str(held["policy"]), {})
        why = _over(inside, policy, period)
        if why and held.get("state") in OPEN:
            message = f"{inside.label('claim', record)}：{why}，依据文件不在有效期，须核对现行政策"
            yield Found("block", "rule", message, "claim", record, "policy")
    for record in inside.ids("policy"):
        why = _over(inside, policies.get(record, {}), inside.period)
        if why and not any(each["policy"] == record for each in claims.values()):
            message = f"政策“{inside.label('policy', record)}”：{why}，须核对现行政策"
            yield Found("warn", "rule", message, "policy", record, "status")


def _over(inside: Inside, held: Values, period: Period) -> str:
    """Why a policy is not in force in a period, or ""."""
    status, until = str(held.get("status") or "unknown"), held.get("to")
    name = str(held.get("rule") or "")
    rules = rules_in_force(inside.desk, period.last)
    if name in rules.by_name:
        rule = rules.find(name)
        status = rule.status
        if not rule.in_dates(period.last):
            return f"“{rule.title}”在{period.label}不在有效期内"
    if status in OVER:
        return f"“{held.get('title')}”{OVER[status]}"
    if until and str(until) < period.first.isoformat():
        return f"“{held.get('title')}”已于 {until} 到期"
    return ""
