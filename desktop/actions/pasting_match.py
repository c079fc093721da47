"""Which record a pasted row means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.records import Values, read_typed
from desktop.model.fields.base import Value
from desktop.model.forms import Form
from desktop.model.layouts.headings import squeeze


@dataclass(frozen=True)
class Match:
    """`record` "" for a new one; `fault` a sentence when the row could mean several."""

    record: str = ""
    fault: str = ""


def single_codes(form: Form) -> list[str]:
    """The fields whose value no two records may share."""
    unique = [check for check in form.checks if check.kind == "unique" and check.level == "block"]
    return [check.fields[0] for check in unique if len(check.fields) == 1]


class Matcher:
    """Rows of one form: by a code that stands once, else by name. A natural key is found by whoever saves.

    A row below another record (equipment) has no name of its own: it is new.
    """

    def __init__(self, desk: Desk, form: Form) -> None:
        self._desk, self._form = desk, form
        self._codes = single_codes(form)
        self._names = () if form.key or form.parent else form.label
        self._held: dict[str, Values] = {}
        if self._codes or self._names:
            self._held = desk.store.records.values(form.name, desk.store.records.ids(form.name)[0])
        self._by: dict[str, defaultdict[tuple[Value, ...], list[str]]] = {}
        for name in (*self._codes, "name"):
            index = self._by[name] = defaultdict(list)
            fields = self._names if name == "name" else (name,)
            for record, values in self._held.items():
                index[self._key(fields, values)].append(record)

    @staticmethod
    def _key(fields: tuple[str, ...], values: Mapping[str, Value]) -> tuple[Value, ...]:
        return tuple(squeeze(value) if isinstance(value := values.get(name), str) else value for name in fields)

    def match(self, row: Mapping[str, str]) -> Match:
        """The record that a row of typed texts means."""
        values, _ = read_typed(self._desk, self._form, {name: row[name] for name in row if name in self._form})
        coded = {
            record for name in self._codes if values.get(name) for record in self._by[name][self._key((name,), values)]
        }
        named: list[str] = []
        if self._names and all(values.get(name) is not None for name in self._names):
            named = self._by["name"][self._key(self._names, values)]
        if coded:
            return Match(next(iter(coded)))
        if len(named) > 1:
            others = [name for name in values if name not in self._names and values[name] is not None]
            same = [one for one in named if all(self._held[one].get(name) == values[name] for name in others)]
            near = [one for one in named if self._agree(one, values)]
            named = same if len(same) == 1 else near if len(near) == 1 else named
        if len(named) > 1:
            label = " ".join(row[name] for name in self._names)
            return Match(fault=f"“{label}”有 {len(named)} 条同名记录，不知道是哪一条，请在程序中逐条改")
        return Match(named[0] if named else "")

    def _agree(self, record: str, values: Values) -> bool:
        """The same owner or place as far as the row says: what tells records of one name apart."""
        told = [
            each.name for each in self._form.fields if each.type.name in ("reference", "unit") and values.get(each.name)
        ]
        return bool(told) and all(self._held[record].get(name) == values[name] for name in told)
