"""Periods: keys, labels, neighbours, the same period of last year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import Refused
from desktop.model.periods import KINDS, Kind, Period, kind_of, weeks_in

DAYS = st.dates(date(1901, 1, 8), date(2099, 12, 1))
PERIODS = st.builds(Period.of, DAYS, st.sampled_from(KINDS))


@pytest.mark.parametrize(
    ("key", "kind", "first", "last", "label"),
    [
        ("2026-11-24", "day", "2026-11-24", "2026-11-24", "2026年11月24日"),
        ("2026-W48", "week", "2026-11-23", "2026-11-29", "2026年第48周（11月23日—11月29日）"),
        ("2026-W01", "week", "2025-12-29", "2026-01-04", "2026年第1周（12月29日—1月4日）"),
        ("2026-W53", "week", "2026-12-28", "2027-01-03", "2026年第53周（12月28日—1月3日）"),
        ("2026-11", "month", "2026-11-01", "2026-11-30", "2026年11月"),
        ("2024-02", "month", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-Q4", "quarter", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026-Q1", "quarter", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("2026-H1", "half", "2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026-H2", "half", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026", "year", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_key_span_and_label(key: str, kind: str, first: str, last: str, label: str) -> None:
    period = Period.parse(key)
    assert (period.kind, period.first.isoformat(), period.last.isoformat(), period.label) == (kind, first, last, label)
    assert period.key == str(period) == key


@pytest.mark.parametrize(
    "key",
    ["", "26", "2026-1", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2026-H3", "2026-W00", "2025-W53", "2026-W54",
    "2026-W8", "2026-02-29", "2026-11-00", "1899", "2101-01", " 2026", "2026 ", "2026\n", "２０２６", "2026-q4",
    "٢٠٢٦", "2026年", "2026-11-24-1"],
)  # fmt: skip
def test_only_exact_keys(key: str) -> None:
    with pytest.raises(Refused):
        Period.parse(key)


@pytest.mark.parametrize(
    ("key", "previous", "following", "last_year"),
    [
        ("2026-01-01", "2025-12-31", "2026-01-02", "2025-01-01"),
        ("2024-02-29", "2024-02-28", "2024-03-01", "2023-02-28"),
        ("2026-W01", "2025-W52", "2026-W02", "2025-W01"),
        ("2026-W53", "2026-W52", "2027-W01", "2025-W52"),
        ("2026-01", "2025-12", "2026-02", "2025-01"),
        ("2026-Q1", "2025-Q4", "2026-Q2", "2025-Q1"),
        ("2026-H2", "2026-H1", "2027-H1", "2025-H2"),
        ("2026", "2025", "2027", "2025"),
    ],
)
def test_neighbours(key: str, previous: str, following: str, last_year: str) -> None:
    period = Period.parse(key)
    assert period.previous().key == previous
    assert period.next().key == following
    assert period.same_period_last_year().key == last_year


def test_months_and_parts() -> None:
    assert [str(month) for month in Period.parse("2026-Q4").months()] == ["2026-10", "2026-11", "2026-12"]
    assert [str(month) for month in Period.parse("2026-W53").months()] == ["2026-12", "2027-01"]
    assert [str(month) for month in Period.parse("2026-11-24").months()] == ["2026-11"]
    assert [str(part) for part in Period.parse("2026").split("quarter")] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert len(Period.parse("2026").split("day")) == 365
    year = Period.parse("2026")
    assert year.covers(Period.parse("2026-Q4")) and not year.covers(Period.parse("2026-W53"))


def test_order_is_that_of_time() -> None:
    keys = ["2026-12", "2026-Q4", "2026-11", "2025", "2026-W48"]
    assert [p.key for p in sorted(map(Period.parse, keys))] == ["2025", "2026-Q4", "2026-11", "2026-W48", "2026-12"]


def test_kinds_by_name() -> None:
    assert [kind_of(kind) for kind in KINDS] == list(KINDS)
    with pytest.raises(Refused):
        kind_of("decade")


@given(DAYS, st.sampled_from(KINDS))
def test_a_day_lies_in_its_period_and_the_key_brings_it_back(day: date, kind: Kind) -> None:
    period = Period.of(day, kind)
    assert period.contains(day) and period.contains(period.first) and period.contains(period.last)
    assert Period.parse(period.key) == period


@given(PERIODS)
def test_neighbours_touch(period: Period) -> None:
    after = period.next()
    assert after.previous() == period and after > period
    assert (after.first - period.last).days == 1
    assert not period.contains(after.first)


@given(PERIODS)
def test_last_year_is_of_the_same_kind_one_year_before(period: Period) -> None:
    before = period.same_period_last_year()
    assert (before.kind, before.year) == (period.kind, period.year - 1)
    assert before.number == period.number or period.kind == "day" or period.number > weeks_in(before.year)


@given(st.text("0123456789-WQH", max_size=11))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    try:
        assert Period.parse(text).key == text
    except Refused as refused:
        assert "应" in str(refused) or "不存在" in str(refused) or "不在" in str(refused)
