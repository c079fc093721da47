"""Sealed paper, filed by the city by what stands at its foot, answered, and the answer read in the district."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions import city, delivery, districts, receipts, records, submissions, trust
from desktop.actions.desk import Desk
from desktop.actions.papers import file_paper
from desktop.model.errors import Refused
from desktop.store.submissions import Submission
from tests.actions.handing import Papers, answer, issued, signed
from tests.conftest import project

FORM, PERIOD = "project-list", "2026-11"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    return path


def sealed(desk: Desk, scan: Path, made: Submission | None = None) -> Submission:
    one = issued(desk, made)
    delivery.file_scan(desk, one.id, scan)
    return submissions.find(desk, one.id)


def code(one: Submission, period: str = PERIOD) -> str:
    return f"LX1:{one.form}:379901:{period}:{one.sequence}:{one.data_digest}"


def stands(town: Desk) -> tuple[str, int, str]:
    (found,) = districts.standing(town, PERIOD, FORM)
    return found.state, found.sequence, found.data_digest


def test_the_code_at_the_foot_is_what_the_city_reads(desk: Desk) -> None:
    from desktop.actions.printing import pages_of
    from desktop.model.canonical import read_canonical

    one = issued(desk)
    assert one.issuance is not None
    document = pages_of(read_canonical(one.data), draft=False, issuance=read_canonical(one.issuance))
    assert (document.foot.qr, document.foot.digest) == (code(one), one.data_digest)


def test_returned_on_paper_corrected_on_paper_and_accepted(
    desk: Desk, town: Desk, papers: Papers, scan: Path, tmp_path: Path
) -> None:
    for each in (desk, town):
        trust.add(each, papers.published)
    record = project(desk)
    first = sealed(desk, scan)
    file(town, scan, code(first))
    assert stands(town) == ("paper", 1, first.data_digest)
    with pytest.raises(Refused, match="已经归档过"):
        file(town, scan, code(first))
    path = answer(town, papers, first.data_digest[:10], tmp_path, "returned", "总投资有误")
    assert path.name == f"379901_project-list_2026-11_{first.data_digest[:8]}_1.receipt"
    assert stands(town) == ("returned", 1, first.data_digest)
    assert [each.district for each in districts.missing(town, PERIOD, FORM)] == ["379901"]
    said = receipts.read(desk, path)
    assert (said.submission.state, said.receipt.reasons) == ("returned", ("总投资有误",))

    records.put(desk, "project", [{"id": record, "total_investment": "48000001", "fund_own": "48000001"}])
    second = sealed(desk, scan, receipts.correct(desk, first.id))
    assert (second.sequence, second.previous) == (2, first.data_digest)
    grouped = " ".join(second.data_digest[at : at + 4] for at in range(0, 64, 4)).upper()
    scan.write_bytes(scan.read_bytes() + b"\n")
    with pytest.raises(Refused, match="校验码却不同"):
        file(town, scan, grouped, 1)
    file(town, scan, "c" * 64, 2)  # typed wrong, then as it is printed
    file(town, scan, grouped, 2)
    assert stands(town) == ("paper", 2, second.data_digest)
    with pytest.raises(Refused, match="已被后一次报送代替"):
        answer(town, papers, first.data_digest, tmp_path)
    receipts.read(desk, answer(town, papers, second.data_digest, tmp_path / "ok.receipt"))
    assert submissions.find(desk, second.id).state == "accepted"
    assert stands(town) == ("accepted", 2, second.data_digest) and districts.missing(town, PERIOD, FORM) == []
    with pytest.raises(Refused, match="旧的不再归档"):
        file(town, scan, "0" * 64, 1)


def file(town: Desk, scan: Path, code: str = "", sequence: int = 1) -> None:
    file_paper(town, "379901", PERIOD, scan, FORM, code, sequence)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("LX1:project-list:379901:2026-11:1", "不完整"),
        ("LX1:project-list:379901:2026-11:0:" + "a" * 64, "不完整"),
        ("LX1:project-list:379901:2026-10:1:" + "a" * 64, "与所选的区县、期、表不同"),
        ("LX1:project-list:379902:2026-11:1:" + "a" * 64, "与所选的区县、期、表不同"),
        ("LX1:problem-list:379901:2026-11:1:" + "a" * 64, "与所选的区县、期、表不同"),
        ("a" * 63, "填了 63 位"),
        ("g" * 64, "数字和 a 到 f"),
    ],
)
def test_a_code_of_something_else_is_not_filed(town: Desk, scan: Path, wrong: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        file(town, scan, wrong)
    assert stands(town) == ("missing", 0, "") and city.checked_files(town) == []


def test_paper_without_its_code_counts_but_is_not_answered(town: Desk, papers: Papers, scan: Path) -> None:
    file(town, scan)
    assert stands(town) == ("paper", 0, "")
    file(town, scan, "Ａ" * 64)  # the code found later, typed with full-width letters
    assert stands(town) == ("paper", 1, "a" * 64)


def test_data_replaced_by_a_later_edition_on_paper_are_not_rolled_up(
    desk: Desk, town: Desk, papers: Papers, scan: Path, tmp_path: Path
) -> None:
    for each in (desk, town):
        trust.add(each, papers.published)
    project(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    first = signed(desk, papers, stick / "x.pdf")
    city.collect(town, stick)
    with pytest.raises(Refused, match="已由签名文件收下"):
        file(town, scan, code(first))
    assert districts.roll_up(town, PERIOD)["total"]["projects"]["count"] == 1
    file(town, scan, "b" * 64, 2)
    assert stands(town) == ("paper", 2, "b" * 64)
    assert districts.roll_up(town, PERIOD)["total"]["projects"] is None


def test_an_answer_to_paper_answers_no_signed_file_and_no_unfiled_scan(
    desk: Desk, town: Desk, papers: Papers, scan: Path, tmp_path: Path
) -> None:
    for each in (desk, town):
        trust.add(each, papers.published)
    one = issued(desk)
    file(town, scan, code(one))
    path = answer(town, papers, one.data_digest, tmp_path)
    with pytest.raises(Refused, match="还没有归档"):
        receipts.read(desk, path)
    assert submissions.find(desk, one.id).state == "issued"
    delivery.file_scan(desk, one.id, scan)
    assert receipts.read(desk, path).submission.state == "accepted"

    other = signed(desk, papers, tmp_path / "y.pdf", submissions.prepare(desk, FORM, period="2026-12"))
    wrong = papers_of(town, scan, other)
    with pytest.raises(Refused, match="不是本机签名的那一份"):
        receipts.read(desk, answer(town, papers, wrong, tmp_path))
    assert submissions.find(desk, other.id).state == "signed"


def papers_of(town: Desk, scan: Path, one: Submission) -> str:
    file_paper(town, "379901", one.period, scan, FORM, code(one, one.period))
    return one.data_digest
