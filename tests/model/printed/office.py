"""An invented office, small enough to count by hand."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.page import Document, Row, RowKind, Table
from desktop.model.periods import Period
from desktop.model.plan import load_plan

WAN = 1_000_000  # 分 in 万元


class Office:
    """A Source held in memory, and the Names that go with it."""

    office = "示例区发展和改革局"
    district_name = "示例区"
    district_code = "370102"
    today = datetime.date(2026, 11, 24)
    district = "370102"

    def __init__(self) -> None:
        self.plan = load_plan()
        self.log: list[tuple[datetime.date, tuple[str, str, Value, Value]]] = []
        self.data: dict[str, dict[str, dict[str, Value]]] = {}

    @property
    def names(self) -> Office:
        return self

    def add(self, form: str, **values: Value) -> str:
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{form}:{len(self.data.get(form, {}))}"))
        self.data.setdefault(form, {})[identity] = values
        return identity

    def records(self, form: str) -> list[tuple[str, dict[str, Value]]]:
        return [(identity, dict(values)) for identity, values in self.data.get(form, {}).items()]

    def record(self, form: str, record: str) -> dict[str, Value] | None:
        return self.data.get(form, {}).get(record)

    def changes(self, form: str, period: Period) -> list[tuple[str, str, Value, Value]]:
        return [change for day, change in self.log if period.contains(day) and change[0] in self.data.get(form, {})]

    def made(self, form: str, period: Period) -> set[str]:
        return set()

    def late(self, form: str, field: str, period: Period) -> set[str]:
        return set()

    def notice(self, enterprise: str) -> list[dict[str, str]]:
        return []

    def label(self, form: str, record: str) -> str | None:
        values = self.data.get(form, {}).get(record)
        return str(values[load_forms()[form].label[0]]) if values else None

    def find(self, form: str, text: str) -> list[str]:
        return []

    def units(self) -> list[str]:
        return []


def project(office: Office, name: str, sector: str, total: int, **more: Value) -> str:
    values: dict[str, Value] = {
        "name": name, "enterprise": more.pop("enterprise", None), "kind": "renewal", "sector": sector,
        "address": "示例路 1 号", "content": "更新机床。", "total_investment": total,
        "equipment_investment": total // 2, "start": "2026-03", "finish": "2027-02", "stage": "building", **more,
    }  # fmt: skip
    return office.add("project", **{key: value for key, value in values.items() if value is not None})


def only_table(made: Document, place: int = 0) -> Table:
    return [block for block in made.blocks if isinstance(block, Table)][place]


def column(table: Table, label: str, kind: RowKind = RowKind.DATA) -> list[str]:
    place = [each.label for each in table.columns].index(label)
    return [row.cells[place] for row in table.rows if row.kind is kind]


def of_kind(table: Table, kind: RowKind) -> list[Row]:
    return [row for row in table.rows if row.kind is kind]


Print = Callable[..., Document]
