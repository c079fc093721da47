"""Fractions as they are written: exact where they end, rounded where they do not."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

PLACES = 2  # of a figure that does not end (2 ÷ 3)
LONGEST = 6  # decimals of a figure that ends


def exact(value: object) -> Fraction | None:
    """The exact value of stored decimal text; None for an empty one."""
    return None if value is None else Fraction(Decimal(str(value)))


def places_of(value: Fraction) -> int | None:
    """Decimals that write the value exactly, None when it never ends."""
    bottom, places = value.denominator, 0
    while bottom % 10 == 0:
        bottom, places = bottom // 10, places + 1
    for prime in (2, 5):
        count = 0
        while bottom % prime == 0:
            bottom, count = bottom // prime, count + 1
        places += count
    return places if bottom == 1 else None


def rounded(value: Fraction, places: int, down: bool = False) -> Fraction:
    """Half away from zero; `down` cuts off."""
    with localcontext() as context:
        context.prec = 60
        number = Decimal(value.numerator) / Decimal(value.denominator)
        unit = Decimal(1).scaleb(-places)
        return Fraction(number.quantize(unit, ROUND_DOWN if down else ROUND_HALF_UP))


def plain(value: Fraction, places: int = PLACES) -> str:
    """Decimal text without thousands, as stored: exact when it has at most six decimals, else rounded to `places`."""
    needed = places_of(value)
    number = value if needed is not None and needed <= LONGEST else rounded(value, places)
    with localcontext() as context:
        context.prec = 60
        text = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Fraction, places: int = PLACES) -> str:
    """As a clerk reads it: with thousands by comma."""
    return f"{Decimal(plain(value, places)):,}"


def percent(value: Fraction) -> str:
    """One decimal, cut off: 99.99 % is never called 100 %."""
    return f"{Decimal(plain(rounded(value, 1, down=True))):,}"
