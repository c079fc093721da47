"""The note beside the built fonts: of what, and by which recipe, they were made."""

from __future__ import annotations

import hashlib
import json
import sys
from importlib import metadata
from pathlib import Path

from desktop.pdf.fonts.paths import FACES, RECORD, otf_paths

# Raise it when build.py would make other bytes of the same sources.
RECIPE = 1


def recipe() -> dict[str, object]:
    """What decides the bytes of the built fonts, cheap to find out."""
    return {
        "recipe": RECIPE,
        "fonttools": metadata.version("fonttools"),
        "source": {face: [path.name, path.stat().st_size] for face, path in otf_paths().items()},
    }


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each built font, in hex."""
    return {face: hashlib.sha256((folder / f"{face}.ttf").read_bytes()).hexdigest() for face in FACES}


def is_current(folder: Path) -> bool:
    """Whether the folder holds both fonts whole, made by this recipe. A bundle's own fonts were made with it."""
    try:
        noted = json.loads((folder / RECORD).read_text("utf-8"))
        sizes = {face: (folder / f"{face}.ttf").stat().st_size for face in FACES}
    except (OSError, ValueError):
        return False
    if not isinstance(noted, dict) or noted.get("sizes") != sizes:
        return False
    if getattr(sys, "frozen", False):
        return True
    return bool(noted.get("recipe") == recipe())


def text(folder: Path) -> str:
    """The note for fonts that have just been written to `folder`."""
    note = {
        "recipe": recipe(),
        "sizes": {face: (folder / f"{face}.ttf").stat().st_size for face in FACES},
        "sha256": digests(folder),
    }
    return json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
