"""The visible stamp: who signed, for which office, when, and 试用证书 when the certificate is for practice.

All of it follows from the certificate and the moment in the signature, so the checker can draw it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO

from cryptography import x509

from desktop.model.errors import Refused
from desktop.pdf.authority.usages import common_name, is_practice, office_name
from desktop.pdf.signing.objects import Body, Name, Ref, Stream, Value
from desktop.pdf.signing.picture import Picture

Subset = Callable[[str], bytes]

BEIJING = timezone(timedelta(hours=8))
_HEADING = "电子签名（不代替公章）"
_PRACTICE = "试用证书　仅供练习"
_DIGITS = "0123456789-:+ "
_LARGEST, _SMALLEST = 900, 300  # hundredths of a point
_MARGIN = 3  # points between frame and text


@dataclass(frozen=True)
class Box:
    """Where the stamp stands: page from 0, corners in hundredths of a point from the page's lower left corner."""

    page: int
    left: int
    bottom: int
    right: int
    top: int

    @classmethod
    def of_points(cls, page: int, left: float, bottom: float, right: float, top: float) -> Box:
        return cls(page, *(round(100 * side) for side in (left, bottom, right, top)))

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.top - self.bottom


@dataclass(frozen=True)
class Stamp:
    """What the stamp says, and the seal picture beside it."""

    name: str
    office: str
    moment: datetime
    practice: bool
    picture: Picture | None = None

    @classmethod
    def of(cls, certificate: x509.Certificate, moment: datetime, picture: Picture | None = None) -> Stamp:
        name, practice = common_name(certificate), is_practice(certificate)
        return cls(name, office_name(certificate) or name, moment.astimezone(BEIJING), practice, picture)

    @property
    def lines(self) -> tuple[str, ...]:
        when = self.moment.strftime("%Y-%m-%d %H:%M:%S +08:00")
        who = (self.name,) if self.name == self.office else (self.office, self.name)
        return (_HEADING, *who, when, *((_PRACTICE,) if self.practice else ()))

    @property
    def characters(self) -> str:
        """Every character needed; the same for every moment, so that one subset serves many signatures."""
        return "".join(sorted(set(_HEADING + _PRACTICE + _DIGITS + self.name + self.office)))


def stamp_font(text: str) -> bytes:
    """The program's own sans face, cut down to `text`."""
    from desktop.pdf.fonts.subset import subset_for

    return subset_for(text, "sans")


