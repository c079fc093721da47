"""Corrections, seal pictures, many at once, and the data of a checked PDF read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from desktop.actions import authority, checking, exchange, records, setup, signed_data, signing, submissions, trust
from desktop.actions.desk import Desk, now
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused
from desktop.pdf.signing.picture import SIDE, plain_png, read_plain
from desktop.pdf.signing.sign import sign
from desktop.store.accounts import ROLES, Account
from desktop.store.submissions import Submission
from tests.conftest import PASSWORD, REVIEWER, project
from tests.tools import pdf_text

SECRET = "证书口令一二三"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    authority.create(folder, name="练习根证书", office="练习用证书机构", password=SECRET)
    authority.issue(
        folder, folder / "submit.p12", district="379901", name="孙示例", office="示例区发展和改革局", password=SECRET
    )
    return folder


def issued(desk: Desk, form: str = "project-list", seal: Path | None = None, **more: str) -> Submission:
    made = submissions.prepare(desk, form, **{"period": "2026-11", **more})
    submissions.review(Desk(desk.store, Account(REVIEWER, tuple(ROLES))), made.id)
    return submissions.issue(desk, made.id, "示例〔2026〕1号", seal)


def opener(papers: Path) -> submissions.KeyOpener:
    return submissions.file_key(papers / "submit.p12", SECRET)


def trusting(desk: Desk, papers: Path) -> Desk:
    trust.add(desk, [papers / each for each in authority.FILES])
    return desk


def seal_png(colour: str = "red", size: int = 900) -> bytes:
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((5, 5, size - 5, size - 5), outline=colour, width=10)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_correction_says_what_it_changes(desk: Desk, papers: Path, tmp_path: Path) -> None:
    record = project(desk)
    first = submissions.submit(desk, issued(desk).id, opener(papers), tmp_path / "1.pdf")
    assert submissions.corrected(first) == {}
    with pytest.raises(Refused, match="没有更正可印"):
        submissions.difference_pdf(desk, first.id)
    records.put(desk, "project", [{"id": record, "total_investment": "48000001", "fund_own": "48000001"}])
    other = project(desk, name="示例二期改造")
    again = submissions.again(desk, first.id)
    said = submissions.corrected(again)
    assert (said["sequence"], said["digest"]) == (1, first.data_digest)
    rows = {(each["record"], each["field"]): (each["old"], each["new"]) for each in said["rows"]}
    (told,) = [values for (name, field), values in rows.items() if name.startswith("重卡") and "总投资" in field]
    assert told == ("4,800.00", "4,800.0001")
    assert ("示例二期改造", "") in rows and rows["示例二期改造", ""] == ("", "新增")
    submissions.review(Desk(desk.store, Account(REVIEWER, tuple(ROLES))), again.id)
    submissions.issue(desk, again.id)
    submissions.submit(desk, again.id, opener(papers), tmp_path / "2.pdf")
    text = pdf_text((tmp_path / "2.pdf").read_bytes())
    assert "更正说明" in text and "更正第 1 次" in text and "示例二期改造" in text
    verdict = checking.verify(tmp_path / "2.pdf", roots=[], register=None, crls=[], desk=trusting(desk, papers))
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons
    assert "更正说明" in pdf_text(submissions.difference_pdf(desk, again.id))
    records.remove(desk, "project", other, "示例")
    third = submissions.again(desk, again.id)
    gone = [each for each in submissions.corrected(third)["rows"] if each["old"] == "删去"]
    assert [each["record"] for each in gone] == ["示例二期改造"]


def test_a_seal_picture_is_drawn_and_derived_again(desk: Desk, papers: Path, tmp_path: Path) -> None:
    project(desk)
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    (tmp_path / "seal.png").write_bytes(seal_png())
    with pytest.raises(Refused, match="不是 PNG"):
        issued(desk, seal=tmp_path / "a.gif")
    made = issued(desk, seal=tmp_path / "seal.png", period="2026-12")
    assert made.seal is not None and read_canonical(made.issuance or b"")["seal"]
    submissions.submit(desk, made.id, opener(papers), tmp_path / "x.pdf")
    trusting(desk, papers)
    verdict = checking.verify(tmp_path / "x.pdf", roots=[], register=None, crls=[], desk=desk)
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons
    assert verdict.attachments["seal.png"] == made.seal
    pictures = _pictures(tmp_path / "x.pdf")
    assert pictures == [(SIDE, SIDE)]

    other = plain_png(seal_png("blue"))
    data, issuance = read_canonical(made.data), read_canonical(made.issuance or b"")
    for picture in (other, None):
        unsigned, box = submissions.unsigned_pdf(data, issuance, made.workbook, picture)
        with opener(papers)() as key:
            forged = sign(unsigned, key, box, now=datetime.fromisoformat(now()), seal=picture)
        (tmp_path / "forged.pdf").write_bytes(forged)
        verdict = checking.verify(tmp_path / "forged.pdf", roots=[], register=None, crls=[], desk=desk)
        assert verdict.verdict == "invalid" and "seal" in {each.code for each in verdict.reasons}


def _pictures(path: Path) -> list[tuple[int, int]]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return [(int(each.Width), int(each.Height)) for each in pdf.objects
                if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]  # fmt: skip


def test_pictures_that_are_none() -> None:
    good = plain_png(seal_png(size=200))
    assert (read_plain(good).width, read_plain(good).height) == (200, 200)
    for bad, words in (
        (seal_png(size=30), "太小"), (seal_png()[:400], "损坏"), (b"\x89PNG\r\n\x1a\n", "损坏"),
        (seal_png() + b"0" * (3 << 20), "2 MB"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            plain_png(bad)
    for at in range(0, len(good), 7):
        changed = good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1 :]
        with pytest.raises(Refused):
            read_plain(changed)


def test_several_with_one_password(desk: Desk, papers: Path, tmp_path: Path) -> None:
    project(desk)
    made = [issued(desk, form) for form in ("project-list", "problem-list", "site-list")]
    opened: list[int] = []

    def counted() -> object:
        opened.append(1)
        return opener(papers)()

    draft = submissions.prepare(desk, "indicator-report", period="2026-11")
    with pytest.raises(Refused, match="一份也没有签。目标完成情况表 2026-11"):
        signing.submit_many(desk, [made[0].id, draft.id], counted, tmp_path)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="找不到文件夹"):
        signing.submit_many(desk, [made[0].id], counted, tmp_path / "none")  # type: ignore[arg-type]
    assert opened == [] and list(tmp_path.glob("*.pdf")) == []
    done = signing.submit_many(desk, [each.id for each in made], counted, tmp_path)  # type: ignore[arg-type]
    assert opened == [1] and [each.fault for each in done] == ["", "", ""]
    found = checking.verify_many([tmp_path], desk=trusting(desk, papers))
    assert {each.file: each.outcome for each in found} == {each.file: "valid" for each in done}
    assert {submissions.find(desk, each.id).state for each in made} == {"signed"}


def test_units_have_chains_of_their_own(desk: Desk, papers: Path, tmp_path: Path) -> None:
    first, second = (unit for unit in list(desk.names.units())[:2])
    one = issued(desk, "unit-duties", unit=first)
    two = issued(desk, "unit-duties", unit=second)
    done = signing.submit_many(desk, [one.id, two.id], opener(papers), tmp_path)
    assert [each.fault for each in done] == ["", ""] and len({each.file for each in done}) == 2
    later = submissions.again(desk, one.id)
    assert (later.unit, later.previous, later.sequence) == (first, one.data_digest, 2)
    assert submissions.prepare(desk, "unit-duties", unit=second, period="2026-12").previous == two.data_digest


def test_a_new_layout_is_told_before_the_signature(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = submissions.prepare(desk, "project-list", period="2026-11")
    reviewer = Desk(desk.store, Account(REVIEWER, tuple(ROLES)))
    with monkeypatch.context() as patch:
        patch.setattr(submissions, "renderer_version", lambda: "f" * 64)
        with pytest.raises(Refused, match="版式在生成之后变了"):
            submissions.review(reviewer, made.id)
    submissions.review(reviewer, made.id)
    monkeypatch.setattr(submissions, "renderer_version", lambda: "f" * 64)
    with pytest.raises(Refused, match="版式在生成之后变了"):
        submissions.issue(desk, made.id)
    assert submissions.find(desk, made.id).state == "reviewed"


def test_what_moved_on_is_counted_by_the_log(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record = project(desk)
    made = submissions.prepare(desk, "project-list", period="2026-11")
    assert submissions.moved_on(desk, made) == 0
    monkeypatch.setenv("DESK_NOW", "2026-08-01T00:00:00+08:00")  # a clock set back hides nothing
    records.put(desk, "project", [{"id": record, "total_investment": "50000000", "fund_own": "50000000"}])
    assert submissions.moved_on(desk, made) == 2


def test_data_of_a_checked_file_are_read_like_a_workbook(
    desk: Desk, office: Callable[..., Desk], papers: Path, tmp_path: Path
) -> None:
    record = project(desk)
    path = tmp_path / "x.pdf"
    submissions.submit(desk, issued(desk).id, opener(papers), path)
    other = office("b", "示例区工业和信息化局", account="王示例")
    with pytest.raises(Refused, match="无效，没有读入"):  # a practice root was not taken here yet
        signed_data.read(other, path)
    trust.add(other, [papers / "root.pem"])
    with pytest.raises(Refused, match="不能判定，没有读入"):
        signed_data.read(other, path)
    assert signed_data.read(other, path, accept=True).preview.counts["added"] == 1
    trusting(other, papers)
    read = signed_data.read(other, path)
    assert read.preview.counts["added"] == 1 and desk.store.records.form_of(record) == "project"
    assert records.find(other, "project")[1] == 0  # nothing is written by looking
    done = exchange.apply(other, read)
    assert (done.added, done.conflicts) == (1, [])
    assert (
        records.get(other, "project", record)["total_investment"]
        == records.get(desk, "project", record)["total_investment"]
    )
    again = signed_data.read(other, path)
    assert again.preview.counts["added"] == again.preview.counts["conflict"] == again.preview.counts["changed"] == 0

    missing = {"address": "示例路1号", "content": "示例内容"}
    changed = {"total_investment": "50000000", "fund_own": "50000000"}
    records.put(other, "project", [{"id": record, **missing, **changed}])
    old = signed_data.read(other, path)  # its own older value is no news
    assert old.preview.counts["conflict"] == old.preview.counts["changed"] == 0
    records.put(desk, "project", [{"id": record, "total_investment": "51000000", "fund_own": "51000000"}])
    submissions.submit(desk, issued(desk, period="2026-12").id, opener(papers), tmp_path / "y.pdf")
    newer = exchange.apply(other, signed_data.read(other, tmp_path / "y.pdf"))
    assert [each.field for each in newer.conflicts] == ["total_investment"]

    broken = bytearray(path.read_bytes())
    broken[len(broken) // 2] ^= 1
    (tmp_path / "broken.pdf").write_bytes(broken)
    with pytest.raises(Refused, match="无效，没有读入"):
        signed_data.read(other, tmp_path / "broken.pdf", accept=True)


def test_certificates_only_for_known_districts_and_never_over_a_file(papers: Path, tmp_path: Path) -> None:
    def issue(district: str, name: str = "示例", office: str = "示例局", **more: str) -> None:
        authority.issue(
            papers, tmp_path / "new.p12", district=district, name=name, office=office, password=SECRET, **more
        )

    for wrong, words in (
        ("999999", "不在代码表里"), ("37010", "6 位数字"), ("370100", "市级代码"), ("370181", "旧代码"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            issue(wrong)
    for more in ({"name": " "}, {"office": ""}):
        with pytest.raises(Refused, match="签名人和单位"):
            issue("370102", **more)
    assert not (tmp_path / "new.p12").exists()
    issue("370191", zone="示例高新区")
    held = (tmp_path / "new.p12").read_bytes()
    with pytest.raises(Refused, match="没有覆盖"):
        issue("370102")
    assert (tmp_path / "new.p12").read_bytes() == held


def test_the_real_way_of_a_certificate(tmp_path: Path) -> None:
    root = tmp_path / "root"
    authority.create(root, name="示例市根证书", office="示例市", password=SECRET, practice=False)
    key, request, back, p12 = (tmp_path / each for each in ("key.pem", "request.csr", "back.pem", "district.p12"))
    names = {"district": "370102", "name": "周示例", "office": "历下区发展和改革局"}
    authority.request(key, request, password="区里的口令一二三", **names)
    assert b"PRIVATE" not in request.read_bytes() and b"ENCRYPTED PRIVATE" in key.read_bytes()
    with pytest.raises(Refused, match="没有覆盖"):
        authority.request(key, tmp_path / "2.csr", password="区里的口令一二三", **names)
    authority.issue_for_request(root, request, back, password=SECRET, **names)
    with pytest.raises(Refused, match=r"口令|密码"):
        authority.bring_back(key, back, p12, password="别的口令一二三四")
    authority.bring_back(key, back, p12, password="区里的口令一二三")
    assert authority.certificate_of(p12, "区里的口令一二三") == ("周示例", "历下区发展和改革局", "370102", False)
    desk, _ = setup.init(tmp_path / "desk", district="370102", account="周示例", password=PASSWORD)
    trust.add(desk, [root / each for each in authority.FILES])
    made = issued(desk, "problem-list")
    submissions.submit(desk, made.id, submissions.file_key(p12, "区里的口令一二三"), tmp_path / "real.pdf")
    verdict = checking.verify(tmp_path / "real.pdf", roots=[], register=None, crls=[], desk=desk)
    assert (verdict.verdict, verdict.practice, verdict.signer) == ("valid", False, "周示例"), verdict.reasons
    desk.close()
