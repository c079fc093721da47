"""A blank table as it was understood, before anything is filled: what the window shows and asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk
from desktop.actions.filling import known_blank
from desktop.actions.foreign_assistant import is_monthly
from desktop.excel.foreign.table import BlankTable
from desktop.model.fields import Choice, Unit
from desktop.model.layouts.headings import squeeze


@dataclass(frozen=True)
class Outline:
    """A blank table as it was understood, before anything is filled. `filters` are (field, label, choices)."""

    title: str
    form: str
    filled: int
    unfilled: list[str]
    month: str
    monthly: bool
    filters: list[tuple[str, str, list[tuple[str, str]]]]


def outline(desk: Desk, blank: Path, layout: str = "") -> Outline:
    """How a blank table would be filled; writes nothing. Raises Refused when it is not known."""
    table = BlankTable(blank)
    tables = known_blank(desk, table, blank, layout)
    form = desk.form(tables[0].layout.form)
    filters = [
        (each.name, each.label, list(each.type.choices(desk.names)))
        for each in form.fields
        if isinstance(each.type, Choice | Unit) and each.type.choices(desk.names)
    ]
    unfilled = [squeeze(heading) for known in tables for heading in known.unknown.values()]
    titles = dict.fromkeys(desk.form(known.layout.form).title for known in tables)
    return Outline(
        "、".join(titles), form.name, sum(len(known.columns) for known in tables), unfilled,
        next((known.month for known in tables if known.month), ""), any(is_monthly(known) for known in tables), filters,
    )  # fmt: skip
