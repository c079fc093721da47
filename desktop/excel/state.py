"""The state of a package in the cells of a hidden sheet, and out of them again.

A1 names the format; A2 the number of chunks, A3 the signature (hex), A4 the SHA-256 of the base64 text; then one chunk
to a cell. Base64 of zlib: other alphabets contain `_x0041_`, which spreadsheet programs take for an escape.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib

from desktop.model import seal
from desktop.model.errors import Refused
from desktop.model.exchange.sheets import Sheet
from desktop.model.package import LARGEST, Package

MAGIC = "renewal-desk-state-1"
CHUNK = 32_000
_BAD = "工作簿里的同步数据不完整或被改动，没有读入；请让对方重新导出，或在程序里核对后逐条填写"


def to_cells(package: Package, signature: bytes) -> list[str]:
    """The texts of column A, from row 1."""
    text = base64.b64encode(zlib.compress(package.to_bytes(), 6)).decode("ascii")
    chunks = [text[place : place + CHUNK] for place in range(0, len(text), CHUNK)]
    return [MAGIC, str(len(chunks)), signature.hex(), hashlib.sha256(text.encode()).hexdigest(), *chunks]


def find(sheets: list[Sheet]) -> Sheet | None:
    """The sheet that holds a state, whatever its name now is."""
    return next((sheet for sheet in sheets if str(sheet.cell(0, 0) or "").strip() == MAGIC), None)


def from_sheet(sheet: Sheet) -> tuple[Package, bytes]:
    """The package and its signature. Raises Refused when a piece is missing, altered, too large or wrongly signed."""
    texts = [str(sheet.cell(row, 0) or "").strip() for row in range(len(sheet.rows))]
    try:
        count = int(texts[1])
        chunks = texts[4 : 4 + count]
        text = "".join(chunks)
        if len(chunks) != count or hashlib.sha256(text.encode()).hexdigest() != texts[3]:
            raise Refused(_BAD)
        signature = bytes.fromhex(texts[2])
        packed = base64.b64decode(text, validate=True)
        inflating = zlib.decompressobj()
        data = inflating.decompress(packed, LARGEST + 1)
    except (ValueError, IndexError, binascii.Error, zlib.error):
        raise Refused(_BAD) from None
    if len(data) > LARGEST or inflating.unconsumed_tail:
        raise Refused("工作簿里的同步数据展开后超过 64 MB，没有读入；请让对方分单位或分表单导出")
    if not inflating.eof:
        raise Refused(_BAD)
    package = Package.from_bytes(data)
    if not seal.verify(package.sender.public_key, data, signature):
        raise Refused("工作簿里的同步数据与签名不符，可能被人改动，没有读入；请让对方重新导出")
    return package, signature
