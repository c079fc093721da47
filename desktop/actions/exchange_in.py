"""Workbooks in: read with a preview, applied in one transaction or not at all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.actions import backup
from desktop.actions.conflicts import Conflict, conflicts_among, life_settled
from desktop.actions.desk import Desk, elsewhere, needs, now
from desktop.actions.emptied import note_emptied
from desktop.excel.annotate import annotate
from desktop.excel.read import read_workbook
from desktop.model import seal
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.exchange import (
    ADDED,
    CHANGED,
    CONFLICT,
    UNCHANGED,
    CellError,
    Chosen,
    Preview,
    Reading,
    Workbook,
    choose,
    incoming_items,
    preview,
    read_rows,
)
from desktop.model.fields.base import Value
from desktop.model.merge import keep_mine
from desktop.model.package import Package, Peer
from desktop.model.progress import Report, counted, part, quiet
from desktop.model.registers import DELETED, Record, conflicts, write
from desktop.store import local


@dataclass
class Read:
    """A workbook that was read and not yet written: what merging it would do."""

    path: Path
    sha256: str
    workbook: Workbook
    package: Package
    reading: Reading
    preview: Preview
    peer: str  # own, known, unknown
    fingerprint: str


@dataclass
class Applied:
    """What an import did. `annotated` is the workbook of refused rows, if there were any."""

    action: int | None
    added: int
    changed: int
    unchanged: int
    conflicts: list[Conflict] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    annotated: Path | None = None
    new_replica: bool = False


def seen_values(desk: Desk, states: Iterable[Record]) -> dict[str, dict[str, Value]]:
    """The typed columns' values of records with open fields."""
    waiting = {state.id: conflicts(state) for state in states if state.form in desk.forms}
    by_form: dict[str, list[str]] = defaultdict(list)
    for state in states:
        if waiting.get(state.id):
            by_form[state.form].append(state.id)
    found: dict[str, dict[str, Value]] = {}
    for form, ids in by_form.items():
        for record, values in desk.store.records.stored(form, ids).items():
            found[record] = {name: values[name] for name in waiting[record] if name in values}
    return found


@needs("enter")
@bulk()
def read(desk: Desk, path: Path, report: Report = quiet) -> Read:
    """Read a workbook and say what merging it would do; writes nothing.

    Raises Refused in one sentence: unreadable, changed, another district's, practice in real work or the reverse.
    """
    if not path.is_file():
        raise Refused(f"找不到文件 {path}，请核对路径")
    workbook = read_workbook(path, part(report, 0, 400))
    package = workbook.package
    if package is None:
        raise Refused(f"“{path.name}”不是本程序导出的工作簿，没有读入。请用本程序导出的工作簿填写后再交回")
    if why := elsewhere(desk, package.district):
        raise Refused(f"“{path.name}”没有读入：{why}")
    if package.practice != desk.practice:
        raise Refused(f"“{path.name}”是{'练习' if package.practice else '正式'}数据，与本机不同，没有读入")
    peer = _peer(desk, package.sender, path)
    report(400, 1000)
    reading = read_rows(
        workbook, package, desk.forms, desk.names, lambda form, values: desk.store.records.same(form, values, "")
    )
    report(650, 1000)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    shown = preview_of(desk, package, reading, part(report, 650, 1000))
    return Read(path, sha256, workbook, package, reading, shown, peer, seal.fingerprint(package.sender.public_key))


def _peer(desk: Desk, sender: Peer, path: Path) -> str:
    if sender.replica == desk.store.replica:
        if sender.public_key != seal.public_hex(desk.store.exchange_key):
            raise Refused(f"“{path.name}”自称由本机发出，签章却不是本机的，没有读入。请向来人核实")
        return "own"
    known = desk.store.local.peer(sender.replica)
    if known is None:
        return "unknown"
    if known.public_key != sender.public_key:
        raise Refused(f"“{path.name}”自称来自“{known.name}”，签章却不是它的，没有读入。请向来人核实")
    return "known"


def preview_of(desk: Desk, package: Package, reading: Reading, report: Report = quiet) -> Preview:
    items = incoming_items(package, reading)
    mine: dict[str, Record | None] = dict(desk.store.records.states([item.record.id for item in items]))
    held = [state for state in mine.values() if state is not None]
    report(300, 1000)
    counted_items = counted(items, len(items), part(report, 300, 1000))
    return preview(counted_items, mine, desk.forms, package, reading.errors, seen_values(desk, held))


class Stale(Refused):
    """Records changed after the preview was made: `read` holds the preview as it is now."""

    def __init__(self, read: Read) -> None:
        super().__init__("预览之后，这些记录又有改动，已重新核对，还没有写入。请再看一遍后写入")
        self.read = read


