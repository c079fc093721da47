"""Paper and its type area (GB/T 9704-2012, 5.1 and 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.pdf.style import MM


@dataclass(frozen=True)
class Sheet:
    """One size of paper; edges of the type area in points, counted from the top left corner."""

    wide_mm: float
    high_mm: float
    top_mm: float
    left_mm: float
    right_mm: float
    bottom_mm: float

    @property
    def width(self) -> float:
        return self.wide_mm * MM

    @property
    def height(self) -> float:
        return self.high_mm * MM

    @property
    def top(self) -> float:
        return self.top_mm * MM

    @property
    def left(self) -> float:
        return self.left_mm * MM

    @property
    def right(self) -> float:
        return (self.wide_mm - self.right_mm) * MM

    @property
    def bottom(self) -> float:
        return (self.high_mm - self.bottom_mm) * MM

    @property
    def measure(self) -> float:
        """Width of the type area."""
        return self.right - self.left

    @property
    def lying(self) -> bool:
        return self.wide_mm > self.high_mm


UPRIGHT = Sheet(210, 297, 37, 28, 26, 35)
UPRIGHT_FORM = Sheet(210, 297, 32, 28, 26, 35)
LYING = Sheet(297, 210, 28, 35, 37, 26)
LYING_A3 = Sheet(420, 297, 28, 35, 37, 26)
