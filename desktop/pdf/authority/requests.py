"""A district that keeps its key: it makes a request, the city answers with a certificate, both become one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from desktop.model.errors import Refused
from desktop.pdf.authority.certificates import PublicKey, Subject, new_key
from desktop.pdf.authority.files import read_whole, write_whole
from desktop.pdf.signing.keys import check_usable


def make_request(key_out: Path, request_out: Path, *, subject: Subject, password: str) -> None:
    """Make a key (kept, encrypted) and a PKCS#10 request for the city (may be seen by anyone)."""
    if not password:
        raise Refused("密钥要有口令，请设置后重试。")
    key = new_key()
    request = x509.CertificateSigningRequestBuilder().subject_name(subject.as_name(False)).sign(key, hashes.SHA256())
    encryption = BestAvailableEncryption(password.encode("utf-8"))
    write_whole(key_out, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption), secret=True)
    write_whole(request_out, request.public_bytes(Encoding.PEM))


def public_of_request(request: bytes) -> PublicKey:
    """The key inside a request that proves that its sender holds it. Raises Refused otherwise."""
    try:
        read = x509.load_pem_x509_csr(request)
        proven = read.is_signature_valid
        public = read.public_key()
    except (ValueError, TypeError, InvalidSignature) as error:
        raise Refused("证书申请文件损坏或格式不对，请重新导出申请。") from error
    if not proven:
        raise Refused("证书申请的签名对不上，申请可能被改过，请重新导出申请。")
    if isinstance(public, rsa.RSAPublicKey) and public.key_size >= 2048:
        return public
    if isinstance(public, ec.EllipticCurvePublicKey) and public.key_size >= 256:
        return public
    raise Refused("证书申请里的密钥种类不支持或太短，请用2048位以上的RSA密钥重新申请。")


def read_back(
    key_file: Path, certificate_file: Path, out: Path, *, password: str, now: datetime | None = None
) -> x509.Certificate:
    """Join the kept key and the city's answer into the PKCS#12 file that signs.

    Raises Refused if they do not fit each other, or, given `now`, the certificate may not sign then.
    """
    try:
        certificate = x509.load_pem_x509_certificate(read_whole(certificate_file, "证书文件"))
    except ValueError as error:
        raise Refused(f"“{certificate_file.name}”不是证书文件，请向市里重新要一份。") from error
    try:
        key = load_pem_private_key(read_whole(key_file, "密钥文件"), password.encode("utf-8"))
    except (ValueError, TypeError) as error:
        raise Refused("密钥文件的口令不对，或文件损坏，请重新输入。") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Refused("密钥文件里的密钥种类不支持，请重新申请。")
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise Refused("证书和密钥不是一对，请核对是不是拿错了文件。")
    if now is not None:
        check_usable(certificate, now=now)
    encryption = BestAvailableEncryption(password.encode("utf-8"))
    write_whole(out, serialize_key_and_certificates(None, key, certificate, None, encryption), secret=True)
    return certificate
