"""Which figures a unit is asked for in a period: its indicators, each at its own frequency, when they are available."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from desktop.actions.records import Values
from desktop.actions.rounds_asked import Ground, units_of
from desktop.model.fields.base import Value
from desktop.model.periods import Period, kind_of
from desktop.model.plan import Goal

CITY = "济南市"  # whose targets come with the plan
LONGEST_WAIT = 31  # days: the largest available_day


def due_periods(frequency: str, available_day: Value, period: Period, due: datetime.date) -> list[Period]:
    """The periods of an indicator to be filled in a round for `period` that ends on `due`.

    Without a day of publication: those whose last day lies in the period. With one: those that become available
    between the first day of the period and `due`; before it an empty value is 未到发布期, not late (fields.md, 指标).
    """
    part = Period.of(period.first - datetime.timedelta(days=LONGEST_WAIT), kind_of(frequency))
    found = []
    while part.last <= period.last:
        if available_day is None:
            if period.contains(part.last):
                found.append(part)
        else:
            ready = part.last + datetime.timedelta(days=int(available_day))
            if period.first <= ready <= due:
                found.append(part)
        part = part.next()
    return found


def indicators_of(ground: Ground, unit: str) -> Iterator[tuple[str, Values, str]]:
    """(indicator, its values, the unit whose figure it is): what is split to a unit from the period's year on, as its
    own; what belongs to an item that it leads first, as the district's. Computed and qualitative ones are not asked."""
    desk, period = ground.desk, ground.span
    split: set[str] = set()
    for _, values in ground.rows("target"):
        if str(values.get("unit")) == unit and str(values.get("year") or "") >= str(period.year):
            split.add(str(values["indicator"]))
    district = ground.district
    leads: dict[str, str] = {}
    for _, values in ground.rows("assignment"):
        if values.get("applicable") != "no":
            leads[str(values["item"])] = next(filter(district.asked, units_of(values, "lead")), "")
    for record, values in ground.rows("indicator"):
        if values.get("derived") or values.get("kind") == "qualitative":
            continue
        if record in split:
            yield record, values, unit
        item = desk.plan.find(str(values["item"])) if values.get("item") else None
        if isinstance(item, Goal) and item.year < period.year:
            continue
        if item is not None and leads.get(str(values["item"])) == unit != desk.district_name:
            yield record, values, desk.district_name


def figures_of(ground: Ground, unit: str, due: str) -> list[tuple[str, Values, str, Period]]:
    """(indicator, its values, whose figure, period of the figure) that a unit is asked for."""
    last_day = datetime.date.fromisoformat(due)
    return [
        (record, values, whose, part)
        for record, values, whose in indicators_of(ground, unit)
        for part in due_periods(str(values["frequency"]), values.get("available_day"), ground.span, last_day)
    ]


def owners(ground: Ground) -> list[str]:
    """Units of the district that a target was split to, from the period's year on, in the order of the targets."""
    found = {
        str(values["unit"]): None for _, values in ground.rows("target")
        if values.get("unit") and str(values.get("year") or "") >= str(ground.span.year)
    }  # fmt: skip
    outside = (ground.desk.district_name, CITY)
    return [unit for unit in found if unit not in outside and ground.district.asked(unit)]
