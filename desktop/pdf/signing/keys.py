"""The key that signs: from a PKCS#12 file or from a token. Everything that can be wrong has its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from desktop.model.errors import Refused
from desktop.pdf.authority.files import read_whole
from desktop.pdf.authority.usages import Use, common_name, district_code, is_practice, office_name, usage_fault

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

_LARGEST = 1024 * 1024


@dataclass(frozen=True)
class SigningKey:
    """A usable key with its certificate; `signer` is pyHanko's."""

    certificate: x509.Certificate
    signer: Signer

    @property
    def name(self) -> str:
        return common_name(self.certificate)

    @property
    def office(self) -> str:
        return office_name(self.certificate)

    @property
    def district(self) -> str:
        """District code in the certificate's subject (serialNumber), "" when there is none."""
        return district_code(self.certificate)

    @property
    def practice(self) -> bool:
        return is_practice(self.certificate)


@contextmanager
def open_file(path: Path, password: str) -> Iterator[SigningKey]:
    """A PKCS#12 file (.p12, .pfx). Raises Refused: no such file, damaged, wrong password, no key inside."""
    yield key_of_p12(read_whole(path, "证书文件"), password, path.name)


def key_of_p12(content: bytes, password: str, name: str = "") -> SigningKey:
    from asn1crypto import pkcs12

    shown = f"“{name}”" if name else ""
    try:
        if len(content) > _LARGEST:
            raise ValueError("too large")
        pfx = pkcs12.Pfx.load(content, strict=True)
        pfx["auth_safe"]["content"].native  # noqa: B018 - parsing is lazy, this looks inside
        pfx["version"].native  # noqa: B018
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(f"证书文件{shown}损坏，或不是 .p12/.pfx 文件，请重新拷贝。") from error
    try:
        loaded = load_pkcs12(content, password.encode("utf-8"))
    except ValueError as error:
        raise Refused(f"证书文件{shown}的口令不对，请重新输入；仍不行请重新拷贝文件。") from error
    key = loaded.key
    if loaded.cert is None or key is None:
        raise Refused(f"证书文件{shown}里没有密钥，不能签名，请换用带密钥的证书文件。")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Refused(f"证书文件{shown}里的密钥种类不支持，请换用RSA密钥的证书。")
    certificate = loaded.cert.certificate
    others = [other.certificate for other in loaded.additional_certs]
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SigningKey(certificate, _simple_signer(certificate, others, private))


def _simple_signer(certificate: x509.Certificate, others: Sequence[x509.Certificate], private: bytes) -> Signer:
    from asn1crypto import keys
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own = to_asn1(certificate)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    # pyHanko adds the signer's own certificate; from here it would stand in the signature twice.
    store.register_multiple([to_asn1(other) for other in others if other != certificate])
    return SimpleSigner(own, keys.PrivateKeyInfo.load(private), store, embed_roots=False)


def to_asn1(certificate: x509.Certificate):  # type: ignore[no-untyped-def] # asn1crypto has no types
    """The same certificate as pyHanko's library knows it."""
    from asn1crypto import x509 as asn1_x509

    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def check_usable(
    certificate: x509.Certificate, *, now: datetime, use: Use = Use.SUBMIT, not_before: datetime | None = None
) -> None:
    """Raises Refused when this certificate may not sign now: clock set back, dates, usage, key.

    `not_before` is the latest moment that the file itself is known to have seen (the issuing of the submission).
    """
    if not_before is not None and now < not_before:
        raise Refused("电脑时间早于这份报送的签发时间，时钟可能被拨慢，请校准时间后再签名。")
    if now < certificate.not_valid_before_utc:
        raise Refused(f"证书从{_day(certificate.not_valid_before_utc)}起才有效，请核对电脑时间，或等到那天再签名。")
    if now > certificate.not_valid_after_utc:
        raise Refused(f"证书已于{_day(certificate.not_valid_after_utc)}到期，请向市里申请新证书。")
    fault = usage_fault(certificate, use)
    if fault:
        raise Refused(f"{fault.rstrip('。')}，请换用{use.label}的证书。")
    weak = weakness(certificate)
    if weak:
        raise Refused(f"{weak}，请向市里申请新证书。")


def weakness(certificate: x509.Certificate) -> str | None:
    """Why this certificate's key is not accepted, or None: RSA of 2048 bits or more, or a P curve of 256 or more."""
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        return None if 2048 <= public.key_size <= 8192 else f"证书的RSA密钥长度{public.key_size}位不合要求"
    if isinstance(public, ec.EllipticCurvePublicKey):
        if isinstance(public.curve, ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1):
            return None
        return "证书的椭圆曲线不支持"
    return "证书的密钥种类不支持"


def _day(moment: datetime) -> str:
    from desktop.pdf.signing.stamp import BEIJING

    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"
