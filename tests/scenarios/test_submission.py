"""A month's report from its records to a checked signature, with two accounts and a practice certificate."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import accounts, authority, checking, conflicts, exchange, records, submissions
from desktop.actions.desk import Desk, open_desk
from desktop.model.errors import NotAllowed, Refused
from tests.conftest import CLERK, ISSUER, PASSWORD, REVIEWER, enterprise, project

SECRET = "证书口令一二三"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice authority with one certificate for 示例区."""
    folder = tmp_path_factory.mktemp("city")
    authority.create(folder, name="练习根证书", office="练习用证书机构", password=SECRET)
    authority.issue(
        folder, folder / "key.p12", district="379901", name=ISSUER, office="示例区发展和改革局", password=SECRET
    )
    return folder


def verdict(city: Path, path: Path, *, crl: bool = True) -> checking.Verdict:
    crls = [city / "crl.pem"] if crl else []
    return checking.verify(path, roots=[city / "root.pem"], register=city / "register.json", crls=crls)


def as_person(desk: Desk, name: str) -> Desk:
    folder = desk.store.folder
    desk.close()
    return open_desk(folder, name, PASSWORD)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    accounts.add_account(desk, REVIEWER, ("review",), PASSWORD)
    accounts.add_account(desk, ISSUER, ("issue",), PASSWORD)
    enterprise(desk, "示例㛃䶮𫖯𬭎制造有限公司")
    project(desk)
    return desk


def test_the_whole_way(staffed: Desk, city: Path, tmp_path: Path) -> None:
    out = tmp_path / "signed.pdf"
    opener = submissions.file_key(city / "key.p12", SECRET)
    made = submissions.prepare(staffed, "monthly-report", period="2026-11")
    with pytest.raises(Refused, match="还没有审核和签发"):
        submissions.submit(staffed, made.id, opener, out)
    with pytest.raises(Refused, match="另一个人"):
        submissions.review(staffed, made.id)
    desk = as_person(staffed, REVIEWER)
    with pytest.raises(NotAllowed):
        submissions.issue(desk, made.id)
    submissions.review(desk, made.id)
    desk = as_person(desk, ISSUER)
    submissions.issue(desk, made.id, "示例发改〔2026〕1号")
    assert not out.exists()
    signed = submissions.submit(desk, made.id, opener, out)
    assert signed.data_digest == made.data_digest and out.read_bytes() == signed.pdf

    good = verdict(city, out)
    assert (good.verdict.value, good.pages.value, good.practice) == ("valid", "equal", True)
    assert (good.signer, good.district, good.period) == (ISSUER, "379901", "2026-11")
    assert good.data_digest == made.data_digest
    assert verdict(city, out, crl=False).verdict.value == "undecided"
    broken = bytearray(out.read_bytes())
    broken[len(broken) // 3] ^= 1
    (tmp_path / "broken.pdf").write_bytes(broken)
    assert verdict(city, tmp_path / "broken.pdf").verdict.value == "invalid"

    told = subprocess.run(["pdfsig", out], capture_output=True, text=True, check=False).stdout
    for words in ("Signature is Valid", "ETSI.CAdES.detached", "Total document signed"):
        assert words in told
    listed = subprocess.run(["pdfdetach", "-list", out], capture_output=True, text=True, check=True).stdout
    assert "data.json" in listed and "workbook.xlsx" in listed
    text = subprocess.run(["pdftotext", out, "-"], capture_output=True, text=True, check=True).stdout
    assert "示例发改〔2026〕1号" in text and "草稿" not in text and "练习" in text
    desk.close()


def test_an_open_conflict_blocks_the_review(staffed: Desk, office: Callable[..., Desk], tmp_path: Path) -> None:
    other = office("b", "示例区工业和信息化局", account="王示例")
    record = records.find(staffed, "project")[0][0][0]
    exchange.export(staffed, tmp_path / "1.xlsx")
    exchange.apply(other, exchange.read(other, tmp_path / "1.xlsx"), accept_peer=True)
    for desk, value in ((staffed, "1000000"), (other, "2000000")):
        records.put(desk, "project", [{"id": record, "equipment_paid": value}])
    exchange.export(other, tmp_path / "2.xlsx")
    exchange.apply(staffed, exchange.read(staffed, tmp_path / "2.xlsx"), accept_peer=True)
    made = submissions.prepare(staffed, "project-list", period="2026-11")
    assert [each["record"] for each in submissions.blocking(made)] == [record]
    desk = as_person(staffed, REVIEWER)
    with pytest.raises(Refused, match="待定的冲突"):
        submissions.review(desk, made.id)
    desk = as_person(desk, CLERK)
    conflicts.decide(desk, f"{record}:equipment_paid", "mine")
    again = submissions.prepare(desk, "project-list", period="2026-11")
    assert again.sequence == 2 and submissions.blocking(again) == []
    desk.close()


def test_later_edits_never_change_what_was_prepared(staffed: Desk) -> None:
    record = records.find(staffed, "project")[0][0][0]
    made = submissions.prepare(staffed, "project-application", record=record, period="2026-11")
    records.put(staffed, "project", [{"id": record, "note": "后来的话"}])
    held = submissions.find(staffed, made.id)
    assert held.data == made.data and "后来的话" not in held.data.decode()


def test_another_districts_certificate_does_not_sign(staffed: Desk, city: Path, tmp_path: Path) -> None:
    authority.issue(
        city, city / "other.p12", district="370102", name="钱示例", office="历下区发展和改革局", password=SECRET
    )
    made = submissions.prepare(staffed, "project-list", period="2026-11")
    desk = as_person(staffed, REVIEWER)
    submissions.review(desk, made.id)
    desk = as_person(desk, ISSUER)
    submissions.issue(desk, made.id)
    with pytest.raises(Refused, match="370102"):
        submissions.submit(desk, made.id, submissions.file_key(city / "other.p12", SECRET), tmp_path / "x.pdf")
    assert submissions.find(desk, made.id).state == "issued" and not (tmp_path / "x.pdf").exists()
    desk.close()
