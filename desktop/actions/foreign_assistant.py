"""Helping with a table that nobody described: where its headings are, what its columns mean, how it would be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk
from desktop.actions.foreign_tables import by_layout, known_tables, layouts, propose
from desktop.excel.foreign.read import read_grids
from desktop.model.errors import Refused
from desktop.model.forms import FormError
from desktop.model.layouts.definition import read_layout
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import DEEPEST, SEARCHED
from desktop.model.layouts.proposing import SHOWN, Proposal, layout_data, propose_at, targets
from desktop.model.layouts.reading import Reader
from desktop.model.layouts.recognise import Known, recognise, target_form


@dataclass(frozen=True)
class SampleCell:
    """A cell as it will be read: `told` is the value in words, `fault` why it would be refused."""

    raw: str
    told: str
    fault: str = ""


@dataclass(frozen=True)
class Sample:
    """The first rows below the headings, {column: cell} each; `fault` says why the whole table cannot be read so."""

    rows: tuple[Mapping[int, SampleCell], ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Fitting:
    """A layout that a file fits; `month` is what the table says it is of, `monthly` whether that matters."""

    name: str
    title: str
    sheet: str
    month: str
    monthly: bool


def guess(desk: Desk, path: Path, form: str = "", sheet: str = "", start: int = -1, depth: int = 1) -> Proposal:
    """What the columns seem to be; with `start` (row from 0) the headings are taken from there.

    Raises Refused when there are no headings, or none at the row given.
    """
    if start < 0:
        return propose(desk, path, form)
    grid = _grid(path, sheet)
    wanted = form or propose(desk, path).form
    if start >= len(grid.rows) or not 1 <= depth <= DEEPEST:
        raise Refused(f"第 {start + 1} 行没有表头，请核对行号（表头可占 1 到 {DEEPEST} 行）")
    found = propose_at(grid, start, depth, desk.form(wanted), desk.forms)
    if not found.columns:
        raise Refused(f"第 {start + 1} 行没有文字，不能当表头，请另写行号")
    return found


def _grid(path: Path, sheet: str) -> Grid:
    grids = read_grids(path)
    return next((grid for grid in grids if grid.name == sheet), grids[0])


def heading_rows(path: Path, sheet: str) -> list[tuple[int, str]]:
    """The first rows of a sheet as one line each, to choose the headings from: (row from 0, its texts)."""
    grid = _grid(path, sheet)
    told = []
    for row in range(min(SEARCHED, len(grid.rows))):
        cells = [str(cell).strip() for cell in grid.rows[row] if cell is not None and str(cell).strip()]
        if cells:
            told.append((row, "　".join(cells)[:80]))
    return told


def fields_of(desk: Desk, form: str) -> list[tuple[str, str]]:
    """What a column may be: (target, words); the fields of a record referred to are named with it."""
    found = []
    for target, each, _ in targets(desk.form(form), desk.forms):
        owner = target.partition(".")[0] if "." in target else ""
        label = f"{desk.form(form).field(owner).label}的{each.label}" if owner else each.label
        found.append((target, f"{label}（{each.unit}）" if each.unit else label))
    return found


def sample(
    desk: Desk, path: Path, proposal: Proposal, chosen: Mapping[int, str], units: Mapping[int, str] | None = None
) -> Sample:
    """The first rows as they would be read by this choice; writes and keeps nothing."""
    form = desk.form(proposal.form)
    given = [target for target in chosen.values() if target]
    if len(set(given)) != len(given):
        return Sample(fault="有一项对应了两列，请只留一列")
    try:
        data = layout_data(proposal, form, chosen, units or {})
        grids = [grid for grid in read_grids(path) if grid.name == proposal.sheet]
        (known,) = by_layout(desk, grids, read_layout(str(data["name"]), data, desk.forms), path)
    except FormError as error:
        return Sample(fault=str(error))
    except Refused as refused:
        return Sample(fault=str(refused))
    return Sample(_rows(desk, known))


def _rows(desk: Desk, known: Known) -> tuple[Mapping[int, SampleCell], ...]:
    rows = []
    for read in Reader(known, desk.forms, desk.names).rows()[:SHOWN]:
        cells: dict[int, SampleCell] = {}
        faults = {error.field: error.message for error in read.errors}
        for place, column in known.columns.items():
            raw = "" if (cell := known.grid.seen(read.row, place)) is None else str(cell)
            target = column.field
            told = ""
            if target in read.values:
                form, name = target_form(known.layout, target, desk.forms)
                value, kind = read.values[target], form.field(name).type
                told = str(value) if kind.name == "reference" else kind.printed(value, desk.names)
            cells[place] = SampleCell(raw, told, faults.get(target, ""))
        rows.append(cells)
    return tuple(rows)


def fitting(desk: Desk, path: Path) -> list[Fitting]:
    """Every layout that comes with the program and fits a sheet of the file, the best first."""
    found: list[tuple[int, Fitting]] = []
    for grid in read_grids(path):
        for layout in layouts(desk):
            try:
                known = recognise([grid], [layout], desk.forms)
            except Refused:
                continue
            if known is not None:
                told = Fitting(layout.name, layout.title, grid.name, known.month, is_monthly(known))
                found.append((-len(known.columns), told))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def is_unknown(desk: Desk, path: Path) -> bool:
    """Whether no mapping and no layout fits, while the file is a sound table: the assistant's case."""
    try:
        known_tables(desk, read_grids(path), path)
    except Refused as refused:
        return not refused.details
    return False


def is_monthly(known: Known) -> bool:
    """Whether rows of this table become records of one month."""
    used = {column.field.partition(".")[0] for column in known.columns.values() if "." in column.field}
    return any(child.period for name, child in known.layout.children.items() if name in used)
