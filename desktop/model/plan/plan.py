"""The city's plan as plain values: goals, tasks, policies, and the figures they set."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property

from desktop.model.errors import Refused

GOAL_PART = "一、工作目标"


@dataclass(frozen=True)
class Edition:
    """The document that a plan was published in; `date` is ISO."""

    number: str
    date: str
    title: str


@dataclass(frozen=True)
class Part:
    """二、实施多领域设备更新行动; `name` 多领域设备更新 for trees, `short` 设备更新 for strips."""

    number: int
    printed: str
    name: str
    short: str


@dataclass(frozen=True)
class Area:
    """（一）工业装备更新改造 inside the part printed as `part`; `short` 工业 for narrow places."""

    number: int
    printed: str
    part: str
    short: str


@dataclass(frozen=True)
class Goal:
    """One row of 工作目标; `order` counts within its year. Units as published, without white space."""

    key: str
    year: int
    order: int
    text: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        return GOAL_PART

    @property
    def area(self) -> str:
        return ""

    @property
    def title(self) -> str:
        return f"{self.year}年工作目标 {self.order}"

    @property
    def source(self) -> str:
        return f"goal:{self.year}"


@dataclass(frozen=True)
class Task:
    """One numbered row of the ledger. `part` and `area` as printed; `area` is empty where the part has none."""

    key: str
    number: int
    title: str
    part: str
    area: str
    work: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.work

    @property
    def source(self) -> str:
        return f"task:{self.number}"


@dataclass(frozen=True)
class Policy:
    key: str
    number: int
    text: str
    responsible: tuple[str, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        return ()

    @property
    def source(self) -> str:
        return f"policy:{self.number}"


Item = Goal | Task
Entry = Goal | Task | Policy


@dataclass(frozen=True)
class Indicator:
    """One figure that the plan sets.

    `item` is the key of the goal, task or policy it stands in, `phrase` the words there, as published. `value` is
    decimal text in `unit` (percent as 90, 30 万辆 as 30). `op` is one of at_least at_most over about under, `period`
    by (to the end of `year`), each (every year, `year` None) or in (within `year`). Indicators of one `series` measure
    the same thing against several years. `kind` and `frequency` are codes of the record form `indicator`.
    """

    key: str
    series: str
    source: str
    item: str
    name: str
    op: str
    value: str
    unit: str
    period: str
    year: int | None
    base_year: int | None
    qualifier: str
    phrase: str
    kind: str
    frequency: str
    higher_is_better: bool


@dataclass(frozen=True)
class Plan:
    """One edition of the plan. `retired` are entries of earlier editions: readable, never asked for, their keys never
    given to another one."""

    document: Edition
    parts: tuple[Part, ...]
    areas: tuple[Area, ...]
    goals: tuple[Goal, ...]
    tasks: tuple[Task, ...]
    policies: tuple[Policy, ...]
    indicators: tuple[Indicator, ...] = field(default=())
    retired: tuple[Entry, ...] = field(default=())

    @property
    def items(self) -> tuple[Item, ...]:
        """Goals, then tasks, in printed order: what a district's ledger is about."""
        return (*self.goals, *self.tasks)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Goals, tasks and policies."""
        return (*self.goals, *self.tasks, *self.policies)

    @cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    def find(self, key: str) -> Entry | None:
        """The entry in force of that key."""
        return self._by_key.get(key)

    def known(self, key: str) -> Entry | None:
        """The entry of that key, in force or retired."""
        return self.find(key) or next((entry for entry in self.retired if entry.key == key), None)

    @property
    def retired_items(self) -> tuple[Item, ...]:
        """Goals and tasks of earlier editions that this one no longer has, the latest removed last."""
        return tuple(entry for entry in self.retired if not isinstance(entry, Policy))

    def numbered(self, number: int) -> Task | None:
        """The task that bears this number now."""
        return next((task for task in self.tasks if task.number == number), None)

    def item(self, key: str) -> Item:
        """The goal or task of that key. Refused when there is none."""
        entry = self.find(key)
        if entry is None or isinstance(entry, Policy):
            raise Refused(f"{self.document.number}里没有“{key}”这一项，应为 goal-年份-序号 或 task-序号。")
        return entry

    def policy(self, key: str) -> Policy:
        """The policy of that key (policy-22). Refused when there is none."""
        entry = self.find(key)
        if not isinstance(entry, Policy):
            raise Refused(f"{self.document.number}里没有“{key}”这条政策，应为 policy-序号。")
        return entry

    def by_source(self, source: str) -> tuple[Entry, ...]:
        """What a source names: goal:2025 the goals of that year, task:15 one task, policy:7 one policy."""
        return tuple(entry for entry in self._by_key.values() if entry.source == source)

    def indicators_of(self, key: str) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.item == key)

    def tasks_of(self, printed: str) -> tuple[Task, ...]:
        """The tasks of a part or area, named as printed."""
        return tuple(task for task in self.tasks if printed in (task.part, task.area))

    def part(self, printed: str) -> Part:
        return next(part for part in self.parts if part.printed == printed)

    def area(self, printed: str) -> Area:
        return next(area for area in self.areas if area.printed == printed)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (64 hex digits) over the whole content; names this edition."""
        packed = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(packed.encode()).hexdigest()
