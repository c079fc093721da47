"""Backups: database and keys in one file, verified by opening it; restore into an empty folder or over this one."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk, now
from desktop.model.errors import MachineFault, Refused
from desktop.store.faults import told
from desktop.store.store import FILE, KEYS, Store

KEPT = 30  # automatic backups of one folder
MEMBERS = (FILE, KEYS)


@dataclass(frozen=True)
class Backup:
    path: Path
    sha256: str
    records: int


def backup(desk: Desk, path: Path, why: str = "手动") -> Backup:
    """Write a backup and verify it by opening the copy with this session's key."""
    made = _write(desk, path)
    with desk.store.writing("登记备份"):
        desk.store.note("backup", who=desk.who, why=f"{why}：{path.name}")
    return made


def _write(desk: Desk, path: Path) -> Backup:
    temporary = path.with_name(path.name + ".tmp")
    with told("备份"), tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / FILE
        desk.store.backup_to(copy)
        records = desk.store.count_in(copy)
        if records != desk.store.records.count():
            raise MachineFault("备份与现有数据的记录数不同，没有保存。请再备份一次")
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            archive.write(copy, FILE)
            archive.write(desk.store.folder / KEYS, KEYS)
        data = temporary.read_bytes()
        temporary.replace(path)
    return Backup(path, hashlib.sha256(data).hexdigest(), records)


def automatic(desk: Desk, why: str) -> Backup:
    """A backup beside the data, before something large; the oldest make room."""
    folder = desk.store.folder / "backups"
    stamp = now()[:19].replace("-", "").replace(":", "").replace("T", "-")
    made = _write(desk, folder / f"{stamp}-{why}.deskbackup")
    for old in sorted(folder.glob("*.deskbackup"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return made


def backups(desk: Desk) -> list[Path]:
    """The automatic backups, newest first."""
    return sorted((desk.store.folder / "backups").glob("*.deskbackup"), reverse=True)


def restore(path: Path, folder: Path, account: str, password: str) -> Backup:
    """Open a backup in a scratch folder, then put it in place of what is in `folder` (kept beside it as 恢复前).

    Raises Refused when the file is no backup or the password does not open it; then nothing has changed.
    """
    if not path.is_file():
        raise Refused(f"找不到备份 {path}，请核对路径")
    folder.mkdir(parents=True, exist_ok=True)
    with told("恢复"), tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        work = Path(scratch) / "desk"
        work.mkdir()
        try:
            with zipfile.ZipFile(path) as archive:
                if sorted(archive.namelist()) != sorted(MEMBERS):
                    raise Refused(f"“{path.name}”不是两新工作台的备份，没有恢复")
                for member in MEMBERS:
                    (work / member).write_bytes(archive.read(member))
        except zipfile.BadZipFile as error:
            raise Refused(f"“{path.name}”不是完整的备份文件，没有恢复。请换一份备份") from error
        store = Store.open(work, account, password)
        records = store.records.count()
        store.close()
        for member in MEMBERS:
            if (folder / member).exists():
                (folder / member).replace(folder / f"{member}.恢复前")
            for left in (f"{member}-wal", f"{member}-shm"):
                (folder / left).unlink(missing_ok=True)
            (work / member).replace(folder / member)
    return Backup(path, hashlib.sha256(path.read_bytes()).hexdigest(), records)
