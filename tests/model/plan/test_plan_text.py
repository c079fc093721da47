"""The plan as read equals the plan as published."""

from __future__ import annotations

import pytest

from desktop.model import places
from desktop.model.plan import dump_plan, load_plan, parse_plan, plan_json
from desktop.model.plan.build import build_plan
from desktop.model.plan.loading import json_path
from desktop.model.plan.text import arabic, find_span, numeral, split_units, squeeze, tidy

PUBLISHED = (places.resources() / "plan" / "jinan-2024-9.txt").read_text(encoding="utf-8")


def _published_rows() -> dict[str, list[list[str]]]:
    """The table rows of the text, white space dropped, told apart by shape only and not by the reader."""
    rows: dict[str, list[list[str]]] = {"goals": [], "tasks": [], "policies": []}
    for line in PUBLISHED.split("\n"):
        cells = ["".join(cell.split()) for cell in line.split("\t")]
        if len(cells) == 5 and cells[0].isdigit():
            rows["tasks"].append(cells)
        elif len(cells) == 5 and cells[2] and cells[0] != "序号":
            rows["goals"].append(cells)
        elif len(cells) == 3 and cells[0].isdigit():
            rows["policies"].append(cells)
    return rows


def test_the_document_is_named_as_published() -> None:
    document = load_plan().document
    assert (document.number, document.date) == ("济政发〔2024〕9号", "2024-05-21")
    assert document.title == "济南市推动大规模设备更新和消费品以旧换新工作方案"
    assert document.title in squeeze(PUBLISHED)


def test_counts() -> None:
    plan = load_plan()
    assert [sum(goal.year == year for goal in plan.goals) for year in (2025, 2027)] == [5, 3]
    assert (len(plan.parts), len(plan.areas), len(plan.tasks), len(plan.policies)) == (8, 28, 60, 26)
    assert len(plan.items) == 68
    assert [task.number for task in plan.tasks] == list(range(1, 61))
    assert [policy.number for policy in plan.policies] == list(range(1, 27))
    assert [len(plan.tasks_of(part.printed)) for part in plan.parts] == [0, 28, 6, 7, 6, 5, 6, 2]


def test_every_row_is_word_for_word_the_published_one() -> None:
    plan, rows = load_plan(), _published_rows()
    goals = [[squeeze(goal.text), "、".join(goal.lead)] for goal in plan.goals]
    assert goals == [[cells[2], cells[3]] for cells in rows["goals"]]
    tasks = [[str(t.number), t.title, squeeze(t.work), "、".join(t.lead), "、".join(t.responsible)] for t in plan.tasks]
    assert tasks == rows["tasks"]
    policies = [[str(p.number), squeeze(p.text), "、".join(p.responsible)] for p in plan.policies]
    assert policies == rows["policies"]


def test_parts_and_areas_are_printed_with_their_numerals() -> None:
    plan = load_plan()
    assert [part.printed[:2] for part in plan.parts] == [f"{numeral}、" for numeral in "一二三四五六七八"]
    assert plan.item("task-1").part == "二、实施多领域设备更新行动"
    assert plan.item("task-1").area == "（一）工业装备更新改造"
    assert plan.item("task-60").area == "（二十八）建立政策体系"
    assert plan.item("goal-2027-3").part == "一、工作目标"
    assert [area.number for area in plan.areas] == list(range(1, 29))
    assert all(area.printed.startswith("（") and "(" not in area.printed for area in plan.areas)


def test_short_names_are_those_of_the_screens() -> None:
    plan = load_plan()
    strips = [
        f"{part.short} {tasks[0].number}–{tasks[-1].number}"
        for part in plan.parts
        if (tasks := plan.tasks_of(part.printed))
    ]
    assert strips == [
        "设备更新 1–28", "以旧换新 29–34", "供给升级 35–41", "循环利用 42–47", "标准提升 48–52", "要素保障 53–58",
        "工作机制 59–60",
    ]  # fmt: skip
    assert plan.part("二、实施多领域设备更新行动").name == "多领域设备更新"
    assert plan.area("（十一）促进汽车以旧换新").short == "汽车换新"
    assert len({area.short for area in plan.areas}) == 28


def test_units_with_line_breaks_and_brackets() -> None:
    plan = load_plan()
    assert plan.item("task-5").responsible == ("国网济南供电公司", "国网莱芜供电公司")
    assert plan.policy("policy-25").responsible[0] == "人民银行山东省分行营业管理部"
    assert plan.item("task-59").lead == ("各区县人民政府（功能区管委会），市政府有关部门（单位）",)
    assert plan.item("task-60").lead[-1] == "市卫生健康委等有关部门（单位）"
    assert split_units("甲局（乙、丙）、 丁局") == ("甲局（乙、丙）", "丁局")


def test_committed_json_is_what_the_text_gives() -> None:
    assert json_path().read_text(encoding="utf-8") == dump_plan(build_plan())
    assert parse_plan(dump_plan(load_plan())) == load_plan() == build_plan()
    assert len(load_plan().digest) == 64


def test_public_shape() -> None:
    shown = plan_json(load_plan())
    assert list(shown) == ["document", "goals", "tasks", "policies", "indicators"]
    keys = {name: [list(row) for row in rows] for name, rows in shown.items() if isinstance(rows, list)}
    assert keys["goals"] == [["key", "year", "text", "lead"]] * 8
    task = ["key", "number", "title", "part", "area", "work", "lead", "responsible"]
    assert keys["tasks"] == [task] * 60
    assert keys["policies"] == [["key", "number", "text", "responsible"]] * 26
    indicator = ["key", "source", "name", "op", "value", "unit", "period", "year"]
    assert keys["indicators"] == [indicator] * 40


@pytest.mark.parametrize(
    ("text", "number"), [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十八", 28), ("百", None), ("", None)]
)
def test_numerals(text: str, number: int | None) -> None:
    assert numeral(text) == number


def test_text_helpers() -> None:
    assert (arabic("４２"), arabic(" 7 "), arabic("²"), arabic("١")) == (42, 7, None, None)
    assert tidy(" 山东省分行 营业管理部，到  2025 年") == "山东省分行营业管理部，到 2025 年"
    assert find_span("到 2025 年，建成 20 家", "建成20家") == (9, 16)
    assert find_span("到 2025 年", "2026") is None
