"""How text is set: face, size, leading, and the sizes of the house (GB/T 9704-2012, 5.2 and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from desktop.pdf.ink import SANS, SERIF, Advances, advances

MM = 72 / 25.4
# The body of an ideograph reaches from 0.12 em below the baseline to 0.88 em above it, so its middle is at 0.38 em.
MIDDLE = 0.38


@dataclass(frozen=True)
class Style:
    """One way of setting text. Sizes in points; `tracking` is added to every advance."""

    face: str
    size: float
    leading: float
    tracking: float = 0.0

    @cached_property
    def _advances(self) -> Advances:
        return advances(self.face)

    def width(self, text: str) -> float:
        """Length of `text` in points."""
        return sum(map(self._advances.__getitem__, text)) * self.size / 1000 + len(text) * self.tracking


# 22 lines of 28 characters fill the 156 × 225 mm of an upright page: 16 pt a little tightened.
LINE = 225 * MM / 22
BODY = Style(SERIF, 16, LINE, tracking=156 * MM / 28 - 16 - 0.0001)
HEAD = Style(SANS, 16, LINE, tracking=BODY.tracking)
TITLE = Style(SERIF, 22, 31)
TITLE_LYING = Style(SERIF, 18, 25)
META = Style(SERIF, 12, 18)
CAPTION = Style(SANS, 12, 18)
CONTINUED = Style(SERIF, 12, 18)
CELL = Style(SERIF, 10.5, 15.5)
CELL_LABEL = Style(SANS, 10.5, 15.5)
CELL_NUMBER = Style(SANS, 10.5 * 0.95, 15.5)
DENSE = Style(SERIF, 9, 12.8)
DENSE_HEAD = Style(SANS, 9, 12.8)
DENSE_NUMBER = Style(SANS, 9 * 0.95, 12.8)
UNIT = Style(SANS, 8, 11)
NOTE = Style(SERIF, 8, 11.6)
FIGURES = Style(SANS, 8, 10.2)
FOLIO = Style(SERIF, 10.5, 14)
FOLIO_LETTER = Style(SERIF, 14, 18)
WATERMARK = Style(SANS, 120, 120)
MARK = Style(SANS, 12, 18)
