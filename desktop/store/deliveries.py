"""What left for the city, and what it answered."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class Delivery:
    """One handing over: `way` signed (a file on a stick) or scan (盖章扫描件, kept as an attachment)."""

    submission: str
    way: str
    file: str
    sha256: str
    at: str
    who: str


@dataclass(frozen=True)
class Receipt:
    """The city's answer to a submission. `answered` is the city's moment, `message` the signed bytes."""

    sha256: str
    submission: str
    verdict: str
    reasons: tuple[str, ...]
    office: str
    signer: str
    answered: str
    read: str
    who: str
    message: bytes


class Deliveries:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, delivery: Delivery) -> None:
        self._database.conn.execute(
            "INSERT INTO delivery (submission, way, file, sha256, at, who) VALUES (?,?,?,?,?,?)",
            (delivery.submission, delivery.way, delivery.file, delivery.sha256, delivery.at, delivery.who),
        )

    def of(self, submission: str) -> list[Delivery]:
        """Handings over of a submission, oldest first."""
        query = "SELECT * FROM delivery WHERE submission = ? ORDER BY at, rowid"
        return [Delivery(**dict(row)) for row in self._database.conn.execute(query, (submission,))]

    def add_receipt(self, receipt: Receipt) -> None:
        values = {**receipt.__dict__, "reasons": json.dumps(receipt.reasons, ensure_ascii=False)}
        marks = ",".join("?" * len(values))
        columns = ", ".join(values)
        self._database.conn.execute(f"INSERT INTO receipt ({columns}) VALUES ({marks})", list(values.values()))

    def receipts(self, submission: str) -> list[Receipt]:
        """Answers to a submission in the order the city gave them."""
        query = "SELECT * FROM receipt WHERE submission = ? ORDER BY answered, rowid"
        rows = self._database.conn.execute(query, (submission,))
        return [Receipt(**{**dict(row), "reasons": tuple(json.loads(row["reasons"]))}) for row in rows]
