"""How every indicator stands, frozen as texts for the rows of a table, and the plots of a paper as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.model.indicators import STATES, Book, Figure, Standing, shown
from desktop.model.indicators.numbers import percent
from desktop.model.indicators.plotting import plot_of, projected
from desktop.model.indicators.reaching import aim_words
from desktop.model.indicators.split import CITY
from desktop.model.page import Plot, PlotRow, Series, SeriesRole, SeriesShape, TargetLine
from desktop.model.printed.definition import PlotsBlock
from desktop.model.printed.selecting import Selection

NAMES = (
    "goal", "goal_year", "figure", "until", "completion", "state", "behind", "projection", "before", "year", "closed",
)  # fmt: skip
_LATE = ("missed", "late")


def book_of(selection: Selection) -> Book:
    """The indicators of the source, read once per paper."""
    if "book" not in selection.kept:
        source = selection.source
        selection.kept["book"] = Book(
            lambda form: selection.all(form).items(), source.district_name, source.names.today
        )
    held: Book = selection.kept["book"]
    return held


def standing_row(selection: Selection, indicator: str) -> dict[str, str]:
    """The texts of one indicator by NAMES, `code` of its state, whether it `has` a figure; empty ones left out."""
    made = book_of(selection).standing(indicator, selection.period)
    now = made.now
    if made.definition.kind == "yearly" and now is not None and now.period.year != made.own.year:
        now = None  # each year anew: what was reached last year is not this year's
    value = now.value if now is not None else None
    texts = {
        "goal": f"{'本区' if made.own_target else '全市'} {aim_words(made.target, '')}" if made.target else "",
        "goal_year": str(made.target.year) if made.target else "",
        "figure": shown(value) if value is not None else _words(made, now),
        "until": now.period.key if now is not None else "",
        "completion": percent(made.completion) if made.completion is not None and now is not None else "",
        "state": STATES[made.state],
        "behind": _behind(made),
        "projection": projected(made) if now is not None else "",
        "before": _change(made, now, last_year=False),
        "year": _change(made, now, last_year=True),
        "closed": _closed(made),
        "code": made.state,
        "has": "measured" if now is not None and now.period.year == made.own.year else made.status,
    }
    if now is None:
        texts |= _citys(book_of(selection), indicator, made)
    return {name: text for name, text in texts.items() if text}


def _citys(book: Book, indicator: str, made: Standing) -> dict[str, str]:
    """The city's figure of the year where the district has none of its own, named so; it is never judged."""
    held = [
        each for each in book.readings(indicator, CITY)
        if each.value is not None and each.period.year == made.own.year and each.period <= made.own
    ]  # fmt: skip
    if not held:
        return {}
    last = max(held, key=lambda each: each.period)
    assert last.value is not None
    return {"figure": f"全市 {shown(last.value)}", "until": last.period.key, "has": "measured"}


def _words(made: Standing, now: Figure | None) -> str:
    """Why there is no figure, or what a qualitative one is judged to be."""
    if now is None:
        return "" if made.status == "closed" else STATES[made.status]
    judged = now.reading.judged if now.reading is not None else ""
    return {"met": "已达到", "going": "推进中", "not_met": "未达到"}.get(judged, now.reason)


def _closed(made: Standing) -> str:
    """The last target whose year is over, with its result."""
    if not made.closed:
        return ""
    last = made.closed[-1]
    result = {"met": "达到", "missed": "未达到"}.get(last.result, "没有年末数" if last.value is None else "不与全市比")
    unit = made.definition.unit
    figure = f"（{shown(last.value)}{unit if unit == '%' else ''}）" if last.value is not None else ""
    whose = "全市 " if last.target.unit == CITY else ""
    return f"{last.target.year}年 {whose}{aim_words(last.target, '%' if unit == '%' else '')}：{result}{figure}"


def _behind(made: Standing) -> str:
    if made.pace.expected is None or made.now is None or made.now.value is None:
        return ""
    if made.target is not None and made.target.operator == "above_reference":
        return f"对照值 {shown(made.pace.expected)}"
    if not made.pace.late:
        return ""
    off = made.now.value - made.pace.expected
    return f"应到 {shown(made.pace.expected)}，{'高' if off > 0 else '差'} {shown(abs(off))}"


def _change(made: Standing, now: Figure | None, *, last_year: bool) -> str:
    if now is None or now.value is None:
        return ""
    other = now.period.same_period_last_year() if last_year else now.period.previous()
    found = next((each for each in made.made if each.period == other), None)
    if found is None or found.value is None:
        return ""
    change = now.value - found.value
    return f"{'+' if change > 0 else ''}{shown(change)}"


def plots_of(selection: Selection, block: PlotsBlock) -> list[dict[str, Any]]:
    """The plots of a block as plain data: those that lag first, then as the plan has them."""
    book = book_of(selection)
    held = [(record, book.standing(record, selection.period)) for record in book.definitions]
    worth = [made for _, made in held if _worth(made, block.least)]
    worth.sort(key=lambda made: (_LATE.index(made.state) if made.state in _LATE else len(_LATE)) if block.most else 0)
    return [_data(plot_of(made, block.height)) for made in worth[: block.most or None]]


def _worth(made: Standing, least: int) -> bool:
    """Whether a line has enough points of the year (of yearly figures: at all) to be drawn."""
    if made.definition.kind == "qualitative":
        return False
    year = made.own.year
    points = [each for each in made.made if each.value is not None and (each.period.year == year or least < 2)]
    return len(points) >= max(least, 1)


def _data(plot: Plot) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": plot.title, "labels": list(plot.labels), "unit": plot.unit, "height": plot.height,
        "words": plot.words,
        "series": [
            {"label": each.label, "role": each.role.value, "shape": each.shape.value,
             "values": [value or "" for value in each.values]}
            for each in plot.series
        ],
    }  # fmt: skip
    if plot.target is not None:
        found["target"] = {"value": plot.target.value, "label": plot.target.label}
    return found


def plots_from(data: Sequence[Mapping[str, Any]]) -> list[Plot | PlotRow]:
    """The plots of frozen data, two abreast; an odd one stands alone over the whole width."""
    plots = [_plot(each) for each in data]
    made: list[Plot | PlotRow] = [PlotRow((one, two)) for one, two in zip(plots[::2], plots[1::2], strict=False)]
    return [*made, plots[-1]] if len(plots) % 2 else made


def _plot(data: Mapping[str, Any]) -> Plot:
    aim = data.get("target")
    series = tuple(
        Series(
            str(each["label"]), tuple(value or None for value in each["values"]), SeriesRole(each["role"]),
            SeriesShape(each["shape"]),
        )
        for each in data["series"]
    )  # fmt: skip
    return Plot(
        str(data["title"]), tuple(data["labels"]), series, str(data.get("unit", "")),
        TargetLine(str(aim["value"]), str(aim["label"])) if aim else None, int(data["height"]),
        str(data.get("words", "")),
    )  # fmt: skip
