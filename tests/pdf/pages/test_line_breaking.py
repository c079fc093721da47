import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.pdf.lines import NO_END, NO_START, balanced, break_lines, pieces, widest_piece

BLANKS = " \u3000"


def measure(text: str) -> float:
    return sum(10.0 if ord(c) > 0x2FF else 5.0 for c in text)


CHARACTERS = "两新工作台设备更新项目0123456789abcXYZ，。、；：？！（）《》“”——……%￥/-.,+~ \u3000〔〕万元个台年月\n𫖯℃·"
texts = st.text(alphabet=CHARACTERS, max_size=80) | st.text(max_size=40).map(
    lambda text: "".join(c for c in text if c.isprintable())
)


@given(texts, st.sampled_from([30.0, 60.0, 100.0, 280.0]), st.sampled_from([0.0, 20.0]))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: float, first: float) -> None:
    lines = break_lines(text, width, measure, first)
    assert "".join(lines) == text.replace("\n", "")
    for line in lines:
        assert measure(line.rstrip(BLANKS)) <= width or len(line.rstrip(BLANKS)) == 1


@given(texts, st.sampled_from([60.0, 100.0, 280.0]))
@example("示示示示示 ，例", 60.0)
@example("示示示（ 例", 40.0)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, width: float) -> None:
    for paragraph in text.split("\n"):
        if widest_piece(paragraph, measure) > width:
            continue  # must be torn somewhere
        lines = break_lines(paragraph, width, measure)
        for before, after in pairwise(lines):
            assert after[0] not in NO_START, (before, after)
            assert before.rstrip(BLANKS)[-1:] not in NO_END, (before, after)


@given(texts)
def test_pieces_make_up_the_text(text: str) -> None:
    for paragraph in text.split("\n"):
        assert "".join(pieces(paragraph)) == paragraph


@pytest.mark.parametrize(
    "whole",
    [
        "1,234,567.80 万元", "12.4%", "2026年", "11月", "1,140吨标准煤/年", "——", "……", "〔2024〕9号", "-5%",
        "3.5个百分点",
        "2603-370100-07-02-100042", "renewal", "第 12 条", "（万元）", "12台", "￥300", "don’t",
    ],
)  # fmt: skip
def test_what_belongs_together_is_never_torn(whole: str) -> None:
    for before in range(1, 30):
        text = "示" * before + whole + "例" * 12
        width = max(120.0, measure(whole))
        lines = break_lines(text, width, measure)
        assert any(whole in line for line in lines), lines


def test_a_piece_longer_than_the_line_is_torn_behind_its_marks() -> None:
    lines = break_lines("见 https://example.invalid/a/very/long/address-of-a-page", 100, measure)
    assert all(measure(line) <= 100 for line in lines)
    assert any(line.endswith(("/", "-", ".")) for line in lines[1:-1])


def test_closing_marks_stay_with_the_torn_end_of_a_long_word() -> None:
    lines = break_lines("a" * 41 + "。", 100, measure)
    assert all(line[0] != "。" for line in lines)


def test_the_first_line_of_each_paragraph_is_indented() -> None:
    lines = break_lines("示例示例示例\n示例示例示例", 50, measure, 20)
    assert lines == ["示例示", "例示例", "示例示", "例示例"]


def test_titles_are_broken_evenly() -> None:
    title = "关于报送示例区大规模设备更新和消费品以旧换新工作进展情况的函"
    lines = balanced(title, 200, measure)
    assert len(lines) == 2
    assert "".join(lines) == title
    assert abs(measure(lines[0]) - measure(lines[1])) <= 20


def test_a_very_long_text_takes_time_in_proportion() -> None:
    start = time.perf_counter()
    break_lines("示例A1，" * 20_000, 300, measure)
    break_lines("（" * 2_000 + "a" * 20_000, 300, measure)
    assert time.perf_counter() - start < 5
