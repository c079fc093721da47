"""What stands below a field while it is filled in: 大写, or how a typed date was read."""

from __future__ import annotations

from collections.abc import Callable

from desktop.model.capital import capital_money
from desktop.model.errors import Refused
from desktop.model.fields.base import NoNames
from desktop.model.forms import Field

NAMES = NoNames()


def money_words(each: Field, text: str) -> str:
    """肆仟捌佰万元整; "" for what cannot be read as an amount yet."""
    try:
        stored = each.type.read(text, NAMES)
    except Refused:
        return ""
    return capital_money(int(stored)) if stored is not None else ""


def reader(each: Field) -> Callable[[str], str]:
    """Raises Refused for text that cannot be read; else its 大写."""

    def words(text: str) -> str:
        stored = each.type.read(text, NAMES)
        return capital_money(int(stored)) if stored is not None else ""

    return words


def tidier(each: Field) -> Callable[[str], str]:
    """The amount as it is shown: 4800 becomes 4,800.00."""
    return lambda text: each.type.show(each.type.read(text, NAMES), NAMES)


def date_reader(each: Field) -> Callable[[str], tuple[str | None, str]]:
    """The stored value of a typed date, month or period, and how it was read when that is not plain to see."""

    def read(text: str) -> tuple[str | None, str]:
        month = each.type.name == "month" and len(text) == 10 and text[4] == "-" and text[7] == "-"
        stored = each.type.read(text[:7] if month else text, NAMES)
        if stored is None:
            return None, ""
        shown = each.type.printed(stored, NAMES)
        return str(stored), f"读作 {shown}" if text != str(stored) else ""

    return read
