"""The ledger as it is looked at: items of the plan, the district's own assignment beside each, states by month."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from desktop.actions.desk import Desk
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.plan import Goal, Item, Offices, highlights, load_units, split_sentence
from desktop.model.plan.plan import GOAL_PART
from desktop.model.registers import record_id

STATES = {"not_started": "未启动", "going": "推进中", "late": "滞后", "done": "已完成"}
SHOWN = 12  # months of the strip
NEAR = 10  # days before a date that count as 将到期
GONE = "已取消"
STANDS = {
    "unsaid": "未填报", **STATES, "no": "不适用", "city": "市级事权", "retired": GONE,
}  # fmt: skip
DUES: dict[str, tuple[int | None, str]] = {
    "late": (-1, "已逾期"), "week": (7, "7 天内"), "month": (30, "30 天内"), "quarter": (90, "90 天内"),
    "later": (None, "以后"), "none": (None, "没有时限"),
}  # fmt: skip


@dataclass(frozen=True)
class LedgerItem:
    """One goal or task. `values` are the assignment's printed texts by field, `lead` its units, in short `lead_short`.

    `published` is the official text in pieces (text, whether a figure); `states` are codes by month key; `state` is the
    latest one up to the month asked for, "" when nothing was ever reported; `filled` whether that month has a report.
    `city_only`: all its lead units are 市级事权, so it is never asked for and never late (fields.md).
    `due` is the node's date or the final one (ISO, ""), `days` until it from today. `retired`: the edition in force no
    longer has it; it is read and never asked for. `responsible` are the units beside the lead.
    """

    key: str
    number: str
    title: str
    part: str
    area: str
    published: tuple[tuple[str, bool], ...]
    city_lead: str
    city_responsible: str
    record: str
    applicable: bool
    values: dict[str, str]
    lead: tuple[str, ...]
    lead_short: str
    city_only: bool
    state: str
    states: dict[str, str]
    filled: bool
    due: str
    days: int | None
    responsible: tuple[str, ...] = ()
    retired: bool = False

    @property
    def group(self) -> str:
        """The head it stands under in the list: its area, else its part; for a goal its year."""
        if self.retired:
            return GONE
        return self.area or (self.title.partition("目标")[0] + "目标" if self.goal else self.part)

    @property
    def goal(self) -> bool:
        return self.key.startswith("goal-")

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.published)

    @property
    def name(self) -> str:
        """What a list calls it: a task's title, a goal's words."""
        return self.text if self.goal else self.title

    @property
    def asked(self) -> bool:
        """Whether the district reports on it."""
        return self.applicable and not self.city_only and not self.retired

    @property
    def overdue(self) -> bool:
        return self.asked and self.state != "done" and self.days is not None and self.days < 0

    @property
    def near(self) -> bool:
        return self.asked and self.state != "done" and self.days is not None and 0 <= self.days <= NEAR

    @property
    def stand(self) -> str:
        """A key of STANDS: its state, or why it has none."""
        if self.retired:
            return "retired"
        if not self.applicable:
            return "no"
        return "city" if self.city_only and not self.state else self.state or "unsaid"

    @property
    def when(self) -> str:
        """A key of DUES for what is still open, "" for what is not asked or done."""
        if not self.asked or self.state == "done":
            return ""
        if self.days is None:
            return "none"
        return next((key for key, (most, _) in DUES.items() if most is not None and self.days <= most), "later")

    def role(self, unit: str) -> str:
        """牵头, 责任 or ""."""
        return "牵头" if unit in self.lead else "责任" if unit in self.responsible else ""


@dataclass(frozen=True)
class Branch:
    """A line of the tree: a part with its areas, a unit, a span of days, a state.

    `key` is `part:…`, `area:…`, `unit:…`, `due:…` or `state:…`; `quiet` for units of the city, which are never asked.
    """

    key: str
    text: str
    count: int
    children: tuple[Branch, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Ledger:
    """All items in printed order, the tree over them, the months of the strip; counts of applicable and filled ones."""

    items: tuple[LedgerItem, ...]
    parts: tuple[Branch, ...]
    units: tuple[Branch, ...]
    dues: tuple[Branch, ...]
    stands: tuple[Branch, ...]
    months: tuple[str, ...]
    applicable: int
    filled: int

    def under(self, branch: str) -> list[LedgerItem]:
        """The items of a branch of the tree; of "" all of them."""
        kind, _, name = branch.partition(":")
        if kind == "unit":  # what it leads first, then where it works with others
            held = [item for item in self.items if item.role(name) and item.applicable and not item.retired]
            return sorted(held, key=lambda item: item.role(name) != "牵头")
        if kind == "due":
            return sorted((item for item in self.items if item.when == name), key=lambda item: item.due)
        if kind == "state":
            return [item for item in self.items if item.stand == name]
        return [item for item in self.items if not name or (name in (item.part, item.area) and not item.retired)]


@dataclass(frozen=True)
class Report:
    """One progress record of an item. `values` are printed texts by field, `files` (name, size in bytes)."""

    record: str
    period: str
    unit: str
    summary: bool
    state: str
    values: dict[str, str]
    files: tuple[tuple[str, int], ...] = field(default_factory=tuple)
    who: str = ""
    when: str = ""


def ledger(desk: Desk, period: str) -> Ledger:
    """The whole ledger as of a month (another kind of period: its last month). Reads only."""
    months = strip(period)
    states = _states(desk)
    held = _assignments(desk)
    gone = [item for item in desk.plan.retired_items if item.key in held or item.key in states]
    items = tuple(
        _item(desk, item, held.get(item.key), states.get(item.key, {}), months) for item in (*desk.plan.items, *gone)
    )
    applicable = [item for item in items if item.applicable and not item.retired]
    parts = _parts(desk, tuple(item for item in items if not item.retired))
    return Ledger(
        items, parts, _units(desk, items), _dues(items), _stands(items), months, len(applicable),
        sum(item.filled for item in applicable),
    )  # fmt: skip


def strip(period: str) -> tuple[str, ...]:
    """Keys of the months shown, the last one that of `period`."""
    month = Period.parse(period).months()[-1]
    found = [month]
    while len(found) < SHOWN:
        month = month.previous()
        found.append(month)
    return tuple(each.key for each in reversed(found))


def reports(desk: Desk, item: str) -> list[Report]:
    """Everything reported on an item, newest month first, the lead office's summary before the units."""
    form = desk.forms["progress"]
    ids, _ = desk.store.records.ids("progress", where={"item": item})
    found = []
    for record, values in desk.store.records.values("progress", ids).items():
        head = desk.store.records.head(record) or {}
        texts = {each.name: each.type.printed(values.get(each.name), desk.names) for each in form.fields}
        files = tuple((name, int(size)) for _, name, size in json.loads(str(values.get("evidence") or "[]")))
        found.append(
            Report(
                record, _month(values.get("period")), texts["unit"], values.get("kind") == "summary",
                str(values.get("state") or ""), texts, files, str(head.get("changed_by") or ""),
                str(head.get("changed") or ""),
            )
        )  # fmt: skip
    found.sort(key=lambda each: (not each.summary, each.unit))
    return sorted(found, key=lambda each: each.period, reverse=True)


