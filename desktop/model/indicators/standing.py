"""How an indicator stands at a period: figure, target, completion, pace, projection, and the state in one word."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from desktop.model.indicators.facts import Definition, Reading, Target
from desktop.model.indicators.figures import Figure, figures, year_end
from desktop.model.indicators.numbers import percent, shown
from desktop.model.indicators.projecting import Projection, project
from desktop.model.indicators.reaching import Pace, aim_words, lower, pace, reached
from desktop.model.indicators.split import CITY
from desktop.model.periods import Period

STATES = {
    "met": "已达到", "on_track": "正常", "late": "滞后", "missed": "未达到", "waiting": "未到发布期",
    "unreported": "未报", "no_target": "没有目标", "not_judged": "不判进度", "closed": "目标已到期",
}  # fmt: skip


@dataclass(frozen=True)
class Closed:
    """A target whose year is over. `result` met, missed or unknown; `words` say it with the figure."""

    target: Target
    value: Fraction | None
    result: str
    words: str


@dataclass(frozen=True)
class Standing:
    """`own` is the latest period of the indicator's frequency up to the one asked for, `now` the latest figure there
    is up to it (its period may be earlier). `status` is measured, waiting or unreported, of `own`; closed
    when there is none and every target's year is over."""

    definition: Definition
    own: Period
    status: str
    now: Figure | None
    target: Target | None
    own_target: bool
    met: bool | None
    completion: Fraction | None  # in %
    completion_words: str
    pace: Pace
    projection: Projection
    closed: tuple[Closed, ...]
    state: str
    made: tuple[Figure, ...] = ()
    readings: tuple[Reading, ...] = field(default=(), repr=False)

    @property
    def aim(self) -> str:
        """2027年 40 万辆以上; the city's is named 全市."""
        if self.target is None:
            return ""
        whose = "" if self.own_target else "全市 "
        return f"{self.target.year}年 {whose}{aim_words(self.target, self.definition.unit)}"


def period_of(of: Definition, asked: Period, today: datetime.date) -> Period:
    """The last period of the indicator's own frequency that ends within the one asked for.

    Days and weeks that have not begun are not asked for.
    """
    last = min(asked.last, max(today, asked.first)) if of.frequency in ("day", "week") else asked.last
    inside = Period.of(last, of.frequency)
    return inside if inside.last <= max(last, asked.last) else inside.previous()


def availability(of: Definition, period: Period, today: datetime.date) -> str:
    """Of a period without a value: waiting before its day of publication (未到发布期), after it unreported (未报)."""
    return "waiting" if today < period.last + datetime.timedelta(days=of.available_day) else "unreported"


def standing(
    of: Definition,
    readings: Iterable[Reading],
    targets: Iterable[Target],
    *,
    asked: Period,
    today: datetime.date,
    district: str,
) -> Standing:
    """The standing of the district. `readings` are the district's own; of `targets` its own come before the city's."""
    held = list(readings)
    own = period_of(of, asked, today)
    made = [each for each in figures(of, held) if each.period <= own]
    known = [each for each in made if each.value is not None or each.reason or _judged(each)]
    now = known[-1] if known else None
    there = now is not None and now.period == own
    status = "measured" if there else availability(of, own, today)
    mine = _by_year(targets, district)
    coming = [each for each in mine if each.year >= asked.year]
    aim = next((each for each in coming if each.unit != CITY), coming[0] if coming else None)
    is_own = aim is not None and aim.unit != CITY
    closed = tuple(_close(of, each, made, held) for each in mine if each.year < asked.year)
    if aim is None and closed and not there:
        status = "closed"
    if now is None:
        nothing = Projection(asked.year, None, reason="没有数")
        return Standing(of, own, status, None, aim, is_own, None, None, "", Pace(None, None, "没有数"), nothing, closed,
                        status, tuple(made), tuple(held))  # fmt: skip
    comparable = aim is not None and (is_own or of.rate or of.kind == "qualitative")
    keeps = _pace(of, now, aim, made, comparable)
    met = _met(of, now, aim) if comparable and aim is not None else None
    completion, words = _completion(of, now, aim, comparable)
    state = _state(of, now, aim, met, keeps, there, status)
    return Standing(
        of, own, status, now, aim, is_own, met, completion, words, keeps, project(of, now, made, held), closed, state,
        tuple(made), tuple(held),
    )  # fmt: skip