def draw_stamp(body: Body, stamp: Stamp, box: Box, subset: Subset) -> Ref:
    """Add the appearance of the stamp to `body`. Whole numbers only, so that it comes out the same everywhere."""
    font = _Font(subset(stamp.characters))
    lines = stamp.lines
    side = box.height - 200 * _MARGIN if stamp.picture else 0
    left = 100 * _MARGIN + (side + 100 * _MARGIN if side else 0)
    room = box.width - left - 100 * _MARGIN
    step = (box.height - 200 * _MARGIN) // len(lines)
    if room <= 0 or step <= _SMALLEST:
        raise Refused("签名框太小，放不下签名，请检查页面设置。")
    out = [b"q 0.4 w 0.35 G 0.5 0.5 %s %s re S Q" % (_points(box.width - 100), _points(box.height - 100))]
    if stamp.picture:
        out.append(_placed(stamp.picture, 100 * _MARGIN, 100 * _MARGIN, side))
    out.append(b"BT 0.1 g")
    for position, line in enumerate(lines):
        size = min(_LARGEST, step * 5 // 6, room * 1000 // max(1, font.width(line)))
        baseline = box.height - 100 * _MARGIN - step * (position + 1) + step // 4
        out.append(b"/F1 %s Tf 1 0 0 1 %s %s Tm" % (_points(size), _points(left), _points(baseline)))
        out.append(b"<%s> Tj" % font.encode(line))
    out.append(b"ET")
    resources: dict[str, Value] = {"Font": {"F1": font.add_to(body)}}
    if stamp.picture:
        resources["XObject"] = {"Im1": _image(body, stamp.picture)}
    entries: dict[str, Value] = {
        "Type": Name("XObject"),
        "Subtype": Name("Form"),
        "BBox": [0, 0, hundredths(box.width), hundredths(box.height)],
        "Resources": resources,
    }
    return body.add(Stream(entries, b"\n".join(out)))


def _placed(picture: Picture, left: int, bottom: int, side: int) -> bytes:
    """The picture as large as fits into a square, in its middle; all in hundredths of a point."""
    longer = max(picture.width, picture.height)
    wide, high = side * picture.width // longer, side * picture.height // longer
    place = (wide, high, left + (side - wide) // 2, bottom + (side - high) // 2)
    return b"q %s 0 0 %s %s %s cm /Im1 Do Q" % tuple(_points(each) for each in place)


def _image(body: Body, picture: Picture) -> Ref:
    entries: dict[str, Value] = {
        "Type": Name("XObject"), "Subtype": Name("Image"), "Width": picture.width, "Height": picture.height,
        "ColorSpace": Name("DeviceRGB"), "BitsPerComponent": 8,
    }  # fmt: skip
    return body.add(Stream(entries, picture.rgb))


def hundredths(value: int) -> Value:
    from desktop.pdf.signing.objects import Number

    return Number(_points(value).decode("ascii"))


def _points(value: int) -> bytes:
    return b"%d.%02d" % divmod(value, 100)


class _Font:
    """A TrueType subset as a PDF font whose codes are its glyph numbers."""

    def __init__(self, content: bytes) -> None:
        from fontTools.ttLib import TTFont

        self.content = content
        with TTFont(BytesIO(content)) as font:
            self.glyphs: dict[int, int] = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
            em = font["head"].unitsPerEm
            order = font.getGlyphOrder()
            self.widths = [font["hmtx"][name][0] * 1000 // em for name in order]
            self.rise = font["hhea"].ascent * 1000 // em
            self.fall = font["hhea"].descent * 1000 // em
            head = font["head"]
            self.bounds = [side * 1000 // em for side in (head.xMin, head.yMin, head.xMax, head.yMax)]

    def glyph(self, character: str) -> int:
        glyph = self.glyphs.get(ord(character), 0)
        if not glyph:
            raise Refused(f"字体中没有“{character}”，签名印不出来，请换用其他写法的证书。")
        return glyph

    def width(self, line: str) -> int:
        """In thousandths of the size."""
        return sum(self.widths[self.glyph(character)] for character in line)

    def encode(self, line: str) -> bytes:
        return b"".join(b"%04x" % self.glyph(character) for character in line)

    def add_to(self, body: Body) -> Ref:
        name = Name("SIGNST+DeskStamp")
        file = body.add(Stream({"Length1": len(self.content)}, self.content))
        descriptor = body.add(
            {
                "Type": Name("FontDescriptor"), "FontName": name, "Flags": 4, "FontBBox": list(self.bounds),
                "ItalicAngle": 0, "Ascent": self.rise, "Descent": self.fall, "CapHeight": self.rise, "StemV": 80,
                "FontFile2": file,
            }
        )  # fmt: skip
        descendant = body.add(
            {
                "Type": Name("Font"), "Subtype": Name("CIDFontType2"), "BaseFont": name,
                "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0},
                "FontDescriptor": descriptor, "DW": 1000, "W": [0, list(self.widths)],
                "CIDToGIDMap": Name("Identity"),
            }
        )  # fmt: skip
        unicode_map = body.add(Stream({}, self._to_unicode()))
        return body.add(
            {
                "Type": Name("Font"), "Subtype": Name("Type0"), "BaseFont": name, "Encoding": Name("Identity-H"),
                "DescendantFonts": [descendant], "ToUnicode": unicode_map,
            }
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        by_glyph: dict[int, int] = {}
        for code, glyph in sorted(self.glyphs.items()):
            by_glyph.setdefault(glyph, code)
        lines = [
            b"<%04x> <%s>" % (glyph, chr(code).encode("utf-16-be").hex().encode("ascii"))
            for glyph, code in sorted(by_glyph.items())
        ]
        blocks = b"".join(
            b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part))
            for part in (lines[start : start + 100] for start in range(0, len(lines), 100))
        )
        return (
            b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            b"/CMapName /DeskStamp def\n/CMapType 2 def\n"
            b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" + blocks + b"endcmap\n"
            b"CMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
