"""Whether a figure reaches its target, and whether it keeps up with the line that leads there."""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.indicators.facts import OPERATORS, Definition, Target
from desktop.model.indicators.figures import Figure
from desktop.model.indicators.numbers import shown
from desktop.model.periods import Period

ABOUT = Fraction(95, 100)  # 左右: reached from this share of the target on; said wherever it decides


@dataclass(frozen=True)
class Pace:
    """`expected` now on the line to the target; `late` None when there is no line, `words` say which or why."""

    expected: Fraction | None
    late: bool | None
    words: str


def lower(of: Definition, aim: Target) -> bool:
    """Whether less is better."""
    return of.lower or aim.operator in ("at_most", "under")


def reached(aim: Target, value: Fraction, reference: Fraction | None = None) -> bool | None:
    """Whether `value` meets the target; None when there is nothing to compare with."""
    if aim.operator == "above_reference":
        return None if reference is None else value > reference
    if aim.value is None:
        return None
    return {
        "at_least": value >= aim.value,
        "over": value > aim.value,
        "about": value >= aim.value * ABOUT,
        "at_most": value <= aim.value,
        "under": value < aim.value,
    }[aim.operator]


def aim_words(aim: Target, unit: str) -> str:
    """The target as it is said, its own words kept: 力争 10 家, 5000 亿元左右, 7.8% 以内, 高于全省平均."""
    if aim.operator == "above_reference":
        return aim.wording or OPERATORS["above_reference"]
    if aim.value is None:
        return aim.wording or "定性"
    figure = shown(aim.value) + (unit if unit == "%" else f" {unit}" if unit else "")
    said = aim.wording or {"over": "超过", "about": "左右", "at_most": "以内", "under": "低于"}.get(aim.operator, "")
    if not said or said in ("达到", "累计", "增长"):
        return figure
    behind = said in ("以上", "左右", "以内", "以下")
    if behind:
        return figure + ("" if figure[-1] > "\x7f" else " ") + said
    return f"{said} {figure}"


def gone(period: Period) -> Fraction:
    """Share of its year that has passed at the end of the period: months by months, days and weeks by days."""
    if period.kind in ("day", "week"):
        if period.last.year > period.year:
            return Fraction(1)
        return Fraction(period.last.timetuple().tm_yday, 366 if calendar.isleap(period.year) else 365)
    return Fraction(period.last.month, 12)


def moment(period: Period) -> Fraction:
    """The end of a period as a point in years: 2026-06 ends at 2026½."""
    return period.year + gone(period)


def pace(of: Definition, now: Figure, aim: Target, made: list[Figure]) -> Pace:
    """How the figure stands to its line. What is reached already is never late; of whole numbers no part is asked."""
    if now.value is None:
        return Pace(None, None, now.reason or "没有数")
    if aim.operator == "above_reference":
        return _against_reference(now)
    if aim.value is None:
        return Pace(None, None, "目标没有数值，不判进度")
    if of.kind == "yearly" and aim.year != now.period.year:
        return Pace(None, None, f"{now.period.year}年没有目标，{aim.year}年的目标只作参照")
    start = _start(of, now, aim, made)
    if isinstance(start, str):
        return Pace(None, None, start)
    (at, base), words = start
    share = (moment(now.period) - at) / (aim.year + 1 - at)
    expected = base + (aim.value - base) * min(share, Fraction(1))
    if reached(aim, now.value):
        return Pace(expected, False, words)
    needed = expected * ABOUT if aim.operator == "about" else expected
    if not of.rate and all(each.denominator == 1 for each in _amounts(aim, made)):
        needed = Fraction(math.ceil(needed) if lower(of, aim) else math.floor(needed))  # of a site there is no third
    late = now.value > needed if lower(of, aim) else now.value < needed
    return Pace(expected, late, words)


def _amounts(aim: Target, made: list[Figure]) -> list[Fraction]:
    return [each for each in (aim.value, *(figure.value for figure in made)) if each is not None]


def _against_reference(now: Figure) -> Pace:
    reference = now.reading.reference if now.reading is not None else None
    if reference is None:
        return Pace(None, None, "没有对照值，比不出高低")
    assert now.value is not None
    return Pace(reference, now.value <= reference, f"与对照值 {shown(reference)} 比")


def _start(of: Definition, now: Figure, aim: Target, made: list[Figure]) -> tuple[tuple[Fraction, Fraction], str] | str:
    """Where the line begins, (moment, value), with its name; or why there is none."""
    if of.kind == "yearly":
        return (Fraction(now.period.year), Fraction(0)), "按时间进度：全年目标 × 已过时间"
    if of.kind == "growth" and of.base_year is not None:
        return (Fraction(of.base_year + 1), Fraction(0)), f"按时间进度：从{of.base_year}年底的 0 到目标年年底"
    known = [each for each in made if each.value is not None and each.period < now.period]
    before = [each for each in known if each.period.last.year < now.period.year]
    if not known:
        return "只有一期数，还看不出进度"
    base = before[-1] if before else known[0]
    assert base.value is not None
    return (moment(base.period), base.value), f"按时间进度：从{base.period.label}的 {shown(base.value)} 到目标年年底"
