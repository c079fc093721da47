"""The seal picture in the visible stamp: a PNG, made plain once at issuing, drawn again by whoever checks.

It is a picture and no seal: 电子签名不代替公章. Its bytes travel in the file and their digest stands in the issuance.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from desktop.model.errors import Refused

LARGEST = 2 * 1024 * 1024  # bytes of the picture that is chosen
SIDE = 480  # pixels of the longer side as kept: 20 mm at 600 dpi
_MOST_PIXELS = 30_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")


@dataclass(frozen=True)
class Picture:
    """Pixels, three bytes each (red, green, blue), row by row."""

    width: int
    height: int
    rgb: bytes


def plain_png(content: bytes) -> bytes:
    """The picture as it is kept: a PNG of RGB on white, no larger than needed, with nothing else in it.

    Raises Refused when it is no PNG, damaged, or too large.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > LARGEST:
        raise Refused("印章图片超过 2 MB，没有采用。请另存为小一些的 PNG")
    if not content.startswith(_SIGNATURE):
        raise Refused("印章图片不是 PNG，没有采用。请另存为 PNG 后再选")
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as read:
            if read.width * read.height > _MOST_PIXELS:
                raise Refused("印章图片的像素太多，没有采用。请缩小到一千像素以内")
            if read.width < 40 or read.height < 40:
                raise Refused("印章图片太小（不足 40 像素），印出来看不清，没有采用")
            whole = read.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("印章图片损坏，打不开，没有采用。请重新保存一份 PNG") from error
    flat = Image.new("RGB", whole.size, (255, 255, 255))
    flat.paste(whole, mask=whole.getchannel("A"))
    flat.thumbnail((SIDE, SIDE))
    return _written(Picture(flat.width, flat.height, flat.tobytes()))


def _written(picture: Picture) -> bytes:
    stride = 3 * picture.width
    rows = b"".join(b"\0" + picture.rgb[at : at + stride] for at in range(0, len(picture.rgb), stride))
    header = _HEADER.pack(picture.width, picture.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def read_plain(content: bytes) -> Picture:
    """The pixels of a picture that `plain_png` made, read strictly. Raises Refused for any other."""
    odd = Refused("印章图片不是本程序的写法")
    start = len(_SIGNATURE)
    if not content.startswith(_SIGNATURE) or len(content) > LARGEST or len(content) < 57:
        raise odd
    width, height, *kinds = _HEADER.unpack_from(content, start + 8)
    if kinds != [8, 2, 0, 0, 0] or not (0 < width <= SIDE and 0 < height <= SIDE):
        raise odd
    (length,) = struct.unpack_from(">I", content, start + 25)
    packed = content[start + 33 : start + 33 + length]
    wanted = height * (3 * width + 1)
    worker = zlib.decompressobj()
    try:
        rows = worker.decompress(packed, wanted + 1)
    except zlib.error as error:
        raise odd from error
    if len(rows) != wanted or not worker.eof or worker.unused_data or any(rows[:: 3 * width + 1]):
        raise odd
    header = _HEADER.pack(width, height, *kinds)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    if content != _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks):
        raise odd
    stride = 3 * width + 1
    rgb = b"".join(rows[at + 1 : at + stride] for at in range(0, len(rows), stride))
    return Picture(width, height, rgb)
