"""The clock of the practice district: its year was typed in over a year, and its log says so."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

CLOCK = "DESK_NOW"  # what `store.now` reads before the machine's clock
TODAY = "2026-11-24 08:31"  # the morning on which the practice district stands


@contextlib.contextmanager
def at(moment: str) -> Iterator[None]:
    """Let it be `moment` (YYYY-MM-DD HH:MM, time of the office) until the block ends."""
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = f"{moment.replace(' ', 'T')}:00+08:00"
    try:
        yield
    finally:
        if before is None:
            del os.environ[CLOCK]
        else:
            os.environ[CLOCK] = before
