"""The way of a submission: prepared, reviewed by another person, issued, signed. Every step refers to one digest."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from desktop.actions.checking import own_fault
from desktop.actions.desk import Desk, needs, now
from desktop.actions.printing import content, pages_of, printed_form, this_period
from desktop.actions.readiness import readiness
from desktop.excel.stick import deliver
from desktop.excel.submission import submission_workbook
from desktop.model.canonical import canonical, digest, read_canonical
from desktop.model.errors import MachineFault, Refused
from desktop.model.frozen import sealed
from desktop.model.periods import Period
from desktop.model.printed import load_printed
from desktop.model.printed.correction import KEY as CORRECTION
from desktop.model.printed.correction import correction, correction_document
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.usages import Use
from desktop.pdf.render import render
from desktop.pdf.signing.attaching import embed_submission
from desktop.pdf.signing.keys import SigningKey, open_file
from desktop.pdf.signing.picture import plain_png
from desktop.pdf.signing.sign import sign
from desktop.pdf.signing.stamp import Box
from desktop.pdf.signing.token import open_token
from desktop.pdf.version import renderer_version
from desktop.store.submissions import Line, Submission

KeyOpener = Callable[[], AbstractContextManager[SigningKey]]


def submissions(desk: Desk) -> list[Line]:
    """All submissions, newest period first, without their data and pages."""
    return desk.store.submissions.lines()


def find(desk: Desk, identity: str) -> Submission:
    found = desk.store.submissions.find(identity)
    if found is None:
        raise Refused(f"没有这份报送：{identity}")
    return found


@needs("enter")
def prepare(desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "") -> Submission:
    """Freeze the data of a printed form. Its findings say what blocks the review; nothing is left out.

    The chain of digests runs from one submission to the next of the same form, record and unit, over all periods. An
    edition after one that was handed in for the same period says in its data what it corrects.
    """
    form = printed_form(name)
    chosen = str(Period.parse(period)) if period else this_period(desk)
    found = content(desk, name, record=record, period=chosen, unit=unit)
    held = desk.store.submissions
    last = held.last(form.name, record, unit, chosen)
    before = held.chain_end(form.name, record, unit)
    former = held.handed_in(form.name, record, unit, chosen)
    at = now()
    data = {
        **found,
        "sequence": last.sequence + 1 if last else 1,
        "previous": before.data_digest if before else None,
        "log_head": desk.store.journal.head(),
        "prepared_by": desk.who,
        "prepared": at,
    }
    if former is not None:
        data[CORRECTION] = correction(read_canonical(former.data), data, former.data_digest, desk.forms)
    frozen = canonical(data)
    submission = Submission(
        id=str(uuid.uuid4()), form=form.name, record=record, unit=unit, period=chosen, sequence=int(data["sequence"]),
        state="prepared", data=frozen, data_digest=digest(frozen), previous=data["previous"], position=held.position(),
        findings=readiness(desk, read_canonical(frozen)), prepared=at, prepared_by=desk.who,
        workbook=submission_workbook(read_canonical(frozen), desk.forms),
    )  # fmt: skip
    with desk.store.writing("生成报送"):
        desk.store.submissions.add(submission)
        desk.store.note("prepare", who=desk.who, why=submission.data_digest, form=form.name, record=submission.id)
    return submission


def again(desk: Desk, identity: str) -> Submission:
    """Prepare the same once more from the records as they are now: form, record, unit and period stay."""
    former = find(desk, identity)
    return prepare(desk, former.form, record=former.record, period=former.period, unit=former.unit)


def title_of(one: Line) -> str:
    """What the form is called."""
    known = load_printed().get(one.form)
    return known.title if known else one.form


def blocking(submission: Submission) -> list[dict[str, Any]]:
    return [each for each in submission.findings if each["level"] == "block"]


@needs("review")
def review(desk: Desk, identity: str) -> Submission:
    """Another person has read it. Raises Refused while something blocks, or for the person who prepared it."""
    submission = find(desk, identity)
    if submission.state != "prepared":
        raise Refused(f"这份报送已是“{STATES[submission.state]}”，不用再审核")
    if submission.prepared_by == desk.who:
        raise Refused(f"这份报送由“{desk.who}”生成，审核人应是另一个人，请换账号审核")
    blocked = blocking(submission)
    if blocked:
        raise Refused(f"有 {len(blocked)} 处必须先改正，没有审核。{blocked[0]['message']}", blocked)
    same_layout(submission)
    return _move(desk, submission, "reviewed", "审核", reviewed=now(), reviewed_by=desk.who)


@needs("issue")
def issue(desk: Desk, identity: str, document_number: str = "", seal: Path | None = None) -> Submission:
    """Issue a reviewed submission: a second frozen record names the data, the reviewer, the issuer, the number, and
    the digest of the seal picture. `seal` is a PNG file that the stamp will show; it is no 公章.
    """
    submission = find(desk, identity)
    if submission.state == "prepared":
        raise Refused("这份报送还没有审核，不能签发。请先由另一个人审核")
    if submission.state != "reviewed":
        raise Refused(f"这份报送已是“{STATES[submission.state]}”，不用再签发")
    same_layout(submission)
    picture = plain_png(read_whole(seal, "印章图片")) if seal is not None else None
    at = now()
    issuance = {
        "data_digest": submission.data_digest,
        "reviewer": submission.reviewed_by,
        "reviewed": submission.reviewed,
        "issuer": desk.who,
        "issued": at,
        "document_number": document_number or None,
        "seal": hashlib.sha256(picture).hexdigest() if picture else None,
    }
    frozen = canonical(issuance)
    return _move(
        desk, submission, "issued", "签发", issued=at, issued_by=desk.who, document_number=document_number or None,
        issuance=frozen, issue_digest=digest(frozen), seal=picture,
    )  # fmt: skip


@needs("issue")
def submit(desk: Desk, identity: str, opener: KeyOpener, out: Path) -> Submission:
    """Sign an issued submission and write the file by the rules for sticks.

    Raises Refused unless reviewed and issued, when the renderer has changed, or when the certificate may not sign.
    """
    submission = find(desk, identity)
    if submission.state in ("prepared", "reviewed"):
        missing = "审核和签发" if submission.state == "prepared" else "签发"
        raise Refused(f"这份报送还没有{missing}，不能签名。请先办完再签")
    if submission.state == "signed" and submission.pdf is not None:
        deliver(out, submission.pdf)  # signed before, the file was lost: the same file, not another signature
        return submission
    if submission.state != "issued":
        raise Refused(f"这份报送已是“{STATES[submission.state]}”，不能再签一次。要改请重新生成一份")
    in_line(desk, submission)
    with opener() as key:
        done = signed_with(desk, submission, key)
    assert done.pdf is not None
    deliver(out, done.pdf)  # signed once: if the stick fails, the same bytes are written again from here
    return done


def layout_stands(submission: Submission) -> bool:
    """Whether the program still lays pages out as when the data were frozen."""
    return bool(read_canonical(submission.data).get("renderer") == renderer_version())


def same_layout(submission: Submission) -> None:
    """Raises Refused when the program lays pages out otherwise than when the data were frozen."""
    if not layout_stands(submission):
        raise Refused("程序的版式在生成之后变了，签出的页面会与审核时不同。请重新生成、审核、签发")


def in_line(desk: Desk, submission: Submission) -> None:
    """Raises Refused when the submission no longer follows the last one of its line, or its layout has changed."""
    last = desk.store.submissions.chain_end(submission.form, submission.record, submission.unit)
    if last is not None and last.data_digest != submission.previous:
        raise Refused("生成这份报送之后已有另一份签过名，前后接不上。请重新生成、审核、签发")
    same_layout(submission)


def signed_with(desk: Desk, submission: Submission, key: SigningKey) -> Submission:
    """Sign an issued submission with an opened key, check the result as the city will, and keep it."""
    assert submission.issuance is not None and submission.issued is not None
    if key.practice != desk.practice:
        raise Refused("练习证书只能签练习数据，正式数据要用正式证书" if key.practice else "练习数据只能用练习证书签名")
    if key.district != desk.district:
        raise Refused(f"这张证书是区县 {key.district} 的，不能签本区县（{desk.district}）的报送。请换本区县的证书")
    data, issuance = read_canonical(submission.data), read_canonical(submission.issuance)
    unsigned, box = unsigned_pdf(data, issuance, submission.workbook, submission.seal)
    moment, issued = (datetime.datetime.fromisoformat(each) for each in (now(), submission.issued))
    signed = sign(unsigned, key, box, now=moment, not_before=issued, seal=submission.seal)
    fault = own_fault(signed)
    if fault:
        raise MachineFault(f"签出的文件自己核对没有通过（{fault}），没有采用。请再签一次；仍不行请重新生成")
    return _move(
        desk, submission, "signed", "签名", signed=now(), signed_by=desk.who, pdf=signed,
        sha256=hashlib.sha256(signed).hexdigest(),
    )  # fmt: skip


def unsigned_pdf(
    data: dict[str, Any], issuance: dict[str, Any], workbook: bytes | None, seal: bytes | None = None
) -> tuple[bytes, Box]:
    """The pages of issued data with the data inside, and where the signature stands: what is then signed."""
    rendered = render(pages_of(data, draft=False, issuance=issuance))
    if rendered.signature_box is None:
        raise Refused("这种表没有签名位置，不能签名")
    page, left, bottom, right, top = rendered.signature_box
    carried = canonical(sealed(data, issuance))
    return embed_submission(rendered.pdf, carried, workbook, seal), Box.of_points(page, left, bottom, right, top)


def preview_pdf(desk: Desk, identity: str) -> bytes:
    """The pages of a submission as it stands: signed ones as signed, others marked 草稿."""
    submission = find(desk, identity)
    if submission.pdf is not None:
        return submission.pdf
    issuance = read_canonical(submission.issuance) if submission.issuance else None
    return render(pages_of(read_canonical(submission.data), draft=True, issuance=issuance)).pdf


def file_key(path: Path, password: str) -> KeyOpener:
    """A PKCS#12 certificate file."""
    return lambda: open_file(path, password)


