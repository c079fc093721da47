"""Workbooks that went out and came in, and the refused rows of one that was just read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk
from desktop.actions.exchange import Read
from desktop.excel.annotate import annotate
from desktop.model.errors import Refused


@dataclass(frozen=True)
class PackageLine:
    """One workbook: `direction` out or in, `peer` the unit it was for or the office it came from, `at` ISO."""

    id: str
    direction: str
    peer: str
    file: str
    sha256: str
    records: int
    at: str
    who: str


def packages(desk: Desk, limit: int = 50) -> list[PackageLine]:
    """What went out and came in, newest first."""
    return [
        PackageLine(
            str(row["id"]), str(row["direction"]), str(row["peer"] or ""), str(row["file"]), str(row["sha256"]),
            int(str(row["records"])), str(row["at"]), str(row["who"]),
        )
        for row in desk.store.local.packages(limit)
    ]  # fmt: skip


def refused_workbook(desk: Desk, read: Read, out: Path) -> Path:
    """Write the refused rows of a workbook that was read, with reasons. Raises Refused when there are none."""
    if not read.reading.errors:
        raise Refused("没有退回的行，不用另存")
    annotate(out, read.workbook, read.reading, desk.forms, desk.names)
    return out
