"""数字来源: which records a figure on paper comes from."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.paper_source import DeskSource
from desktop.actions.printing import content, this_period
from desktop.model.periods import Period
from desktop.model.printed.tracing import Figure, figures


@dataclass(frozen=True)
class Source:
    """One record behind a figure. `label` is its name as it is now, 未收到 for one that is not here."""

    form: str
    record: str
    label: str


@dataclass(frozen=True)
class Traced:
    """A figure on paper: `place` where it stands, `label` what it is called, `text` what it says."""

    place: str
    label: str
    text: str
    sources: tuple[Source, ...]


def trace(desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "") -> list[Traced]:
    """Every figure of a printed form, in its order on paper, with the records it comes from."""
    names = Namer(desk)
    source = DeskSource(desk, Period.parse(period or this_period(desk)))
    found = content(desk, name, record=record, period=period, unit=unit, source=source)
    return [names.traced(each) for each in figures(found, source=source)]


class Namer:
    """Names of records, each asked for once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str], Source] = {}

    def traced(self, figure: Figure) -> Traced:
        return Traced(figure.place, figure.label, figure.text, tuple(self._source(*pair) for pair in figure.records))

    def _source(self, form: str, record: str) -> Source:
        key = (form, record)
        if key not in self._known:
            self._known[key] = Source(form, record, self._desk.names.label(form, record) or "（未收到）")
        return self._known[key]
