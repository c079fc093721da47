"""Waiting or late, targets whose year is over, splits, and how all of it is said; worked by hand."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from desktop.model.indicators import Definition, Target, splits
from desktop.model.indicators.reaching import aim_words
from desktop.model.indicators.split import CITY
from tests.model.indicators.test_arithmetic import CUMULATIVE, DISTRICT, SHARE, YEARLY, M, readings, stand

MONTHLY = Definition("x", "网点", "cumulative", "个", available_day=10)
DAILY = Definition("d", "以旧换新", "yearly", "台", frequency="day", counting="each")
WEEKLY = Definition("e", "以旧换新", "yearly", "台", frequency="week", counting="each")


@pytest.mark.parametrize(
    ("of", "typed", "asked", "today", "state"),
    [
        # October's figure comes on the 10th day after its end: 10 November
        (MONTHLY, {}, "2026-10", "2026-11-09", "waiting"),
        (MONTHLY, {}, "2026-10", "2026-11-10", "unreported"),
        (MONTHLY, {"2026-09": "3"}, "2026-10", "2026-11-09", "waiting"),
        (MONTHLY, {"2026-09": "3", "2026-10": "4"}, "2026-10", "2026-11-09", "no_target"),
        (CUMULATIVE, {}, "2026-11", "2026-11-30", "waiting"),  # without a day: the day after the end
        (CUMULATIVE, {}, "2026-11", "2026-12-01", "unreported"),
        (SHARE, {"2026-Q3": "1"}, "2026-11", "2026-11-24", "no_target"),  # the fourth quarter is not asked for yet
        (SHARE, {"2026-Q3": "1"}, "2026-12", "2026-12-31", "waiting"),
        (DAILY, {"2026-11-23": "8"}, "2026-11", "2026-11-24", "waiting"),  # today's comes tomorrow
        (DAILY, {"2026-11-23": "8"}, "2026-10", "2026-11-24", "unreported"),  # 31 October
        (WEEKLY, {"2026-W47": "8"}, "2026-11", "2026-11-24", "waiting"),  # week 48 ends on the 29th
        (WEEKLY, {"2026-W47": "8"}, "2026-W47", "2026-11-24", "no_target"),
    ],
)
def test_before_its_day_a_figure_is_awaited_and_after_it_missing(
    of: Definition, typed: dict[str, str], asked: str, today: str, state: str
) -> None:
    assert stand(of, typed, {}, asked, today=datetime.date.fromisoformat(today)).state == state


@pytest.mark.parametrize(
    ("of", "typed", "said", "operator", "result", "words"),
    [
        (CUMULATIVE, M, {2025: "60", 2027: "120"}, "", "met", "2025年目标 60 个：年末 60 个，达到"),
        (CUMULATIVE, M, {2025: "61"}, "", "missed", "2025年目标 61 个：年末 60 个，未达到"),
        (CUMULATIVE, M, {2025: "60"}, "over", "missed", "2025年目标 超过 60 个：年末 60 个，未达到"),
        (CUMULATIVE, {"2026-01": "62"}, {2025: "61"}, "", "unknown", "2025年目标 61 个：没有年末数"),
        (YEARLY, {"2025": "90", "2026-03": "30"}, {2025: "90"}, "", "met", "2025年目标 90 吨：年末 90 吨，达到"),
        (SHARE, {"2025-Q4": "52/53"}, {2025: ""}, "above_reference", "missed",
         "2025年目标 高于对照值：年末 52%，未达到"),
    ],
)  # fmt: skip
def test_what_was_set_for_2025_stands_closed_with_its_result(
    of: Definition, typed: dict[str, str], said: dict[int, str], operator: str, result: str, words: str
) -> None:
    made = stand(of, typed, said, "2026-03", operator)
    assert [(each.result, each.words) for each in made.closed] == [(result, words)]
    assert made.target is None or made.target.year == 2027, "the one for 2027 goes on"


@pytest.mark.parametrize(
    ("value", "operator", "wording", "unit", "words"),
    [
        ("10", "at_least", "力争", "家", "力争 10 家"),
        ("5000", "about", "左右", "亿元", "5,000 亿元左右"),
        ("40", "at_least", "以上", "万辆", "40 万辆以上"),
        ("7.8", "at_most", "以内", "%", "7.8% 以内"),
        ("92", "over", "超过", "%", "超过 92%"),
        ("100", "about", "约", "%", "约 100%"),
        ("2.5", "at_least", "达到", "万辆", "2.5 万辆"),
        (None, "above_reference", "高于全省平均水平", "%", "高于全省平均水平"),
        (None, "at_least", "基本淘汰", "", "基本淘汰"),
        ("7.8", "at_most", "", "%", "7.8% 以内"),
    ],
)
def test_a_target_keeps_its_own_words(value: str | None, operator: str, wording: str, unit: str, words: str) -> None:
    assert aim_words(Target(2027, DISTRICT, Fraction(value) if value else None, operator, wording), unit) == words


TOWNS = ("甲街道", "乙镇")


@pytest.mark.parametrize(
    ("own", "given", "difference", "words"),
    [
        ("14", {"甲街道": "9", "乙镇": "5"}, "0", "街镇合计 14 个，与区级目标一致"),
        ("14", {"甲街道": "9", "乙镇": "3"}, "-2", "街镇合计 12 个，比区级目标 14 个 少 2 个"),
        ("14", {"甲街道": "9", "乙镇": "6.5"}, "1.5", "街镇合计 15.5 个，比区级目标 14 个 多 1.5 个"),
        ("14", {"区商务局": "14", "甲街道": "9", "乙镇": "5"}, "0", "部门合计 14 个，与区级目标一致"),  # each the whole
        ("14", {"区商务局": "4", "甲街道": "7", "乙镇": "3"}, "0", "部门和街镇合计 14 个，与区级目标一致"),  # shared
        ("14", {"区商务局": "4", "甲街道": "7"}, "-3", "部门和街镇合计 11 个，比区级目标 14 个 少 3 个"),
        (None, {"甲街道": "9"}, None, "街镇合计 9；区级目标没有填"),
        ("14", {}, None, "没有分解到部门和街镇"),
    ],
)
def test_a_split_is_added_up_and_compared(
    own: str | None, given: dict[str, str], difference: str | None, words: str
) -> None:
    held = [Target(2027, unit, Fraction(value)) for unit, value in given.items()]
    held += [Target(2027, DISTRICT, Fraction(own))] if own else []
    held.append(Target(2027, CITY, Fraction(120)))  # never part of the sum
    found = splits(CUMULATIVE, held, DISTRICT, TOWNS)
    assert [each.words for each in found] == [words]
    assert found[0].difference == (None if difference is None else Fraction(difference))


def test_a_split_is_compared_year_by_year() -> None:
    held = [
        Target(2026, DISTRICT, Fraction(8)), Target(2026, "甲街道", Fraction(8)),
        Target(2027, DISTRICT, Fraction(14)), Target(2027, "甲街道", Fraction(13)),
    ]  # fmt: skip
    assert [(each.year, each.adds_up) for each in splits(CUMULATIVE, held, DISTRICT, TOWNS)] == [
        (2026, True), (2027, False),
    ]  # fmt: skip


def test_rates_are_never_added_up() -> None:
    held = [Target(2027, DISTRICT, Fraction(70)), Target(2027, "甲街道", Fraction(70))]
    found = splits(SHARE, held, DISTRICT, TOWNS)
    assert (found[0].difference, found[0].words) == (None, "比率不能相加，只列出各单位的目标")


def test_an_amount_is_never_held_against_the_citys_target() -> None:
    from desktop.model.indicators import standing
    from desktop.model.periods import Period

    city = [Target(2027, CITY, Fraction(120))]
    asked, today = Period.parse("2026-03"), datetime.date(2026, 4, 2)
    made = standing(CUMULATIVE, readings(M), city, asked=asked, today=today, district=DISTRICT)
    assert (made.completion, made.pace.late, made.state) == (None, None, "not_judged")
    assert made.completion_words == "目标是全市的数，不算完成率"
    assert made.aim == "2027年 全市 120 个"
    rate = standing(SHARE, readings({"2026-Q1": "60"}), city, asked=asked, today=today, district=DISTRICT)
    assert rate.completion_words == "还差 60 个百分点"
