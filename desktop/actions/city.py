"""The city's side: the districts' signed files are checked, and the data of valid ones is collected."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions import checking, rollup, trust
from desktop.actions.checking import Progress
from desktop.actions.desk import Desk, needs, now
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused, os_words
from desktop.model.frozen import parts
from desktop.model.periods import Period
from desktop.model.printed import load_printed
from desktop.pdf.checking.verdict import Verdict
from desktop.store.collected import CheckedFile, Collected

MONTHLY = "monthly-report"
OUTCOMES = {
    "taken": "收下", "superseded": "收下，已被后一次代替", "same": "已收过", "older": "旧的一次",
    "clash": "同次不同数据", "invalid": "无效", "undecided": "不能判定", "unusable": "不能采用", "paper": "盖章扫描件",
}  # fmt: skip


@dataclass
class FileAnswer:
    """One file. `outcome` is a key of OUTCOMES; `reasons` say why it was not taken, `notes` what to look at."""

    file: str
    sha256: str
    verdict: str
    outcome: str
    pages: str = "not_compared"
    practice: bool = False
    signer: str = ""
    office: str = ""
    district: str = ""
    district_name: str = ""
    form: str = ""
    period: str = ""
    sequence: int = 0
    data_digest: str = ""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


def need_city(desk: Desk) -> None:
    """Raises Refused in a district's folder."""
    if not desk.city:
        where = "请用市级数据文件夹（init --district 370100 --name 济南市）"
        raise Refused(f"本机是{desk.district_name}的数据，这一步由市级办理，{where}")


@needs("enter")
def collect(desk: Desk, folder: Path, progress: Progress | None = None) -> list[FileAnswer]:
    """Check every PDF below a folder and take the data of the valid ones; nothing else of a file is used.

    Files that are there again, older editions, and two data under one number are told apart and not taken. A file
    that cannot be read is an answer, never an error. One transaction per file: what was collected stays when stopped.
    """
    need_city(desk)
    paths = checking.files_in(folder)
    means = trust.trusted(desk)
    if not means.roots:
        raise Refused("还没有收下根证书，不能核对区县的签名。请先用 trust add 收下根证书、登记表和吊销清单")
    answers: list[FileAnswer] = []
    valid: list[tuple[FileAnswer, Verdict]] = []
    for place, path in enumerate(paths):
        if progress is not None and not progress(place, len(paths), path.name):
            break
        answer, verdict = _checked(path, folder, means)
        answers.append(answer)
        if verdict is not None and answer.outcome == "taken":
            valid.append((answer, verdict))
    for answer, verdict in sorted(valid, key=lambda each: (each[0].period, each[0].sequence, each[0].file)):
        _take(desk, answer, verdict)
    taken = {answer.data_digest: answer for answer in answers if answer.outcome == "taken"}
    for edition in desk.store.collected.all():
        if edition.state == "superseded" and edition.data_digest in taken:
            taken[edition.data_digest].outcome = "superseded"
    with desk.store.writing("登记收集"):
        for answer in answers:
            desk.store.collected.note_file(
                CheckedFile(
                    answer.sha256, answer.file, answer.verdict, answer.outcome, tuple(answer.reasons), answer.district,
                    answer.form, answer.period, now(), desk.who,
                )
            )  # fmt: skip
        count = sum(each.outcome in ("taken", "superseded") for each in answers)
        desk.store.note("collect", who=desk.who, why=f"{len(answers)} 个文件，收下 {count} 份")
    return answers


def checked_files(desk: Desk, period: str = "") -> list[CheckedFile]:
    """Every file that was checked or filed here, the newest first; with a period those that name it or none."""
    need_city(desk)
    found = desk.store.collected.files()
    return [each for each in reversed(found) if not period or each.period in ("", period)]


