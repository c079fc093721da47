"""From signed to answered: sticks, sealed paper, the folder's trust, the city's receipt, the corrected edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import authority, checking, city, delivery, receipts, records, setup, submissions, trust
from desktop.actions.desk import Desk, now
from desktop.model.canonical import read_canonical
from desktop.model.errors import MachineFault, NotAllowed, Refused
from desktop.store.accounts import Account
from tests.actions.handing import SECRET, Papers, answer, issued, signed
from tests.conftest import PASSWORD, project
from tests.tools import pdf_text


def test_a_signed_file_goes_onto_a_stick(desk: Desk, papers: Papers, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    made = issued(desk)
    with pytest.raises(Refused, match="没有签名"):
        delivery.deliver(desk, made.id, tmp_path)
    opener = submissions.file_key(papers.folder / "submit.p12", SECRET)
    submissions.submit(desk, made.id, opener, tmp_path / "x.pdf")
    with pytest.raises(Refused, match="找不到文件夹"):
        delivery.deliver(desk, made.id, stick)
    assert submissions.find(desk, made.id).state == "signed"
    stick.mkdir()
    done = delivery.deliver(desk, made.id, stick)
    assert done.file == "379901_project-list_2026-11_1.pdf"
    assert (stick / done.file).read_bytes() == submissions.find(desk, made.id).pdf
    assert submissions.find(desk, made.id).state == "delivered"
    delivery.deliver(desk, made.id, tmp_path)
    assert [each.way for each in delivery.deliveries(desk, made.id)] == ["signed", "signed"]


def test_a_stick_that_fails_delivers_nothing(
    desk: Desk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = signed(desk, papers, tmp_path / "x.pdf")

    def pulled(path: Path, data: bytes) -> str:
        raise MachineFault("没有写成")

    monkeypatch.setattr(delivery, "write_out", pulled)
    with pytest.raises(MachineFault):
        delivery.deliver(desk, made.id, tmp_path)
    assert submissions.find(desk, made.id).state == "signed" and delivery.deliveries(desk, made.id) == []


def test_without_certificate_paper_is_sealed_and_its_scan_filed(desk: Desk, tmp_path: Path) -> None:
    project(desk)
    made = issued(desk)
    assert delivery.paper_copy(desk, made.id, tmp_path / "paper.pdf") == 1
    assert "草稿" not in pdf_text((tmp_path / "paper.pdf").read_bytes())
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"a picture")
    with pytest.raises(Refused, match="不是完整的 PDF"):
        delivery.file_scan(desk, made.id, scan)
    assert submissions.find(desk, made.id).state == "issued"
    scan.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    done = delivery.file_scan(desk, made.id, scan)
    assert (submissions.find(desk, made.id).state, done.way) == ("delivered", "scan")
    assert desk.store.local.attachment(done.sha256) == scan.read_bytes()
    with pytest.raises(Refused, match="扫描件送达"):
        delivery.deliver(desk, made.id, tmp_path)
    after = submissions.prepare(desk, "project-list", period="2026-12")
    assert after.previous == made.data_digest  # sealed paper is a link of the chain too


def test_returned_then_corrected_then_accepted(desk: Desk, town: Desk, papers: Papers, tmp_path: Path) -> None:
    for each in (desk, town):
        trust.add(each, papers.published)
    record = project(desk)
    made = signed(desk, papers, tmp_path / "x.pdf")
    stick = tmp_path / "stick"
    stick.mkdir()
    delivery.deliver(desk, made.id, stick)
    with pytest.raises(Refused, match="没有被退回"):
        receipts.correct(desk, made.id)
    assert [each.outcome for each in city.collect(town, stick)] == ["taken"]
    path = answer(town, papers, made.data_digest[:10], stick, "returned", "总投资有误", "缺竣工年月")
    said = receipts.read(desk, path)
    assert (said.submission.state, said.receipt.reasons) == ("returned", ("总投资有误", "缺竣工年月"))
    assert said.receipt.signer == "示例市回执" and said.new
    assert receipts.read(desk, path).new is False

    records.put(desk, "project", [{"id": record, "total_investment": "48000001", "fund_own": "48000001"}])
    again = receipts.correct(desk, made.id)
    assert (again.sequence, again.previous) == (2, made.data_digest)
    again = signed(desk, papers, tmp_path / "y.pdf", again)
    delivery.deliver(desk, again.id, stick)
    found = {each.file: each.outcome for each in city.collect(town, stick)}
    assert found == {"379901_project-list_2026-11_1.pdf": "same", "379901_project-list_2026-11_2.pdf": "taken"}
    accepted = answer(town, papers, again.data_digest, tmp_path / "ok.receipt")
    assert receipts.read(desk, accepted).submission.state == "accepted"
    assert submissions.find(desk, made.id).state == "returned"
    with pytest.raises(Refused, match="已被后一次报送代替"):
        answer(town, papers, made.data_digest, tmp_path)


def test_receipts_that_are_not_believed(
    desk: Desk, town: Desk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.add(town, papers.published)
    made = signed(desk, papers, tmp_path / "x.pdf")
    stick = tmp_path / "stick"
    stick.mkdir()
    delivery.deliver(desk, made.id, stick)
    city.collect(town, stick)
    returned = answer(town, papers, made.data_digest, tmp_path / "1.receipt", "returned", "示例原因")
    with pytest.raises(Refused, match="还没有收下市里的根证书"):
        receipts.read(desk, returned)
    trust.add(desk, papers.published)
    broken = bytearray(returned.read_bytes())
    at = broken.index("示例原因".encode())
    broken[at : at + 12] = "样例原因".encode()
    (tmp_path / "broken").write_bytes(broken)
    for path, words in ((tmp_path / "broken", "回执不能采用"), (tmp_path / "x.pdf", "回执不能采用")):
        with pytest.raises(Refused, match=words):
            receipts.read(desk, path)
    with pytest.raises(Refused, match=r"回执签名|用途"):
        opener = submissions.file_key(papers.folder / "submit.p12", SECRET)
        receipts.make(town, made.data_digest, "accepted", [], opener, tmp_path)
    assert submissions.find(desk, made.id).state == "delivered"

    moment = now()
    monkeypatch.setenv("DESK_NOW", moment[:11] + "23:59:59" + moment[19:])
    accepted = answer(town, papers, made.data_digest, tmp_path / "2.receipt")
    assert receipts.read(desk, accepted).submission.state == "accepted"
    with pytest.raises(Refused, match="比这一份新"):
        receipts.read(desk, returned)
    assert submissions.find(desk, made.id).state == "accepted"


def test_a_receipt_of_another_district_is_not_read(
    desk: Desk, town: Desk, office: Callable[..., Desk], papers: Papers, tmp_path: Path
) -> None:
    for each in (desk, town):
        trust.add(each, papers.published)
    made = signed(desk, papers, tmp_path / "x.pdf")
    stick = tmp_path / "stick"
    stick.mkdir()
    delivery.deliver(desk, made.id, stick)
    city.collect(town, stick)
    path = answer(town, papers, made.data_digest, tmp_path)
    other, _ = setup.init(
        tmp_path / "other", district="379902", name="示例二区", account="吴示例", password=PASSWORD, practice=True
    )
    trust.add(other, papers.published)
    with pytest.raises(Refused, match="给区县 379901 的回执"):
        receipts.read(other, path)
    other.close()
    twin = office("twin")  # another office of the same district, which did not send it
    trust.add(twin, papers.published)
    with pytest.raises(Refused, match="本机没有校验码"):
        receipts.read(twin, path)


def test_the_folder_remembers_lists_and_numbers(desk: Desk, papers: Papers, tmp_path: Path) -> None:
    made = signed(desk, papers, tmp_path / "x.pdf")
    none: dict[str, object] = {"roots": [], "register": None, "crls": [], "desk": desk}
    before = checking.verify(tmp_path / "x.pdf", **none)  # type: ignore[arg-type]
    assert [each.code for each in before.reasons] == ["practice_root"]  # no practice root was taken yet
    clerk = Desk(desk.store, Account("李示例", ("enter",)))
    with pytest.raises(NotAllowed, match="管理员"):
        trust.add(clerk, [papers.folder / "root.pem"])
    with pytest.raises(Refused, match="不是由已收下的根证书签发"):
        trust.add(desk, [papers.folder / "crl.pem"])
    old_register = papers.copy("register.json", tmp_path / "old.json")
    old_crl = papers.copy("crl.pem", tmp_path / "old.pem")
    kept = trust.add(desk, [*reversed(papers.published)])
    assert [each.kind for each in kept] == ["root", "crl", "register"] and all(each.new for each in kept)
    assert checking.verify(tmp_path / "x.pdf", **none).verdict.value == "valid"  # type: ignore[arg-type]

    bad = next(each for each in authority.issued(papers.folder, password=SECRET) if each.district)
    authority.revoke(papers.folder, bad.serial, why="密钥遗失", password=SECRET)
    authority.publish(papers.folder, password=SECRET)
    trust.add(clerk, [papers.folder / "crl.pem", papers.folder / "register.json"])
    with pytest.raises(Refused, match="旧，不能使用"):
        trust.add(desk, [old_register])
    again = checking.verify(tmp_path / "x.pdf", roots=[], register=None, crls=[old_crl], desk=desk)
    assert again.reasons[0].code == "revoked" and made.state == "signed"
    with pytest.raises(Refused, match="不是根证书、证书登记表或吊销清单"):
        trust.add(desk, [papers.folder / "submit.p12"])


def test_practice_and_real_trust_are_apart(desk: Desk, papers: Papers, tmp_path: Path) -> None:
    signed(desk, papers, tmp_path / "x.pdf")
    real, _ = setup.init(tmp_path / "real", district="370102", account="周示例", password=PASSWORD)
    kept = trust.add(real, papers.published)
    assert all(each.practice for each in kept)
    assert trust.trusted(real) == trust.Trusted()
    found = checking.verify(tmp_path / "x.pdf", roots=[], register=None, crls=[], desk=real)
    assert found.verdict.value == "invalid" and "practice_root" in [each.code for each in found.reasons]
    named = checking.verify(
        tmp_path / "x.pdf", roots=papers.published[:1], register=papers.published[1], crls=papers.published[2:],
        desk=real,
    )  # fmt: skip
    assert named.verdict.value == "valid" and named.practice
    real.close()


def test_the_corrected_edition_keeps_the_unit_it_was_for(desk: Desk, tmp_path: Path) -> None:
    project(desk)
    made = submissions.prepare(desk, "project-list", period="2026-11", unit="示例区商务局")
    desk.store.submissions.move(made.id, "returned")
    assert read_canonical(receipts.correct(desk, made.id).data)["unit"] == "示例区商务局"
