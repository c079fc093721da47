"""Receipts: the city's signed answer to a submission, signed or on sealed paper; made there, read in the district."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions import submissions, trust
from desktop.actions.city import need_city
from desktop.actions.desk import Desk, needs, now
from desktop.actions.papers import answerable_papers
from desktop.actions.submissions import KeyOpener
from desktop.excel.stick import deliver
from desktop.model.canonical import canonical, read_canonical
from desktop.model.errors import Refused
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.usages import Use
from desktop.pdf.checking.receipt import read_signed_message
from desktop.pdf.signing.keys import SigningKey
from desktop.pdf.signing.sign import sign_message
from desktop.store.collected import Collected
from desktop.store.deliveries import Receipt
from desktop.store.papers import Paper
from desktop.store.submissions import Submission

KIND, FORMAT = "receipt", 1
VERDICTS = {"accepted": "已接收", "returned": "退回"}
SUFFIX = ".receipt"
ON_PAPER = ""  # the SHA-256 in an answer to sealed paper: there was no signed file
_KEYS = {"data_digest", "district", "form", "period", "sequence", "sha256", "verdict", "reasons", "office", "at",
         "practice", "kind", "format"}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A receipt that was written."""

    path: Path
    sha256: str
    data_digest: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A receipt that was read, and the submission it answers; `new` False: it had been read before."""

    submission: Submission
    receipt: Receipt
    new: bool


@needs("issue")
def make(desk: Desk, identity: str, verdict: str, reasons: list[str], opener: KeyOpener, out: Path) -> Made:
    """In the city: answer what was collected or filed on paper, by its 数据校验码 or eight digits of its beginning.

    `out` is a folder (the name is made) or a file. A later answer to the same one replaces the former.
    """
    why = _reasons(desk, verdict, reasons)
    edition = _answerable(desk, identity)
    with opener() as key:
        return _made(desk, edition, verdict, why, key, out)


@needs("issue")
def make_many(
    desk: Desk, identities: Sequence[str], verdict: str, reasons: list[str], opener: KeyOpener, folder: Path
) -> list[Made]:
    """One answer to several, the key opened once. All are looked at first; a later fault keeps what was written."""
    why = _reasons(desk, verdict, reasons)
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，没有出具回执。请插好 U 盘，核对路径")
    editions = [_answerable(desk, each) for each in dict.fromkeys(identities)]
    if not editions:
        raise Refused("没有选要答复的报送，请至少选一份")
    with opener() as key:
        return [_made(desk, edition, verdict, why, key, folder) for edition in editions]


def _reasons(desk: Desk, verdict: str, reasons: list[str]) -> tuple[str, ...]:
    need_city(desk)
    if verdict not in VERDICTS:
        raise Refused(f"回执的结论“{verdict}”不认识，应为 accepted 接收 或 returned 退回")
    why = tuple(each.strip() for each in reasons if each.strip())
    if verdict == "returned" and not why:
        raise Refused("退回要写明原因，请填写（--reasons）")
    return why


def _answerable(desk: Desk, identity: str) -> Collected | Paper:
    edition = _edition(desk, identity)
    if isinstance(edition, Collected) and edition.state != "current":
        raise Refused(f"{edition.district_name}的这一份已被后一次报送代替，请答复后一次的")
    return edition


def _made(
    desk: Desk, edition: Collected | Paper, verdict: str, why: tuple[str, ...], key: SigningKey, out: Path
) -> Made:
    if key.practice != desk.practice:
        raise Refused("练习证书只能签练习回执，正式回执要用正式证书" if key.practice else "练习中只能用练习证书")
    at = now()
    content = {
        "kind": KIND, "format": FORMAT, "data_digest": edition.data_digest,
        "sha256": edition.sha256 if isinstance(edition, Collected) else ON_PAPER,
        "district": edition.district, "form": edition.form, "period": edition.period, "sequence": edition.sequence,
        "verdict": verdict, "reasons": list(why), "office": desk.office, "at": at, "practice": int(desk.practice),
    }  # fmt: skip
    message = sign_message(canonical(content), key, now=datetime.datetime.fromisoformat(at), use=Use.RECEIPT)
    path = out / receipt_name(edition) if out.is_dir() else out
    sha256 = deliver(path, message)
    with desk.store.writing("登记回执"):
        held = desk.store.collected if isinstance(edition, Collected) else desk.store.papers
        held.answer(edition.data_digest, verdict, list(why), at, desk.who)
        said = f"{VERDICTS[verdict]} {edition.district_name} {edition.data_digest}"
        desk.store.note("receipt", who=desk.who, why=said, form=edition.form)
    return Made(path, sha256, edition.data_digest, verdict, why)


def receipt_name(edition: Collected | Paper) -> str:
    if isinstance(edition, Paper):
        about = [edition.data_digest[:8]]
    else:
        about = [edition.about[:8]] if edition.about else [edition.data_digest[:8]] if edition.unit else []
    parts = [edition.district, edition.form, edition.period, *about, str(edition.sequence)]
    return re.sub(r"[^0-9A-Za-z_.-]", "-", "_".join(parts)) + SUFFIX


def _edition(desk: Desk, identity: str) -> Collected | Paper:
    wanted = "".join(identity.split()).lower()
    found: list[Collected | Paper] = []
    if len(wanted) >= 8:
        found = [*desk.store.collected.starting(wanted), *answerable_papers(desk, wanted)]
    if len(found) != 1:
        more = f"有 {len(found)} 份以此开头，请多写几位" if found else "请用 collect 收集、用 paper 归档后再答复"
        raise Refused(f"没有数据校验码为“{identity}”的报送，{more}")
    return found[0]


@needs("enter")
def read(desk: Desk, path: Path) -> Answer:
    """In the district: read the city's receipt; the submission becomes accepted or returned.

    Raises Refused when it is not to be believed, speaks of another district or unknown data, or is older than one read.
    """
    message = read_whole(path, "回执")
    means = trust.trusted(desk)
    if not means.roots:
        raise Refused("还没有收下市里的根证书，不能核对回执。请先用 trust add 收下根证书和吊销清单")
    signed = read_signed_message(
        message, roots=means.roots, crls=means.crls, now=datetime.datetime.fromisoformat(now()),
        known_crl=means.known_crl,
    )  # fmt: skip
    said = _content(signed.content)
    if bool(said["practice"]) != desk.practice or signed.practice != desk.practice:
        raise Refused("练习回执只能答复练习数据，正式回执只能答复正式数据，没有读入")
    if said["district"] != desk.district:
        raise Refused(f"这是给区县 {said['district']} 的回执，本机是 {desk.district}，没有读入")
    submission = desk.store.submissions.of_data(said["data_digest"])
    if submission is None:
        raise Refused(f"本机没有校验码为 {said['data_digest'][:16]} 的报送，回执没有读入，请核对是不是发错了")
    _fits(submission, said)
    digest = hashlib.sha256(message).hexdigest()
    former = desk.store.deliveries.receipts(submission.id)
    for each in former:
        if each.sha256 == digest:
            return Answer(submission, each, new=False)
    moment = datetime.datetime.fromisoformat
    if former and moment(former[-1].answered) >= moment(said["at"]):
        raise Refused(f"这份报送已有 {former[-1].answered} 的回执，比这一份新，没有读入")
    receipt = Receipt(
        digest, submission.id, said["verdict"], tuple(said["reasons"]), said["office"], signed.signer, said["at"],
        now(), desk.who, message,
    )  # fmt: skip
    with desk.store.writing("读入回执"):
        desk.store.deliveries.add_receipt(receipt)
        desk.store.submissions.move(submission.id, receipt.verdict)
        desk.store.note(
            receipt.verdict, who=desk.who, why="；".join(receipt.reasons) or submission.data_digest,
            form=submission.form, record=submission.id,
        )  # fmt: skip
    return Answer(submissions.find(desk, submission.id), receipt, new=True)


def receipts(desk: Desk, identity: str) -> list[Receipt]:
    """The city's answers to a submission, oldest first."""
    return desk.store.deliveries.receipts(submissions.find(desk, identity).id)


