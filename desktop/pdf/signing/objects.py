"""PDF objects, read from any PDF and written in one fixed way: the same objects give the same bytes.

One fixed way of writing is what makes a signed file checkable to the byte: the checker writes the file again and
compares. Only deflated streams may differ between machines, so whoever writes says how to deflate.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from desktop.model.errors import Refused

Deflate = Callable[[bytes], bytes]

_IRREGULAR = re.compile(rb"[^!-~]|[#()<>\[\]{}/%]")
HEADER = b"%PDF-1.7\n%\xe4\xb8\xa4\xe6\x96\xb0\n"


class Name(str):
    """A PDF name, without its slash."""


class Number(str):
    """A real number, as its text."""


@dataclass(frozen=True)
class Ref:
    number: int


Value = None | bool | int | Number | Name | bytes | Ref | list["Value"] | dict[str, "Value"]


@dataclass
class Stream:
    """A stream. `plain` streams are written deflated; others (pictures) as they stand in `content`."""

    entries: dict[str, Value]
    content: bytes
    plain: bool = True


Thing = Value | Stream


@dataclass
class Body:
    """All objects of a file by number, with the numbers of catalogue and information dictionary."""

    objects: dict[int, Thing]
    root: int
    info: int | None = None
    offsets: dict[int, int] = field(default_factory=dict)

    def add(self, thing: Thing) -> Ref:
        number = max(self.objects, default=0) + 1
        self.objects[number] = thing
        return Ref(number)

    def dictionary(self, number: int) -> dict[str, Value]:
        found = self.objects[number]
        if not isinstance(found, dict):
            raise Refused("这份PDF的结构不对，不能签名，请重新生成。")
        return found

    def pages(self) -> list[int]:
        """The object numbers of the pages in order."""
        tree = self.dictionary(self.root).get("Pages")
        return list(self._leaves(tree, 0))

    def _leaves(self, node: Value, depth: int) -> Iterator[int]:
        if not isinstance(node, Ref) or depth > 20:
            raise Refused("这份PDF的页面结构不对，不能签名，请重新生成。")
        found = self.dictionary(node.number)
        kids = found.get("Kids")
        if not isinstance(kids, list):
            yield node.number
            return
        for kid in kids:
            yield from self._leaves(kid, depth + 1)


def default_deflate(content: bytes) -> bytes:
    return zlib.compress(content, 9)


def text(value: str) -> bytes:
    """A text string: ASCII as it is, anything else UTF-16BE with a byte order mark."""
    return value.encode("ascii") if value.isascii() else b"\xfe\xff" + value.encode("utf-16-be")


def read_body(content: bytes) -> Body:
    """Read a whole, unsigned PDF of our own making (never a foreign file) and renumber it from its catalogue.

    Raises Refused when it is not a PDF or is encrypted.
    """
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(content))
        if reader.encrypted:
            raise Refused("这份PDF是加密的，不能签名，请重新生成。")
        return _Reading(reader, generic).body()
    except (PdfError, ValueError, KeyError) as error:
        raise Refused("这份PDF读不出来，不能签名，请重新生成。") from error


class _Reading:
    """One walk from the trailer, breadth first: the order gives the new numbers."""

    def __init__(self, reader: Any, generic: Any) -> None:
        self.reader = reader
        self.g = generic
        self.numbers: dict[object, int] = {}
        self.queue: list[object] = []

    def body(self) -> Body:
        trailer = self.reader.trailer_view
        root = self.ref(trailer.raw_get("/Root").reference)
        has_info = "/Info" in trailer and hasattr(trailer.raw_get("/Info"), "reference")
        info = self.ref(trailer.raw_get("/Info").reference) if has_info else None
        objects: dict[int, Thing] = {}
        position = 0
        while position < len(self.queue):
            reference = self.queue[position]
            objects[position + 1] = self.thing(self.reader.get_object(reference))
            position += 1
        return Body(objects, root.number, info.number if info else None)

    def ref(self, reference: Any) -> Ref:
        key = (reference.idnum, reference.generation)
        if key not in self.numbers:
            self.queue.append(reference)
            self.numbers[key] = len(self.queue)
        return Ref(self.numbers[key])

    def thing(self, found: Any) -> Thing:
        g = self.g
        if not isinstance(found, g.StreamObject):
            return self.value(found)
        filters = self._filters(found)
        names = [str(one) for one in (filters if isinstance(filters, list) else [filters])]
        plain = "/DecodeParms" not in found and all(
            name in ("/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode") for name in names
        )
        dropped = {"/Length", "/Filter"} if plain else {"/Length"}
        entries = {str(k)[1:]: self.value(found.raw_get(k)) for k in found if k not in dropped}
        return Stream(entries, found.data if plain else found.encoded_data, plain)

    def _filters(self, found: Any) -> Any:
        if "/Filter" not in found:  # pyHanko's `get` would give the reference, not the entry
            return []
        return found["/Filter"]

    def value(self, found: Any) -> Value:
        g = self.g
        if isinstance(found, g.IndirectObject):
            return self.ref(found.reference)
        if isinstance(found, g.DictionaryObject):
            return {str(key)[1:]: self.value(found.raw_get(key)) for key in found}
        if isinstance(found, g.ArrayObject):
            return [self.value(found.raw_get(i)) for i in range(len(found))]
        if isinstance(found, g.NameObject):
            return Name(str(found)[1:])
        if isinstance(found, g.TextStringObject):
            return bytes(found.original_bytes)
        if isinstance(found, bytes):
            return bytes(found)
        if isinstance(found, g.BooleanObject):
            return bool(found)
        if isinstance(found, Decimal):
            return Number(format(found, "f"))
        if isinstance(found, int):
            return int(found)
        return None


def serialise(value: Value) -> bytes:
    """One value in its fixed form: names escaped, strings as lower-case hex, dictionaries in their own order."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, Name):
        return b"/" + _IRREGULAR.sub(lambda m: b"#%02x" % m[0][0], value.encode("utf-8"))
    if isinstance(value, Number):
        return value.encode("ascii")
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, bytes):
        return b"<" + value.hex().encode("ascii") + b">"
    if isinstance(value, Ref):
        return b"%d 0 R" % value.number
    if isinstance(value, list):
        return b"[" + b" ".join(serialise(one) for one in value) + b"]"
    return b"<<" + b" ".join(serialise(Name(key)) + b" " + serialise(one) for key, one in value.items()) + b">>"


