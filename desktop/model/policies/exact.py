"""Exact decimals for policies: no float, no silent rounding, and the words they are shown in."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_DOWN, Context, Decimal, Inexact, InvalidOperation, Overflow

CENT = Decimal("0.01")

# Products of checked facts and rates stay far below 90 digits; if one ever did not, Inexact stops the sum.
EXACT = Context(prec=90, traps=[Inexact, InvalidOperation, Overflow])
_DOWN = Context(prec=90, rounding=ROUND_DOWN, traps=[InvalidOperation, Overflow])

_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", re.ASCII)


def parse(raw: object) -> Decimal | None:
    """The exact number in an int, a Decimal or plain decimal text; None when it is none of these.

    A float, a bool, digits of other scripts, `1_000`, `1e3` as text, NaN and more than 15 whole digits are none.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) < 10**15 else None
    if isinstance(raw, Decimal):
        if not raw.is_finite() or (raw and not -12 <= raw.adjusted() < 15):
            return None
        text = format(raw, "f")
        return _of_text(text)
    if isinstance(raw, str):
        return _of_text(raw.strip())
    return None


def _of_text(text: str) -> Decimal | None:
    if not _PLAIN.fullmatch(text):
        return None
    value = Decimal(text)
    return value if value else abs(value)  # -0 would print as -0.00


def decimals(value: Decimal) -> int:
    """How many digits after the point matter: 1.50 has one."""
    if not value:
        return 0
    exponent = value.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def product(values: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for value in values:
        result = EXACT.multiply(result, value)
    return result


def total(values: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result


def percent(value: Decimal) -> Decimal:
    return value.scaleb(-2, EXACT)


def down(value: Decimal) -> Decimal:
    """Down to the 分, as the plan's figures are paid; never half up."""
    return value.quantize(CENT, context=_DOWN)


def plain(value: Decimal) -> str:
    """12.50 -> 12.5, 100 -> 100: the number without thousands and without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal) -> str:
    """1234567.5 -> 1,234,567.5, for sentences."""
    whole, _, rest = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def yuan(value: Decimal) -> str:
    """1234567.5 -> 1,234,567.50 元; more digits than 分 are kept, for the step that rounds them away."""
    whole, _, rest = plain(value).partition(".")
    return f"{int(whole):,}.{rest.ljust(2, '0')} 元"


def money_text(value: Decimal | None) -> str | None:
    """Money as the command line gives it: decimal text in 元 with two decimals."""
    return None if value is None else format(value.quantize(CENT, context=_DOWN), "f")


def day(value: date) -> str:
    """2024-05-21 -> 2024年5月21日, as dates stand in sentences."""
    return f"{value.year}年{value.month}月{value.day}日"
