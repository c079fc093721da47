"""Fonts as a page needs them: widths with fallback, and one embedded subset per face and document.

reportlab's own TrueType fonts map characters above U+FFFF to wrong ones when text is copied out, so the embedding is
ours: a composite font (ISO 32000-2, 9.7.4) whose codes are numbered by first use, one code per *character*, with a
ToUnicode map in UTF-16BE (9.10.3). Two characters that share a glyph still copy out as they were typed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, cast

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.pdf.fonts import faces, register

SERIF, SANS = "serif", "sans"
_FALLBACK = {SERIF: (SERIF, SANS), SANS: (SANS, SERIF)}
_CMAP_BLOCK = 100  # the most entries that one bfchar section may hold (9.10.3)


class Advances(dict[str, int]):
    """Advance of each character in 1/1000 em, in the first face that has it. KeyError: no face draws it."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._faces = [faces()[name] for name in _FALLBACK[face]]

    def __missing__(self, character: str) -> int:
        for face in self._faces:
            if face.has(character):
                self[character] = width = int(face.widths[ord(character)])
                return width
        raise KeyError(character)


@cache
def advances(face: str) -> Advances:
    """The advances of `serif` or `sans`, kept for the life of the process."""
    return Advances(face)


class PageFont:
    """One face inside one document: hands out codes while pages are written, then embeds what was used."""

    def __init__(self, face: str, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[str, int] = {}
        register()
        self._known = faces()[face]

    def has(self, character: str) -> bool:
        return self._known.has(character)

    def code(self, character: str) -> str:
        """Four hex digits; a new character gets the next number."""
        return f"{self.codes.setdefault(character, len(self.codes) + 1):04x}"

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it by this name when it saves
        if not self.codes:
            return
        points = [ord(character) for character in self.codes]
        glyphs = self._glyph_numbers(points)
        drawn: Any = cast(TTFont, pdfmetrics.getFont(self._known.name)).face
        digest = hashlib.sha256("".join(self.codes).encode("utf-8", "surrogatepass")).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        base = f"{tag}+{drawn.name.decode('ascii')}"
        widths = [int(drawn.defaultWidth), *(int(self._known.widths[point]) for point in points)]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": drawn.addSubsetObjects(document, base, [0, *points]),
                "DW": 1000,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
                "CIDToGIDMap": self._stream(document, b"".join(g.to_bytes(2, "big") for g in glyphs), "gid"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant-{self.name}")]),
                "ToUnicode": self._stream(document, self._to_unicode().encode("ascii"), "unicode"),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font, f"font-{self.name}")

    def _glyph_numbers(self, points: list[int]) -> list[int]:
        """Glyph per code in the subset, which holds the glyphs in the order in which reportlab first meets them."""
        places = {0: 0}
        numbers = [0]
        for point in points:
            numbers.append(places.setdefault(self._known.glyphs[point], len(places)))
        return numbers

    def _stream(self, document: Any, content: bytes, what: str) -> Any:
        stream = pdfdoc.PDFStream(content=content)
        stream.filters = [pdfdoc.PDFZCompress]
        return document.Reference(stream, f"{what}-{self.name}")

    def _to_unicode(self) -> str:
        lines = [f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for c, n in self.codes.items()]
        blocks = [lines[start : start + _CMAP_BLOCK] for start in range(0, len(lines), _CMAP_BLOCK)]
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
