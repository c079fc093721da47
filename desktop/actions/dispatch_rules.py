"""Which rows a month's table has, what it proposes, and what looks odd beside the month before."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from desktop.model.fields.base import Names, Value
from desktop.model.forms import Form
from desktop.model.periods import Period

Values = Mapping[str, Value]
Before = tuple[str, Values] | None  # (period, values) of the newest earlier month


@dataclass(frozen=True)
class Sheet:
    """A form filled in by months. `keys` without the period name a row, the first the record `above` it.

    `sums` are (field, part, "year" or "ever"): field = that of the month before + part; `kept` are carried on within
    a year; `rising` never fall.
    """

    form: str
    above: str
    keys: tuple[str, ...]
    fields: tuple[str, ...]
    sums: tuple[tuple[str, str, str], ...] = ()
    kept: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()

    def parts(self, parent: Values, here: Sequence[str]) -> list[list[str]]:
        """The rest of the keys of a parent's rows: its goods, and those that it had figures of."""
        if len(self.keys) == 1:
            return [[]]
        goods = json.loads(str(parent.get("goods") or "[]"))
        return [[each] for each in dict.fromkeys([*goods, *here])]


SHEETS = {
    "project_month": Sheet(
        "project_month", "project", ("project",),
        ("plan_year", "month", "ytd", "total", "arrived", "paid", "progress", "problem", "next"),
        sums=(("ytd", "month", "year"), ("total", "month", "ever")), kept=("plan_year",),
        rising=("ytd", "total", "arrived", "paid"),
    ),
    "site_month": Sheet("site_month", "site", ("site", "goods"), ("tons", "units")),
}  # fmt: skip


def _live_project(values: Values, month: Period) -> bool:
    """In the list in that month and neither ended nor in operation: those have nothing more to dispatch."""
    gone, come = str(values.get("exit_on") or ""), str(values.get("entered_on") or "")
    within = (not gone or gone >= month.first.isoformat()) and (not come or come <= month.last.isoformat())
    return within and values.get("stage") not in ("operating", "stopped")


def _live_site(values: Values, month: Period) -> bool:
    gone, come = str(values.get("closed_on") or ""), str(values.get("opened") or "")
    within = (not gone or gone >= month.first.isoformat()) and (not come or come <= month.last.isoformat())
    return within and (values.get("state") == "open" or bool(gone))


LIVE: Mapping[str, Callable[[Values, Period], bool]] = {"project": _live_project, "site": _live_site}


def read_or_none(form: Form, name: str, text: str, names: Names) -> Value:
    """A typed text's value; None where it cannot be read (the check says so)."""
    try:
        return form.field(name).type.read(text, names)
    except Refused:
        return None


def _base(before: Before, month: Period, name: str, over: str, begun: bool) -> int | None:
    """The cumulated figure that this month adds to; None when it is not known. `begun`: it began in this month."""
    if begun or (over == "year" and month.number == 1):
        return 0
    if before is None or (over == "year" and int(before[0][:4]) < month.year):
        return None
    value = before[1].get(name)
    return None if value is None else int(value)


def bases_of(sheet: Sheet, month: Period, before: Before, parent: Values) -> dict[str, int]:
    """By cumulated field what this month's figure is added to, where it is known."""
    begun = parent.get("start") == month.key
    found = {name: _base(before, month, name, over, begun) for name, _, over in sheet.sums}
    return {name: base for name, base in found.items() if base is not None}


def proposed(sheet: Sheet, month: Period, now: Values, before: Before, parent: Values) -> dict[str, Value]:
    """What may stand in cells that are empty: cumulated figures once the month's is there, the year's plan again."""
    found: dict[str, Value] = {}
    bases = bases_of(sheet, month, before, parent)
    for name, part, _ in sheet.sums:
        added = now.get(part)
        if name in bases and added is not None:
            found[name] = bases[name] + int(added)
    for name in sheet.kept:
        if before is not None and int(before[0][:4]) == month.year and before[1].get(name) is not None:
            found[name] = before[1][name]
    return found


def odd(desk: Desk, sheet: Sheet, month: Period, now: Values, before: Before, parent: Values) -> list[tuple[str, str]]:
    """(field, sentence) of figures that do not follow from the month before, or are above the total investment."""
    form, found = desk.form(sheet.form), []

    def shown(name: str, value: Value) -> str:
        each = form.field(name)
        return f"{each.type.show(value, desk.names)} {each.unit}"

    due = proposed(sheet, month, now, before, parent)
    gap = before is not None and before[0] != month.previous().key
    for name, part, _ in sheet.sums:
        value, wanted = now.get(name), due.get(name)
        if value is not None and wanted is not None and value != wanted and before is not None and not gap:
            label = form.field(part).label
            found.append((name, f"{shown(name, value)}，上月累计加{label}是 {shown(name, wanted)}，请核对"))
    for name in sheet.rising:
        old, value = (before[1].get(name) if before else None), now.get(name)
        new_year = name == "ytd" and before is not None and int(before[0][:4]) < month.year
        if old is not None and value is not None and int(value) < int(old) and not new_year:
            found.append((name, f"{shown(name, value)}，上次是 {shown(name, old)}，变少了，请核对"))
    whole, total = parent.get("total_investment"), now.get("total")
    if whole is not None and total is not None and int(total) > int(whole):
        found.append(("total", f"{shown('total', total)}，大于总投资 {shown('total', whole)}，请核对"))
    if "tons" in sheet.fields and before is not None and not gap:
        old_tons, tons = Decimal(str(before[1].get("tons") or 0)), Decimal(str(now.get("tons") or 0))
        if old_tons and tons and (tons > old_tons * 3 or tons * 3 < old_tons):
            said = [shown("tons", value) for value in (now.get("tons"), before[1].get("tons"))]
            found.append(("tons", f"{said[0]}，上月是 {said[1]}，相差三倍以上，请核对"))
    if gap and before is not None and any(now.get(name) is not None for name, _, _ in sheet.sums):
        found.append(("", f"上次填报是 {Period.parse(before[0]).label}，中间缺月，累计数请核对"))
    return found
