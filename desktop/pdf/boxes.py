"""Cells of tables and forms: a box with broken text, and rows of boxes that can be torn over pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.model.page import Align
from desktop.pdf.lines import balanced, break_lines
from desktop.pdf.pen import Page
from desktop.pdf.style import MM, Style

PAD_X, PAD_Y = 1.4 * MM, 1.0 * MM
EMPTY = "—"


@dataclass(frozen=True)
class Box:
    """Text between two vertical edges (points from the left edge of the type area), already broken into lines."""

    x0: float
    x1: float
    lines: tuple[tuple[str, Style], ...]
    align: Align = Align.LEFT

    @property
    def height(self) -> float:
        """With the padding above and below."""
        return sum(style.leading for _, style in self.lines) + 2 * PAD_Y

    def draw(self, page: Page, left: float, top: float, bottom: float) -> None:
        """Set the text in the middle between `top` and `bottom`."""
        y = top + (bottom - top - self.height) / 2 + PAD_Y
        for text, style in self.lines:
            shown = text.rstrip(" ") if self.align is Align.LEFT else text.strip(" ")
            slack = self.x1 - self.x0 - 2 * PAD_X - style.width(shown)
            x = self.x0 + PAD_X
            if self.align is Align.CENTRE:
                x += slack / 2
            elif self.align is Align.RIGHT:
                x += slack
            page.line_of(left + x, y, shown, style)
            y += style.leading

    def fitting(self, height: float) -> int:
        """How many of the lines fit into a row of this height."""
        room, count = height - 2 * PAD_Y, 0
        for _, style in self.lines:
            room -= style.leading
            if room < -0.01:
                break
            count += 1
        return count

    def torn(self, count: int) -> tuple[Box, Box]:
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])


class Breaker:
    """Breaks texts into boxes; equal texts in equal columns are broken once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, Style, Callable[..., list[str]]], tuple[tuple[str, Style], ...]] = {}

    def box(self, x0: float, x1: float, text: str, style: Style, align: Align = Align.LEFT, even: bool = False) -> Box:
        """A box with `text`; `even` makes its lines alike in length (labels and heads)."""
        room = x1 - x0 - 2 * PAD_X
        how = balanced if even else break_lines
        key = (text, round(room * 1000), style, how)
        lines = self._known.get(key)
        if lines is None:
            # A hair more, so that a column measured for this very text holds it.
            broken = how(text, room + 0.01, style.width)
            lines = self._known[key] = tuple((line, style) for line in broken)
        return Box(x0, x1, lines, align)


def tear(boxes: list[Box], height: float) -> tuple[list[Box], list[Box]] | None:
    """The row in two: what fits into `height`, and the rest. None when not even one line of each box fits.

    A box that is through leaves an empty box in the rest.
    """
    counts = [box.fitting(height) for box in boxes]
    if any(box.lines and not count for box, count in zip(boxes, counts, strict=True)):
        return None
    halves = [box.torn(count) for box, count in zip(boxes, counts, strict=True)]
    return [first for first, _ in halves], [rest for _, rest in halves]


def row_height(boxes: list[Box], least: float) -> float:
    """Height of a row of boxes, at least `least`."""
    return max([least, *(box.height for box in boxes)])
