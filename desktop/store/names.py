"""Names for ids and ids for names, out of the database."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlite_utils import Database

from desktop.model.plan import Plan, load_plan


class RecordNames:
    """`model.fields.Names` over the records of this file. Read once per form; `forget` after a change."""

    def __init__(
        self, database: Database, district: str, today: Callable[[], datetime.date], plan: Callable[[], Plan] = load_plan
    ) -> None:
        self._database = database
        self.district = district
        self._today = today
        self._plan = plan
        self._labels: dict[str, dict[str, str]] = {}
        self._found: dict[str, dict[str, list[str]]] = {}
        self._units: list[str] | None = None

    @property
    def today(self) -> datetime.date:
        return self._today()

    @property
    def plan(self) -> Plan:
        return self._plan()

    def forget(self) -> None:
        self._labels.clear()
        self._found.clear()
        self._units = None

    def _of(self, form: str) -> dict[str, str]:
        if form not in self._labels:
            rows = self._database.conn.execute(
                "SELECT id, label FROM record WHERE form = ? AND life <> 'deleted'", (form,)
            )
            self._labels[form] = {row[0]: row[1] for row in rows}
        return self._labels[form]

    def label(self, form: str, record: str) -> str | None:
        return self._of(form).get(record)

    def find(self, form: str, text: str) -> list[str]:
        if form not in self._found:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for record, label in self._of(form).items():
                found[label].append(record)
            if form == "enterprise":
                for record, code in self._database.conn.execute(
                    "SELECT id, uscc FROM enterprise WHERE uscc IS NOT NULL"
                ):
                    if record in self._of(form):
                        found[code].append(record)
            self._found[form] = found
        return sorted(set(self._found[form].get(text, [])))

    def units(self) -> Sequence[str]:
        if self._units is None:
            rows = self._database.conn.execute(
                "SELECT DISTINCT unit.name FROM unit JOIN record ON record.id = unit.id"
                " WHERE record.life <> 'deleted' AND unit.name IS NOT NULL ORDER BY unit.rowid"
            )
            self._units = [row[0] for row in rows]
            rows = self._database.conn.execute(
                "SELECT township.name FROM township JOIN record ON record.id = township.id"
                " WHERE record.life <> 'deleted' AND township.name IS NOT NULL ORDER BY township.code"
            )
            self._units += [row[0] for row in rows if row[0] not in self._units]
        return self._units
