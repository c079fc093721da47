"""Writing a file so that old or new stands there afterwards, never a mix: on a stick that may vanish at any moment."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from desktop.model.errors import MachineFault, os_words


class Disk:
    """The few things done to a disk. Tests put a failing one in its place."""

    def write(self, path: Path, data: bytes) -> None:
        """Writes and does not come back before the bytes lie on the medium."""
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def read(self, path: Path) -> bytes:
        return path.read_bytes()

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def settle(self, folder: Path) -> None:
        """Writes the folder's own entries where the system can."""
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def previous_name(path: Path) -> Path:
    """Where the file that stood there before is kept: 示例.xlsx → 示例.上一份.xlsx."""
    return path.with_name(f"{path.stem}.上一份{path.suffix}")


def deliver(path: Path, data: bytes, disk: Disk | None = None) -> str:
    """Puts `data` at `path`, keeps the file that was there as 上一份; the SHA-256 (hex) of what was read back.

    Raises MachineFault when the medium failed; `path` then still holds what it held before, or the new file whole.
    """
    disk = disk or Disk()
    temporary = path.with_name(f".{path.name}.新")
    copy = path.with_name(f".{path.name}.旧")
    try:
        if path.exists():
            old = disk.read(path)
            if old == data:
                return hashlib.sha256(data).hexdigest()
            _write_and_compare(disk, copy, old)
            disk.replace(copy, previous_name(path))
        _write_and_compare(disk, temporary, data)
        disk.replace(temporary, path)
        disk.settle(path.parent)
        if disk.read(path) != data:
            raise OSError("读回的内容不同")
    except OSError as error:
        for left in (temporary, copy):
            _quietly(disk.remove, left)
        raise MachineFault(
            f"“{path.name}”没有写成（{os_words(error)}），原来的文件没有动；请检查磁盘空间，或换一个 U 盘再试"
        ) from None
    return hashlib.sha256(data).hexdigest()


def _write_and_compare(disk: Disk, path: Path, data: bytes) -> None:
    disk.write(path, data)
    if disk.read(path) != data:
        raise OSError("读回的内容不同")


def _quietly(act: Callable[[Path], None], path: Path) -> None:
    with contextlib.suppress(OSError):
        act(path)
