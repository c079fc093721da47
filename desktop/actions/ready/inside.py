"""What a package check looks at: the frozen data, and the records behind them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from desktop.actions.desk import Desk
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.printed import load_printed
from desktop.model.printed.definition import PrintedForm, TableBlock
from desktop.model.printed.frozen_rows import Content, FrozenRow

Level = Literal["block", "warn"]
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Found:
    """One finding. `kind` names the check; form, record and field are where to jump, "" when there is no one place."""

    level: Level
    kind: str
    message: str
    form: str = ""
    record: str = ""
    field: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "level": self.level, "kind": self.kind, "form": self.form, "record": self.record, "field": self.field,
            "message": self.message,
        }  # fmt: skip


@dataclass
class Inside:
    """The data of one submission about to be handed in, and the desk whose records they are."""

    desk: Desk
    data: Mapping[str, Any]
    content: Content = field(init=False)

    def __post_init__(self) -> None:
        self.content = Content(self.data, self.desk.forms)

    @property
    def printed(self) -> PrintedForm:
        return load_printed()[str(self.data["form"])].of(self.data.get("about"))

    @property
    def period(self) -> Period:
        return Period.parse(str(self.data["period"]))

    @property
    def today(self) -> datetime.date:
        return self.desk.names.today

    @property
    def unit(self) -> str:
        return str(self.data.get("unit", ""))

    @property
    def about(self) -> str | None:
        found = self.data.get("about")
        return str(found) if found else None

    def ids(self, form: str) -> list[str]:
        return [str(row["id"]) for row in self.data.get("records", {}).get(form, []) if "id" in row]

    def values(self, form: str, ids: Iterable[str] | None = None) -> dict[str, dict[str, Value]]:
        """All fields of records, printed or not; of those inside unless `ids` are given."""
        return self.desk.store.records.values(form, self.ids(form) if ids is None else ids)

    def where(self, form: str, **wanted: Value) -> dict[str, dict[str, Value]]:
        ids, _ = self.desk.store.records.ids(form, where=wanted)
        return self.desk.store.records.values(form, ids)

    def rows(self, form: str, *, derived: str = "") -> Iterator[tuple[TableBlock, FrozenRow]]:
        """The rows of every table of `form`; with `derived` only of tables that have such a column."""
        for table in self.printed.tables:
            if table.form == form and (not derived or any(each.derived == derived for each in table.columns)):
                for row in self.content.rows(table):
                    yield table, row

    def label(self, form: str, record: str) -> str:
        return self.desk.names.label(form, record) or self.desk.forms[form].title

    def text(self, form: str, name: str, value: Value) -> str:
        """A value with its unit, as a sentence says it."""
        each = self.desk.forms[form].field(name)
        said = each.type.printed(value, self.desk.names) or "—"
        return f"{said} {each.unit}" if each.unit and value is not None else said


def number(value: Value) -> Decimal | None:
    """A stored amount or quantity as a number; None for an empty one."""
    return None if value is None else Decimal(str(value))


def plain(amount: Decimal) -> str:
    text = format(amount, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text
