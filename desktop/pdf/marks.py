"""草稿 and 练习: marks that a bad copy still shows."""

from __future__ import annotations

from math import cos, radians, sin

from desktop.model.page import Document
from desktop.pdf.pen import Page
from desktop.pdf.sheet import Sheet
from desktop.pdf.style import MARK, MM, WATERMARK

_COSINE, _SINE = round(cos(radians(28)), 5), round(sin(radians(28)), 5)
_DRAFT, _DRAFT_BOX = "草稿", "草稿　未签名"
_PRACTICE, _PRACTICE_BOX = "练习", "练习　不作正式文件"
_DRAFT_GREY, _PRACTICE_GREY = 0.93, 0.95  # 7 % and 5 % black


def draw_marks(page: Page, sheet: Sheet, document: Document) -> None:
    """Drawn before all else, so that no text is covered."""
    middle = page.width / 2, page.height / 2
    both = document.draft and document.practice
    apart = page.height / 5 if both else 0.0
    if document.draft:
        page.turned(middle[0], middle[1] - apart, _COSINE, _SINE, _DRAFT, WATERMARK, _DRAFT_GREY)
        width = _box_width(_DRAFT_BOX)
        _box(page, sheet.right - width, sheet, _DRAFT_BOX)
    if document.practice:
        page.turned(middle[0], middle[1] + apart, _COSINE, _SINE, _PRACTICE, WATERMARK, _PRACTICE_GREY)
        _box(page, sheet.left, sheet, _PRACTICE_BOX)


def _box_width(text: str) -> float:
    return MARK.width(text) + 8 * MM


def _box(page: Page, x: float, sheet: Sheet, text: str) -> None:
    top, height = (9 if sheet.lying else 16) * MM, 7.8 * MM
    page.frame(x, top, x + _box_width(text), top + height)
    page.line_of(x + 4 * MM, top + (height - MARK.leading) / 2, text, MARK)