def token_key(module: Path, label: str, pin: str, use: Use = Use.SUBMIT) -> KeyOpener:
    """A PKCS#11 token, by its label, through its driver's module; its certificate for `use` is taken."""
    return lambda: open_token(module, label, pin, use=use)


STATES = {
    "prepared": "草稿", "reviewed": "已审核", "issued": "已签发", "signed": "已签名", "delivered": "已送达",
    "accepted": "已接收", "returned": "市级退回",
}  # fmt: skip


def _move(desk: Desk, submission: Submission, state: str, what: str, **values: object) -> Submission:
    with desk.store.writing(what):
        desk.store.submissions.move(submission.id, state, **values)
        desk.store.note(state, who=desk.who, why=submission.data_digest, form=submission.form, record=submission.id)
    return find(desk, submission.id)


def moved_on(desk: Desk, submission: Submission) -> int:
    """How many fields of its records the log shows changed after it was frozen: N 处此后有变. Nothing is changed by it.

    Counted by places in the log, never by clocks.
    """
    data = read_canonical(submission.data)
    inside = [str(row["id"]) for found in data.get("records", {}).values() for row in found if "id" in row]
    return desk.store.submissions.changed_after(submission.position, inside)


def corrected(submission: Submission) -> dict[str, Any]:
    """What it says differently from the edition before: `{sequence, digest, rows[]}`; {} for a first edition."""
    found = read_canonical(submission.data).get(CORRECTION)
    return found if isinstance(found, dict) else {}


def difference_pdf(desk: Desk, identity: str) -> bytes:
    """更正说明 alone as a PDF. Raises Refused for a submission that corrects none."""
    submission = find(desk, identity)
    if not corrected(submission):
        raise Refused("这份报送之前没有送出过同一期的，没有更正可印")
    return render(correction_document(read_canonical(submission.data), submission.data_digest)).pdf


def write_difference(desk: Desk, identity: str, out: Path) -> str:
    """Write 更正说明 as a PDF by the rules for sticks; returns its SHA-256."""
    return deliver(out, difference_pdf(desk, identity))
