"""What pyHanko's own validator says, asked as a second opinion: it may refuse, it can never accept alone."""

from __future__ import annotations

from typing import Any

from cryptography import x509

from desktop.pdf.checking.verdict import Fails
from desktop.pdf.signing.keys import to_asn1


def second_opinion(reader: Any, certificate: x509.Certificate) -> None:
    """Intact, valid and covering the entire file. Trust is decided elsewhere: the signer is taken as its own anchor."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator.context import ValidationContext

    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        raise Fails("signatures", f"文件里有{len(signatures)}个签名，只能有一个。")
    context = ValidationContext(
        trust_roots=[to_asn1(certificate)], allow_fetching=False, moment=certificate.not_valid_before_utc,
        revocation_mode="soft-fail",
    )  # fmt: skip
    status = validate_pdf_signature(
        signatures[0], signer_validation_context=context, key_usage_settings=KeyUsageConstraints(key_usage=set())
    )
    if not (status.intact and status.valid and status.docmdp_ok):
        raise Fails("changed", "内容与签名对不上，文件签名之后被改动过。")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise Fails("byte_range", "签名没有覆盖整个文件，不能确认内容未被改动。")