def _judged(figure: Figure) -> str:
    return figure.reading.judged if figure.reading is not None else ""


def _by_year(targets: Iterable[Target], district: str) -> list[Target]:
    """One target a year: the district's own, else the city's."""
    found: dict[int, Target] = {}
    for each in targets:
        if each.unit == district or (each.unit == CITY and each.year not in found):
            found[each.year] = each
    return [found[year] for year in sorted(found)]


def _pace(of: Definition, now: Figure, aim: Target | None, made: list[Figure], comparable: bool) -> Pace:
    if aim is None:
        return Pace(None, None, "没有目标")
    if not comparable:
        return Pace(None, None, "目标是全市的数，本区没有定目标，不判进度")
    if of.kind == "qualitative":
        return Pace(None, _judged(now) == "not_met" or None, "看定性判断")
    return pace(of, now, aim, made)


def _met(of: Definition, now: Figure, aim: Target) -> bool | None:
    if of.kind == "qualitative":
        return _judged(now) == "met" if _judged(now) else None
    if now.value is None or (of.kind == "yearly" and aim.year != now.period.year):
        return None
    return reached(aim, now.value, now.reading.reference if now.reading else None)


def _completion(of: Definition, now: Figure, aim: Target | None, comparable: bool) -> tuple[Fraction | None, str]:
    """完成率 in %, for amounts against a target of one's own; for rates the distance in percentage points."""
    if aim is None or now.value is None or of.kind == "qualitative":
        return None, now.reason
    if aim.operator == "above_reference" or aim.value is None:
        return None, "目标没有数值，不算完成率"
    if of.rate:
        left = now.value - aim.value if lower(of, aim) else aim.value - now.value
        return None, "不算完成率" if left <= 0 else f"还差 {shown(left)} 个百分点"
    if not comparable:
        return None, "目标是全市的数，不算完成率"
    if of.kind == "yearly" and aim.year != now.period.year:
        return None, f"{now.period.year}年没有目标，不算完成率"
    if aim.value <= 0:
        return None, "目标为 0，不算完成率"
    if lower(of, aim):
        return None, "越低越好，不算完成率"
    done = now.value / aim.value * 100
    return done, f"完成 {percent(done)}%"


def _state(
    of: Definition, now: Figure, aim: Target | None, met: bool | None, keeps: Pace, there: bool, status: str
) -> str:
    if not there:
        return status
    if aim is None:
        return "no_target"
    if met:
        return "met"
    over = aim.year == now.period.year and now.period.next().year > aim.year
    if over and met is False and of.kind != "qualitative":
        return "missed"
    if keeps.late:
        return "late"
    if of.kind == "qualitative":
        return {"going": "on_track", "not_met": "late"}.get(_judged(now), "not_judged")
    return "on_track" if keeps.late is False else "not_judged"


def _close(of: Definition, aim: Target, made: list[Figure], held: list[Reading]) -> Closed:
    """The result of a target whose year is over: it stands, whatever is reached later."""
    own = aim.unit != CITY
    said = f"{aim.year}年目标 {'' if own else '全市 '}{aim_words(aim, of.unit)}"
    end = year_end(of, aim.year, made, held)
    if end is None or (end.value is None and not _judged(end)):
        return Closed(aim, None, "unknown", f"{said}：没有年末数")
    figure = f"{shown(end.value)}{'' if of.unit == '%' else ' '}{of.unit}".strip() if end.value is not None else ""
    if not (own or of.rate or of.kind == "qualitative"):
        return Closed(aim, end.value, "unknown", f"{said}；本区年末 {figure}，不与全市的数比")
    met = _met(of, end, aim)
    if met is None:
        return Closed(aim, end.value, "unknown", f"{said}：年末 {figure}，没有可比的数")
    return Closed(aim, end.value, "met" if met else "missed", f"{said}：年末 {figure}，{'达到' if met else '未达到'}")
