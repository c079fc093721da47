"""The two offices of the tour and the people who sit down there, one after another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop.actions import practice
from desktop.actions.desk import Desk, open_desk

FIRST = "区发展和改革局"
SECOND = "区工业和信息化局"
SECOND_CLERK = "王示例"


@contextlib.contextmanager
def sitting(folder: Path, who: str = practice.ACCOUNT) -> Iterator[Desk]:
    """That person's desk, closed afterwards."""
    desk = open_desk(folder, who, practice.PASSWORD)
    try:
        yield desk
    finally:
        desk.close()


def set_up(data: Path) -> tuple[Path, Path]:
    """The first office with the year's records, the second with the plan alone. Returns their folders."""
    first, second = data / FIRST, data / SECOND
    practice.make_practice(first, conflicts=False)
    practice.make_practice(second, office=f"示例{SECOND}", filled=False)
    return first, second


def record_named(desk: Desk, form: str, name: str) -> str:
    """Id of the one record of that name."""
    return desk.names.find(form, name)[0]
