"""Files inside a PDF: the data and the workbook of a submission, attached before it is signed.

PDF 2.0 (ISO 32000-2) 7.11.4 embedded files, 14.13 associated files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from desktop.model.errors import Refused
from desktop.pdf.signing.objects import (
    Body,
    Deflate,
    Name,
    Ref,
    Stream,
    Value,
    default_deflate,
    read_body,
    text,
    write_body,
)

DATA = "data.json"
WORKBOOK = "workbook.xlsx"
SEAL = "seal.png"

# What the attachments of a submission are called; the checker attaches them again under the same words.
KNOWN: Mapping[str, tuple[str, str]] = {
    DATA: ("application/json", "报送数据（签名所依据的数据）"),
    WORKBOOK: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "同一数据的表格"),
    SEAL: ("image/png", "签名处的印章图片（不代替公章）"),
}


def embed(pdf: bytes, files: Mapping[str, tuple[bytes, str, str]], *, deflate: Deflate = default_deflate) -> bytes:
    """The PDF with `files` ({name: (content, media type, description)}) attached, in this program's fixed form.

    The same input gives the same bytes on every machine with the same zlib. Names are ASCII. Raises Refused.
    """
    for name in files:
        if not name or not name.isascii() or not name.isprintable() or "/" in name or "\\" in name:
            raise Refused(f"附件名“{name}”不能用，只能用英文字母、数字、点和连字符。")
    body = read_body(pdf)
    specs = [(name, _attach(body, name, *files[name])) for name in sorted(files)]
    catalogue = body.dictionary(body.root)
    if "Names" in catalogue or "AF" in catalogue or "AcroForm" in catalogue:
        raise Refused("这份PDF里已经有附件或表单，不能再附，请重新生成。")
    if specs:
        pairs: list[Value] = []
        for name, spec in specs:
            pairs += [text(name), spec]
        catalogue["Names"] = {"EmbeddedFiles": {"Names": pairs}}
        catalogue["AF"] = [spec for _, spec in specs]
        catalogue["PageMode"] = Name("UseNone")
    # Written and read once more: reading gives every object the number it will have for the checker.
    return write_body(read_body(write_body(body, deflate)), deflate)


def embed_submission(
    pdf: bytes, data: bytes, workbook: bytes | None = None, seal: bytes | None = None, *,
    deflate: Deflate = default_deflate,
) -> bytes:  # fmt: skip
    """Attach the canonical JSON, the workbook and the seal picture of a submission."""
    given = {DATA: data, WORKBOOK: workbook, SEAL: seal}
    files = {name: (content, *KNOWN[name]) for name, content in given.items() if content is not None}
    return embed(pdf, files, deflate=deflate)


def _attach(body: Body, name: str, content: bytes, media: str, description: str) -> Ref:
    checksum = hashlib.md5(content, usedforsecurity=False).digest()
    entries: dict[str, Value] = {
        "Type": Name("EmbeddedFile"),
        "Subtype": Name(media),
        "Params": {"Size": len(content), "CheckSum": checksum},
    }
    stream = body.add(Stream(entries, content))
    return body.add(
        {
            "Type": Name("Filespec"),
            "F": text(name),
            "UF": text(name),
            "Desc": text(description),
            "AFRelationship": Name("Data"),
            "EF": {"F": stream, "UF": stream},
        }
    )
