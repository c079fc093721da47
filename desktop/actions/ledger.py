"""The ledger as it is looked at: items of the plan, the district's own assignment beside each, states by month."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from desktop.actions.desk import Desk
from desktop.actions.ledger_items import DUES, STANDS, STATES, Branch, Ledger, LedgerItem, Report
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.plan import Goal, Item, Offices, highlights, load_units, split_sentence
from desktop.model.plan.plan import GOAL_PART
from desktop.model.registers import record_id

SHOWN = 12  # months of the strip


def ledger(desk: Desk, period: str) -> Ledger:
    """The whole ledger as of a month (another kind of period: its last month). Reads only."""
    months = strip(period)
    states = _states(desk)
    held = _assignments(desk)
    gone = [item for item in desk.plan.retired_items if item.key in held or item.key in states]
    items = tuple(
        _item(desk, item, held.get(item.key), states.get(item.key, {}), months) for item in (*desk.plan.items, *gone)
    )
    applicable = [item for item in items if item.applicable and not item.retired]
    parts = _parts(desk, tuple(item for item in items if not item.retired))
    return Ledger(
        items, parts, _units(desk, items), _dues(items), _stands(items), months, len(applicable),
        sum(item.filled for item in applicable),
    )  # fmt: skip


def strip(period: str) -> tuple[str, ...]:
    """Keys of the months shown, the last one that of `period`."""
    month = Period.parse(period).months()[-1]
    found = [month]
    while len(found) < SHOWN:
        month = month.previous()
        found.append(month)
    return tuple(each.key for each in reversed(found))


def reports(desk: Desk, item: str) -> list[Report]:
    """Everything reported on an item, newest month first, the lead office's summary before the units."""
    form = desk.forms["progress"]
    ids, _ = desk.store.records.ids("progress", where={"item": item})
    found = []
    for record, values in desk.store.records.values("progress", ids).items():
        head = desk.store.records.head(record) or {}
        texts = {each.name: each.type.printed(values.get(each.name), desk.names) for each in form.fields}
        files = tuple((name, int(size)) for _, name, size in json.loads(str(values.get("evidence") or "[]")))
        found.append(
            Report(
                record, _month(values.get("period")), texts["unit"], values.get("kind") == "summary",
                str(values.get("state") or ""), texts, files, str(head.get("changed_by") or ""),
                str(head.get("changed") or ""),
            )
        )  # fmt: skip
    found.sort(key=lambda each: (not each.summary, each.unit))
    return sorted(found, key=lambda each: each.period, reverse=True)


def overall(said: Iterable[tuple[bool, str]]) -> str:
    """One state for a month of an item from (is the lead's summary, state) of its reports.

    The lead office's summary decides; without it one late unit makes it late, and it is done when all are.
    """
    said = list(said)
    own = [state for summary, state in said if summary] or [state for _, state in said]
    if "late" in own:
        return "late"
    kinds = set(own)
    return next(iter(kinds)) if len(kinds) == 1 else ("going" if kinds else "")


def _month(value: Value) -> str:
    return Period.parse(str(value)).months()[-1].key if value else ""


def _states(desk: Desk) -> dict[str, dict[str, str]]:
    ids, _ = desk.store.records.ids("progress")
    said: dict[str, dict[str, list[tuple[bool, str]]]] = {}
    for values in desk.store.records.values("progress", ids).values():
        if values.get("state") and values.get("period"):
            months = said.setdefault(str(values["item"]), {})
            state = (values.get("kind") == "summary", str(values["state"]))
            months.setdefault(_month(values["period"]), []).append(state)
    return {item: {month: overall(each) for month, each in months.items()} for item, months in said.items()}


def _assignments(desk: Desk) -> dict[str, tuple[str, dict[str, Value]]]:
    ids, _ = desk.store.records.ids("assignment")
    return {
        str(values["item"]): (record, values) for record, values in desk.store.records.values("assignment", ids).items()
    }


