"""Kept files shown in the clerk's own programs: a copy outside the encrypted file, gone at the lock and at the end."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_folders: list[Path] = []


def copy_path(name: str) -> Path:
    """Where a copy of a kept file may stand until `forget_copies`; its folder is readable by this person only."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    _folders.append(folder)
    return folder / Path(name).name


def show(path: Path) -> bool:
    """Open a file in the program the system has for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def forget_copies() -> None:
    """Delete all copies; one that another program still holds is tried again at the end."""
    for folder in list(_folders):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            _folders.remove(folder)


atexit.register(forget_copies)
