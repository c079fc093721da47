"""Who is asked for what in a period: items by unit. Units of the city, and the district itself, are never asked."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.actions.closed import period_of
from desktop.actions.desk import Desk
from desktop.actions.records import Values, find
from desktop.model.periods import Period
from desktop.model.plan import Goal, Offices, load_units

DUE_DAYS = 5  # after the period's end, where nothing else was said


@dataclass(frozen=True)
class Asked:
    """What one unit owes for a period: keys of the items in the plan's order. `township`: a 街道 or 镇."""

    unit: str
    short: str
    township: bool
    items: tuple[str, ...]


def default_due(period: Period) -> str:
    return (period.last + datetime.timedelta(days=DUE_DAYS)).isoformat()


def due_of(desk: Desk, period: str) -> dict[str, str]:
    """The due date (ISO) of each unit's last workbook for a period; who got none is not in it."""
    return {row.unit: row.due for row in desk.store.rounds.hand_outs(period) if row.due}


def units_of(values: Values, name: str) -> list[str]:
    return [str(unit) for unit in json.loads(str(values.get(name) or "[]"))]


class Ground:
    """What a round stands on, each kind of record read once: a round over thirty units asks the same thing often."""

    def __init__(self, desk: Desk, period: str) -> None:
        self.desk = desk
        self.span = Period.parse(period)
        self._rows: dict[str, list[tuple[str, Values]]] = {}

    def rows(self, form: str) -> list[tuple[str, Values]]:
        if form not in self._rows:
            self._rows[form] = find(self.desk, form)[0]
        return self._rows[form]

    @functools.cached_property
    def district(self) -> District:
        return District(self.desk)

    @functools.cached_property
    def duties(self) -> dict[str, Values]:
        """Assignments by item."""
        return {str(values["item"]): values for _, values in self.rows("assignment")}

    @functools.cached_property
    def own_reports(self) -> list[tuple[Period, str, Values]]:
        """(period, record, values) of the units' own reports; the lead offices' summaries are none."""
        held = [(period_of(values.get("period")), record, values) for record, values in self.rows("progress")]
        return [(span, record, values) for span, record, values in held if span and values.get("kind") != "summary"]

    @functools.cached_property
    def before(self) -> dict[tuple[str, str], tuple[Period, Values]]:
        """The latest own report before the period, by (unit, item)."""
        latest: dict[tuple[str, str], tuple[Period, Values]] = {}
        for period, _, values in self.own_reports:
            key = (str(values["unit"]), str(values["item"]))
            if period.last < self.span.first and (key not in latest or latest[key][0].last < period.last):
                latest[key] = (period, values)
        return latest

    @functools.cached_property
    def measured(self) -> dict[tuple[str, str, str], str]:
        """Figures that are there, by (indicator, period, unit): record."""
        return {
            (str(values["indicator"]), str(values["period"]), str(values["unit"])): record
            for record, values in self.rows("measure") if values.get("value") is not None
        }  # fmt: skip

    @functools.cached_property
    def first(self) -> dict[str, int]:
        """The entry of the log that brought each report and figure into this file."""
        journal = self.desk.store.journal
        return journal.first_actions("progress") | journal.first_actions("measure")

    @functools.cached_property
    def made(self) -> dict[str, str]:
        """When each report and figure came into this file (ISO)."""
        return self.desk.store.records.made("progress") | self.desk.store.records.made("measure")

    @functools.cached_property
    def told(self) -> dict[tuple[str, str], tuple[str, Values]]:
        """The units' own reports that touch the period, by (unit, item): (record, values)."""
        return {
            (str(values["unit"]), str(values["item"])): (record, values)
            for period, record, values in self.own_reports if period.covers(self.span) or self.span.covers(period)
        }  # fmt: skip


class District:
    """The district's units as its own table has them."""

    def __init__(self, desk: Desk) -> None:
        held = [values for _, values in find(desk, "unit")[0]]
        table = load_units()
        self._offices = Offices(table, desk.district_name, held)
        self._townships = {str(values["name"]) for _, values in find(desk, "township")[0]}
        self._townships |= {str(values["name"]) for values in held if values.get("township") and values.get("name")}
        self._district = {
            table.district_unit(row.name, desk.district_name) for row in table.rows if row.kind == "government"
        }

    def asked(self, unit: str) -> bool:
        """Whether a unit reports at all: not the city's, and not the government of the district itself."""
        return not self._offices.is_city_only(unit) and unit not in self._district

    def city_only(self, unit: str) -> bool:
        return self._offices.is_city_only(unit)

    def township(self, unit: str) -> bool:
        return unit in self._townships or unit.endswith(("街道", "街道办事处", "镇", "镇人民政府"))

    def short(self, unit: str) -> str:
        return self._offices.short(unit)


def asked(ground: Ground) -> list[Asked]:
    """What every unit owes for a period, bureaus before townships, those with most items first.

    Asked are lead and responsible units of applicable items. Goals of a year gone by are closed with their result;
    what is done once (一次性) is not asked of a unit again after it said so.
    """
    owed: dict[str, list[str]] = {}
    for item, values in _open_items(ground):
        for unit in dict.fromkeys([*units_of(values, "lead"), *units_of(values, "responsible")]):
            last = ground.before.get((unit, item))
            if values.get("cadence") == "once" and last is not None and last[1].get("state") == "done":
                continue
            owed.setdefault(unit, []).append(item)
    district = ground.district
    made = [
        Asked(unit, district.short(unit), district.township(unit), tuple(items))
        for unit, items in owed.items() if district.asked(unit)
    ]  # fmt: skip
    return sorted(made, key=lambda each: (each.township, -len(each.items)))


def _open_items(ground: Ground) -> Iterator[tuple[str, Values]]:
    """(item, its assignment) of what applies here and is not closed with a year gone by, in the plan's order."""
    for item in ground.desk.plan.items:
        values = ground.duties.get(item.key)
        if values is None or values.get("applicable") == "no":
            continue
        if not isinstance(item, Goal) or item.year >= ground.span.year:
            yield item.key, values


def items_of(ground: Ground, unit: str) -> tuple[str, ...]:
    """The items of one unit, also of one that is not chased (the district itself); none of a unit of the city."""
    found = next((each for each in asked(ground) if each.unit == unit), None)
    if found is not None:
        return found.items
    if ground.district.city_only(unit):
        return ()
    return tuple(
        item for item, values in _open_items(ground)
        if unit in (*units_of(values, "lead"), *units_of(values, "responsible"))
    )  # fmt: skip
