"""Workbooks out: a package of whole records as a workbook that others fill in. Reading them is in `exchange_in`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import rounds_share
from desktop.actions.desk import Desk, needs, now
from desktop.actions.exchange_in import Applied, Read, Stale, apply, own_counter, read, seen_values
from desktop.actions.exchange_json import peer_json, preview_json
from desktop.actions.records import stored_of
from desktop.actions.rounds_asked import Ground
from desktop.actions.rounds_share import Share
from desktop.excel.write import write_package
from desktop.model import seal
from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.exchange import pack
from desktop.model.fields import Reference, Unit
from desktop.model.fields.base import Value
from desktop.model.package import Peer
from desktop.model.periods import Period
from desktop.model.progress import Report, part, quiet


@dataclass(frozen=True)
class Exported:
    package: str
    path: Path
    sha256: str
    records: int


@needs("enter")
@bulk()
def export(
    desk: Desk,
    path: Path,
    *,
    forms: Iterable[str] | None = None,
    unit: str = "",
    where: Mapping[str, str] | None = None,
    period: str = "",
    report: Report = quiet,
) -> Exported:
    """Write an exchange workbook. `unit` takes that unit's share of every form; what records refer to goes along.

    A unit's workbook has the rows of progress and figures it is to fill for `period` (default: this month). With
    `period` it is the workbook of a round: that period's reports alone, and the forms of the ledger unless named.
    `report(done, total)` is called on the way; what it raises ends the work with nothing written.
    """
    if period and not unit:
        raise Refused("写了填报时间，还要写明是哪个单位的工作簿（--unit）")
    named = forms if forms is not None or not period else rounds_share.FORMS
    wanted = [desk.form(name).name for name in named] if named is not None else list(desk.forms)
    share = _share(desk, unit, period, wanted) if unit and not where else None
    chosen: dict[str, str] = {}
    for key in where or {}:
        if not any(key in desk.forms[name] for name in wanted):
            raise Refused(f"所选的表都没有字段 {key}，请核对 --where")
    for name in wanted:
        if period and share is not None and name in rounds_share.FORMS:
            chosen.update({record: form for record, form in share.records.items() if form == name})
            continue
        for record in _ids(desk, name, unit, where or {}):
            chosen[record] = name
    if forms is None and not unit and not where:
        chosen.update(
            {record: name for name in wanted for record in desk.store.records.ids(name, lives=("deleted",))[0]}
        )
        chosen.update(dict.fromkeys(desk.store.records.of_unknown_forms(), ""))  # sent on, whatever they are
    return write_out(desk, path, chosen, wanted, unit=unit, share=share, report=report)


def _share(desk: Desk, unit: str, period: str, wanted: Iterable[str]) -> Share:
    span = str(Period.parse(period)) if period else str(Period.of(desk.names.today, "month"))
    share = rounds_share.share(Ground(desk, span), unit)
    share.rows = {form: rows for form, rows in share.rows.items() if form in wanted}
    return share


def write_out(
    desk: Desk, path: Path, chosen: Mapping[str, str], wanted: Iterable[str], *, unit: str = "",
    share: Share | None = None, report: Report = quiet,
) -> Exported:  # fmt: skip
    """Write the chosen records {id: form}, what they refer to, and the prepared rows of a unit's share."""
    handed = share.handed(unit) if share is not None else None
    if not chosen and handed is None:
        raise Refused("没有符合条件的记录，没有导出。请放宽条件后再试")
    asked_of = share.indicators() if share is not None else {}
    referred = _with_references(desk, {**chosen, **asked_of})
    report(20, 1000)
    states = desk.store.records.states(referred)
    report(150, 1000)
    identity = str(uuid.uuid4())
    package = pack(
        identity, states.values(), district=desk.district, office=desk.office, sender=own_peer(desk), created=now(),
        edition=desk.store.meta("edition"), forms=desk.forms, names=desk.names, log_head=desk.store.journal.head(),
        practice=desk.practice, shown=seen_values(desk, states.values()), handed=handed,
    )  # fmt: skip
    report(200, 1000)
    signature = seal.sign(desk.store.exchange_key, package.to_bytes())
    filled = {*chosen.values(), *(handed.rows if handed is not None else ())}
    shown = [name for name in wanted if name in filled]
    sha256 = write_package(
        path, package, signature, desk.forms, desk.names, forms_wanted=shown,
        hints=share.hints if share is not None else None, report=part(report, 250, 950),
    )  # fmt: skip
    with desk.store.writing("登记导出"):
        desk.store.local.note_package(identity, "out", unit, path.name, sha256, len(chosen), now(), desk.who,
                                            desk.store.replica, own_counter(desk, package))  # fmt: skip
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
    merged = desk.store.records.merged
    found = {each for record in chosen for each in merged.members(record)}
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
                            found.update(merged.members(target))
                            waiting[target] = link.type.to
    return found


__all__ = [
    "Applied", "Exported", "Read", "Stale", "apply", "export", "own_peer", "peer_json", "preview_json", "read",
    "write_out",
]  # fmt: skip