def correct(desk: Desk, identity: str) -> Submission:
    """Prepare the corrected edition of a returned submission: the next sequence, chained to the returned one."""
    former = submissions.find(desk, identity)
    if former.state != "returned":
        raise Refused(f"这份报送是“{submissions.STATES[former.state]}”，没有被退回，不用更正")
    return submissions.again(desk, former.id)


def _content(content: bytes) -> dict[str, Any]:
    said = read_canonical(content)
    if said.get("kind") != KIND or said.get("format") != FORMAT:
        raise Refused("这不是本程序能读的回执，没有读入。请核对文件，或升级程序")
    texts = ("data_digest", "district", "form", "period", "sha256", "office", "at")
    reasons = said.get("reasons")
    sound = (
        set(said) == _KEYS
        and all(isinstance(said[name], str) for name in texts)
        and isinstance(said["sequence"], int)
        and said["verdict"] in VERDICTS
        and isinstance(reasons, list)
        and all(isinstance(each, str) for each in reasons)
    )
    try:
        sound = sound and datetime.datetime.fromisoformat(said["at"]).tzinfo is not None
    except ValueError:
        sound = False
    if not sound:
        raise Refused("回执的内容不完整，没有读入，请向市里重新要一份")
    return said


def _fits(submission: Submission, said: dict[str, Any]) -> None:
    if (said["form"], said["period"], said["sequence"]) != (submission.form, submission.period, submission.sequence):
        raise Refused("回执所说的表、期或次数与本机的报送不同，没有读入，请向市里核实")
    if said["sha256"] == ON_PAPER and submission.pdf is None:
        if submission.state == "issued":
            raise Refused("这份报送的盖章扫描件还没有归档，回执没有读入。请先归档扫描件，再读入回执")
        return
    if submission.pdf is None or said["sha256"] != submission.sha256:
        raise Refused("回执所指的不是本机签名的那一份文件，没有读入，请向市里核实")
