"""Which projects lag behind, by rules that are data (`resources/lagging.toml`): a kind, its numbers and its words."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from desktop.model import places
from desktop.model.errors import FormError
from desktop.model.fields.base import Value
from desktop.model.periods import Period

KINDS: Mapping[str, frozenset[str]] = {
    "month_passed": frozenset({"field", "months"}),
    "no_dispatch": frozenset({"months"}),
    "share_behind": frozenset({"part", "whole", "percent"}),
    "plan_behind": frozenset({"percent"}),
}
COMMON = frozenset({"name", "label", "kind", "stages", "words"})
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Rule:
    """One rule. Keys that its kind does not use are empty."""

    name: str
    label: str
    kind: str
    stages: tuple[str, ...]
    words: str
    field: str = ""
    part: str = ""
    whole: str = ""
    months: int = 0
    percent: int = 0


@dataclass(frozen=True)
class Lag:
    """A rule that a project meets, in words with its figures."""

    rule: str
    label: str
    words: str


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a TOML text. Raises FormError for an unknown kind or key, and for a missing one."""
    rules = []
    for data in tomllib.loads(text).get("rule", []):
        where = f"lagging.toml: {data.get('name', '?')}"
        kind = data.get("kind", "")
        if kind not in KINDS:
            raise FormError(f"{where}: unknown kind {kind!r}")
        wanted = KINDS[kind] | COMMON
        if set(data) != wanted:
            raise FormError(f"{where}: unknown {sorted(set(data) - wanted)}, missing {sorted(wanted - set(data))}")
        rules.append(Rule(**{**data, "stages": tuple(data["stages"])}))
    return tuple(rules)


@functools.cache
def _rules(path: Path) -> tuple[Rule, ...]:
    return read_rules(path.read_text(encoding="utf-8"))


def rules() -> tuple[Rule, ...]:
    """The rules in force, read once."""
    return _rules(places.resources() / "lagging.toml")


def months_between(earlier: str, later: str) -> int:
    """Whole months from one YYYY-MM to another."""
    return (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:7]) - int(earlier[5:7])


def share(part: Value, whole: Value) -> Decimal | None:
    """part / whole in percent, one decimal, rounded down; None when it says nothing."""
    if part is None or whole is None or int(whole) <= 0:
        return None
    return (Decimal(int(part)) * 100 / int(whole)).quantize(Decimal("0.1"), ROUND_DOWN)


def wan(value: Value) -> str:
    """分 as 万元 with two decimals."""
    return f"{Decimal(int(value or 0)).scaleb(-6):,.2f}"


def lags(
    project: Values, months: Sequence[Values], at: Period, stage_label: str, use: Sequence[Rule] | None = None
) -> list[Lag]:
    """The rules that a project meets at the end of a month. `months` are its dispatches up to then, oldest first."""
    found = []
    for rule in use if use is not None else rules():
        if str(project.get("stage")) in rule.stages:
            named = _met(rule, project, months, at)
            if named is not None:
                texts = {name: str(value) for name, value in project.items() if name in ("start", "finish")}
                found.append(Lag(rule.name, rule.label, rule.words.format(**{**texts, "stage": stage_label, **named})))
    return found


def _met(rule: Rule, project: Values, months: Sequence[Values], at: Period) -> dict[str, Any] | None:
    """What the rule's words name when it is met, else None."""
    newest = months[-1] if months else {}
    if rule.kind == "month_passed":
        value = project.get(rule.field)
        passed = months_between(str(value), at.key) if value else 0
        return {"months": passed} if passed > rule.months else None
    if rule.kind == "no_dispatch":
        last = str(newest.get("period") or project.get("start") or "")
        silent = months_between(last, at.key) if last else 0
        return {"months": silent} if silent >= rule.months else None
    if rule.kind == "share_behind":
        part = newest.get(rule.part)
        found = share(part if part is not None else 0, newest.get(rule.whole))
        if found is None or found >= rule.percent:
            return None
        return {"part": wan(part), "whole": wan(newest[rule.whole]), "share": found}
    if str(newest.get("period") or "")[:4] != at.key[:4]:
        return None
    found = share(newest.get("ytd"), newest.get("plan_year"))
    expected = Decimal(int(str(newest["period"])[5:7]) * 100) / 12
    if found is None or found >= expected - rule.percent:
        return None
    return {"share": found, "expected": expected.quantize(Decimal("0.1"), ROUND_DOWN)}
