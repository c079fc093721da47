"""Making certificates and revocation lists with `cryptography`. Nothing here touches a file."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from desktop.model.errors import Refused
from desktop.pdf.authority.usages import PRACTICE, PRACTICE_UNIT, Use, extended_usage, key_usage_wanted

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True)
class Subject:
    """Whose certificate: `name` as it stands in the stamp, `office`, and the district's code when it has one."""

    name: str
    office: str
    district: str = ""

    def as_name(self, practice: bool) -> x509.Name:
        if not self.name.strip() or not self.office.strip():
            raise Refused("证书要写明签名人和单位，请补上名称。")
        if len(self.name) > 64 or len(self.office) > 64:
            raise Refused("证书上的签名人和单位各不能超过64个字，请写短些。")
        parts = [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "山东省"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "济南市"),
            _attribute(NameOID.ORGANIZATION_NAME, self.office),
        ]
        if practice:
            parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, PRACTICE_UNIT))
        if self.district:
            parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, self.district))
        parts.append(_attribute(NameOID.COMMON_NAME, self.name))
        return x509.Name(parts)


def _attribute(oid: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    """X.520 counts characters, `cryptography` counts bytes and would refuse 22 Chinese characters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x509.NameAttribute(oid, text, _validate=False)


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def make_root(key: Key, subject: Subject, *, practice: bool, now: datetime, days: int) -> x509.Certificate:
    name = subject.as_name(practice)
    builder = _builder(name, name, key.public_key(), now, days, practice)
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def make_certificate(
    root_key: Key, root: x509.Certificate, public: PublicKey, subject: Subject, use: Use,
    *, practice: bool, now: datetime, days: int,
) -> x509.Certificate:  # fmt: skip
    """A certificate below the root, never valid longer than the root itself."""
    builder = _builder(subject.as_name(practice), root.subject, public, now, days, practice, root.not_valid_after_utc)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(key_usage_wanted(), critical=True)
    builder = builder.add_extension(extended_usage(use), critical=False)
    return builder.add_extension(authority, critical=False).sign(root_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, public: PublicKey, now: datetime, days: int, practice: bool,
    latest: datetime | None = None,
) -> x509.CertificateBuilder:  # fmt: skip
    start = now.replace(microsecond=0)
    end = start + timedelta(days=days)
    end = min(end, latest) if latest else end
    if end <= start:
        raise Refused("证书的有效期已经没有了：根证书到期，请先建立新的根证书。")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if practice:
        policies = [x509.PolicyInformation(PRACTICE, None)]
        builder = builder.add_extension(x509.CertificatePolicies(policies), critical=False)
    return builder


def make_crl(
    root_key: Key, root: x509.Certificate, revoked: Sequence[tuple[int, datetime]],
    *, number: int, now: datetime, days: int,
) -> x509.CertificateRevocationList:  # fmt: skip
    """A revocation list: `revoked` holds (serial number, since when)."""
    start = now.replace(microsecond=0)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(start)
        .next_update(start + timedelta(days=days))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(authority, critical=False)
    )
    for serial, since in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since.replace(microsecond=0))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(root_key, hashes.SHA256())
