"""Setting up a district: the plan's goals and tasks become its own assignments, its policies and indicators records."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from desktop.actions.desk import Desk, district_name
from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.plan import Goal, Item, Offices, Plan, load_plan, load_units
from desktop.model.policies import load_rules
from desktop.model.registers import Record, record_id, set_up
from desktop.store.accounts import ROLES, Account
from desktop.store.store import Store

LAST_YEAR = 2027  # of the plan
CITY = "济南市"


def init(
    folder: Path, *, district: str, office: str = "", name: str | None = None, account: str, password: str,
    practice: bool = False,
) -> tuple[Desk, str]:  # fmt: skip
    """A new district folder with the plan in it. Returns the open desk and the recovery key, shown only this once."""
    named = district_name(district, name)
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
            records = list(_records(load_plan(), district, named))
            store.save("setup", [(None, record) for record in records], who=account, why="载入方案")
    except BaseException:
        store.destroy()  # its recovery key was never shown: half a district would stand in the way of a whole one
        raise
    return desk, recovery


def _records(plan: Plan, district: str, named: str) -> Iterator[Record]:
    """What a set-up writes: the same ids and stamps in every office of the district."""
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
        rule = f"policy-{policy.number:02d}"
        title = load_rules().find(rule).title
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
                 "frequency": indicator.frequency, "higher_is_better": int(indicator.higher_is_better)},
            )  # fmt: skip
        if indicator.year is not None:
            year = str(indicator.year)
            note = f"市方案：{indicator.phrase}"[:200]
            values = {"indicator": key, "year": year, "unit": CITY, "value": indicator.value, "note": note}
            yield made("target", [key, year, CITY], values)


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
