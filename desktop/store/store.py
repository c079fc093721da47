"""One data folder, open: the encrypted file with everything in it, and the only way to write it."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop.model import seal
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.fields.base import Value
from desktop.model.forms import Forms, load_forms
from desktop.model.registers import DELETED, MERGED, Record, Said, Stamp, shown
from desktop.store import accounts, connection
from desktop.store.accounts import Account
from desktop.store.collected import CollectedStore
from desktop.store.deliveries import Deliveries
from desktop.store.editions import Editions
from desktop.store.faults import told
from desktop.store.instance import InstanceLock
from desktop.store.journal import Change, Journal
from desktop.store.keys import RECOVERY, KeyFile, check_password, new_recovery_key, normal_recovery_key
from desktop.store.local import Local
from desktop.store.names import RecordNames
from desktop.store.papers import Papers
from desktop.store.records import Records
from desktop.store.replica import Mark, new_replica
from desktop.store.rounds import Rounds
from desktop.store.submissions import Submissions
from desktop.store.trust import TrustFiles

FILE = "desk.db"
KEYS = "keys.json"


def now() -> str:
    """The clock's time as ISO text with the office's offset (for people; order comes from stamps)."""
    fixed = os.environ.get("DESK_NOW")
    if fixed:
        return fixed
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).isoformat(timespec="seconds")


def today() -> datetime.date:
    return datetime.date.fromisoformat(now()[:10])


class Store:
    """An open data folder. One thread uses it at a time; `writing` is the only way to change it."""

    def __init__(self, folder: Path, database: Database, keys: KeyFile, key: bytes, lock: InstanceLock) -> None:
        self.folder = folder
        self.forms: Forms = load_forms()
        self._database = database
        self._keys = keys
        self._key = key
        self._lock = lock
        self._mark = Mark(folder)
        self.new_replica_taken = False
        self.journal = Journal(database, self._secret("log"))
        self.records = Records(database, self.forms)
        self.editions = Editions(database)
        self.names = RecordNames(database, self.meta("district"), today, self.editions.plan)
        self.local = Local(database)
        self.rounds = Rounds(database)
        self.submissions = Submissions(database)
        self.deliveries = Deliveries(database)
        self.trust = TrustFiles(database)
        self.collected = CollectedStore(database)
        self.papers = Papers(database)

    # -- opening and closing ------------------------------------------------------------------------------------

    @classmethod
    def create(cls, folder: Path, *, account: str, password: str, meta: Mapping[str, str]) -> tuple[Store, str]:
        """A new data folder whose first account has all roles. Returns the store and the recovery key.

        Raises Refused when the folder already holds data; nothing is left behind when anything fails.
        """
        check_password(password)
        if not account.strip():
            raise Refused("第一个账号还没有姓名，请填写")
        if account == RECOVERY:
            raise Refused(f"“{RECOVERY}”是恢复密钥用的名字，请给第一个账号另起一个")
        if (folder / FILE).exists() or (folder / KEYS).exists():
            raise Refused(f"文件夹“{folder.name}”里已经有数据，没有覆盖。请另选一个文件夹")
        with told("新建数据文件夹"):
            folder.mkdir(parents=True, exist_ok=True)
        lock = InstanceLock(folder)
        try:
            key = secrets.token_bytes(32)
            keys = KeyFile.new(folder / KEYS)
            slot = keys.add(account, password, key)
            recovery = new_recovery_key()
            keys.add(RECOVERY, normal_recovery_key(recovery), key)
            database = connection.create(folder / FILE, key)
            with told("新建数据文件"), database.atomic():
                private, _ = seal.new_key()
                database.conn.executemany(
                    "INSERT INTO secret (name, value) VALUES (?, ?)",
                    [("log", secrets.token_bytes(32)), ("exchange", private)],
                )
                held = {**meta, "replica": new_replica(), "counter": "0", "created": now()}
                database.conn.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", list(held.items()))
                accounts.add(database, account, tuple(accounts.ROLES), slot, now())
            keys.write()
        except BaseException:
            lock.release()
            for name in (FILE, KEYS, FILE + "-wal", FILE + "-shm"):
                (folder / name).unlink(missing_ok=True)
            raise
        store = cls(folder, database, keys, key, lock)
        store._mark.write(store.replica, 0)
        return store, recovery

    @classmethod
    def open(cls, folder: Path, account: str, password: str) -> Store:
        """Sign in. Raises Refused for a wrong name or password, MachineFault for a file that cannot be opened.

        The folder is locked before a password is tried: who waits for it writes nothing into keys.json.
        """
        if not (folder / FILE).exists() and not (folder / KEYS).exists():
            raise Refused(f"“{folder}”里没有两新工作台的数据。请先新建（init），或用 --data 指明文件夹")
        lock = InstanceLock(folder)
        try:
            return cls._open_locked(folder, account, password, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_locked(cls, folder: Path, account: str, password: str, lock: InstanceLock) -> Store:
        keys = KeyFile.read(folder / KEYS)
        recovering = account == RECOVERY
        key = keys.unlock(account, normal_recovery_key(password) if recovering else password)
        database = connection.open_existing(folder / FILE, key, lambda opened: _copy_before_migration(folder, opened))
        try:
            with told("登录"):
                store = cls(folder, database, keys, key, lock)
                if not recovering:
                    found = accounts.find(database, account)
                    if found is None or found.disabled:
                        raise Refused(f"账号“{account}”已停用，请找管理员")
                if not store._mark.matches(store.replica, store.counter):
                    store.take_new_replica()
                with database.atomic():
                    accounts.signed_in(database, account, now())
                    if recovering:
                        store.note("account", who=account, why="用恢复密钥登录")
        except BaseException:
            connection.close(database)
            raise
        return store

    def close(self) -> None:
        connection.close(self._database)
        self._lock.release()

    def destroy(self) -> None:
        """Close and remove a folder's files: only for one that was never finished."""
        self.close()
        for name in (FILE, KEYS, f"{FILE}-wal", f"{FILE}-shm"):
            (self.folder / name).unlink(missing_ok=True)

    def take_new_replica(self) -> None:
        """Restored, copied or put back by hand: from now on this file is another replica."""
        private, _ = seal.new_key()
        with self._database.atomic():
            self.set_meta("replica", new_replica())
            self.set_meta("counter", "0")
            self._database.conn.execute("UPDATE secret SET value = ? WHERE name = 'exchange'", (private,))
        self._mark.write(self.replica, 0)
        self.new_replica_taken = True

    # -- what this file is --------------------------------------------------------------------------------------

    def _secret(self, name: str) -> bytes:
        return bytes(self._database.conn.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()[0])

    def meta(self, key: str, default: str = "") -> str:
        row = self._database.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep a word about this file. Only inside `writing`."""
        self._database.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    @property
    def replica(self) -> str:
        return self.meta("replica")

    @property
    def counter(self) -> int:
        return int(self.meta("counter"))

    @property
    def exchange_key(self) -> bytes:
        """Private Ed25519 key that signs this replica's packages."""
        return self._secret("exchange")

    # -- accounts -----------------------------------------------------------------------------------------------

    def account(self, name: str) -> Account | None:
        return accounts.find(self._database, name)

    def accounts(self) -> list[Account]:
        return accounts.all_accounts(self._database)

    def add_account(self, name: str, roles: tuple[str, ...], password: str) -> None:
        """Only inside `writing`. The wrapped key is on disk first: without its row in the file it opens nothing."""
        check_password(password)
        slot = self._keys.add(name, password, self._key)
        self._keys.write()
        accounts.add(self._database, name, roles, slot, now())

    def set_password(self, name: str, password: str) -> None:
        """Not inside `writing`: keys.json alone decides which password opens. Raises Refused for the recovery key."""
        check_password(password)
        if name == RECOVERY:
            raise Refused("恢复密钥不能当密码改。请用自己的账号登录，或由管理员重设账号的密码")
        self._keys.add(name, password, self._key)
        self._keys.write()

    def disable_account(self, name: str, disabled: bool) -> None:
        accounts.set_disabled(self._database, name, disabled)

    # -- writing ------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """One transaction; faults come out as a sentence that begins with `what`."""
        try:
            with told(what), self._database.atomic():
                yield
        finally:
            self.names.forget()
            self.records.merged.forget()
        # What is written is written: without its mark the file takes a new replica at the next sign-in, and no more.
        with contextlib.suppress(OSError, MachineFault):
            self._mark.write(self.replica, self.counter)

    def next_stamp(self) -> Stamp:
        """A stamp never used before. Only inside `writing`."""
        counter = self.counter + 1
        self.set_meta("counter", str(counter))
        return Stamp(self.replica, counter)

    def save(
        self,
        kind: str,
        pairs: list[tuple[Record | None, Record]],
        *,
        who: str,
        why: str = "",
        form: str = "",
        record: str = "",
    ) -> int:
        """Write states with their changes as one action of the log. `pairs`: (before, after). Inside `writing`."""
        at = now()
        changes = []
        seen = self._seen_before([after for _, after in pairs])
        for before, after in pairs:
            changes += _changes(before, after, seen.get(after.id, {}), who, at, why)
        action = self.journal.append(kind, who, at, why, form, record, changes)
        states = [after for _, after in pairs]
        named = self.records.labels([state.id for state in states])
        self.records.save(states, self.names, who, at)
        renamed = _renamed(states, named, self.records.labels(named))
        if renamed:
            self.names.forget()
            self.records.reword_what_names(renamed, self.names)
        return action

    def _seen_before(self, states: list[Record]) -> dict[str, dict[str, Value]]:
        """Values in the typed columns before these states are written."""
        by_form: dict[str, list[str]] = {}
        for state in states:
            if state.form in self.forms:
                by_form.setdefault(state.form, []).append(state.id)
        return {record: row for form, ids in by_form.items() for record, row in self.records.stored(form, ids).items()}

    def put_back(self, states: dict[str, Record | None], *, who: str, why: str) -> int:
        """Registers and vectors as before an import; None: the record was not there. Only inside `writing`."""
        held = self.records.states(states)
        pairs = [(held.get(record), state) for record, state in states.items() if state is not None]
        action = self.save("undo", pairs, who=who, why=why)
        self.records.remove([record for record, state in states.items() if state is None])
        return action

    def before_import(self, action: int) -> dict[str, tuple[Record | None, dict[str, int]]]:
        """(state before, vector after) of the records an import changed, for those that were kept."""
        rows = self._database.conn.execute("SELECT record, state, after FROM before_import WHERE action = ?", (action,))
        return {row[0]: (state_of(row[0], json.loads(row[1])) if row[1] else None, json.loads(row[2])) for row in rows}

    def note(self, kind: str, *, who: str, why: str = "", form: str = "", record: str = "") -> int:
        """An action of the log that changes no record (sign-in, export, review …). Only inside `writing`."""
        return self.journal.append(kind, who, now(), why, form, record, [])

    def keep_before_import(self, action: int, pairs: list[tuple[Record | None, Record]]) -> None:
        rows = [
            (
                action,
                after.id,
                json.dumps(state_json(before), ensure_ascii=False) if before else None,
                json.dumps(dict(sorted(after.vector.items()))),
            )
            for before, after in pairs
        ]
        self._database.conn.executemany(
            "INSERT INTO before_import (action, record, state, after) VALUES (?,?,?,?)", rows
        )

    def backup_to(self, path: Path) -> None:
        """A consistent copy of the encrypted file, through the backup API."""
        target = connection._connect(path, self._key)
        with told("备份"):
            self._database.conn.backup(target.conn)
            target.conn.close()

    def count_in(self, path: Path) -> int:
        """Number of records in a copy of this file, opened with the same key: a copy that opens is a copy."""
        copy = connection.open_existing(path, self._key)
        try:
            return int(copy.conn.execute("SELECT count(*) FROM record").fetchone()[0])
        finally:
            connection.close(copy)

    def integrity(self) -> list[str]:
        """Problems that SQLite and SQLCipher find in the file: a changed page, a broken index."""
        with told("核对数据文件"):
            found = [row[0] for row in self._database.conn.execute("PRAGMA cipher_integrity_check")]
            found += [row[0] for row in self._database.conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found


def state_json(record: Record) -> dict[str, Any]:
    """A record's state as JSON values, for taking an import back."""
    return {
        "form": record.form,
        "vector": dict(record.vector),
        "fields": {
            name: [
                [said.stamp.replica, said.stamp.counter, said.value, said.who, said.at, said.why]
                for said in sorted(register, key=lambda each: each.key)
            ]
            for name, register in record.fields.items()
        },
    }


def state_of(record: str, data: dict[str, Any]) -> Record:
    """A record's state from what `state_json` gave."""
    fields = {
        name: frozenset(Said(Stamp(said[0], said[1]), *said[2:]) for said in register)
        for name, register in data["fields"].items()
    }
    return Record(record, data["form"], fields, data["vector"])


def _changes(
    before: Record | None, after: Record, seen: Mapping[str, Value], who: str, at: str, why: str
) -> list[Change]:
    """One row per thing newly said: typed here, or come in with a merge. `seen`: the values shown before."""
    found = []
    for name, register in sorted(after.fields.items()):
        held = before.fields.get(name, frozenset()) if before else frozenset()
        known = {said.key for said in held}
        old: Value = shown(held, seen.get(name)) if held and name != DELETED else None
        for said in sorted(register, key=lambda each: each.key):
            if said.key not in known:
                person, moment, reason = said.who or who, said.at or at, said.why or why
                found.append(Change(after.form, after.id, name, old, said.value, person, moment, reason, said.stamp))
    return found


def _renamed(states: list[Record], before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """{form: ids} of the records that have another name than before, or were merged or set apart."""
    found: dict[str, list[str]] = {}
    for state in states:
        if state.id in before and (before[state.id] != after.get(state.id) or MERGED in state.fields):
            found.setdefault(state.form, []).append(state.id)
    return found


def _copy_before_migration(folder: Path, database: Database) -> None:
    """The file as it was before the first step, beside it: a step that goes wrong loses nothing."""
    with told("升级前备份"):
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        stamp = now()[:19].replace(":", "")
        shutil.copy2(folder / FILE, folder / f"{FILE}.升级前-{stamp}")
        shutil.copy2(folder / KEYS, folder / f"{KEYS}.升级前-{stamp}")
    except OSError as error:
        raise MachineFault(f"升级前的备份没有写成（{os_words(error)}），没有升级。请检查磁盘空间") from error
