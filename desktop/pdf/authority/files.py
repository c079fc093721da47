"""Files of the authority: written whole or not at all, read with one sentence when they cannot be."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from desktop.model.errors import MachineFault, Refused


def write_whole(path: Path, content: bytes, *, secret: bool = False) -> Path:
    """Write under a temporary name, flush to the disk, then rename. `secret` keeps other users out.

    Raises MachineFault when the disk does not take it; the file before it then still stands.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise MachineFault(f"写不进文件“{path.name}”，请检查磁盘空间和权限后重试。") from error
    return path


def read_whole(path: Path, what: str) -> bytes:
    """The bytes of a file. Raises Refused when it is not there, MachineFault when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(f"找不到{what}“{path}”，请检查路径。") from error
    except IsADirectoryError as error:
        raise Refused(f"“{path}”是文件夹，不是{what}，请选文件。") from error
    except OSError as error:
        raise MachineFault(f"读不出{what}“{path}”，请检查磁盘或重新插入U盘。") from error
