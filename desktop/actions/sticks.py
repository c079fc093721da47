"""Folders of a stick: what lies in 收件 and 发件, from whom, whether it is new here; and writing into 发件."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk, elsewhere, needs, now
from desktop.actions.exchange import Exported, export
from desktop.excel.foreign.read import is_csv
from desktop.excel.peek import peek
from desktop.excel.stick import previous_name
from desktop.model import seal
from desktop.model.errors import DeskError, MachineFault, Refused, os_words
from desktop.model.package import Package
from desktop.model.progress import Report, quiet

INBOX, OUTBOX = "收件", "发件"
KINDS = {".xlsx": "workbook", ".xlsm": "workbook", ".csv": "table", ".receipt": "receipt"}
MOST = 200  # files looked at
NEW, READ, OLDER, OWN, TABLE, RECEIPT, BAD = "new", "read", "older", "own", "table", "receipt", "bad"
STATES = {
    NEW: "有新内容", READ: "已读入", OLDER: "早于已读入的，没有新内容", OWN: "本单位发出的原件", TABLE: "外来表格",
    RECEIPT: "市级回执", BAD: "读不了",
}  # fmt: skip


@dataclass(frozen=True)
class Parcel:
    """One file of a stick. `news` counts the records of which this office lacks something; `older` those of which it
    knows more than the file: both at once is a file out of order, which the merge puts right.

    `unit` is whom the file was made for, `edited` that its cells may have been filled in since it left here.
    """

    path: Path
    folder: str
    state: str
    sender: str = ""
    fingerprint: str = ""
    known: str = ""  # own, known, unknown; "" for what carries no sender
    created: str = ""
    package: str = ""
    unit: str = ""
    records: int = 0
    news: int = 0
    older: int = 0
    read_at: str = ""
    edited: bool = False
    message: str = ""

    @property
    def out_of_order(self) -> bool:
        return self.state == OLDER or (self.news > 0 and self.older > 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": str(self.path), "folder": self.folder, "state": self.state, "sender": self.sender,
            "fingerprint": self.fingerprint, "peer": self.known, "created": self.created, "package": self.package,
            "unit": self.unit, "records": self.records, "new_records": self.news, "older_records": self.older,
            "out_of_order": self.out_of_order, "read_at": self.read_at, "edited": self.edited,
            "message": self.message,
        }  # fmt: skip


@dataclass(frozen=True)
class Stick:
    """What lies on a stick; `left_out` files were not looked at."""

    folder: Path
    parcels: tuple[Parcel, ...] = field(default_factory=tuple)
    left_out: int = 0

    @property
    def news(self) -> int:
        return sum(each.state == NEW for each in self.parcels)


def files_on(folder: Path) -> list[Path]:
    """Workbooks, tables and receipts in a folder and its 收件 and 发件, newest name last; kept former ones left out.

    Raises MachineFault when the stick cannot be read.
    """
    found: list[Path] = []
    try:
        for place in (folder, folder / INBOX, folder / OUTBOX):
            if place.is_dir():
                found += sorted(each for each in place.iterdir() if _counts(each))
    except OSError as error:
        raise MachineFault(f"读不了“{folder}”（{os_words(error)}），请看 U 盘是否还插着") from None
    return found


def _counts(path: Path) -> bool:
    usual = not path.name.startswith((".", "~$")) and ".上一份" not in path.name and not path.stem.endswith("_退回")
    return usual and path.suffix.lower() in KINDS and path.is_file()


def look(desk: Desk, folder: Path, report: Report = quiet) -> Stick:
    """What lies on a stick and whether it is new here; reads the packages only, writes nothing."""
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，请插好 U 盘，核对路径")
    files = files_on(folder)
    history = desk.store.local.packages(limit=100_000)
    parcels = []
    for place, path in enumerate(files[:MOST]):
        report(place, min(len(files), MOST))
        parcels.append(_parcel(desk, path, history))
    return Stick(folder, tuple(parcels), max(0, len(files) - MOST))


def _parcel(desk: Desk, path: Path, history: Iterable[Mapping[str, object]]) -> Parcel:
    folder = path.parent.name if path.parent.name in (INBOX, OUTBOX) else ""
    if path.suffix.lower() == ".receipt":
        return Parcel(path, folder, RECEIPT)
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        was_read = next((str(row["at"]) for row in history if row["direction"] == "in" and row["sha256"] == sha256), "")
        package = None if is_csv(path) else peek(path)
    except DeskError as error:
        return Parcel(path, folder, BAD, message=str(error))
    except OSError as error:
        return Parcel(path, folder, BAD, message=f"读不了“{path.name}”（{os_words(error)}），请看 U 盘是否还插着")
    if package is None:
        return Parcel(path, folder, READ if was_read else TABLE, read_at=was_read)
    return _described(desk, path, folder, package, sha256, was_read, history)


def _described(
    desk: Desk, path: Path, folder: str, package: Package, sha256: str, was_read: str,
    history: Iterable[Mapping[str, object]],
) -> Parcel:  # fmt: skip
    strange = _strange(desk, package, path)
    sent = [row for row in history if row["direction"] == "out" and row["id"] == package.id]
    unit = package.handed.unit if package.handed is not None else next((str(row["peer"]) for row in sent), "")
    news, older = _compared(desk, package)
    edited = not was_read and bool(sent) and all(row["sha256"] != sha256 for row in sent)
    if strange:
        state = BAD
    elif was_read:
        state = READ
    elif sent and not edited:
        state = OWN
    else:
        # An office's file may have been filled in by hand, which its package does not tell: only older ones are.
        state = OLDER if not news and older and not sent else NEW
    return Parcel(
        path, folder, state, package.sender.name, seal.fingerprint(package.sender.public_key), _known(desk, package),
        package.created, package.id, unit, len(package.records), news, older, was_read, edited, strange,
    )  # fmt: skip


def _strange(desk: Desk, package: Package, path: Path) -> str:
    """Why a package cannot be read here at all."""
    if why := elsewhere(desk, package.district):
        return why
    if package.practice != desk.practice:
        return f"是{'练习' if package.practice else '正式'}数据，与本机不同，不能读入"
    known = desk.store.local.peer(package.sender.replica)
    own = package.sender.replica == desk.store.replica
    key = seal.public_hex(desk.store.exchange_key) if own else known.public_key if known is not None else ""
    if key and key != package.sender.public_key:
        return f"自称来自“{package.sender.name}”，签章却不是它的，不能读入。请向来人核实"
    return ""


def _known(desk: Desk, package: Package) -> str:
    if package.sender.replica == desk.store.replica:
        return "own"
    return "unknown" if desk.store.local.peer(package.sender.replica) is None else "known"


def _compared(desk: Desk, package: Package) -> tuple[int, int]:
    """(records with something this office lacks, records of which it knows more)."""
    held = desk.store.records.states(record.id for record in package.records)
    news = older = 0
    for record in package.records:
        mine = held[record.id].vector if record.id in held else {}
        news += any(mine.get(replica, 0) < counter for replica, counter in record.vector.items())
        older += any(record.vector.get(replica, 0) < counter for replica, counter in mine.items())
    return news, older


@needs("enter")
def hand_over(
    desk: Desk, folder: Path, *, forms: Iterable[str] | None = None, unit: str = "",
    where: Mapping[str, str] | None = None, report: Report = quiet,
) -> Exported:  # fmt: skip
    """Write a workbook into 发件 of a stick (design §4: temporary name, read again, then renamed; the former is kept).

    When it comes back the file is whole on the stick, which may be pulled out.
    """
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，没有写出。请插好 U 盘，核对路径")
    place = folder if folder.name == OUTBOX else folder / OUTBOX
    make_outbox(place)
    return export(desk, place / file_name(desk, unit), forms=forms, unit=unit, where=where, report=report)


def make_outbox(place: Path) -> None:
    """Make 发件 where it is not there yet; any other folder must be there already."""
    if place.name != OUTBOX or place.is_dir():
        return
    try:
        place.mkdir()
    except OSError as error:
        raise MachineFault(f"在 U 盘上建不了“{OUTBOX}”（{os_words(error)}），请检查 U 盘是否写保护") from None


def file_name(desk: Desk, unit: str = "") -> str:
    """District, office or unit, and the day: what a clerk finds again on a full stick."""
    whom = unit or f"{desk.office}发出"
    text = re.sub(r"[\\/:*?\"<>|\s]", "", f"{desk.district_name}_{whom}_{now()[:10].replace('-', '')}")
    return f"{text}.xlsx"


__all__ = ["INBOX", "OUTBOX", "STATES", "Parcel", "Stick", "file_name", "files_on", "hand_over", "look",
           "previous_name"]  # fmt: skip