def object_bytes(number: int, thing: Thing, deflate: Deflate) -> bytes:
    head = b"%d 0 obj\n" % number
    if not isinstance(thing, Stream):
        return head + serialise(thing) + b"\nendobj\n"
    raw = deflate(thing.content) if thing.plain else thing.content
    entries = dict(thing.entries)
    if thing.plain:
        entries["Filter"] = Name("FlateDecode")
    entries["Length"] = len(raw)
    return head + serialise(entries) + b"\nstream\n" + raw + b"\nendstream\nendobj\n"


def identity(body: Body) -> bytes:
    """A file identifier made of the decoded objects, so that it does not depend on how they were deflated."""
    digest = hashlib.sha256()
    for number, thing in body.objects.items():
        digest.update(object_bytes(number, thing, bytes))
    return digest.digest()[:16]


def write_body(body: Body, deflate: Deflate = default_deflate) -> bytes:
    """The whole file: header, objects by number, one classical cross-reference table, trailer."""
    out = bytearray(HEADER)
    for number in sorted(body.objects):
        body.offsets[number] = len(out)
        out += object_bytes(number, body.objects[number], deflate)
    start = len(out)
    size = len(body.objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % body.offsets[number] for number in range(1, size))
    mark = identity(body)
    trailer: dict[str, Value] = {"Size": size, "Root": Ref(body.root), "ID": [mark, mark]}
    if body.info:
        trailer["Info"] = Ref(body.info)
    out += b"trailer\n" + serialise(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