@needs("enter")
@bulk()
def apply(
    desk: Desk,
    read: Read,
    *,
    accept_peer: bool = False,
    only_good: bool = False,
    skip_records: Iterable[str] = (),
    skip_fields: Iterable[tuple[str, str]] = (),
    decisions: Mapping[tuple[str, str], Value] | None = None,
    why: str = "",
    as_seen: bool = False,
    refused_to: Path | None = None,
    backed_up: bool = False,
    report: Report = quiet,
) -> Applied:
    """Write what was read, in one transaction, or nothing.

    Refused cells stop everything unless `only_good`; then their rows come back as an annotated workbook. `decisions`
    gives values for conflicts decided in the preview, as {(record, field): value}; for a record's life 1 keeps and None
    deletes. With `as_seen` a preview that no longer holds raises Stale; else it is made again and applied. Refused rows
    are written to `refused_to`, else beside the file; `backed_up`: the caller has made the backup.
    """
    if read.peer == "unknown" and not accept_peer:
        raise Refused(
            f"还没有认可来源“{read.package.sender.name}”（指纹 {read.fingerprint}）。请先向对方核对指纹，再认可并导入"
        )
    errors = list(read.reading.errors)
    annotated = _annotated(desk, read, refused_to) if errors else None
    if errors and not only_good:
        first = errors[0]
        raise Refused(
            f"有 {len(errors)} 处没有看懂，一条也没有写入。{first.where}：{first.message}",
            [{**each.as_json(), "annotated": str(annotated)} for each in errors],
        )
    seen = preview_of(desk, read.package, read.reading, part(report, 0, 300))  # records may have changed meanwhile
    if as_seen and seen.lines != read.preview.lines:
        raise Stale(replace(read, preview=seen))
    chosen = choose(seen, skip_records, skip_fields)
    if chosen and not backed_up:
        backup.automatic(desk, "导入前")
    report(450, 1000)
    action = None
    renewed = desk.store.counter < own_counter(desk, read.package)
    if renewed:
        desk.store.take_new_replica()
    with desk.store.writing("导入"):
        _accept(desk, read)
        pairs = _settled(desk, chosen, decisions or {}, why, part(report, 450, 600))
        if pairs:
            action = desk.store.save("import", pairs, who=desk.who, why=why or read.path.name)
            report(900, 1000)
            desk.store.keep_before_import(action, pairs)
            note_emptied(desk, chosen)
        desk.store.local.note_package(
            read.package.id, "in", read.package.sender.name, read.path.name, read.sha256, len(pairs), now(), desk.who,
            read.package.sender.replica, own_counter(desk, read.package), action or 0,
        )  # fmt: skip
        report(990, 1000)
    skipped = set(skip_records)
    opened = conflicts_among(desk, [line.id for line in seen.of(CONFLICT) if line.id not in skipped])
    counts = {kind: sum(line.id not in skipped for line in seen.of(kind)) for kind in (ADDED, CHANGED, UNCHANGED)}
    return Applied(
        action, counts[ADDED], counts[CHANGED], counts[UNCHANGED], opened, errors, annotated, renewed
    )  # fmt: skip


def _settled(
    desk: Desk, chosen: list[Chosen], decisions: Mapping[tuple[str, str], Value], why: str, report: Report
) -> list[tuple[Record | None, Record]]:
    """(before, after) of each record: the merge, then what was ticked off or decided as this person's own edits."""
    wanted: dict[str, dict[str, Value]] = defaultdict(dict)
    for (record, name), value in decisions.items():
        wanted[record][name] = value
    kept = [each.after for each in chosen if each.keep and each.after.form in desk.forms]
    held: dict[str, dict[str, Value]] = {}
    for form in {after.form for after in kept}:
        held.update(desk.store.records.stored(form, [after.id for after in kept if after.form == form]))
    pairs: list[tuple[Record | None, Record]] = []
    for each in counted(chosen, len(chosen), report):
        after, values = each.after, wanted.get(each.after.id, {})
        if each.keep:
            base = each.mine or Record(after.id, after.form)
            stamp = desk.store.next_stamp()
            after = keep_mine(after, base, list(each.keep), stamp, desk.who, now(), why, held.get(after.id))
        fields = {name: value for name, value in values.items() if name != DELETED}
        if fields:
            after = write(after, fields, desk.store.next_stamp(), desk.who, now(), why)
        if DELETED in values:
            keep = values[DELETED] is not None
            after = life_settled(after, keep, desk.store.next_stamp(), desk.who, now(), why)
        pairs.append((each.mine, after))
    return pairs


def own_counter(desk: Desk, package: Package) -> int:
    """The highest counter of this replica that a package knows, in whatever record, taken or not: if it is above mine,
    this file was put back, and its counters would be used twice."""
    mine = desk.store.replica
    counters = [record.vector.get(mine, 0) for record in package.records]
    counters += [
        said.stamp.counter
        for record in package.records
        for register in record.fields.values()
        for said in register
        if said.stamp.replica == mine
    ]
    return max(counters, default=0)


def _accept(desk: Desk, read: Read) -> None:
    if read.peer != "unknown":
        return
    sender = read.package.sender
    desk.store.local.accept_peer(local.Peer(sender.replica, sender.name, sender.public_key, now(), desk.who))
    desk.store.note("peer", who=desk.who, why=f"认可来源 {sender.name}，指纹 {read.fingerprint}")


def _annotated(desk: Desk, read: Read, path: Path | None) -> Path:
    """Refused rows as a workbook, beside the one that came in where no other place is named."""
    path = path or read.path.with_name(f"{read.path.stem}_退回.xlsx")
    annotate(path, read.workbook, read.reading, desk.forms, desk.names)
    return path
