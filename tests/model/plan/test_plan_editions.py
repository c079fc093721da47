"""Texts that are not the published one: refused with the line named, or read and mapped."""

from __future__ import annotations

import pytest

from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.plan import load_plan
from desktop.model.plan.build import short_names
from desktop.model.plan.editions import next_edition
from desktop.model.plan.reader import read_plan

PUBLISHED = (places.resources() / "plan" / "jinan-2024-9.txt").read_text(encoding="utf-8")


def _line(start: str) -> int:
    return next(at for at, line in enumerate(PUBLISHED.split("\n"), 1) if line.startswith(start))


def _replaced(start: str, new: str | None) -> str:
    lines = PUBLISHED.split("\n")
    lines[_line(start) - 1 : _line(start)] = [] if new is None else [new]
    return "\n".join(lines)


def _later() -> str:
    """An edition of 2026: task 9 gone, a new task after 42, all numbered anew, two figures and one policy changed."""
    rows = []
    for line in PUBLISHED.split("\n"):
        if line.startswith("9\t加快淘汰"):
            continue
        rows.append(line)
        if line.startswith("42\t"):
            rows.append("43\t推广示例回收柜\t到 2027 年，布设示例回收柜 90 组。\t市商务局\t市供销社")
    number = 0
    for at, line in enumerate(rows):
        if line.count("\t") == 4 and line.split("\t")[0].isdigit():
            number += 1
            rows[at] = f"{number}\t" + line.split("\t", 1)[1]
    text = "\n".join(rows).replace("2024〕9号", "2026〕3号").replace("\n2024年5月21日", "\n2026年3月2日")
    text = text.replace("重点技术改造项目 300 个以上", "重点技术改造项目 320 个以上")
    text = text.replace(
        "到 2025 年，城镇公共供水管网漏损率降至 7.8% 以内", "到 2026 年，城镇公共供水管网漏损率降至 7.5% 以内"
    )
    return text.replace("下乡展销不少于 5 场", "多办下乡展销").replace("最高 300 万元,贴息", "最高 200 万元,贴息")


def test_a_later_edition_keeps_the_keys() -> None:
    old = load_plan()
    later = next_edition(_later(), old, short_names())
    assert later.plan.document.number == "济政发〔2026〕3号"
    assert len(later.plan.tasks) == 60
    assert (later.added, later.removed) == (("task-2026-42",), ("task-9",))
    assert later.plan.item("task-2026-42").title == "推广示例回收柜"
    assert later.renumbered["task-10"] == (10, 9)
    assert "task-43" not in later.renumbered
    for task in old.tasks:
        if task.key != "task-9":
            assert later.plan.item(task.key).title == task.title
    assert set(later.changed) == {"task-1", "task-15", "task-30", "policy-24"}


def test_a_later_edition_carries_its_figures() -> None:
    later = next_edition(_later(), load_plan())
    figures = {indicator.series: indicator for indicator in later.plan.indicators if indicator.item.startswith("task")}
    assert (figures["upgrade-projects"].value, figures["upgrade-projects"].source) == ("320", "task:1")
    assert (figures["water-loss"].value, figures["water-loss"].year) == ("7.5", 2026)
    assert figures["water-loss"].source == "task:14"
    assert figures["sorting-centres"].source == "task:41"
    assert [indicator.series for indicator in later.lost] == ["nev-village-shows"]
    assert len(later.plan.indicators) == 39


def test_a_removed_key_is_never_given_again() -> None:
    once = next_edition(_later(), load_plan()).plan
    assert [entry.key for entry in once.retired] == ["task-9"]
    back = next_edition(PUBLISHED, once)
    assert back.removed == ("task-2026-42",)
    assert back.added == ("task-2024-9",)
    assert [entry.key for entry in back.plan.retired] == ["task-9", "task-2026-42"]


def test_the_same_edition_again_changes_nothing() -> None:
    again = next_edition(PUBLISHED, load_plan(), short_names())
    assert again.plan == load_plan()
    assert not (again.added or again.removed or again.changed or again.renumbered or again.lost)


def test_full_width_numbers_and_gaps_read() -> None:
    plan = read_plan(_replaced("7\t推广", None).replace("\n42\t", "\n４２\t"))
    assert [task.number for task in plan.tasks] == [n for n in range(1, 61) if n != 7]


@pytest.mark.parametrize(
    ("start", "new", "words"),
    [
        ("7\t推广", "7\t推广\t农机\t\t", "牵头单位"),
        ("7\t推广", "7\t推广\t\t市农业农村局\t", "工作内容"),
        ("7\t推广", "6\t推广\t农机\t市农业农村局\t", "序号 6 前面已有"),
        ("7\t推广", "7\t推广\t农机\t市农业农村局\t市财政局\t市商务局", "6 栏"),
        ("7\t推广", "七\t推广\t农机\t市农业农村局\t", "既不是标题"),
        ("7\t推广", "推广应用新型农业机械，建设烘干设施", "既不是标题"),
        ("(三)", "(二) 农业机械装备升级", "前面已用于"),
        ("2025 年工作目标", "\t\t新能源汽车保有量达到 30 万辆以上。\t市发展改革委", "没有“某年工作目标”"),
        ("23\t抢抓", "抢抓\t二手车\t市商务局", "不是带序号的政策"),
        ("23\t抢抓", "23\t抢抓\t", "责任单位"),
        ("2024年5月21日", "2024年5月32日", "不是日历上的日期"),
    ],
)
def test_an_unreadable_line_is_named(start: str, new: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(_replaced(start, new))
    sentence = str(refused.value)
    assert f"第 {_line(start)} 行" in sentence
    assert words in sentence
    assert sentence.count("。") == 1


@pytest.mark.parametrize("cut", ["济政发〔2024〕9号", "2024年5月21日", "济南市人民政府 关于印发"])
def test_a_missing_opening_is_refused(cut: str) -> None:
    with pytest.raises(Refused, match="找不到"):
        read_plan(_replaced(cut, None))


@pytest.mark.parametrize("text", ["", "一张购物单", PUBLISHED[:3000]])
def test_a_text_without_tables_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="表头"):
        read_plan(text)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(Refused, match="task-61"):
        load_plan().item("task-61")
    with pytest.raises(Refused, match="goal-2025-1"):
        load_plan().policy("goal-2025-1")


def test_a_new_row_under_a_used_number_gets_another_key() -> None:
    once = next_edition(_later(), load_plan()).plan
    other = _later().replace(
        "推广示例回收柜\t到 2027 年，布设示例回收柜 90 组。", "编写样例手册\t每季度印发一册样例问答。"
    )
    twice = next_edition(other, once)
    assert (twice.removed, twice.added) == (("task-2026-42",), ("task-2026-42-2",))
