"""Where the font files lie. Imports nothing heavy, so that a window can ask without waiting."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pylopdf_fonts_zh_cn

from desktop.model import places
from desktop.model.errors import MachineFault

FACES = ("serif", "sans")
RECORD = "built.json"


def otf_paths() -> dict[str, Path]:
    """The OpenType files by face (`serif`, `sans`), for `QFontDatabase.addApplicationFont`.

    Raises MachineFault when a file is missing.
    """
    found = {"serif": Path(pylopdf_fonts_zh_cn.serif_path()), "sans": Path(pylopdf_fonts_zh_cn.sans_path())}
    for path in found.values():
        if not path.is_file():
            raise MachineFault(f"字体文件 {path.name} 缺失，请重新安装本程序。")
    return found


def cache_folder() -> Path:
    """The folder that holds, or will hold, the TrueType files.

    `DESK_FONT_CACHE` when set; else the program's own `.cache/fonts` when the fonts lie there or it can be written;
    else the user's cache folder (a program installed read-only).
    """
    named = os.environ.get("DESK_FONT_CACHE")
    if named:
        return Path(named)
    own = places.cache() / "fonts"
    if (own / RECORD).is_file() or _writable(own):
        return own
    return Path(platformdirs.user_cache_dir("renewal-desk", appauthor=False)) / "fonts"


def ttf_paths() -> dict[str, Path]:
    """The TrueType files by face; builds them first when they are missing or of another recipe.

    Raises MachineFault when they cannot be built.
    """
    # fontTools is slow to import and only needed when something is to be built.
    from desktop.pdf.fonts import record

    folder = cache_folder()
    if not record.is_current(folder):
        from desktop.pdf.fonts import build

        build.build(folder)
    return {face: folder / f"{face}.ttf" for face in FACES}


def _writable(folder: Path) -> bool:
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    return nearest.is_dir() and os.access(nearest, os.W_OK)
