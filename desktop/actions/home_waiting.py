"""Who has not answered yet, for the first page: one line for the period, then one for each unit that owes most."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.rounds_answered import UnitAnswer, answered
from desktop.model.periods import Period

MOST = 8  # units that are named one by one


@dataclass(frozen=True)
class Waiting:
    """`unit` "" in the line for all. `day` when it is due (ISO), `days` until then, negative when past."""

    unit: str
    title: str
    day: str
    days: int


def waiting(desk: Desk, period: str, soon: int) -> list[Waiting]:
    """What units still owe for a period that has begun to be answered or was handed out, from `soon` days before due
    (without a hand-out: before the period ends).

    Units of the city are never in it.
    """
    found = answered(desk, period)
    left = [unit for unit in found.missing if unit.asked > unit.told or unit.missing_figures]
    begun = any(unit.told or unit.figures_told or unit.handed for unit in found.units)
    if not left or not begun:
        return []
    now, handed = desk.names.today, any(unit.handed for unit in found.units)
    day = datetime.date.fromisoformat(found.due) if handed else Period.parse(period).last
    if (day - now).days > soon:
        return []
    owed = sum(unit.owed - unit.given for unit in left)
    title = f"{found.label}进展填报（{len(left)} 个单位还差 {owed} 项）"
    made = [Waiting("", title, day.isoformat(), (day - now).days)]
    order = sorted(left, key=lambda unit: (unit.given > 0, unit.given - unit.owed))
    made += [_one(unit, now, datetime.date.fromisoformat(unit.due) if handed else day) for unit in order[:MOST]]
    return made


def _one(unit: UnitAnswer, now: datetime.date, day: datetime.date) -> Waiting:
    words = f"差 {unit.owed - unit.given} 项" if unit.given else f"未交，应报 {unit.owed} 项"
    return Waiting(unit.unit, f"{unit.short}　{words}", day.isoformat(), (day - now).days)
