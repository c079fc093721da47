"""Reading a signed message of the city (a receipt): who signed it, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.model.errors import Refused
from desktop.pdf.authority.usages import Use, common_name
from desktop.pdf.checking import trust
from desktop.pdf.checking.message import check_intact, read_message
from desktop.pdf.checking.verdict import Fails

_LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Signed:
    """What a message says (`content`), and who signed it."""

    content: bytes
    signer: str
    practice: bool


def read_signed_message(
    value: bytes, *, roots: Sequence[bytes], crls: Sequence[bytes], now: datetime, use: Use = Use.RECEIPT,
    known_crl: int = 0,
) -> Signed:  # fmt: skip
    """The content of a CMS message made by `sign_message`. Raises Refused with why it is not to be believed."""
    try:
        if len(value) > _LARGEST:
            raise Fails("container", "文件过大，不像是市里的回执。")
        message = read_message(value, padded=False, attached=True)
        if message.content is None:
            raise Fails("kind", "回执里没有内容。")
        check_intact(message, message.content)
        chain = trust.find_chain(message.certificate, message.others, trust.load_roots(roots), now)
        trust.check_usage(message.certificate, use)
        trust.check_dates(message.certificate, now, now)
        trust.check_not_revoked(chain, trust.load_crls(crls), now, known_crl)
    except Fails as answer:
        raise Refused(f"回执不能采用：{answer.reason.text}") from answer
    return Signed(message.content, common_name(message.certificate), chain.practice)
