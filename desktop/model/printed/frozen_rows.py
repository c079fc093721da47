"""The rows of a table as frozen data gives them: values and texts by path, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.model.fields import Date, PeriodOf, PlanItem, Unit
from desktop.model.fields.base import Value
from desktop.model.forms import Field, Forms
from desktop.model.frozen import FrozenNames
from desktop.model.printed.definition import PLAN, TableBlock
from desktop.model.printed.reading import field_of, form_of


@dataclass
class Content:
    """Frozen content, and the record forms that say how its values are written."""

    data: Mapping[str, Any]
    forms: Forms
    names: FrozenNames = field(init=False)
    _records: dict[tuple[str, str], Mapping[str, Value]] = field(init=False)

    def __post_init__(self) -> None:
        self.names = FrozenNames(self.data)
        self._records = {
            (form, str(row["id"])): row for form, rows in self.data.get("records", {}).items() for row in rows
        }

    def record(self, form: str, identity: str) -> Mapping[str, Value]:
        return self._records.get((form, identity), {})

    def item(self, key: str) -> Mapping[str, Any]:
        """A goal or task as it was printed in the plan: number, title, text, part, area, lead, responsible."""
        found = self.data.get("items", {}).get(key, {})
        return dict(found)

    def short(self, unit: str) -> str:
        return str(self.data.get("shorts", {}).get(unit, unit))

    def text(self, kind: Field, value: Value, *, cell: bool = False, short: bool = False) -> str:
        """The text of a value; in a `cell` of a table days and periods are written as they are stored."""
        if value is None:
            return ""
        if isinstance(kind.type, PlanItem):
            return str(self.data.get("labels", {}).get(PLAN, {}).get(str(value), value))
        if cell and isinstance(kind.type, Date | PeriodOf):
            return str(value)
        if short and isinstance(kind.type, Unit):
            return "、".join(self.short(part) for part in kind.type.parts(value))
        return kind.type.printed(value, self.names)

    def rows(self, table: TableBlock) -> list[FrozenRow]:
        found = self.data.get("rows", {}).get(table.name, [])
        return [FrozenRow(self, table, each) for each in found]


@dataclass(frozen=True)
class FrozenRow:
    """One row: `data` holds the id (or plan key) as `of`, the ids of each join, and marks."""

    content: Content
    table: TableBlock
    data: Mapping[str, Any]

    def marked(self, mark: str) -> bool:
        return bool(self.data.get(mark))

    def changed(self) -> Field:
        """The field that a row of changes is about."""
        return self.content.forms[self.table.form].field(str(self.data["field"]))

    def joined(self, alias: str) -> list[str]:
        return [str(identity) for identity in self.data.get(alias, [])]

    def ids(self, path: str) -> list[tuple[str, str]]:
        """(form, id) of the records that hold what the path names."""
        first, _, rest = path.partition(".")
        base = str(self.data["of"])
        form, _ = form_of(self.table, path, self.content.forms)
        if not rest:
            return [(form, base)]
        if self.table.join(first) is not None:
            return [(form, identity) for identity in self.joined(first)]
        target = self.content.record(self.table.form, base).get(first)
        return [(form, str(target))] if target is not None else []

    def values(self, path: str) -> list[Value]:
        name = path.rpartition(".")[2]
        if self.table.form == PLAN and "." not in path:
            found = self.content.item(str(self.data["of"])).get(name)
            return [found] if isinstance(found, str) else []
        return [self.content.record(form, identity).get(name) for form, identity in self.ids(path)]

    def value(self, path: str) -> Value:
        """The only value of a path; None when there is none, the first when several records answer."""
        return next(iter(self.values(path)), None)

    def parts(self, path: str) -> list[str]:
        """The single units of a path that names several."""
        kind = field_of(self.table, path, self.content.forms)
        if kind is None or not isinstance(kind.type, Unit):
            return []
        return [part for value in self.values(path) for part in kind.type.parts(value)]

    def texts(self, path: str, *, short: bool = False, none: str = "") -> list[str]:
        kind = field_of(self.table, path, self.content.forms)
        if kind is None:
            return [str(value) for value in self.values(path)]
        return [self.content.text(kind, value, cell=True, short=short) or none for value in self.values(path)]

    def text(self, path: str, *, short: bool = False, each: str = "", none: str = "") -> str:
        """What a cell says. Several records stand below each other, with `each` before theirs."""
        texts = self.texts(path, short=short, none=none)
        if len(texts) > 1 and each:
            heads = self.texts(each, short=True)
            texts = [f"{head}：{text}" for head, text in zip(heads, texts, strict=True) if text]
            if none and all(text.endswith(f"：{none}") for text in texts):
                return none
        return "\n".join(filter(None, texts))
