"""Dates, months and periods as people write them, read strictly; refusals are `Refused`, one Chinese sentence each."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from desktop.model.errors import Refused
from desktop.model.grammar.characters import narrow, quoted
from desktop.model.grammar.date_faults import DATE, MONTH, PERIOD, date_fault
from desktop.model.grammar.serials import from_serial
from desktop.model.periods import FIRST_YEAR, LAST_YEAR, Period

__all__ = ["from_serial", "read_date", "read_month", "read_period"]

_DATE = re.compile(
    r"(?:([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.)([0-9]{1,2})"
    r"|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
)
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:[-/.]([0-9]{1,2})|月([0-9]{1,2})日)")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月|([0-9]{2}))")
_PART = re.compile(
    r"([0-9]{4})(?:-([WQH])([0-9]{1,2})|年第([0-9]{1,2})周(.*)|年第?([1-4一二三四])季度|年([上下])半年|年)"
)
_ORDINALS = {name: str(number) for number, names in enumerate(("1一", "2二", "3三", "4四"), 1) for name in names}


def read_date(text: str, today: date | None = None) -> str:
    """The day as `YYYY-MM-DD`: 2024-05-21, 2024/5/21, 2024.5.21, 2024年5月21日, 20240521; midnight is dropped.

    With `today` (on the screen) also 5.21, 5-21, 5/21 and 5月21日, in the year of today.
    """
    plain = narrow(text)
    match = _DATE.fullmatch(plain)
    if match is not None:
        year, month, day = (part for part in match.groups() if part is not None)
        return _day(text, int(year), int(month), int(day)).isoformat()
    short = _MONTH_DAY.fullmatch(plain)
    if short is not None and today is not None:
        return _day(text, today.year, int(short[1]), int(short[2] or short[3])).isoformat()
    raise date_fault(text, DATE)


def read_month(text: str) -> str:
    """The month as `YYYY-MM`: 2024年5月, 2024-05, 2024/5, 2024.5, 202405."""
    match = _MONTH.fullmatch(narrow(text))
    if match is None:
        raise date_fault(text, MONTH)
    year, month = (int(part) for part in match.groups() if part is not None)
    _check_month(text, year, month)
    return f"{year:04d}-{month:02d}"


def read_period(text: str) -> str:
    """The key of the period: all that `read_date` and `read_month` take, the keys themselves, and the labels
    (2024年第二季度, 2024年2季度, 2024年上半年, 2024年第21周, 2024年)."""
    plain = narrow(text)
    if _DATE.fullmatch(plain):
        return read_date(text)
    if _MONTH.fullmatch(plain):
        return read_month(text)
    if re.fullmatch(r"[0-9]{4}", plain):
        return Period.parse(plain).key
    match = _PART.fullmatch(plain)
    if match is None:
        raise date_fault(text, PERIOD)
    year, letter, number, week, rest, quarter, half = match.groups()
    if week is not None:
        letter, number = "W", week
    elif quarter is not None:
        letter, number = "Q", _ORDINALS[quarter]
    elif half is not None:
        letter, number = "H", "1" if half == "上" else "2"
    if letter is None:
        return Period.parse(year).key
    if letter in "QH" and len(number) > 1:
        raise date_fault(text, PERIOD)
    period = Period.parse(f"{year}-{letter}{number.zfill(2) if letter == 'W' else number}")
    if rest and period.label != f"{year}年第{week}周{rest}":
        raise Refused(f"{quoted(text)}的周次和日期对不上，应为{period.label}")
    return period.key


def _day(text: str, year: int, month: int, day: int) -> date:
    _check_month(text, year, month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Refused(f"{quoted(text)}不存在，{year}年{month}月是 1 至 {last} 日")
    return date(year, month, day)


def _check_month(text: str, year: int, month: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"{quoted(text)}的年份应在 {FIRST_YEAR}—{LAST_YEAR} 之间")
    if not 1 <= month <= 12:
        raise Refused(f"{quoted(text)}的月份应为 1—12")
