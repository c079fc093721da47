"""Accounts: names and roles, inside the encrypted file."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

ROLES = {"enter": "经办", "review": "审核", "issue": "签发", "admin": "管理员"}


@dataclass(frozen=True)
class Account:
    name: str
    roles: tuple[str, ...]
    disabled: bool = False
    last_sign_in: str = ""

    @property
    def role_words(self) -> str:
        return "、".join(word for role, word in ROLES.items() if role in self.roles)


def add(database: Database, name: str, roles: tuple[str, ...], slot: str, at: str) -> None:
    database.conn.execute(
        "INSERT INTO account (name, roles, slot, created) VALUES (?, ?, ?, ?)", (name, json.dumps(roles), slot, at)
    )


def all_accounts(database: Database) -> list[Account]:
    rows = database.conn.execute("SELECT name, roles, disabled, last_sign_in FROM account ORDER BY created, name")
    return [Account(row[0], tuple(json.loads(row[1])), bool(row[2]), row[3] or "") for row in rows]


def find(database: Database, name: str) -> Account | None:
    return next((account for account in all_accounts(database) if account.name == name), None)


def signed_in(database: Database, name: str, at: str) -> None:
    database.conn.execute("UPDATE account SET last_sign_in = ? WHERE name = ?", (at, name))


def set_disabled(database: Database, name: str, disabled: bool) -> None:
    database.conn.execute("UPDATE account SET disabled = ? WHERE name = ?", (int(disabled), name))
