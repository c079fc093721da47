"""The axis of a plot: where it begins and ends, which figures stand beside it. Exact, and the same on every medium."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.model.page import Plot, Series, SeriesRole, SeriesShape

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Axis:
    """The vertical axis. `ticks` go from `low` to `high`, both among them; `texts` are their figures as shown."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    texts: tuple[str, ...]

    def share(self, value: Decimal) -> Decimal:
        """Height of a value as a share of the axis: 0 at `low`, 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


def axis(plot: Plot, most: int = 5) -> Axis:
    """The axis that holds every value and the target, with at most `most` ticks (at least 3).

    Bars are lengths, so with bars the axis holds 0; lines need not, and then begin near their smallest value.
    A plot without any value and target gets 0 to 1.
    """
    values = [Decimal(value) for series in plot.series for value in series.values if value is not None]
    if plot.target is not None:
        values.append(Decimal(plot.target.value))
    if not values or any(series.shape is SeriesShape.BARS for series in plot.series):
        values.append(Decimal(0))
    low, high = min(values), max(values)
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low - 1, low)
        if low > 0:
            low -= 1
    return _between(low, high, max(most, 3))


def _between(low: Decimal, high: Decimal, most: int) -> Axis:
    for step in _sizes((high - low) / (most - 1)):
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        count = int(last - first) + 1
        if count <= most:
            ticks = tuple((first + n) * step for n in range(count))
            places = max(0, -int(step.normalize().as_tuple().exponent))
            return Axis(ticks[0], ticks[-1], ticks, tuple(f"{tick:,.{places}f}" for tick in ticks))
    raise AssertionError("some step is always wide enough")


def _sizes(least: Decimal) -> list[Decimal]:
    """Round steps (1, 2, 2.5, 5 times a power of ten) from `least` upwards."""
    power = Decimal(1).scaleb(least.adjusted())
    sizes = [power * scale * step for scale in (1, 10, 100) for step in _STEPS]
    return [size for size in sizes if size >= least]


def points(values: tuple[str | None, ...]) -> list[list[tuple[int, Decimal]]]:
    """The unbroken runs of a series as (place, value): a line is drawn through each run and never across a gap."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for place, value in enumerate(values):
        if value is not None:
            runs[-1].append((place, Decimal(value)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def last_figure(series: Series) -> tuple[int, Decimal] | None:
    """Place and value of the last figure, which a plot writes out; none for a series that is only compared with."""
    place = max((n for n, value in enumerate(series.values) if value is not None), default=None)
    if place is None or series.role is SeriesRole.OTHER:
        return None
    return place, Decimal(series.values[place] or "0")
