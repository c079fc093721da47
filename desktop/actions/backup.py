"""Backups: database and keys in one file, verified by opening it; restore into an empty folder or over this one."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.backup_ages import stamp_of, thinned
from desktop.actions.desk import Desk, now
from desktop.excel.stick import deliver
from desktop.model.errors import MachineFault, NotAllowed, Refused
from desktop.store.faults import told
from desktop.store.instance import InstanceLock
from desktop.store.keys import RECOVERY, KeyFile
from desktop.store.store import FILE, KEYS, Store

DAILY = "每日"
MEMBERS = (FILE, KEYS)


@dataclass(frozen=True)
class Backup:
    path: Path
    sha256: str
    records: int


def backup(desk: Desk, path: Path, why: str = "手动") -> Backup:
    """Write a backup and verify it by opening the copy with the key this folder was opened with."""
    if not path.parent.is_dir():
        raise Refused(f"文件夹 {path.parent} 不存在，没有备份。请核对路径，或重新插入 U 盘")
    made = _write(desk, path)
    with desk.store.writing("登记备份"):
        desk.store.note("backup", who=desk.who, why=f"{why}：{path.name}")
    return made


def _write(desk: Desk, path: Path) -> Backup:
    if path.resolve() in {(desk.store.folder / name).resolve() for name in MEMBERS}:
        raise Refused(f"“{path.name}”是数据文件本身，不能当备份覆盖。请另起一个文件名")
    with told("备份"), tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / FILE
        desk.store.backup_to(copy)
        packed = Path(scratch) / "packed"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            archive.write(copy, FILE)
            archive.write(desk.store.folder / KEYS, KEYS)
        data = packed.read_bytes()
        records = _opened(desk, packed, Path(scratch) / "opened")
        path.parent.mkdir(parents=True, exist_ok=True)
    return Backup(path, deliver(path, data), records)


def _opened(desk: Desk, packed: Path, folder: Path) -> int:
    """Unpack a backup into an empty folder and open it: only what opens there is a backup. Number of records."""
    folder.mkdir()
    with zipfile.ZipFile(packed) as archive:
        for member in MEMBERS:
            (folder / member).write_bytes(archive.read(member))
    KeyFile.read(folder / KEYS)
    records = desk.store.count_in(folder / FILE)
    if records != desk.store.records.count():
        raise MachineFault("备份与现有数据的记录数不同，没有保存。请再备份一次")
    return records


def automatic(desk: Desk, why: str) -> Backup:
    """A backup beside the data, before something large; older ones make room by their age, never the new one."""
    folder = desk.store.folder / "backups"
    stamp = now()[:19].replace("-", "").replace(":", "").replace("T", "-")
    made = _write(desk, folder / f"{stamp}-{why}.deskbackup")
    others = {each: stamped for each in backups(desk) if each != made.path and (stamped := stamp_of(each))}
    keep = thinned(others.values(), datetime.datetime.fromisoformat(now()[:19]))
    for old, stamped in others.items():
        if stamped not in keep:
            old.unlink(missing_ok=True)
    return made


def daily(desk: Desk) -> Backup | None:
    """The day's own backup, when the newest automatic one is of another day; None when there is one already."""
    newest = max((stamp for each in backups(desk) if (stamp := stamp_of(each))), default=None)
    if newest is not None and newest.date().isoformat() == now()[:10]:
        return None
    return automatic(desk, DAILY)


def backups(desk: Desk) -> list[Path]:
    """The automatic backups, newest first."""
    return sorted((desk.store.folder / "backups").glob("*.deskbackup"), reverse=True)


def restore(path: Path, folder: Path, account: str, password: str) -> Backup:
    """Open a backup in a scratch folder, then put it in place of what is in `folder` (kept beside it as 恢复前-时间).

    `account` must be an administrator in the backup (or `recovery`), and, where `folder` holds data that still opens
    with the same password, there too. Raises Refused when the file is no backup, the password does not open it, or the
    folder holds another district's data; then nothing has changed.
    """
    if not path.is_file():
        raise Refused(f"找不到备份 {path}，请核对路径")
    folder.mkdir(parents=True, exist_ok=True)
    lock = InstanceLock(folder)
    try:
        with told("恢复"), tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            work = Path(scratch) / "desk"
            work.mkdir()
            _unpack(path, work)
            store = Store.open(work, account, password)
            try:
                records = store.records.count()
                _need_admin(store, account)
                named = store.meta("district"), store.meta("practice")
            finally:
                store.close()
            if (folder / KEYS).exists():
                _may_replace(folder, account, password, named, lock)
            _put_aside(folder)
            for member in MEMBERS:
                (work / member).replace(folder / member)
    finally:
        lock.release()
    return Backup(path, hashlib.sha256(path.read_bytes()).hexdigest(), records)


def _unpack(path: Path, work: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sorted(archive.namelist()) != sorted(MEMBERS):
                raise Refused(f"“{path.name}”不是两新工作台的备份，没有恢复")
            for member in MEMBERS:
                (work / member).write_bytes(archive.read(member))
    except zipfile.BadZipFile as error:
        raise Refused(f"“{path.name}”不是完整的备份文件，没有恢复。请换一份备份") from error


def _need_admin(store: Store, account: str) -> None:
    found = store.account(account)
    if account != RECOVERY and (found is None or "admin" not in found.roles):
        raise NotAllowed(f"“{account}”没有管理员角色，不能恢复。请换管理员的账号，或用恢复密钥")


def _may_replace(folder: Path, account: str, password: str, named: tuple[str, str], lock: InstanceLock) -> None:
    """Data that still open are replaced only by their own administrator, and only by the same district's."""
    lock.release()  # signing in takes it
    try:
        store = Store.open(folder, account, password)
        try:
            _need_admin(store, account)
            if (store.meta("district"), store.meta("practice")) != named:
                raise Refused("备份是另一个区县的，或一份是练习、一份是正式，没有恢复。请核对备份")
        finally:
            store.close()
    except MachineFault as fault:
        if "另一个窗口" in str(fault):
            raise
        # damaged: that is what restoring is for
    finally:
        lock.take()


def _put_aside(folder: Path) -> None:
    """What is there now, with its write-ahead log, into a folder of its own: nothing of it is lost."""
    stamp = now()[:19].replace(":", "")
    aside = folder / f"恢复前-{stamp}"
    for name in (*MEMBERS, f"{FILE}-wal", f"{FILE}-shm"):
        if (folder / name).exists():
            aside.mkdir(exist_ok=True)
            (folder / name).replace(aside / name)
