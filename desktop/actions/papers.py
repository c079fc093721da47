"""The city's side of sealed paper: its scan is filed, and by the 数据校验码 at its foot it can be answered."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from desktop.actions.city import MONTHLY, need_city
from desktop.actions.delivery import whole_scan
from desktop.actions.desk import Desk, needs, now
from desktop.actions.districts import districts
from desktop.model.errors import Refused
from desktop.model.periods import Period
from desktop.model.printed import load_printed
from desktop.model.printed.definition import PERIOD
from desktop.model.printed.making import QR
from desktop.store.collected import CheckedFile
from desktop.store.papers import Paper

_DIGEST = re.compile(r"[0-9a-f]{64}")


@needs("enter")
def file_paper(
    desk: Desk, district: str, period: str, scan: Path, form: str = MONTHLY, code: str = "", sequence: int = 1
) -> CheckedFile:
    """File the scan of a sealed paper that a district without certificate sent: it has delivered, without data.

    `code` is what stands at the foot of its pages: the text of the QR code, or the 64 digits of the 数据校验码 with
    `sequence`, its 第 N 次报送. Only a paper filed with its code can be answered by a receipt. Raises Refused for a
    district or form nobody has, a file that is no whole PDF, or a code of something else.
    """
    need_city(desk)
    chosen = Period.parse(period).key
    if form not in load_printed():
        raise Refused(f"没有“{form}”这种打印表。可用的有 {'、'.join(load_printed())}")
    if not (len(district) == 6 and district.isascii() and district.isdigit()) or district[:4] != desk.district[:4]:
        raise Refused(f"“{district}”不是本市区县的代码，没有归档")
    content = whole_scan(scan)
    filed = CheckedFile(
        hashlib.sha256(content).hexdigest(), scan.name, "paper", "paper", (), district, form, chosen, now(), desk.who
    )
    paper = _paper(desk, filed, code, sequence) if code.strip() else None
    with desk.store.writing("归档盖章扫描件"):
        desk.store.local.keep_attachment(scan.name, content, now())
        desk.store.collected.note_file(filed)
        if paper is not None:
            for each in _line(desk, paper):
                if each.sequence == paper.sequence:  # the same scan: its code was typed wrong the first time
                    desk.store.papers.take_out(each.data_digest)
            desk.store.papers.add(paper)
            _supersede(desk, paper)
        desk.store.note("paper", who=desk.who, why=f"{district} {chosen} {scan.name} {filed.sha256}", form=form)
    return filed


def answerable_papers(desk: Desk, digest: str) -> list[Paper]:
    """Papers whose 数据校验码 begins so. Raises Refused when the one found was replaced by a later edition."""
    found = desk.store.papers.starting(digest)
    if len(found) == 1 and any(each.sequence > found[0].sequence for each in _line(desk, found[0])):
        raise Refused(f"{found[0].district_name}的这一份盖章件已被后一次报送代替，请答复后一次的")
    return found


def _paper(desk: Desk, filed: CheckedFile, code: str, sequence: int) -> Paper:
    digest, sequence = _read_code(filed, code, sequence)
    if desk.store.collected.find(digest) is not None:
        raise Refused("这份数据已由签名文件收下，没有归档。请直接给它出具回执")
    paper = Paper(
        digest, filed.district, districts(desk).get(filed.district, filed.district), filed.form, filed.period, sequence,
        filed.file, filed.sha256, filed.at, filed.who,
    )  # fmt: skip
    if desk.store.papers.starting(digest):
        raise Refused("这一份盖章件已经归档过，没有再归档")
    for each in reversed(_line(desk, paper)):
        if each.sequence > sequence:
            raise Refused(f"这是第 {sequence} 次报送，已归档过第 {each.sequence} 次，旧的不再归档")
        if each.sequence == sequence and each.sha256 != paper.sha256:
            raise Refused(
                f"已归档过第 {sequence} 次的另一份盖章件，校验码却不同（{each.data_digest[:16]}）。请核对次数和校验码"
            )
    return paper


def _read_code(filed: CheckedFile, code: str, sequence: int) -> tuple[str, int]:
    plain = "".join(unicodedata.normalize("NFKC", code).split())
    if plain.upper().startswith(f"{QR}:"):
        pieces = plain.split(":")
        if len(pieces) != 6 or not re.fullmatch(r"[1-9][0-9]{0,5}", pieces[4]):
            raise Refused("二维码的内容不完整，没有归档。请重新扫一次，或照纸上的数据校验码填写")
        if tuple(pieces[1:4]) != (filed.form, filed.district, filed.period):
            raise Refused(
                f"二维码说的是 {pieces[2]} {pieces[3]} 的 {pieces[1]}，与所选的区县、期、表不同，没有归档。请核对"
            )
        plain, sequence = pieces[5], int(pieces[4])
    digest = plain.lower()
    if not _DIGEST.fullmatch(digest):
        raise Refused(f"数据校验码应为 64 位（数字和 a 到 f），填了 {len(plain)} 位，没有归档。请照纸面页脚核对")
    if sequence < 1:
        raise Refused("次数应从 1 起，照纸面页脚“第 1 次报送”填写")
    return digest, sequence


def _whole(form: str) -> bool:
    """Whether a district hands in one of it a period: not about one record, not for one unit."""
    printed = load_printed()[form]
    return printed.about == PERIOD and not printed.for_unit


def _line(desk: Desk, paper: Paper) -> list[Paper]:
    """The papers of the same district, form and period, where their numbers make one line."""
    held = desk.store.papers.of(paper.form, paper.period) if _whole(paper.form) else []
    return [each for each in held if each.district == paper.district]


def _supersede(desk: Desk, paper: Paper) -> None:
    """Data of an earlier edition that a later one on paper replaced are rolled up no more."""
    if not _whole(paper.form):
        return
    for edition in desk.store.collected.editions((paper.district, paper.form, "", "", paper.period)):
        if edition.state == "current" and edition.sequence < paper.sequence:
            desk.store.collected.supersede(edition.data_digest)
