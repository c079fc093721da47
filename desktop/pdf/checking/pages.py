"""Do the pages say what the data says: the whole file is made again from the data and compared.

This program writes PDFs in one fixed form, so the comparison is of bytes. Only the deflated form of a stream may
differ between machines: the file's own form is taken where it inflates to exactly the wanted content.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from cryptography import x509

from desktop.pdf.checking.container import Hole
from desktop.pdf.checking.inside import inflate
from desktop.pdf.checking.verdict import Derived, Fails
from desktop.pdf.signing.attaching import DATA, SEAL, WORKBOOK, embed_submission
from desktop.pdf.signing.objects import default_deflate
from desktop.pdf.signing.picture import read_plain
from desktop.pdf.signing.revision import pdf_date, prepare
from desktop.pdf.signing.stamp import BEIJING, Stamp, Subset

_STREAM = re.compile(rb"/Filter /FlateDecode /Length (\d{1,9})>>\nstream\n")
_LARGEST_STREAM = 64 * 1024 * 1024
_LARGEST_SUM = 256 * 1024 * 1024


def moment_of(text: object) -> datetime:
    """The moment of the signature from its /M entry, in the one form that this program writes."""
    try:
        moment = datetime.strptime(str(text), "D:%Y%m%d%H%M%S+08'00'").replace(tzinfo=BEIJING)
    except ValueError as error:
        raise Fails("kind", "签名时间的写法不是本程序的，不予接受。") from error
    if pdf_date(moment) != str(text):
        raise Fails("kind", "签名时间的写法不是本程序的，不予接受。")
    return moment


def compare_pages(
    content: bytes, hole: Hole, base_end: int, derived: Derived, attachments: Mapping[str, bytes],
    certificate: x509.Certificate, moment: datetime, subset: Subset,
) -> None:  # fmt: skip
    """Raises Fails `attachments`, `pages` or `stamp` when the file is not what its data, certificate and time give."""
    extra = sorted(set(attachments) - {DATA, WORKBOOK, SEAL})
    if extra:
        raise Fails("attachments", f"文件里多附了“{extra[0]}”，不是本程序签名的文件。")
    known = _streams_of(content)

    def deflate(wanted: bytes) -> bytes:
        return known.get(hashlib.sha256(wanted).digest()) or default_deflate(wanted)

    seal = attachments.get(SEAL)
    base = embed_submission(derived.pdf, attachments[DATA], attachments.get(WORKBOOK), seal, deflate=deflate)
    room = (hole.after - hole.start - 2) // 2
    stamp = Stamp.of(certificate, moment, read_plain(seal) if seal else None)
    wanted = prepare(base, stamp, derived.box, room, subset=subset, deflate=deflate)
    if content[:base_end] != base:
        raise Fails("pages", "页面上印的内容与所附数据不一致，文件无效。")
    blank = content[: hole.start + 1] + b"0" * (2 * room) + content[hole.after - 1 :]
    if blank != wanted.content:
        raise Fails("stamp", "签名的外观或位置不是本程序画的，可能遮盖了页面内容。")


def _streams_of(content: bytes) -> dict[bytes, bytes]:
    """The file's own deflated streams by the digest of what they inflate to; odd ones are simply not known."""
    odd = Fails("pages", "文件里的数据流不正常。")
    known: dict[bytes, bytes] = {}
    total = 0
    for found in _STREAM.finditer(content):
        raw = content[found.end() : found.end() + int(found[1])]
        # Readers that look for the end of a stream by its word would stop early.
        if b"endstream" in raw or b"endobj" in raw:
            continue
        try:
            plain = inflate(raw, min(_LARGEST_STREAM, _LARGEST_SUM - total), odd)
        except Fails:
            continue
        total += len(plain)
        known[hashlib.sha256(plain).digest()] = raw
        if total >= _LARGEST_SUM:
            break
    return known