def _checked(path: Path, folder: Path, means: trust.Trusted) -> tuple[FileAnswer, Verdict | None]:
    name = path.relative_to(folder).as_posix()
    try:
        if path.stat().st_size > checking.LARGEST:
            return FileAnswer(name, "", "invalid", "invalid", reasons=["文件超过 200 MB，不像报送文件"]), None
        content = path.read_bytes()
    except OSError as error:
        why = f"文件读不出来（{os_words(error)}），请重新拷贝"
        return FileAnswer(name, "", "undecided", "undecided", reasons=[why]), None
    verdict = checking.check_with(content, means)
    answer = FileAnswer(
        name, hashlib.sha256(content).hexdigest(), verdict.verdict.value,
        "taken" if verdict.verdict.value == "valid" else verdict.verdict.value,
        pages=verdict.pages.value, practice=verdict.practice, signer=verdict.signer, office=verdict.office,
        district=verdict.district, period=verdict.period, data_digest=verdict.data_digest,
        reasons=[str(each) for each in verdict.reasons], not_checked=[str(each) for each in verdict.not_checked],
    )  # fmt: skip
    data = verdict.data or {}
    answer.form = str(data.get("form", ""))
    answer.district_name = str(data.get("district_name", ""))
    sequence = data.get("sequence")
    answer.sequence = sequence if isinstance(sequence, int) else 0
    if answer.outcome == "taken":
        fault = _fault(data)
        if fault:
            answer.outcome, answer.reasons = "unusable", [fault]
    return answer, verdict


def _fault(carried: dict[str, Any]) -> str:
    """Why data under a good signature still cannot be used, or ""."""
    try:
        data, issuance = parts(carried)
        printed = load_printed().get(data["form"])
        sound = int(data["sequence"]) > 0 and data["district_name"] and Period.parse(data["period"])
        previous = data.get("previous")
        sound = sound and (previous is None or isinstance(previous, str))
        if printed is None:
            return f"没有“{data['form']}”这种表，可能由更新的程序报送，请升级本程序"
        if issuance is None:
            return "数据里没有签发记录，没有收下，请区县签发后再签名"
        if not sound:
            raise ValueError
        rollup.figures(data)
    except (Refused, KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return "数据的写法不合规定，没有收下，请区县核对程序版本后重新生成"
    return ""


def _take(desk: Desk, answer: FileAnswer, verdict: Verdict) -> None:
    """Take one valid file, or say why it is there again, old, or clashes with what was collected."""
    data, _ = parts(read_canonical(verdict.canonical))
    edition = Collected(
        data_digest=verdict.data_digest, district=data["district"], district_name=data["district_name"],
        form=data["form"], about=data.get("about", ""), unit=data.get("unit", ""), period=data["period"],
        sequence=data["sequence"], previous=data.get("previous"), state="current", carried=verdict.canonical,
        file=answer.file, sha256=answer.sha256, signer=verdict.signer, office=verdict.office, signed=verdict.signed_at,
        pages=verdict.pages.value, collected=now(), collected_by=desk.who,
    )  # fmt: skip
    known = desk.store.collected.find(edition.data_digest)
    if known is not None:
        answer.outcome = "same"
        answer.reasons = [f"这份数据已于 {known.collected[:10]} 收过（{known.file}），没有再收"]
        return
    editions = desk.store.collected.editions(edition.subject)
    newest = editions[-1] if editions else None
    if newest is not None and newest.sequence == edition.sequence:
        answer.outcome = "clash"
        other = f"校验码 {newest.data_digest[:16]}"
        answer.reasons = [f"已收过第 {newest.sequence} 次报送，数据却不同（{other}），请向区县核实"]
        return
    if newest is not None and newest.sequence > edition.sequence:
        answer.outcome = "older"
        answer.reasons = [f"这是第 {edition.sequence} 次报送，已收过第 {newest.sequence} 次，旧的不再采用"]
        return
    answer.notes += _chain(desk, edition, newest)
    with desk.store.writing("收下报送"):
        if newest is not None:
            desk.store.collected.supersede(newest.data_digest)
        desk.store.collected.add(edition)


def _chain(desk: Desk, edition: Collected, newest: Collected | None) -> list[str]:
    """What the chain of digests shows about an edition that is taken all the same."""
    line = desk.store.collected.line(edition.district, edition.form, edition.about, edition.unit)
    found = []
    if edition.previous is None and line:
        found.append("没有接在该区县已报的任何一份之后，数据可能从备份恢复过，请向区县核实")
    elif edition.previous is not None and all(each.data_digest != edition.previous for each in line):
        found.append(f"它所接的前一份（校验码 {edition.previous[:16]}）没有收到")
    twin = next((each for each in line if edition.previous and each.previous == edition.previous), None)
    if twin is not None:
        found.append(f"与第 {twin.sequence} 次（{twin.period}）接在同一份之后，请向区县核实")
    if newest is not None and newest.verdict == "accepted":
        found.append(f"第 {newest.sequence} 次已接收，这是又一次报送，以这一次为准")
    elif newest is not None and newest.verdict is None:
        found.append(f"第 {newest.sequence} 次还没有答复，以这一次为准")
    return found
