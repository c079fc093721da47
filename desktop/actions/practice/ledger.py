"""The practice district's own share of the plan: assignments, reports, problems, and its tables."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.desk import Desk
from desktop.actions.practice.entries import Entry, plain, table
from desktop.actions.records import find
from desktop.model.lists import load_list
from desktop.model.registers import record_id

ASSIGNED = "2026-01-12 15:00"


def ledger_entries(district: str) -> Iterator[Entry]:
    """Assignments and units change what the set-up made; all else is new."""
    file = table("ledger")
    for row in file["assignment"]:
        identity = record_id(district, "assignment", [f"task-{row['item']}"])
        typed = {name: str(value) for name, value in row.items() if name != "item"}
        yield Entry("assignment", typed, ASSIGNED, change=identity)
    yield from plain("progress", file["progress"])


def table_entries(district: str) -> Iterator[Entry]:
    """Townships, LPR, problems, batches and claims."""
    file = table("district")
    targets = file["township_targets"]
    for value in load_list("townships-practice").values:
        typed = {"code": value.code, "name": value.name, "target": str(targets[value.name])}
        if value.row and value.column:
            typed |= {"row": str(value.row), "column": str(value.column)}
        yield Entry("township", typed)
    for form in ("lpr", "problem", "batch"):
        yield from plain(form, file[form], file)
    for claim in file["claim"]:
        yield from plain("claim", [{**claim, "policy": record_id(district, "policy", [claim["policy"]])}])
    enterprises = table("enterprises")
    yield from plain("enterprise", enterprises["row"], enterprises)


def contact_entries(desk: Desk) -> Iterator[Entry]:
    """Who answers in each unit."""
    contacts = table("ledger")["contacts"]
    for record, values in find(desk, "unit")[0]:
        if values.get("name") in contacts:
            person, phone = contacts[values["name"]]
            yield Entry("unit", {"contact": person, "phone": phone}, ASSIGNED, change=record)
