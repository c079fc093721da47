"""The figure of each period, worked out from what was typed by the indicator's kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.indicators.facts import AMOUNT, EACH, PARTS, Definition, Reading
from desktop.model.periods import Period

BASE_ZERO = "基年数为 0，算不出增长率"
BASE_NEGATIVE = "基年数为负，增长率没有意义"
BASE_MISSING = "没有基年数，算不出增长率"
WHOLE_ZERO = "总数为 0，算不出比例"
WHOLE_MISSING = "没有总数，算不出比例"
PART_LARGER = "部分数大于总数，请核对"
NOT_FILLED = "没有填数"


@dataclass(frozen=True)
class Figure:
    """The figure as of the end of `period`; None with the `reason`. `gaps` are periods missing from a sum."""

    period: Period
    value: Fraction | None
    reason: str = ""
    gaps: tuple[Period, ...] = ()
    reading: Reading | None = None


def figures(of: Definition, readings: Iterable[Reading]) -> list[Figure]:
    """One figure per reading at the indicator's own frequency, in order. Readings of other lengths are no part of it.

    A correction of an earlier period is simply its new value: every sum after it follows.
    """
    held = {each.period: each for each in readings}
    own = sorted((each for each in held.values() if each.period.kind == of.frequency), key=lambda each: each.period)
    return [_figure(of, each, own, held) for each in own]


def year_end(of: Definition, year: int, made: list[Figure], readings: Iterable[Reading]) -> Figure | None:
    """The figure at the end of a year: that of its last period, else what was typed for the year as a whole."""
    last = datetime.date(year, 12, 31)
    for each in made:
        if each.period.year == year and (each.period.last >= last or each.period.next().year > year):
            return each
    held = {each.period: each for each in readings}
    whole = held.get(Period.of(last, "year"))
    return _figure(of, whole, [whole], held) if whole is not None else None


def _figure(of: Definition, it: Reading, own: list[Reading], held: dict[Period, Reading]) -> Figure:
    if of.kind == "qualitative" or it.value is None:
        return Figure(it.period, it.value, "" if it.value is not None or it.judged else NOT_FILLED, reading=it)
    if of.counting == EACH:
        return _added(of, it, own)
    if of.counting == AMOUNT:
        value, reason = _growth(it.value, _base(of, it, held))
        return Figure(it.period, value, reason, reading=it)
    if of.counting == PARTS:
        value, reason = _share(it.value, it.reference)
        return Figure(it.period, value, reason, reading=it)
    return Figure(it.period, it.value, reading=it)


def _added(of: Definition, it: Reading, own: list[Reading]) -> Figure:
    """当期数 added up: over all years for 累计, within the year for 年度."""
    parts = [each for each in own if each.period <= it.period and each.value is not None]
    if of.kind == "yearly":
        parts = [each for each in parts if each.period.year == it.period.year]
        first = Period.of(datetime.date(it.period.year, 1, 4 if of.frequency == "week" else 1), of.frequency)
    else:
        first = parts[0].period
    total = sum((each.value for each in parts if each.value is not None), Fraction(0))
    there = {each.period for each in parts}
    gaps, step = [], first
    while step < it.period:
        if step not in there:
            gaps.append(step)
        step = step.next()
    return Figure(it.period, total, gaps=tuple(gaps), reading=it)


def _base(of: Definition, it: Reading, held: dict[Period, Reading]) -> Fraction | None:
    """The base year's amount: said beside the reading, else that of the same period of the base year."""
    if it.reference is not None or of.base_year is None:
        return it.reference
    same = it.period
    while same.year > of.base_year:
        same = same.same_period_last_year()
    found = held.get(same)
    return found.value if found is not None else None


def _growth(value: Fraction, base: Fraction | None) -> tuple[Fraction | None, str]:
    if base is None:
        return None, BASE_MISSING
    if base <= 0:
        return None, BASE_ZERO if base == 0 else BASE_NEGATIVE
    return (value - base) / base * 100, ""


def _share(part: Fraction, whole: Fraction | None) -> tuple[Fraction | None, str]:
    if whole is None:
        return None, WHOLE_MISSING
    if whole <= 0:
        return None, WHOLE_ZERO
    if part > whole:
        return None, PART_LARGER
    return part / whole * 100, ""
