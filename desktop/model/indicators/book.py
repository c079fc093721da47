"""All indicators of an office with what belongs to them, read once: for the screens and for paper alike."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.indicators.derived import RULES, UNITS, Derived, Records, Values, derive
from desktop.model.indicators.facts import Definition, Reading, Target, definition, reading, target
from desktop.model.indicators.figures import figures
from desktop.model.indicators.numbers import shown
from desktop.model.indicators.split import Split, splits
from desktop.model.indicators.standing import Standing, period_of, standing
from desktop.model.periods import Period


@dataclass(frozen=True)
class Compared:
    """A typed figure beside the one worked out from records. `difference` = typed − derived, None without both."""

    derived: Derived
    period: Period
    typed: Fraction | None
    difference: Fraction | None
    words: str


class Book:
    """Indicators, readings and targets by indicator. `records` gives (id, stored values) of a form, without deleted
    ones; `district` is the unit whose own figures and targets these are."""

    def __init__(self, records: Records, district: str, today: datetime.date) -> None:
        self._records = records
        self._kept: dict[str, list[tuple[str, Values]]] = {}
        self.district, self.today = district, today
        self.definitions = {identity: definition(identity, values) for identity, values in records("indicator")}
        self.values = dict(records("indicator"))
        self._readings: dict[str, list[tuple[str, Reading]]] = {}
        self._targets: dict[str, list[Target]] = {}
        for identity, values in records("measure"):
            made = reading(identity, values)
            if made is not None:
                self._readings.setdefault(str(values.get("indicator")), []).append((str(values.get("unit")), made))
        for identity, values in records("target"):
            of = self.definitions.get(str(values.get("indicator")))
            aim = target(identity, values, of is not None and of.lower)
            if aim is not None:
                self._targets.setdefault(str(values.get("indicator")), []).append(aim)
        self.townships = {str(values["name"]) for _, values in records("township") if values.get("name")}

    def readings(self, indicator: str, unit: str = "") -> list[Reading]:
        """What a unit (the district, when none is named) typed for an indicator."""
        return [each for whose, each in self._readings.get(indicator, []) if whose == (unit or self.district)]

    def units(self, indicator: str) -> list[str]:
        """Every unit that typed something for an indicator."""
        return list(dict.fromkeys(whose for whose, _ in self._readings.get(indicator, [])))

    def targets(self, indicator: str) -> list[Target]:
        return self._targets.get(indicator, [])

    def records(self, form: str) -> Iterable[tuple[str, Values]]:
        if form not in self._kept:
            self._kept[form] = list(self._records(form))
        return self._kept[form]

    def standing(self, indicator: str, asked: Period) -> Standing:
        """The district's standing; periods of the year without a typed value take the derived one, where there is."""
        of = self.definitions[indicator]
        held = self.readings(indicator)
        return standing(
            of, [*held, *self._filled(of, held, asked)], self.targets(indicator), asked=asked, today=self.today,
            district=self.district,
        )  # fmt: skip

    def _filled(self, of: Definition, held: list[Reading], asked: Period) -> list[Reading]:
        if of.derived not in RULES:
            return []
        there = {each.period for each in held if each.value is not None}
        own = period_of(of, asked, self.today)
        if own in there or of.frequency in ("day", "week"):
            return []
        made = derive(of.derived, of.sector, own, self.records)
        return [Reading(own, made.value, derived=True)] if made.value is not None else []

    def compared(self, indicator: str, asked: Period) -> Compared | None:
        """The figure from records beside the typed one at the indicator's own period; None without a rule."""
        of = self.definitions[indicator]
        if of.derived not in RULES:
            return None
        own = period_of(of, asked, self.today)
        made = derive(of.derived, of.sector, own, self.records)
        own_figures = [each for each in figures(of, self.readings(indicator)) if each.period == own]
        typed = own_figures[0].value if own_figures else None
        if made.value is None:
            return Compared(made, own, typed, None, f"由记录算不出：{made.reason}")
        unit = made.unit if made.unit == "%" else f" {made.unit}"
        said = f"由记录计算 {shown(made.value)}{unit}"
        if typed is None:
            return Compared(made, own, None, None, f"{said}，没有填报数")
        difference = typed - made.value
        if difference == 0:
            return Compared(made, own, typed, difference, f"{said}，与填报数一致")
        side = "多" if difference > 0 else "少"
        return Compared(
            made, own, typed, difference, f"{said}，填报数 {shown(typed)}{unit}，{side} {shown(abs(difference))}{unit}"
        )

    def by_township(self, indicator: str, asked: Period) -> dict[str, int] | None:
        """How many of the records counted stand in each township; None when the figure is no count of records."""
        of = self.definitions[indicator]
        if of.derived not in UNITS:
            return None
        made = derive(of.derived, of.sector, period_of(of, asked, self.today), self.records)
        counted = set(made.ids)
        return dict(Counter(str(row.get("township")) for record, row in self.records(made.form) if record in counted))

    def splits(self, indicator: str) -> list[Split]:
        return splits(self.definitions[indicator], self.targets(indicator), self.district, self.townships)

    def unit_figure(self, indicator: str, unit: str, asked: Period) -> Fraction | None:
        """The latest figure of one unit up to a period."""
        of = self.definitions[indicator]
        own = period_of(of, asked, self.today)
        made = [each for each in figures(of, self.readings(indicator, unit)) if each.period <= own]
        return made[-1].value if made else None
