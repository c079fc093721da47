"""Collecting: all workbooks of a folder read in one go, with one preview, then written file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.actions import exchange_in
from desktop.actions.closed import closing_over
from desktop.actions.desk import Desk, needs
from desktop.actions.exchange_in import Read, seen_values
from desktop.model.errors import DeskError, Refused
from desktop.model.exchange import ADDED, CHANGED, CONFLICT, UNCHANGED, CellError, Line, incoming_items, preview
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.progress import Report, quiet
from desktop.model.registers import Record, digest_replica

GOOD, BLANK, AGAIN, OTHER_PERIOD, STRANGE, UNREADABLE = (
    "good",
    "blank",
    "again",
    "other_period",
    "strange",
    "unreadable",
)
KINDS = {
    GOOD: "可以写入", BLANK: "没有填", AGAIN: "已读过", OTHER_PERIOD: "不是这一期", STRANGE: "不是下发的表",
    UNREADABLE: "读不懂",
}  # fmt: skip
BACK = "退回"  # folder inside the collected one for the refused rows
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
Decisions = dict[tuple[str, str], Value]


@dataclass
class ReturnFile:
    """One file of the folder, and what reading it would do. `sentence` says what is the matter, "" nothing.

    `filled` and `waiting` are prepared rows filled and still blank. `corrections` are values that the unit sent before
    in the same workbook and has now changed itself, with nobody in between: they take the newer one without asking.
    """

    path: Path
    kind: str
    sentence: str = ""
    unit: str = ""
    period: str = ""
    due: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    filled: int = 0
    waiting: int = 0
    conflicts: int = 0
    errors: tuple[CellError, ...] = ()
    corrections: Decisions = field(default_factory=dict)
    open: tuple[tuple[str, str, str, str], ...] = ()  # label, field's label, mine, theirs
    read: Read | None = None

    @property
    def good(self) -> bool:
        """Whether it is written when nothing else is said."""
        return self.kind == GOOD

    @property
    def may(self) -> bool:
        """Whether it can be written when the clerk says so."""
        return self.read is not None and self.kind in (GOOD, OTHER_PERIOD)

    @property
    def refused(self) -> int:
        return len({(error.sheet, error.row) for error in self.errors})


@dataclass
class Returns:
    """The combined preview of a folder; nothing is written yet. `closed` is a sentence when the period is closed."""

    folder: Path
    period: str
    files: list[ReturnFile]
    closed: str = ""

    def of(self, kind: str) -> list[ReturnFile]:
        return [each for each in self.files if each.kind == kind]


def workbooks_in(folder: Path) -> list[Path]:
    """The tables under a folder in the order they were saved: without lock files, former copies, and 退回."""
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，请核对路径，或重新插入 U 盘")
    found = [
        path for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(("~$", "."))
        and ".上一份" not in path.name and path.relative_to(folder).parts[0] != BACK
    ]  # fmt: skip
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))


@needs("enter")
def read_returns(desk: Desk, folder: Path, period: str = "", report: Report = quiet) -> Returns:
    """Read every workbook of a folder; `period` defaults to the one that most of them are for. Writes nothing.

    Files are previewed one upon the other, so that two that speak of one record show it. Raises Refused when the
    folder holds no table.
    """
    paths = workbooks_in(folder)
    if not paths:
        raise Refused(f"文件夹“{folder}”里没有表格文件。请把单位交回的 .xlsx 放进去后再收")
    files = []
    for place, path in enumerate(paths):
        report(place, len(paths))
        files.append(_read(desk, path))
    wanted = Period.parse(period).key if period else _usual([each.period for each in files if each.period])
    overlay: dict[str, Record] = {}
    seen: dict[str, str] = {}
    for each in files:
        if each.read is None:
            continue
        twin = seen.get(each.read.sha256)
        if twin:
            each.kind, each.sentence = AGAIN, f"与“{twin}”完全相同"
            continue
        seen[each.read.sha256] = each.path.name
        _judge(desk, each, wanted, overlay)
    over = closing_over(desk, Period.parse(wanted)) if wanted else None
    return Returns(folder, wanted, files, f"{over.label}已关账，写入的内容列入关账后变动" if over else "")


def _usual(periods: list[str]) -> str:
    """The period most files are for; of several the latest."""
    count = Counter(periods)
    return max(count, key=lambda key: (count[key], Period.parse(key).last)) if count else ""


def _read(desk: Desk, path: Path) -> ReturnFile:
    try:
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            raise Refused(f"“{path.name}”不是 .xlsx 文件，没有读入。请在 WPS 里另存为 .xlsx 后再收")
        read = exchange_in.read(desk, path)
    except DeskError as error:
        return ReturnFile(path, UNREADABLE, str(error))
    handed = read.package.handed
    if handed is None:
        words = "这是往来工作簿，不是下发的填报表。请在“导入导出”里单独导入"
        return ReturnFile(path, STRANGE, words)
    if read.peer == "unknown":
        words = f"由还没有认可的来源“{read.package.sender.name}”下发。请在“导入导出”里单独导入，核对指纹"
        return ReturnFile(path, STRANGE, words, handed.unit, handed.period)
    return ReturnFile(path, GOOD, "", handed.unit, handed.period, handed.due, read=read)


def _judge(desk: Desk, each: ReturnFile, wanted: str, overlay: dict[str, Record]) -> None:
    assert each.read is not None
    read = each.read
    items = incoming_items(read.package, read.reading)
    mine: dict[str, Record | None] = dict(desk.store.records.states([item.record.id for item in items]))
    mine.update({item.record.id: overlay[item.record.id] for item in items if item.record.id in overlay})
    held = seen_values(desk, [state for state in mine.values() if state is not None])
    shown = preview(items, mine, desk.forms, read.package, read.reading.errors, held)
    each.errors = read.reading.errors
    each.waiting = read.reading.waiting
    each.filled = (read.package.handed.count if read.package.handed else 0) - each.waiting
    each.corrections = corrections(read.package.id, shown.of(CONFLICT))
    each.added, each.changed = shown.counts[ADDED], shown.counts[CHANGED]
    each.unchanged = shown.counts[UNCHANGED]
    each.open = tuple(_open(desk, shown.of(CONFLICT), each.corrections))
    each.conflicts = len(each.open)
    fixed = {record for record, _ in each.corrections}
    undecided = {line.id for line in shown.of(CONFLICT) if any(
        row.open and (line.id, row.field) not in each.corrections for row in line.fields
    )}  # fmt: skip
    each.changed += len(fixed - undecided)
    before = desk.store.rounds.read_before(read.sha256)
    news = each.added or each.changed or each.conflicts
    if wanted and each.period != wanted:
        each.kind = OTHER_PERIOD
        each.sentence = f"这是{Period.parse(each.period).label}的表，这次收的是{Period.parse(wanted).label}"
    elif not news and not each.errors:
        each.kind = AGAIN if before or each.filled else BLANK
        each.sentence = f"{before[:16].replace('T', ' ')} 已经读过" if before else (
            "内容都已在库中，不用再写" if each.filled else "排好的行一行也没有填"
        )  # fmt: skip
    if each.kind == GOOD:
        overlay.update({line.id: line.after for line in shown.lines})


def corrections(package: str, lines: list[Line]) -> Decisions:
    """Open fields where all that stands against the new value was sent before in this very workbook."""
    found: Decisions = {}
    for line in lines:
        edit = line.incoming.edit
        for row in line.fields:
            if not row.open or edit is None or row.field not in edit.changes or line.mine is None:
                continue
            mine = line.mine.fields.get(row.field, frozenset())
            sent = {digest_replica(package, line.id, row.field, said.value) for said in mine}
            if mine and {said.stamp.replica for said in mine} <= sent:
                found[line.id, row.field] = edit.changes[row.field]
    return found


def _open(
    desk: Desk, lines: list[Line], settled: Mapping[tuple[str, str], Value]
) -> Iterator[tuple[str, str, str, str]]:
    """What stays open: (record, field, mine, theirs) in words."""
    for line in lines:
        form = desk.forms.get(line.form)
        head = desk.store.records.head(line.id) or {}
        for row in line.fields:
            if not row.open or (line.id, row.field) in settled or form is None:
                continue
            label = str(head.get("label") or form.title)
            if row.field not in form:
                yield label, "删除或保留", "", ""
                continue
            kind = form.field(row.field)
            theirs = "；".join(kind.type.show(value, desk.names) or "（空）" for value, *_ in row.theirs)
            yield label, kind.label, kind.type.show(row.mine, desk.names) or "（空）", theirs
