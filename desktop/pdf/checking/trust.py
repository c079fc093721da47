"""Whose certificate it is: chain, usage, dates, revocation lists, register."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.model.errors import Refused
from desktop.pdf.authority.register import Register, digest_of, read_register
from desktop.pdf.authority.usages import Use, is_practice, usage_fault
from desktop.pdf.checking.verdict import Fails, Unknown
from desktop.pdf.signing.keys import to_asn1
from desktop.pdf.signing.stamp import BEIJING

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----", re.DOTALL)
_CLOCKS = timedelta(minutes=10)  # how far two clocks may stand apart


@dataclass(frozen=True)
class Chain:
    """From the signer's certificate (first) to the pinned root (last)."""

    certificates: tuple[x509.Certificate, ...]

    @property
    def issuer(self) -> x509.Certificate:
        return self.certificates[min(1, len(self.certificates) - 1)]

    @property
    def practice(self) -> bool:
        return any(is_practice(one) for one in self.certificates)


def load_roots(files: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    """Root certificates from PEM (one or several in a file) or DER. Raises Refused for anything else."""
    roots: list[x509.Certificate] = []
    for content in files:
        try:
            pieces = [found[0] for found in _PEM.finditer(content)]
            roots += [x509.load_pem_x509_certificate(piece) for piece in pieces]
            roots += [] if pieces else [x509.load_der_x509_certificate(content)]
        except ValueError as error:
            raise Refused("根证书文件损坏或格式不对，请向市里重新要一份。") from error
    return tuple(roots)


def load_crls(files: Sequence[bytes]) -> tuple[x509.CertificateRevocationList, ...]:
    """Revocation lists from PEM or DER. Raises Refused for anything else."""
    crls: list[x509.CertificateRevocationList] = []
    for content in files:
        try:
            pieces = [found[0] for found in _PEM.finditer(content)]
            crls += [x509.load_pem_x509_crl(piece) for piece in pieces]
            crls += [] if pieces else [x509.load_der_x509_crl(content)]
        except ValueError as error:
            raise Refused("吊销清单文件损坏或格式不对，请向市里重新要一份。") from error
    return tuple(crls)


def crl_number(crl: x509.CertificateRevocationList) -> int:
    try:
        return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except (x509.ExtensionNotFound, ValueError):
        return 0


def find_chain(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate],
    now: datetime,
) -> Chain:  # fmt: skip
    """The path to one of `roots`, whole certificates compared. The signer's own dates are another condition."""
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.context import ValidationContext

    practice = is_practice(certificate)
    if practice and not any(is_practice(root) for root in roots):
        raise Fails("practice_root", "这是练习证书签的文件，正式工作中无效。")
    if not roots:
        raise Unknown("no_root", "还没有导入市里的根证书，不能判断签名人的证书是否可信。")
    moment = min(max(now, certificate.not_valid_before_utc), certificate.not_valid_after_utc)

    async def work() -> list[bytes]:
        context = ValidationContext(
            trust_roots=[to_asn1(root) for root in roots], allow_fetching=False, moment=moment,
            revocation_mode="soft-fail",
        )  # fmt: skip
        validator = CertificateValidator(to_asn1(certificate), [to_asn1(one) for one in others], context)
        path = await validator.async_validate_path()
        return [one.dump() for one in path.iter_certs(include_root=True)]

    untrusted = Fails("untrusted", "签名人的证书不是由认可的根证书签发的，不可信。")
    try:
        dumped = asyncio.run(work())
    except Exception as error:  # many kinds, assertions among them: each means that there is no valid path
        raise untrusted from error
    path = [x509.load_der_x509_certificate(one) for one in dumped]
    if path[0] != certificate:
        path.reverse()
    if path[0] != certificate or path[-1] not in roots or len(path) < 2:
        raise untrusted
    if any(one not in path for one in others):
        raise Fails("untrusted", "签名里夹带了与签名人无关的证书，不予接受。")
    return Chain(tuple(path))


def check_usage(certificate: x509.Certificate, use: Use) -> None:
    fault = usage_fault(certificate, use)
    if fault:
        raise Fails("usage", fault)


