"""Submissions as rows: each moves on through its states and is never replaced."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Submission:
    """One submission. `data` is the frozen canonical JSON, `issuance` the second one made at issuing."""

    id: str
    form: str
    record: str | None
    period: str
    sequence: int
    state: str
    data: bytes
    data_digest: str
    previous: str | None
    findings: list[dict[str, Any]]
    prepared: str
    prepared_by: str
    reviewed: str | None = None
    reviewed_by: str | None = None
    issued: str | None = None
    issued_by: str | None = None
    document_number: str | None = None
    issuance: bytes | None = None
    issue_digest: str | None = None
    workbook: bytes | None = None
    signed: str | None = None
    signed_by: str | None = None
    pdf: bytes | None = None
    sha256: str | None = None


class Submissions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def _read(self, row: Any) -> Submission:
        values = dict(row)
        values["findings"] = json.loads(values["findings"])
        return Submission(**values)

    def find(self, id: str) -> Submission | None:
        row = self._database.conn.execute("SELECT * FROM submission WHERE id = ?", (id,)).fetchone()
        return self._read(row) if row else None

    def all(self) -> list[Submission]:
        rows = self._database.conn.execute("SELECT * FROM submission ORDER BY period DESC, prepared DESC")
        return [self._read(row) for row in rows]

    def last(self, form: str, record: str | None, period: str) -> Submission | None:
        """The newest submission of the same form, record and period."""
        query = "SELECT * FROM submission WHERE form = ? AND record IS ? AND period = ? ORDER BY sequence DESC LIMIT 1"
        row = self._database.conn.execute(query, (form, record, period)).fetchone()
        return self._read(row) if row else None

    def chain_end(self, form: str, record: str | None) -> Submission | None:
        """The newest submission of the form (and record), of any period, that was signed or sealed on paper."""
        query = "SELECT * FROM submission WHERE form = ? AND record IS ? "
        query += "AND state IN ('signed', 'delivered', 'accepted', 'returned') "
        query += "ORDER BY coalesce(signed, issued) DESC, rowid DESC LIMIT 1"
        row = self._database.conn.execute(query, (form, record)).fetchone()
        return self._read(row) if row else None

    def of_data(self, data_digest: str) -> Submission | None:
        """The submission with this 数据校验码."""
        row = self._database.conn.execute("SELECT * FROM submission WHERE data_digest = ?", (data_digest,)).fetchone()
        return self._read(row) if row else None

    def add(self, submission: Submission) -> None:
        values = dict(submission.__dict__)
        values["findings"] = json.dumps(values["findings"], ensure_ascii=False)
        columns = ", ".join(values)
        marks = ",".join("?" * len(values))
        self._database.conn.execute(f"INSERT INTO submission ({columns}) VALUES ({marks})", list(values.values()))

    def move(self, id: str, state: str, **values: object) -> None:
        """Set the state and the columns that belong to the step."""
        values = {"state": state, **values}
        sets = ", ".join(f"{name} = ?" for name in values)
        self._database.conn.execute(f"UPDATE submission SET {sets} WHERE id = ?", [*values.values(), id])
