"""Records looked up by what a table says of them; each form is read once."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.actions.desk import Desk
from desktop.model.fields.base import Value
from desktop.model.layouts.headings import squeeze

Key = tuple[Value, ...]


class Index:
    """All records of the forms asked for, and those that rows of the table read before would make."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._forms: dict[str, dict[str, dict[str, Value]]] = {}
        self._keys: dict[tuple[str, tuple[str, ...]], dict[Key, list[str]]] = {}

    def all(self, form: str) -> dict[str, dict[str, Value]]:
        """Values by id, in the order of the list."""
        if form not in self._forms:
            ids, _ = self._desk.store.records.ids(form)
            held = self._desk.store.records.values(form, ids)
            self._forms[form] = {record: held[record] for record in ids if record in held}
        return self._forms[form]

    def values(self, form: str, record: str) -> Mapping[str, Value]:
        return self.all(form).get(record, {})

    def find(self, form: str, wanted: Mapping[str, Value]) -> list[str]:
        """Ids of the records with these values; texts but for blanks."""
        names = tuple(sorted(wanted))
        if (form, names) not in self._keys:
            index: dict[Key, list[str]] = {}
            for record, values in self.all(form).items():
                index.setdefault(_key(values, names), []).append(record)
            self._keys[form, names] = index
        return list(self._keys[form, names].get(_key(wanted, names), []))

    def take(self, form: str, record: str, values: Mapping[str, Value]) -> None:
        """A record as a row leaves it: later rows find it."""
        held = self.all(form)
        if held.get(record) == values:
            return
        for (name, names), index in self._keys.items():
            if name != form:
                continue
            if record in held:
                old = index.get(_key(held[record], names), [])
                if record in old:
                    old.remove(record)
            index.setdefault(_key(values, names), []).append(record)
        held[record] = dict(values)


def _key(values: Mapping[str, Value], names: tuple[str, ...]) -> Key:
    return tuple(squeeze(value) if isinstance(value := values.get(name), str) else value for name in names)
