"""The data inside a signed PDF, read like a workbook: checked first, then seen beforehand, then written or not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.actions import checking, exchange_in
from desktop.actions.desk import Desk, elsewhere, needs
from desktop.model.errors import Refused
from desktop.model.exchange import Reading, Workbook, forms_digest
from desktop.model.fields.base import Value
from desktop.model.frozen import parts
from desktop.model.package import VERSION, Package, Peer
from desktop.model.registers import Record, Register, Said, Stamp, digest_replica
from desktop.pdf.checking.verdict import Verdict


def is_signed_file(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


@needs("enter")
def read(desk: Desk, path: Path, *, accept: bool = False) -> exchange_in.Read:
    """Check a signed PDF with what this folder trusts and say what taking its data would do; writes nothing.

    The workbook inside says the same as the data (that is one of the conditions), so the data are read. A valid file
    is read; one that cannot be decided (no list of the city, or an old one) only with `accept`, and only when the file
    itself is whole; an invalid one never. `exchange.apply` writes it. Raises Refused with the reason.
    """
    verdict = checking.verify(path, roots=[], register=None, crls=[], desk=desk)
    _check(desk, verdict, path, accept)
    data, _ = parts(verdict.data or {})
    sender = Peer(digest_replica(verdict.data_digest), verdict.office or verdict.signer, "0" * 64)
    package = Package(
        id=f"pdf-{verdict.data_digest[:32]}", version=VERSION, district=desk.district, office=str(data["office"]),
        sender=sender, created=str(data["prepared"]), edition="", forms_digest=forms_digest(desk.forms),
        records=tuple(_records(desk, data, verdict.data_digest, path.name)), labels=data.get("labels", {}),
        log_head=str(data.get("log_head", "")), practice=desk.practice,
    )  # fmt: skip
    reading = Reading()
    shown = exchange_in.preview_of(desk, package, reading)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return exchange_in.Read(path, sha256, Workbook(package, True, []), package, reading, shown, "known", "")


def _check(desk: Desk, verdict: Verdict, path: Path, accept: bool) -> None:
    why = checking.in_one(str(each) for each in verdict.reasons)
    if verdict.verdict == "invalid":
        raise Refused(f"“{path.name}”无效，没有读入：{why}")
    if verdict.verdict == "undecided":
        held = {each.code: each.holds for each in verdict.conditions}
        whole = all(held[code] is True or code == "pages" for code in checking.OWN)
        if not whole or not accept:
            raise Refused(
                f"“{path.name}”不能判定，没有读入：{why}。请先收下市里的证书文件；确认来源可靠的，可以认可后读入"
            )
    if where := elsewhere(desk, verdict.district):
        raise Refused(f"“{path.name}”没有读入：{where}")
    if bool((verdict.data or {}).get("practice")) != desk.practice:
        raise Refused(f"“{path.name}”是{'正式' if desk.practice else '练习'}数据，与本机不同，没有读入")


def _records(desk: Desk, data: Mapping[str, Any], digest: str, why: str) -> list[Record]:
    """Each record with only what this folder does not know yet.

    A value that stood here before and was changed since is no news: without that, an old file would bring up every
    edit made after it again.
    """
    who, at = str(data["prepared_by"]), str(data["prepared"])
    made = []
    for name, rows in data.get("records", {}).items():
        if name not in desk.forms:
            continue
        for row in rows:
            record = str(row["id"])
            known = _known(desk, record)
            fields: dict[str, Register] = {}
            vector: dict[str, int] = {}
            for field, value in row.items():
                if field == "id" or field not in desk.forms[name] or (field, value) in known:
                    continue
                replica = digest_replica(digest, record, field, value)
                fields[field] = frozenset({Said(Stamp(replica, 1), value, who, at, f"签名的 PDF {why}")})
                vector[replica] = 1
            if fields or desk.store.records.form_of(record) is None:
                made.append(Record(record, name, fields, vector))
    return made


def _known(desk: Desk, record: str) -> set[tuple[str, Value]]:
    return {(row["field"], row[side]) for row in desk.store.journal.of_record(record) for side in ("old", "new")}
