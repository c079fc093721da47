"""Takes typed values out of a TOML table and remembers what was asked, so that a key nobody reads is refused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from desktop.model.policies import exact


class BadRuleError(Exception):
    """What is wrong in a rule file, and where; `loading` adds the file."""


class Taker:
    """`place` is the path of the table, ending in a point, for messages."""

    def __init__(self, raw: dict[str, Any], place: str) -> None:
        self.raw = raw
        self.place = place
        self._left = set(raw)

    def any(self, key: str) -> Any:
        self._left.discard(key)
        return self.raw.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.any(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise BadRuleError(f"{self.place}{key} 应是文字")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.any(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadRuleError(f"{self.place}{key} 应是文字的列表")
        return tuple(value)

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise BadRuleError(f"{self.place}{key} 只能是 {'、'.join(allowed)}")
        return value

    def integer(self, key: str, default: int | None = None) -> int | None:
        value = self.any(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadRuleError(f"{self.place}{key} 应是整数")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.any(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadRuleError(f"{self.place}{key} 应是 true 或 false")
        return value

    def number(self, key: str) -> Decimal | None:
        """Numbers of a rule are written in quotes or as whole numbers: TOML's own decimals are floats."""
        value = self.any(key)
        if value is None:
            return None
        number = exact.parse(value)
        if number is None or number < 0:
            raise BadRuleError(f"{self.place}{key} 应是用引号写的十进制数")
        return number

    def must_number(self, key: str) -> Decimal:
        value = self.number(key)
        if value is None:
            raise BadRuleError(f"{self.place}{key} 缺少")
        return value

    def day(self, key: str) -> date | None:
        value = self.any(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise BadRuleError(f"{self.place}{key} 应是日期，如 2024-12-31")
        return value

    def table(self, key: str) -> dict[str, Any]:
        value = self.any(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadRuleError(f"{self.place}{key} 应是一张表")
        return value

    def rows(self, key: str) -> list[Taker]:
        value = self.any(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise BadRuleError(f"{self.place}{key} 应是若干张表")
        return [Taker(row, f"{self.place}{key}[{index}].") for index, row in enumerate(value)]

    def done(self) -> None:
        if self._left:
            raise BadRuleError(f"{self.place}{min(self._left)} 不是规则的内容")
