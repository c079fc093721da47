"""The plan's goals without a figure, as indicators: 定性, or higher than the province."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from desktop.model import places
from desktop.model.plan.plan import Plan


@dataclass(frozen=True)
class Qualitative:
    """One such goal. `operator` is "" or above_reference; `wording` are the goal's own words."""

    series: str
    year: int
    name: str
    kind: str
    frequency: str
    wording: str
    phrase: str
    unit: str = ""
    operator: str = ""


@cache
def load_qualitative() -> tuple[Qualitative, ...]:
    """The goals of `resources/plan/qualitative.toml`. Raises TypeError for a wrong key."""
    text = (places.resources() / "plan" / "qualitative.toml").read_text(encoding="utf-8")
    return tuple(Qualitative(**row) for row in tomllib.loads(text)["goal"])


def found_in(plan: Plan) -> list[tuple[Qualitative, str]]:
    """(goal, key of the item it stands in) of those whose phrase this edition has."""
    found = []
    for each in load_qualitative():
        for goal in plan.goals:
            if goal.year == each.year and each.phrase in goal.text.replace(" ", ""):
                found.append((each, goal.key))
                break
    return found
