"""Reading a workbook that came from the program: which cells were edited, which rows are new, which are refused.

Design §4. The package's state is what the clerk had before the eyes; a cell is edited if its parsed value differs from
it. A row that is missing is never a deletion, a column that is missing no edit, an emptied cell clears.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.model.bulk import bulk
from desktop.model.exchange.cells import Column
from desktop.model.exchange.edits import CellError, Edit, Reading
from desktop.model.exchange.layout import Layout, find_layouts
from desktop.model.exchange.sheet_rows import SheetReader
from desktop.model.exchange.sheets import Workbook
from desktop.model.exchange.wording import PackageNames, record_label, sheet_fields
from desktop.model.fields import Reference
from desktop.model.fields.base import Names, Value
from desktop.model.forms import Form, Forms
from desktop.model.package import Package

Same = Callable[[str, Mapping[str, Value]], list[str]]


def nothing_same(form: str, values: Mapping[str, Value]) -> list[str]:
    """No other record is known (tests, previews without a database)."""
    return []


def _parents_first(forms: Forms, wanted: list[str]) -> list[str]:
    """Forms in an order in which a record's references come before it, as far as there is one."""
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in order or name in above:
            return
        for each in forms[name].fields:
            if isinstance(each.type, Reference):
                visit(each.type.to, (*above, name))
        order.append(name)

    for name in forms:
        visit(name, ())
    return [name for name in order if name in wanted]


def _columns(
    form: Form, package: Package, shown: PackageNames, typed: PackageNames, date1904: bool
) -> dict[str, Column]:
    words = package.words.get(form.name, {})
    return {each.name: Column(each, words.get(each.name, {}), shown, typed, date1904) for each in sheet_fields(form)}


def read_rows(workbook: Workbook, package: Package, forms: Forms, names: Names, same: Same = nothing_same) -> Reading:
    """All edits and refusals of a workbook.

    `same(form, values)` gives the ids of the office's records with such values, for the checks that forbid doubles.
    Edits of a row with a refused cell are left out whole; the rest of the rows stand.
    """
    layouts, troubles, notes = find_layouts(workbook.sheets, package, forms)
    errors = [CellError(t.sheet, t.cell, -1, "", "", "", t.message) for t in troubles]
    shown = PackageNames(package.labels, names, ask_office=False)
    typed = PackageNames(package.labels, names, ask_office=True)
    by_form: dict[str, Layout] = {layout.form.name: layout for layout in layouts}
    edits: list[Edit] = []
    unchanged = waiting = 0
    for name in _parents_first(forms, list(by_form)):
        layout = by_form[name]
        columns = _columns(layout.form, package, shown, typed, workbook.date1904)
        reader = SheetReader(layout, package, columns, typed, same)
        with bulk():
            reader.read()
        edits += reader.edits
        errors += reader.errors
        unchanged += reader.unchanged
        waiting += reader.waiting
        for edit in reader.edits:
            if edit.new:
                typed.add(name, edit.base.id, record_label(layout.form, edit.changes, typed))
    order = {name: place for place, name in enumerate(forms)}
    return Reading(
        edits=tuple(sorted(edits, key=lambda edit: (order[edit.form], edit.row))),
        errors=tuple(errors),
        unknown_columns={layout.sheet.name: layout.unknown for layout in layouts if layout.unknown},
        notes=(*workbook.notes, *notes),
        unchanged=unchanged,
        waiting=waiting,
        layouts=tuple(layouts),
    )
