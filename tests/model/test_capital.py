"""大写金额: examples of the rule, and that the words say the amount, read back by an inverse of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.capital import LARGEST_FEN, capital_money
from desktop.model.errors import Refused

DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def fen_of(text: str) -> int:
    """The amount that the words say, read from left to right."""
    sign = -1 if text.startswith("负") else 1
    text = text.removeprefix("负").removesuffix("整")
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            section, digit = section + digit * PLACES[character], 0
        elif character in "万亿元":
            total, section, digit = total + (section + digit) * {"万": 10**6, "亿": 10**10, "元": 100}[character], 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[character], 0
    return sign * total


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"), (1, "壹分"), (5, "伍分"), (10, "壹角"), (55, "伍角伍分"), (100, "壹元整"), (105, "壹元零伍分"),
        (150, "壹元伍角"), (155, "壹元伍角伍分"), (1000, "壹拾元整"), (1050, "壹拾元伍角"), (101000, "壹仟零壹拾元整"),
        (100100, "壹仟零壹元整"), (140950, "壹仟肆佰零玖元伍角"), (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"), (1640902, "壹万陆仟肆佰零玖元零贰分"), (10700053, "壹拾万柒仟元伍角叁分"),
        (1_000_000, "壹万元整"), (1_080_000, "壹万零捌佰元整"), (4800_0000_00, "肆仟捌佰万元整"),
        (1_0000_0001_00, "壹亿零壹元整"), (1_0001_0000_00, "壹亿零壹万元整"), (1_0000_1000_00, "壹亿壹仟元整"),
        (-4800_0000_00, "负肆仟捌佰万元整"), (-1, "负壹分"),
        (LARGEST_FEN, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_examples(fen: int, text: str) -> None:
    assert capital_money(fen) == text


@pytest.mark.parametrize("fen", [LARGEST_FEN + 1, -LARGEST_FEN - 1])
def test_beyond_the_largest(fen: int) -> None:
    with pytest.raises(Refused, match="9,999 亿"):
        capital_money(fen)


@given(
    st.integers(-LARGEST_FEN, LARGEST_FEN)
    | st.integers(0, 10**7)
    | st.builds(lambda head, zeros: min(head * 10**zeros, LARGEST_FEN), st.integers(1, 9999), st.integers(0, 10))
    | st.text("00001", min_size=1, max_size=14).map(int)
)
def test_the_words_say_the_amount_and_follow_the_rules(fen: int) -> None:
    text = capital_money(fen)
    assert fen_of(text) == fen
    assert text.endswith("整") == (fen % 100 == 0)
    assert "零零" not in text
    assert not re.search(r"零[仟佰拾万亿角分元]", text.removeprefix("零元"))
    assert not re.match(r"负?零.", text) or fen == 0
