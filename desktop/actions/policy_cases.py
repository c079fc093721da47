"""Cases for the policies: a record with its enterprise, projects, sites, the period applied for and the LPR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from desktop.actions.desk import Desk
from desktop.actions.policy_use import Use, uses
from desktop.actions.records import Values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.policies import Rules
from desktop.model.policies.gathering import Case

FORMS = ("project", "enterprise", "site")
OWNER = {"project": "enterprise", "site": "operator"}
Row = dict[str, object]


def newest_lpr(desk: Desk, on: date) -> tuple[str, str] | None:
    """(percent as decimal text, day it was published): the office's newest one-year LPR not later than the date."""
    ids, _ = desk.store.records.ids("lpr")
    held = desk.store.records.values("lpr", ids).values()
    known = [(str(each["published"]), str(each["one_year"])) for each in held]
    newest = max((pair for pair in known if pair[0] <= on.isoformat()), default=None)
    return (newest[1], newest[0]) if newest else None


class Cases:
    """The records around one period and day. `all_at_once` reads each register once, for a whole list of cases."""

    def __init__(self, desk: Desk, rules: Rules, on: date, period: str = "", *, all_at_once: bool = False) -> None:
        self._desk, self._rules, self.on = desk, rules, on
        span = Period.parse(period) if period else Period.of(on, "year")
        self.period = (span.first, span.last)
        self._whole = all_at_once
        self._registers: dict[str, dict[str, Values]] = {}

    @cached_property
    def rate(self) -> str | None:
        found = newest_lpr(self._desk, self.on)
        return found[0] if found else None

    @cached_property
    def _uses(self) -> list[Use]:
        return uses(self._desk, self._rules, self.rate)

    @cached_property
    def _owned(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for form, field in OWNER.items():
            for record, values in self.register(form).items():
                found.setdefault((form, str(values.get(field))), []).append({**values, "id": record})
        return found

    def register(self, form: str) -> dict[str, Values]:
        """All records of a form by id, in the order they were made."""
        if form not in self._registers:
            ids, _ = self._desk.store.records.ids(form)
            held = self._desk.store.records.values(form, ids)
            self._registers[form] = {record: held[record] for record in ids}
        return self._registers[form]

    def _held(self, form: str, record: str) -> Values:
        if self._whole:
            return self.register(form).get(record, {})
        return self._desk.store.records.values(form, [record]).get(record, {})

    def _below(self, form: str, owner: str) -> list[Row]:
        if self._whole:
            return self._owned.get((form, owner), [])
        ids, _ = self._desk.store.records.ids(form, where={OWNER[form]: owner})
        held = self._desk.store.records.values(form, ids)
        return [{**held[record], "id": record} for record in ids]

    def case(self, form: str, record: str, changed: Mapping[str, Value] | None = None) -> Case:
        """`record` may be "" for a new one; `changed` are values not saved yet. Every row carries its `id`."""
        if form not in FORMS:
            raise Refused(f"政策只对项目、企业和回收网点匹配，“{form}”不能匹配")
        if record and self._desk.store.records.form_of(record) != form:
            raise Refused(f"没有这条{self._desk.form(form).noun}：{record}。请用 list 查到它的 id")
        own: Row = {**(self._held(form, record) if record else {}), **(changed or {}), "id": record}
        if form == "enterprise":
            projects, sites = ([] if not record else self._below(each, record) for each in OWNER)
            return Case(form, own, own, projects, sites, self.period, self.rate)
        owner = str(own.get(OWNER[form]) or "")
        above: Row | None = {**self._held("enterprise", owner), "id": owner} if owner else None
        one = ([own], []) if form == "project" else ([], [own])
        return Case(form, own, above, *one, self.period, self.rate)

    def already(self, case: Case) -> dict[str, dict[str, object]]:
        """What other claims of the enterprise in the period used of each cap: rule name -> cap name -> 元.

        Claims that name a record of this case are left out: they ask for the same money.
        """
        owner = enterprise_of(case)
        asked = {str(row.get("id")) for row in (*case.projects, *case.sites)}
        used: dict[str, dict[str, object]] = {}
        for use in self._uses if owner else ():
            overlaps = use.period.first <= self.period[1] and self.period[0] <= use.period.last
            if use.enterprise == owner and overlaps and not asked & set(use.records):
                into = used.setdefault(use.rule, {})
                for cap, amount in use.caps.items():
                    into[cap] = Decimal(str(into.get(cap, 0))) + amount
        return used


def enterprise_of(case: Case) -> str:
    """Id of the enterprise whose caps count, or ""."""
    return str((case.enterprise or {}).get("id") or "")
