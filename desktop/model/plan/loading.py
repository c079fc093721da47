"""The plan that comes with the program, from its JSON."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from desktop.model import places
from desktop.model.errors import MachineFault
from desktop.model.plan.plan import Plan
from desktop.model.plan.wire import parse_plan

EDITION = "jinan-2024-9"


def json_path(edition: str = EDITION) -> Path:
    return places.resources() / "plan" / f"{edition}.json"


@lru_cache(maxsize=4)
def load_plan(edition: str = EDITION) -> Plan:
    """The plan from `resources/plan/<edition>.json`. MachineFault when the file is missing, Refused when damaged."""
    return parse_plan(text_of(json_path(edition)))


def text_of(path: Path) -> str:
    """The text of a file that comes with the program. MachineFault when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise MachineFault(f"程序自带的文件 {path.name} 读不出来，请重新安装程序。") from None
