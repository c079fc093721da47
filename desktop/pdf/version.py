"""The renderer version: one digest over all that decides what a page looks like.

Two programs with the same version draw the same bytes from the same document. In a bundle the version was written
when it was built (`python -m desktop.pdf.version > resources/renderer-version.txt`).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from desktop.model import places
from desktop.model.errors import MachineFault

_LIBRARIES = ("reportlab", "segno", "fonttools", "pillow", "pylopdf-fonts-zh-cn")
_LEFT_OUT = {"signing", "checking", "authority", "__pycache__"}
_RESOURCES = ("plan", "policies", "units.toml")
_DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)


def recorded_path() -> Path:
    """Where a bundle keeps the version it was built with."""
    return places.resources() / "renderer-version.txt"


@cache
def renderer_version() -> str:
    """SHA-256 in hex. Raises MachineFault when the program's own files are missing."""
    if getattr(sys, "frozen", False):
        return _recorded()
    return computed()


def computed() -> str:
    """The version, from the files themselves: code, forms, resources, built fonts, versions of the libraries."""
    from desktop.pdf.fonts import ttf_paths

    total = hashlib.sha256()
    try:
        for name, path in sorted(_files()):
            _add(total, name, _content(path))
        for face, path in sorted(ttf_paths().items()):
            _add(total, f"font {face}", path.read_bytes())
        libraries = {name: metadata.version(name) for name in _LIBRARIES}
    except (OSError, metadata.PackageNotFoundError) as error:
        raise MachineFault(f"程序文件不完整（{error}），算不出版式版本，请重新安装本程序。") from error
    _add(total, "libraries", json.dumps(libraries, sort_keys=True).encode())
    return total.hexdigest()


def _recorded() -> str:
    path = recorded_path()
    try:
        text = path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise MachineFault(f"程序文件 {path.name} 读不出，请重新安装本程序。") from error
    if not _DIGEST.fullmatch(text):
        raise MachineFault(f"程序文件 {path.name} 内容不对，请重新安装本程序。")
    return text


def _files() -> Iterator[tuple[str, Path]]:
    """(name with forward slashes, path) of every file that counts."""
    code = Path(__file__).resolve().parent
    for path in code.rglob("*.py"):
        if not _LEFT_OUT & set(path.relative_to(code).parts):
            yield f"pdf/{path.relative_to(code).as_posix()}", path
    # Documents are made from records by the model's rules and field types, so all of it counts.
    for path in (code.parent / "model").rglob("*.py"):
        yield f"model/{path.relative_to(code.parent / 'model').as_posix()}", path
    for path in places.forms().rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"forms/{path.relative_to(places.forms()).as_posix()}", path
    for name in _RESOURCES:
        start = places.resources() / name
        for path in [start] if start.is_file() else start.rglob("*"):
            if path.is_file():
                yield f"resources/{path.relative_to(places.resources()).as_posix()}", path


def _content(path: Path) -> bytes:
    """Line ends are the same whatever system the checkout was made on."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _add(total: hashlib._Hash, name: str, content: bytes) -> None:
    total.update(f"{name}\0{len(content)}\0".encode())
    total.update(content)


if __name__ == "__main__":
    print(computed())
