"""Checking the data folder itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.actions.desk import Desk
from desktop.actions.emptied import emptied_now
from desktop.actions.shown import field_label
from desktop.model.fields import Reference


@dataclass(frozen=True)
class Health:
    """Result of checking the data folder: findings are `{kind, record, message}`."""

    ok: bool
    findings: list[dict[str, str]]


def check_folder(desk: Desk) -> Health:
    """File, log chain, references, attachments, duplicate stamps, fields a merge would have emptied."""
    found: list[dict[str, str]] = []
    for problem in desk.store.integrity():
        found.append(_finding("file", "", f"数据文件有损坏：{problem}。请从备份恢复"))
    broken = desk.store.journal.verify()
    if broken is not None:
        found.append(
            _finding("log", "", f"日志第 {broken} 条与前一条接不上，有人改过数据文件。请从备份恢复并报告管理员")
        )
    for form_name, record, name in emptied_now(desk):
        title, label = desk.forms[form_name].title, field_label(desk.forms[form_name], name)
        found.append(
            _finding("emptied", record, f"{title}的“{label}”在两份复制的数据里各自改过，两边的值都留着，请到“冲突”里定")
        )
    for form in desk.forms.values():
        ids, _ = desk.store.records.ids(form.name)
        for record, name in desk.store.records.doubled(form.name):
            label = field_label(form, name)
            found.append(
                _finding("stamp", record, f"{form.title}的“{label}”由复制出来的两份数据各写过一次，请核对取哪个值")
            )
        links = [each for each in form.fields if isinstance(each.type, Reference)]
        files = [each for each in form.fields if each.type.name == "file"]
        if not links and not files:
            continue
        for record, values in desk.store.records.values(form.name, ids).items():
            for link in links:
                assert isinstance(link.type, Reference)
                for target in link.type.parts(values[link.name]):
                    if desk.names.label(link.type.to, target) is None:
                        name = desk.names.label(form.name, record) or form.title
                        found.append(_finding("reference", record, f"{name}的{link.label}还没有收到"))
            for each in files:
                for digest, name, _size in json.loads(str(values[each.name] or "[]")):
                    if desk.store.local.attachment(digest) is None:
                        found.append(_finding("attachment", record, f"附件“{name}”还没有收到"))
    return Health(not [each for each in found if each["kind"] in ("file", "log", "stamp", "emptied")], found)


def _finding(kind: str, record: str, message: str) -> dict[str, str]:
    return {"kind": kind, "record": record, "message": message}
