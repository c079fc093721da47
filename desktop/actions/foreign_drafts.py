"""What the rows of a table would make of the records, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.model.exchange import CellError
from desktop.model.fields.base import Value
from desktop.model.layouts.headings import squeeze

Values = dict[str, Value]


@dataclass
class Draft:
    """One record as a row would leave it. `before` is empty for a new one; `changes` are the fields that differ."""

    id: str
    form: str
    new: bool
    before: Mapping[str, Value]
    changes: Values
    row: int
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def after(self) -> Values:
        return {**self.before, **self.changes}


@dataclass
class Gathered:
    """All rows of a table. `rows` says of each row's own record: (row, record, added, changed or unchanged)."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    rows: list[tuple[int, str, str]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)  # the row in which a record stands first
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def same_text(left: Value, right: Value) -> bool:
    """Whether two values say the same; line breaks and blanks of a sheet are not the writer's."""
    if left == right:
        return True
    return isinstance(left, str) and isinstance(right, str) and squeeze(left) == squeeze(right)
