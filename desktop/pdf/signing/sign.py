"""Signing a submission: PAdES, SHA-256, certified with no changes allowed."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime

from asn1crypto import cms

from desktop.model.errors import MachineFault
from desktop.pdf.authority.register import verifies
from desktop.pdf.authority.usages import Use
from desktop.pdf.signing.keys import SigningKey, check_usable
from desktop.pdf.signing.picture import read_plain
from desktop.pdf.signing.revision import prepare
from desktop.pdf.signing.stamp import Box, Stamp, Subset, stamp_font

_ROOM_STEP = 2048


def sign(
    pdf: bytes, key: SigningKey, box: Box, *, now: datetime, not_before: datetime | None = None,
    seal: bytes | None = None, subset: Subset = stamp_font,
) -> bytes:  # fmt: skip
    """Sign what `embed_submission` made and return the whole signed file; `seal` is the picture in the stamp.

    `now` (aware) becomes the moment of the signature; `not_before` is the moment of issuing. Raises Refused when the
    certificate may not sign now, MachineFault when the key gave a signature that does not verify.
    """
    check_usable(key.certificate, now=now, not_before=not_before)
    moment = now.replace(microsecond=0)
    room = -(-len(_cms(key, bytes(32), dry=True)) // _ROOM_STEP) * _ROOM_STEP
    stamp = Stamp.of(key.certificate, moment, read_plain(seal) if seal else None)
    prepared = prepare(pdf, stamp, box, room, subset=subset)
    signature = _cms(key, hashlib.sha256(prepared.covered).digest())
    if len(signature) > room:
        raise MachineFault("签名比预留的位置长，没有签成，请换用其他证书。")
    _check_own(key, signature)
    return prepared.filled(signature)


def sign_message(content: bytes, key: SigningKey, *, now: datetime, use: Use) -> bytes:
    """A CMS message that carries `content` inside, signed with a certificate of `use` (a receipt of the city)."""
    check_usable(key.certificate, now=now, use=use)

    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    async def work() -> bytes:
        when = PdfCMSSignedAttributes(signing_time=now)
        made = await key.signer.async_sign_general_data(
            content, "sha256", detached=False, use_cades=True, signed_attr_settings=when
        )
        return bytes(made.dump())

    signature = asyncio.run(work())
    _check_own(key, signature)
    return signature


def _cms(key: SigningKey, digest: bytes, *, dry: bool = False) -> bytes:
    async def work() -> bytes:
        made = await key.signer.async_sign(digest, "sha256", dry_run=dry, use_pades=True)
        return bytes(made.dump())

    return asyncio.run(work())


def _check_own(key: SigningKey, signature: bytes) -> None:
    """A failing token must not produce a file that only the city finds to be bad."""
    signer = cms.ContentInfo.load(signature)["content"]["signer_infos"][0]
    if not verifies(key.certificate, signer["signature"].native, signer["signed_attrs"].untag().dump()):
        raise MachineFault("签出的签名自己核对不上，没有签成，请重试；仍不行请换用其他证书。")
