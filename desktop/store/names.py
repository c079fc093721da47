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
        self,
        database: Database,
        district: str,
        today: Callable[[], datetime.date],
        plan: Callable[[], Plan] = load_plan,
    ) -> None:
        self._database = database
        self.district = district
        self._today = today
        self._plan = plan
        self._labels: dict[str, dict[str, str]] = {}
        self._found: dict[str, dict[str, list[str]]] = {}
        self._roots: dict[str, str] = {}
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
        self._roots.clear()
        self._units = None

    def _of(self, form: str) -> dict[str, str]:
        if form not in self._labels:
            rows = self._database.conn.execute(
                "SELECT record.id, coalesce(root.label, record.label), record.root FROM record"
                " LEFT JOIN record AS root ON root.id = record.root"
                " WHERE record.form = ? AND coalesce(root.life, record.life) <> 'deleted'",
                (form,),
            ).fetchall()
            self._labels[form] = {row[0]: row[1] for row in rows}
            self._roots |= {row[0]: row[2] for row in rows if row[2]}
        return self._labels[form]

    def label(self, form: str, record: str) -> str | None:
        """The name of a record; of one merged into another that other's, which now stands for it."""
        return self._of(form).get(record)

    def find(self, form: str, text: str) -> list[str]:
        if form not in self._found:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for record, label in self._of(form).items():
                found[label].append(self._roots.get(record, record))
            self._old_names(form, found)
            if form == "enterprise":
                for record, code in self._database.conn.execute(
                    "SELECT id, uscc FROM enterprise WHERE uscc IS NOT NULL"
                ):
                    if record in self._of(form):
                        found[code].append(self._roots.get(record, record))
            self._found[form] = found
        return sorted(set(self._found[form].get(text, [])))

    def _old_names(self, form: str, found: defaultdict[str, list[str]]) -> None:
        """A merged record is still found by the name it had, unless a standing one has that name."""
        if not self._roots:
            return
        rows = self._database.conn.execute("SELECT id, label FROM record WHERE form = ? AND root IS NOT NULL", (form,))
        for record, label in rows.fetchall():
            if record in self._of(form) and not found.get(label):
                found[label].append(self._roots[record])

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
