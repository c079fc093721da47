"""The practice sites: registered early in the year, changed when they opened, were recognised or closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.actions.practice.entries import Entry, table, texts
from desktop.model.periods import Period

CLERK = "王示例"
REGISTERED = "2026-01-05 10:00"
NOVEMBER = "2026-11-20"
# A date, and what is only known from that date on.
EVENTS = {
    "opened": ("state",),
    "closed_on": ("state",),
    "provincial_on": ("provincial",),
    "modern_on": ("modern", "modern_by"),
    "intelligent_on": ("intelligent", "intelligent_by"),
}


def site_entries() -> Iterator[Entry]:
    """Each site with its events, then one row of site_month per month of a series."""
    for row in table("sites")["row"]:
        yield from _one(row)
    for series in table("volumes")["series"]:
        period = Period.parse(series["from"])
        lengths = {len(series[name]) for name in ("tons", "units") if name in series}
        for place in range(lengths.pop()):
            typed = {"site": series["site"], "period": str(period), "goods": series["goods"]}
            typed |= {name: series[name][place] for name in ("tons", "units") if name in series}
            yield Entry("site_month", typed, min(f"{period}-25", NOVEMBER) + " 11:20", CLERK)
            period = period.next()


def _one(row: Mapping[str, Any]) -> Iterator[Entry]:
    final = texts(row)
    later = [name for name in EVENTS if final.get(name, "") > REGISTERED]
    first = {name: text for name, text in final.items() if name not in later}
    for event in later:
        for name in EVENTS[event]:
            first.pop(name, None)
    if "state" not in first:
        first["state"] = "运营" if "opened" in first else "筹建"
    yield Entry("site", first, REGISTERED, CLERK)
    if later:
        happened = max(final[name] for name in later)
        changes = {name: text for name, text in final.items() if first.get(name) != text}
        yield Entry("site", changes, row.get("written", f"{happened} 16:20"), row.get("by", CLERK), final["name"])
