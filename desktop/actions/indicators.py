"""Indicators as they are looked at: all at a glance, one with its series, split and records, those that lag."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from desktop.actions.desk import Desk
from desktop.actions.records import find
from desktop.model.errors import Refused
from desktop.model.indicators import RULES, STATES, Book, Compared, Definition, Split, Standing, shown
from desktop.model.indicators.numbers import percent
from desktop.model.indicators.plotting import plot_of, projected, words_of
from desktop.model.page import Plot
from desktop.model.periods import Period
from desktop.model.plan import load_units

KINDS = {
    "cumulative": "累计", "yearly": "年度", "growth": "较基年增长", "share": "比例", "at_most": "不高于",
    "qualitative": "定性",
}  # fmt: skip
LAGGING = ("late", "missed")


@dataclass(frozen=True)
class Line:
    """One indicator at a glance; all texts as shown, "" where there is nothing.

    `state` is a code of STATES, `figure` the latest figure and `period` the label of its period, `own` the key of the
    period that is asked for now, `typed` and `reference` what stands there. `behind` says how far it is off its line.
    `month_before` and `year_before` are changes against the period before and the same of last year.
    """

    record: str
    name: str
    item: str
    kind: str
    unit: str
    lead: tuple[str, ...]
    aim: str
    own: str
    own_label: str
    period: str
    figure: str
    reason: str
    completion: str
    state: str
    behind: str
    pace: str
    projection: str
    method: str
    words: str
    closed: tuple[tuple[str, str], ...]
    split: str
    split_adds_up: bool | None
    compared: str
    differs: bool
    month_before: str
    year_before: str
    typed: str
    reference: str
    judged: str
    counting: str
    plot: Plot = field(repr=False)

    @property
    def state_words(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class Overview:
    """All indicators in the plan's order, then the district's own; how many stand in which state."""

    period: str
    label: str
    lines: tuple[Line, ...]
    counts: dict[str, int]


def book_of(desk: Desk) -> Book:
    """The open district's indicators, as its records stand now."""
    return Book(lambda form: find(desk, form)[0], desk.district_name, desk.names.today)


def overview(desk: Desk, period: str) -> Overview:
    """Every indicator as of a period (a month, a quarter, a year …). Raises Refused for a wrong period."""
    asked, book = Period.parse(period), book_of(desk)
    leads = leads_of(desk)
    lines = tuple(line_of(book, record, asked, leads) for record in book.definitions)
    return Overview(asked.key, asked.label, lines, dict(Counter(each.state for each in lines)))


def lagging(desk: Desk, period: str) -> list[Line]:
    """The indicators behind their line or short at the end of their year, the furthest behind (by rate) first."""
    found = [each for each in overview(desk, period).lines if each.state in LAGGING]
    return sorted(found, key=lambda each: (each.state != "missed", each.name))


def line_of(book: Book, record: str, asked: Period, leads: dict[str, tuple[str, ...]]) -> Line:
    """One indicator of a book as of a period."""
    of, made, values = book.definitions[record], book.standing(record, asked), book.values[record]
    now, compared = made.now, book.compared(record, asked)
    own = next((each for each in book.readings(record) if each.period == made.own), None)
    split = next((each for each in book.splits(record) if made.target and each.year == made.target.year), None)
    item = str(values.get("item") or "")
    return Line(
        record=record, name=of.name, item=item, kind=of.kind, unit=of.unit, lead=leads.get(item, ()), aim=made.aim,
        own=made.own.key, own_label=made.own.label, period=now.period.label if now else "",
        figure=shown(now.value) if now is not None and now.value is not None else _judged(made),
        reason=now.reason if now is not None else "",
        completion=f"{percent(made.completion)}%" if made.completion is not None else "",
        state=made.state, behind=_behind(made), pace=made.pace.words, projection=projected(made),
        method=made.projection.method or made.projection.reason, words=words_of(made),
        closed=tuple((each.result, each.words) for each in made.closed),
        split=split.words if split is not None else "", split_adds_up=split.adds_up if split is not None else None,
        compared=compared.words if compared is not None else "",
        differs=bool(compared is not None and compared.difference), month_before=_change(made, "before"),
        year_before=_change(made, "year"), typed=_text(own.value if own else None),
        reference=_text(own.reference if own else None), judged=own.judged if own else "", counting=of.counting,
        plot=plot_of(made),
    )  # fmt: skip


def _text(value: Fraction | None) -> str:
    return "" if value is None else shown(value, 6)


def _judged(made: Standing) -> str:
    code = made.now.reading.judged if made.now is not None and made.now.reading is not None else ""
    return {"met": "已达到", "going": "推进中", "not_met": "未达到"}.get(code, "")


def _behind(made: Standing) -> str:
    """本期应到 68，差 2: what the line asks for now, and what is lacking."""
    if made.pace.expected is None or made.now is None or made.now.value is None:
        return ""
    off = made.now.value - made.pace.expected
    said = f"应到 {shown(made.pace.expected)}"
    if not made.pace.late:
        return said
    return f"{said}，{'高' if off > 0 else '差'} {shown(abs(off))}"


def _change(made: Standing, against: str) -> str:
    """+3 against the period before, or the same one of last year; "" when one of the two is missing."""
    now = made.now
    if now is None or now.value is None:
        return ""
    other = now.period.previous() if against == "before" else now.period.same_period_last_year()
    found = next((each for each in made.made if each.period == other), None)
    if found is None or found.value is None:
        return ""
    change = now.value - found.value
    return f"{'+' if change > 0 else ''}{shown(change)}"


def leads_of(desk: Desk) -> dict[str, tuple[str, ...]]:
    """The lead units of every item, by their short names."""
    units = {str(row["name"]): str(row["short"] or row["name"]) for _, row in find(desk, "unit")[0] if row.get("name")}
    table, found = load_units(), {}
    for _, values in find(desk, "assignment")[0]:
        names = json.loads(str(values.get("lead") or "[]"))
        found[str(values["item"])] = tuple(units.get(name) or table.short(name, desk.district_name) for name in names)
    return found


def known(book: Book, indicator: str) -> Definition:
    """The definition of an indicator, named by its id or its exact name. Raises Refused when there is none."""
    if indicator in book.definitions:
        return book.definitions[indicator]
    named = [each for each in book.definitions.values() if each.name == indicator]
    if len(named) == 1:
        return named[0]
    raise Refused(f"没有这项指标：{indicator}。请用 indicators 查到它的 id 或全名")


__all__ = ["KINDS", "RULES", "Compared", "Line", "Overview", "Split", "book_of", "lagging", "line_of", "overview"]
