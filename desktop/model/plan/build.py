"""The build step: the plan read anew from the published text and the tables beside it."""

from __future__ import annotations

import tomllib

from desktop.model.plan.figures import Aside, figure_rows, with_indicators
from desktop.model.plan.loading import EDITION, json_path, text_of
from desktop.model.plan.names import ShortNames
from desktop.model.plan.plan import Plan
from desktop.model.plan.reader import read_plan


def build_plan(edition: str = EDITION) -> Plan:
    """The plan read anew from the published text, `indicators.toml` and `names.toml`."""
    plan = read_plan(text_of(json_path(edition).with_suffix(".txt")), short_names())
    return with_indicators(plan, figure_rows(_table("indicators"))[0])


def short_names() -> ShortNames:
    return ShortNames.from_table(_table("names"))


def asides() -> tuple[Aside, ...]:
    """The figures in goals and tasks that set no target."""
    return figure_rows(_table("indicators"))[1]


def _table(name: str) -> dict[str, object]:
    return tomllib.loads(text_of(json_path().with_name(f"{name}.toml")))
