"""Which records a table prints, and in which order: decided once, when the content is gathered."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.model.errors import Refused
from desktop.model.fields import Unit
from desktop.model.fields.base import Value
from desktop.model.forms import Forms
from desktop.model.periods import Period
from desktop.model.plan import load_units
from desktop.model.printed.definition import PLAN, Join, TableBlock, Where
from desktop.model.printed.reading import form_of
from desktop.model.printed.source import Historian, Source

Record = Mapping[str, Value]
CITY = "济南市"


def holds(record: Record, where: Where) -> bool:
    return all(str(record.get(name)) in allowed for name, allowed in where)


class Selection:
    """The records of a source, read once per form, and the choice of a table's rows among them."""

    def __init__(
        self, source: Source, forms: Forms, period: Period, unit: str | None, about: str | None,
        part: tuple[str, str | None] | None = None,
    ) -> None:  # fmt: skip
        self.source = source
        self.forms = forms
        self.period = period
        self.unit = unit
        self.about = about
        self.part = part
        self._all: dict[str, dict[str, Record]] = {}
        self._by: dict[tuple[str, str], dict[Value, list[str]]] = {}
        self._city_units: set[str] | None = None
        self.kept: dict[str, Any] = {}  # what a paper works out once
        self._came: dict[str, set[str]] = {}

    def all(self, form: str) -> dict[str, Record]:
        if form not in self._all:
            self._all[form] = dict(self.source.records(form))
        return self._all[form]

    def by(self, form: str, field: str) -> dict[Value, list[str]]:
        """Ids of the records of a form by the value of one field, in made order."""
        if (form, field) not in self._by:
            found: dict[Value, list[str]] = {}
            for identity, record in self.all(form).items():
                found.setdefault(record.get(field), []).append(identity)
            self._by[form, field] = found
        return self._by[form, field]

    def city_only(self, unit: str) -> bool:
        if self._city_units is None:
            rows = self.all("unit").values()
            self._city_units = {str(row.get("published")) for row in rows if row.get("city_only")}
        return unit in self._city_units or load_units().is_city_only(unit)

    def rows(self, table: TableBlock, about_record: Record | None) -> list[dict[str, Any]]:
        """Rows in printed order: `of` and the ids of each join."""
        if table.changed:
            return self._changed(table)
        if table.form == PLAN:
            bases: list[str] = [item.key for item in self.source.plan.items]
        elif table.picked:
            bases = self._picked(table, about_record or {})
        else:
            bases = [
                identity
                for identity, record in self.all(table.form).items()
                if self._chosen(table, record) and self._timed(table, identity, record)
            ]
        found = []
        for base in bases:
            row: dict[str, Any] = {"of": base}
            for join in table.joins:
                joined = self._joined(join, base)
                if joined:
                    row[join.alias] = joined
            if table.asked and self.unit and not self._asked(table, row):
                continue
            if not self._in_part(table, row):
                continue
            found.append(row)
        names = (table.group, *table.order) if table.group else table.order
        return sorted(found, key=lambda row: tuple(self._place(table, row, path) for path in names)) if names else found

    def _chosen(self, table: TableBlock, record: Record) -> bool:
        if not holds(record, table.where):
            return False
        if table.parent and record.get(table.parent) != self.about:
            return False
        gone = record.get(table.left) if table.left else None
        return gone is None or str(gone) > self.period.last.isoformat()

    def _changed(self, table: TableBlock) -> list[dict[str, Any]]:
        if not isinstance(self.source, Historian):
            raise Refused("没有变更记录可查，不能印变更表。请在本单位的程序里打开数据后再印")
        found = self.source.changes(table.form, self.period)
        fields = {name: place for place, name in enumerate(table.changed)}
        known = self.all(table.form)
        rows: list[dict[str, Any]] = [
            {"of": record, "field": field, "old": old, "new": new}
            for record, field, old, new in found
            if field in fields and record in known and self._chosen(table, known[record])
        ]
        rows = [row for row in rows if not (table.asked and self.unit) or self._asked(table, row)]
        rows = [row for row in rows if self._in_part(table, row)]
        order = {record: place for place, record in enumerate(known)}
        return sorted(rows, key=lambda row: (order[row["of"]], fields[row["field"]]))

    def _timed(self, table: TableBlock, identity: str, record: Record) -> bool:
        """Whether one of the dates lies in the period; of a `late` table also what came too late for the one before.

        A record without any of these dates is counted when it was made.
        """
        if not table.within or any(self._inside(record.get(name)) for name in table.within):
            return True
        if not table.late or not isinstance(self.source, Historian):
            return False
        dates = [(name, str(record.get(name))) for name in table.within if record.get(name) is not None]
        if not dates:
            return table.late == "made" and identity in self._made(table.form)
        first = self.period.first.isoformat()
        return any(day < first and identity in self._late(table.form, name) for name, day in dates)

    def _made(self, form: str) -> set[str]:
        if form not in self._came:
            assert isinstance(self.source, Historian)
            self._came[form] = self.source.made(form, self.period)
        return self._came[form]

    def _late(self, form: str, field: str) -> set[str]:
        key = f"{form}.{field}"
        if key not in self._came:
            assert isinstance(self.source, Historian)
            self._came[key] = self.source.late(form, field, self.period)
        return self._came[key]

    def _in_part(self, table: TableBlock, row: Mapping[str, Any]) -> bool:
        """Whether the row belongs to the part of a split list that is asked for; None asks for rows without value."""
        if self.part is None:
            return True
        by, wanted = self.part
        values = self.part_values(table, row, by)
        return wanted in values if wanted is not None else not values

    def part_values(self, table: TableBlock, row: Mapping[str, Any], by: str) -> list[str]:
        """The values by which a row is sorted into files: several for a task of several units."""
        found: list[str] = []
        for path in table.split_paths(by):
            form, name = form_of(table, path, self.forms)
            kind = self.forms[form].field(name).type
            for value in self.values(table, row, path):
                parts = kind.parts(value) if isinstance(kind, Unit) else [str(value)] if value is not None else []
                found += [part for part in parts if part and part not in found]
        return found

    def _inside(self, value: Value) -> bool:
        """Whether a day, month or period lies in the period of the form."""
        if value is None:
            return False
        try:
            return self.period.covers(Period.parse(str(value)))
        except Refused:
            return False

    def _picked(self, table: TableBlock, record: Record) -> list[str]:
        value = record.get(table.picked)
        wanted = json.loads(str(value)) if str(value or "").startswith("[") else [value] if value else []
        return [str(identity) for identity in wanted if identity in self.all(table.form)]

    def values(self, table: TableBlock, row: Mapping[str, Any], path: str) -> list[Value]:
        first, _, rest = path.partition(".")
        if table.form == PLAN and not rest:
            return [getattr(self.source.plan.item(str(row["of"])), first, None)]
        base = self.all(table.form).get(str(row["of"]), {}) if table.form != PLAN else {}
        if not rest:
            return [base.get(first)]
        form, name = form_of(table, path, self.forms)
        ids: Sequence[Any] = row.get(first, []) if table.join(first) else [base.get(first)]
        return [self.all(form).get(str(identity), {}).get(name) for identity in ids]

    def _asked(self, table: TableBlock, row: Mapping[str, Any]) -> bool:
        for path in table.asked:
            form, name = form_of(table, path, self.forms)
            kind = self.forms[form].field(name).type
            for value in self.values(table, row, path):
                parts = kind.parts(value) if isinstance(kind, Unit) else [value]
                if self.unit in parts:
                    return True
        return False

    def _place(self, table: TableBlock, row: Mapping[str, Any], path: str) -> tuple[int, str]:
        """Where a row stands among others: choices as their list has them, figures by size, empty ones last."""
        value = next(iter(self.values(table, row, path)), None)
        if value is None:
            return (10**18, "")
        form, name = form_of(table, path, self.forms)
        codes = [code for code, _ in self.forms[form].field(name).type.choices(self.source.names)]
        if value in codes:
            return (codes.index(str(value)), "")
        return (value, "") if isinstance(value, int) else (10**9, str(value))

    def _joined(self, join: Join, base: str) -> list[str]:
        records = self.all(join.form)
        found = list(self.by(join.form, join.on).get(base, ()))
        if join.place:
            own = [each for each in found if records[each].get(join.place) == self.source.district_name]
            found = own or [each for each in found if records[each].get(join.place) == CITY]
        if join.period:
            found = self._timely(join, found)
        if join.asked and self.unit:
            found = [each for each in found if records[each].get(join.asked) == self.unit]
        elif join.prefer:
            found = [each for each in found if holds(records[each], join.prefer)] or found
        return found

    def _timely(self, join: Join, found: list[str]) -> list[str]:
        records = self.all(join.form)
        if join.pick == "all":
            return [each for each in found if records[each].get(join.period) == self.period.key]
        periods = {each: Period.parse(str(records[each].get(join.period))) for each in found}
        if join.pick == "latest":
            first, last = datetime.date(self.period.year, 1, 1), self.period.last
            past = [each for each in found if first <= periods[each].last <= last]
            return sorted(past, key=lambda each: periods[each].last)[-1:]
        coming = [each for each in found if periods[each].year >= self.period.year]
        return sorted(coming, key=lambda each: periods[each].year)[:1]
