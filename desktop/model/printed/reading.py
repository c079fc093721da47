"""What the loader of printed forms checks: keys that exist, paths that lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.model.fields.links import Reference
from desktop.model.forms import Field, FormError, Forms
from desktop.model.printed.definition import PLAN, PLAN_FIELDS, TableBlock

NOT_FILLED = "未填"  # the head of rows without the value they are sorted by


def check_keys(where: str, data: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise FormError(f"{where}: unknown key {', '.join(unknown)}")


def form_of(table: TableBlock, path: str, forms: Forms) -> tuple[str, str]:
    """(record form, field) that a path ends in."""
    first, _, rest = path.partition(".")
    if not rest:
        return table.form, first
    join = table.join(first)
    if join is not None:
        return join.form, rest
    if table.form != PLAN and first in forms[table.form]:
        kind = forms[table.form].field(first).type
        if isinstance(kind, Reference) and not kind.several:
            return kind.to, rest
    raise FormError(f"no such path {path}")


def field_of(table: TableBlock, path: str, forms: Forms) -> Field | None:
    """The field a path ends in; None for the plan's own texts."""
    form, name = form_of(table, path, forms)
    if form == PLAN and name in PLAN_FIELDS:
        return None
    if form == PLAN or name not in forms[form]:
        raise FormError(f"no such field {name} in {form}")
    return forms[form].field(name)


def check_path(where: str, path: str, table: TableBlock, forms: Forms) -> None:
    try:
        field_of(table, path, forms)
    except FormError as error:
        raise FormError(f"{where}: {error}") from error
