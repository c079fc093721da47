"""Columns of a printed table: their label, unit and place come from the record form unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.model.fields import Choice, Date, Month, YesNo
from desktop.model.fields.numbers import Money, Quantity, Whole
from desktop.model.forms import FormError, Forms
from desktop.model.page import Align
from desktop.model.printed.definition import PrintedColumn, TableBlock
from desktop.model.printed.derived import DERIVED
from desktop.model.printed.reading import check_keys, check_path, field_of

_KEYS = {
    "path", "derived", "of", "label", "unit", "width", "align", "number", "sum", "short", "each", "none",
}  # fmt: skip


def read_column(where: str, data: str | Mapping[str, Any], table: TableBlock, forms: Forms) -> PrintedColumn:
    """A column from its TOML: a path alone, or a table of keys."""
    given: Mapping[str, Any] = {"path": data} if isinstance(data, str) else data
    at = f"{where}: column {given.get('path', given.get('derived', '?'))}"
    check_keys(at, given, _KEYS)
    if ("path" in given) == ("derived" in given):
        raise FormError(f"{at}: needs either path or derived")
    path = given.get("path", "")
    if path:
        check_path(at, path, table, forms)
    field = field_of(table, path, forms) if path else None
    kind = field.type if field else None
    number = given.get("number", isinstance(kind, Money | Quantity | Whole))
    centred = isinstance(kind, Choice | YesNo | Date | Month)
    align = Align.RIGHT if number else Align.CENTRE if centred else Align.LEFT
    column = PrintedColumn(
        path=path, derived=given.get("derived", ""), of=tuple(given.get("of", ())),
        label=given.get("label", field.short if field else ""), unit=given.get("unit", field.unit if field else ""),
        width=given.get("width", field.width if field else 10), align=Align(given.get("align", align)), number=number,
        sum=given.get("sum", False), short=given.get("short", False), each=given.get("each", ""),
        none=given.get("none", ""),
    )  # fmt: skip
    if not column.label:
        raise FormError(f"{at}: label is missing")
    if column.derived and column.derived not in DERIVED:
        raise FormError(f"{at}: unknown derived value")
    if column.sum and not isinstance(kind, Money | Quantity | Whole):
        raise FormError(f"{at}: only figures can be added up")
    return column
