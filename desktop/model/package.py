"""A package: what one replica sends at one moment, as bytes that are always the same and can be signed.

Version 1 is one JSON object in UTF-8, keys by code point, no spaces. Replicas and the (who, at, why) of changes stand
once each in the lists `replicas` and `people`; a record is `[id, form, {field: [[replica, counter, value, people]…]},
[replica, counter, …]]`, the numbers being places in those lists. Fields that this version does not know are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.model.bulk import bulk
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.handed import HandedOut
from desktop.model.packed import BadShape, Reader, read_json
from desktop.model.registers import Record, Said

FORMAT = "renewal-desk/package"
VERSION = 1
LARGEST = 64 * 1024 * 1024  # bytes of a package, inflated
PARTS = frozenset(
    {"format", "version", "id", "district", "office", "sender", "created", "edition", "forms_digest", "replicas",
     "people", "records", "labels", "words", "shown", "attachments", "log_head", "practice"}
)  # fmt: skip
HANDED = "handed"  # the one part that only a workbook handed out has
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Peer:
    """A replica as others know it: its id, the name it gave itself, its Ed25519 public key (64 hex digits)."""

    replica: str
    name: str
    public_key: str


@dataclass(frozen=True)
class Package:
    """One package.

    `created` is ISO text for people only. `edition` is the plan's digest, `forms_digest` that of the forms in force.
    `labels` names the records that references point to, as {form: {id: name}}. `words` says what the sheets showed:
    {form: {field: {"": heading, code: label}}}. `shown` gives the value that the sender saw in a field with several
    open values, as {record: {field: value}}. `handed` says what a unit's workbook is for.
    `attachments` are the digests of files that travel beside the package.
    """

    id: str
    version: int
    district: str
    office: str
    sender: Peer
    created: str
    edition: str
    forms_digest: str
    records: tuple[Record, ...]
    labels: Labels = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    log_head: str = ""
    practice: bool = False
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    shown: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    handed: HandedOut | None = None

    def to_bytes(self) -> bytes:
        """The canonical bytes: what is signed. Equal packages give equal bytes. They are made once and kept."""
        kept: bytes | None = self.__dict__.get("_bytes")
        if kept is None:
            with bulk():
                kept = self._to_bytes()
            object.__setattr__(self, "_bytes", kept)
        return kept

    def _to_bytes(self) -> bytes:
        replicas, people = _tables(self.records)
        data = {
            "format": FORMAT,
            "version": self.version,
            "id": self.id,
            "district": self.district,
            "office": self.office,
            "sender": [self.sender.replica, self.sender.name, self.sender.public_key],
            "created": self.created,
            "edition": self.edition,
            "forms_digest": self.forms_digest,
            "replicas": list(replicas),
            "people": [list(each) for each in people],
            "records": [_packed(record, replicas, people) for record in sorted(self.records, key=lambda r: r.id)],
            "labels": self.labels,
            "words": self.words,
            "shown": self.shown,
            "attachments": sorted(self.attachments),
            "log_head": self.log_head,
            "practice": self.practice,
        }
        if self.handed is not None:
            data[HANDED] = self.handed.as_json()
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict)
        return text.encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> Package:
        """The package of such bytes. Raises Refused when they are none, too many, or of a newer version."""
        if len(data) > LARGEST:
            raise Refused("工作簿里的同步数据超过 64 MB，没有读入；请让对方分单位或分表单导出")
        try:
            with bulk():
                return _read(Reader(read_json(data)))
        except BadShape as error:
            raise Refused(f"工作簿里的同步数据不完整或被改动（{error}），没有读入；请让对方重新导出") from None

    def record(self, record_id: str) -> Record | None:
        return self._by_id().get(record_id)

    def _by_id(self) -> dict[str, Record]:
        cached: dict[str, Record] | None = self.__dict__.get("_index")
        if cached is None:
            cached = {record.id: record for record in self.records}
            object.__setattr__(self, "_index", cached)
        return cached


People = tuple[str, str, str]


def _tables(records: Iterable[Record]) -> tuple[dict[str, int], dict[People, int]]:
    replicas: set[str] = set()
    people: set[People] = set()
    for record in records:
        replicas.update(record.vector)
        for register in record.fields.values():
            for said in register:
                replicas.add(said.stamp.replica)
                people.add((said.who, said.at, said.why))
    return (
        {replica: place for place, replica in enumerate(sorted(replicas))},
        {each: place for place, each in enumerate(sorted(people))},
    )


def _packed(record: Record, replicas: Mapping[str, int], people: Mapping[People, int]) -> list[Any]:
    fields = {
        name: [
            [replicas[said.stamp.replica], said.stamp.counter, said.value, people[said.who, said.at, said.why]]
            for said in (register if len(register) < 2 else sorted(register, key=_order))
        ]
        for name, register in record.fields.items()
    }
    vector: list[int] = []
    for replica, counter in sorted(record.vector.items()):
        vector += [replicas[replica], counter]
    return [record.id, record.form, fields, vector]


def _order(said: Said) -> tuple[object, ...]:
    return (*said.key, said.who, said.at, said.why)


def _read(reader: Reader) -> Package:
    if reader.text("format") != FORMAT:
        raise BadShape("不是本程序的同步数据")
    version = reader.whole("version")
    if version > VERSION:
        raise Refused("这份工作簿由更新版本的程序生成，本机读不了；请先升级程序，再读入")
    reader.only(PARTS | {HANDED} if reader.has(HANDED) else PARTS)
    sender = reader.texts("sender")
    if len(sender) != 3:
        raise BadShape("sender")
    return Package(
        id=reader.text("id"), version=version, district=reader.text("district"), office=reader.text("office"),
        sender=Peer(*sender), created=reader.text("created"), edition=reader.text("edition"),
        forms_digest=reader.text("forms_digest"), records=reader.records(), labels=reader.names("labels"),
        attachments=tuple(reader.texts("attachments")), log_head=reader.text("log_head"),
        practice=reader.flag("practice"), words=reader.words(), shown=reader.shown(),
        handed=reader.handed() if reader.has(HANDED) else None,
    )  # fmt: skip
