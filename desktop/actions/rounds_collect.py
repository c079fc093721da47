"""Writing the workbooks that units gave back: each file in one transaction, the refused rows back per file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import backup, exchange_in
from desktop.actions.desk import Desk, needs, now
from desktop.actions.rounds_returns import BACK, ReturnFile, Returns
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.periods import Period
from desktop.model.progress import Report, quiet
from desktop.store.rounds import ReturnedRow


@dataclass(frozen=True)
class Taken:
    """One file written: numbers of records, where its refused rows went, `action` for undoing it."""

    path: Path
    unit: str
    period: str
    added: int
    changed: int
    conflicts: int
    refused: int
    back: Path | None
    action: int | None
    sentence: str = ""


@dataclass(frozen=True)
class Collected:
    """`left` are files that a cancelled collecting did not come to."""

    period: str
    received: str
    files: tuple[Taken, ...]
    left: tuple[Path, ...] = ()


def read_received(desk: Desk, text: str) -> str:
    """The day the files came, ISO; of an empty text today. Raises Refused for a day to come."""
    if not text.strip():
        return desk.names.today.isoformat()
    day = str(desk.forms["problem"].field("due").type.read(text, desk.names))
    if datetime.date.fromisoformat(day) > desk.names.today:
        raise Refused(f"收到日期 {day} 还没有到，请核对")
    return day


@needs("enter")
def collect_returns(
    desk: Desk, found: Returns, files: Iterable[Path] | None = None, received: str = "", report: Report = quiet
) -> Collected:
    """Write the good files of a preview, or those named; one backup before, one transaction for each file.

    `received` is the day they came (typed), which decides who is late. A file that is refused now is told and passed
    over. Cancelled midway (`report` raises) what was written stays and the rest is told in `left`. Raises Refused when
    there is nothing to write, MachineFault when the machine failed; files before it stay.
    """
    day = read_received(desk, received)
    named = None if files is None else {path.resolve() for path in files}
    wanted = [each for each in found.files if (each.good if named is None else each.path.resolve() in named)]
    locked = [each for each in wanted if not each.may]
    if locked:
        raise Refused(f"“{locked[0].path.name}”不能写入：{locked[0].sentence}")
    if not wanted:
        raise Refused("没有可以写入的文件。请看每份文件后面的说明")
    backup.automatic(desk, "收回前")
    taken: list[Taken] = []
    left: list[ReturnFile] = []
    for place, each in enumerate(wanted):
        try:
            report(place, len(wanted))
        except Refused:
            if not taken:
                raise
            left = wanted[place:]
            break
        try:
            taken.append(_take(desk, found.folder, each, day))
        except MachineFault as fault:
            done = f"此前 {len(taken)} 份已经写入，其余没有写" if taken else "一份也没有写入"
            raise MachineFault(f"{fault}。{done}") from fault
        except Refused as refused:
            taken.append(Taken(each.path, each.unit, each.period, 0, 0, 0, 0, None, None, str(refused)))
    return Collected(found.period, day, tuple(taken), tuple(each.path for each in left))


def _take(desk: Desk, folder: Path, each: ReturnFile, day: str) -> Taken:
    assert each.read is not None
    back = _back(folder, each) if each.errors else None
    why = f"收回 {each.unit} {Period.parse(each.period).label}填报（{each.path.name}）"
    done = exchange_in.apply(
        desk, each.read, only_good=True, decisions=each.corrections, why=why, refused_to=back, backed_up=True
    )
    with desk.store.writing("登记收回"):
        row = ReturnedRow(
            each.read.package.id, each.unit, each.period, day, each.path.name, each.read.sha256,
            done.added + done.changed, each.refused, done.action, now(), desk.who,
        )  # fmt: skip
        desk.store.rounds.note_returned(row)
    return Taken(
        each.path, each.unit, each.period, done.added, done.changed, len(done.conflicts), each.refused, done.annotated,
        done.action,
    )  # fmt: skip


def _back(folder: Path, each: ReturnFile) -> Path:
    place = folder / BACK
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        words = f"“{each.path.name}”有退回的行，文件夹“{BACK}”却建不成（{os_words(error)}）"
        raise MachineFault(f"{words}。请把交回的文件复制到电脑上再收") from error
    return place / f"{each.path.stem}_退回.xlsx"
