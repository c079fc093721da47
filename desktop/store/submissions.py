"""Submissions as rows: each moves on through its states and is never replaced."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, kw_only=True)
class Line:
    """A submission as a list shows it, without its data, workbook and pages."""

    id: str
    form: str
    record: str | None
    unit: str
    period: str
    sequence: int
    state: str
    data_digest: str
    prepared: str
    prepared_by: str
    reviewed_by: str | None = None
    issued: str | None = None
    document_number: str | None = None


_LINE = ", ".join(each.name for each in fields(Line))


@dataclass(frozen=True, kw_only=True)
class Submission(Line):
    """One submission. `data` is the frozen canonical JSON, `issuance` the second one made at issuing.

    `position` is the last row of the log whose changes the data hold; `seal` the PNG drawn in the stamp.
    """

    data: bytes
    previous: str | None
    position: int
    findings: list[dict[str, Any]]
    reviewed: str | None = None
    issued_by: str | None = None
    issuance: bytes | None = None
    issue_digest: str | None = None
    seal: bytes | None = None
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

    def lines(self) -> list[Line]:
        """All submissions, newest period first, without what makes them large."""
        rows = self._database.conn.execute(f"SELECT {_LINE} FROM submission ORDER BY period DESC, prepared DESC, rowid")
        return [Line(**dict(row)) for row in rows]

    def last(self, form: str, record: str | None, unit: str, period: str) -> Submission | None:
        """The newest submission of the same form, record, unit and period."""
        return self._newest("period = ?", "sequence DESC", (form, record, unit, period))

    def chain_end(self, form: str, record: str | None, unit: str) -> Submission | None:
        """The newest submission of the form, record and unit, of any period, that was signed or sealed on paper."""
        gone = "state IN ('signed', 'delivered', 'accepted', 'returned')"
        return self._newest(gone, "coalesce(signed, issued) DESC, rowid DESC", (form, record, unit))

    def before(self, form: str, record: str | None, unit: str, period: str) -> Submission | None:
        """What was last handed in of an earlier period."""
        gone = "period < ? AND state IN ('signed', 'delivered', 'accepted', 'returned')"
        return self._newest(gone, "period DESC, sequence DESC", (form, record, unit, period))

    def handed_in(self, form: str, record: str | None, unit: str, period: str) -> Submission | None:
        """The newest edition of the period that was signed or sealed on paper."""
        gone = "period = ? AND state IN ('signed', 'delivered', 'accepted', 'returned')"
        return self._newest(gone, "sequence DESC", (form, record, unit, period))

    def position(self) -> int:
        """The last row of the log."""
        return int(self._database.conn.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0])

    def changed_after(self, position: int, records: list[str]) -> int:
        """How many different fields of these records have rows in the log after a position."""
        count = 0
        for start in range(0, len(records), 500):
            part = records[start : start + 500]
            query = (
                "SELECT count(*) FROM (SELECT DISTINCT record, field FROM log WHERE seq > ? AND field IS NOT NULL "
                f"AND record IN ({','.join('?' * len(part))}))"
            )
            count += int(self._database.conn.execute(query, [position, *part]).fetchone()[0])
        return count

    def beside(self, form: str, period: str) -> list[Submission]:
        """The newest edition of every other form of the period about the whole district that was issued or went out."""
        query = (
            "SELECT * FROM submission AS one WHERE period = ? AND form <> ? AND unit = '' AND record IS NULL "
            "AND state IN ('issued', 'signed', 'delivered', 'accepted') AND sequence = (SELECT max(sequence) "
            "FROM submission AS other WHERE other.form = one.form AND other.period = one.period AND other.unit = '' "
            "AND other.record IS NULL AND other.state IN ('issued', 'signed', 'delivered', 'accepted'))"
        )
        return [self._read(row) for row in self._database.conn.execute(query, (period, form))]

    def _newest(self, condition: str, order: str, values: tuple[str | None, ...]) -> Submission | None:
        query = f"SELECT * FROM submission WHERE form = ? AND record IS ? AND unit = ? AND {condition} "
        row = self._database.conn.execute(f"{query} ORDER BY {order} LIMIT 1", values).fetchone()
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
