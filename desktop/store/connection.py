"""Opening the encrypted file: the key, the pragmas, the schema and the steps to it."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from desktop.model import places
from desktop.model.errors import MachineFault
from desktop.store.faults import told

APPLICATION_ID = 1380217675


def schema_version() -> int:
    """The version that db/schema.sql makes."""
    found = re.search(r"user_version = (\d+)", _schema())
    assert found
    return int(found[1])


def _schema() -> str:
    return (places.schema() / "schema.sql").read_text(encoding="utf-8")


def _connect(path: Path, key: bytes) -> Database:
    connection = dbapi2.connect(str(path), timeout=5, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # a damaged file is told once, as a sentence
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.row_factory = dbapi2.Row
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "busy_timeout = 5000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection, execute_plugins=False)


def create(path: Path, key: bytes) -> Database:
    """A new file with the whole schema."""
    if path.exists():
        raise MachineFault(f"{path.name} 已经存在，没有覆盖。请换一个空文件夹")
    with told("新建数据文件"):
        database = _connect(path, key)
        database.conn.execute("PRAGMA journal_mode = WAL")
        database.conn.execute("PRAGMA synchronous = FULL")
        database.conn.executescript(_schema())
    return database


def open_existing(path: Path, key: bytes, before_migration: Any = None) -> Database:
    """The file, brought to the present schema. `before_migration(database)` is called first when steps are due.

    Raises MachineFault for a file that is missing, foreign, damaged, or of a newer program.
    """
    if not path.exists():
        raise MachineFault(f"{path.name} 不见了。请核对数据文件夹，或从备份恢复")
    with told("打开数据文件"):
        database = _connect(path, key)
        try:
            application = database.conn.execute("PRAGMA application_id").fetchone()[0]
        except dbapi2.DatabaseError as error:
            database.conn.close()
            raise MachineFault("数据文件打不开：文件已损坏，或与 keys.json 不是一对。请从备份恢复") from error
        if application != APPLICATION_ID:
            database.conn.close()
            raise MachineFault(f"{path.name} 不是两新工作台的数据文件，没有打开")
        database.conn.execute("PRAGMA journal_mode = WAL")
        database.conn.execute("PRAGMA synchronous = FULL")
        _migrate(database, before_migration)
    return database


def migrations() -> dict[int, Path]:
    """The steps in db/migrations/, by the version they lead to: 0002-what.sql leads to 2."""
    found = {}
    for path in (places.schema() / "migrations").glob("*.sql"):
        found[int(path.name.split("-")[0])] = path
    return dict(sorted(found.items()))


def _migrate(database: Database, before_migration: Any) -> None:
    here = database.conn.execute("PRAGMA user_version").fetchone()[0]
    steps = migrations()
    newest = max([schema_version(), *steps])
    if here > newest:
        database.conn.close()
        raise MachineFault("这份数据由更新版本的程序写成。请先把本机的程序升级，再打开")
    due = [(version, path) for version, path in steps.items() if version > here]
    if not due:
        return
    if before_migration is not None:
        before_migration(database)
    for version, path in due:
        with database.atomic():
            for statement in _statements(path.read_text(encoding="utf-8")):
                database.conn.execute(statement)
            database.conn.execute(f"PRAGMA user_version = {version}")


def _statements(script: str) -> list[str]:
    """Complete statements of a script; a script run as a whole would commit half-way."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if dbapi2.complete_statement(current):
            statements.append(current)
            current = ""
    return [statement for statement in statements if statement.strip()]


def close(database: Database) -> None:
    with contextlib.suppress(dbapi2.Error):
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.conn.close()
