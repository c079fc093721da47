"""Where the product's own data lies: beside the package in a checkout, inside the folder of a bundle."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds `forms/`, `db/` and `resources/`."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parents[2]


def forms() -> Path:
    return Path(os.environ["DESK_FORMS"]) if "DESK_FORMS" in os.environ else root() / "forms"


def schema() -> Path:
    return Path(os.environ["DESK_DB"]) if "DESK_DB" in os.environ else root() / "db"


def resources() -> Path:
    return root() / "resources"


def manual() -> Path:
    """The chapters of the clerk's manual."""
    return root() / "docs" / "manual"


def cache() -> Path:
    """Where files that are built once lie (fonts). In a checkout `.cache/`, in a bundle inside it."""
    return root() / ".cache"
