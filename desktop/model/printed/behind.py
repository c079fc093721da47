"""The records behind numbers that are worked out while gathering: those of a briefing, and how indicators stand.

They are asked of the office's records when a figure is traced, and are no part of the frozen content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.indicators.derived import counts
from desktop.model.periods import Period
from desktop.model.printed import numbers
from desktop.model.printed.selecting import Selection
from desktop.model.printed.source import Source

Ids = tuple[tuple[str, str], ...]  # (form, id)
LATE, WANTED = numbers.SENTENCES
_STATES = {"已完成的任务": "done", "推进中的任务": "going", "滞后的任务": "late", LATE: "late"}
_MONEY = {"本年完成投资": "ytd", "资金支付": "paid"}


def number_sources(source: Source, period: str) -> Callable[[str], Ids]:
    """By the label of a number of the briefing, the records it was counted or added up from, as of this period."""
    selection = Selection(source, load_forms(), Period.parse(period), None, None)

    def behind(label: str) -> Ids:
        if label in _STATES:
            return _ids("progress", _reports(selection, _STATES[label]))
        if label in _MONEY:
            return _ids("project_month", numbers.last_months(selection, selection.period, _MONEY[label]))
        span = selection.period
        if label == "入库项目":
            return _ids("project", numbers.held_projects(selection, span))
        sites = {k: v for k, v in selection.all("site").items() if numbers.within(v.get("opened"), span.last)}
        if label == "运营中的回收网点":
            return _ids("site", [k for k, v in sites.items() if numbers.in_operation(v, span)])
        if label == "其中现代化网点":
            return _ids("site", [k for k, v in sites.items() if counts("sites.modern", v, span)])
        if label == "本期回收量":
            return _ids("site_month", numbers.volumes_within(selection, span))
        if label == WANTED:
            return _ids("problem", numbers.wanted_problems(selection))
        if label == "未销号的问题":
            held = selection.all("problem").items()
            known = [(k, v) for k, v in held if numbers.within(v.get("found"), span.last)]
            return _ids("problem", [k for k, v in known if numbers.waiting(v, span)])
        return ()

    return behind


def indicator_sources(source: Source, period: str) -> Callable[[str], Ids]:
    """By the id of an indicator, itself, its targets, and its figures of the year up to the period."""
    span = Period.parse(period)

    def of_year(record: Mapping[str, Value]) -> bool:
        try:
            its = Period.parse(str(record.get("period")))
        except Refused:
            return False
        return its.year == span.year and its.last <= span.last

    def behind(indicator: str) -> Ids:
        targets = [k for k, v in source.records("target") if v.get("indicator") == indicator]
        measures = [k for k, v in source.records("measure") if v.get("indicator") == indicator and of_year(v)]
        return (("indicator", indicator), *_ids("measure", measures), *_ids("target", targets))

    return behind


def _ids(form: str, ids: Iterable[str]) -> Ids:
    return tuple((form, identity) for identity in ids)


def _reports(selection: Selection, state: str) -> list[str]:
    """The newest reports of every task that counts with this state."""
    states = numbers.task_states(selection, selection.period) or {}
    last: dict[str, Period] = {}
    wanted: list[tuple[str, str, Period]] = []
    for identity, record in selection.all("progress").items():
        item = str(record.get("item"))
        if states.get(item) != state:
            continue
        try:
            its = Period.parse(str(record.get("period")))
        except Refused:
            continue
        if its.last <= selection.period.last:
            wanted.append((identity, item, its))
            last[item] = max(last.get(item, its), its, key=lambda each: each.last)
    return [identity for identity, item, its in wanted if its.last == last[item].last]
