"""The field types a form may use, by the name that stands in its TOML."""

from __future__ import annotations

from desktop.model.fields.base import Cell, FieldType, Names, NoNames, Value
from desktop.model.fields.choice import Choice, Choices, YesNo
from desktop.model.fields.codes import ProjectCode, Uscc
from desktop.model.fields.dates import Date, Month, PeriodOf
from desktop.model.fields.links import File, PlanItem, Reference, Unit
from desktop.model.fields.numbers import Money, Quantity, Whole
from desktop.model.fields.text import LongText, Text

TYPES: dict[str, type[FieldType]] = {
    kind.name: kind
    for kind in (
        Text, LongText, Whole, Quantity, Money, Date, Month, PeriodOf, Choice, Choices, YesNo, Reference, PlanItem,
        Unit, Uscc, ProjectCode, File,
    )
}  # fmt: skip

__all__ = [
    "TYPES", "Cell", "Choice", "Choices", "Date", "FieldType", "File", "LongText", "Money", "Month", "Names", "NoNames",
    "PeriodOf", "PlanItem", "ProjectCode", "Quantity", "Reference", "Text", "Unit", "Uscc", "Value", "Whole", "YesNo",
]  # fmt: skip
