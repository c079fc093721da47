"""A plan as JSON: the shape the command line shows, and the whole of it for keeping."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from typing import Any, TypeVar

from desktop.model.errors import Refused
from desktop.model.plan.plan import Area, Edition, Goal, Indicator, Part, Plan, Policy, Task

T = TypeVar("T")
_LISTS: dict[str, type] = {
    "parts": Part,
    "areas": Area,
    "goals": Goal,
    "tasks": Task,
    "policies": Policy,
    "indicators": Indicator,
}
_KINDS: dict[str, type[Goal] | type[Task] | type[Policy]] = {"goal": Goal, "task": Task, "policy": Policy}


def plan_json(plan: Plan) -> dict[str, object]:
    """The public answer of the command `plan`: document, goals, tasks, policies, indicators."""
    return {
        "document": asdict(plan.document),
        "goals": [_pick(goal, "key", "year", "text", "lead") for goal in plan.goals],
        "tasks": [
            _pick(task, "key", "number", "title", "part", "area", "work", "lead", "responsible") for task in plan.tasks
        ],
        "policies": [_pick(policy, "key", "number", "text", "responsible") for policy in plan.policies],
        "indicators": [
            _pick(indicator, "key", "source", "name", "op", "value", "unit", "period", "year")
            for indicator in plan.indicators
        ],
    }


def dump_plan(plan: Plan) -> str:
    """The whole plan as readable JSON text that ends in a line break; the same plan gives the same bytes."""
    return json.dumps(asdict(plan), ensure_ascii=False, indent=1) + "\n"


def parse_plan(text: str) -> Plan:
    """The plan that `dump_plan` wrote. Refused on anything else."""
    try:
        data = json.loads(text)
        known = {f.name for f in fields(Plan)}
        if set(data) != known:
            raise Refused(f"计划文件的内容不认识：{'、'.join(sorted(set(data) ^ known))}，请用本程序的版本重新生成。")
        lists: dict[str, Any] = {name: tuple(_read(cls, row) for row in data[name]) for name, cls in _LISTS.items()}
        retired = tuple(_read(_KINDS[row["key"].partition("-")[0]], row) for row in data["retired"])
        return Plan(document=_read(Edition, data["document"]), retired=retired, **lists)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("计划文件读不出来，内容不完整或已损坏，请重新安装程序或取回原文件。") from None


def _read(cls: type[T], row: dict[str, Any]) -> T:
    return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


def _pick(entry: object, *names: str) -> dict[str, object]:
    assert is_dataclass(entry)
    picked = {name: getattr(entry, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in picked.items()}
