"""What a certificate of this program may be used for, and how practice certificates are told from real ones.

The object identifiers lie under 2.25 (ITU-T X.667): an arc made of a UUID, which needs no registration.
"""

from __future__ import annotations

from enum import Enum

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_ARC = "2.25.60811602073533411763237173783373576357"

SUBMIT = x509.ObjectIdentifier(f"{_ARC}.1.1")  # a district signs what it hands in
RECEIPT = x509.ObjectIdentifier(f"{_ARC}.1.2")  # the city signs receipts
REGISTER = x509.ObjectIdentifier(f"{_ARC}.1.3")  # the city signs the certificate register
PRACTICE = x509.ObjectIdentifier(f"{_ARC}.2.1")  # certificate policy: for practice only

PRACTICE_UNIT = "练习"


class Use(Enum):
    """The three things a certificate below the root can be for, with the words for them."""

    SUBMIT = "submit"
    RECEIPT = "receipt"
    REGISTER = "register"

    @property
    def oid(self) -> x509.ObjectIdentifier:
        return {Use.SUBMIT: SUBMIT, Use.RECEIPT: RECEIPT, Use.REGISTER: REGISTER}[self]

    @property
    def label(self) -> str:
        return {Use.SUBMIT: "报送签名", Use.RECEIPT: "回执签名", Use.REGISTER: "证书登记表签名"}[self]


def key_usage_wanted() -> x509.KeyUsage:
    """digitalSignature and nonRepudiation, and nothing else."""
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def extended_usage(use: Use) -> x509.ExtendedKeyUsage:
    """Our own usage, and the two that other programs look for before they call a signature trusted."""
    return x509.ExtendedKeyUsage(
        [use.oid, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION]
    )


def is_practice(certificate: x509.Certificate) -> bool:
    """Whether a certificate carries the practice mark, as a policy or as 练习 in its subject."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    if any(unit.value == PRACTICE_UNIT for unit in units):
        return True
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(policy.policy_identifier == PRACTICE for policy in policies)


def usage_fault(certificate: x509.Certificate, use: Use) -> str | None:
    """Why this certificate may not be used for `use`, as a Chinese sentence, or None when it may."""
    extensions = certificate.extensions
    try:
        if extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return "这是签发证书用的根证书，不能用来签名。"
    except x509.ExtensionNotFound:
        pass
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return "证书没有写明密钥用途。"
    if not (usage.digital_signature and usage.content_commitment):
        return "证书的密钥用途不含数字签名和抗抵赖。"
    if usage.key_cert_sign or usage.crl_sign:
        return "证书的密钥用途含有签发证书，不能用来签名。"
    try:
        extended = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return f"证书没有写明可用于{use.label}。"
    if use.oid not in list(extended):
        return f"证书不是用于{use.label}的。"
    return None


def common_name(certificate: x509.Certificate) -> str:
    return _first(certificate.subject, NameOID.COMMON_NAME)


def office_name(certificate: x509.Certificate) -> str:
    return _first(certificate.subject, NameOID.ORGANIZATION_NAME)


def district_code(certificate: x509.Certificate) -> str:
    return _first(certificate.subject, NameOID.SERIAL_NUMBER)


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    for attribute in name.get_attributes_for_oid(oid):
        value = attribute.value
        return value if isinstance(value, str) else value.decode("utf-8", "replace")
    return ""
