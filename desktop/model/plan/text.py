"""White space, brackets and Chinese numerals of a published text."""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN = r"\u3400-\u9fff\u3001-\u303f\uff00-\uffef"
_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")


def squeeze(text: str) -> str:
    """The text without any white space: the form in which two printings of one sentence are compared."""
    return "".join(text.split())


def tidy(text: str) -> str:
    """The text as published, without the gaps that a line break left between two Chinese characters."""
    return " ".join(_GAP.sub("", text).split())


def numeral(text: str) -> int | None:
    """一 … 九十九 as a number, None for anything else."""
    if text == "十":
        return 10
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.index(text) if len(text) == 1 and text in _DIGITS[1:] else None
    parts = [(tens, 1), (ones, 0)]
    if any(len(part) > 1 or (part and part not in _DIGITS[1:]) for part, _ in parts):
        return None
    high, low = (_DIGITS.index(part) if part else default for part, default in parts)
    return high * 10 + low


def arabic(text: str) -> int | None:
    """A row number in plain or full-width digits, None for anything else."""
    plain = squeeze(text).translate(_WIDE)
    return int(plain) if re.fullmatch(r"[0-9]{1,4}", plain) else None


def split_units(cell: str) -> tuple[str, ...]:
    """The units of one cell, split at 、 outside brackets, each as published without white space."""
    units, depth, start = [], 0, 0
    packed = squeeze(cell)
    for at, letter in enumerate(packed):
        if letter in "（(":
            depth += 1
        elif letter in "）)":
            depth -= 1
        elif letter == "、" and depth == 0:
            units.append(packed[start:at])
            start = at + 1
    units.append(packed[start:])
    return tuple(unit for unit in units if unit)


def find_span(text: str, phrase: str) -> tuple[int, int] | None:
    """Where `phrase` stands in `text`, white space set aside in both: start and end in `text` as published."""
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    packed = squeeze(phrase)
    at = "".join(text[place] for place in places).find(packed)
    if at < 0 or not packed:
        return None
    return places[at], places[at + len(packed) - 1] + 1
