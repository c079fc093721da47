"""The month's numbers of a briefing, against the period before and the same one of the year before.

Every number is counted or added up from the records as of the end of its period; one that nothing was recorded for
yet is left empty, never 0.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.indicators.derived import counts
from desktop.model.page import Align, Column, Paragraph, Row, Table
from desktop.model.periods import Period
from desktop.model.plan import Task
from desktop.model.printed.selecting import Selection

Record = Mapping[str, Value]
_LONG = 36  # characters of a list of names in a sentence
SENTENCES = ("滞后任务", "需市级协调")
_HEADS = ("本期", "上期", "比上期", "上年同期", "比上年同期")
_WAN = 1_000_000  # 分 in 1 万元


def numbers_of(selection: Selection) -> dict[str, Any]:
    """`{rows: [{label, unit, now?, before?, year?}], late: text, wanted: text}`, numbers as exact decimal text."""
    spans = compared(selection.period)
    rows = []
    for label, unit, count in _COUNTS:
        found = {name: count(selection, span) for name, span in spans.items()}
        rows.append({"label": label, "unit": unit, **{name: text for name, text in found.items() if text is not None}})
    return {"rows": rows, "late": _late_tasks(selection), "wanted": _wanted(selection)}


def compared(now: Period) -> dict[str, Period]:
    """The period of each number of a row: `now`, the one `before`, and the same one of the `year` before."""
    return {"now": now, "before": now.previous(), "year": now.same_period_last_year()}


def numbers_blocks(data: Mapping[str, Any]) -> list[Table | Paragraph]:
    """The table of frozen numbers, and the sentences below it."""
    columns = (
        Column("项目", 24), Column("单位", 8, align=Align.CENTRE),
        *(Column(label, 13, align=Align.RIGHT, number=True) for label in _HEADS),
    )  # fmt: skip
    rows = tuple(Row(tuple(_cells(each))) for each in data.get("rows", []))
    return [Table(columns, rows, dense=True)]


def sentences(data: Mapping[str, Any]) -> list[Paragraph]:
    """What lags and what waits for the city, in two sentences."""
    said = zip(SENTENCES, (data.get("late"), data.get("wanted")), strict=True)
    return [Paragraph(f"{head}：{words or '无'}。") for head, words in said]


def _cells(row: Mapping[str, Any]) -> list[str]:
    now, before, year = (row.get(name) for name in ("now", "before", "year"))
    unit = str(row["unit"])
    return [
        str(row["label"]), unit, _shown(now), _shown(before), _change(now, before, unit), _shown(year),
        _change(now, year, unit),
    ]  # fmt: skip


def _shown(text: Any) -> str:
    return "" if text is None else f"{Decimal(str(text)):,}"


def _change(now: Any, other: Any, unit: str) -> str:
    if now is None or other is None:
        return ""
    change = Decimal(str(now)) - Decimal(str(other))
    if not change:
        return "0"
    text = f"{change:+,}"
    return text if unit == "万元" or "." not in text else text.rstrip("0").rstrip(".")


def within(value: Value, last: datetime.date) -> bool:
    """Whether a known day or month is not behind the end of a period; an unknown one counts as before."""
    return value is None or str(value) <= last.isoformat()[: len(str(value))]


def task_states(selection: Selection, span: Period) -> dict[str, str] | None:
    """The state of every reported task at the end of a period: the summary's, else late before going before done."""
    latest: dict[str, tuple[datetime.date, list[Record]]] = {}
    for record in selection.all("progress").values():
        try:
            last = Period.parse(str(record.get("period"))).last
        except Refused:
            continue
        item = str(record.get("item"))
        if last > span.last or not isinstance(selection.source.plan.known(item), Task):
            continue
        held = latest.get(item)
        if held is None or last > held[0]:
            latest[item] = (last, [record])
        elif last == held[0]:
            held[1].append(record)
    if not latest:
        return None
    return {item: _state(records) for item, (_, records) in latest.items()}


def _state(records: list[Record]) -> str:
    chosen = [each for each in records if each.get("kind") == "summary"] or records
    states = {str(each.get("state")) for each in chosen}
    return "late" if "late" in states else next(iter(states)) if len(states) == 1 else "going"


def _tasks(state: str) -> Callable[[Selection, Period], str | None]:
    def count(selection: Selection, span: Period) -> str | None:
        states = task_states(selection, span)
        return None if states is None else str(sum(each == state for each in states.values()))

    return count


def held_projects(selection: Selection, span: Period) -> dict[str, Record]:
    """By id the projects on the list at the end of the period."""
    return {
        identity: record for identity, record in selection.all("project").items()
        if within(record.get("entered_on"), span.last)
        and (record.get("exit_on") is None or str(record["exit_on"]) > span.last.isoformat())
    }  # fmt: skip


