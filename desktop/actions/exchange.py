"""Workbooks out and in: export, read with a preview, apply in one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions import backup
from desktop.actions.conflicts import Conflict, conflicts_in
from desktop.actions.desk import Desk, needs, now
from desktop.actions.records import stored_of
from desktop.excel.annotate import annotate
from desktop.excel.read import read_workbook
from desktop.excel.write import write_package
from desktop.model import seal
from desktop.model.errors import Refused
from desktop.model.exchange import (
    ADDED,
    CHANGED,
    CONFLICT,
    UNCHANGED,
    CellError,
    Preview,
    Reading,
    Workbook,
    choose,
    incoming_items,
    pack,
    preview,
    read_rows,
)
from desktop.model.fields import Reference, Unit
from desktop.model.fields.base import Value
from desktop.model.merge import keep_mine
from desktop.model.package import Package, Peer
from desktop.model.registers import Record, conflicts, write
from desktop.store import local


@dataclass(frozen=True)
class Exported:
    package: str
    path: Path
    sha256: str
    records: int


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


# -- out ----------------------------------------------------------------------------------------------------------


@needs("enter")
def export(
    desk: Desk,
    path: Path,
    *,
    forms: Iterable[str] | None = None,
    unit: str = "",
    where: Mapping[str, str] | None = None,
) -> Exported:
    """Write an exchange workbook. `unit` takes that unit's share of every form; what records refer to goes along."""
    wanted = [desk.form(name).name for name in forms] if forms is not None else list(desk.forms)
    chosen: dict[str, str] = {}
    for key in where or {}:
        if not any(key in desk.forms[name] for name in wanted):
            raise Refused(f"所选的表都没有字段 {key}，请核对 --where")
    for name in wanted:
        for record in _ids(desk, name, unit, where or {}):
            chosen[record] = name
    if forms is None and not unit and not where:
        chosen.update(
            {record: name for name in wanted for record in desk.store.records.ids(name, lives=("deleted",))[0]}
        )
        chosen.update(dict.fromkeys(desk.store.records.of_unknown_forms(), ""))  # sent on, whatever they are
    if not chosen:
        raise Refused("没有符合条件的记录，没有导出。请放宽条件后再试")
    referred = _with_references(desk, chosen)
    states = desk.store.records.states(referred)
    identity = str(uuid.uuid4())
    package = pack(
        identity, states.values(), district=desk.district, office=desk.office, sender=own_peer(desk), created=now(),
        edition=desk.store.meta("edition"), forms=desk.forms, names=desk.names, log_head=desk.store.journal.head(),
        practice=desk.practice, shown=_seen(desk, states.values()),
    )  # fmt: skip
    signature = seal.sign(desk.store.exchange_key, package.to_bytes())
    shown = [name for name in wanted if any(form == name for form in chosen.values())]
    sha256 = write_package(path, package, signature, desk.forms, desk.names, forms_wanted=shown)
    with desk.store.writing("登记导出"):
        desk.store.local.note_package(identity, "out", unit, path.name, sha256, len(chosen), now(), desk.who)
        desk.store.note("export", who=desk.who, why=f"{path.name}：{len(chosen)} 条")
    return Exported(identity, path, sha256, len(chosen))


def own_peer(desk: Desk) -> Peer:
    return Peer(desk.store.replica, desk.office, seal.public_hex(desk.store.exchange_key))


def _ids(desk: Desk, name: str, unit: str, where: Mapping[str, str]) -> list[str]:
    form = desk.forms[name]
    stored: dict[str, Value] = {}
    for key, text in where.items():
        if key not in form:
            return []
        stored[key] = stored_of(desk, form, key, text)
    ids, _ = desk.store.records.ids(name, where=stored)
    if not unit:
        return ids
    fields = [each for each in form.fields if isinstance(each.type, Unit)]
    values = desk.store.records.values(name, ids)
    return [
        record
        for record in ids
        if any(isinstance(f.type, Unit) and unit in f.type.parts(values[record][f.name]) for f in fields)
    ]


def _with_references(desk: Desk, chosen: Mapping[str, str]) -> set[str]:
    """The chosen records and all that they refer to: a parent that stays behind would show as 未收到."""
    found = set(chosen)
    waiting = dict(chosen)
    while waiting:
        by_form: dict[str, list[str]] = {}
        for record, name in waiting.items():
            by_form.setdefault(name, []).append(record)
        waiting = {}
        for name, ids in by_form.items():
            if name not in desk.forms:
                continue
            links = [each for each in desk.forms[name].fields if isinstance(each.type, Reference)]
            for values in desk.store.records.values(name, ids).values() if links else ():
                for link in links:
                    assert isinstance(link.type, Reference)
                    for target in link.type.parts(values[link.name]):
                        if target not in found and desk.names.label(link.type.to, target) is not None:
                            found.add(target)
                            waiting[target] = link.type.to
    return found


