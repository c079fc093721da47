"""Setting up a district: the plan's goals and tasks become its own assignments, its policies and indicators records."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from desktop.actions.accounts import check_name
from desktop.actions.desk import Desk, district_name
from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.plan import Goal, Item, Offices, Plan, Policy, load_plan, load_units
from desktop.model.plan.qualitative import found_in
from desktop.model.policies import load_rules
from desktop.model.registers import Record, record_id, set_up
from desktop.store.accounts import ROLES, Account
from desktop.store.store import Store

FIRST_YEAR, LAST_YEAR = 2024, 2027  # of the plan
# Indicators of the plan that the office's own records answer: series -> rule of `indicators_derived`.
DERIVED = {
    "recycling-sites": "sites.modern",
    "sorting-centres": "sites.intelligent",
    "upgrade-projects": "projects.upgrades",
}
CITY = "济南市"


def init(
    folder: Path, *, district: str, office: str = "", name: str | None = None, account: str, password: str,
    practice: bool = False,
) -> tuple[Desk, str]:  # fmt: skip
    """A new district folder with the plan in it. Returns the open desk and the recovery key, shown only this once."""
    named = district_name(district, name)
    check_name(account)
    load_forms()
    meta = {
        "district": district,
        "district_name": named,
        "office": office or f"{named}发展和改革局",
        "practice": "1" if practice else "0",
        "edition": load_plan().digest,
    }
    store, recovery = Store.create(folder, account=account, password=password, meta=meta)
    desk = Desk(store, Account(account, tuple(ROLES)))
    try:
        with store.writing("载入方案"):
            records = list(set_up_records(load_plan(), district, named))
            store.save("setup", [(None, record) for record in records], who=account, why="载入方案")
    except BaseException:
        store.destroy()  # its recovery key was never shown: half a district would stand in the way of a whole one
        raise
    return desk, recovery


def set_up_records(plan: Plan, district: str, named: str) -> Iterator[Record]:
    """What a set-up writes for an edition of the plan: the same ids and stamps in every office of the district."""
    offices = Offices(load_units(), named)

    def made(form: str, key: list[Value], values: dict[str, Value]) -> Record:
        return set_up(record_id(district, form, key), form, plan.digest, values)

    for office in offices.rows:
        row: dict[str, Value] = {"published": office.published, "name": office.name, "short": office.short}
        yield made("unit", [office.published], {**row, "city_only": int(office.city_only)})
    for item in plan.items:
        proposal = offices.propose(item)
        values: dict[str, Value] = {
            "item": item.key,
            "applicable": "yes",
            "lead": _several(proposal.lead),
            "responsible": _several(proposal.responsible),
            "cadence": _cadence(plan, item),
            "due": _due(item).isoformat(),
        }
        yield made("assignment", [item.key], values)
    for policy in plan.policies:
        rule, title = _rule(policy)
        yield made(
            "policy",
            [policy.key],
            {"number": policy.number, "title": title, "doc_no": plan.document.number, "level": "city",
             "from": plan.document.date,
             "status": "unknown", "text": policy.text, "units": _several(policy.responsible), "rule": rule},
        )  # fmt: skip
    seen: set[str] = set()
    for indicator in plan.indicators:
        key = record_id(district, "indicator", [indicator.series])
        if indicator.series not in seen:
            seen.add(indicator.series)
            own = indicator.item if not indicator.item.startswith("policy") else None
            yield made(
                "indicator",
                [indicator.series],
                {"name": indicator.name, "item": own, "kind": indicator.kind, "unit": indicator.unit,
                 "frequency": indicator.frequency, "higher_is_better": int(indicator.higher_is_better),
                 "base_year": str(indicator.base_year) if indicator.base_year else None,
                 "derived": DERIVED.get(indicator.series)},
            )  # fmt: skip
        each = range(FIRST_YEAR, LAST_YEAR + 1)  # 每年…: the same figure for every year of the plan
        for number in [indicator.year] if indicator.year is not None else each:
            year = str(number)
            note = f"市方案：{indicator.phrase}"[:200]
            values = {"indicator": key, "year": year, "unit": CITY, "value": indicator.value,
                      "operator": indicator.op, "wording": indicator.qualifier or None, "note": note}  # fmt: skip
            yield made("target", [key, year, CITY], values)
    for goal, item_key in found_in(plan):
        key = record_id(district, "indicator", [goal.series])
        yield made(
            "indicator",
            [goal.series],
            {"name": goal.name, "item": item_key, "kind": goal.kind, "unit": goal.unit or None,
             "frequency": goal.frequency, "higher_is_better": 1},
        )  # fmt: skip
        values = {"indicator": key, "year": str(goal.year), "unit": CITY, "operator": goal.operator or None,
                  "wording": goal.wording, "note": f"市方案：{goal.phrase}"}  # fmt: skip
        yield made("target", [key, str(goal.year), CITY], values)


def _rule(policy: Policy) -> tuple[str | None, str]:
    """The rule that computes a policy and its title; a policy of a later edition has none yet."""
    number = policy.key.removeprefix("policy-")
    if not number.isdigit():
        return None, policy.text.partition("，")[0][:40]
    rule = f"policy-{int(number):02d}"
    return rule, load_rules().find(rule).title


def _several(units: tuple[str, ...]) -> Value:
    return json.dumps(list(units), ensure_ascii=False, separators=(",", ":")) if units else None


def _due(item: Item) -> datetime.date:
    """Goals end with their year; tasks run as long as the plan, also where they set a figure for 2025."""
    return datetime.date(item.year if isinstance(item, Goal) else LAST_YEAR, 12, 31)


def _cadence(plan: Plan, item: Item) -> str:
    if isinstance(item, Goal):
        return "once"
    periods = {indicator.period for indicator in plan.indicators_of(item.key)}
    return "yearly" if "each" in periods else ("once" if periods else "ongoing")
