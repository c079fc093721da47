"""Lines, dots and bars of a plot. They differ by dash, shape and hatching, never by grey alone.

Lengths in points, y counted downwards from the top edge, as in `pen`.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.pdf.pen import Page

Point = tuple[float, float]
_ROUND = 0.5523  # a quarter circle as one Bézier curve
_HATCH = 2.6  # points between the strokes of a hatched bar


def stroke(page: Page, points: Sequence[Point], weight: float, dash: str = "", grey: float = 0.0) -> None:
    """A line through the points; `dash` as PDF writes it (`4 2`)."""
    flip = page.height
    path = " ".join(f"{x:.2f} {flip - y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
    page.content.append(f"q {grey:.2f} G 1 j {weight:.2f} w [{dash}] 0 d {path} S Q")


def dot(page: Page, at: Point, radius: float, hollow: bool = False) -> None:
    """A full black dot, or a ring that covers the line below it."""
    x, y, r, k = at[0], page.height - at[1], radius, radius * _ROUND
    path = (
        f"{x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
    )
    page.content.append(f"q 1 g 0.8 w {path} B Q" if hollow else f"q 0 g {path} f Q")


def square(page: Page, at: Point, half: float) -> None:
    """A hollow square that covers the line below it."""
    page.content.append(
        f"q 1 g 0.8 w {at[0] - half:.2f} {page.height - at[1] - half:.2f} {2 * half:.2f} {2 * half:.2f} re B Q"
    )


def filled(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """A bar in dark grey, so that a figure over it can still be read."""
    page.content.append(f"q 0.35 g {_box(page, x0, y0, x1, y1)} f Q")


def hatched(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """A bar of slanting strokes with an edge."""
    box = _box(page, x0, y0, x1, y1)
    low, high = page.height - max(y0, y1), page.height - min(y0, y1)
    tall = high - low
    lines, x = [], min(x0, x1) - tall
    while x < max(x0, x1):
        lines.append(f"{x:.2f} {low:.2f} m {x + tall:.2f} {high:.2f} l")
        x += _HATCH
    page.content.append(f"q {box} W n 0.5 w {' '.join(lines)} S Q q 0.5 w {box} S Q")


def empty(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """A white bar with a dashed edge."""
    page.content.append(f"q 1 g 0.7 w [1.6 1.2] 0 d {_box(page, x0, y0, x1, y1)} B Q")


def _box(page: Page, x0: float, y0: float, x1: float, y1: float) -> str:
    low = page.height - max(y0, y1)
    return f"{min(x0, x1):.2f} {low:.2f} {abs(x1 - x0):.2f} {abs(y1 - y0):.2f} re"
