"""The certificate authority, for practice or with a real root: folders of files, no data folder needed."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.model.errors import Refused
from desktop.model.lists import load_list
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.keeper import Authority, Issued
from desktop.pdf.authority.requests import make_request, read_back
from desktop.pdf.authority.usages import Use
from desktop.pdf.signing.keys import open_file
from desktop.store.store import now

FILES = ("root.pem", "register.json", "crl.pem")


def _moment() -> datetime.datetime:
    return datetime.datetime.fromisoformat(now())


def create(folder: Path, *, name: str, office: str, password: str, practice: bool = True) -> list[Path]:
    """A new authority: root, register signer, empty register and CRL. Returns the published files."""
    Authority.create(folder, name=name, office=office, password=password, now=_moment(), practice=practice)
    return [folder / each for each in FILES]


def issue(
    folder: Path, out: Path, *, district: str, name: str, office: str, password: str, use: str = "submit",
    zone: str = "",
) -> list[Path]:  # fmt: skip
    """A certificate with its key as PKCS#12, and the register published anew. `password` opens both.

    `district` is a code of the list; a functional zone has none there and needs its name as `zone`. Raises Refused for
    a code nobody has, a missing name or office, or a file that is there already: a key is never written over.
    """
    authority = Authority.open(folder, password)
    wanted = _use(use)
    _check_district(district, zone, wanted, authority.practice)
    _check_names(name, office)
    _check_free(out)
    authority.issue(
        out, name=name, office=office, password=password, now=_moment(), district=district, use=wanted
    )  # fmt: skip
    return [out, authority.publish_register(_moment(), password)]


def issue_for_request(
    folder: Path, request: Path, out: Path, *, district: str, name: str, office: str, password: str, zone: str = ""
) -> list[Path]:  # fmt: skip
    """A certificate for a request (CSR): the key stays with the district."""
    authority = Authority.open(folder, password)
    _check_district(district, zone, Use.SUBMIT, authority.practice)
    _check_names(name, office)
    _check_free(out)
    authority.issue_for_request(
        read_whole(request, "证书申请"), out, name=name, office=office, now=_moment(), district=district
    )
    return [out, authority.publish_register(_moment(), password)]


def request(key: Path, out: Path, *, district: str, name: str, office: str, password: str) -> list[Path]:
    """In the district: a key that stays here, and the request for its certificate. No file is written over."""
    from desktop.pdf.authority.certificates import Subject

    _check_names(name, office)
    _check_free(key)
    _check_free(out)
    make_request(key, out, subject=Subject(name, office, district), password=password)
    return [key, out]


def bring_back(key: Path, certificate: Path, out: Path, *, password: str) -> list[Path]:
    """In the district: the certificate that came back, joined with its key into the file that signs.

    Raises Refused when the two do not belong together, or the certificate could not sign: dates, usage.
    """
    _check_free(out)
    read_back(key, certificate, out, password=password, now=_moment())
    return [out]


def certificate_of(path: Path, password: str) -> tuple[str, str, str, bool]:
    """(name, office, district, practice) of a certificate file that signs. Raises Refused when it cannot be opened."""
    with open_file(path, password) as key:
        return key.name, key.office, key.district, key.practice


def revoke(folder: Path, certificate: str, *, why: str, password: str) -> list[Path]:
    """Take a certificate back by its serial number or SHA-256, and publish the list anew."""
    return [Authority.open(folder, password).revoke(certificate, why=why, now=_moment())]


def publish(folder: Path, *, password: str) -> list[Path]:
    """The register and the CRL with their next numbers."""
    authority = Authority.open(folder, password)
    return [authority.publish_register(_moment(), password), authority.publish_crl(_moment())]


def issued(folder: Path, *, password: str) -> tuple[Issued, ...]:
    return Authority.open(folder, password).issued


def _check_district(code: str, zone: str, use: Use, practice: bool) -> None:
    if use is not Use.SUBMIT and not code:
        return
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise Refused(f"区县代码“{code}”应为 6 位数字，如 370102，没有签发")
    if use is not Use.SUBMIT:
        return
    known = load_list("districts").get(code)
    if code.endswith("00"):
        raise Refused(f"“{code}”是市级代码，报送证书只签发给区县，没有签发")
    if known is None and not zone.strip():
        raise Refused(f"区县代码“{code}”不在代码表里，没有签发。请核对；功能区请同时写明名称（--zone）")
    if known is not None and known.code != code:
        raise Refused(f"“{code}”是{known.name}的旧代码，没有签发。请用 {known.code}")
    if known is not None and known.practice and not practice:
        raise Refused(f"“{code}”是练习用的{known.name}，正式机构不能给它签发")


def _check_names(name: str, office: str) -> None:
    if not name.strip() or not office.strip():
        raise Refused("证书要写明签名人和单位，没有办理。请补上（--name、--office）")


def _check_free(path: Path) -> None:
    if path.exists():
        raise Refused(f"“{path.name}”已经有了，没有覆盖，原来的文件没有动。请换一个文件名")


def _use(text: str) -> Use:
    for use in Use:
        if text in (use.value, use.name.lower()):
            return use
    raise Refused(f"证书用途“{text}”不认识，应为 {'、'.join(each.name.lower() for each in Use)} 之一")
