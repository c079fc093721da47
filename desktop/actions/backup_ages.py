"""Which automatic backups are kept: all of the last days, then one a day, one a week, one a month."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

ALL_DAYS, DAYS, WEEKS, MONTHS = 2, 30, 12, 12  # how far back each density reaches


def stamp_of(path: Path) -> datetime.datetime | None:
    """When a backup was made, by its name (20261124-083000-每日.deskbackup); None for another name."""
    try:
        return datetime.datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S")
    except ValueError:
        return None


def thinned(made: Iterable[datetime.datetime], now: datetime.datetime) -> set[datetime.datetime]:
    """Of these times, those to keep: the newest of each day, week and month that is still within reach."""
    keep: set[datetime.datetime] = set()
    seen: set[tuple[str, object]] = set()
    for each in sorted(made, reverse=True):
        age = (now.date() - each.date()).days
        if age < ALL_DAYS:
            keep.add(each)
            continue
        reach: list[tuple[str, object, int]] = [
            ("day", each.date(), DAYS),
            ("week", each.isocalendar()[:2], WEEKS * 7),
            ("month", (each.year, each.month), MONTHS * 31),
        ]
        for kind, slot, days in reach:
            if age <= days and (kind, slot) not in seen:
                seen.add((kind, slot))
                keep.add(each)
    return keep
