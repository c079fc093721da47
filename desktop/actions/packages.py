"""Workbooks that went out and came in, and the refused rows of one that was just read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk
from desktop.actions.exchange import Read
from desktop.excel.annotate import annotate
from desktop.model.errors import Refused


@dataclass(frozen=True)
class PackageLine:
    """One workbook: `direction` out or in, `peer` the unit it was for or the office it came from, `at` ISO.

    Of one that went out `back` says when the same workbook came back filled in, and `reached` who has since sent one
    that already knew what was in it: the receipts of an exchange by sticks.
    """

    id: str
    direction: str
    peer: str
    file: str
    sha256: str
    records: int
    at: str
    who: str
    replica: str = ""
    back: str = ""
    reached: tuple[str, ...] = ()
    action: int = 0

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "reached": list(self.reached)}


def packages(desk: Desk, limit: int = 50, peer: str = "") -> list[PackageLine]:
    """What went out and came in, newest first; with `peer` only what was for that unit or came from that office."""
    rows = desk.store.local.packages(limit=100_000)
    own = desk.store.replica
    lines = [_line(row, rows, own) for row in rows if not peer or peer in (row["peer"], row["replica"])]
    return lines[:limit]


def _line(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], own: str) -> PackageLine:
    back, reached = "", []
    if row["direction"] == "out":
        later = [each for each in rows if each["direction"] == "in" and each["at"] >= row["at"]]
        back = min((str(each["at"]) for each in later if each["id"] == row["id"]), default="")
        if row["counter"] and row["replica"] == own:
            reached = [
                str(each["peer"]) for each in later if each["counter"] >= row["counter"] and each["id"] != row["id"]
            ]
    return PackageLine(
        str(row["id"]), str(row["direction"]), str(row["peer"] or ""), str(row["file"]), str(row["sha256"]),
        int(row["records"]), str(row["at"]), str(row["who"]), str(row["replica"]), back,
        tuple(dict.fromkeys(reached)), int(row["action"]),
    )  # fmt: skip


def refused_workbook(desk: Desk, read: Read, out: Path) -> Path:
    """Write the refused rows of a workbook that was read, with reasons. Raises Refused when there are none."""
    if not read.reading.errors:
        raise Refused("没有退回的行，不用另存")
    annotate(out, read.workbook, read.reading, desk.forms, desk.names)
    return out
