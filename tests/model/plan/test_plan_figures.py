"""The figures of the plan, each tied to the words it stands in."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.plan import highlights, load_plan, split_sentence
from desktop.model.plan.build import asides
from desktop.model.plan.figures import FigureRow, figure_rows, uncounted, with_indicators

TABLE = tomllib.loads((places.resources() / "plan" / "indicators.toml").read_text(encoding="utf-8"))

# Read from the published document by a person: source, op, value, unit, period, year.
BY_HAND = """
goal:2025 over 90 % by 2025|goal:2025 over 70 % by 2025|goal:2025 about 5000 亿元 by 2025
goal:2025 at_least 30 万辆 by 2025|goal:2025 at_least 2.5 万辆 by 2025|goal:2025 at_least 30 万辆 by 2025
goal:2025 at_least 15 % by 2025|goal:2027 over 92 % by 2027|goal:2027 over 75 % by 2027
goal:2027 about 6000 亿元 by 2027|goal:2027 at_least 40 万辆 by 2027|goal:2027 about 100 % by 2027
goal:2027 at_least 45 % by 2027|goal:2027 at_least 30 % by 2027|task:1 at_least 300 个 each None
task:2 at_least 30 家 each None|task:2 at_least 70 % by 2025|task:2 at_least 10 家 by 2025
task:3 at_least 350 家 by 2025|task:3 at_least 30 个 by 2025|task:6 at_least 100 % by 2027
task:7 at_least 92 % by 2025|task:10 at_least 1000 座 by 2025|task:10 over 10 万个 by 2025
task:15 at_most 7.8 % by 2025|task:16 at_least 60 % by 2025|task:16 at_least 70 % by 2027
task:17 at_least 1 座 by 2025|task:25 at_least 20 家 by 2025|task:25 at_least 2000 所 by 2025
task:26 at_least 100 % by 2025|task:30 at_least 10 场 each None|task:30 at_least 5 场 each None
task:37 at_least 500 个 by 2027|task:40 at_least 1000 家 by 2025|task:41 about 40 项 each None
task:41 at_least 50 个 by 2025|task:42 at_least 12 个 by 2027|task:42 at_least 120 个 by 2027
policy:7 at_least 696 家 in 2024
"""


def test_the_forty_figures() -> None:
    shown = [f"{i.source} {i.op} {i.value} {i.unit} {i.period} {i.year}" for i in load_plan().indicators]
    assert shown == BY_HAND.strip().replace("\n", "|").split("|")
    assert len({indicator.key for indicator in load_plan().indicators}) == 40


def test_no_figure_of_a_goal_or_task_is_overlooked() -> None:
    assert uncounted(load_plan(), asides()) == ()
    bare = replace(load_plan(), indicators=())
    assert ("task-1", "300个以上。") in uncounted(bare, asides())


def test_growth_names_its_base_year_and_series_join_years() -> None:
    plan = load_plan()
    assert {i.base_year for i in plan.indicators if i.kind == "growth"} == {2023}
    assert [i.year for i in plan.indicators if i.series == "nev-stock"] == [2025, 2027]
    assert len({i.series for i in plan.indicators if "报废汽车" in i.name}) == 2
    assert [i.key for i in plan.indicators if not i.higher_is_better] == ["water-loss-2025"]


def test_highlights_are_the_words_of_the_text() -> None:
    plan = load_plan()
    item = plan.item("task-42")
    marks = highlights(plan, "task-42")
    assert [item.text[mark.start : mark.end] for mark in marks] == ["绿色数智化分拣中心 12 个", "现代化回收网点 120 个"]
    for key in (*(item.key for item in plan.items), "policy-7"):
        entry = plan.find(key)
        assert entry is not None
        marks = highlights(plan, key)
        assert [mark.indicator.phrase for mark in marks] == [entry.text[mark.start : mark.end] for mark in marks]
        assert "".join(piece.text for piece in split_sentence(entry.text, marks)) == entry.text


def test_overlapping_words_belong_to_both() -> None:
    plan = load_plan()
    pieces = split_sentence(plan.item("goal-2025-2").text, highlights(plan, "goal-2025-2"))
    shared = [piece.text for piece in pieces if len(piece.indicators) == 2]
    assert shared == ["关键工序数控化率分别超过 90%"]


def _row(**changes: object) -> FigureRow:
    row = next(row for row in figure_rows(TABLE)[0] if row.key == "water-loss-2025")
    return replace(row, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phrase": "城镇公共供水管网漏损率降至7.5%以内"}, "有 0 处"),
        ({"source": "task:14"}, "有 0 处"),
        ({"source": "task:99"}, "出处"),
        ({"value": "8"}, "没有“8%”"),
        ({"value": ".8"}, "没有"),
        ({"unit": "个"}, "没有“7.8个”"),
        ({"op": "at_least"}, "应为 at_most"),
        ({"year": 2027}, "年份 2027"),
        ({"period": "each", "year": None}, "每年"),
        ({"base_year": 2023}, "较2023年"),
        ({"qualifier": "左右"}, "没有“左右”"),
    ],
)
def test_a_row_that_differs_from_the_text_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        with_indicators(load_plan(), (_row(**changes),))


def test_two_rows_with_one_key_are_refused() -> None:
    with pytest.raises(Refused, match="两行"):
        with_indicators(load_plan(), (_row(), _row()))


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"colour": "red"}, "colour"), ({"op": "most"}, "most"), ({"value": 7.8}, "value"), ({"kind": "sum"}, "sum")],
)
def test_the_table_refuses_what_it_does_not_know(changes: dict[str, object], words: str) -> None:
    good = TABLE["indicator"][24]
    with pytest.raises(Refused, match=words):
        figure_rows({"indicator": [{**good, **changes}]})
    with pytest.raises(Refused, match="unit"):
        figure_rows({"indicator": [{key: value for key, value in good.items() if key != "unit"}]})
