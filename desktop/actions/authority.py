"""The certificate authority, for practice or with a real root: folders of files, no data folder needed."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.model.errors import Refused
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.keeper import Authority, Issued
from desktop.pdf.authority.requests import make_request, read_back
from desktop.pdf.authority.usages import Use
from desktop.store.store import now

FILES = ("root.pem", "register.json", "crl.pem")


def _moment() -> datetime.datetime:
    return datetime.datetime.fromisoformat(now())


def create(folder: Path, *, name: str, office: str, password: str, practice: bool = True) -> list[Path]:
    """A new authority: root, register signer, empty register and CRL. Returns the published files."""
    Authority.create(folder, name=name, office=office, password=password, now=_moment(), practice=practice)
    return [folder / each for each in FILES]


def issue(
    folder: Path, out: Path, *, district: str, name: str, office: str, password: str, use: str = "submit"
) -> list[Path]:  # fmt: skip
    """A certificate with its key as PKCS#12, and the register published anew. `password` opens both."""
    authority = Authority.open(folder, password)
    authority.issue(
        out, name=name, office=office, password=password, now=_moment(), district=district, use=_use(use)
    )  # fmt: skip
    return [out, authority.publish_register(_moment(), password)]


def issue_for_request(
    folder: Path, request: Path, out: Path, *, district: str, name: str, office: str, password: str
) -> list[Path]:  # fmt: skip
    """A certificate for a request (CSR): the key stays with the district."""
    authority = Authority.open(folder, password)
    authority.issue_for_request(
        read_whole(request, "证书申请"), out, name=name, office=office, now=_moment(), district=district
    )
    return [out, authority.publish_register(_moment(), password)]


def request(key: Path, out: Path, *, district: str, name: str, office: str, password: str) -> list[Path]:
    """In the district: a key that stays here, and the request for its certificate."""
    from desktop.pdf.authority.certificates import Subject

    make_request(key, out, subject=Subject(name, office, district), password=password)
    return [key, out]


def bring_back(key: Path, certificate: Path, out: Path, *, password: str) -> list[Path]:
    """In the district: the certificate that came back, joined with its key."""
    read_back(key, certificate, out, password=password)
    return [out]


def revoke(folder: Path, certificate: str, *, why: str, password: str) -> list[Path]:
    """Take a certificate back by its serial number or SHA-256, and publish the list anew."""
    return [Authority.open(folder, password).revoke(certificate, why=why, now=_moment())]


def publish(folder: Path, *, password: str) -> list[Path]:
    """The register and the CRL with their next numbers."""
    authority = Authority.open(folder, password)
    return [authority.publish_register(_moment(), password), authority.publish_crl(_moment())]


def issued(folder: Path, *, password: str) -> tuple[Issued, ...]:
    return Authority.open(folder, password).issued


def _use(text: str) -> Use:
    for use in Use:
        if text in (use.value, use.name.lower()):
            return use
    raise Refused(f"证书用途“{text}”不认识，应为 {'、'.join(each.name.lower() for each in Use)} 之一")
