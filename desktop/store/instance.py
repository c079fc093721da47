"""A data folder is open in one program at a time."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import IO

from desktop.model.errors import MachineFault, os_words


class InstanceLock:
    """An operating-system lock on `desk.lock`: it ends with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self.take()

    def take(self) -> None:
        """Lock the folder. Raises MachineFault when another program holds it."""
        folder = self._folder
        try:
            file = (folder / "desk.lock").open("a+b")
        except OSError as error:
            raise MachineFault(f"数据文件夹不能写入（{os_words(error)}）。请检查文件夹权限") from error
        try:
            _lock(file)
        except OSError:
            file.close()
            raise MachineFault("数据已在另一个窗口打开。请先关闭那个窗口，再试一次") from None
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
