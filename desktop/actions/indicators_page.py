"""One indicator: what was typed period by period, the split with each unit's figure, the records behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from desktop.actions.desk import Desk
from desktop.actions.indicators import Line, book_of, known, leads_of, line_of
from desktop.actions.records import Values
from desktop.model.indicators import Book, Compared, Definition, Figure, Reading, shown
from desktop.model.indicators.numbers import percent
from desktop.model.indicators.standing import availability, period_of
from desktop.model.periods import Period

STATUS = {"measured": "", "waiting": "未到发布期", "unreported": "未报"}
_SHOWN = {"day": 31, "week": 27, "year": 6}


@dataclass(frozen=True)
class Entry:
    """One period of the series. `typed` is what was typed, `figure` what it comes to; `status` why it is empty;
    `corrected` the earlier values with who and when."""

    period: str
    label: str
    record: str
    typed: str
    reference: str
    judged: str
    said: str
    note: str
    figure: str
    status: str
    corrected: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """A unit's part of the target of one year, with its own latest figure."""

    record: str
    unit: str
    township: bool
    target: str
    figure: str
    completion: str


@dataclass(frozen=True)
class YearSplit:
    """The split of one year; `adds_up` None when it cannot be said."""

    year: int
    target: str
    shares: tuple[Share, ...]
    total: str
    words: str
    adds_up: bool | None


@dataclass(frozen=True)
class Behind:
    """The figure worked out from records: `form` and `ids` are the list behind it, `labels` their names."""

    rule: str
    words: str
    value: str
    said: str
    differs: bool
    form: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorPage:
    """Everything about one indicator as of a period."""

    line: Line
    entries: tuple[Entry, ...]
    splits: tuple[YearSplit, ...]
    behind: Behind | None


def indicator_page(desk: Desk, indicator: str, period: str) -> IndicatorPage:
    """One indicator by its id or exact name. Raises Refused when there is none or the period is wrong."""
    asked, book = Period.parse(period), book_of(desk)
    of = known(book, indicator)
    line = line_of(book, of.id, asked, leads_of(desk))
    return IndicatorPage(
        line, tuple(_entries(desk, book, of, asked)), tuple(_splits(book, of, asked)),
        _behind(desk, book.compared(of.id, asked)),
    )  # fmt: skip


def _entries(desk: Desk, book: Book, of: Definition, asked: Period) -> list[Entry]:
    """The periods of the year asked for (of days and weeks the last ones), and what was typed before in its kind."""
    own = period_of(of, asked, book.today)
    held = {each.period: each for each in book.readings(of.id)}
    figures = {each.period: each for each in book.standing(of.id, asked).made}
    spans = [own]
    while len(spans) < _SHOWN.get(of.frequency, 60) and (of.frequency in _SHOWN or spans[0].year == own.year):
        spans.insert(0, spans[0].previous())
    if of.frequency not in _SHOWN:
        spans = [each for each in spans if each.year == own.year or each in held]
    notes = desk.store.records.values("measure", [each.id for each in held.values()])
    return [_entry(desk, of, span, held.get(span), figures.get(span), notes, book) for span in spans]


def _entry(
    desk: Desk, of: Definition, span: Period, it: Reading | None, figure: Figure | None, notes: Mapping[str, Values],
    book: Book,
) -> Entry:  # fmt: skip
    values = notes.get(it.id, {}) if it is not None else {}
    filled = it is not None and (it.value is not None or bool(it.judged))
    return Entry(
        period=span.key, label=span.label, record=it.id if it else "",
        typed=shown(it.value, 6) if it is not None and it.value is not None else "",
        reference=shown(it.reference, 6) if it is not None and it.reference is not None else "",
        judged=it.judged if it else "", said=it.said if it else "", note=str(values.get("note") or ""),
        figure=_figure(figure),
        status="" if filled else STATUS[availability(of, span, book.today)],
        corrected=tuple(_corrected(desk, it.id)) if it is not None and it.id else (),
    )  # fmt: skip


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return figure.reason
    gaps = f"（缺 {len(figure.gaps)} 期）" if figure.gaps else ""
    return shown(figure.value) + gaps


def _corrected(desk: Desk, record: str) -> list[str]:
    """Earlier values of a reading: 原为 12，李示例 2026-04-02 更正."""
    found = []
    for row in desk.store.journal.of_record(record):
        if row["field"] == "value" and row["old"] is not None and row["old"] != row["new"]:
            found.append(f"原为 {row['old']}，{row['who']} {str(row['at'])[:10]} 更正")
    return found


def _splits(book: Book, of: Definition, asked: Period) -> list[YearSplit]:
    made = []
    places = book.by_township(of.id, asked)
    for each in book.splits(of.id):
        shares = []
        for township, group in ((False, each.bureaus), (True, each.townships)):
            for aim in group:
                figure = book.unit_figure(of.id, aim.unit, asked)
                if figure is None and township and places is not None:
                    figure = Fraction(places.get(aim.unit, 0))
                rate = not of.rate and aim.value and figure is not None
                shares.append(
                    Share(
                        aim.id, aim.unit, township, shown(aim.value) if aim.value is not None else aim.wording,
                        shown(figure) if figure is not None else "",
                        f"{percent(figure / aim.value * 100)}%" if rate and figure is not None and aim.value else "",
                    )
                )  # fmt: skip
        sums = [value for value in (each.bureau_sum, each.township_sum) if value is not None]
        made.append(
            YearSplit(
                each.year, shown(each.target) if each.target is not None else "", tuple(shares),
                "，".join(shown(value) for value in sums), each.words, each.adds_up,
            )
        )  # fmt: skip
    return made


def _behind(desk: Desk, compared: Compared | None) -> Behind | None:
    if compared is None:
        return None
    made = compared.derived
    labels = desk.store.records.labels(made.ids)
    return Behind(
        made.rule, made.words, shown(made.value) if made.value is not None else "", compared.words,
        bool(compared.difference), made.form, made.ids, tuple(labels.get(each, "未收到") for each in made.ids),
    )  # fmt: skip
