"""A table that nobody described: where its headings are, and which fields they look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from desktop.model.exchange.cells import cell_text
from desktop.model.exchange.sheets import address
from desktop.model.fields import File, Money, Reference
from desktop.model.forms import Field, Form, Forms
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import (
    DEEPEST,
    SEARCHED,
    fingerprint,
    lines_around,
    money_named,
    paths,
    plain,
    squeeze,
    unit_of,
)

CLOSE = 0.6  # how alike a heading and a label must be to be proposed
SHOWN = 5  # rows shown below the headings


@dataclass(frozen=True)
class ProposedColumn:
    """One column. `field` is "" where nothing looks like it; `unit_named`: the table itself says the unit."""

    column: int
    cell: str
    heading: str
    field: str
    unit: str
    unit_named: bool
    alike: float


@dataclass(frozen=True)
class Proposal:
    """What an unknown table seems to be. `rows` are the first ones below the headings, as texts."""

    form: str
    sheet: str
    start: int
    depth: int
    columns: tuple[ProposedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    fingerprint: str

    @property
    def matched(self) -> int:
        return sum(bool(column.field) for column in self.columns)


def targets(form: Form, forms: Forms) -> list[tuple[str, Field, tuple[str, ...]]]:
    """What a column may be: (target, field, names it goes by), the fields of records referred to among them."""
    found: list[tuple[str, Field, tuple[str, ...]]] = []
    for each in form.fields:
        if isinstance(each.type, File):
            continue
        found.append((each.name, each, (each.label, each.short)))
        if isinstance(each.type, Reference) and not each.type.several and each.type.to != form.name:
            for other in forms[each.type.to].fields:
                if other.name == "uscc":
                    found.append((f"{each.name}.{other.name}", other, (other.label,)))
                if other.name == "name":
                    found[-1] = (each.name, each, (each.label, each.short, other.label))
    return found


def likeness(heading: tuple[str, ...], names: Iterable[str]) -> float:
    """How alike a heading and the names of a field are: 1 for the same, 0 for nothing in common."""
    own = plain(heading[-1])
    worded = [own, "".join(plain(part) for part in heading[-2:])]
    best = 0.0
    for name in names:
        label = plain(name)
        for text in worded:
            if not text or not label:
                continue
            if text == label:
                return 1.0
            ratio = SequenceMatcher(None, text, label, autojunk=False).ratio()
            if min(len(text), len(label)) >= 2 and (text in label or label in text):
                ratio = max(ratio, 0.75)
            best = max(best, ratio)
    return best


def propose(grids: Iterable[Grid], forms: Forms, form: str = "") -> Proposal | None:
    """The best guess for a table; None when nothing in it looks like headings. `form` looks for that one only.

    A guess is only offered: nothing is read by it before a person said yes.
    """
    best: Proposal | None = None
    score = 0.0
    for grid in grids:
        if not grid.rows:
            continue
        for start in range(min(SEARCHED, len(grid.rows))):
            for depth in range(1, DEEPEST + 1):
                if any(top < start <= bottom or top < start + depth <= bottom for top, _, bottom, _ in grid.merges):
                    continue
                headings = paths(grid, start, depth)
                if sum(bool(heading) for heading in headings) < 2:
                    continue
                for name in [form] if form else list(forms):
                    pairs = _pairs(headings, forms[name], forms)
                    reached = sum(alike for _, alike in pairs.values()) - depth * 0.1
                    if pairs and reached > score:
                        score = reached
                        best = _made(grid, start, depth, headings, forms[name], forms, pairs)
    return best


def propose_at(grid: Grid, start: int, depth: int, form: Form, forms: Forms) -> Proposal:
    """The proposal when a person says where the headings are (row from 0, how many rows) and what the table is of."""
    headings = paths(grid, start, depth)
    return _made(grid, start, depth, headings, form, forms, _pairs(headings, form, forms))


def _pairs(headings: list[tuple[str, ...]], form: Form, forms: Forms) -> dict[int, tuple[str, float]]:
    """Column → (target, likeness); the most alike first, each field once."""
    scored = sorted(
        (
            (-alike, column, at, target)
            for column, heading in enumerate(headings)
            if heading
            for at, (target, _, names) in enumerate(targets(form, forms))
            if (alike := likeness(heading, names)) >= CLOSE
        ),
    )
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for negative, column, _, target in scored:
        if column not in found and target not in taken:
            found[column] = (target, -negative)
            taken.add(target)
    return found


def _made(
    grid: Grid, start: int, depth: int, headings: list[tuple[str, ...]], form: Form, forms: Forms,
    pairs: Mapping[int, tuple[str, float]],
) -> Proposal:  # fmt: skip
    fields = {target: each for target, each, _ in targets(form, forms)}
    money = money_named(lines_around(grid, start))
    columns = []
    for column, heading in enumerate(headings):
        if not heading:
            continue
        target, alike = pairs.get(column, ("", 0.0))
        each = fields.get(target)
        named = unit_of(heading) or (money if each is not None and isinstance(each.type, Money) else "")
        unit = named or (each.unit if each is not None else "")
        told = "/".join(squeeze(part) for part in heading)
        columns.append(
            ProposedColumn(column, address(start + depth - 1, column), told, target, unit, bool(named), round(alike, 2))
        )
    rows = [
        tuple(cell_text(grid.seen(row, column)) for column in range(grid.width))
        for row in range(start + depth, min(len(grid.rows), start + depth + SHOWN))
    ]
    print_of = fingerprint(headings)
    return Proposal(form.name, grid.name, start, depth, tuple(columns), tuple(rows), print_of)


def layout_data(proposal: Proposal, form: Form, chosen: Mapping[int, str], units: Mapping[int, str]) -> dict[str, Any]:
    """The layout that a person's choice makes, as TOML would hold it. `chosen` gives targets by column number."""
    columns: list[dict[str, Any]] = []
    for each in proposal.columns:
        target = chosen.get(each.column, "")
        own = each.heading.rpartition("/")[2]
        if target:
            unit = units.get(each.column, each.unit)
            columns.append({"heading": each.heading, "field": target, "must": True, **({"unit": unit} if unit else {})})
        elif plain(own) in ("序号", "编号"):
            columns.append({"heading": each.heading, "role": "number"})
    fields = {column["field"] for column in columns if "field" in column}
    keys = [list(form.key)] if form.key else []
    also = [name for name in (*form.label, *( ["enterprise"] if "enterprise" in form else []),
                              *(["operator"] if "operator" in form else [])) if name in fields]  # fmt: skip
    if also and not form.key:
        keys.append(list(dict.fromkeys(also)))
    keys += [[name] for name in ("project_code", "uscc", "number") if name in fields]
    return {
        "name": f"own-{proposal.fingerprint[:12]}", "title": proposal.sheet, "form": form.name, "order": 1,
        "keys": keys or [list(form.label)], "columns": columns,
    }  # fmt: skip
