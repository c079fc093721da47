"""The log: append-only, one head row per action, one row per changed field, chained by HMAC."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from desktop.model.fields.base import Value
from desktop.model.registers import Stamp

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: 100,000 rows are sealed

COLUMNS = "seq, action, kind, form, record, field, old, new, who, at, why, replica, counter"


@dataclass(frozen=True)
class Change:
    """One changed field, as the log keeps it."""

    form: str
    record: str
    field: str
    old: Value
    new: Value
    who: str
    at: str
    why: str
    stamp: Stamp


class Journal:
    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    def _last(self) -> tuple[int, bytes]:
        row = self._database.conn.execute("SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (0, b"")

    def _mac(self, former: bytes, row: tuple[Any, ...]) -> bytes:
        return hmac.digest(self._key, former + _text(row).encode(), "sha256")

    def append(self, kind: str, who: str, at: str, why: str, form: str, record: str, changes: list[Change]) -> int:
        """Write one action with its changes inside the caller's transaction. Returns the action's number."""
        seq, former = self._last()
        action = seq + 1
        rows: list[tuple[Any, ...]] = [(action, action, kind, form, record, None, None, None, who, at, why, None, None)]
        for place, change in enumerate(changes, start=1):
            rows.append(
                (action + place, action, "field", change.form, change.record, change.field, change.old, change.new,
                 change.who, change.at, change.why, change.stamp.replica, change.stamp.counter)
            )  # fmt: skip
        sealed = []
        for row in rows:
            former = self._mac(former, row)
            sealed.append((*row, former))
        self._database.conn.executemany(f"INSERT INTO log ({COLUMNS}, mac) VALUES ({','.join('?' * 14)})", sealed)
        return action

    def head(self) -> str:
        """Hex of the newest mac: goes into every package and every signed PDF."""
        return self._last()[1].hex()

    def position(self) -> int:
        """Number of the newest row."""
        return self._last()[0]

    def first_actions(self, form: str) -> dict[str, int]:
        """The action that first wrote each record of a form here."""
        query = "SELECT record, min(action) FROM log WHERE form = ? AND kind = 'field' GROUP BY record"
        return dict(self._database.conn.execute(query, (form,)).fetchall())

    def verify(self) -> int | None:
        """The first row whose mac does not follow from the row before; None when the whole chain holds."""
        former = b""
        last = 0
        for row in self._database.conn.execute(f"SELECT {COLUMNS}, mac FROM log ORDER BY seq"):
            values = tuple(row)
            expected = self._mac(former, values[:-1])
            if values[0] != last + 1 or not hmac.compare_digest(expected, values[-1]):
                return int(values[0])
            former, last = values[-1], values[0]
        return None

    def of_record(self, record: str) -> list[dict[str, Any]]:
        """All changes of one record, oldest first."""
        query = f"SELECT {COLUMNS} FROM log WHERE record = ? AND field IS NOT NULL ORDER BY seq"
        return [dict(row) for row in self._database.conn.execute(query, (record,))]

    def of_records(self, records: Sequence[str]) -> list[dict[str, Any]]:
        """All changes of these records, oldest first."""
        rows: list[dict[str, Any]] = []
        for start in range(0, len(records), 500):
            chunk = list(records[start : start + 500])
            marks = ",".join("?" * len(chunk))
            query = f"SELECT {COLUMNS} FROM log WHERE record IN ({marks}) AND field IS NOT NULL"
            rows += [dict(row) for row in self._database.conn.execute(query, chunk)]
        return sorted(rows, key=lambda row: int(row["seq"]))

    def since(self, seq: int, forms: Sequence[str]) -> list[dict[str, Any]]:
        """All changes of records of these forms after a row of the log, oldest first."""
        marks = ",".join("?" * len(forms))
        query = f"SELECT {COLUMNS} FROM log WHERE seq > ? AND field IS NOT NULL AND form IN ({marks}) ORDER BY seq"
        return [dict(row) for row in self._database.conn.execute(query, [seq, *forms])]

    def changed_since(self, seq: int) -> list[dict[str, Any]]:
        """(form, record, who, changes) of what changed after a row of the log, set-ups left out; newest first."""
        query = """
            SELECT row.form, row.record, row.who, count(*) AS changes, max(row.seq) AS last
            FROM log AS row JOIN log AS head ON head.seq = row.action
            WHERE row.seq > ? AND row.field IS NOT NULL AND head.kind <> 'setup'
            GROUP BY row.form, row.record, row.who ORDER BY last DESC"""
        return [dict(row) for row in self._database.conn.execute(query, (seq,))]

    def of_action(self, action: int) -> list[dict[str, Any]]:
        query = f"SELECT {COLUMNS} FROM log WHERE action = ? ORDER BY seq"
        return [dict(row) for row in self._database.conn.execute(query, (action,))]

    def actions(self, limit: int = 50, since: str = "") -> list[dict[str, Any]]:
        """The newest actions, newest first, each with its number of changed fields (`changes`) and records."""
        query = """
            SELECT head.seq AS action, head.kind, head.form, head.record, head.who, head.at, head.why,
                   count(row.field) AS changes, count(DISTINCT row.record) AS records
            FROM log AS head LEFT JOIN log AS row ON row.action = head.seq AND row.field IS NOT NULL
            WHERE head.seq = head.action AND head.field IS NULL AND head.at >= ?
            GROUP BY head.seq ORDER BY head.seq DESC LIMIT ?"""
        return [dict(row) for row in self._database.conn.execute(query, (since, limit))]
