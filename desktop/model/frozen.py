"""The frozen data of a submission: what is printed, and around it who prepared it, its place in the chain, its marks.

`data` is what `prepare` froze; the signed file carries `sealed(data, issuance)`, from which both can be told apart
again, so that the 数据校验码 on paper is the digest that was reviewed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.model.canonical import canonical, digest
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.plan import Plan, load_plan

ISSUANCE = "issuance"


def sealed(data: Mapping[str, Any], issuance: Mapping[str, Any]) -> dict[str, Any]:
    """What the signed file carries."""
    return {**data, ISSUANCE: dict(issuance)}


def parts(carried: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """(data, issuance) of what a file carries. Refused when the issuance speaks of other data."""
    data = {key: value for key, value in carried.items() if key != ISSUANCE}
    issuance = carried.get(ISSUANCE)
    if issuance is None:
        return data, None
    if not isinstance(issuance, dict) or issuance.get("data_digest") != digest(canonical(data)):
        raise Refused("签发记录所指的数据与所附数据不同，没有采用")
    return data, issuance


class FrozenNames:
    """Names as the frozen data gives them: checking needs no database."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._labels: Mapping[str, Mapping[str, str]] = data.get("labels", {})
        self.district = str(data.get("district", ""))

    @property
    def today(self) -> datetime.date:
        return datetime.date(2024, 5, 21)  # nothing frozen depends on the day it is looked at

    def label(self, form: str, record: str) -> str | None:
        return self._labels.get(form, {}).get(record)

    def find(self, form: str, text: str) -> list[str]:
        return sorted(record for record, label in self._labels.get(form, {}).items() if label == text)

    def units(self) -> Sequence[str]:
        return []

    @property
    def plan(self) -> Plan:
        return load_plan()  # items are printed by the labels that were frozen


def rows(data: Mapping[str, Any], form: str) -> list[dict[str, Value]]:
    """The records of one form in frozen data, each with its id."""
    found = data.get("records", {}).get(form, [])
    return [dict(each) for each in found]