def _projects(selection: Selection, span: Period) -> str | None:
    held = held_projects(selection, span)
    dated = any(record.get("entered_on") for record in held.values())
    return str(len(held)) if dated or span == selection.period else None


def last_months(selection: Selection, span: Period, name: str) -> dict[str, int]:
    """By id the months that hold the amount `name` (分): of each project its last one of the year up to the period."""
    held, last = held_projects(selection, span), span.last.isoformat()[:7]
    latest: dict[str, tuple[str, str, int]] = {}
    for identity, record in selection.all("project_month").items():
        project, month, amount = str(record.get("project")), str(record.get("period") or ""), record.get(name)
        inside = project in held and amount is not None and month[:4] == last[:4] and month <= last
        if inside and month >= latest.get(project, ("",))[0]:
            latest[project] = (month, identity, int(amount or 0))
    return {identity: amount for _, identity, amount in latest.values()}


def _money(name: str) -> Callable[[Selection, Period], str | None]:
    """The amounts of the last months added up, in 万元."""

    def count(selection: Selection, span: Period) -> str | None:
        months = last_months(selection, span, name)
        return format((Decimal(sum(months.values())) / _WAN).quantize(Decimal("0.01")), "f") if months else None

    return count


def _sites(rule: str) -> Callable[[Selection, Period], str | None]:
    def count(selection: Selection, span: Period) -> str | None:
        sites = [each for each in selection.all("site").values() if within(each.get("opened"), span.last)]
        dated = any(each.get("opened") for each in sites)
        if not dated and span != selection.period:
            return None
        if rule:
            return str(sum(counts(rule, each, span) for each in sites))
        return str(sum(in_operation(each, span) for each in sites))

    return count


def in_operation(site: Record, span: Period) -> bool:
    """Whether a site was open at the end of the period."""
    closed = site.get("closed_on")
    return site.get("state") == "open" or (
        site.get("state") == "closed" and closed is not None and str(closed) > span.last.isoformat()
    )


def _tons(selection: Selection, span: Period) -> str | None:
    """What was collected within the period."""
    held = volumes_within(selection, span).values()
    return format(sum((Decimal(str(each["tons"])) for each in held), Decimal(0)).normalize(), "f") if held else None


def volumes_within(selection: Selection, span: Period) -> dict[str, Record]:
    """By id the site months within the period that hold tons."""
    held: dict[str, Record] = {}
    for identity, record in selection.all("site_month").items():
        try:
            inside = span.covers(Period.parse(str(record.get("period"))))
        except Refused:
            continue
        if inside and record.get("tons") is not None:
            held[identity] = record
    return held


def _problems(selection: Selection, span: Period) -> str | None:
    held = [each for each in selection.all("problem").values() if within(each.get("found"), span.last)]
    if not held and span != selection.period:
        return None
    return str(sum(waiting(each, span) for each in held))


def waiting(problem: Record, span: Period) -> bool:
    """Whether a problem was not closed at the end of the period."""
    closed = problem.get("closed")
    return problem.get("state") != "closed" or (closed is not None and str(closed) > span.last.isoformat())


def _late_tasks(selection: Selection) -> str:
    states = task_states(selection, selection.period) or {}
    items = [item for item in selection.source.plan.items if states.get(item.key) == "late"]
    return _listed([f"{item.number} {item.title}" for item in items if isinstance(item, Task)], "项")


def _wanted(selection: Selection) -> str:
    return _listed([str(each.get("title")) for each in wanted_problems(selection).values()], "个")


def wanted_problems(selection: Selection) -> dict[str, Record]:
    """By id the open problems that wait for the city or the province."""
    return {
        identity: each for identity, each in selection.all("problem").items()
        if each.get("level") in ("city", "province") and within(each.get("found"), selection.period.last)
        and waiting(each, selection.period)
    }  # fmt: skip


def _listed(names: list[str], measure: str) -> str:
    """As many names as fit a line and a half, then how many there are."""
    said: list[str] = []
    while len(said) < len(names) and (not said or len("、".join([*said, names[len(said)]])) <= _LONG):
        said.append(names[len(said)])
    if len(said) == len(names):
        return f"{'、'.join(said)}，共 {len(names)} {measure}" if names else ""
    return f"{'、'.join(said)} 等 {len(names)} {measure}"


_COUNTS: list[tuple[str, str, Callable[[Selection, Period], str | None]]] = [
    ("已完成的任务", "项", _tasks("done")), ("推进中的任务", "项", _tasks("going")),
    ("滞后的任务", "项", _tasks("late")),
    ("入库项目", "个", _projects), ("本年完成投资", "万元", _money("ytd")), ("资金支付", "万元", _money("paid")),
    ("运营中的回收网点", "个", _sites("")), ("其中现代化网点", "个", _sites("sites.modern")),
    ("本期回收量", "吨", _tons), ("未销号的问题", "个", _problems),
]  # fmt: skip