@lru_cache(maxsize=512)
def _offices(district: str) -> Offices:
    return Offices(load_units(), district)


def short_units(desk: Desk, units: Iterable[str]) -> str:
    """Short names of units, as columns show them."""
    offices = _offices(desk.district_name)
    return "、".join(offices.short(unit) for unit in units)


def _item(
    desk: Desk, item: Item, held: tuple[str, dict[str, Value]] | None, states: dict[str, str], months: tuple[str, ...]
) -> LedgerItem:
    record, values = held or ("", {})
    form = desk.forms["assignment"]
    texts = {each.name: each.type.printed(values.get(each.name), desk.names) for each in form.fields}
    units: tuple[str, ...] = tuple(json.loads(str(values.get("lead") or "[]")))
    due = str(values.get("node_due") or values.get("due") or "")
    past = [month for month in states if month <= months[-1]]
    offices = _offices(desk.district_name)
    cut = split_sentence(item.text, highlights(desk.plan, item.key))
    pieces = tuple((piece.text, bool(piece.indicators)) for piece in cut)
    return LedgerItem(
        key=item.key, number=_number(item), title=item.title, part=item.part, area=item.area,
        published=pieces, city_lead="、".join(item.lead), city_responsible="、".join(item.responsible),
        record=record, applicable=values.get("applicable") != "no", values=texts, lead=units,
        lead_short=short_units(desk, units),
        city_only=bool(units) and all(offices.is_city_only(unit) for unit in units),
        state=states[max(past)] if past else "", states=states,
        filled=months[-1] in states, due=due, days=(date.fromisoformat(due) - desk.names.today).days if due else None,
        responsible=tuple(json.loads(str(values.get("responsible") or "[]"))),
        retired=desk.plan.find(item.key) is None,
    )  # fmt: skip


def _number(item: Item) -> str:
    return str(item.order if isinstance(item, Goal) else item.number)


def _parts(desk: Desk, items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.part for item in items) + Counter(item.area for item in items if item.area)
    found = [Branch(f"part:{GOAL_PART}", GOAL_PART, count[GOAL_PART])]
    for part in desk.plan.parts:
        if part.printed == GOAL_PART:
            continue
        areas = tuple(
            Branch(f"area:{area.printed}", area.printed, count[area.printed])
            for area in desk.plan.areas
            if area.part == part.printed
        )
        numeral = part.printed.partition("、")[0]
        found.append(Branch(f"part:{part.printed}", f"{numeral}、{part.name}", count[part.printed], areas))
    return tuple(found)


def _units(desk: Desk, items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    """Every unit that leads or works with others, those that lead most first, units of the city last."""
    held = [item for item in items if item.applicable and not item.retired]
    lead = Counter(unit for item in held for unit in item.lead)
    count = Counter(unit for item in held for unit in dict.fromkeys((*item.lead, *item.responsible)))
    offices = _offices(desk.district_name)
    order = sorted(count, key=lambda unit: (offices.is_city_only(unit), -lead[unit], -count[unit]))
    return tuple(Branch(f"unit:{unit}", unit, count[unit], quiet=offices.is_city_only(unit)) for unit in order)


def _dues(items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.when for item in items)
    return tuple(Branch(f"due:{key}", words, count[key]) for key, (_, words) in DUES.items() if count[key])


def _stands(items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.stand for item in items)
    return tuple(Branch(f"state:{key}", words, count[key]) for key, words in STANDS.items() if count[key])


def report_of(desk: Desk, item: str, unit: str, period: str) -> str:
    """The id of a unit's own progress record of a period, "" when there is none yet."""
    wanted = record_id(desk.district, "progress", [item, unit, period])
    return wanted if desk.store.records.form_of(wanted) == "progress" else ""


__all__ = [
    "DUES", "STANDS", "STATES", "Branch", "Ledger", "LedgerItem", "Report", "ledger", "overall", "report_of", "reports",
    "short_units", "strip",
]  # fmt: skip
