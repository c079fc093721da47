"""What an indicator is, what was typed for it, and what it has to reach, as read from stored records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.indicators.numbers import exact
from desktop.model.periods import Kind, Period, kind_of

RATES = ("growth", "share", "at_most")  # kinds whose figures are percentages: never added up, comparable to the city's
RUNNING, EACH, RATE, AMOUNT, PARTS = "running", "each", "rate", "amount", "parts"
DEFAULT_COUNTING = {"cumulative": RUNNING, "yearly": RUNNING, "growth": RATE, "share": RATE, "at_most": RATE}
OPERATORS = {
    "at_least": "达到", "over": "超过", "about": "左右", "at_most": "不高于", "under": "低于",
    "above_reference": "高于对照值",
}  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """One indicator. `counting` says what is typed each period: running 累计数, each 当期数, rate 比率, amount 数量
    (compared with the base year's), parts 部分数 (its whole is the reading's reference)."""

    id: str
    name: str
    kind: str
    unit: str = ""
    frequency: Kind = "month"
    counting: str = RUNNING
    base_year: int | None = None
    available_day: int = 1
    lower: bool = False
    derived: str = ""
    sector: str = ""

    @property
    def rate(self) -> bool:
        return self.kind in RATES


@dataclass(frozen=True)
class Reading:
    """What was typed (or, with `derived`, worked out from records) for one period."""

    period: Period
    value: Fraction | None
    reference: Fraction | None = None
    judged: str = ""  # met going not_met, of a qualitative indicator
    said: str = ""
    id: str = ""
    derived: bool = False


@dataclass(frozen=True)
class Target:
    """What is to be reached by the end of `year` (kinds by year) or within it (yearly).

    `operator` is a code of OPERATORS, `wording` the document's own words (力争, 以上) which are kept and said.
    """

    year: int
    unit: str
    value: Fraction | None
    operator: str = "at_least"
    wording: str = ""
    id: str = ""
    note: str = ""


def definition(identity: str, values: Mapping[str, Value]) -> Definition:
    """An indicator from its stored values; what is empty gets the meaning that its kind has by itself."""
    kind = str(values.get("kind") or "cumulative")
    try:
        frequency = kind_of(str(values.get("frequency")))
    except Refused:
        frequency = "year"
    return Definition(
        id=identity, name=str(values.get("name") or ""), kind=kind, unit=str(values.get("unit") or ""),
        frequency=frequency, counting=str(values.get("counting") or DEFAULT_COUNTING.get(kind, RUNNING)),
        base_year=_year(values.get("base_year")), available_day=int(values.get("available_day") or 1),
        lower=kind == "at_most" or values.get("higher_is_better") == 0, derived=str(values.get("derived") or ""),
        sector=str(values.get("sector") or ""),
    )  # fmt: skip


def reading(identity: str, values: Mapping[str, Value]) -> Reading | None:
    """A reading from a stored `measure`; None when, after a merge, its period cannot be read."""
    try:
        period = Period.parse(str(values.get("period")))
    except Refused:
        return None
    return Reading(
        period, exact(values.get("value")), exact(values.get("reference")), str(values.get("judged") or ""),
        str(values.get("said") or ""), identity,
    )  # fmt: skip


def target(identity: str, values: Mapping[str, Value], lower: bool = False) -> Target | None:
    """A target from a stored record; None when its year cannot be read. Without an operator it is 达到, or 不高于."""
    year = _year(values.get("year"))
    if year is None:
        return None
    operator = str(values.get("operator") or ("at_most" if lower else "at_least"))
    return Target(
        year, str(values.get("unit") or ""), exact(values.get("value")), operator, str(values.get("wording") or ""),
        identity, str(values.get("note") or ""),
    )  # fmt: skip


def _year(value: Value) -> int | None:
    text = str(value or "")
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None
