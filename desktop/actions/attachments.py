"""Files beside records: their bytes lie in the encrypted database, the record names them by digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk, needs, now
from desktop.actions.records import save_values
from desktop.excel.stick import deliver
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.fields.base import Value
from desktop.model.forms import Field, Form
from desktop.model.registers import Life, life, open_values

LIMIT = 20 * 1024 * 1024  # bytes of one file
NAME = 120  # characters of its name


@dataclass(frozen=True)
class Attachment:
    """One file of a record; `here` False: its bytes have not come yet (未收到)."""

    digest: str
    name: str
    size: int
    here: bool = True


def read_small(path: Path, what: str = "附件") -> bytes:
    """The bytes of a file of at most 20 MB. Raises Refused when it is missing, empty or larger."""
    try:
        if path.is_dir():
            raise Refused(f"“{path.name}”是文件夹，不是文件，请选一个文件")
        size = path.stat().st_size
        if size > LIMIT:
            raise Refused(f"“{path.name}”有 {size / 1024 / 1024:.1f} MB，{what}最大 20 MB，请压缩或拆分后再添加")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(f"找不到文件 {path}，请核对路径") from error
    except OSError as error:
        raise MachineFault(f"读不出“{path.name}”（{os_words(error)}），请检查磁盘或重新插入 U 盘") from error
    if not content:
        raise Refused(f"“{path.name}”是空文件，没有添加，请核对")
    return content


@needs("enter")
def attach(desk: Desk, form_name: str, record: str, path: Path, field: str = "") -> Attachment:
    """Keep a file with a record; the same bytes twice stay one. Without `field`: the form's only file field."""
    form = desk.form(form_name)
    into = file_field(form, field)
    held = _held(desk, form, record, into)
    content = read_small(path)
    name = _name(path.name)
    with desk.store.writing("添加附件"):
        digest = desk.store.local.keep_attachment(name, content, now())
        if all(each.digest != digest for each in held):
            held.append(Attachment(digest, name, len(content)))
            save_values(desk, form, [(record, {into.name: _stored(held)})], f"添加附件 {name}")
    return next(each for each in held if each.digest == digest)


@needs("enter")
def detach(desk: Desk, form_name: str, record: str, digest: str, why: str = "") -> None:
    """Take a file off a record; its bytes stay, since the log and former editions name them."""
    form = desk.form(form_name)
    for into in (each for each in form.fields if each.type.name == "file"):
        held = _held(desk, form, record, into)
        left = [each for each in held if each.digest != digest]
        if left != held:
            save_values(desk, form, [(record, {into.name: _stored(left)})], why or "去掉附件")
            return
    raise Refused("这条记录没有这个附件，请核对")


def attachments(desk: Desk, form_name: str, record: str) -> list[Attachment]:
    """The files of a record, in the order they were added."""
    form = desk.form(form_name)
    return [
        found for each in form.fields if each.type.name == "file" for found in _held(desk, form, record, each)
    ]  # fmt: skip


def attachment_bytes(desk: Desk, digest: str) -> bytes:
    """The bytes of a file. Raises Refused when they have not come."""
    content = desk.store.local.attachment(digest)
    if content is None:
        raise Refused(f"附件 {digest[:12]} 还没有收到，请向来源索取")
    return content


def save_attachment(desk: Desk, digest: str, out: Path) -> str:
    """Write a file's bytes out; its SHA-256."""
    return deliver(out, attachment_bytes(desk, digest))


def file_field(form: Form, name: str = "") -> Field:
    """The field that takes files. Raises Refused when the form has none, or several and none is named."""
    found = [each for each in form.fields if each.type.name == "file" and name in ("", each.name)]
    if not found:
        raise Refused(f"“{form.title}”{f'的 {name} ' if name else ''}不能带附件，请核对")
    if len(found) > 1:
        raise Refused(f"“{form.title}”有几处可放附件，请指明 {'、'.join(each.name for each in found)} 之一")
    return found[0]


def _held(desk: Desk, form: Form, record: str, into: Field) -> list[Attachment]:
    state = desk.store.records.states([record]).get(record)
    if state is None or state.form != form.name or life(state) == Life.DELETED:
        raise Refused(f"没有这条{form.noun}：{record}。请用 list 查到它的 id")
    if len(open_values(state.fields.get(into.name, frozenset()))) > 1:
        raise Refused(f"这条{form.noun}的“{into.label}”有待定的冲突，请先定下来，再添加或去掉附件")
    value = desk.store.records.values(form.name, [record])[record][into.name]
    return [
        Attachment(digest, name, int(size), desk.store.local.attachment(digest) is not None)
        for digest, name, size in json.loads(str(value or "[]"))
    ]


def _stored(files: list[Attachment]) -> Value:
    rows = [[each.digest, each.name, each.size] for each in files]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else None


def _name(name: str) -> str:
    clean = "".join(each for each in name if each.isprintable())
    stem, dot, suffix = clean.rpartition(".")
    if len(clean) <= NAME or not dot:
        return clean[-NAME:]
    return f"{stem[: NAME - len(suffix) - 1]}.{suffix}"[-NAME:]
