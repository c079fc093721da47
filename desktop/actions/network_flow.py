"""The network month by month: sites opened and closed, and what they took in, by goods."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop.actions.desk import Desk
from desktop.actions.network import COUNTED
from desktop.actions.records import Values
from desktop.model.errors import Refused
from desktop.model.periods import Period


@dataclass(frozen=True)
class Month:
    """`opened` and `closed` name the sites of a month; `open` is how many stood open at its end, `counting` those of
    them that count toward the plan's goals by then (recognised, of a kind in the goals)."""

    period: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    open: int
    counting: int


@dataclass(frozen=True)
class Goods:
    """What one kind of goods weighed and counted, by month: {period: (tons, units)}, and in all."""

    code: str
    label: str
    tons: Decimal
    units: int
    months: dict[str, tuple[Decimal, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """`undated` are sites that stand open without an opening date: they count in no month until they have one."""

    months: list[Month]
    goods: list[Goods]
    undated: list[str]
    silent: list[str]


def months_of(desk: Desk, first: str = "", last: str = "") -> list[Period]:
    """The months from first to last (YYYY-MM); the year of today up to this month when both are ""."""
    end = Period.parse(last) if last else Period.of(desk.names.today, "month")
    start = Period.parse(first) if first else Period.parse(f"{end.year}-01")
    if start.kind != "month" or end.kind != "month":
        raise Refused("起止应是月份，如 2026-01 和 2026-11")
    if start > end:
        raise Refused(f"起始月份 {start.key} 晚于结束月份 {end.key}，请对调")
    found = [start]
    while found[-1] < end:
        found.append(found[-1].next())
        if len(found) > 240:
            raise Refused("起止相差超过 20 年，请缩短")
    return found


def flow(desk: Desk, first: str = "", last: str = "") -> Flow:
    """Openings, closings and volumes of the months asked for. Raises Refused for months that cannot be read.

    `silent` are open sites without any volume in these months.
    """
    periods = months_of(desk, first, last)
    ids, _ = desk.store.records.ids("site")
    held = desk.store.records.values("site", ids)
    rows = [held[each] for each in ids]
    goods, heard = _goods(desk, periods)
    months = [_month(rows, each) for each in periods]
    undated = [str(row["name"]) for row in rows if row.get("state") == "open" and not row.get("opened")]
    silent = [str(held[each]["name"]) for each in ids if held[each].get("state") == "open" and each not in heard]
    return Flow(months, goods, undated, silent)


def _month(rows: list[Values], period: Period) -> Month:
    end = period.last.isoformat()
    opened = [row for row in rows if row.get("state") != "preparing" and str(row.get("opened") or "")[:7] == period.key]
    closed = [row for row in rows if row.get("state") == "closed" and str(row.get("closed_on") or "")[:7] == period.key]
    standing = [row for row in rows if _stood(row, end)]
    counting = [row for row in standing if _counted(row, end)]
    names = [tuple(sorted(str(row["name"]) for row in found)) for found in (opened, closed)]
    return Month(period.key, names[0], names[1], len(standing), len(counting))


def _stood(row: Values, end: str) -> bool:
    if row.get("state") == "preparing" or not row.get("opened") or str(row["opened"]) > end:
        return False
    return row.get("state") != "closed" or (bool(row.get("closed_on")) and str(row["closed_on"]) > end)


def _counted(row: Values, end: str) -> bool:
    """Recognised by then; one without a date of recognition counts since it opened."""
    needed = COUNTED.get(str(row.get("kind")))
    return bool(needed and row.get(needed)) and str(row.get(f"{needed}_on") or "") <= end


def _goods(desk: Desk, periods: list[Period]) -> tuple[list[Goods], set[str]]:
    keys = {each.key for each in periods}
    ids, _ = desk.store.records.ids("site_month")
    held = [values for values in desk.store.records.values("site_month", ids).values() if values.get("period") in keys]
    labels = dict(desk.form("site_month").field("goods").type.choices(desk.names))
    sums: dict[str, dict[str, tuple[Decimal, int]]] = {}
    heard = set()
    for values in held:
        tons, units = Decimal(str(values.get("tons") or 0)), int(values.get("units") or 0)
        if tons or units:
            heard.add(str(values.get("site")))
        months = sums.setdefault(str(values.get("goods")), {})
        before = months.get(str(values["period"]), (Decimal(0), 0))
        months[str(values["period"])] = (before[0] + tons, before[1] + units)
    found = [
        Goods(
            code, labels.get(code, code), sum((tons for tons, _ in months.values()), Decimal(0)),
            sum(units for _, units in months.values()), months,
        )
        for code, months in sums.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.tons, -each.units, each.label)), heard
