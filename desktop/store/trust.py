"""Trusted roots, registers and revocation lists as rows. Nothing is taken out again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class TrustFile:
    """One kept file. `root` is the SHA-256 of the root certificate it comes from (of a root: its own)."""

    sha256: str
    kind: str
    practice: bool
    root: str
    number: int
    name: str
    bytes: bytes
    at: str
    who: str


class TrustFiles:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, file: TrustFile) -> bool:
        """Keep a file; False when it was here already."""
        done = self._database.conn.execute(
            "INSERT OR IGNORE INTO trust (sha256, kind, practice, root, number, name, bytes, at, who)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (file.sha256, file.kind, int(file.practice), file.root, file.number, file.name, file.bytes, file.at,
             file.who),
        )  # fmt: skip
        return bool(done.rowcount == 1)

    def of(self, kind: str, practice: bool | None = None) -> list[TrustFile]:
        """The files of a kind in the order they came."""
        query, values = "SELECT * FROM trust WHERE kind = ?", [kind]
        rows = self._database.conn.execute(f"{query} ORDER BY at, rowid", values)
        found = [TrustFile(**{**dict(row), "practice": bool(row["practice"])}) for row in rows]
        return [each for each in found if practice is None or each.practice == practice]

    def highest(self, kind: str, root: str) -> int:
        """The highest number of a root's registers or lists ever seen; 0 when there was none."""
        query = "SELECT coalesce(max(number), 0) FROM trust WHERE kind = ? AND root = ?"
        return int(self._database.conn.execute(query, (kind, root)).fetchone()[0])
