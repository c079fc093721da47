"""分解: the district's target against the sum of what bureaus and townships were given, year by year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.indicators.facts import Definition, Target
from desktop.model.indicators.numbers import shown

CITY = "济南市"


@dataclass(frozen=True)
class Split:
    """One year. `difference` = the sum nearest to the district's target minus it; None when nothing can be compared.

    Bureaus and townships may share one target between them, or each carry the whole of it: it adds up when the
    bureaus' sum, the townships' sum or both together are the target.
    """

    year: int
    target: Fraction | None
    bureaus: tuple[Target, ...]
    townships: tuple[Target, ...]
    bureau_sum: Fraction | None
    township_sum: Fraction | None
    difference: Fraction | None
    words: str

    @property
    def adds_up(self) -> bool | None:
        return None if self.difference is None else self.difference == 0


def splits(of: Definition, targets: Collection[Target], district: str, townships: Collection[str]) -> list[Split]:
    """Every year with a target of the district or of a unit, in order. Rates are listed but never added up."""
    years = sorted({each.year for each in targets if each.unit != CITY})
    return [_split(of, year, [each for each in targets if each.year == year], district, townships) for year in years]


def _split(of: Definition, year: int, targets: list[Target], district: str, townships: Collection[str]) -> Split:
    own = next((each.value for each in targets if each.unit == district), None)
    given = [each for each in targets if each.unit not in (district, CITY)]
    towns = tuple(each for each in given if each.unit in townships)
    bureaus = tuple(each for each in given if each.unit not in townships)
    adding = not of.rate and of.kind != "qualitative"
    sums = [_sum(group) if adding else None for group in (bureaus, towns)]
    difference, words = _compared(of, own, sums, bool(given), adding)
    return Split(year, own, bureaus, towns, sums[0], sums[1], difference, words)


def _sum(group: tuple[Target, ...]) -> Fraction | None:
    values = [each.value for each in group if each.value is not None]
    return sum(values, Fraction(0)) if values else None


def _compared(
    of: Definition, own: Fraction | None, sums: list[Fraction | None], given: bool, adding: bool
) -> tuple[Fraction | None, str]:
    if not given:
        return None, "没有分解到部门和街镇"
    if not adding:
        return None, "比率不能相加，只列出各单位的目标"
    known = [("部门合计", sums[0]), ("街镇合计", sums[1])]
    present = [(name, value) for name, value in known if value is not None]
    if not present:
        return None, "各单位的目标没有数"
    if len(present) == 2:
        present.append(("部门和街镇合计", sum((value for _, value in present), Fraction(0))))
    if own is None:
        return None, "，".join(f"{name} {shown(value)}" for name, value in present) + "；区级目标没有填"
    name, nearest = min(present, key=lambda each: abs(each[1] - own))
    difference = nearest - own
    unit = f" {of.unit}" if of.unit else ""
    if difference == 0:
        return difference, f"{name} {shown(nearest)}{unit}，与区级目标一致"
    side = "多" if difference > 0 else "少"
    words = f"{name} {shown(nearest)}{unit}，比区级目标 {shown(own)}{unit} {side} {shown(abs(difference))}{unit}"
    return difference, words
