"""From a standing to its plot: this year, the year before, the target and where the year will end."""

from __future__ import annotations

from fractions import Fraction

from desktop.model.indicators.numbers import places_of, plain, rounded, shown
from desktop.model.indicators.reaching import aim_words
from desktop.model.indicators.standing import STATES, Standing
from desktop.model.page import Plot, Series, SeriesRole, SeriesShape, TargetLine
from desktop.model.periods import Period

LENGTHS = {"day": 31, "week": 26}  # how many are shown of those too many for a whole year
YEARS = 6
QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def plot_of(made: Standing, height: int = 55, title: str = "") -> Plot:
    """The plot of an indicator: by year bars, else a line over the periods of the year up to its end."""
    of = made.definition
    spans = _spans(made)
    held = {each.period: each.value for each in made.made if each.value is not None}
    now = tuple(_text(held.get(span)) for span in spans)
    by_year = of.frequency == "year"
    shape = SeriesShape.BARS if by_year and of.kind == "yearly" else SeriesShape.LINE
    series = [Series("本年" if not by_year else "完成", now, shape=shape)]
    before = tuple(_text(held.get(span.same_period_last_year())) for span in spans)
    if not by_year and of.frequency not in LENGTHS and of.kind == "yearly" and any(before):
        series.append(Series("上年同期", before, SeriesRole.OTHER))
    ahead = _ahead(made, spans)
    if any(value is not None for value in ahead):
        series.append(Series("预计", ahead, SeriesRole.PROJECTION))
    return Plot(
        title or of.name, tuple(_label(span) for span in spans), tuple(series), of.unit, _target(made), height,
        words_of(made),
    )  # fmt: skip


def words_of(made: Standing) -> str:
    """The standing in one sentence, the projection with its method."""
    of = made.definition
    if made.now is None:
        return f"{made.own.label}{STATES[made.status]}。"
    figure = _with_unit(made, made.now.value)
    parts = [f"{made.now.period.label} {figure}" if figure else f"{made.now.period.label}{made.now.reason or '定性'}"]
    if made.now.period != made.own:
        parts.append(f"{made.own.label}{STATES[made.status]}")
    if made.completion is not None or "还差" in made.completion_words:
        parts.append(made.completion_words)
    if made.state in ("met", "late", "missed", "on_track") and made.now.period == made.own:
        parts.append({"on_track": "进度正常"}.get(made.state, STATES[made.state]))
    if made.projection.value is not None:
        ahead = of.kind != "growth" or made.projection.value != made.now.value
        end = f"年底预计 {_with_unit(made, _rounded(made, made.projection.value))}"
        parts.append(f"{made.projection.method}，{end}" if ahead else f"{end}（{made.projection.method}）")
    gaps = made.now.gaps
    if gaps:
        parts.append(f"缺 {len(gaps)} 期没有加进来")
    return "，".join(parts) + "。"


def projected(made: Standing) -> str:
    """The projected figure, no finer than what was typed; "" when there is none."""
    value = made.projection.value
    return "" if value is None else shown(_rounded(made, value))


def _spans(made: Standing) -> list[Period]:
    own = made.own
    if own.kind == "year":
        years = [each.period.year for each in made.made]
        first = max(min([*years, own.year]), own.year - YEARS + 1)
        last = max(own.year, min(made.target.year, own.year + 3) if made.target is not None else own.year)
        return [Period.parse(str(year)) for year in range(first, last + 1)]
    if own.kind in LENGTHS:
        spans = [own]
        while len(spans) < LENGTHS[own.kind]:
            spans.insert(0, spans[0].previous())
        return spans
    return list(Period.parse(str(own.year)).split(own.kind))


def _ahead(made: Standing, spans: list[Period]) -> tuple[str | None, ...]:
    """A straight dotted line from the last value to the projected year's end."""
    end, now = made.projection.value, made.now
    if end is None or now is None or now.value is None or now.period not in spans or now.period.kind in LENGTHS:
        return (None,) * len(spans)
    start, last = spans.index(now.period), len(spans) - 1
    return tuple(
        None if n < start or last == start
        else _text(_rounded(made, now.value + (end - now.value) * Fraction(n - start, last - start)))
        for n in range(len(spans))
    )  # fmt: skip


def _target(made: Standing) -> TargetLine | None:
    aim = made.target
    if aim is None or aim.value is None or not (made.own_target or made.definition.rate):
        return None
    if made.definition.kind == "yearly" and aim.year != made.own.year and made.own.kind != "year":
        return None
    whose = "" if made.own_target else "全市"
    return TargetLine(plain(aim.value), f"{aim.year}年{whose}目标 {aim_words(aim, made.definition.unit)}")


def _rounded(made: Standing, value: Fraction) -> Fraction:
    """No more decimals than the readings have: a projection is never finer than what it rests on."""
    known = [places_of(each.value) for each in made.readings if each.value is not None]
    places = max((each for each in known if each is not None), default=0)
    return rounded(value, max(places, 1 if made.definition.rate else 0))


def _label(span: Period) -> str:
    if span.kind == "month":
        return f"{span.number}月"
    if span.kind == "quarter":
        return QUARTERS[span.number - 1]
    if span.kind == "half":
        return "上半年" if span.number == 1 else "下半年"
    if span.kind == "week":
        return f"{span.number}周"
    return f"{span.first.month}-{span.first.day:02d}" if span.kind == "day" else str(span.year)


def _with_unit(made: Standing, value: Fraction | None) -> str:
    if value is None:
        return ""
    unit = made.definition.unit
    return f"{shown(value)}{unit if unit == '%' else f' {unit}' if unit else ''}"


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
