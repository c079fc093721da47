"""Sealed papers that the city filed by the 数据校验码 at their foot, and what was answered to them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class Paper:
    """One edition on paper. `sha256` is that of its scan; `data_digest` 64 hex digits."""

    data_digest: str
    district: str
    district_name: str
    form: str
    period: str
    sequence: int
    file: str
    sha256: str
    at: str
    who: str
    verdict: str | None = None
    reasons: tuple[str, ...] = ()
    answered: str | None = None
    answered_by: str | None = None


class Papers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, paper: Paper) -> None:
        self._database.conn.execute(
            "INSERT INTO paper (data_digest, district, district_name, form, period, sequence, file, sha256, at, who) "
            "VALUES (?,?,?,?,?,?,?,?,?,?)",
            (paper.data_digest, paper.district, paper.district_name, paper.form, paper.period, paper.sequence,
             paper.file, paper.sha256, paper.at, paper.who),
        )  # fmt: skip

    def take_out(self, digest: str) -> None:
        self._database.conn.execute("DELETE FROM paper WHERE data_digest = ?", (digest,))

    def starting(self, digest: str) -> list[Paper]:
        """Papers whose 数据校验码 begins so."""
        return self._read("substr(data_digest, 1, ?) = ?", (len(digest), digest))

    def of(self, form: str, period: str) -> list[Paper]:
        """The papers of a form and period, by district and edition."""
        return self._read("form = ? AND period = ?", (form, period))

    def answer(self, digest: str, verdict: str, reasons: list[str], at: str, who: str) -> None:
        self._database.conn.execute(
            "UPDATE paper SET verdict = ?, reasons = ?, answered = ?, answered_by = ? WHERE data_digest = ?",
            (verdict, json.dumps(reasons, ensure_ascii=False), at, who, digest),
        )

    def _read(self, condition: str, values: tuple[object, ...]) -> list[Paper]:
        rows = self._database.conn.execute(
            f"SELECT * FROM paper WHERE {condition} ORDER BY district, sequence, at", values
        )
        return [Paper(**{**dict(row), "reasons": tuple(json.loads(row["reasons"] or "[]"))}) for row in rows]
