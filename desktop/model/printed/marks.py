"""Marks of a row: what only the office's records and today's date can tell, frozen with the content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.model.fields import Unit
from desktop.model.printed.definition import TableBlock
from desktop.model.printed.selecting import CITY, Selection

Row = Mapping[str, Any]


def city_only(selection: Selection, table: TableBlock, row: Row) -> bool:
    """No unit of the district works on this task: 市级事权."""
    entry = selection.source.plan.item(str(row["of"]))
    units: list[str] = []
    for name in ("lead", "responsible"):
        kind = selection.forms["assignment"].field(name).type
        assert isinstance(kind, Unit)
        for identity in row.get("assignment", []):
            units += kind.parts(selection.all("assignment")[identity].get(name))
    units = units or [*entry.lead, *entry.responsible]
    return bool(units) and all(selection.city_only(unit) for unit in units)


def city_measure(selection: Selection, table: TableBlock, row: Row) -> bool:
    """The figure is the whole city's, the district has none of its own: never a share of a sum."""
    return any(selection.all("measure")[each].get("unit") == CITY for each in row.get("measure", []))


MARKS: dict[str, Callable[[Selection, TableBlock, Row], bool]] = {
    "city_only": city_only,
    "city_measure": city_measure,
}
