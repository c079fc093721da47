"""Numbers and money: what is read, what is refused, and that every refusal is one Chinese sentence."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import Refused
from desktop.model.grammar import cell_number_text, read_money, read_number, read_whole

TAKEN = [
    ("0", "0"), ("12", "12"), ("12.50", "12.50"), ("０", "0"), ("１２３．５", "123.5"), ("1,234", "1234"),
    ("１，２３４", "1234"), ("1,234,567.89", "1234567.89"), (" 12 ", "12"), ("　12　", "12"), ("\u00a012\n", "12"),
    ("+3.2", "3.2"), ("＋３", "3"), ("007", "7"), ("1.2万", "12000"), ("1.2 万", "12000"), ("３万", "30000"),
    ("0.5亿", "50000000"), ("-0", "0"), ("-0.00", "0"), ("123456789012345678", "123456789012345678"),
    ("0.00000000000000000001", "0.00000000000000000001"),
]  # fmt: skip

REFUSED = [
    "", "   ", "　", "约三千四", "约3400", "300余", "近300", "300多", "十几", "300左右", "①", "٣", "١٢", "௧", "1e5",
    "1E5", "9.13701E+17", "1_000", "三千", "三", "壹佰", "二〇二四", "1.2.3", "1..2", "3-4", "3～4", "3—4", "3至4",
    "1,23,4", "12,34", "1,2345", ",123", "1,", "0,123", "1,234,", "1.234,5", ".5", "5.", ".", "-", "+", "--3",
    "+-3", "3-", "-3", "－3", "−3", "(3)", "¥3", "￥3", "$3", "3。5", "1 234", "1　234", "0x10", "½", "²",
    "１２３ａ", "=1+2", "nan", "inf", "Infinity", "NaN", "True", "12吨", "12元", "90%", "9０％", "1.2万元", "万",
    "亿", "1万2千", "1亿2", "待定", "无", "/", "—", "1'234", "1٬234", "1234567890123456789",
    "0.000000000000000000001", "\u06f1", "𝟏", "㈠", "Ⅳ", "1\u200b2", "12\x00", "1\n2",
]  # fmt: skip


def refusal(read: object, *arguments: object, **options: object) -> str:
    with pytest.raises(Refused) as caught:
        read(*arguments, **options)  # type: ignore[operator]
    return str(caught.value)


def is_one_sentence(message: str) -> bool:
    return "\n" not in message and len(message) < 90 and re.search(r"应|请|最多", message) is not None


@pytest.mark.parametrize(("text", "number"), TAKEN)
def test_taken(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", REFUSED)
def test_refused_by_every_reader_with_a_sentence(text: str) -> None:
    assert is_one_sentence(refusal(read_number, text))
    assert is_one_sentence(refusal(read_whole, text))


@pytest.mark.parametrize("text", [text for text in REFUSED if text not in ("12元", "1.2万元")])
def test_refused_as_money(text: str) -> None:
    assert is_one_sentence(refusal(read_money, text, "万元"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("约三千四", "“约三千四”不是数，应如 3400.00"),
        ("", "这里是空的，应填数，如 3400.00"),
        ("9.13701E+17", "“9.13701E+17”：数字被表格软件改成了科学计数，请按文本重填"),
        ("-3", "“-3”是负数，这里应填零或正数"),
        ("3-4", "“3-4”是一个范围，应填一个确切的数，如 3400.00"),
        ("1,23,4", "“1,23,4”的千分位逗号位置不对，应如 1,234 或 1234"),
        ("1.2.3", "“1.2.3”有两个小数点，应如 3400.00"),
        ("三千", "“三千”是中文数字，应写阿拉伯数字，如 3400.00"),
        ("①", "“①”里有不是 0—9 的数字符号，应如 3400.00"),
        ("12吨", "“12吨”的单位“吨”不能用在这里，应只填数"),
    ],
)
def test_the_sentence_names_the_mistake(text: str, message: str) -> None:
    assert refusal(read_number, text) == message


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12吨", "吨", "12"), ("1.2万吨", "吨", "12000"), ("1.2万吨", "万吨", "1.2"), ("1.2万", "万吨", "1.2"),
        ("12000吨", "万吨", "1.2"), ("12", "万吨", "12"), ("90%", "%", "90"), ("90％", "％", "90"), ("90", "%", "90"),
        ("0.5亿千瓦时", "万千瓦时", "5000"), ("3台", "台", "3"),
    ],
)  # fmt: skip
def test_units_behind_the_number(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit=unit) == Decimal(number)


@pytest.mark.parametrize(("text", "unit"), [("12台", "吨"), ("1万", "%"), ("90%", "吨"), ("12万元", "万吨")])
def test_wrong_units(text: str, unit: str) -> None:
    assert unit in refusal(read_number, text, unit=unit)


def test_a_minus_sign_where_it_may_stand() -> None:
    assert read_number("-3.5", negative=True) == Decimal("-3.5")
    assert read_number("－３．５", negative=True) == Decimal("-3.5")
    assert read_whole("-1,234", negative=True) == -1234
    assert read_money("-0.01", "元", negative=True) == -1


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("3400", "元", 340_000), ("3400", "万元", 3_400_000_000), ("1.2亿", "万元", 12_000_000_000),
        ("1.2亿元", "亿元", 12_000_000_000), ("1.2", "亿元", 12_000_000_000), ("3,400.5万", "元", 3_400_500_000),
        ("3,400元", "万元", 340_000), ("0.000001", "万元", 1), ("0.01", "元", 1), ("0.010", "元", 1), ("0", "元", 0),
        ("１２．３４元", "元", 1234), ("5", Decimal(10_000), 5_000_000), ("12", "千元", 1_200_000),
        ("999999999999.99", "元", 99_999_999_999_999),
    ],
)  # fmt: skip
def test_money(text: str, unit: str | Decimal, fen: int) -> None:
    assert read_money(text, unit) == fen


@pytest.mark.parametrize(("text", "unit"), [("0.001", "元"), ("0.0000001", "万元"), ("1.00000000001亿", "元")])
def test_money_finer_than_fen(text: str, unit: str) -> None:
    assert "最多到分" in refusal(read_money, text, unit)


@pytest.mark.parametrize(("text", "unit"), [("1000000000000", "元"), ("10000", "亿元"), ("100000000万", "元")])
def test_money_beyond_reason(text: str, unit: str) -> None:
    assert "核对单位" in refusal(read_money, text, unit)


@pytest.mark.parametrize("text", ["12%", "12吨", "12人", "12万吨"])
def test_money_with_another_unit(text: str) -> None:
    assert "万元" in refusal(read_money, text, "万元")


def test_an_unknown_unit_of_money_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="美元"):
        read_money("1", "美元")


@pytest.mark.parametrize("text", ["12.5", "0.1", "1.23456万"])
def test_not_whole(text: str) -> None:
    assert "不是整数" in refusal(read_whole, text)


@pytest.mark.parametrize(("text", "whole"), [("12", 12), ("12.0", 12), ("1,234", 1234), ("1.2万", 12000), ("１２", 12)])
def test_whole(text: str, whole: int) -> None:
    assert read_whole(text) == whole
    assert type(read_whole(text)) is int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"), (3400.0, "3400"), (12, "12"), (1e-7, "0.0000001"), (1e20, "100000000000000000000"),
        (Decimal("1.50"), "1.5"), (-2.5, "-2.5"), (1234567.891, "1234567.891"),
        (123456789012345678, "123456789012345678"),
    ],
)  # fmt: skip
def test_number_cells_read_as_shown(value: int | float | Decimal, text: str) -> None:
    assert cell_number_text(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), True, 1e300, Decimal("1E+999999")])
def test_number_cells_that_are_no_number(value: float | Decimal) -> None:
    assert is_one_sentence(refusal(cell_number_text, value))


@given(st.integers(0, 10**12), st.integers(0, 6))
def test_grouped_and_full_width_spellings_are_one_number(whole: int, places: int) -> None:
    number = Decimal(whole).scaleb(-places)
    grouped = f"{number:,f}"
    wide = grouped.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})
    assert read_number(grouped) == read_number(wide) == read_number(f"{number:f}") == number


@given(st.integers(0, 99_999_999_999_999))
def test_money_written_in_any_unit_is_the_same_money(fen: int) -> None:
    for unit, places in (("元", 2), ("万元", 6), ("亿元", 10)):
        text = f"{Decimal(fen).scaleb(-places):f}"
        assert read_money(text, unit) == fen
        assert read_money(text + unit, "元") == fen


@given(st.text(max_size=12) | st.text("0123456789.,-+万亿元%٣①１．eE_ ", max_size=12))
def test_any_text_is_a_number_or_one_sentence(text: str) -> None:
    for read in (read_number, read_money, read_whole):
        try:
            value = read(text)
        except Refused as refused:
            assert is_one_sentence(str(refused))
        else:
            assert value >= 0 and any(c in "0123456789０１２３４５６７８９" for c in text)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e17, max_value=1e17))
def test_number_cells_are_texts_that_can_be_read(value: float) -> None:
    text = cell_number_text(value)
    assert float(text) == pytest.approx(value, rel=1e-14, abs=0)
    if len(text.partition(".")[2]) <= 20:
        assert read_number(text, negative=True) == Decimal(text)
