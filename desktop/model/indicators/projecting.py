"""Where the year will end if it goes on like this. Every projection names its method; none is made up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop.model.indicators.facts import EACH, Definition, Reading
from desktop.model.indicators.figures import Figure, year_end
from desktop.model.indicators.reaching import gone

AS_LAST_YEAR = "按上年同期占全年的比例推算"
BY_MEAN = "按今年已有各期的平均推算"
BY_CHANGE = "按今年已有的平均变化推算"
AS_NOW = "按最近一期的增速不变推算"
_LEAST = 2  # periods of the year that are needed


@dataclass(frozen=True)
class Projection:
    """The figure at the end of `year`; None with the `reason`."""

    year: int
    value: Fraction | None
    method: str = ""
    reason: str = ""


def project(of: Definition, now: Figure, made: list[Figure], readings: list[Reading]) -> Projection:
    """The year's end from the values so far."""
    year = now.period.year

    def none(reason: str) -> Projection:
        return Projection(year, None, reason=reason)

    if of.kind == "qualitative":
        return none("定性指标不推算")
    if now.value is None:
        return none(now.reason or "没有数")
    if of.frequency == "year":
        return none("每年一数，不推算")
    if gone(now.period) >= 1:
        return none("已到年末，不用推算")
    if of.kind == "growth":
        return Projection(year, now.value, AS_NOW)
    inside = [
        each for each in made if each.period.year == year and each.period <= now.period and each.value is not None
    ]
    if len(inside) < _LEAST:
        return none("今年的数还不到 2 期，不推算")
    if of.kind == "yearly":
        return _yearly(of, now, inside, made, readings)
    return _changing(of, now, inside, made, readings)


def _yearly(
    of: Definition, now: Figure, inside: list[Figure], made: list[Figure], readings: list[Reading]
) -> Projection:
    """From what share of last year's total had come by now; else from the mean of the periods that are there."""
    year = now.period.year
    assert now.value is not None
    same = next((each for each in made if each.period == now.period.same_period_last_year()), None)
    whole = year_end(of, year - 1, made, readings)
    if same is not None and whole is not None and same.value and whole.value and not same.gaps and not now.gaps:
        return Projection(year, now.value * whole.value / same.value, AS_LAST_YEAR)
    if of.counting == EACH and now.gaps:
        there = len(inside)
        return Projection(year, now.value / there * (there + len(now.gaps)) / gone(now.period), BY_MEAN)
    return Projection(year, now.value / gone(now.period), BY_MEAN)


def _changing(
    of: Definition, now: Figure, inside: list[Figure], made: list[Figure], readings: list[Reading]
) -> Projection:
    """A stock or a rate: the mean change since last year's end (else since this year's first value) goes on."""
    year = now.period.year
    assert now.value is not None
    before = year_end(of, year - 1, made, readings)
    if before is not None and before.value is not None:
        base, at = before.value, Fraction(0)
    else:
        assert inside[0].value is not None
        base, at = inside[0].value, gone(inside[0].period)
    span = gone(now.period) - at
    value = now.value + (now.value - base) / span * (1 - gone(now.period))
    if value < 0 or (of.rate and value > 100):
        limit = "小于 0" if value < 0 else "超过 100%"
        return Projection(year, None, reason=f"照已有的变化会{limit}，没有意义，不推算")
    return Projection(year, value, BY_CHANGE)
