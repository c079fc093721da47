"""Numbers as people write them, read strictly: what is not surely one number is refused, never guessed.

Taken: ASCII and full-width digits, one decimal point, thousands commas in their places, blanks around, and a unit
behind (`1.2亿`, `3,400元`, `90%`) where the column has one. Every refusal is `Refused` with one Chinese sentence.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from desktop.model.errors import Refused
from desktop.model.grammar.characters import BLANKS, narrow, quoted
from desktop.model.grammar.number_faults import negative_fault, number_fault, precision_fault, unit_fault

MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
LARGEST_FEN = 99_999_999_999_999  # 9,999 亿 and the rest below one 万亿: above it a unit was mistaken

_MULTIPLIERS = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_MONEY_SUFFIXES = {"元": Decimal(1), **{m + y: _MULTIPLIERS[m] for m in ("万", "亿") for y in ("", "元")}}
_NUMBER = re.compile(r"([+-]?)((?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)([^0-9.,]*)")
_WHOLE_DIGITS, _PLACES = 18, 20


def read_number(text: str, *, negative: bool = False, unit: str = "", example: str = "3400.00") -> Decimal:
    """The exact number in the text, in the column's `unit`.

    `unit` is the column's own (`吨`, `万吨`, `%`) and may stand behind the number; 万 and 亿 behind it multiply
    (`1.2万` is 12000, in a column of 万吨 it is 1.2). A percent sign is taken only where `unit` is `%`: `90%` is 90.
    A minus sign is taken only with `negative`.
    """
    unit = narrow(unit)
    value, suffix = _split(text, negative, example)
    if unit == "%":
        if suffix not in ("", "%"):
            raise unit_fault(text, suffix, unit)
        return value
    own, base = (_MULTIPLIERS[unit[0]], unit[1:]) if unit[:1] in ("万", "亿") else (Decimal(1), unit)
    if suffix in ("", unit):
        return value
    for multiplier in ("万", "亿", ""):
        if suffix in (multiplier, multiplier + base) and suffix != "":
            return plain(_times(value, _MULTIPLIERS[multiplier] / own))
    if "%" in suffix or _looks_like_a_unit(suffix):
        raise unit_fault(text, suffix, unit)
    raise number_fault(text, example)


def read_money(text: str, unit: str | Decimal = "元", *, negative: bool = False) -> int:
    """The amount in whole 分. `unit` is the column's: a name of MONEY_UNITS, or how many 元 one of it is.

    A unit behind the number wins over the column's (`1.2亿` in a column of 万元 is 12000 万元). What is finer than 分,
    or not below 1 万亿元, is refused.
    """
    if isinstance(unit, str):
        if unit not in MONEY_UNITS:
            raise ValueError(f"no unit of money: {unit!r}")
        factor = MONEY_UNITS[unit]
    else:
        factor = unit
    example = "3400.00"
    value, suffix = _split(text, negative, example)
    if suffix:
        if suffix not in _MONEY_SUFFIXES:
            if "%" in suffix or _looks_like_a_unit(suffix):
                raise unit_fault(text, suffix, unit if isinstance(unit, str) else "元")
            raise number_fault(text, example)
        factor = _MONEY_SUFFIXES[suffix]
    yuan = _times(value, factor)
    fen = yuan.scaleb(2)
    if fen != fen.to_integral_value():
        raise precision_fault(text, yuan.quantize(Decimal("0.01"), ROUND_HALF_EVEN))
    if abs(fen) > LARGEST_FEN:
        raise Refused(f"{quoted(text)}达到万亿元，请核对单位，金额应不超过 9,999 亿元")
    return int(fen)


def read_whole(text: str, *, negative: bool = False, unit: str = "") -> int:
    """The whole number in the text: `12`, `1,234`, `1.2万`; `12.5` is refused."""
    value = read_number(text, negative=negative, unit=unit, example="12")
    if value != value.to_integral_value():
        raise Refused(f"{quoted(text)}不是整数，应如 12")
    return int(value)


def _split(text: str, negative: bool, example: str) -> tuple[Decimal, str]:
    match = _NUMBER.fullmatch(narrow(text))
    if match is None:
        raise number_fault(text, example)
    sign, digits, suffix = match[1], match[2].replace(",", ""), match[3].strip(BLANKS)
    whole, _, places = digits.partition(".")
    if len(whole.lstrip("0")) > _WHOLE_DIGITS or len(places.rstrip("0")) > _PLACES:
        raise Refused(f"{quoted(text)}位数太多，整数部分最多 {_WHOLE_DIGITS} 位、小数最多 {_PLACES} 位")
    value = Decimal(digits)
    if sign == "-" and value:
        if not negative:
            raise negative_fault(text)
        value = -value
    return value, suffix


def _times(value: Decimal, factor: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 80
        return value * factor


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros that a multiplication left behind."""
    with localcontext() as context:
        context.prec = 80
        short = value.normalize()
        exponent = short.as_tuple().exponent
        return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _looks_like_a_unit(suffix: str) -> bool:
    return re.fullmatch(r"(百|千|万|亿|百万)?(元|吨|台|套|组|辆|个|千瓦|平方米|年|月|日|人|户|家)", suffix) is not None
