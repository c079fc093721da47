"""What clerks typed in the practice district, read from `resources/practice/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop.model import places

# Of two things written in the same minute the one that others refer to comes first.
ORDER = (
    "township", "unit", "lpr", "assignment", "enterprise", "project", "equipment", "project_month", "site",
    "site_month", "target", "measure", "progress", "problem", "batch", "claim",
)  # fmt: skip
CLERK = "李示例"
BEGINNING = "2025-03-03 09:00"  # the district is set up
MARKS = ("written", "by", "updated")  # keys of a row that are no fields


@dataclass(frozen=True)
class Entry:
    """One record as typed: texts by field, at a moment (YYYY-MM-DD HH:MM), by a person.

    `change` is the name of the record that is changed, or its id; empty for a new one.
    """

    form: str
    typed: Mapping[str, str]
    written: str = BEGINNING
    by: str = CLERK
    change: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        return self.written, ORDER.index(self.form), self.by


@lru_cache(maxsize=32)
def table(name: str) -> Mapping[str, Any]:
    """One file of `resources/practice`, without its `.toml`."""
    path = places.resources() / "practice" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts(row: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a row, without its marks."""
    return {name: str(value) for name, value in row.items() if name not in MARKS}


def plain(form: str, rows: Iterable[Mapping[str, Any]], file: Mapping[str, Any] | None = None) -> list[Entry]:
    """Rows as they stand; moment and person from the row, else from the head of its file."""
    head = file or {}
    return [
        Entry(
            form,
            texts(row),
            row.get("written", head.get("written", BEGINNING)),
            row.get("by", head.get("by", CLERK)),
        )
        for row in rows
    ]
