"""Checking a signed PDF: with files named for it, or with what an open data folder trusts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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

LARGEST = 200 * 1024 * 1024  # bytes of one file
VERDICTS = {"valid": "有效", "invalid": "无效", "undecided": "不能判定"}
PAGES = {"equal": "页面与数据一致", "different": "页面与数据不一致", "not_compared": "页面没有比对"}
Progress = Callable[[int, int, str], bool]  # files done, of how many, the name of the next; False stops


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
    return check_with(content, means_of(roots=roots, register=register, crls=crls, desk=desk))


def means_of(
    *, roots: Sequence[Path] = (), register: Path | None = None, crls: Sequence[Path] = (), desk: Desk | None = None
) -> trust.Trusted:
    """What a check rests on: files named for it, or with a desk and no roots what its folder trusts."""
    named = [(each.name, _read(each, "吊销清单")) for each in crls]
    if register is not None:
        named.append((register.name, _read(register, "登记表")))
    if desk is not None and not roots:
        if named:
            trust.keep(desk, named)
        return trust.trusted(desk)
    return trust.Trusted(
        tuple(_read(each, "根证书") for each in roots),
        _read(register, "登记表") if register else None,
        tuple(_read(each, "吊销清单") for each in crls),
    )


@dataclass(frozen=True)
class CheckedFile:
    """One file of a folder: its path below it, and the verdict; `fault` when it could not be read at all."""

    file: str
    verdict: Verdict | None
    fault: str = ""

    @property
    def outcome(self) -> str:
        return self.verdict.verdict.value if self.verdict else "undecided"


def files_in(folder: Path) -> list[Path]:
    """The PDFs below a folder in the order of their names; what the system hides is left aside."""
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，没有核对。请插好 U 盘，核对路径")
    return sorted(each for each in folder.rglob("*") if each.suffix.lower() == ".pdf" and each.name[0] != ".")


def verify_many(
    paths: Sequence[Path], *, roots: Sequence[Path] = (), register: Path | None = None, crls: Sequence[Path] = (),
    desk: Desk | None = None, progress: Progress | None = None,
) -> list[CheckedFile]:  # fmt: skip
    """Check files and all PDFs of folders, each by itself: one that cannot be read is an answer, never an error."""
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            found += [(each.relative_to(path).as_posix(), each) for each in files_in(path)]
        else:
            found.append((path.name, path))
    means = means_of(roots=roots, register=register, crls=crls, desk=desk)
    answers = []
    for place, (name, path) in enumerate(found):
        if progress is not None and not progress(place, len(found), name):
            break
        try:
            if path.stat().st_size > LARGEST:
                raise Refused("文件超过 200 MB，不像报送文件")
            answers.append(CheckedFile(name, check_with(_read(path, "文件"), means)))
        except OSError as error:
            answers.append(CheckedFile(name, None, f"文件读不出来（{os_words(error)}），请重新拷贝"))
        except Refused as error:
            answers.append(CheckedFile(name, None, str(error)))
    return answers


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


def in_one(reasons: Iterable[str]) -> str:
    """Reasons as one line: each is a sentence with its full stop."""
    return "；".join(each.rstrip("。") for each in reasons)


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
