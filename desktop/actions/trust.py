"""What this folder trusts: the city's roots, registers and revocation lists, kept for good."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from desktop.actions.desk import Desk, now
from desktop.model.errors import NotAllowed, Refused
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.register import Register, digest_of, read_register
from desktop.pdf.authority.usages import common_name, is_practice
from desktop.pdf.checking.trust import crl_number, is_of, load_crls, load_roots
from desktop.store.trust import TrustFile

KINDS = {"root": "根证书", "register": "证书登记表", "crl": "吊销清单"}


@dataclass(frozen=True)
class Trusted:
    """What a check is given: files, and the highest numbers ever seen."""

    roots: tuple[bytes, ...] = ()
    register: bytes | None = None
    crls: tuple[bytes, ...] = ()
    known_register: int = 0
    known_crl: int = 0


@dataclass(frozen=True)
class Kept:
    """One file that was taken. `fingerprint` of a root is what two people read to each other; `new` False: known."""

    file: str
    kind: str
    practice: bool
    number: int
    name: str
    fingerprint: str
    new: bool


def add(desk: Desk, paths: Sequence[Path]) -> list[Kept]:
    """Take roots, registers and revocation lists, all or none. Roots need the role 管理员; the rest rests on a root.

    Raises Refused: no such kind of file, no known root behind it, or a register numbered below the highest seen.
    """
    return keep(desk, [(path.name, read_whole(path, "文件")) for path in paths])


def keep(desk: Desk, files: Iterable[tuple[str, bytes]]) -> list[Kept]:
    """`add` for (name, bytes)."""
    found = sorted(((name, content, _kind(name, content)) for name, content in files), key=lambda each: _ORDER[each[2]])
    taken: list[Kept] = []
    with desk.store.writing("收下证书文件"):
        for name, content, kind in found:
            rows = {"root": _root, "crl": _crl, "register": _register}[kind](desk, name, content)
            for row in rows:
                new = desk.store.trust.add(row)
                if new:
                    why = f"{KINDS[kind]} {row.name} 第{row.number}号" if row.number else f"{KINDS[kind]} {row.name}"
                    desk.store.note("trust", who=desk.who, why=f"{why}，{row.sha256}")
                words = " ".join(row.root.upper()[at : at + 4] for at in range(0, 64, 4))
                taken.append(Kept(name, kind, row.practice, row.number, row.name, words, new))
    return taken


_ORDER = {"root": 0, "crl": 1, "register": 2}


def trusted(desk: Desk) -> Trusted:
    """What checks in this folder rest on: practice files in practice, real ones in real work, never mixed."""
    roots = desk.store.trust.of("root", desk.practice)
    crls = desk.store.trust.of("crl", desk.practice)
    registers = desk.store.trust.of("register", desk.practice)
    newest = max(registers, key=lambda each: (each.at, each.number), default=None)
    highest = [desk.store.trust.highest("crl", root) for root in {each.root for each in crls}]
    return Trusted(
        tuple(each.bytes for each in roots),
        newest.bytes if newest else None,
        tuple(each.bytes for each in crls),
        newest.number if newest else 0,
        min(highest, default=0),
    )


def register(desk: Desk) -> Register | None:
    """The certificate register in use; None when there is none, or it cannot be used any more."""
    means = trusted(desk)
    if means.register is None:
        return None
    try:
        return read_register(means.register, roots=load_roots(means.roots), now=_moment())
    except Refused:
        return None


def listed(desk: Desk) -> list[TrustFile]:
    """All that is kept: roots, registers, revocation lists."""
    return [each for kind in _ORDER for each in desk.store.trust.of(kind)]


def _moment() -> datetime.datetime:
    return datetime.datetime.fromisoformat(now())


def _kind(name: str, content: bytes) -> str:
    if content.lstrip()[:1] == b"{":
        return "register"
    if b"-----BEGIN X509 CRL-----" in content:
        return "crl"
    if b"-----BEGIN CERTIFICATE-----" in content:
        return "root"
    for kind, read in (("root", load_roots), ("crl", load_crls)):
        try:
            read([content])
        except Refused:
            continue
        return kind
    raise Refused(f"“{name}”不是根证书、证书登记表或吊销清单，没有收下，请核对文件")


def _row(desk: Desk, kind: str, content: bytes, root: x509.Certificate, number: int, name: str) -> TrustFile:
    digest = hashlib.sha256(content).hexdigest()
    return TrustFile(digest, kind, is_practice(root), digest_of(root), number, name, content, now(), desk.who)


def _root(desk: Desk, name: str, content: bytes) -> list[TrustFile]:
    if not desk.may("admin"):
        raise NotAllowed(f"“{desk.who}”没有管理员角色，不能收下根证书“{name}”。请找管理员")
    from cryptography.hazmat.primitives.serialization import Encoding

    rows = []
    for root in load_roots([content]):
        if not _own_issuer(root) or not _is_authority(root):
            raise Refused(f"“{name}”不是根证书，没有收下。请向市里要根证书文件（root.pem）")
        rows.append(_row(desk, "root", root.public_bytes(Encoding.PEM), root, 0, common_name(root)))
    return rows


def _own_issuer(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _roots(desk: Desk) -> tuple[x509.Certificate, ...]:
    return load_roots([each.bytes for each in desk.store.trust.of("root")])


def _crl(desk: Desk, name: str, content: bytes) -> list[TrustFile]:
    """Any number is kept, low ones too: who was revoked once stays so."""
    from cryptography.hazmat.primitives.serialization import Encoding

    rows = []
    for crl in load_crls([content]):
        root = next((each for each in _roots(desk) if is_of(crl, each)), None)
        if root is None:
            raise Refused(f"吊销清单“{name}”不是由已收下的根证书签发的，没有收下。请先收下它的根证书，或向市里核实")
        rows.append(_row(desk, "crl", crl.public_bytes(Encoding.PEM), root, crl_number(crl), common_name(root)))
    return rows


def _register(desk: Desk, name: str, content: bytes) -> list[TrustFile]:
    roots = _roots(desk)
    found = read_register(content, roots=roots, now=_moment())
    root = next(each for each in roots if _issued(found.signer, each))
    known = desk.store.trust.highest("register", digest_of(root))
    read_register(content, roots=[root], now=_moment(), known_number=known)
    row = _row(desk, "register", content, root, found.number, common_name(found.signer))
    others = [each for each in desk.store.trust.of("register") if (each.root, each.number) == (row.root, row.number)]
    if any(each.sha256 != row.sha256 for each in others):
        raise Refused(f"证书登记表“{name}”与已收下的同为第{found.number}号，内容却不同，没有收下。请向市里核实")
    return [row]


def _issued(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
