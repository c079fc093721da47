"""Checking a signed PDF, with or without a data folder; and checking the data folder itself."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk, now
from desktop.actions.printing import pages_of
from desktop.excel.submission import difference
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused
from desktop.model.fields import Reference
from desktop.model.forms import load_forms
from desktop.model.frozen import parts
from desktop.model.merge import double_stamps
from desktop.pdf.checking.check import check as check_pdf
from desktop.pdf.checking.verdict import Derived, Verdict
from desktop.pdf.render import render
from desktop.pdf.signing.stamp import Box
from desktop.pdf.version import renderer_version


def derive(carried: bytes) -> Derived | None:
    """The pages of carried data made again; None when another renderer version made them."""
    data, issuance = parts(read_canonical(carried))
    if data.get("renderer") != renderer_version():
        return None
    rendered = render(pages_of(data, draft=False, issuance=issuance))
    if rendered.signature_box is None:
        raise Refused("数据所述的表没有签名位置")
    page, left, bottom, right, top = rendered.signature_box
    return Derived(rendered.pdf, Box.of_points(page, left, bottom, right, top))


def compare(carried: dict[str, Any], workbook: bytes) -> str | None:
    """A sentence when the workbook does not say what the data says."""
    data, _ = parts(carried)
    return difference(data, workbook, load_forms())


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{what} {path} 读不出来（{error.strerror}），请核对路径") from error


def verify(path: Path, *, roots: list[Path], register: Path | None, crls: list[Path]) -> Verdict:
    """Check one file. What is wrong with the file is the verdict; only files named for checking can be refused."""
    return check_pdf(
        _read(path, "文件"),
        roots=[_read(each, "根证书") for each in roots],
        register=_read(register, "登记表") if register else None,
        crls=[_read(each, "吊销表") for each in crls],
        now=datetime.datetime.fromisoformat(now()),
        derive=derive,
        compare_workbook=compare,
    )


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the command line gives it."""
    return {
        "verdict": verdict.verdict.value,
        "pages": verdict.pages.value,
        "reasons": [str(each) for each in verdict.reasons],
        "codes": [each.code for each in verdict.reasons],
        "not_checked": [str(each) for each in verdict.not_checked],
        "practice": verdict.practice,
        "signer": verdict.signer,
        "office": verdict.office,
        "signed": verdict.signed_at,
        "district": verdict.district,
        "period": verdict.period,
        "data_digest": verdict.data_digest,
        "conditions": [
            {
                "code": each.code,
                "title": each.title,
                "holds": each.holds,
                "reason": str(each.reason) if each.reason else None,
            }
            for each in verdict.conditions
        ],
    }


@dataclass(frozen=True)
class Health:
    """Result of checking the data folder: findings are `{kind, record, message}`."""

    ok: bool
    findings: list[dict[str, str]]


def check_folder(desk: Desk) -> Health:
    """File, log chain, references, attachments, duplicate stamps and the records' own rules."""
    found: list[dict[str, str]] = []
    for problem in desk.store.integrity():
        found.append(_finding("file", "", f"数据文件有损坏：{problem}。请从备份恢复"))
    broken = desk.store.journal.verify()
    if broken is not None:
        found.append(
            _finding("log", "", f"日志第 {broken} 条与前一条接不上，有人改过数据文件。请从备份恢复并报告管理员")
        )
    for form in desk.forms.values():
        ids, _ = desk.store.records.ids(form.name)
        for state in desk.store.records.states(ids).values():
            for name, _stamp in double_stamps(state):
                label = form.field(name).label if name in form else name
                found.append(
                    _finding(
                        "stamp", state.id, f"{form.title}的“{label}”由复制出来的两份数据各写过一次，请核对取哪个值"
                    )
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
    return Health(not [each for each in found if each["kind"] in ("file", "log", "stamp")], found)


def _finding(kind: str, record: str, message: str) -> dict[str, str]:
    return {"kind": kind, "record": record, "message": message}
