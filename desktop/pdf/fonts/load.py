"""The fonts as reportlab knows them, and what each of them can draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from desktop.pdf.fonts.paths import FACES, ttf_paths


@dataclass(frozen=True)
class FontNames:
    """The names under which the faces are registered with reportlab."""

    serif: str = "DeskSerif"
    sans: str = "DeskSans"

    def of(self, face: str) -> str:
        """The registered name of `serif` or `sans`."""
        return {"serif": self.serif, "sans": self.sans}[face]


@dataclass(frozen=True)
class Face:
    """One registered face: its reportlab name and, per code point, its glyph and advance (1/1000 em)."""

    name: str
    glyphs: dict[int, int]
    widths: dict[int, float]

    def has(self, character: str) -> bool:
        """Whether the face draws this character; reportlab would leave it out without a word."""
        return self.glyphs.get(ord(character), 0) != 0


NAMES = FontNames()


@cache
def register() -> FontNames:
    """Register both faces with reportlab, once per process, and return their names.

    Raises MachineFault when the fonts are neither built nor can be built.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face, path in ttf_paths().items():
        # The files are our own and were written whole: no checksum over 20 MB at every start.
        pdfmetrics.registerFont(TTFont(NAMES.of(face), str(path), validate=0))
    return NAMES


@cache
def faces() -> dict[str, Face]:
    """Both faces with their character maps, by `serif` and `sans`."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = register()
    found = {}
    for face in FACES:
        drawn = pdfmetrics.getFont(names.of(face))
        if isinstance(drawn, TTFont):
            found[face] = Face(names.of(face), drawn.face.charToGlyph, drawn.face.charWidths)
    return found


def covers(text: str) -> str:
    """The characters of `text`, in order and once each, that neither face can draw; "" when all can be."""
    known = faces().values()
    return "".join(dict.fromkeys(c for c in text if not any(face.has(c) for face in known)))
