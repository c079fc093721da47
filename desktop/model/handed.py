"""What a workbook was handed out for: which unit, which period, due when, and the rows prepared to be filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.model.fields.base import Value

Rows = Mapping[str, Mapping[str, Mapping[str, Value]]]


@dataclass(frozen=True)
class HandedOut:
    """Travels in the package, so that any office of the district knows what a workbook answers.

    `due` is ISO text or "". `rows` are {form: {record id: {field: value}}}: rows that stand in the sheet with their key
    and nothing else. They are no records: one that comes back blank is neither an error nor a change.
    """

    unit: str
    period: str
    due: str = ""
    rows: Rows = field(default_factory=dict)

    def row(self, form: str, record: str) -> Mapping[str, Value] | None:
        return self.rows.get(form, {}).get(record)

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    def as_json(self) -> dict[str, object]:
        rows = {form: {key: dict(row) for key, row in found.items()} for form, found in self.rows.items()}
        return {"unit": self.unit, "period": self.period, "due": self.due, "rows": rows}
