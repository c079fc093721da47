"""The whole check of one file. It always answers: whatever goes wrong inside makes the file invalid."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography import x509

from desktop.model.errors import Refused
from desktop.pdf.authority.usages import Use, common_name, is_practice, office_name
from desktop.pdf.checking import container, inside, message, pages, trust
from desktop.pdf.checking.data import check_seal, read_data, top_level_facts
from desktop.pdf.checking.opinion import second_opinion
from desktop.pdf.checking.verdict import (
    CompareWorkbook,
    Condition,
    Derive,
    Facts,
    Fails,
    NotCompared,
    Outcome,
    Pages,
    ReadFacts,
    Reason,
    Unknown,
    Verdict,
)
from desktop.pdf.signing.attaching import DATA, SEAL, WORKBOOK
from desktop.pdf.signing.revision import SUBFILTER
from desktop.pdf.signing.stamp import Subset, stamp_font

TITLES = {
    "container": "文件完整",
    "one_signature": "只有一个签名",
    "kind": "签名种类（PAdES、SHA-256）",
    "coverage": "签名覆盖整个文件",
    "nothing_after": "签名之后没有追加",
    "certified": "声明不允许改动",
    "intact": "内容与签名一致",
    "chain": "证书链到认可的根证书",
    "usage": "证书用途",
    "dates": "证书在有效期内",
    "revocation": "证书未被吊销",
    "data": "所附数据完好",
    "registered": "证书登记给数据里的区县",
    "practice": "练习标记一致",
    "workbook": "所附表格与数据一致",
    "pages": "页面与数据一致",
}


@dataclass(frozen=True)
class Means:
    """What the checker has at hand. `known_*`: the highest numbers ever seen; lower ones are not used."""

    roots: Sequence[bytes]
    register: bytes | None
    crls: Sequence[bytes]
    now: datetime
    derive: Derive | None = None
    compare_workbook: CompareWorkbook | None = None
    facts: ReadFacts = top_level_facts
    known_register: int = 0
    known_crl: int = 0
    subset: Subset = stamp_font


def check(
    pdf: bytes, *, roots: Sequence[bytes], register: bytes | None, crls: Sequence[bytes], now: datetime,
    derive: Derive | None = None, compare_workbook: CompareWorkbook | None = None,
    facts: ReadFacts = top_level_facts, known_register: int = 0, known_crl: int = 0, subset: Subset = stamp_font,
) -> Verdict:  # fmt: skip
    """Check one signed submission (PDF bytes). Never raises.

    `roots`, `crls`: PEM or DER files; `register`: the register file; `now`: aware. `derive(canonical JSON)` gives the
    pages again, or None when another renderer version made them; `compare_workbook(data, workbook)` gives a Chinese
    sentence when they differ.
    """
    logging.getLogger("pyhanko").addHandler(logging.NullHandler())
    logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())
    means = Means(roots, register, crls, now, derive, compare_workbook, facts, known_register, known_crl, subset)
    return _Check(pdf, means).verdict()


@dataclass
class _Check:
    """One check under way: what earlier conditions found is there for later ones, or they are not looked at."""

    pdf: bytes
    means: Means
    conditions: list[Condition] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    pages: Pages = Pages.NOT_COMPARED

    def verdict(self) -> Verdict:
        for code in TITLES:
            self._run(code, getattr(self, f"_{code}"))
        failed = [one.reason for one in self.conditions if one.holds is False and one.reason]
        unknown = [one for one in self.conditions if one.holds is None]
        blocking = [one.reason for one in unknown if one.code not in self.found.get("harmless", ()) and one.reason]
        outcome = Outcome.INVALID if failed else Outcome.UNDECIDED if blocking else Outcome.VALID
        certificate: x509.Certificate | None = self.found.get("certificate")
        facts: Facts | None = self.found.get("facts")
        moment: datetime | None = self.found.get("moment")
        canonical: bytes = self.found.get("attachments", {}).get(DATA, b"")
        return Verdict(
            verdict=outcome,
            pages=self.pages,
            reasons=tuple(failed or blocking),
            not_checked=tuple(one.reason for one in unknown if one.reason),
            practice=bool(certificate and is_practice(certificate)),
            signer=common_name(certificate) if certificate else "",
            office=office_name(certificate) if certificate else "",
            signed_at=moment.isoformat() if moment else "",
            certificate=trust.certificate_pem(certificate) if certificate else "",
            district=facts.district if facts else "",
            period=facts.period if facts else "",
            data=self.found.get("data"),
            canonical=canonical,
            data_digest=facts.data_digest if facts else "",
            attachments=self.found.get("attachments", {}),
            conditions=tuple(self.conditions),
        )

    def _run(self, code: str, work: Callable[[], None]) -> None:
        holds: bool | None = True
        reason: Reason | None = None
        try:
            work()
        except NotCompared as answer:
            holds, reason = None, answer.reason
            self.found.setdefault("harmless", set()).add(code)
        except Unknown as answer:
            holds, reason = None, answer.reason
        except Fails as answer:
            holds, reason = False, answer.reason
        except _Missing:
            holds, reason = None, Reason("not_reached", f"前面的条件不成立，没有核对“{TITLES[code]}”。")
        except Exception:  # a hostile file can make a reader fail in any way
            holds, reason = False, Reason("unreadable", f"核对“{TITLES[code]}”时读不下去，文件损坏或不正常。")
        self.conditions.append(Condition(code, TITLES[code], holds, reason))

    def _need(self, name: str) -> Any:
        if name not in self.found:
            raise _Missing
        return self.found[name]

    def _container(self) -> None:
        self.found["sections"] = container.sections_of(self.pdf)

    def _one_signature(self) -> None:
        self._need("sections")
        self.found["reader"] = inside.open_reader(self.pdf)
        self.found["signed"] = inside.the_signature(self.found["reader"])

    def _kind(self) -> None:
        signed = self._need("signed")
        value = signed.entry("/Contents")
        if signed.entry("/SubFilter") != "/" + SUBFILTER or not isinstance(value, bytes):
            raise Fails("kind", "签名不是本程序的种类（ETSI.CAdES.detached），不予接受。")
        read = message.read_message(bytes(value), padded=True)
        self.found["message"] = read
        self.found["certificate"] = read.certificate
        self.found["moment"] = pages.moment_of(signed.entry("/M"))

    def _coverage(self) -> None:
        signed = self._need("signed")
        offset = self._need("sections")[-1].offsets.get(signed.number)
        value = signed.entry("/Contents")
        if offset is None or not isinstance(value, bytes):
            raise Fails("byte_range", "签名不在文件的最后一部分里，没有覆盖整个文件。")
        self.found["hole"] = container.check_coverage(self.pdf, signed.entry("/ByteRange"), bytes(value), offset)

    def _nothing_after(self) -> None:
        container.check_nothing_after(self.pdf, self._need("sections"))
        self.found["base_end"] = self.found["sections"][0].end

    def _certified(self) -> None:
        inside.check_certified(self._need("signed"))

    def _intact(self) -> None:
        hole = self._need("hole")
        message.check_intact(self._need("message"), self.pdf[: hole.start] + self.pdf[hole.after :])
        second_opinion(self.found["reader"], self.found["certificate"])

    def _chain(self) -> None:
        read = self._need("message")
        try:
            roots = trust.load_roots(self.means.roots)
        except Refused as error:
            raise Unknown("no_root", str(error)) from error
        self.found["roots"] = roots
        self.found["chain"] = trust.find_chain(read.certificate, read.others, roots, self.means.now)

    def _usage(self) -> None:
        trust.check_usage(self._need("certificate"), Use.SUBMIT)

    def _dates(self) -> None:
        trust.check_dates(self._need("certificate"), self.means.now, self._need("moment"))

    def _revocation(self) -> None:
        chain = self._need("chain")
        try:
            self.found["crls"] = trust.load_crls(self.means.crls)
        except Refused as error:
            raise Unknown("no_crl", str(error)) from error
        trust.check_not_revoked(chain, self.found["crls"], self.means.now, self.means.known_crl)

    def _data(self) -> None:
        self.found["attachments"] = inside.attachments_of(self._need("reader"))
        if DATA not in self.found["attachments"]:
            raise Fails("no_data", "文件里没有附报送数据，不能核对。")
        self.found["data"] = read_data(self.found["attachments"][DATA])
        self.found["facts"] = self.means.facts(self.found["data"])
        check_seal(self.found["data"], self.found["attachments"].get(SEAL))

    def _registered(self) -> None:
        chain, facts = self._need("chain"), self._need("facts")
        register = trust.load_register(
            self.means.register, self.found["roots"], self.found.get("crls", ()), self.means.now,
            self.means.known_register,
        )  # fmt: skip
        trust.check_registered(register, chain, facts.district, self.means.now)

    def _practice(self) -> None:
        chain, facts = self._need("chain"), self._need("facts")
        if chain.practice and not facts.practice:
            raise Fails("practice_mark", "练习证书签了没有练习标记的数据，文件无效。")
        if facts.practice and not chain.practice:
            raise Fails("practice_mark", "数据带有练习标记，不能当作正式报送。")

    def _workbook(self) -> None:
        data = self._need("data")
        workbook = self.found["attachments"].get(WORKBOOK)
        if workbook is None:
            raise Fails("no_workbook", "文件里没有附表格，不是本程序签名的文件。")
        if self.means.compare_workbook is None:
            raise Unknown("workbook_not_compared", "所附表格没有与数据核对。")
        difference = self.means.compare_workbook(data, workbook)
        if difference is not None:
            raise Fails("workbook", difference)

    def _pages(self) -> None:
        self._need("data")
        arguments = self._need("hole"), self._need("base_end")
        attachments, certificate, moment = (self._need(name) for name in ("attachments", "certificate", "moment"))
        try:
            derived = self.means.derive(attachments[DATA]) if self.means.derive else None
        except Refused as error:
            raise Fails("pages", f"不能按所附数据重排页面：{error}") from error
        if derived is None:
            raise NotCompared("pages_not_compared", "页面由另一版本的程序排版，没有与数据核对；请以数据为准。")
        self.pages = Pages.DIFFERENT
        pages.compare_pages(self.pdf, *arguments, derived, attachments, certificate, moment, self.means.subset)
        self.pages = Pages.EQUAL


class _Missing(Exception):
    """An earlier condition left nothing to look at."""
