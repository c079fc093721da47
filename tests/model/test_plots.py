"""Axes of plots, worked by hand."""

from decimal import Decimal

import pytest

from desktop.model.page import Plot, Series, SeriesShape, TargetLine
from desktop.model.plots import axis, points


@pytest.mark.parametrize(
    ("values", "target", "shape", "texts"),
    [
        (("100", "111", "109"), "120", SeriesShape.LINE, ("100", "105", "110", "115", "120")),
        (("100", "111", "109"), "120", SeriesShape.BARS, ("0", "50", "100", "150")),  # bars are lengths: 0 is there
        (("-5", "12.5"), "15", SeriesShape.LINE, ("-5", "0", "5", "10", "15")),
        (("-12", "30"), None, SeriesShape.BARS, ("-20", "0", "20", "40")),
        (("8.6", "7.9"), "7.8", SeriesShape.LINE, ("7.8", "8.0", "8.2", "8.4", "8.6")),
        (("123456", "130000"), "150000", SeriesShape.LINE, ("120,000", "130,000", "140,000", "150,000")),
        ((None, None), None, SeriesShape.LINE, ("0.00", "0.25", "0.50", "0.75", "1.00")),
        (("7", "7"), None, SeriesShape.LINE, ("6.0", "6.5", "7.0", "7.5", "8.0")),
    ],
)
def test_an_axis_holds_every_value_in_round_steps(
    values: tuple[str | None, ...], target: str | None, shape: SeriesShape, texts: tuple[str, ...]
) -> None:
    line = TargetLine(target, "目标") if target else None
    made = axis(Plot("示例", ("一",) * len(values), (Series("本年", values, shape=shape),), target=line))
    assert made.texts == texts
    for value in [*values, target]:
        if value is not None:
            assert 0 <= made.share(Decimal(value)) <= 1


def test_a_line_is_never_drawn_across_a_gap() -> None:
    runs = points((None, "1", "2", None, None, "5", None))
    assert runs == [[(1, Decimal(1)), (2, Decimal(2))], [(5, Decimal(5))]]
    assert points((None, None)) == []
