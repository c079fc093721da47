"""Which sticks are plugged in: what the system mounted as removable, asked every few seconds."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

EVERY = 3000  # ms
LINUX = ("/media/", "/run/media/")
REMOVABLE = 2  # GetDriveType


def mounted() -> list[tuple[str, str]]:
    """(folder, name) of every stick that can be read now."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and removable(root):
            found.append((root, volume.name() or volume.displayName() or root))
    return sorted(found)


def removable(root: str) -> bool:
    """Whether a volume is one that is carried about."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\").rstrip("\\") + "\\")) == REMOVABLE
    return root.startswith(LINUX)


class Mounts(QObject):
    """`changed([(folder, name)…])` when a stick came or went. `DESK_STICKS` names folders that count as sticks."""

    changed = Signal(list)

    def __init__(self, ask: Callable[[], list[tuple[str, str]]] = mounted, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask, self.here = ask, []
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        extra = [each for each in os.environ.get("DESK_STICKS", "").split(os.pathsep) if each and Path(each).is_dir()]
        now = [*self._ask(), *((each, Path(each).name) for each in extra)]
        if now != self.here:
            self.here = now
            self.changed.emit(now)
