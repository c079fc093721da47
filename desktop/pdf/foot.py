"""The foot inside the bottom margin: QR code, digest, page number, and the room of the signature."""

from __future__ import annotations

from functools import lru_cache

import segno

from desktop.model.page import Document, Foot
from desktop.pdf.lines import break_lines
from desktop.pdf.pen import Page
from desktop.pdf.sheet import Sheet
from desktop.pdf.style import FIGURES, FOLIO, FOLIO_LETTER, MM, NOTE, Style

_QUIET = 4  # modules of white round a QR code (GB/T 18284-2000, 5.3.8)
_LABEL = "数据校验码　"
_SIGNATURE = (53 * MM, 17 * MM)
_SIGNATURE_LYING = (53 * MM, 16 * MM)
_FOLIO_ROOM = 36 * MM


@lru_cache(maxsize=16)
def _matrix(payload: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in segno.make_qr(payload, error="m", boost_error=False).matrix)


def qr_boxes(payload: str, x: float, y: float, size: float) -> tuple[list[tuple[float, float, float, float]], float]:
    """Black rectangles (x, y, width, height) of a QR code without its quiet zone, and the width of one module."""
    matrix = _matrix(payload)
    module = size / len(matrix)
    boxes = []
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                boxes.append((x + start * module, y + row * module, (column - start) * module, module))
                start = None
    return boxes, module


def signature_box(document: Document, sheet: Sheet) -> tuple[float, float, float, float]:
    """Room for the visible signature on the last page: left, top, right, bottom in points from the top left corner."""
    if sheet.lying:
        width, height = _SIGNATURE_LYING
        right = sheet.right - _FOLIO_ROOM
        top = sheet.bottom + 2.4 * MM
    else:
        width, height = _SIGNATURE
        right = sheet.right
        top = sheet.bottom + (11 if document.letter else 4) * MM
    return right - width, top, right, top + height


class FootSetter:
    """Draws the same foot on each page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._cache: dict[tuple[Sheet, bool], list[tuple[str, Style]]] = {}

    def draw(self, page: Page, sheet: Sheet, number: int, count: int) -> None:
        """`number` counts from 1."""
        foot = self.document.foot
        top = sheet.bottom + (2.4 if sheet.lying else 4) * MM
        size = (16 if sheet.lying else 18) * MM
        x = sheet.left
        if foot.qr:
            boxes, module = qr_boxes(foot.qr, x, top, size)
            page.blocks(boxes)
            x += size + max(3 * MM, _QUIET * module)
        self._words(page, sheet, x, top, size, foot)
        self._folio(page, sheet, number, count)

    def _words(self, page: Page, sheet: Sheet, x: float, top: float, size: float, foot: Foot) -> None:
        end = sheet.right - _FOLIO_ROOM
        if self.document.signature:
            end = signature_box(self.document, sheet)[0] - 3 * MM
        room = end - x
        lines: list[tuple[str, Style]] = []
        if foot.digest:
            lines += _digest_lines(foot.digest, room)
        for line in foot.lines:
            lines += [(part, NOTE) for part in break_lines(line, room, NOTE.width)]
        if not lines:
            return
        height = sum(style.leading for _, style in lines)
        y = top + max(0.0, (size - height) / 2)
        for text, style in lines:
            page.line_of(x, y, text, style)
            y += style.leading

    def _folio(self, page: Page, sheet: Sheet, number: int, count: int) -> None:
        if self.document.letter:
            text, style = f"— {number} —", FOLIO_LETTER
            # 7 mm below the type area; odd numbers one character in from the right, even from the left (7.5).
            middle = sheet.bottom + 7 * MM
            x = sheet.right - style.size - style.width(text)
            if number % 2 == 0 and not self.document.foot.qr and not self.document.foot.lines:
                x = sheet.left + style.size
        else:
            text, style = f"第 {number} 页　共 {count} 页", FOLIO
            middle = sheet.bottom + (16 if sheet.lying else 26) * MM
            x = sheet.right - style.width(text)
        page.line_of(x, middle - style.leading / 2, text, style)


def _digest_lines(digest: str, room: float) -> list[tuple[str, Style]]:
    """数据校验码 in groups of four, as many groups to a line as fit, lines equally long."""
    groups = [digest[start : start + 4] for start in range(0, len(digest), 4)]
    indent = FIGURES.width(_LABEL)
    for rows in range(1, len(groups) + 1):
        each = -(-len(groups) // rows)
        lines = [" ".join(groups[start : start + each]) for start in range(0, len(groups), each)]
        if indent + max(map(FIGURES.width, lines)) <= room:
            break
    return [((_LABEL if not place else "　" * len(_LABEL)) + line, FIGURES) for place, line in enumerate(lines)]
