"""What was handed out to units and what they gave back. Local: it never travels."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from sqlite_utils import Database


@dataclass(frozen=True)
class HandOutRow:
    """One workbook handed out; `progress` and `measures` are the rows it asked for."""

    package: str
    unit: str
    period: str
    due: str
    file: str
    progress: int
    measures: int
    at: str
    who: str


@dataclass(frozen=True)
class ReturnedRow:
    """One workbook given back: `received` is the day it came (ISO), `action` the entry of the log that wrote
    it (None when it held nothing new)."""

    package: str
    unit: str
    period: str
    received: str
    file: str
    sha256: str
    taken: int
    refused: int
    action: int | None
    at: str
    who: str


class Rounds:
    def __init__(self, database: Database) -> None:
        self._database = database

    def note_hand_out(self, row: HandOutRow) -> None:
        self._insert("hand_out", row)

    def note_returned(self, row: ReturnedRow) -> None:
        self._insert("returned", row)

    def _insert(self, table: str, row: HandOutRow | ReturnedRow) -> None:
        names = [each.name for each in fields(row)]
        marks = ",".join("?" * len(names))
        self._database.conn.execute(f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})", astuple(row))

    def hand_outs(self, period: str = "") -> list[HandOutRow]:
        """Of a period, or all; oldest first."""
        rows = self._database.conn.execute(
            "SELECT * FROM hand_out WHERE period = ? OR ? = '' ORDER BY at, rowid", (period, period)
        )
        return [HandOutRow(**dict(row)) for row in rows]

    def returned(self, period: str = "") -> list[ReturnedRow]:
        """Of a period, or all; oldest first."""
        rows = self._database.conn.execute(
            "SELECT * FROM returned WHERE period = ? OR ? = '' ORDER BY at, rowid", (period, period)
        )
        return [ReturnedRow(**dict(row)) for row in rows]

    def read_before(self, sha256: str) -> str:
        """When this very file was imported before (ISO), "" if never."""
        query = "SELECT max(at) FROM package WHERE direction = 'in' AND sha256 = ?"
        row = self._database.conn.execute(query, (sha256,)).fetchone()
        return str(row[0] or "")
