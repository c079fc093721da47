"""The records that printed forms ask for; a closed period gives them as they stood when it was closed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.actions.closed import CLOSING, closing_over
from desktop.actions.desk import Desk
from desktop.actions.policies import match_record
from desktop.actions.policy_cases import OWNER
from desktop.model.fields.base import Names, Value
from desktop.model.periods import Period
from desktop.model.plan import Plan
from desktop.model.printed.notice import notice_line
from desktop.model.registers import DELETED, Life, record_id

Row = dict[str, Value]


class DeskSource:
    """The open desk, read only, each form once: made for one print.

    Of a closed `period` the log takes back what came after its closing.
    """

    def __init__(self, desk: Desk, period: Period | None = None) -> None:
        self._desk = desk
        self.office = desk.office
        self.district_name = desk.district_name
        self.district_code = desk.district
        self.plan: Plan = desk.plan
        self.cut = closed_at(desk, period) if period is not None else None
        self._held: dict[str, dict[str, Row]] = {}
        self.names: Names = desk.names if self.cut is None else NamesThen(desk, self)

    def records(self, form: str) -> list[tuple[str, Row]]:
        if self.cut is not None:
            return list(self._then(form).items())
        if form not in self._held:
            ids, _ = self._desk.store.records.ids(form)
            values = self._desk.store.records.values(form, ids)
            self._held[form] = {record: values[record] for record in ids}
        return list(self._held[form].items())

    def record(self, form: str, record: str) -> Row | None:
        if self.cut is not None:
            return self._then(form).get(record)
        known = self._desk.store.records.form_of(record) == form
        return self._desk.store.records.values(form, [record]).get(record) if known else None

    def notice(self, enterprise: str) -> list[dict[str, str]]:
        """What each policy says of the enterprise, then what others say of its projects and sites, one by one."""
        firm = match_record(self._desk, "enterprise", enterprise)
        matches = [("", "enterprise", enterprise, match) for match in firm]
        own = {match.rule.name for match in firm}
        for form, owner in OWNER.items():
            ids, _ = self._desk.store.records.ids(form, where={owner: enterprise})
            for record in ids:
                label = self.names.label(form, record) or ""
                found = match_record(self._desk, form, record)
                matches += [(label, form, record, match) for match in found if match.rule.name not in own]
        return [notice_line(match, subject, form, record) for subject, form, record, match in matches]

    def changes(self, form: str, period: Period) -> list[tuple[str, str, Value, Value]]:
        """What the log says became another between the end of the period before and the end of this one, without the
        records made in between. A closed period ends where it was closed."""
        window = self._window(form, period)
        found = []
        for (record, field), rows in window.fields.items():
            old, new = rows[0]["old"], window.value_at_end(self._shown(form, record), record, field)
            if record not in window.made and old != new:
                found.append((record, field, old, new))
        return found

    def made(self, form: str, period: Period) -> set[str]:
        return self._window(form, period).made

    def late(self, form: str, field: str, period: Period) -> set[str]:
        """Ids whose field was filled after the period before had been closed: it could not be in that one's list."""
        if closed_at(self._desk, period.previous()) is None:
            return set()
        window = self._window(form, period)
        return {record for record, name in window.fields if name == field}

    def _window(self, form: str, period: Period) -> _Window:
        start = closed_at(self._desk, period.previous())
        return _Window(self._desk.store.journal.since(0, [form]), start, closed_at(self._desk, period), period)

    def _shown(self, form: str, record: str) -> Mapping[str, Value]:
        return self._desk.store.records.values(form, [record]).get(record, {})

    def _then(self, form: str) -> dict[str, Row]:
        """The records of a form as they stood at the closing."""
        if form in self._held:
            return self._held[form]
        assert self.cut is not None
        store = self._desk.store
        later: dict[str, dict[str, Value]] = {}
        for row in store.journal.since(self.cut, [form]):
            later.setdefault(row["record"], {}).setdefault(row["field"], row["old"])
        # Deleted ones keep their place among the others; only those merged away since are listed last.
        ids, _ = store.records.ids(form, lives=(Life.ALIVE, Life.CONFLICT, Life.DELETED))
        there = dict.fromkeys(store.records.ids(form)[0])
        merged = [record for record in later if record not in dict.fromkeys(ids)]
        held = store.records.values(form, [*ids, *merged])
        values = {record: held[record] for record in [*ids, *merged] if record in there or record in later}
        known = _known(store.journal.of_records(list(later)), self.cut)
        self._held[form] = {
            record: {**row, **{name: old for name, old in later.get(record, {}).items() if name in row}}
            for record, row in values.items()
            if record not in later or record in known
        }
        return self._held[form]


class NamesThen:
    """Names of records as they stood at the closing, where they have been changed since."""

    def __init__(self, desk: Desk, source: DeskSource) -> None:
        self._desk, self._source = desk, source

    @property
    def today(self) -> datetime.date:
        return self._desk.names.today

    @property
    def district(self) -> str:
        return self._desk.names.district

    @property
    def plan(self) -> Plan:
        return self._desk.names.plan

    def find(self, form: str, text: str) -> list[str]:
        return self._desk.names.find(form, text)

    def units(self) -> Sequence[str]:
        return self._desk.names.units()

    def label(self, form: str, record: str) -> str | None:
        then = self._source.record(form, record) if form in self._desk.forms else None
        if then is None:
            return self._desk.names.label(form, record)
        definition = self._desk.forms[form]
        parts = [definition.field(name).type.printed(then.get(name), self) for name in definition.label]
        return " · ".join(filter(None, parts)) or self._desk.names.label(form, record)


class _Window:
    """The rows of the log of one form that lie in a period: after its beginning, not after its end.

    Either end is the place in the log where a period was closed, or, when it was not, the day of the calendar.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]], start: int | None, end: int | None, period: Period) -> None:
        self.fields: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        self._after: dict[tuple[str, str], Value] = {}
        first, last = period.first, period.last
        old: set[str] = set()
        seen: set[str] = set()
        for row in rows:
            key, day = (row["record"], row["field"]), str(row["at"])[:10]
            if row["seq"] <= start if start is not None else day < first.isoformat():
                old.add(row["record"])
            elif row["seq"] <= end if end is not None else day <= last.isoformat():
                self.fields.setdefault(key, []).append(row)
                seen.add(row["record"])
            else:
                self._after.setdefault(key, row["old"])
        self.made = seen - old

    def value_at_end(self, now: Mapping[str, Value], record: str, field: str) -> Value:
        """What stood there at the end: a value that waits in a conflict was never shown, so the row alone lies."""
        key = (record, field)
        return self._after[key] if key in self._after else now.get(field)


def closed_at(desk: Desk, period: Period | None) -> int | None:
    """Where in the log the period, or one it lies in, was closed; None while it is open."""
    over = closing_over(desk, period) if period is not None else None
    if over is None:
        return None
    rows = desk.store.journal.of_record(record_id(desk.district, CLOSING, [over.key]))
    return max((int(row["seq"]) for row in rows if row["field"] == "closed" and row["new"]), default=None)


def _known(rows: Iterable[Mapping[str, Any]], cut: int) -> set[str]:
    """Records that were here and not deleted at that place of the log."""
    alive: dict[str, bool] = {}
    for row in rows:
        if int(row["seq"]) <= cut:
            alive.setdefault(row["record"], True)
            if row["field"] == DELETED:
                alive[row["record"]] = row["new"] is None
    return {record for record, is_alive in alive.items() if is_alive}
