"""Serials: the numbers that stand for days in sheets, in the 1900 and the 1904 calendar."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.periods import FIRST_YEAR, LAST_YEAR

_LAST_SERIAL = {False: 2_958_465, True: 2_957_003}  # 9999-12-31 in either calendar


def from_serial(serial: int | float | Decimal, date1904: bool) -> date:
    """The day that a serial stands for. A time of day, 1900-02-29 and days outside 1900–2100 are refused."""
    whole = whole_serial(serial)
    if not (0 if date1904 else 1) <= whole <= _LAST_SERIAL[date1904]:
        raise Refused(f"单元格里的数 {whole} 超出了日期的范围，应如 2024-05-21")
    if date1904:
        day = date(1904, 1, 1) + timedelta(days=whole)
    elif whole == 60:
        raise Refused("单元格里的日期是 1900-02-29，这一天不存在，请改正")
    else:
        # The 1900 calendar counts a 29 February 1900 that never was.
        day = date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(f"单元格里的日期 {day.isoformat()} 的年份应在 {FIRST_YEAR}—{LAST_YEAR} 之间")
    return day


def whole_serial(value: int | float | Decimal) -> int:
    """The number as a whole one; what is no number, or has a fraction (a time of day), is refused."""
    if isinstance(value, bool) or value != value or value in (float("inf"), float("-inf")):
        raise Refused("单元格里不是日期，应如 2024-05-21")
    if not -(10**9) < value < 10**9:
        raise Refused("单元格里的数超出了日期的范围，应如 2024-05-21")
    whole = int(value)
    if whole != value:
        raise Refused(f"单元格里的数 {value} 带有时刻或小数，应只填日期，如 2024-05-21")
    return whole
