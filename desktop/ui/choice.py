"""Which data folder opens at start: the one named, else the one used last. Nothing about people is kept here."""

from __future__ import annotations

import json
import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from desktop.actions.seat import has_data

NAME = "RenewalDesk"


def _file() -> Path:
    return user_config_path(NAME, False) / "folder.json"


def data_folder() -> Path:
    """DESK_DATA, else the folder used last, else the usual place of this user."""
    if os.environ.get("DESK_DATA"):
        return Path(os.environ["DESK_DATA"])
    try:
        held = Path(json.loads(_file().read_text(encoding="utf-8"))["folder"])
        if has_data(held):
            return held
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return user_data_path(NAME, False) / "data"


def practice_folder() -> Path:
    """Where the practice district lies: beside the real one, never the same."""
    if os.environ.get("DESK_DATA"):
        return Path(os.environ["DESK_DATA"])
    return user_data_path(NAME, False) / "practice"


def remember_folder(folder: Path) -> None:
    """Keep the folder for the next start; a profile that cannot be written is no reason to stop."""
    if os.environ.get("DESK_DATA"):
        return
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")
    except OSError:
        return
