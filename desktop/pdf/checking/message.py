"""The signature's value: a CMS message of exactly the shape that this program makes (ETSI EN 319 122-1, PAdES)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import asn1crypto.tsp  # noqa: F401 - teaches cms the attribute signingCertificateV2
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from desktop.pdf.authority.register import verifies
from desktop.pdf.checking.verdict import Fails
from desktop.pdf.signing.keys import weakness

_WANTED = {"content_type", "message_digest", "signing_certificate_v2"}
_ALLOWED = _WANTED | {"cms_algorithm_protection"}
_ALLOWED_ATTACHED = _ALLOWED | {"signing_time"}  # CAdES wants it, PAdES forbids it
_MECHANISMS = {"rsassa_pkcs1v15", "sha256_rsa", "sha256_ecdsa"}


@dataclass(frozen=True)
class Message:
    """A CMS message in our shape: the signer's certificate, the others beside it, what was signed."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    digest: bytes
    attributes: bytes
    signature: bytes
    content: bytes | None = None


def read_message(value: bytes, *, padded: bool, attached: bool = False) -> Message:
    """Parse a CMS message strictly. `padded`: zeros may follow; `attached`: it carries its content.

    Raises Fails `kind` for every deviation: what the signature does not cover must have no room for anything.
    """
    odd = Fails("kind", "签名不是本程序的种类（PAdES，SHA-256），不予接受。")
    try:
        info = cms.ContentInfo.load(value)
        length = len(info.dump())
        if value[length:].strip(b"\0") or (value[length:] and not padded):
            raise odd
        if info["content_type"].native != "signed_data":
            raise odd
        return _message(info, value[:length], attached, odd)
    except Fails:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise odd from error


def _message(info: cms.ContentInfo, dumped: bytes, attached: bool, odd: Fails) -> Message:
    data = info["content"]
    signers = data["signer_infos"]
    if len(signers) != 1:
        raise odd
    signer = signers[0]
    attributes = signer["signed_attrs"]
    allowed = _ALLOWED_ATTACHED if attached else _ALLOWED
    names = [attribute["type"].native for attribute in attributes]
    if len(names) != len(set(names)) or _WANTED - set(names) or set(names) - allowed:
        raise Fails("kind", "签名缺少必需的签名属性，或带有多余的属性，不予接受。")
    values = {attribute["type"].native: attribute["values"] for attribute in attributes}
    if any(len(one) != 1 for one in values.values()) or values["content_type"][0].native != "data":
        raise odd
    algorithm = signer["signature_algorithm"]["algorithm"].native
    if signer["digest_algorithm"]["algorithm"].native != "sha256" or algorithm not in _MECHANISMS:
        raise Fails("kind", "签名没有用SHA-256，不予接受。")
    certificates = [choice.chosen for choice in data["certificates"]]
    if not all(isinstance(one, asn1_x509.Certificate) for one in certificates):
        raise odd
    sid = signer["sid"].chosen
    own = [
        one
        for one in certificates
        if one.issuer.dump() == sid["issuer"].dump() and one.serial_number == sid["serial_number"].native
    ]
    if len(own) != 1:
        raise odd
    _check_named(values["signing_certificate_v2"][0], own[0], odd)
    content = data["encap_content_info"]["content"].native if attached else None
    if _written_again(info, own[0], certificates, content) != dumped:
        raise odd
    others = tuple(x509.load_der_x509_certificate(one.dump()) for one in certificates if one is not own[0])
    return Message(
        x509.load_der_x509_certificate(own[0].dump()), others, values["message_digest"][0].native,
        attributes.untag().dump(), signer["signature"].native, content,
    )  # fmt: skip


def _check_named(attribute: cms.CMSAttribute, certificate: asn1_x509.Certificate, odd: Fails) -> None:
    """signingCertificateV2 names exactly this certificate, by SHA-256."""
    named = attribute["certs"]
    if len(named) != 1 or named[0]["hash_algorithm"]["algorithm"].native != "sha256":
        raise odd
    if named[0]["cert_hash"].native != hashlib.sha256(certificate.dump()).digest():
        raise Fails("kind", "签名里写明的证书与所附证书不是同一张，不予接受。")


def _written_again(
    info: cms.ContentInfo, own: asn1_x509.Certificate, certificates: list[asn1_x509.Certificate], content: bytes | None
) -> bytes:
    """The message built anew from its signed parts: equal bytes mean that nothing else is in it."""
    old = info["content"]["signer_infos"][0]
    identifier = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    digest = algos.DigestAlgorithm(_plain_or_null(old["digest_algorithm"], "sha256"))
    mechanism = _plain_or_null(old["signature_algorithm"], old["signature_algorithm"]["algorithm"].native)
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identifier}),
            "digest_algorithm": digest,
            "signed_attrs": cms.CMSAttributes.load(old["signed_attrs"].untag().dump()),
            "signature_algorithm": algos.SignedDigestAlgorithm(mechanism),
            "signature": old["signature"].native,
        }
    )
    data = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms((digest,)),
        "encap_content_info": {"content_type": "data"} if content is None else
        {"content_type": "data", "content": content},
        "certificates": [cms.CertificateChoices(name="certificate", value=one) for one in certificates],
        "signer_infos": [signer],
    }  # fmt: skip
    whole = cms.ContentInfo({"content_type": cms.ContentType("signed_data"), "content": cms.SignedData(data)})
    return bytes(whole.dump())


def _plain_or_null(algorithm: algos.AlgorithmIdentifier, name: str) -> dict[str, object]:
    """RFC 5754 lets the parameters be absent or NULL; whichever the file has."""
    if isinstance(algorithm["parameters"], core.Null):
        return {"algorithm": name, "parameters": core.Null()}
    return {"algorithm": name}


def check_intact(message: Message, covered: bytes) -> None:
    """The digest is that of `covered`, and the signature over the attributes is of the certificate's key."""
    weak = weakness(message.certificate)
    if weak:
        raise Fails("weak_key", f"{weak}，不予接受。")
    if hashlib.sha256(covered).digest() != message.digest:
        raise Fails("changed", "内容与签名对不上，文件签名之后被改动过。")
    if not verifies(message.certificate, message.signature, message.attributes):
        raise Fails("bad_signature", "签名与证书对不上，签名是假的或已损坏。")
