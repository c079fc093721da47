"""What stands in a signed file as objects: signature fields, certification, attachments."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from desktop.pdf.checking.verdict import Fails

_MOST_NODES = 2_000_000
_LARGEST_ATTACHMENT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Signed:
    """The one signature of a file: pyHanko's reader, the signature dictionary, its object number."""

    reader: Any
    signature: Any
    number: int

    def entry(self, key: str) -> Any:
        """An entry of the signature dictionary as it stands; None when absent or indirect."""
        from pyhanko.pdf_utils.generic import IndirectObject

        if key not in self.signature:
            return None
        value = self.signature.raw_get(key)
        return None if isinstance(value, IndirectObject) else value


def open_reader(content: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(content), strict=True)
    if reader.has_xref_stream or reader.encrypted:
        raise Fails("container", "文件的写法不是本程序的，可能被别的软件改存过。")
    return reader


def the_signature(reader: Any) -> Signed:
    """Exactly one signature field that is signed, and exactly one signature in it. Raises Fails `signatures`."""
    from pyhanko.pdf_utils import generic as g

    fields: list[Any] = []
    values: list[Any] = []
    signatures: list[tuple[Any, Any]] = []
    for reference, node in _all_dictionaries(reader):
        if _name(node, "/FT") == "/Sig":
            fields.append(reference)
        if "/FT" in node or _name(node, "/Subtype") == "/Widget":
            values += [node.raw_get("/V")] if "/V" in node else []
        if "/ByteRange" in node or _name(node, "/Type") in ("/Sig", "/DocTimeStamp"):
            signatures.append((reference, node))
    if not signatures or not values:
        raise Fails("unsigned", "文件没有签名。")
    if len(signatures) > 1:
        raise Fails("signatures", f"文件里有{len(signatures)}个签名，只能有一个。")
    if len(values) > 1 or len(fields) > 1:
        raise Fails("signatures", "同一个签名被放进几个签名域，不能确认是谁签在哪里。")
    reference, signature = signatures[0]
    pointer = values[0]
    if len(fields) != 1 or not isinstance(pointer, g.IndirectObject) or pointer.reference != reference:
        raise Fails("signatures", "签名没有放在唯一的签名域里。")
    form = _at(reader.root, "/AcroForm")
    listed = _at(form, "/Fields") if isinstance(form, g.DictionaryObject) else None
    listed = [listed.raw_get(position) for position in range(len(listed))] if isinstance(listed, g.ArrayObject) else []
    if len(listed) != 1 or not isinstance(listed[0], g.IndirectObject) or listed[0].reference != fields[0]:
        raise Fails("signatures", "文件的表单里应当只有一个签名域。")
    return Signed(reader, signature, reference.idnum)


def check_certified(signed: Signed) -> None:
    """Certified by this very signature, with no changes allowed (DocMDP, P 1)."""
    from pyhanko.pdf_utils import generic as g

    odd = Fails("not_certified", "签名没有声明“不允许任何改动”，不是本程序的签名方式。")
    permissions = _at(signed.reader.root, "/Perms")
    if not isinstance(permissions, g.DictionaryObject) or set(permissions) != {"/DocMDP"}:
        raise odd
    pointer = permissions.raw_get("/DocMDP")
    if not isinstance(pointer, g.IndirectObject) or pointer.reference.idnum != signed.number:
        raise odd
    references = signed.entry("/Reference")
    if not isinstance(references, list) or len(references) != 1:
        raise odd
    transform = references[0]
    parameters = _at(transform, "/TransformParams")
    if _at(transform, "/TransformMethod") != "/DocMDP" or _at(parameters, "/P") != 1:
        raise odd


def attachments_of(reader: Any) -> dict[str, bytes]:
    """The attached files by name. Raises Fails `attachments` for anything but one flat list of plain files."""
    from pyhanko.pdf_utils import generic as g

    odd = Fails("attachments", "文件所附的数据读不出来，不是本程序签名的文件。")
    names = _at(reader.root, "/Names")
    if not isinstance(names, g.DictionaryObject) or set(names) != {"/EmbeddedFiles"}:
        raise Fails("no_data", "文件里没有附报送数据，不能核对。")
    tree = names["/EmbeddedFiles"]
    pairs = _at(tree, "/Names")
    if not isinstance(pairs, list) or len(pairs) % 2 or "/Kids" in tree:
        raise odd
    found: dict[str, bytes] = {}
    for position in range(0, len(pairs), 2):
        name, spec = str(pairs[position]), pairs[position + 1]
        holder = spec["/EF"]
        if name in found or str(spec["/UF"]) != name or str(spec["/F"]) != name:
            raise odd
        if holder.raw_get("/F") != holder.raw_get("/UF"):
            raise odd
        found[name] = _content(holder["/F"])
    return found


def _content(stream: Any) -> bytes:
    odd = Fails("attachments", "文件所附的数据压缩方式不对或过大，不予核对。")
    filters = _at(stream, "/Filter")
    raw: bytes = stream.encoded_data
    if filters is None:
        return raw
    if str(filters) != "/FlateDecode" or "/DecodeParms" in stream:
        raise odd
    return inflate(raw, _LARGEST_ATTACHMENT, odd)


def inflate(raw: bytes, most: int, odd: Fails) -> bytes:
    """One whole zlib stream with nothing behind it and at most `most` bytes inside, or `odd` is raised."""
    worker = zlib.decompressobj()
    try:
        content = worker.decompress(raw, most)
    except zlib.error as error:
        raise odd from error
    if not worker.eof or worker.unused_data or worker.unconsumed_tail:
        raise odd
    return content


def _all_dictionaries(reader: Any) -> Iterator[tuple[Any, Any]]:
    """Every dictionary in the file's current objects, those inside others too, with the object it lies in."""
    from pyhanko.pdf_utils import generic as g

    references: set[Any] = set()
    for revision in range(reader.xrefs.total_revisions):
        references |= set(reader.xrefs.explicit_refs_in_revision(revision))
    seen = 0
    for reference in sorted(references, key=lambda one: (one.idnum, one.generation)):
        waiting = [reader.get_object(reference)]
        while waiting:
            node = waiting.pop()
            seen += 1
            if seen > _MOST_NODES:
                raise Fails("container", "文件里的对象太多，不像是报送文件，不予核对。")
            if isinstance(node, g.DictionaryObject):
                yield reference, node
                waiting += [node.raw_get(key) for key in node]
            elif isinstance(node, g.ArrayObject):
                waiting += [node.raw_get(position) for position in range(len(node))]


def _name(node: Any, key: str) -> str:
    return str(_at(node, key))


def _at(node: Any, key: str) -> Any:
    """The entry itself, references followed (pyHanko's `get` would give the reference); None when absent."""
    if key not in node:
        return None
    return node[key]
