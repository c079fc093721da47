"""Who has answered a round, partly, late, not at all; and return rates over several periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.rounds_asked import Ground, asked, default_due, due_of
from desktop.actions.rounds_figures import figures_of, owners
from desktop.model.fields.links import item_label
from desktop.model.periods import Period
from desktop.model.plan import Goal, Task
from desktop.store.rounds import ReturnedRow

ALL, PART, NONE = "all", "part", "none"
STATES = {ALL: "已交齐", PART: "部分交回", NONE: "未交"}
SHOWN_PERIODS = 6


@dataclass(frozen=True)
class UnitAnswer:
    """What one unit owed for a period and gave. `missing` are the names of items and `missing_figures` of figures.

    `told` of `asked` items and `figures_told` of `figures_asked` figures are there. `last` is the day the last of them
    came (ISO, ""), `late` how many came after `due`, `overdue` whether something is missing and the day has passed.
    `handed` whether a workbook went out.
    """

    unit: str
    short: str
    township: bool
    asked: int
    told: int
    missing: tuple[str, ...]
    figures_asked: int
    figures_told: int
    missing_figures: tuple[str, ...]
    due: str
    last: str
    late: int
    overdue: bool
    handed: bool

    @property
    def state(self) -> str:
        if not self.missing and not self.missing_figures:
            return ALL
        return PART if self.told or self.figures_told else NONE

    @property
    def owed(self) -> int:
        return self.asked + self.figures_asked

    @property
    def given(self) -> int:
        return self.told + self.figures_told

    @property
    def words(self) -> str:
        """已交齐（逾期）, 部分交回"""
        return STATES[self.state] + ("（逾期）" if self.late or self.overdue else "")


@dataclass(frozen=True)
class Answers:
    """All units asked in a period. `due` is the day most of them were given."""

    period: str
    label: str
    due: str
    units: tuple[UnitAnswer, ...]
    today: str

    def of(self, state: str) -> list[UnitAnswer]:
        return [each for each in self.units if each.state == state]

    @property
    def missing(self) -> list[UnitAnswer]:
        return [each for each in self.units if each.state != ALL]

    @property
    def late(self) -> list[UnitAnswer]:
        return [each for each in self.units if each.late]


@dataclass(frozen=True)
class UnitRate:
    """What a unit gave over several periods: (period, given, owed, given in time) of each it was asked in."""

    unit: str
    short: str
    township: bool
    periods: tuple[tuple[str, int, int, int], ...]

    @property
    def given(self) -> int:
        return sum(given for _, given, _, _ in self.periods)

    @property
    def owed(self) -> int:
        return sum(owed for _, _, owed, _ in self.periods)

    @property
    def in_time(self) -> int:
        return sum(in_time for _, _, _, in_time in self.periods)


def percent(given: int, owed: int) -> str:
    """87.1%, rounded half up; — when nothing was owed."""
    if not owed:
        return "—"
    thousandths = (given * 2000 + owed) // (2 * owed)
    return f"{thousandths // 10}.{thousandths % 10}%" if thousandths % 10 else f"{thousandths // 10}%"


def answered(desk: Desk, period: str) -> Answers:
    """Who has answered for a period. Reads only. Units of the city are never in it."""
    return _answered(Ground(desk, period))


def _answered(ground: Ground) -> Answers:
    desk, span = ground.desk, ground.span
    dues, returned = due_of(desk, span.key), desk.store.rounds.returned(span.key)
    handed = {row.unit for row in desk.store.rounds.hand_outs(span.key)}
    usual = _usual(dues.values()) or default_due(span)
    owing = [(each.unit, each.items) for each in asked(ground)]
    known = {unit for unit, _ in owing}
    owing += [(unit, ()) for unit in owners(ground) if unit not in known]
    units = [
        _unit(ground, unit, items, dues.get(unit, usual), [row for row in returned if row.unit == unit], unit in handed)
        for unit, items in owing
    ]
    units = [each for each in units if each.owed]
    return Answers(span.key, span.label, usual, tuple(units), desk.names.today.isoformat())


def _usual(days: Iterable[str]) -> str:
    found = list(days)
    return max(sorted(set(found)), key=found.count) if found else ""


def _unit(
    ground: Ground, unit: str, items: tuple[str, ...], due: str, returned: list[ReturnedRow], handed: bool
) -> UnitAnswer:
    told = {item: ground.told[unit, item][0] for item in items if (unit, item) in ground.told}
    figures = figures_of(ground, unit, due)
    measured = ground.measured
    there, missing_figures = [], []
    for indicator, values, whose, part in figures:
        record = measured.get((indicator, part.key, whose))
        if record is not None:
            there.append(record)
        else:
            missing_figures.append(f"{values['name']}（{part.label}）" if part != ground.span else str(values["name"]))
    days = [_day(ground, record, returned) for record in [*told.values(), *there]]
    missing = tuple(item_name(ground.desk, item) for item in items if item not in told)
    lacking = bool(missing or missing_figures)
    return UnitAnswer(
        unit, ground.district.short(unit), ground.district.township(unit), len(items), len(told), missing,
        len(figures), len(there), tuple(missing_figures), due, max(days, default=""), sum(day > due for day in days),
        lacking and ground.desk.names.today > datetime.date.fromisoformat(due), handed,
    )  # fmt: skip


def item_name(desk: Desk, key: str) -> str:
    item = desk.plan.find(key)
    if isinstance(item, Task):
        return f"任务{item.number} {item.title}"
    return item_label(item) if isinstance(item, Goal) else key


def _day(ground: Ground, record: str, returned: list[ReturnedRow]) -> str:
    """The day a record came: that told for the workbook it came with, else the day it was typed."""
    first = ground.first.get(record)
    for row in returned:
        if row.action is not None and row.action == first:
            return row.received
    return ground.made.get(record, "")[:10]


def rates(desk: Desk, period: str, count: int = SHOWN_PERIODS) -> list[UnitRate]:
    """Return rates by unit up to a period, over the last `count` periods of its kind in which something was handed
    out or given. Bureaus before townships, those that owe most first."""
    handed = {row.period for row in desk.store.rounds.hand_outs()}
    spans: list[Period] = []
    span = Period.parse(period)
    for _ in range(count):
        spans.append(span)
        span = span.previous()
    found: dict[str, list[tuple[str, int, int, int]]] = {}
    names: dict[str, UnitAnswer] = {}
    for each in reversed(spans):
        answers = answered(desk, each.key)
        if each.key != period and each.key not in handed and not any(unit.told for unit in answers.units):
            continue
        for unit in answers.units:
            found.setdefault(unit.unit, []).append((each.key, unit.given, unit.owed, unit.given - unit.late))
            names[unit.unit] = unit
    made = [UnitRate(unit, names[unit].short, names[unit].township, tuple(rows)) for unit, rows in found.items()]
    return sorted(made, key=lambda each: (each.township, -each.owed))


def together(rows: Iterable[UnitRate]) -> list[tuple[str, int, int, int]]:
    """(period, given, owed, in time) of several units added up, by period."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        for period, *numbers in row.periods:
            held = sums.setdefault(period, [0, 0, 0])
            for place, number in enumerate(numbers):
                held[place] += number
    return [(period, *numbers) for period, numbers in sorted(sums.items())]  # type: ignore[misc]
