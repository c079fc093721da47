"""Drawing on one page: text, rules, boxes. Lengths in points, y counted downwards from the top edge."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.pdf.ink import SANS, SERIF, PageFont
from desktop.pdf.style import MIDDLE, Style

OUTER, INNER = 1.2, 0.5  # widths of rules


class Fonts:
    """The two faces of one document, and the strings already encoded for them."""

    def __init__(self) -> None:
        self.faces = {SERIF: PageFont(SERIF, "F1"), SANS: PageFont(SANS, "F2")}
        self._known: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def runs(self, text: str, face: str) -> list[tuple[str, str]]:
        """(font name, hexadecimal codes) per run; characters that `face` lacks are set in the other face."""
        key = (face, text)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._split(text, self.faces[face], self.faces[SANS if face == SERIF else SERIF])
        return found

    def _split(self, text: str, first: PageFont, other: PageFont) -> list[tuple[str, str]]:
        runs: list[tuple[str, str]] = []
        for character in text:
            font = first if first.has(character) else other
            code = font.code(character)
            if runs and runs[-1][0] == font.name:
                runs[-1] = (font.name, runs[-1][1] + code)
            else:
                runs.append((font.name, code))
        return runs


@dataclass
class Page:
    """One page being written: its size in points and its content stream so far."""

    width: float
    height: float
    fonts: Fonts
    content: list[str] = field(default_factory=list)

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Set one line with its left end at `x`."""
        if not text.strip():
            return
        shown = [f"BT {_n(x)} {_n(self.height - baseline)} Td"]
        if style.tracking:
            shown.append(f"{style.tracking:.4f} Tc")
        for font, codes in self.fonts.runs(text, style.face):
            shown.append(f"/{font} {_n(style.size)} Tf <{codes}> Tj")
        shown.append("0 Tc ET" if style.tracking else "ET")
        self.content.append(" ".join(shown))

    def line_of(self, x: float, top: float, text: str, style: Style) -> None:
        """Set one line inside a band of the style's leading that begins at `top`."""
        self.text(x, top + style.leading / 2 + MIDDLE * style.size, text, style)

    def turned(self, x: float, y: float, cosine: float, sine: float, text: str, style: Style, grey: float) -> None:
        """Set a line turned about its own middle, which lies at (x, y)."""
        left, low = -style.width(text) / 2, -MIDDLE * style.size
        self.content.append(
            f"q {grey:.2f} g {cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {_n(x)} {_n(self.height - y)} cm"
        )
        for font, codes in self.fonts.runs(text, style.face):
            self.content.append(f"BT {_n(left)} {_n(low)} Td /{font} {_n(style.size)} Tf <{codes}> Tj ET")
        self.content.append("Q")

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = INNER) -> None:
        flip = self.height
        self.content.append(f"{weight} w {_n(x0)} {_n(flip - y0)} m {_n(x1)} {_n(flip - y1)} l S")

    def frame(self, x0: float, y0: float, x1: float, y1: float, weight: float = OUTER) -> None:
        self.content.append(f"{weight} w {_n(x0)} {_n(self.height - y1)} {_n(x1 - x0)} {_n(y1 - y0)} re S")

    def blocks(self, boxes: list[tuple[float, float, float, float]]) -> None:
        """Fill rectangles (x, y, width, height) in black."""
        flip = self.height
        self.content.append(" ".join(f"{_n(x)} {_n(flip - y - h)} {_n(w)} {_n(h)} re" for x, y, w, h in boxes) + " f")


def _n(value: float) -> str:
    """A number with at most three decimals, as PDF writes it."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
