"""What was read out of a workbook from the program: edits, and cells that could not be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.model.exchange.layout import Layout
from desktop.model.fields.base import Value
from desktop.model.registers import Record


@dataclass(frozen=True)
class Edit:
    """One row whose cells differ from the package: `changes` are the edited fields only, with parsed values.

    `base` is the package's record (no fields at all for a new row), `cells` says where each field stands ("G17").
    """

    form: str
    base: Record
    changes: Mapping[str, Value]
    new: bool
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CellError:
    """One cell refused, with the whole row it stands in. `value` is the text of the cell, `label` the field's."""

    sheet: str
    cell: str
    row: int
    field: str
    label: str
    value: str
    message: str

    @property
    def where(self) -> str:
        """项目清单!G17 总投资"""
        return f"{self.sheet}!{self.cell} {self.label}".rstrip()

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet, "cell": self.cell, "field": self.field, "value": self.value, "message": self.message,
        }  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """All of a workbook: rows edited, cells refused (their rows are not among the edits), and what was ignored.

    `unknown_columns` are headings per sheet that are no field; `unchanged` counts the rows nobody touched,
    `waiting` the prepared rows that nobody has filled.
    """

    edits: tuple[Edit, ...] = ()
    errors: tuple[CellError, ...] = ()
    unknown_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unchanged: int = 0
    waiting: int = 0
    layouts: tuple[Layout, ...] = ()
