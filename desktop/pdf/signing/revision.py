"""What signing adds to a file: one field, its widget and stamp, the signature dictionary, the certification.

ISO 32000-2, 12.8: signature dictionaries; 12.8.2.2: DocMDP, P 1 = no changes allowed; ETSI EN 319 142-1: PAdES.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.pdf.signing.objects import (
    Body,
    Deflate,
    Name,
    Number,
    Ref,
    Value,
    default_deflate,
    identity,
    object_bytes,
    read_body,
    serialise,
    text,
    write_body,
)
from desktop.pdf.signing.stamp import BEIJING, Box, Stamp, Subset, draw_stamp, hundredths

FIELD = "RenewalDeskSignature"
SUBFILTER = "ETSI.CAdES.detached"
_RANGE_WIDTH = 44


@dataclass(frozen=True)
class Prepared:
    """A whole file but for the signature: `content` with zeros from `hole` (the <) to `after` (behind the >)."""

    content: bytes
    hole: int
    after: int

    @property
    def covered(self) -> bytes:
        return self.content[: self.hole] + self.content[self.after :]

    def filled(self, signature: bytes) -> bytes:
        digits = signature.hex().encode("ascii").ljust(self.after - self.hole - 2, b"0")
        return self.content[: self.hole + 1] + digits + self.content[self.after - 1 :]


def pdf_date(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("D:%Y%m%d%H%M%S+08'00'")


def prepare(
    base: bytes, stamp: Stamp, box: Box, room: int, *, subset: Subset, deflate: Deflate = default_deflate
) -> Prepared:
    """The base (in our fixed form) with an unsigned signature revision after it; `room` bytes for the signature.

    The same input gives the same bytes. `deflate` is for the checker, which puts in the file's own streams.
    """
    body = read_body(base)
    base = write_body(body, deflate)
    first_new = max(body.objects) + 1
    page = body.pages()[box.page]
    signature = Ref(first_new)
    body.objects[first_new] = _signature(stamp, room)
    appearance = draw_stamp(body, stamp, box, subset)
    rectangle = [hundredths(side) for side in (box.left, box.bottom, box.right, box.top)]
    widget = body.add(
        {
            "Type": Name("Annot"), "Subtype": Name("Widget"), "FT": Name("Sig"), "T": text(FIELD), "F": 132,
            "Rect": list(rectangle), "P": Ref(page), "V": signature, "AP": {"N": appearance},
        }
    )  # fmt: skip
    form = body.add({"Fields": [widget], "SigFlags": 3})
    catalogue, sheet = body.dictionary(body.root), body.dictionary(page)
    catalogue["AcroForm"] = form
    catalogue["Perms"] = {"DocMDP": signature}
    before = sheet.get("Annots")
    sheet["Annots"] = [*(before if isinstance(before, list) else []), widget]
    changed = sorted({body.root, page, *range(first_new, max(body.objects) + 1)})
    return _written(base, body, changed, first_new, deflate)


def _signature(stamp: Stamp, room: int) -> dict[str, Value]:
    parameters: dict[str, Value] = {"Type": Name("TransformParams"), "P": 1, "V": Name("1.2")}
    return {
        "Type": Name("Sig"), "Filter": Name("Adobe.PPKLite"), "SubFilter": Name(SUBFILTER),
        "ByteRange": Number("[" + "0" * (_RANGE_WIDTH - 2) + "]"), "Contents": bytes(room),
        "Name": text(stamp.name), "M": text(pdf_date(stamp.moment)),
        "Reference": [
            {"Type": Name("SigRef"), "TransformMethod": Name("DocMDP"), "TransformParams": parameters}
        ],
    }  # fmt: skip


def _written(base: bytes, body: Body, changed: list[int], signature: int, deflate: Deflate) -> Prepared:
    out = bytearray(base)
    offsets: dict[int, int] = {}
    hole = range_at = after = 0
    for number in changed:
        offsets[number] = len(out)
        piece = object_bytes(number, body.objects[number], deflate)
        if number == signature:
            range_at = len(out) + piece.index(b"/ByteRange ") + 11
            hole = len(out) + piece.index(b"/Contents <") + 10
            after = out_index(piece, hole - len(out)) + len(out)
        out += piece
    start = len(out)
    out += b"xref\n"
    for run in _runs(changed):
        out += b"%d %d\n" % (run[0], len(run))
        out += b"".join(b"%010d 00000 n \n" % offsets[number] for number in run)
    trailer: dict[str, Value] = {"Size": max(body.objects) + 1, "Root": Ref(body.root)}
    if body.info:
        trailer["Info"] = Ref(body.info)
    before = _start_of_table(base)
    trailer |= {"Prev": before, "ID": [_first_id(base), identity(body)]}
    out += b"trailer\n" + serialise(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start
    numbers = b"[0 %d %d %d]" % (hole, after, len(out) - after)
    out[range_at : range_at + _RANGE_WIDTH] = numbers.ljust(_RANGE_WIDTH)
    return Prepared(bytes(out), hole, after)


def out_index(piece: bytes, start: int) -> int:
    """Where the hexadecimal string that begins at `start` has ended."""
    return piece.index(b">", start) + 1


def _start_of_table(base: bytes) -> int:
    return int(base.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])


def _first_id(base: bytes) -> bytes:
    tail = base[_start_of_table(base) :]
    start = tail.index(b"/ID [<") + 6
    return bytes.fromhex(tail[start : tail.index(b">", start)].decode("ascii"))


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
