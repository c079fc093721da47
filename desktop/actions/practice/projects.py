"""The practice projects over their time: entered, scheduled month by month, brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from desktop.actions.practice.entries import CLERK, Entry, plain, table, texts
from desktop.model.periods import Period

BEGUN = ("在建", "完工", "投产")
SECOND = "钱示例"
AUTUMN = "2026-10-28"  # when the projects of that month were brought up to date


def project_entries() -> Iterator[Entry]:
    """Entered before the work began, then changed with what was paid, and their months beside them."""
    schedules = {each["name"]: each for each in table("schedules")["project"]}
    for row in table("projects")["row"]:
        yield from _one(row, list(months(schedules[row["name"]])) if row["name"] in schedules else [])
    yield from _equipment()


def months(schedule: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The rows of project_month: what a month adds runs up to ytd and total. Amounts in 万元."""
    total, ytd = Decimal(schedule["before"]), Decimal(0)
    end = total + sum(Decimal(amount) for amount in schedule["month"])
    period = Period.parse(schedule["months"][0])
    for amount, said in zip(schedule["month"], schedule["said"], strict=True):
        total, ytd = total + Decimal(amount), ytd + Decimal(amount)
        arrived = max(total * Decimal(schedule["funded"]) // end, total.to_integral_value())
        yield {
            "project": schedule["name"], "period": str(period), "plan_year": schedule["plan_year"], "month": amount,
            "ytd": str(ytd), "total": str(total), "arrived": str(arrived), "paid": str(total * 95 // 100),
            "progress": said,
        }  # fmt: skip
        period = period.next()
    if str(period.previous()) != schedule["months"][1]:
        raise ValueError(f"{schedule['name']}: months and amounts differ")


def _one(row: Mapping[str, Any], run: list[dict[str, str]]) -> Iterator[Entry]:
    name, entered, updated = row["name"], row["entered_on"], row["updated"]
    first = texts(row)
    if row["stage"] in BEGUN:
        first["stage"] = "前期"
    yield Entry("project", first, f"{entered} 09:30")
    clerk = SECOND if row["authority"] == "区工业和信息化局" else CLERK
    paid = {each["period"]: each["total"] for each in run}
    if AUTUMN[:7] in paid and updated > AUTUMN[:7] + "-31":
        yield Entry(
            "project", {"stage": row["stage"], "equipment_paid": paid[AUTUMN[:7]]}, f"{AUTUMN} 15:20", clerk, name
        )
    if run:
        yield Entry(
            "project", {"stage": row["stage"], "equipment_paid": run[-1]["total"]}, f"{updated} 15:20", clerk, name
        )
    for month in run:
        last = min(f"{month['period']}-28", updated)
        yield Entry("project_month", month, f"{last} 16:10", clerk)


def _equipment() -> Iterator[Entry]:
    file = table("equipment")
    for project in file["project"]:
        yield from plain("equipment", [{"project": project["name"], **row} for row in project["rows"]], file)
