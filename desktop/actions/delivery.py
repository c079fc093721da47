"""Handing a submission over: the signed file on a stick, or without certificate the sealed paper and its scan."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from desktop.actions import submissions
from desktop.actions.attachments import read_small
from desktop.actions.desk import Desk, needs, now
from desktop.actions.printing import pages_of
from desktop.excel.stick import deliver as write_out
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused
from desktop.pdf.render import render
from desktop.pdf.version import renderer_version
from desktop.store.deliveries import Delivery
from desktop.store.submissions import Submission

HANDED_OVER = ("signed", "delivered", "accepted")


def file_name(desk: Desk, submission: Submission) -> str:
    """District, form, period and edition; before it the start of the record's id, or of a unit's share's digest."""
    digest = [submission.data_digest[:8]] if submission.unit else []
    about = [submission.record[:8]] if submission.record else digest
    parts = [desk.district, submission.form, submission.period, *about, str(submission.sequence)]
    return re.sub(r"[^0-9A-Za-z_.-]", "-", "_".join(parts)) + ".pdf"


@needs("enter")
def deliver(desk: Desk, identity: str, folder: Path) -> Delivery:
    """Write the signed file into a folder of a stick and read it back; the submission is then delivered.

    A second stick may be written later. Raises Refused when it is not signed, MachineFault when the stick failed.
    """
    submission = submissions.find(desk, identity)
    state = submissions.STATES[submission.state]
    if submission.pdf is None or submission.state not in HANDED_OVER:
        if submission.state in ("delivered", "accepted"):
            raise Refused("这份报送是以盖章扫描件送达的，没有签名文件可写")
        if submission.state == "returned":
            raise Refused("这份报送已被市级退回，请改正后生成更正的一份，再签名送达")
        raise Refused(f"这份报送还是“{state}”，没有签名，不能送达。请先签名；没有证书的，打印盖章后用扫描件送达")
    if hashlib.sha256(submission.pdf).hexdigest() != submission.sha256:
        raise Refused("保存的签名文件与签名时的校验码不符，没有送达。请从备份恢复，或重新生成、签名")
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，没有送达。请插好 U 盘，核对路径")
    path = folder / file_name(desk, submission)
    sha256 = write_out(path, submission.pdf)
    return _handed_over(desk, submission, Delivery(submission.id, "signed", path.name, sha256, now(), desk.who))


@needs("enter")
def paper_copy(desk: Desk, identity: str, out: Path) -> int:
    """The pages of an issued submission to be printed and sealed, without 草稿. Returns their number."""
    submission = submissions.find(desk, identity)
    if submission.issuance is None or submission.state != "issued":
        raise Refused(f"这份报送是“{submissions.STATES[submission.state]}”，只有已签发、未签名的才打印盖章")
    data = read_canonical(submission.data)
    if data.get("renderer") != renderer_version():
        raise Refused("程序的版式在生成之后变了，印出的页面会与审核时不同。请重新生成、审核、签发")
    rendered = render(pages_of(data, draft=False, issuance=read_canonical(submission.issuance)))
    write_out(out, rendered.pdf)
    with desk.store.writing("登记打印"):
        desk.store.note("print", who=desk.who, why=f"盖章用 {out.name}", form=submission.form, record=submission.id)
    return rendered.pages


@needs("enter")
def file_scan(desk: Desk, identity: str, scan: Path) -> Delivery:
    """File the scan of the sealed paper (盖章扫描件): an issued submission without signature is then delivered."""
    submission = submissions.find(desk, identity)
    if submission.state == "signed":
        raise Refused("这份报送已经签名，请把签名文件送达，不用扫描件")
    if submission.state != "issued":
        raise Refused(f"这份报送是“{submissions.STATES[submission.state]}”，只有已签发的才能归档盖章扫描件")
    content = whole_scan(scan)
    digest = hashlib.sha256(content).hexdigest()
    with desk.store.writing("归档盖章扫描件"):
        desk.store.local.keep_attachment(scan.name, content, now())
        return _handed_over(desk, submission, Delivery(submission.id, "scan", scan.name, digest, now(), desk.who))


def whole_scan(scan: Path) -> bytes:
    """The bytes of a scan. Raises Refused when it is no whole PDF or too large."""
    content = read_small(scan, "扫描件")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refused(f"“{scan.name}”不是完整的 PDF，没有归档。请重新扫描，存为 PDF")
    return content


def deliveries(desk: Desk, identity: str) -> list[Delivery]:
    """When and how a submission was handed over, oldest first."""
    return desk.store.deliveries.of(submissions.find(desk, identity).id)


def _handed_over(desk: Desk, submission: Submission, delivery: Delivery) -> Delivery:
    with desk.store.writing("登记送达"):
        desk.store.deliveries.add(delivery)
        if submission.state != "accepted":
            desk.store.submissions.move(submission.id, "delivered")
        why = f"{'盖章扫描件' if delivery.way == 'scan' else '签名文件'} {delivery.file} {delivery.sha256}"
        desk.store.note("deliver", who=desk.who, why=why, form=submission.form, record=submission.id)
    return delivery
