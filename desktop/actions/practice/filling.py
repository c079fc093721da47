"""Puts the practice district into an empty folder, as its clerks would have over a year."""

from __future__ import annotations

import itertools
from typing import Any

from desktop.actions.desk import Desk
from desktop.actions.practice.clock import at
from desktop.actions.practice.entries import Entry
from desktop.actions.practice.figures import indicator_entries
from desktop.actions.practice.ledger import contact_entries, ledger_entries, table_entries
from desktop.actions.practice.projects import project_entries
from desktop.actions.practice.sites import site_entries
from desktop.actions.records import put
from desktop.model.errors import Refused
from desktop.model.fields.links import UUID
from desktop.model.forms import Form


def fill(desk: Desk) -> None:
    """Write the whole practice district, in the order and at the times it was typed.

    The desk must have been opened on the district's day or later (`clock.at(TODAY)`): work that has begun must have
    begun by then. Raises Refused outside practice data, or where projects are already held.
    """
    if not desk.practice:
        raise Refused("练习数据只能写入练习区，没有写入")
    if desk.store.records.ids("project", limit=0)[1]:
        raise Refused("练习区里已经有项目，没有再写入")
    entries = [
        *table_entries(desk.district),
        *contact_entries(desk),
        *ledger_entries(desk.district),
        *project_entries(),
        *site_entries(),
        *indicator_entries(),
    ]
    ordered = sorted(entries, key=lambda each: each.place)
    for (written, _, by), group in itertools.groupby(ordered, key=lambda each: each.place):
        together = list(group)
        with at(written):
            seat = seat_of(desk, by)
            form = desk.form(together[0].form)
            put(seat, form.name, [_row(desk, form, each) for each in together])


def seat_of(desk: Desk, name: str) -> Desk:
    """The desk with that person at it, if the folder has the account; else whoever sits there."""
    account = desk.store.account(name)
    return Desk(desk.store, account) if account is not None and "enter" in account.roles else desk


def _row(desk: Desk, form: Form, entry: Entry) -> dict[str, Any]:
    """A JSON row from typed texts; what refers to other records is found by name."""
    row: dict[str, Any] = {}
    for name, text in entry.typed.items():
        kind = form.field(name).type
        row[name] = kind.to_json(kind.read(text, desk.names))
    if entry.change:
        row["id"] = entry.change if UUID.fullmatch(entry.change) else desk.names.find(form.name, entry.change)[0]
    return row
