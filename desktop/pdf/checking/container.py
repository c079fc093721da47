"""The bytes of a signed file, read strictly and by ourselves: revisions, the hole, what is covered.

A validator that repairs what it reads can be shown one file and the viewer another. Nothing is repaired here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.pdf.checking.verdict import Fails

LARGEST = 64 * 1024 * 1024
_MOST_SECTIONS = 16
_TAIL = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf]) \n")
_SECTION = re.compile(rb"(\d{1,7}) (\d{1,7})\n")
_PREV = re.compile(rb"/Prev (\d{1,10})(?=[ />])")
_HOLE = re.compile(rb"<([0-9a-f]*)>")


@dataclass(frozen=True)
class Section:
    """One cross-reference table: where it begins, where its file end lies, the objects it places."""

    start: int
    end: int
    offsets: dict[int, int]
    previous: int | None


@dataclass(frozen=True)
class Hole:
    """Where the signature's value lies: from `start` (the <) to `after` (behind the >), and the value with padding."""

    start: int
    after: int
    value: bytes


def sections_of(content: bytes) -> list[Section]:
    """The file's revisions, oldest first. Raises Fails `container` unless all are classical tables."""
    if len(content) > LARGEST:
        raise Fails("container", "文件过大（超过64兆字节），不像是报送文件，不予核对。")
    if not content.startswith(b"%PDF-1."):
        raise Fails("container", "这不是PDF文件，请核对是不是拿错了文件。")
    at = content.rfind(b"startxref\n")
    found = _TAIL.match(content, at) if at >= 0 else None
    if not found:
        raise Fails("container", "文件不完整或不是本程序签名的，请重新拷贝。")
    sections: list[Section] = []
    start: int | None = int(found[1])
    while start is not None:
        if len(sections) >= _MOST_SECTIONS or any(start == section.start for section in sections):
            raise Fails("container", "文件的交叉引用表不正常，不是本程序签名的文件。")
        sections.append(_section(content, start))
        start = sections[-1].previous
    return sections[::-1]


def _section(content: bytes, start: int) -> Section:
    odd = Fails("container", "文件的交叉引用表不是本程序的写法，可能被别的软件改存过。")
    if content[start : start + 5] != b"xref\n":
        raise odd
    position = start + 5
    offsets: dict[int, int] = {}
    while head := _SECTION.match(content, position):
        first, count = int(head[1]), int(head[2])
        position = head.end()
        if count > (len(content) - position) // 20:
            raise odd
        for number in range(first, first + count):
            entry = _ENTRY.match(content, position)
            if not entry or number in offsets:
                raise odd
            position += 20
            if entry[3] == b"n":
                offsets[number] = int(entry[1])
            elif number or entry[2] != b"65535":
                raise odd
    end = content.find(b"startxref\n", position)
    tail = _TAIL.match(content, end) if end >= 0 else None
    trailer = content[position:end]
    if not tail or int(tail[1]) != start or not trailer.startswith(b"trailer\n<<"):
        raise odd
    if any(word in trailer for word in (b"XRefStm", b"Encrypt", b"#", b"(")):
        raise odd
    before = _PREV.findall(trailer)
    if len(before) > 1:
        raise odd
    return Section(start, tail.end(), offsets, int(before[0]) if before else None)


def check_nothing_after(content: bytes, sections: list[Section]) -> None:
    """Exactly two revisions, the document and its signature, each where its table says, and nothing behind."""
    if content[sections[-1].end :]:
        raise Fails("appended", "文件末尾被追加了内容，签名之后被改动过。")
    if len(sections) > 2:
        raise Fails("later_revision", "签名之后又保存过改动（增量更新），签名之后被改动过。")
    if len(sections) < 2:
        raise Fails("container", "文件不是“先成文、后签名”两步写成的，可能被别的软件改存过。")
    base, added = sections
    if not base.end < added.start:
        raise Fails("container", "文件的两部分次序不对，可能被别的软件改存过。")
    for section, low, high in ((base, 0, base.start), (added, base.end, added.start)):
        for number, offset in section.offsets.items():
            marker = b"%d 0 obj\n" % number
            if not low <= offset < high or content[offset : offset + len(marker)] != marker:
                raise Fails("container", "文件里有对象不在它该在的位置，可能被改动过。")


def check_coverage(content: bytes, byte_range: object, value: bytes, offset: int) -> Hole:
    """The ByteRange is the whole file but for the hole, and the hole is the Contents of the object at `offset`.

    Returns the hole. Raises Fails `byte_range`.
    """
    odd = Fails("byte_range", "签名没有覆盖整个文件，不能确认内容未被改动。")
    if not isinstance(byte_range, list) or len(byte_range) != 4:
        raise odd
    if not all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in byte_range):
        raise odd
    first, length, second, rest = (int(number) for number in byte_range)
    if first != 0 or second <= length or second + rest != len(content):
        raise odd
    found = _HOLE.fullmatch(content, length, second)
    if not found or len(found[1]) % 2 or bytes.fromhex(found[1].decode("ascii")) != value:
        raise odd
    end = content.find(b"endobj", second)
    before, after = content[offset:length], content[second:end]
    if not offset < length or not before.endswith(b"/Contents "):
        raise odd
    if before.count(b"/Contents") != 1 or b"/Contents" in after or b"endobj" in before or b"#" in before + after:
        raise odd
    return Hole(length, second, value)
