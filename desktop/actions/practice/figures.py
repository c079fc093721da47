"""The practice district's indicators: targets, values, and the townships' shares."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.practice.entries import CLERK, Entry, table
from desktop.model.periods import Period

DISTRICT = "示例区"
NOVEMBER = "2026-11-20"
TARGETS_SET = "2026-01-20 14:00"
RECYCLING_SITES = "现代化回收网点"


def indicator_entries() -> Iterator[Entry]:
    """Targets and values of the district, and the townships' shares of its recycling sites."""
    for each in table("indicators")["indicator"]:
        name, notes = each["name"], each.get("notes", {})
        for year, value in each["targets"].items():
            yield Entry("target", {"indicator": name, "year": year, "unit": DISTRICT, "value": value}, TARGETS_SET)
        for key, value in each["values"].items():
            typed = {"indicator": name, "period": key, "unit": DISTRICT, "value": value, "source": each["source"]}
            yield Entry(
                "measure", typed | ({"note": notes[key]} if key in notes else {}), _when(Period.parse(key)), CLERK
            )
    for township, count in table("district")["township_targets"].items():
        typed = {"indicator": RECYCLING_SITES, "year": "2027", "unit": township, "value": str(count)}
        yield Entry("target", typed, TARGETS_SET)


def _when(period: Period) -> str:
    """A few days before a month ends; later for quarters and years, whose figures take longer."""
    if period.kind == "month":
        return min(f"{period}-25", NOVEMBER) + " 11:20"
    following = period.next().first if period.kind == "quarter" else period.next().first.replace(month=2)
    return max(f"{following.isoformat()[:7]}-18", "2026-01-20") + " 11:20"