def overall(said: Iterable[tuple[bool, str]]) -> str:
    """One state for a month of an item from (is the lead's summary, state) of its reports.

    The lead office's summary decides; without it one late unit makes it late, and it is done when all are.
    """
    said = list(said)
    own = [state for summary, state in said if summary] or [state for _, state in said]
    if "late" in own:
        return "late"
    kinds = set(own)
    return next(iter(kinds)) if len(kinds) == 1 else ("going" if kinds else "")


def _month(value: Value) -> str:
    return Period.parse(str(value)).months()[-1].key if value else ""


def _states(desk: Desk) -> dict[str, dict[str, str]]:
    ids, _ = desk.store.records.ids("progress")
    said: dict[str, dict[str, list[tuple[bool, str]]]] = {}
    for values in desk.store.records.values("progress", ids).values():
        if values.get("state") and values.get("period"):
            months = said.setdefault(str(values["item"]), {})
            state = (values.get("kind") == "summary", str(values["state"]))
            months.setdefault(_month(values["period"]), []).append(state)
    return {item: {month: overall(each) for month, each in months.items()} for item, months in said.items()}


def _assignments(desk: Desk) -> dict[str, tuple[str, dict[str, Value]]]:
    ids, _ = desk.store.records.ids("assignment")
    return {
        str(values["item"]): (record, values) for record, values in desk.store.records.values("assignment", ids).items()
    }


