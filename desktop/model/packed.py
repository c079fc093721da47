"""Reading a package's JSON strictly: every shape is named, every number bounded, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.model.fields.base import Value
from desktop.model.handed import HandedOut
from desktop.model.registers import DELETED, Record, Register, Said, Stamp

COUNTER = 2**53  # the largest counter that every JSON reader keeps exactly
WHOLE = 2**63 - 1
MOST_LISTS = 2_000_000  # lists and objects of a package: what 30,000 records of 30 fields have
MOST_PARTS = 8_000_000
LONGEST = 200_000  # characters of one text
_SURROGATE = re.compile(rb"\\u[dD][89abAB]")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class BadShape(Exception):
    """The bytes are no package; the text names the part."""


def _no_float(text: str) -> Any:
    raise BadShape(f"小数 {text[:20]}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadShape("同一项出现两次")
    return found


def read_json(data: bytes) -> dict[str, Any]:
    """The one JSON object in `data`: no floats, no key twice, no half characters. Raises BadShape."""
    if data.count(b"[") + data.count(b"{") > MOST_LISTS or data.count(b",") > MOST_PARTS:
        raise BadShape("内容过多")
    if _SURROGATE.search(data):
        raise BadShape("字符不完整")
    try:
        found = json.loads(
            data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_unique
        )
    except (ValueError, RecursionError):
        raise BadShape("不是 JSON") from None
    if not isinstance(found, dict):
        raise BadShape("不是一个对象")
    return found


def _value(value: Any) -> Value:
    if value is None or (type(value) is str and len(value) <= LONGEST) or (type(value) is int and abs(value) <= WHOLE):
        return value
    raise BadShape("值")


def _counter(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= COUNTER:
        raise BadShape("变更序号超出范围")
    return value


def _seen(value: Value) -> Value:
    """A delete's value: None, or the vector its author had seen, as text."""
    if value is None:
        return None
    found = read_json(str(value).encode()) if isinstance(value, str) else None
    if found is None or not all(isinstance(replica, str) for replica in found):
        raise BadShape("删除标记")
    for counter in found.values():
        _counter(counter)
    return value


class Reader:
    """Takes one part after the other out of a package's JSON. All methods raise BadShape."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def only(self, known: Iterable[str]) -> None:
        unknown = set(self._data) ^ set(known)
        if unknown:
            raise BadShape("、".join(sorted(unknown))[:80])

    def has(self, key: str) -> bool:
        return key in self._data

    def _get(self, key: str, kind: type) -> Any:
        found = self._data.get(key)
        if type(found) is not kind:
            raise BadShape(key)
        return found

    def text(self, key: str) -> str:
        found: str = self._get(key, str)
        if len(found) > 1000:
            raise BadShape(key)
        return found

    def whole(self, key: str) -> int:
        return _counter(self._get(key, int))

    def flag(self, key: str) -> bool:
        found: bool = self._get(key, bool)
        return found

    def texts(self, key: str) -> list[str]:
        found: list[Any] = self._get(key, list)
        if not all(type(each) is str for each in found):
            raise BadShape(key)
        return found

    def names(self, key: str) -> dict[str, dict[str, str]]:
        found: dict[str, Any] = self._get(key, dict)
        for inner in found.values():
            if type(inner) is not dict or not all(type(name) is str for name in inner.values()):
                raise BadShape(key)
        return found

    def words(self) -> dict[str, dict[str, dict[str, str]]]:
        found: dict[str, Any] = self._get("words", dict)
        return {form: Reader({"words": inner}).names("words") for form, inner in found.items()}

    def shown(self) -> dict[str, dict[str, Value]]:
        found: dict[str, Any] = self._get("shown", dict)
        if not all(type(inner) is dict for inner in found.values()):
            raise BadShape("shown")
        return {record: {name: _value(value) for name, value in inner.items()} for record, inner in found.items()}

    def handed(self) -> HandedOut:
        inner = Reader(self._get("handed", dict))
        inner.only(("unit", "period", "due", "rows"))
        rows = inner._get("rows", dict)
        found: dict[str, dict[str, dict[str, Value]]] = {}
        for form, prepared in rows.items():
            if type(prepared) is not dict or not _PLAIN.fullmatch(form):
                raise BadShape("handed")
            found[form] = Reader({"shown": prepared}).shown()
        return HandedOut(inner.text("unit"), inner.text("period"), inner.text("due"), found)

    def records(self) -> tuple[Record, ...]:
        replicas = self.texts("replicas")
        people = [tuple(each) for each in self._get("people", list) if type(each) is list]
        if any(len(each) != 3 or not all(type(part) is str for part in each) for each in people):
            raise BadShape("people")
        records = []
        seen: set[str] = set()
        for packed in self._get("records", list):
            try:
                record = self._record(packed, replicas, people)
            except (TypeError, ValueError, IndexError):
                raise BadShape("records") from None
            if record.id in seen:
                raise BadShape("同一记录出现两次")
            seen.add(record.id)
            records.append(record)
        return tuple(records)

    @staticmethod
    def _record(packed: Any, replicas: list[str], people: list[tuple[str, ...]]) -> Record:
        record_id, form, packed_fields, flat = packed
        if type(record_id) is not str or type(form) is not str or not _PLAIN.fullmatch(form) or len(record_id) > 64:
            raise BadShape("records")
        if type(packed_fields) is not dict or type(flat) is not list or len(flat) % 2:
            raise BadShape("records")
        vector = {_at(replicas, place): _counter(counter) for place, counter in zip(*[iter(flat)] * 2, strict=True)}
        fields: dict[str, Register] = {}
        for name, packed_register in packed_fields.items():
            if not _PLAIN.fullmatch(name) or not packed_register:
                raise BadShape("records")
            register = set()
            for place, counter, value, who in packed_register:
                replica = _at(replicas, place)
                if _counter(counter) > vector.get(replica, 0):
                    raise BadShape("变更序号没有来历")
                said = Said(Stamp(replica, counter), _value(value), *_at(people, who))
                register.add(said._replace(value=_seen(value)) if name == DELETED else said)
            fields[name] = frozenset(register)
        return Record(record_id, form, fields, vector)


def _at(table: list[Any], place: Any) -> Any:
    if type(place) is not int or not 0 <= place < len(table):
        raise BadShape("records")
    return table[place]
