"""Periods: day, ISO week, month, quarter, half-year, year (2026-11-24, 2026-W48, 2026-11, 2026-Q4, 2026-H2, 2026)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desktop.model.errors import Refused

Kind = Literal["day", "week", "month", "quarter", "half", "year"]
KINDS: tuple[Kind, ...] = ("day", "week", "month", "quarter", "half", "year")
KIND_LABELS: dict[Kind, str] = dict(zip(KINDS, ("日", "周", "月", "季度", "半年", "年"), strict=True))
FIRST_YEAR, LAST_YEAR = 1900, 2100

_KEY = re.compile(r"([0-9]{4})(?:-(?:W([0-9]{2})|Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?")
_LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ORDINALS = ("一", "二", "三", "四")


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, `first` to `last`. Ordered by first day, then last day. `str()` is the key."""

    first: date
    last: date
    kind: Kind

    @classmethod
    def of(cls, day: date, kind: Kind) -> Period:
        """The period of that kind that the day lies in. Weeks are ISO weeks, Monday to Sunday."""
        day = date(day.year, day.month, day.day)
        if kind == "day":
            return cls(day, day, kind)
        if kind == "week":
            monday = day - timedelta(days=day.weekday())
            return cls(monday, monday + timedelta(days=6), kind)
        length = _LENGTH[kind]
        start = (day.month - 1) // length * length + 1
        end = start + length - 1
        return cls(date(day.year, start, 1), date(day.year, end, monthrange(day.year, end)[1]), kind)

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period with exactly that key; `Refused` for anything else (years 1900–2100)."""
        match = _KEY.fullmatch(key)
        if match is None:
            raise Refused(f"“{key[:24]}”不是期次，应如 2026-11、2026-Q4、2026-H2、2026-W48、2026-11-24 或 2026")
        year = int(match[1])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refused(f"“{key}”的年份应在 {FIRST_YEAR}—{LAST_YEAR} 之间")
        week, quarter, half, month, day = (int(part) if part else 0 for part in match.groups()[1:])
        if match[2] is not None:
            return cls._week(year, week)
        if quarter:
            return cls.of(date(year, quarter * 3, 1), "quarter")
        if half:
            return cls.of(date(year, half * 6, 1), "half")
        if match[5] is None:
            return cls.of(date(year, 1, 1), "year")
        if not 1 <= month <= 12:
            raise Refused(f"“{key}”的月份“{match[5]}”不存在，应为 01—12")
        if match[6] is None:
            return cls.of(date(year, month, 1), "month")
        if not 1 <= day <= monthrange(year, month)[1]:
            raise Refused(f"“{key}”不存在，{year}年{month}月只有 {monthrange(year, month)[1]} 天")
        return cls.of(date(year, month, day), "day")

    @classmethod
    def _week(cls, year: int, week: int) -> Period:
        last = weeks_in(year)
        if not 1 <= week <= last:
            raise Refused(f"{year}年没有第 {week} 周，应为第 1 至 {last} 周")
        return cls.of(date.fromisocalendar(year, week, 1), "week")

    @property
    def key(self) -> str:
        """As stored: `2026-11`, `2026-Q4` …"""
        year = f"{self.year:04d}"
        if self.kind == "day":
            return self.first.isoformat()
        if self.kind == "week":
            return f"{year}-W{self.number:02d}"
        if self.kind == "month":
            return f"{year}-{self.number:02d}"
        return {"quarter": f"{year}-Q{self.number}", "half": f"{year}-H{self.number}", "year": year}[self.kind]

    @property
    def year(self) -> int:
        """The year in the key; for a week the ISO year, which is that of its Thursday."""
        return self.first.isocalendar().year if self.kind == "week" else self.first.year

    @property
    def number(self) -> int:
        """Which one in its year: week 1–53, month 1–12, quarter 1–4, half 1–2, day 1–366; a year is 1."""
        if self.kind == "week":
            return self.first.isocalendar().week
        if self.kind == "day":
            return self.first.timetuple().tm_yday
        return (self.first.month - 1) // _LENGTH[self.kind] + 1

    @property
    def label(self) -> str:
        """As a clerk reads it: 2026年11月, 2026年第四季度, 2026年第48周（11月23日—11月29日）."""
        year = f"{self.year}年"
        if self.kind == "day":
            return year + _month_day(self.first)
        if self.kind == "week":
            return f"{year}第{self.number}周（{_month_day(self.first)}—{_month_day(self.last)}）"
        if self.kind == "month":
            return f"{year}{self.number}月"
        if self.kind == "quarter":
            return f"{year}第{_ORDINALS[self.number - 1]}季度"
        if self.kind == "half":
            return year + ("上半年" if self.number == 1 else "下半年")
        return year

    def __str__(self) -> str:
        return self.key

    def previous(self) -> Period:
        """The period of the same kind before this one."""
        return Period.of(self.first - timedelta(days=1), self.kind)

    def next(self) -> Period:
        """The period of the same kind after this one."""
        return Period.of(self.last + timedelta(days=1), self.kind)

    def same_period_last_year(self) -> Period:
        """去年同期. 29 February answers with 28 February, week 53 with the last week of a year that has only 52."""
        year = self.year - 1
        if self.kind == "week":
            return Period._week(year, min(self.number, weeks_in(year)))
        day = min(self.first.day, monthrange(year, self.first.month)[1])
        return Period.of(date(year, self.first.month, day), self.kind)

    def contains(self, day: date) -> bool:
        return self.first <= date(day.year, day.month, day.day) <= self.last

    def covers(self, other: Period) -> bool:
        """Whether the other period lies wholly inside this one."""
        return self.first <= other.first and other.last <= self.last

    def months(self) -> tuple[Period, ...]:
        """The months it touches, in order: one for a day, one or two for a week, else all of its own."""
        found = [Period.of(self.first, "month")]
        while found[-1].last < self.last:
            found.append(found[-1].next())
        return tuple(found)

    def split(self, kind: Kind) -> tuple[Period, ...]:
        """The periods of a shorter kind whose last day lies in this one, in order (weeks: those that end in it)."""
        part = Period.of(self.first, kind)
        found: list[Period] = []
        while part.last <= self.last:
            found.append(part)
            part = part.next()
        return tuple(found)


def weeks_in(year: int) -> int:
    """52 or 53 (ISO 8601: 28 December always lies in the last week)."""
    return date(year, 12, 28).isocalendar().week


def kind_of(name: str) -> Kind:
    """The kind with that name; `Refused` if there is none."""
    if name not in KINDS:
        raise Refused(f"“{name}”不是期次的种类，应为 {'、'.join(KINDS)} 之一")
    return name


def _month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"
