"""Layouts are data: `forms/layouts/*.toml` says how a table of the city is known and what its columns are."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop.model import places
from desktop.model.forms import FormError, Forms

ROLES = frozenset({"", "number", "title", "text"})


@dataclass(frozen=True)
class Column:
    """One column. `heading` and `also` are its names, outer headings before a stroke: 资金来源/自筹.

    `field` is one of the form, `reference.field` one of the record referred to, or `child.field` one of a child record.
    `sum`: the column shows the sum of several fields. `split`: a text column of several fields, a person and a number.
    `unit` holds where the heading names none. `role`: number, title or text of the plan's item, no field at all.
    `show`: dotted writes a month as 2024.05. `published`: units by the names of the city's plan. `must`: known by it.
    """

    heading: str
    also: tuple[str, ...] = ()
    field: str = ""
    role: str = ""
    sum: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    unit: str = ""
    show: str = ""
    published: bool = False
    must: bool = False


@dataclass(frozen=True)
class Section:
    """Rows that stand alone above a group: their text without number and ending is a value of `field`."""

    field: str
    endings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Default:
    """A value for new records where the table has none. `begun`: only if that month or day is not in the future."""

    field: str
    value: str
    when: Mapping[str, str] = dataclasses.field(default_factory=dict)
    begun: str = ""


@dataclass(frozen=True)
class Child:
    """Records that hang from the row's. `fixed` values tell them apart; `period` takes the month of the table.

    `office` takes the name of the office; `set` are values for new ones; `many`: several are joined in one cell.
    """

    name: str
    form: str
    parent: str
    fixed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    period: str = ""
    office: str = ""
    set: Mapping[str, str] = dataclasses.field(default_factory=dict)
    many: str = ""


@dataclass(frozen=True)
class Layout:
    """One kind of table. `keys` are the sets of fields by which a row finds its record, tried in turn.

    `items`: rows are the plan's goals and tasks. `creates` names references whose records may be made from a row.
    """

    name: str
    title: str
    form: str
    keys: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    order: int = 100
    items: str = ""
    section: Section | None = None
    defaults: tuple[Default, ...] = ()
    children: Mapping[str, Child] = dataclasses.field(default_factory=dict)
    creates: frozenset[str] = frozenset()


_LISTS = ("also", "sum", "split", "endings")


def _made(where: str, kind: Any, data: Mapping[str, Any]) -> Any:
    known = {each.name for each in fields(kind)}
    if unknown := set(data) - known:
        raise FormError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    try:
        return kind(**{key: tuple(value) if key in _LISTS else value for key, value in data.items()})
    except TypeError as error:
        raise FormError(f"{where}: {error}") from error


def read_layout(where: str, data: Mapping[str, Any], forms: Forms) -> Layout:
    """A layout from its TOML or from what was remembered. Raises FormError naming file and key."""
    extra = {"name", "title", "form", "order", "keys", "items", "section", "defaults", "children", "refers", "columns"}
    if unknown := set(data) - extra:
        raise FormError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if data.get("form") not in forms:
        raise FormError(f"{where}: unknown form {data.get('form')!r}")
    children = {
        name: _made(f"{where}: child {name}", Child, {"name": name, **each})
        for name, each in data.get("children", {}).items()
    }
    layout = Layout(
        name=str(data["name"]), title=str(data["title"]), form=str(data["form"]),
        keys=tuple(tuple(key) for key in data["keys"]),
        columns=tuple(_made(f"{where}: column {each.get('heading')}", Column, each) for each in data["columns"]),
        order=int(data.get("order", 100)), items=str(data.get("items", "")),
        section=_made(f"{where}: section", Section, data["section"]) if "section" in data else None,
        defaults=tuple(_made(f"{where}: default", Default, each) for each in data.get("defaults", [])),
        children=children,
        creates=frozenset(name for name, each in data.get("refers", {}).items() if each.get("create")),
    )  # fmt: skip
    _check(where, layout, forms)
    return layout


def _check(where: str, layout: Layout, forms: Forms) -> None:
    form = forms[layout.form]
    for column in layout.columns:
        targets = [column.field] if column.field else [*column.sum, *column.split]
        if not targets and not column.role:
            raise FormError(f"{where}: column {column.heading} has no field")
        if column.role not in ROLES:
            raise FormError(f"{where}: column {column.heading}: unknown role {column.role}")
        for target in targets:
            owner, _, name = target.rpartition(".")
            if not owner:
                known = name in form
            elif owner in layout.children:
                known = name in forms[layout.children[owner].form]
            else:
                known = owner in form and name in forms[getattr(form.field(owner).type, "to", layout.form)]
            if not known:
                raise FormError(f"{where}: column {column.heading}: no such field {target}")
    for name in {*(part for key in layout.keys for part in key), *(each.field for each in layout.defaults)}:
        if name not in form:
            raise FormError(f"{where}: no such field {name}")


@lru_cache(maxsize=4)
def _texts(folder: Path) -> tuple[tuple[str, str], ...]:
    return tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))


def load_layouts(forms: Forms) -> tuple[Layout, ...]:
    """The layouts that come with the program, in their order."""
    found = [read_layout(name, tomllib.loads(text), forms) for name, text in _texts(places.forms() / "layouts")]
    return tuple(sorted(found, key=lambda layout: (layout.order, layout.name)))