@lru_cache(maxsize=512)
def _offices(district: str) -> Offices:
    return Offices(load_units(), district)


def short_units(desk: Desk, units: Iterable[str]) -> str:
    """Short names of units, as columns show them."""
    offices = _offices(desk.district_name)
    return "、".join(offices.short(unit) for unit in units)


def _item(
    desk: Desk, item: Item, held: tuple[str, dict[str, Value]] | None, states: dict[str, str], months: tuple[str, ...]
) -> LedgerItem:
    record, values = held or ("", {})
    form = desk.forms["assignment"]
    texts = {each.name: each.type.printed(values.get(each.name), desk.names) for each in form.fields}
    units: tuple[str, ...] = tuple(json.loads(str(values.get("lead") or "[]")))
    due = str(values.get("node_due") or values.get("due") or "")
    past = [month for month in states if month <= months[-1]]
    offices = _offices(desk.district_name)
    cut = split_sentence(item.text, highlights(desk.plan, item.key))
    pieces = tuple((piece.text, bool(piece.indicators)) for piece in cut)
    return LedgerItem(
        key=item.key, number=_number(item), title=item.title, part=item.part, area=item.area,
        published=pieces, city_lead="、".join(item.lead), city_responsible="、".join(item.responsible),
        record=record, applicable=values.get("applicable") != "no", values=texts, lead=units,
        lead_short=short_units(desk, units),
        city_only=bool(units) and all(offices.is_city_only(unit) for unit in units),
        state=states[max(past)] if past else "", states=states,
        filled=months[-1] in states, due=due, days=(date.fromisoformat(due) - desk.names.today).days if due else None,
        responsible=tuple(json.loads(str(values.get("responsible") or "[]"))),
        retired=desk.plan.find(item.key) is None,
    )  # fmt: skip


def _number(item: Item) -> str:
    return str(item.order if isinstance(item, Goal) else item.number)


def _parts(desk: Desk, items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.part for item in items) + Counter(item.area for item in items if item.area)
    found = [Branch(f"part:{GOAL_PART}", GOAL_PART, count[GOAL_PART])]
    for part in desk.plan.parts:
        if part.printed == GOAL_PART:
            continue
        areas = tuple(
            Branch(f"area:{area.printed}", area.printed, count[area.printed])
            for area in desk.plan.areas
            if area.part == part.printed
        )
        numeral = part.printed.partition("、")[0]
        found.append(Branch(f"part:{part.printed}", f"{numeral}、{part.name}", count[part.printed], areas))
    return tuple(found)


def _units(desk: Desk, items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    """Every unit that leads or works with others, those that lead most first, units of the city last."""
    held = [item for item in items if item.applicable and not item.retired]
    lead = Counter(unit for item in held for unit in item.lead)
    count = Counter(unit for item in held for unit in dict.fromkeys((*item.lead, *item.responsible)))
    offices = _offices(desk.district_name)
    order = sorted(count, key=lambda unit: (offices.is_city_only(unit), -lead[unit], -count[unit]))
    return tuple(Branch(f"unit:{unit}", unit, count[unit], quiet=offices.is_city_only(unit)) for unit in order)


def _dues(items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.when for item in items)
    return tuple(Branch(f"due:{key}", words, count[key]) for key, (_, words) in DUES.items() if count[key])


def _stands(items: tuple[LedgerItem, ...]) -> tuple[Branch, ...]:
    count = Counter(item.stand for item in items)
    return tuple(Branch(f"state:{key}", words, count[key]) for key, words in STANDS.items() if count[key])


def report_of(desk: Desk, item: str, unit: str, period: str) -> str:
    """The id of a unit's own progress record of a period, "" when there is none yet."""
    wanted = record_id(desk.district, "progress", [item, unit, period])
    return wanted if desk.store.records.form_of(wanted) == "progress" else ""
