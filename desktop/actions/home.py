"""What the first page says: where the tasks stand, what is due, how indicators move. Reading only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions import conflicts, drafts, submissions
from desktop.actions.desk import Desk, today
from desktop.actions.home_waiting import waiting
from desktop.actions.records import Values, find
from desktop.actions.rounds_answered import UnitAnswer, answered
from desktop.actions.shown import field_label
from desktop.model.fields.links import item_label
from desktop.model.periods import Period
from desktop.model.plan import Goal, Task
from desktop.model.printed import load_printed
from desktop.model.registers import DELETED

SOON = 7  # days before a date from which it is called near
STATES = {"not_started": "todo", "going": "going", "late": "late", "done": "done"}
PLOTS = 6


@dataclass(frozen=True)
class TaskState:
    """`state` is done, going, late, todo or na (not applicable)."""

    key: str
    number: int
    title: str
    state: str


@dataclass(frozen=True)
class Todo:
    """One thing that waits. `kind` late, soon, waiting (a unit's answer), conflict, draft or returned; `form` and
    `record` to open (record "" opens the place); `days` until the date, negative when past; `at` ISO time where there
    is no date; `unit` whose reports to show."""

    kind: str
    title: str
    who: str
    form: str
    record: str
    day: str = ""
    days: int = 0
    at: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Plot:
    """One indicator of the district over the months of a year: `values` per month, None where none was entered.

    `target` with `target_words` (2027年底 2.60, 全市 2027年底 75); both may be empty. `lower` when lower is better.
    """

    record: str
    name: str
    unit: str
    values: tuple[float | None, ...]
    last: str
    target: float | None
    target_words: str
    lower: bool


def returns(desk: Desk, period: str) -> tuple[UnitAnswer, ...]:
    """The units asked in a period with what they gave, bureaus before townships: the same as in 下发收回."""
    return answered(desk, period).units


def _reports(desk: Desk, until: Period) -> dict[str, list[Values]]:
    """Progress by item: of each item those of its latest period not after `until`."""
    latest: dict[str, tuple[datetime.date, list[Values]]] = {}
    for _, values in find(desk, "progress")[0]:
        last = Period.parse(str(values["period"])).last
        if last > until.last:
            continue
        held = latest.get(str(values["item"]))
        if held is None or last > held[0]:
            latest[str(values["item"])] = (last, [values])
        elif last == held[0]:
            held[1].append(values)
    return {item: rows for item, (_, rows) in latest.items()}


def state_of(reports: list[Values]) -> str:
    """The lead office's summary, else what the units' reports come to together: late before going before done."""
    summary = [each for each in reports if each.get("kind") == "summary"]
    states = {STATES[str(each["state"])] for each in (summary or reports)}
    if "late" in states:
        return "late"
    return next(iter(states)) if len(states) == 1 else "going" if states else "todo"


def task_states(desk: Desk, period: str) -> list[tuple[str, list[TaskState]]]:
    """(short name of the part, its tasks) in the plan's order, as of a period."""
    reports = _reports(desk, Period.parse(period))
    idle = {str(values["item"]) for _, values in find(desk, "assignment", where={"applicable": "no"})[0]}
    made: dict[str, list[TaskState]] = {}
    for task in desk.plan.tasks:
        state = "na" if task.key in idle else state_of(reports.get(task.key, []))
        part = desk.plan.part(task.part).short
        made.setdefault(part, []).append(TaskState(task.key, task.number, task.title, state))
    return list(made.items())


def todos(desk: Desk, period: str) -> list[Todo]:
    """What is late or near, missing reports of the period, open conflicts, unfinished entries, returned submissions."""
    now = today()
    made = [*_due_assignments(desk, now, period), *_unanswered(desk, period), *_problems(desk, now)]
    made.sort(key=lambda each: each.days)
    for conflict in conflicts.conflicts_of(desk):
        form = desk.forms[conflict.form]
        label = "删除或保留" if conflict.field == DELETED else field_label(form, conflict.field)
        when = max((side.when for side in (conflict.mine, *conflict.theirs)), default="")
        made.append(Todo("conflict", conflict.label, label, conflict.form, conflict.record, at=when))
    for left in drafts.unfinished(desk):
        named = desk.names.label(left.form, left.record) if left.record else None
        form = desk.forms[left.form]
        made.append(Todo("draft", named or f"新建{form.noun}", form.title, left.form, left.record, at=left.when))
    for sent in submissions.submissions(desk):
        if sent.state == "returned":
            title = load_printed()[sent.form].title
            made.append(Todo("returned", title, sent.period, "", "", at=sent.prepared))
    return made


def _todo(now: datetime.date, day: str, title: str, who: str, form: str, record: str) -> Todo | None:
    days = (datetime.date.fromisoformat(day) - now).days
    if days > SOON:
        return None
    return Todo("late" if days < 0 else "soon", title, who, form, record, day, days)


def _due_assignments(desk: Desk, now: datetime.date, period: str) -> list[Todo]:
    reports = _reports(desk, Period.parse(period))
    found = []
    for record, values in find(desk, "assignment")[0]:
        item = desk.plan.find(str(values["item"]))
        if values.get("applicable") == "no" or not isinstance(item, Goal | Task):
            continue
        if isinstance(item, Goal) and item.year < now.year:  # a year gone by is closed, reached or not
            continue
        if state_of(reports.get(item.key, [])) == "done":
            continue
        lead = desk.forms["assignment"].field("lead").type.show(values.get("lead"), desk.names)
        named = f"任务 {item_label(item)}" if isinstance(item, Task) else item_label(item)
        for name, what in (("node_due", values.get("node")), ("due", "")):
            if values.get(name):
                title = f"{named}：{what}" if what else named
                made = _todo(now, str(values[name]), title, lead, "assignment", record)
                if made is not None:
                    found.append(made)
                break
    return found


def _unanswered(desk: Desk, period: str) -> list[Todo]:
    """One line for the period where it is late or near, then the units that owe most."""
    found = []
    for each in waiting(desk, period, SOON):
        kind = "waiting" if each.unit else "late" if each.days < 0 else "soon"
        found.append(Todo(kind, each.title, each.unit, "progress", "", each.day, each.days, unit=each.unit))
    return found


def _problems(desk: Desk, now: datetime.date) -> list[Todo]:
    found = []
    for record, values in find(desk, "problem")[0]:
        if values.get("state") != "closed" and values.get("due"):
            who = str(values.get("handler") or values.get("unit") or "")
            made = _todo(now, str(values["due"]), f"问题　{values['title']}", who, "problem", record)
            if made is not None:
                found.append(made)
    return found


def plots(desk: Desk, year: int) -> list[Plot]:
    """Up to six indicators of the district that have monthly values in the year, those with most values first."""
    by_indicator: dict[str, dict[int, Decimal]] = {}
    for _, values in find(desk, "measure", where={"unit": desk.district_name})[0]:
        period = Period.parse(str(values["period"]))
        if period.kind == "month" and period.year == year and values.get("value") is not None:
            by_indicator.setdefault(str(values["indicator"]), {})[period.number] = Decimal(str(values["value"]))
    order = {record: place for place, (record, _) in enumerate(find(desk, "indicator")[0])}
    chosen = sorted(by_indicator, key=lambda each: (-len(by_indicator[each]), order.get(each, 999)))[:PLOTS]
    held = dict(find(desk, "indicator")[0])
    return [_plot(desk, each, held[each], by_indicator[each]) for each in chosen if each in held]


def _plot(desk: Desk, record: str, values: Values, months: dict[int, Decimal]) -> Plot:
    last = months[max(months)]
    target, words = _target(desk, record, str(values.get("kind") or ""))
    lower = values.get("higher_is_better") == 0
    series = tuple(float(months[m]) if m in months else None for m in range(1, max(months) + 1))
    return Plot(
        record, str(values["name"]), str(values.get("unit") or ""), series, f"{last.normalize():f}",
        None if target is None else float(target), words, lower,
    )  # fmt: skip


def _target(desk: Desk, indicator: str, kind: str) -> tuple[Decimal | None, str]:
    """The district's own target; the city's only where it is a share or a rate, and then said so."""
    rows = [values for _, values in find(desk, "target", where={"indicator": indicator})[0] if values.get("value")]
    for unit, before in ((desk.district_name, ""), ("济南市", "全市 ")):
        if unit == "济南市" and kind not in ("share", "at_most", "growth"):
            continue
        own = sorted((str(each["year"]), str(each["value"])) for each in rows if each["unit"] == unit)
        if own:
            year, value = own[-1]
            return Decimal(value), f"{before}{year}年底 {Decimal(value).normalize():f}"
    return None, ""
