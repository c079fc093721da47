"""Which kind of table a file from outside holds: by a remembered mapping, by a layout, or by what a person says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk, needs
from desktop.excel.foreign.read import read_grids
from desktop.model.errors import Refused
from desktop.model.forms import FormError
from desktop.model.layouts.definition import Layout, load_layouts, read_layout
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import DEEPEST, SEARCHED, fingerprint, paths
from desktop.model.layouts.proposing import Proposal, layout_data
from desktop.model.layouts.proposing import propose as proposed
from desktop.model.layouts.recognise import Known, recognise

SETTING = "layouts"  # the mappings remembered here, by the fingerprint of a table's headings


def layouts(desk: Desk) -> tuple[Layout, ...]:
    """The layouts that come with the program."""
    return load_layouts(desk.forms)


def known_tables(desk: Desk, grids: Iterable[Grid], path: Path, layout: str = "") -> list[Known]:
    """The tables in a file, one to a sheet: by mappings, by layouts, or (`layout` = a form's name) by likeness.

    Raises Refused with what to do when there is none.
    """
    grids = list(grids)
    kept: dict[str, Known] = {}
    if not layout:
        kept = {grid.name: known for grid in grids if (known := _remembered(desk, grid)) is not None}
    names = {each.name for each in layouts(desk)}
    if layout in desk.forms and layout not in names:
        found = propose_in(desk, grids, layout)
        if found is None:
            raise Refused(f"“{path.name}”里找不到像“{desk.forms[layout].title}”的表头，没有读入")
        chosen = {each.column: each.field for each in found.columns if each.field}
        data = layout_data(found, desk.forms[layout], chosen, {})
        return by_layout(desk, grids, read_layout(path.name, data, desk.forms), path)
    if layout and layout not in names:
        raise Refused(f"没有“{layout}”这种版式。可用的有 {'、'.join(sorted(names))}，或一种表的名称，如 project")
    found_here = [kept.get(grid.name) or recognise([grid], layouts(desk), desk.forms, layout) for grid in grids]
    knowns = [known for known in found_here if known is not None]
    if not knowns and layout:
        title = next(each.title for each in layouts(desk) if each.name == layout)
        raise Refused(f"“{path.name}”的表头和“{title}”对不上，没有读入；请核对表头，或换一种版式")
    if not knowns:
        titles = "、".join(each.title for each in layouts(desk))
        raise Refused(
            f"认不出“{path.name}”是哪种表（认得的有 {titles}），没有读入。"
            "请照市里发的表式填写，或请技术支持用 --layout 指明表式"
        )
    return knowns


def by_layout(desk: Desk, grids: list[Grid], layout: Layout, path: Path) -> list[Known]:
    """The one table that a mapping made for it fits."""
    known = recognise(grids, [layout], desk.forms)
    if known is None:
        raise Refused(f"“{path.name}”的表头和记住的对照不符，没有读入；请重新对照各列")
    return [known]


def _remembered(desk: Desk, grid: Grid) -> Known | None:
    held: dict[str, Any] = json.loads(desk.store.local.setting("", SETTING, "{}"))
    if not held:
        return None
    for start in range(min(SEARCHED, len(grid.rows))):
        for depth in range(1, DEEPEST + 1):
            data = held.get(fingerprint(paths(grid, start, depth)))
            if data is None:
                continue
            try:
                return recognise([grid], [read_layout(data["name"], data, desk.forms)], desk.forms)
            except FormError:
                continue  # made for another version's forms
    return None


# -- an unknown table ---------------------------------------------------------------------------------------------


def propose(desk: Desk, path: Path, form: str = "") -> Proposal:
    """What the columns of an unknown table seem to be, with its first rows. Raises Refused when nothing does."""
    if form:
        desk.form(form)
    found = propose_in(desk, read_grids(path), form)
    if found is None:
        raise Refused(f"“{path.name}”里没有找到表头，请在表格上方写明各列的名称后再试")
    return found


def propose_in(desk: Desk, grids: Iterable[Grid], form: str) -> Proposal | None:
    return proposed(grids, desk.forms, form)


@needs("enter")
def remember(desk: Desk, proposal: Proposal, chosen: Mapping[int, str], units: Mapping[int, str] | None = None) -> str:
    """Keep a mapping for tables with these headings; the layout's name. `chosen` gives a field (or "") by column.

    Raises Refused when what names a record is not among them, or a field is given to two columns.
    """
    form = desk.form(proposal.form)
    given = [target for target in chosen.values() if target]
    twice = next((target for target in given if given.count(target) > 1), "")
    if twice:
        raise Refused(f"“{_label(desk, form.name, twice)}”对应了两列，请只留一列")
    needed = form.key or form.label
    lacking = [form.field(name).label for name in needed if name not in given and name != "id"]
    if lacking:
        raise Refused(f"还没有指明哪一列是“{'、'.join(lacking)}”，不知道每一行是哪一条，请选定后再保存")
    data = layout_data(proposal, form, chosen, units or {})
    try:
        read_layout(data["name"], data, desk.forms)
    except FormError as error:
        raise Refused(f"对照没有保存：{error}。请核对各列") from error
    held = json.loads(desk.store.local.setting("", SETTING, "{}"))
    held[proposal.fingerprint] = data
    with desk.store.writing("保存对照"):
        desk.store.local.set_setting("", SETTING, json.dumps(held, ensure_ascii=False))
    return str(data["name"])


def _label(desk: Desk, form: str, target: str) -> str:
    owner, _, name = target.rpartition(".")
    if owner:
        form = str(getattr(desk.forms[form].field(owner).type, "to", form))
    return desk.forms[form].field(name).label if name in desk.forms[form] else target
