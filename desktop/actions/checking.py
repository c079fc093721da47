"""Checking a signed PDF: with files named for it, or with what an open data folder trusts."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from desktop.actions import trust
from desktop.actions.desk import Desk, now
from desktop.actions.printing import pages_of
from desktop.excel.submission import difference
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused, os_words
from desktop.model.forms import load_forms
from desktop.model.frozen import parts
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
        raise Refused(f"{what} {path} 读不出来（{os_words(error)}），请核对路径") from error


def verify(
    path: Path, *, roots: list[Path], register: Path | None, crls: list[Path], desk: Desk | None = None
) -> Verdict:
    """Check one file. What is wrong with the file is the verdict; only files named for checking can be refused.

    Without `roots` an open desk's trust is used: registers and lists named here are kept there first, and what was
    ever seen counts.
    """
    content = _read(path, "文件")
    named = [(each.name, _read(each, "吊销清单")) for each in crls]
    if register is not None:
        named.append((register.name, _read(register, "登记表")))
    if desk is not None and not roots:
        if named:
            trust.keep(desk, named)
        return check_with(content, trust.trusted(desk))
    means = trust.Trusted(
        tuple(_read(each, "根证书") for each in roots),
        _read(register, "登记表") if register else None,
        tuple(_read(each, "吊销清单") for each in crls),
    )
    return check_with(content, means)


def check_with(content: bytes, means: trust.Trusted) -> Verdict:
    """Check the bytes of one file, its pages and workbook derived again. Never raises."""
    return check_pdf(
        content, roots=means.roots, register=means.register, crls=means.crls,
        now=datetime.datetime.fromisoformat(now()), derive=derive, compare_workbook=compare,
        known_register=means.known_register, known_crl=means.known_crl,
    )  # fmt: skip


def pages_from_data(verdict: Verdict) -> bytes:
    """The pages that the data of a checked file gives in this program, b"" when it carries none that can be read.

    Shown in place of the file's own pages wherever these were not found equal.
    """
    if not verdict.data:
        return b""
    data, issuance = parts(verdict.data)
    try:
        return render(pages_of(data, draft=False, issuance=issuance)).pdf
    except (Refused, KeyError, TypeError, ValueError):
        return b""


# What must hold of a file that was just signed here; whose certificate it is, only roots and lists can say.
OWN = ("container", "one_signature", "kind", "coverage", "nothing_after", "certified", "intact", "data", "workbook",
       "pages")  # fmt: skip


def own_fault(content: bytes) -> str:
    """Why the city would refuse a file signed here, whatever it trusts; "" when it would not."""
    held = {each.code: each for each in check_with(content, trust.Trusted()).conditions}
    bad = next((held[code] for code in OWN if held[code].holds is not True), None)
    return "" if bad is None else f"{bad.title}：{bad.reason}"


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
