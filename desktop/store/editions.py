"""Editions of the plan that were read here, and which one is in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from desktop.model.plan import Plan, load_plan, parse_plan

IN_FORCE = "edition"  # key of `meta`


@dataclass(frozen=True)
class KeptEdition:
    """One edition read after the program's own. `action` is the entry of the log that changed the records for it."""

    digest: str
    previous: str
    plan: Plan
    file: str
    action: int
    at: str
    who: str


class Editions:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[str, Plan] = {}

    def digest(self) -> str:
        """The edition that `meta` names."""
        row = self._database.conn.execute("SELECT value FROM meta WHERE key = ?", (IN_FORCE,)).fetchone()
        return str(row[0]) if row else ""

    def plan(self) -> Plan:
        """The edition in force: one that was read here, else the program's own."""
        digest = self.digest()
        if digest not in self._read:
            row = self._database.conn.execute("SELECT plan FROM plan_edition WHERE digest = ?", (digest,)).fetchone()
            self._read[digest] = parse_plan(row[0]) if row else load_plan()
        return self._read[digest]

    def all(self) -> list[KeptEdition]:
        """Every edition that was read here, oldest first."""
        rows = self._database.conn.execute(
            "SELECT digest, previous, plan, file, action, at, who FROM plan_edition ORDER BY action, at"
        )
        return [KeptEdition(row[0], row[1], parse_plan(row[2]), *tuple(row)[3:]) for row in rows]

    def keep(self, digest: str, previous: str, plan: str, file: str, action: int, at: str, who: str) -> None:
        """Keep an edition as JSON text and put it in force. Only inside `Store.writing`."""
        self._database.conn.execute(
            "INSERT OR REPLACE INTO plan_edition (digest, previous, plan, file, action, at, who)"
            " VALUES (?,?,?,?,?,?,?)",
            (digest, previous, plan, file, action, at, who),
        )
        self.put_in_force(digest)

    def put_in_force(self, digest: str) -> None:
        """Only inside `Store.writing`."""
        self._database.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (IN_FORCE, digest))

    def drop(self, digest: str) -> None:
        """Forget an edition that is no longer in force. Only inside `Store.writing`."""
        self._database.conn.execute("DELETE FROM plan_edition WHERE digest = ?", (digest,))
