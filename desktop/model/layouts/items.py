"""Rows of the city's ledger and the plan's goals and tasks: which row is which item, and what its unit cells say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.model.errors import Refused
from desktop.model.layouts.headings import squeeze
from desktop.model.layouts.recognise import Known
from desktop.model.plan import Goal, Item, Plan, Task

_YEAR = re.compile(r"(20[0-9]{2})年")
_SEPARATORS = re.compile(r"[、，,；;。]+")


def item_in(known: Known, row: int, plan: Plan) -> Item | None:
    """The goal or task that a row is about; None when the row names none at all.

    Raises Refused when number, title and text do not belong to one item of the plan.
    """
    number, title, text = (squeeze(known.of_role(row, role)) for role in ("number", "title", "text"))
    if digits := re.fullmatch(r"([0-9]{1,3})[.、]?", number):
        item = plan.numbered(int(digits[1]))
        if item is None:
            raise Refused(f"方案里没有第 {digits[1]} 项任务，请核对序号")
        if title and not title.isdigit() and squeeze(item.title) != title:
            raise Refused(
                f"序号 {digits[1]} 和重点任务“{title[:20]}”对不上，方案第 {item.number} 项是“{item.title}”，请核对"
            )
        return item
    if not text:
        return None
    same = [item for item in plan.items if squeeze(item.text) == text]
    if len(same) == 1:
        return same[0]
    named = [item for item in plan.tasks if title and squeeze(item.title) == title]
    if len(named) == 1 and not _YEAR.search(title):
        return named[0]
    raise Refused("这一行没有序号，工作内容也和方案原文对不上，不知道是哪一项，请补上序号或改回原文")


def group_of(item: Item) -> str:
    """The head that an item stands under: its area, else its part, without blanks."""
    return squeeze(item.area or item.part)


def number_shown(item: Item) -> int | str:
    """What stands in the first column: a task's number, a goal's year."""
    return item.number if isinstance(item, Task) else f"{item.year} 年工作目标"


def title_shown(item: Item) -> str | None:
    return None if isinstance(item, Goal) else item.title


def same_units(text: str, published: Iterable[str]) -> bool:
    """Whether a cell of units only repeats the plan, whatever stands between the names."""
    return _SEPARATORS.sub("", squeeze(text)) == _SEPARATORS.sub("", squeeze("".join(published)))