def _seen(desk: Desk, states: Iterable[Record]) -> dict[str, dict[str, Value]]:
    """The typed columns' values of records with open fields."""
    seen = {}
    for state in states:
        waiting = conflicts(state)
        if waiting and state.form in desk.forms:
            values = desk.store.records.values(state.form, [state.id])[state.id]
            seen[state.id] = {name: values[name] for name in waiting if name in values}
    return seen


# -- in -----------------------------------------------------------------------------------------------------------


@needs("enter")
def read(desk: Desk, path: Path) -> Read:
    """Read a workbook and say what merging it would do; writes nothing.

    Raises Refused in one sentence: unreadable, changed, another district's, practice in real work or the reverse.
    """
    if not path.is_file():
        raise Refused(f"找不到文件 {path}，请核对路径")
    workbook = read_workbook(path)
    package = workbook.package
    if package is None:
        raise Refused(f"“{path.name}”不是本程序导出的工作簿，没有读入。请用本程序导出的工作簿填写后再交回")
    if package.district != desk.district:
        raise Refused(f"“{path.name}”是区县 {package.district} 的数据，本机是 {desk.district}，没有读入")
    if package.practice != desk.practice:
        raise Refused(f"“{path.name}”是{'练习' if package.practice else '正式'}数据，与本机不同，没有读入")
    peer = _peer(desk, package.sender, path)
    reading = read_rows(
        workbook, package, desk.forms, desk.names, lambda form, values: desk.store.records.same(form, values, "")
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    shown = _preview(desk, package, reading)
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


def _preview(desk: Desk, package: Package, reading: Reading) -> Preview:
    items = incoming_items(package, reading)
    mine: dict[str, Record | None] = dict(desk.store.records.states([item.record.id for item in items]))
    held = [state for state in mine.values() if state is not None]
    return preview(items, mine, desk.forms, package, reading.errors, _seen(desk, held))


@needs("enter")
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
) -> Applied:
    """Write what was read, in one transaction, or nothing.

    Refused cells stop everything unless `only_good`; then their rows come back as an annotated workbook. `decisions`
    gives values for conflicts decided in the preview, as {(record, field): value}.
    """
    if read.peer == "unknown" and not accept_peer:
        raise Refused(
            f"还没有认可来源“{read.package.sender.name}”（指纹 {read.fingerprint}）。请先向对方核对指纹，再认可并导入"
        )
    errors = list(read.reading.errors)
    annotated = _annotated(desk, read) if errors else None
    if errors and not only_good:
        first = errors[0]
        raise Refused(
            f"有 {len(errors)} 处没有看懂，一条也没有写入。{first.where}：{first.message}",
            [{**each.as_json(), "annotated": str(annotated)} for each in errors],
        )
    shown = _preview(desk, read.package, read.reading)  # records may have changed since the preview was made
    chosen = choose(shown, skip_records, skip_fields)
    if chosen:
        backup.automatic(desk, "导入前")
    action = None
    renewed = desk.store.counter < _my_counter_in(desk, read.package)
    if renewed:
        desk.store.take_new_replica()
    with desk.store.writing("导入"):
        _accept(desk, read)
        pairs: list[tuple[Record | None, Record]] = []
        for each in chosen:
            after = each.after
            settled = {name: value for (record, name), value in (decisions or {}).items() if record == after.id}
            if each.keep:
                base = each.mine or Record(after.id, after.form)
                held = (
                    desk.store.records.values(after.form, [after.id]).get(after.id)
                    if after.form in desk.forms
                    else None
                )
                stamp = desk.store.next_stamp()
                after = keep_mine(after, base, list(each.keep), stamp, desk.who, now(), why, held)
            if settled:
                after = write(after, settled, desk.store.next_stamp(), desk.who, now(), why)
            pairs.append((each.mine, after))
        if pairs:
            action = desk.store.save("import", pairs, who=desk.who, why=why or read.path.name)
            desk.store.keep_before_import(action, pairs)
        desk.store.local.note_package(
            read.package.id, "in", read.package.sender.name, read.path.name, read.sha256, len(pairs), now(), desk.who
        )
    skipped = set(skip_records)
    fresh = [line for line in shown.of(CONFLICT) if line.id not in skipped]
    opened = [each for line in fresh for each in conflicts_in(desk, line.id)]
    counts = {kind: sum(line.id not in skipped for line in shown.of(kind)) for kind in (ADDED, CHANGED, UNCHANGED)}
    return Applied(
        action, counts[ADDED], counts[CHANGED], counts[UNCHANGED], opened, errors, annotated, renewed
    )  # fmt: skip


def _my_counter_in(desk: Desk, package: Package) -> int:
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


def _annotated(desk: Desk, read: Read) -> Path:
    """Refused rows as a workbook beside the one that came in."""
    path = read.path.with_name(f"{read.path.stem}_退回.xlsx")
    annotate(path, read.workbook, read.reading, desk.forms, desk.names)
    return path


def peer_json(read: Read) -> dict[str, Any]:
    sender = read.package.sender
    return {
        "name": sender.name,
        "replica": sender.replica,
        "fingerprint": read.fingerprint,
        "known": read.peer != "unknown",
    }
