"""Hand-worked tables of every kind of indicator. Each row says in its last words how its result was worked out.

Times: a month is 1/12 of its year, a quarter 1/4. The city's and other units' targets are not in these tables.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from desktop.model.indicators import Definition, Reading, Standing, Target, standing
from desktop.model.indicators.numbers import percent, plain
from desktop.model.periods import Period

DISTRICT = "示例区"
LATER = datetime.date(2028, 1, 1)  # long after every period of the tables

CUMULATIVE = Definition("c", "网点", "cumulative", "个", counting="running")
ADDED = replace(CUMULATIVE, counting="each")
YEARLY = Definition("y", "回收量", "yearly", "吨", counting="running")
EACH = replace(YEARLY, counting="each")
QUARTERS = Definition("q", "工厂", "yearly", "家", frequency="quarter", counting="running")
GROWTH = Definition("g", "增长", "growth", "%", frequency="quarter", counting="rate", base_year=2023)
AMOUNTS = replace(GROWTH, counting="amount")
SHARE = Definition("s", "占比", "share", "%", frequency="quarter", counting="rate")
PARTS = replace(SHARE, counting="parts")
ANNUAL = Definition("a", "普及率", "share", "%", frequency="year", counting="rate")
AT_MOST = Definition("m", "漏损率", "at_most", "%", counting="rate", lower=True)
WORDS = Definition("w", "淘汰", "qualitative", frequency="year", counting="running")


def readings(typed: dict[str, str]) -> list[Reading]:
    """`2026-03: 7`, or `7/20` with the reference (base year's amount, whole, province) behind the stroke."""
    made = []
    for key, text in typed.items():
        value, _, reference = text.partition("/")
        period = Period.parse(key)
        if value in ("met", "going", "not_met"):
            made.append(Reading(period, None, judged=value))
        else:
            made.append(Reading(period, Fraction(value) if value else None, Fraction(reference) if reference else None))
    return made


def targets(said: dict[int, str], operator: str) -> list[Target]:
    return [Target(year, DISTRICT, Fraction(value) if value else None, operator) for year, value in said.items()]


def stand(
    of: Definition, typed: dict[str, str], said: dict[int, str], asked: str, operator: str = "",
    today: datetime.date = LATER,
) -> Standing:  # fmt: skip
    operator = operator or ("at_most" if of.lower else "at_least")
    held = readings(typed)
    return standing(of, held, targets(said, operator), asked=Period.parse(asked), today=today, district=DISTRICT)


def result(made: Standing) -> tuple[Any, ...]:
    """(figure, completion %, expected on the line, state, projection), each as text or None."""
    now = None if made.now is None or made.now.value is None else plain(made.now.value)
    completion = None if made.completion is None else percent(made.completion)
    expected = None if made.pace.expected is None else plain(made.pace.expected)
    projected = None if made.projection.value is None else plain(made.projection.value)
    return now, completion, expected, made.state, projected


M = {"2025-12": "60", "2026-01": "62", "2026-02": "64", "2026-03": "66"}
Y = {"2026-01": "10", "2026-02": "22", "2026-03": "30"}
LAST = {"2025-03": "20", "2025-12": "100"}

TABLE: list[tuple[str, Definition, dict[str, str], dict[int, str], str, str, tuple[Any, ...]]] = [
    # ── cumulative ── line from 60 (end of 2025) to 120 (end of 2027): 2 years, 5 in two months
    ("late", CUMULATIVE, M, {2027: "120"}, "2026-03", "", ("66", "55", "67.5", "late", "84")),
    # 66/120 = 55 %; 60 + 60 × (0.25/2) = 67.5; 66 + 6/0.25 × 0.75 = 84
    ("keeps up", CUMULATIVE, {**M, "2026-03": "68"}, {2027: "120"}, "2026-03", "",
     ("68", "56.6", "67.5", "on_track", "92")),  # 56.66 cut; 68 + 8/0.25 × 0.75 = 92
    ("exactly on the line", CUMULATIVE, {**M, "2026-03": "67.5"}, {2027: "120"}, "2026-03", "",
     ("67.5", "56.2", "67.5", "on_track", "90")),  # 67.5/120 = 56.25 cut; 67.5 + 7.5 × 3
    ("reached early", CUMULATIVE, {**M, "2026-03": "130"}, {2027: "120"}, "2026-03", "",
     ("130", "108.3", "67.5", "met", "340")),  # 130 + 70 × 3; reached is never late
    ("asked for an earlier month", CUMULATIVE, M, {2027: "120"}, "2026-01", "",
     ("62", "51.6", "62.5", "on_track", None)),  # 60 + 60/24, whole sites: 62; one value of 2026: no projection
    ("corrected earlier month", CUMULATIVE, {**M, "2025-12": "64"}, {2027: "120"}, "2026-03", "",
     ("66", "55", "71", "late", "72")),  # base is now 64: 64 + 56/8 = 71; 66 + 2 × 3 = 72
    ("year change: base moves to the new year's eve", CUMULATIVE, {**M, "2026-12": "84", "2027-01": "86"},
     {2027: "120"}, "2027-01", "", ("86", "71.6", "87", "late", None)),  # 84 + 36/12 = 87
    ("no base, first value of the year", CUMULATIVE, {"2026-01": "10", "2026-03": "12"}, {2026: "21"}, "2026-03", "",
     ("12", "57.1", "12", "on_track", "21")),  # from 10 at 1/12: 10 + 11 × 2/11 = 12; 12 + 2/(2/12) × 9/12 = 21
    ("one value alone", CUMULATIVE, {"2026-03": "12"}, {2026: "21"}, "2026-03", "",
     ("12", "57.1", None, "not_judged", None)),
    ("no value at all", CUMULATIVE, {}, {2027: "120"}, "2026-03", "", (None, None, None, "unreported", None)),
    ("value of a month before, this one missing", CUMULATIVE, M, {2027: "120"}, "2026-04", "",
     ("66", "55", "67.5", "unreported", "84")),
    ("no target", CUMULATIVE, M, {}, "2026-03", "", ("66", None, None, "no_target", "84")),
    ("target of nought", CUMULATIVE, M, {2027: "0"}, "2026-03", "", ("66", None, "52.5", "met", "84")),
    # 60 − 60 × 1/8; 66 ≥ 0 is met; no completion against nought
    ("missed at the end of its year", CUMULATIVE, {**M, "2027-12": "119"}, {2027: "120"}, "2027-12", "",
     ("119", "99.1", "120", "missed", None)),  # 99.16 cut
    ("met at the end of its year", CUMULATIVE, {**M, "2027-12": "120"}, {2027: "120"}, "2027-12", "",
     ("120", "100", "120", "met", None)),
    ("超过 is not reached by the figure itself", CUMULATIVE, {**M, "2027-12": "120"}, {2027: "120"}, "2027-12", "over",
     ("120", "100", "120", "missed", None)),
    ("左右 from 95 %", CUMULATIVE, {**M, "2027-12": "114"}, {2027: "120"}, "2027-12", "about",
     ("114", "95", "120", "met", None)),  # 120 × 0.95 = 114
    ("左右 below 95 %", CUMULATIVE, {**M, "2027-12": "113.9"}, {2027: "120"}, "2027-12", "about",
     ("113.9", "94.9", "120", "missed", None)),
    ("左右 keeps up from 95 % of the line", CUMULATIVE, {**M, "2026-03": "64.2"}, {2027: "120"}, "2026-03", "about",
     ("64.2", "53.5", "67.5", "on_track", "76.8")),  # 67.5 × 0.95 = 64.125
    ("shrinks below nought: nothing is projected", CUMULATIVE, {"2025-12": "10", "2026-01": "9", "2026-06": "4"},
     {2026: "20"}, "2026-06", "", ("4", "20", "15", "late", None)),  # 4 − 6 = −2
    ("added up over the years", ADDED, {"2025-11": "3", "2025-12": "2", "2026-01": "1", "2026-02": "4"},
     {2026: "20"}, "2026-02", "", ("10", "50", "7.5", "on_track", "35")),
    # 3+2+1+4; base 5: 5 + 15 × 2/12; 10 + 5/(1/6) × 5/6 = 35
    ("added up, an earlier month corrected", ADDED, {"2025-11": "3", "2025-12": "2", "2026-01": "5", "2026-02": "4"},
     {2026: "20"}, "2026-02", "", ("14", "70", "7.5", "on_track", "59")),  # 14 + 9 × 5
    ("added up, a negative correction", ADDED, {"2025-12": "5", "2026-01": "3", "2026-02": "-1"}, {2026: "20"},
     "2026-02", "", ("7", "35", "7.5", "on_track", "17")),  # 5+3−1; whole ones: 7 are asked; 7 + 2 × 5
    # ── yearly ── target × months/12
    ("each year, late", YEARLY, {**Y, "2026-03": "24"}, {2026: "120"}, "2026-03", "",
     ("24", "20", "30", "late", "96")),  # 120/4 = 30; 24 × 4
    ("each year, exactly in time", YEARLY, Y, {2026: "120"}, "2026-03", "", ("30", "25", "30", "on_track", "120")),
    ("each year, as last year went", YEARLY, {**LAST, **Y}, {2026: "120"}, "2026-03", "",
     ("30", "25", "30", "on_track", "150")),  # 20 of 100 had come by March: 30 × 100/20
    ("each year, nothing had come by then last year", YEARLY, {"2025-03": "0", "2025-12": "100", **Y}, {2026: "120"},
     "2026-03", "", ("30", "25", "30", "on_track", "120")),  # a share of nought says nothing: 30 × 4
    ("each year, the whole of last year typed as a year", YEARLY, {"2025-03": "20", "2025": "100", **Y},
     {2026: "120"}, "2026-03", "", ("30", "25", "30", "on_track", "150")),
    ("each year, a new year begins at nought", YEARLY, {**LAST, "2026-01": "5"}, {2025: "90", 2026: "120"}, "2026-01",
     "", ("5", "4.1", "10", "late", None)),  # 5/120 = 4.16; one value: no projection
    ("each year, last year's value is not this year's", YEARLY, LAST, {2026: "120"}, "2026-01", "",
     ("100", None, None, "unreported", None)),
    ("each year, a target of a later year is no line", YEARLY, Y, {2027: "120"}, "2026-03", "",
     ("30", None, None, "not_judged", "120")),
    ("each year, over the target", YEARLY, {**Y, "2026-12": "126"}, {2026: "120"}, "2026-12", "",
     ("126", "105", "120", "met", None)),
    ("each year, short at its end", YEARLY, {**Y, "2026-12": "119"}, {2026: "120"}, "2026-12", "",
     ("119", "99.1", "120", "missed", None)),
    ("each year, quarters", QUARTERS, {"2026-Q1": "6", "2026-Q2": "18"}, {2026: "30"}, "2026-Q2", "",
     ("18", "60", "15", "on_track", "36")),  # 30/2; 18 × 2
    ("each year, a month is asked of quarters", QUARTERS, {"2026-Q1": "6", "2026-Q2": "18"}, {2026: "30"}, "2026-08",
     "", ("18", "60", "15", "on_track", "36")),  # the last whole quarter by August is the second
    ("added within the year", EACH, {"2025-12": "50", "2026-01": "10", "2026-02": "12", "2026-03": "8"},
     {2026: "120"}, "2026-03", "", ("30", "25", "30", "on_track", "120")),  # December is not of this year
    ("added, an earlier month corrected", EACH, {"2026-01": "16", "2026-02": "12", "2026-03": "8"}, {2026: "120"},
     "2026-03", "", ("36", "30", "30", "on_track", "144")),
    ("added, a month missing", EACH, {"2026-01": "10", "2026-03": "8"}, {2026: "120"}, "2026-03", "",
     ("18", "15", "30", "late", "108")),  # the mean of the two there: 9 × 12
    ("added, first month of the year", EACH, {"2026-01": "10"}, {2026: "120"}, "2026-01", "",
     ("10", "8.3", "10", "on_track", None)),
    # ── growth against 2023 ── line from 0 (end of 2023) to 30 (end of 2027)
    ("growth typed, late", GROWTH, {"2026-Q2": "17.5", "2026-Q3": "20.4"}, {2027: "30"}, "2026-Q3", "",
     ("20.4", None, "20.625", "late", "20.4")),  # 30 × 2.75/4; the last rate goes on
    ("growth typed, keeps up", GROWTH, {"2026-Q3": "20.7"}, {2027: "30"}, "2026-Q3", "",
     ("20.7", None, "20.625", "on_track", "20.7")),
    ("growth negative", GROWTH, {"2026-Q3": "-3"}, {2027: "30"}, "2026-Q3", "",
     ("-3", None, "20.625", "late", "-3")),
    ("growth worked out from amounts", AMOUNTS, {"2026-Q2": "3890/3310"}, {2027: "30"}, "2026-Q2", "",
     ("17.52", None, "18.75", "late", "17.52")),  # 580/3310 = 17.522…; 30 × 2.5/4
    ("growth of amounts, base is a reading of 2023", AMOUNTS, {"2023-Q2": "200", "2026-Q2": "240"}, {2027: "30"},
     "2026-Q2", "", ("20", None, "18.75", "on_track", "20")),
    ("growth of amounts, negative", AMOUNTS, {"2026-Q2": "150/200"}, {2027: "30"}, "2026-Q2", "",
     ("-25", None, "18.75", "late", "-25")),
    ("growth of amounts, base nought", AMOUNTS, {"2026-Q2": "150/0"}, {2027: "30"}, "2026-Q2", "",
     (None, None, None, "not_judged", None)),
    ("growth of amounts, base negative", AMOUNTS, {"2026-Q2": "150/-1"}, {2027: "30"}, "2026-Q2", "",
     (None, None, None, "not_judged", None)),
    ("growth of amounts, no base", AMOUNTS, {"2026-Q2": "150"}, {2027: "30"}, "2026-Q2", "",
     (None, None, None, "not_judged", None)),
    ("growth of amounts, base corrected", AMOUNTS, {"2023-Q2": "192", "2026-Q2": "240"}, {2027: "30"}, "2026-Q2", "",
     ("25", None, "18.75", "on_track", "25")),  # 48/192
    ("growth doubles: 约一倍", GROWTH, {"2027-Q4": "96"}, {2027: "100"}, "2027-Q4", "about",
     ("96", None, "100", "met", None)),
    ("growth missed at the end", GROWTH, {"2027-Q4": "29.9"}, {2027: "30"}, "2027-Q4", "",
     ("29.9", None, "30", "missed", None)),
    # ── share ──
    ("share typed", SHARE, {"2025-Q4": "50", "2026-Q1": "52", "2026-Q2": "54"}, {2027: "70"}, "2026-Q2", "",
     ("54", None, "55", "late", "58")),  # 50 + 20/4; 54 + 4
    ("share of parts", PARTS, {"2025-Q4": "10/20", "2026-Q1": "12/20", "2026-Q2": "12/20"}, {2027: "70"}, "2026-Q2",
     "", ("60", None, "55", "on_track", "70")),  # 50 → 60; 60 + 10
    ("share that never ends", PARTS, {"2026-Q1": "1/3"}, {2027: "70"}, "2026-Q1", "",
     ("33.33", None, None, "not_judged", None)),
    ("share, whole nought", PARTS, {"2026-Q1": "0/0"}, {2027: "70"}, "2026-Q1", "",
     (None, None, None, "not_judged", None)),
    ("share, part larger than the whole", PARTS, {"2026-Q1": "21/20"}, {2027: "70"}, "2026-Q1", "",
     (None, None, None, "not_judged", None)),
    ("share over 100 is not projected", SHARE, {"2025-Q4": "80", "2026-Q1": "88", "2026-Q2": "96"}, {2026: "100"},
     "2026-Q2", "", ("96", None, "90", "on_track", None)),  # 96 + 16 = 112
    ("share once a year", ANNUAL, {"2024": "66.1", "2025": "72.3"}, {2027: "75"}, "2026-11", "",
     ("72.3", None, "69.07", "on_track", None)),  # 66.1 + 8.9/3 = 69.0666…
    ("share above the province", SHARE, {"2026-Q1": "52/51.9"}, {2027: ""}, "2026-Q1", "above_reference",
     ("52", None, "51.9", "met", None)),
    ("share equal to the province is not above it", SHARE, {"2026-Q1": "52/52"}, {2027: ""}, "2026-Q1",
     "above_reference", ("52", None, "52", "late", None)),
    ("share without the province's figure", SHARE, {"2026-Q1": "52"}, {2027: ""}, "2026-Q1", "above_reference",
     ("52", None, None, "not_judged", None)),
    # ── at most ── line from 9.4 (end of 2025) to 8.2 (end of 2026)
    ("at most, above its line", AT_MOST, {"2025-12": "9.4", "2026-05": "8.9", "2026-06": "8.9"}, {2026: "8.2"},
     "2026-06", "", ("8.9", None, "8.8", "late", "8.4")),  # 9.4 − 1.2/2; 8.9 − 0.5
    ("at most, on its line", AT_MOST, {"2025-12": "9.4", "2026-05": "8.9", "2026-06": "8.8"}, {2026: "8.2"},
     "2026-06", "", ("8.8", None, "8.8", "on_track", "8.2")),
    ("at most, reached", AT_MOST, {"2025-12": "9.4", "2026-05": "8.9", "2026-06": "8.2"}, {2026: "8.2"}, "2026-06",
     "", ("8.2", None, "8.8", "met", "7")),  # 8.2 − 1.2
    ("at most, below the limit only", AT_MOST, {"2025-12": "9.4", "2026-12": "8.2"}, {2026: "8.2"}, "2026-12",
     "under", ("8.2", None, "8.2", "missed", None)),  # 低于 8.2 is not 8.2
    ("at most, missed", AT_MOST, {"2025-12": "9.4", "2026-12": "8.3"}, {2026: "8.2"}, "2026-12", "",
     ("8.3", None, "8.2", "missed", None)),
    ("at most, below nought is not projected", AT_MOST, {"2025-12": "5", "2026-01": "4", "2026-06": "1"},
     {2026: "0.5"}, "2026-06", "", ("1", None, "2.75", "on_track", None)),  # 1 − 4 = −3
    # ── qualitative ──
    ("words, met", WORDS, {"2025": "met"}, {2025: ""}, "2025", "", (None, None, None, "met", None)),
    ("words, going", WORDS, {"2025": "going"}, {2025: ""}, "2025", "", (None, None, None, "on_track", None)),
    ("words, not met", WORDS, {"2025": "not_met"}, {2025: ""}, "2025", "", (None, None, None, "late", None)),
    ("words, nothing said", WORDS, {}, {2025: ""}, "2025", "", (None, None, None, "unreported", None)),
]  # fmt: skip


@pytest.mark.parametrize(("of", "typed", "said", "asked", "operator", "wanted"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_each_kind_as_worked_by_hand(
    of: Definition, typed: dict[str, str], said: dict[int, str], asked: str, operator: str, wanted: tuple[Any, ...]
) -> None:
    assert result(stand(of, typed, said, asked, operator)) == wanted


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(TABLE) >= 60
    assert len({row[0] for row in TABLE}) == len(TABLE)
    assert {row[1].kind for row in TABLE} == {"cumulative", "yearly", "growth", "share", "at_most", "qualitative"}
