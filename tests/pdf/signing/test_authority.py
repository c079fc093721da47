"""The authority's folder: what it hands out, what it takes back, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from desktop.model.errors import MachineFault, Refused
from desktop.pdf.authority.certificates import Subject
from desktop.pdf.authority.files import write_whole
from desktop.pdf.authority.keeper import Authority
from desktop.pdf.authority.register import digest_of, read_register
from desktop.pdf.authority.requests import make_request, read_back
from desktop.pdf.authority.usages import Use, is_practice, usage_fault
from desktop.pdf.signing.keys import key_of_p12


def roots(city: Any) -> list[x509.Certificate]:
    return [x509.load_pem_x509_certificate(city.file("root.pem"))]


def test_a_district_certificate_is_for_submissions_only(city: Any) -> None:
    certificate = city.issue().certificate
    assert usage_fault(certificate, Use.SUBMIT) is None
    assert usage_fault(certificate, Use.RECEIPT) and usage_fault(certificate, Use.REGISTER)
    assert usage_fault(city.authority.root, Use.SUBMIT)
    assert is_practice(certificate) and is_practice(city.authority.root)


def test_a_long_office_name_is_taken(city: Any) -> None:
    office = "示例市示例区推动大规模设备更新和消费品以旧换新工作领导小组办公室"
    assert city.issue(office=office).office == office
    with pytest.raises(Refused, match="64"):
        city.issue(office="长" * 65)


def test_a_district_needs_its_code(city: Any) -> None:
    with pytest.raises(Refused, match="区县代码"):
        city.issue(district="")


def test_opened_again_it_remembers(make_city: Callable[..., Any], make: Any) -> None:
    city = make_city()
    signer = city.issue()
    with pytest.raises(Refused, match="口令不对"):
        Authority.open(city.folder, "wrong")
    again = Authority.open(city.folder, city.password)
    again.revoke(digest_of(signer.certificate), why="遗失", now=make.now)
    third = Authority.open(city.folder, city.password)
    assert [item.why for item in third.issued if item.revoked] == ["遗失"]
    crl = x509.load_pem_x509_crl(city.file("crl.pem"))
    assert crl.get_revoked_certificate_by_serial_number(signer.certificate.serial_number)
    assert crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 2
    with pytest.raises(Refused, match="没有编号"):
        third.revoke("abc", why="", now=make.now)


def test_one_folder_one_authority(city: Any, make: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="已经有"):
        Authority.create(city.folder, name="a", office="b", password="c", now=make.now)
    with pytest.raises(Refused, match="找不到"):
        Authority.open(tmp_path, "c")
    with pytest.raises(Refused, match="口令"):
        Authority.create(tmp_path / "new", name="a", office="b", password="", now=make.now)


def test_keys_are_kept_from_others(city: Any) -> None:
    assert b"ENCRYPTED" in city.file("root.key") and b"ENCRYPTED" in city.file("register.key")
    assert (city.folder / "root.key").stat().st_mode & 0o077 == 0


def test_a_lower_numbered_register_is_refused(make_city: Callable[..., Any], make: Any) -> None:
    city = make_city()
    old = city.file("register.json")
    city.issue()
    new = read_register(city.file("register.json"), roots=roots(city), now=make.now, known_number=1)
    assert new.number == 2 and len(new.entries) == 1
    assert read_register(old, roots=roots(city), now=make.now, known_number=1).number == 1
    with pytest.raises(Refused, match="第1号"):
        read_register(old, roots=roots(city), now=make.now, known_number=2)


def test_a_changed_register_is_refused(city: Any, make: Any, make_city: Callable[..., Any]) -> None:
    city.issue()
    whole = json.loads(city.file("register.json"))
    whole["register"]["entries"][0]["district"] = "370102"
    with pytest.raises(Refused, match="签名对不上"):
        read_register(json.dumps(whole).encode(), roots=roots(city), now=make.now)
    with pytest.raises(Refused, match="根证书"):
        read_register(city.file("register.json"), roots=roots(make_city()), now=make.now)
    with pytest.raises(Refused, match="有效期"):
        read_register(city.file("register.json"), roots=roots(city), now=make.now + timedelta(days=9999))
    for junk in (b"", b"{}", b"[]", b'{"register":1,"certificate":"","signature":""}', b"[" * 99_999):
        with pytest.raises(Refused, match="损坏"):
            read_register(junk, roots=roots(city), now=make.now)


def test_a_request_comes_back_as_a_certificate(city: Any, make: Any, tmp_path: Path) -> None:
    key, request, answer, out = (tmp_path / name for name in ("a.key", "a.csr", "a.pem", "a.p12"))
    make_request(key, request, subject=Subject("示例区发展和改革局", "示例区"), password="000")
    city.authority.issue_for_request(
        request.read_bytes(), answer, name="示例区发展和改革局", office="示例区", now=make.now, district=make.district
    )
    read_back(key, answer, out, password="000")
    assert key_of_p12(out.read_bytes(), "000").practice
    with pytest.raises(Refused, match="口令不对"):
        read_back(key, answer, out, password="1")
    make_request(tmp_path / "b.key", tmp_path / "b.csr", subject=Subject("乙", "乙"), password="000")
    with pytest.raises(Refused, match="不是一对"):
        read_back(tmp_path / "b.key", answer, out, password="000")
    with pytest.raises(Refused, match="损坏"):
        city.authority.issue_for_request(b"junk", answer, name="a", office="b", now=make.now, district="1")


def test_a_disk_that_does_not_take_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(MachineFault, match="写不进"):
        write_whole(tmp_path / "file" / "below", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