def check_dates(certificate: x509.Certificate, now: datetime, signed: datetime) -> None:
    """The certificate is valid now, was so when it signed, and the signature does not come from the future."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < start:
        raise Fails("not_yet_valid", f"签名人的证书从{_day(start)}起才有效，请核对电脑时间。")
    if now > end:
        raise Fails("expired", f"签名人的证书已于{_day(end)}到期。")
    if not start <= signed <= end:
        raise Fails("signed_outside", "签名时间不在证书的有效期内。")
    if signed > now + _CLOCKS:
        raise Unknown("clock", "签名时间晚于这台电脑的时间，请校准时间后再核对。")


def check_not_revoked(
    chain: Chain, crls: Sequence[x509.CertificateRevocationList], now: datetime, known_number: int
) -> None:
    """No certificate of the chain is on any list ever seen, and each issuer's list is current."""
    late: Fails | None = None
    for certificate, issuer in zip(chain.certificates, chain.certificates[1:], strict=False):
        own = [crl for crl in crls if is_of(crl, issuer)]
        if any(crl.get_revoked_certificate_by_serial_number(certificate.serial_number) for crl in own):
            raise Fails("revoked", "签名人的证书已被吊销。")
        late = late or _currency_fault(own, now, known_number)
    if late:
        raise late


def _currency_fault(own: Sequence[x509.CertificateRevocationList], now: datetime, known_number: int) -> Fails | None:
    if not own:
        return Unknown("no_crl", "没有签发机构的证书吊销清单，不能判断证书是否已被吊销。")
    if any(crl.last_update_utc > now + _CLOCKS for crl in own):
        return Unknown("clock", "吊销清单的发布时间晚于这台电脑的时间，请校准时间后再核对。")
    fresh = [crl for crl in own if crl.next_update_utc and crl.next_update_utc >= now and not _partial(crl)]
    if not fresh:
        return Unknown("old_crl", "证书吊销清单已过期，不能判断证书是否已被吊销，请向市里要新的。")
    if max(crl_number(crl) for crl in fresh) < known_number:
        return Unknown("lower_crl", f"吊销清单比已收到的第{known_number}号旧，请用新的清单核对。")
    return None


def is_of(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether the list was signed by this issuer."""
    try:
        public = issuer.public_key()
        return crl.issuer == issuer.subject and crl.is_signature_valid(public)  # type: ignore[arg-type]
    except (ValueError, TypeError, InvalidSignature):
        return False


def _partial(crl: x509.CertificateRevocationList) -> bool:
    """A list with a critical extension (delta, only some reasons) speaks for less than the whole."""
    return any(extension.critical for extension in crl.extensions)


def load_register(
    content: bytes | None, roots: Sequence[x509.Certificate], crls: Sequence[x509.CertificateRevocationList],
    now: datetime, known_number: int,
) -> Register:  # fmt: skip
    """The register, or Unknown with why there is none to be used."""
    if content is None:
        raise Unknown("no_register", "没有市里的证书登记表，不能判断证书是不是这个区县的。")
    try:
        register = read_register(content, roots=roots, now=now, known_number=known_number)
    except Refused as error:
        raise Unknown("bad_register", str(error)) from error
    for root in roots:
        for crl in crls:
            if is_of(crl, root) and crl.get_revoked_certificate_by_serial_number(register.signer.serial_number):
                raise Unknown("bad_register", "签发证书登记表的证书已被吊销，请向市里要新的登记表。")
    return register


def check_registered(register: Register, chain: Chain, district: str, now: datetime) -> None:
    entries = register.find(digest_of(chain.certificates[0]), digest_of(chain.issuer))
    if not entries:
        raise Fails("not_registered", "签名人的证书没有登记，不能代表任何区县报送。")
    own = [entry for entry in entries if entry.district == district]
    if not own:
        raise Fails("other_district", f"签名人的证书登记给{entries[0].district}，数据却是{district}的。")
    if not any(entry.since <= now <= entry.until for entry in own):
        raise Fails("registration_over", "签名人的证书在登记表里已不在有效期内。")


def certificate_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def _day(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"
