"""Who this database is among its copies.

Counters may never be used twice under one replica id, so a database that was restored, copied or put back must take a
new id before it writes. The mark in the user's profile tells: it holds machine, absolute path and highest counter.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import uuid
from pathlib import Path

import platformdirs

from desktop.store.faults import told, write_atomically


def new_replica() -> str:
    return secrets.token_hex(8)


def _machine() -> str:
    """This computer: its own id where it has one, so that a machine without a network card stays itself."""
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        with contextlib.suppress(OSError):
            return hashlib.sha256(path.read_bytes().strip()).hexdigest()[:16]
    return hashlib.sha256(f"{platform.node()} {uuid.getnode()}".encode()).hexdigest()[:16]


def profile() -> Path:
    """Folder of marks in the user's profile; DESK_PROFILE moves it."""
    return Path(os.environ.get("DESK_PROFILE") or platformdirs.user_data_dir("renewal-desk", appauthor=False))


class Mark:
    """The mark of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder.resolve())
        name = hashlib.sha256(self._folder.encode()).hexdigest()[:24]
        self._path = profile() / "replicas" / f"{name}.json"

    def matches(self, replica: str, counter: int) -> bool:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(held == self._content(replica, counter))

    def _content(self, replica: str, counter: int) -> dict[str, object]:
        return {"machine": _machine(), "path": self._folder, "replica": replica, "counter": counter}

    def write(self, replica: str, counter: int) -> None:
        with told("登记本机副本"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, json.dumps(self._content(replica, counter)).encode())
