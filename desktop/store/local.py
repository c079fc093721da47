"""What stays in this file and never travels: drafts, settings, peers, packages kept, attachments' bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class Peer:
    """A replica whose packages are accepted; `public_key` is hex."""

    replica: str
    name: str
    public_key: str
    accepted: str
    accepted_by: str


class Local:
    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, who: str, form: str, record: str) -> dict[str, str] | None:
        """What was typed and not saved: field -> text as typed."""
        query = "SELECT typed FROM draft WHERE who = ? AND form = ? AND record = ?"
        row = self._database.conn.execute(query, (who, form, record)).fetchone()
        return json.loads(row[0]) if row else None

    def drafts(self, who: str) -> list[tuple[str, str, str]]:
        """(form, record, when) of all unfinished entries of a person."""
        query = "SELECT form, record, at FROM draft WHERE who = ? ORDER BY at"
        return [(row[0], row[1], row[2]) for row in self._database.conn.execute(query, (who,))]

    def keep_draft(self, who: str, form: str, record: str, typed: dict[str, str], at: str) -> None:
        self._database.conn.execute(
            "INSERT OR REPLACE INTO draft (who, form, record, typed, at) VALUES (?,?,?,?,?)",
            (who, form, record, json.dumps(typed, ensure_ascii=False), at),
        )

    def drop_draft(self, who: str, form: str, record: str) -> None:
        self._database.conn.execute("DELETE FROM draft WHERE who = ? AND form = ? AND record = ?", (who, form, record))

    def setting(self, who: str, name: str, default: str = "") -> str:
        row = self._database.conn.execute(
            "SELECT value FROM setting WHERE who = ? AND name = ?", (who, name)
        ).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, who: str, name: str, value: str) -> None:
        self._database.conn.execute(
            "INSERT OR REPLACE INTO setting (who, name, value) VALUES (?,?,?)", (who, name, value)
        )

    def peer(self, replica: str) -> Peer | None:
        row = self._database.conn.execute("SELECT * FROM peer WHERE replica = ?", (replica,)).fetchone()
        return Peer(**dict(row)) if row else None

    def peers(self) -> list[Peer]:
        return [Peer(**dict(row)) for row in self._database.conn.execute("SELECT * FROM peer ORDER BY accepted")]

    def accept_peer(self, peer: Peer) -> None:
        self._database.conn.execute(
            "INSERT OR REPLACE INTO peer (replica, name, public_key, accepted, accepted_by) VALUES (?,?,?,?,?)",
            (peer.replica, peer.name, peer.public_key, peer.accepted, peer.accepted_by),
        )

    def note_package(
        self, id: str, direction: str, peer: str, file: str, sha256: str, records: int, at: str, who: str,
        replica: str = "", counter: int = 0, action: int = 0,
    ) -> None:  # fmt: skip
        self._database.conn.execute(
            "INSERT INTO package (id, direction, peer, file, sha256, records, at, who, replica, counter,"
            " action) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (id, direction, peer, file, sha256, records, at, who, replica, counter, action),
        )

    def packages(self, limit: int = 50) -> list[dict[str, object]]:
        rows = self._database.conn.execute("SELECT * FROM package ORDER BY at DESC, rowid DESC LIMIT ?", (limit,))
        return [dict(row) for row in rows]

    def revoke_peer(self, replica: str) -> None:
        self._database.conn.execute("DELETE FROM peer WHERE replica = ?", (replica,))

    def keep_attachment(self, name: str, data: bytes, at: str) -> str:
        """Keep a file's bytes; returns its SHA-256 as hex."""
        digest = hashlib.sha256(data).hexdigest()
        self._database.conn.execute(
            "INSERT OR IGNORE INTO attachment (digest, name, bytes, at) VALUES (?,?,?,?)", (digest, name, data, at)
        )
        return digest

    def attachment(self, digest: str) -> bytes | None:
        row = self._database.conn.execute("SELECT bytes FROM attachment WHERE digest = ?", (digest,)).fetchone()
        return bytes(row[0]) if row else None
