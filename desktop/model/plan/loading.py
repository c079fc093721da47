"""The plan that comes with the program, and the build step that makes its JSON from the published text."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from desktop.model import places
from desktop.model.errors import MachineFault
from desktop.model.plan.figures import Aside, figure_rows, with_indicators
from desktop.model.plan.names import ShortNames
from desktop.model.plan.plan import Plan
from desktop.model.plan.reader import read_plan
from desktop.model.plan.wire import parse_plan

EDITION = "jinan-2024-9"


def plan_folder() -> Path:
    return places.resources() / "plan"


def json_path(edition: str = EDITION) -> Path:
    return plan_folder() / f"{edition}.json"


@lru_cache(maxsize=4)
def load_plan(edition: str = EDITION) -> Plan:
    """The plan from `resources/plan/<edition>.json`. MachineFault when the file is missing, Refused when damaged."""
    return parse_plan(_text(json_path(edition)))


def build_plan(edition: str = EDITION) -> Plan:
    """The plan read anew from the published text, `indicators.toml` and `names.toml`."""
    plan = read_plan(_text(plan_folder() / f"{edition}.txt"), short_names())
    return with_indicators(plan, figure_rows(tomllib.loads(_text(plan_folder() / "indicators.toml")))[0])


def short_names() -> ShortNames:
    return ShortNames.from_table(tomllib.loads(_text(plan_folder() / "names.toml")))


def asides() -> tuple[Aside, ...]:
    """The figures in goals and tasks that set no target."""
    return figure_rows(tomllib.loads(_text(plan_folder() / "indicators.toml")))[1]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise MachineFault(f"程序自带的文件 {path.name} 读不出来，请重新安装程序。") from None
