"""Days, months and periods: spellings taken and refused, serials of both calendars."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import Refused
from desktop.model.grammar import cell_date, cell_month, from_serial, read_date, read_month, read_period
from desktop.model.periods import KINDS, Kind, Period

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def refusal(read: object, *arguments: object) -> str:
    with pytest.raises(Refused) as caught:
        read(*arguments)  # type: ignore[operator]
    message = str(caught.value)
    assert "\n" not in message and re.search(r"应|请|只有|不存在", message)
    return message


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-21", "2024-5-21", "2024/5/21", "2024/05/21", "2024.5.21", "2024.05.21", "2024年5月21日",
        "2024年05月21日", "20240521", "２０２４－５－２１", "２０２４年５月２１日", "２０２４．５．２１",
        "２０２４／５／２１", "　2024-05-21 ", "2024-05-21 00:00:00", "2024-05-21T00:00:00", "2024/5/21 0:00",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    assert read_date(text) == "2024-05-21"
    assert read_period(text) == "2024-05-21"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "24.5.21", "24-05-21", "24/5/21", "24年5月21日", "240521", "2024年5月底", "2024年5月", "2024-05",
        "202405", "2024", "2024年", "2023-02-29", "2100-02-29", "2024-02-30", "2024-13-01", "2024-00-10",
        "2024-05-00", "2024-5.21", "2024.5-21", "2024/5.21", "1899-12-31", "2101-01-01", "2024年5月21", "2024 5 21",
        "2024-05-21 08:30", "5.21", "5月21日", "2024-05-21—2024-06-01", "二〇二四年五月二十一日", "٢٠٢٤-٠٥-٢١",
        "2024-٥-21", "２０２４-05-2①", "45433", "2024-005-21", "02024-05-21", "-2024-05-21", "2024-05-21x",
        "2024_05_21", "21/5/2024", "May 21, 2024", "2024年5月中旬", "2024-05-21 00:00:01", "4.5433E+04", "20240532",
        "20241301", "待定",
    ],
)  # fmt: skip
def test_no_day(text: str) -> None:
    refusal(read_date, text)


@pytest.mark.parametrize("text", ["5.21", "5-21", "5/21", "5月21日", "05-21", "５．２１", " 5.21 "])
def test_this_year_on_the_screen_only(text: str) -> None:
    assert read_date(text, TODAY) == "2026-05-21"
    assert "没有写年份" in refusal(read_date, text)


@pytest.mark.parametrize("text", ["24.5.21", "24.5", "2.30", "2.29", "0.5", "13.1", "5.21.", "5月", "5.0"])
def test_no_day_of_this_year(text: str) -> None:
    refusal(read_date, text, TODAY)


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (read_date, "2024年5月底", "“2024年5月底”不是确切的日期，应如 2024-05-21"),
        (read_date, "24.5.21", "“24.5.21”的年份要写四位，应如 2024-05-21"),
        (read_date, "2023-02-29", "“2023-02-29”不存在，2023年2月是 1 至 28 日"),
        (read_date, "2024-05", "“2024-05”没有写到日，应如 2024-05-21"),
        (read_date, "2024-05-21 08:30", "“2024-05-21 08:30”带有时刻，应只写日期，如 2024-05-21"),
        (read_month, "2024", "“2024”没有写到月，应如 2024-05"),
        (read_month, "2024-05-21", "“2024-05-21”写到了日，这里应写到月，如 2024-05"),
        (read_month, "24.5", "“24.5”的年份要写四位，应如 2024-05"),
        (read_month, "2024-13", "“2024-13”的月份应为 1—12"),
        (read_date, "1899-12-31", "“1899-12-31”的年份应在 1900—2100 之间"),
    ],
)
def test_the_sentence_names_the_mistake(read: object, text: str, message: str) -> None:
    assert refusal(read, text) == message


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月",
        "2024年05月",
        "2024-05",
        "2024-5",
        "2024.5",
        "2024.05",
        "2024/5",
        "202405",
        "２０２４年５月",
        "２０２４０５",
    ],
)
def test_one_month_in_many_spellings(text: str) -> None:
    assert read_month(text) == "2024-05"
    assert read_period(text) == "2024-05"


@pytest.mark.parametrize(
    "text",
    ["", "2024", "2024年", "24.5", "24年5月", "2405", "2024-00", "2024-13", "202413", "2024年5月底", "2024年5",
    "1899-12", "2101-01", "2024-05-21", "2024年5月21日", "20240521", "5月", "2024-Q2", "2024年五月", "2024年5—6月",
    "٢٠٢٤-05", "2024-5月"],
)  # fmt: skip
def test_no_month(text: str) -> None:
    refusal(read_month, text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-W48", "2026-W48"), ("2026年第48周", "2026-W48"), ("2026年第48周（11月23日—11月29日）", "2026-W48"),
        ("2026-W8", "2026-W08"), ("2026-Q4", "2026-Q4"), ("2026年第四季度", "2026-Q4"), ("2026年四季度", "2026-Q4"),
        ("2026年第4季度", "2026-Q4"), ("２０２６年４季度", "2026-Q4"), ("2026-H2", "2026-H2"),
        ("2026年下半年", "2026-H2"), ("2026年上半年", "2026-H1"), ("2026", "2026"), ("2026年", "2026"),
        ("２０２６", "2026"), ("2026-W53", "2026-W53"),
    ],
)  # fmt: skip
def test_periods(text: str, key: str) -> None:
    assert read_period(text) == key


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-Q5", "2026-Q0", "2026-Q04", "2026-H3", "2025-W53", "2026-W00", "2026-W54", "2026-q4",
    "2026年第五季度", "2026年第48周（11月22日—11月28日）", "2026年度第四季度", "1899", "2101", "第四季度",
    "2026-11-31", "2026年一月", "2026-W4٨"],
)  # fmt: skip
def test_no_period(text: str) -> None:
    refusal(read_period, text)


@given(DAYS, st.sampled_from(KINDS))
def test_keys_and_labels_are_read_back(day: date, kind: Kind) -> None:
    period = Period.of(day, kind)
    if 1900 <= period.year <= 2100:
        assert read_period(period.key) == read_period(period.label) == period.key


@given(DAYS)
def test_every_day_in_every_spelling(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for text in (f"{y}-{m}-{d}", f"{y}/{m:02d}/{d}", f"{y}.{m}.{d:02d}", f"{y}年{m}月{d}日", f"{y}{m:02d}{d:02d}"):
        assert read_date(text) == day.isoformat()
    for text in (f"{y}-{m}", f"{y}.{m:02d}", f"{y}/{m}", f"{y}年{m}月", f"{y}{m:02d}"):
        assert read_month(text) == day.isoformat()[:7]


@given(st.text(max_size=12) | st.text("0123456789-/.年月日WQH第季度周上下半 ２５", max_size=14))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (read_date, read_month, read_period):
        try:
            value = read(text)
        except Refused as refused:
            assert "\n" not in str(refused)
        else:
            assert Period.parse(value).key == value


@pytest.mark.parametrize(
    ("serial", "date1904", "day"),
    [
        (1, False, date(1900, 1, 1)), (59, False, date(1900, 2, 28)), (61, False, date(1900, 3, 1)),
        (45433, False, date(2024, 5, 21)), (45433.0, False, date(2024, 5, 21)), (Decimal("45433.00"),
        False, date(2024, 5, 21)), (0, True, date(1904, 1, 1)), (43971, True, date(2024, 5, 21)),
        (60, True, date(1904, 3, 1)), (73415, False, date(2100, 12, 31)),
    ],
)  # fmt: skip
def test_serials(serial: int | float | Decimal, date1904: bool, day: date) -> None:
    assert from_serial(serial, date1904) == day


@pytest.mark.parametrize(
    ("serial", "date1904"),
    [
        (60, False), (0, False), (-1, False), (-1, True), (2958466, False), (2957004, True), (2958465, False),
        (73416, False), (45433.5, False), (Decimal("45433.0001"), False), (float("nan"), False), (float("inf"),
        False), (True, False), (1e300, False), (Decimal("1E+999999"), False),
    ],
)  # fmt: skip
def test_no_serials(serial: int | float | Decimal, date1904: bool) -> None:
    refusal(from_serial, serial, date1904)


@given(st.dates(date(1904, 1, 1), date(2100, 12, 31)))
def test_both_calendars_name_the_same_day(day: date) -> None:
    since_1904 = (day - date(1904, 1, 1)).days
    assert from_serial(since_1904, True) == from_serial(since_1904 + 1462, False) == day
    assert from_serial(since_1904 + 1463, False) == day + timedelta(days=1) or day == date(2100, 12, 31)


def test_number_cells_in_columns_of_days_and_months() -> None:
    assert cell_date(20240521) == cell_date(45433.0) == cell_date(43971, date1904=True) == "2024-05-21"
    assert cell_month(202405) == cell_month(45433) == cell_month(2024.5) == cell_month(Decimal("2024.05")) == "2024-05"
    assert cell_month(2024.12) == "2024-12"
    assert "1 月还是 10 月" in refusal(cell_month, 2024.1)
    for value in (2024, 20240532, 45433.5):
        refusal(cell_date, value)
    for number in (2024, 202413, 2024.13):
        refusal(cell_month, number)
