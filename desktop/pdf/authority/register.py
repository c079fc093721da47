"""The certificate register: which certificate may sign for which district, numbered and signed by the city.

A root vouches for every district alike, so a chain says nothing about which district a certificate belongs to; this
list does. The file is JSON: `register` (the list), `certificate` and `signature` (base64), the signature being over
the canonical bytes of `register`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from desktop.model.errors import Refused
from desktop.pdf.authority.certificates import Key
from desktop.pdf.authority.times import from_text, to_text
from desktop.pdf.authority.usages import Use, usage_fault

_LARGEST = 8 * 1024 * 1024
_NAME = "证书登记表"


@dataclass(frozen=True)
class Entry:
    """One certificate of one district. `sha256` and `issuer` are hex SHA-256 of the two whole certificates."""

    sha256: str
    issuer: str
    district: str
    name: str
    office: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Register:
    number: int
    issued: datetime
    entries: tuple[Entry, ...]
    signer: x509.Certificate

    def find(self, sha256: str, issuer: str) -> tuple[Entry, ...]:
        """The entries of a certificate; both digests must agree."""
        return tuple(entry for entry in self.entries if entry.sha256 == sha256 and entry.issuer == issuer)


def digest_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the whole certificate, as hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def write_register(
    key: Key, signer: x509.Certificate, number: int, issued: datetime, entries: Sequence[Entry]
) -> bytes:
    """The signed register as the bytes of its file."""
    body = {
        "entries": [
            {
                "sha256": e.sha256, "issuer": e.issuer, "district": e.district, "name": e.name, "office": e.office,
                "since": to_text(e.since), "until": to_text(e.until),
            }
            for e in entries
        ],
        "issued": to_text(issued),
        "number": number,
    }  # fmt: skip
    whole = {
        "register": body,
        "certificate": base64.b64encode(_der(signer)).decode("ascii"),
        "signature": base64.b64encode(_sign(key, _canonical(body))).decode("ascii"),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def read_register(
    content: bytes, *, roots: Sequence[x509.Certificate], now: datetime, known_number: int = 0
) -> Register:
    """Read and check a register file: its signature, its signer below one of `roots`, its number.

    Raises Refused when it is damaged, foreign, out of date, or numbered lower than `known_number`, which is the
    highest number that the caller has ever seen.
    """
    if len(content) > _LARGEST:
        raise Refused(f"{_NAME}文件过大，不像是市里发的，请重新拷贝。")
    try:
        whole = json.loads(content.decode("utf-8"))
        body = whole["register"]
        signer = x509.load_der_x509_certificate(base64.b64decode(whole["certificate"], validate=True))
        signature = base64.b64decode(whole["signature"], validate=True)
        number, issued = body["number"], from_text(body["issued"])
        entries = tuple(_entry(item) for item in body["entries"])
        canonical = _canonical(body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"{_NAME}文件损坏或格式不对，请向市里重新要一份。") from error
    if type(number) is not int or number < 1:
        raise Refused(f"{_NAME}没有正确的编号，请向市里重新要一份。")
    _check_signer(signer, roots, now)
    if not verifies(signer, signature, canonical):
        raise Refused(f"{_NAME}的签名对不上，内容可能被改过，请向市里重新要一份。")
    if number < known_number:
        raise Refused(f"{_NAME}是第{number}号，比已收到的第{known_number}号旧，不能使用，请用新的。")
    return Register(number, issued, entries, signer)


def verifies(certificate: x509.Certificate, signature: bytes, content: bytes) -> bool:
    """Whether `signature` (RSA PKCS#1 v1.5 or ECDSA, SHA-256) over `content` is of this certificate's key."""
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _check_signer(signer: x509.Certificate, roots: Sequence[x509.Certificate], now: datetime) -> None:
    if not any(_issued_by(signer, root) for root in roots):
        raise Refused(f"{_NAME}不是由认可的根证书签发的，不能使用，请向市里核实。")
    if usage_fault(signer, Use.REGISTER):
        raise Refused(f"签发{_NAME}的证书没有这个用途，不能使用，请向市里核实。")
    if not signer.not_valid_before_utc <= now <= signer.not_valid_after_utc:
        raise Refused(f"签发{_NAME}的证书不在有效期内，请核对电脑时间，或向市里要新的登记表。")


def _issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _sign(key: Key, content: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(content, ec.ECDSA(hashes.SHA256()))


def _entry(item: dict[str, str]) -> Entry:
    if not all(isinstance(text, str) for text in item.values()):
        raise ValueError("not text")
    return Entry(
        item["sha256"], item["issuer"], item["district"], item["name"], item["office"],
        from_text(item["since"]), from_text(item["until"]),
    )  # fmt: skip


def _canonical(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _der(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
