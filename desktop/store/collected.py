"""What the city collected from its districts, and every file that it checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Collected:
    """One edition of one district. `carried` is the canonical JSON of the file; `state` current or superseded."""

    data_digest: str
    district: str
    district_name: str
    form: str
    about: str
    unit: str
    period: str
    sequence: int
    previous: str | None
    state: str
    carried: bytes
    file: str
    sha256: str
    signer: str
    office: str
    signed: str
    pages: str
    collected: str
    collected_by: str
    verdict: str | None = None
    reasons: tuple[str, ...] = ()
    answered: str | None = None
    answered_by: str | None = None

    @property
    def subject(self) -> tuple[str, str, str, str, str]:
        """What the editions of one submission share."""
        return self.district, self.form, self.about, self.unit, self.period


@dataclass(frozen=True)
class CheckedFile:
    """One file as it was checked; district, form and period are what the file says of itself."""

    sha256: str
    file: str
    verdict: str
    outcome: str
    reasons: tuple[str, ...]
    district: str
    form: str
    period: str
    at: str
    who: str


class CollectedStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, edition: Collected) -> None:
        self._insert("collected", edition.__dict__)

    def note_file(self, file: CheckedFile) -> None:
        self._insert("checked_file", file.__dict__)

    def find(self, digest: str) -> Collected | None:
        return next(iter(self._read("data_digest = ?", (digest,))), None)

    def starting(self, digest: str) -> list[Collected]:
        """Editions whose digest begins so: what a person types from paper."""
        return self._read("substr(data_digest, 1, ?) = ?", (len(digest), digest))

    def all(self, period: str = "") -> list[Collected]:
        """Editions of a period (of all without one), by district, form and sequence."""
        return self._read("period = ?", (period,)) if period else self._read("1", ())

    def names(self) -> list[tuple[str, str]]:
        """Code and name of every district that ever sent something, as it named itself last."""
        rows = self._database.conn.execute("SELECT district, district_name FROM collected ORDER BY collected, rowid")
        return list({str(row[0]): str(row[1]) for row in rows}.items())

    def editions(self, subject: tuple[str, str, str, str, str]) -> list[Collected]:
        """All editions of one submission, oldest first."""
        return self._read("district = ? AND form = ? AND about = ? AND unit = ? AND period = ?", subject)

    def line(self, district: str, form: str, about: str, unit: str) -> list[Collected]:
        """What a district sent of a form (about one record, of one unit), in every period: the chain of digests."""
        return self._read("district = ? AND form = ? AND about = ? AND unit = ?", (district, form, about, unit))

    def supersede(self, digest: str) -> None:
        self._database.conn.execute("UPDATE collected SET state = 'superseded' WHERE data_digest = ?", (digest,))

    def answer(self, digest: str, verdict: str, reasons: list[str], at: str, who: str) -> None:
        self._database.conn.execute(
            "UPDATE collected SET verdict = ?, reasons = ?, answered = ?, answered_by = ? WHERE data_digest = ?",
            (verdict, json.dumps(reasons, ensure_ascii=False), at, who, digest),
        )

    def files(self, period: str = "") -> list[CheckedFile]:
        """Checked files, oldest first; with a period only those that name it."""
        rows = self._database.conn.execute(
            "SELECT * FROM checked_file WHERE ? IN ('', period) ORDER BY at, rowid", (period,)
        )
        return [CheckedFile(**{**dict(row), "reasons": tuple(json.loads(row["reasons"]))}) for row in rows]

    def _read(self, condition: str, values: tuple[object, ...]) -> list[Collected]:
        rows = self._database.conn.execute(
            f"SELECT * FROM collected WHERE {condition} ORDER BY district, form, about, unit, period, sequence", values
        )
        return [Collected(**{**dict(row), "reasons": tuple(json.loads(row["reasons"] or "[]"))}) for row in rows]

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        row = {
            name: json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
            for name, value in values.items()
        }
        marks = ",".join("?" * len(row))
        self._database.conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
