"""Running text: title, line of unit and period, heads, paragraphs, notes."""

from __future__ import annotations

from desktop.model.page import Align, Document, Heading, Note, Paragraph
from desktop.pdf.flow import Flow
from desktop.pdf.lines import balanced, break_lines
from desktop.pdf.style import BODY, HEAD, META, MM, NOTE, TITLE, TITLE_LYING

_INDENT = 2  # characters


def set_title(flow: Flow, document: Document) -> None:
    """Title and the line below it."""
    style = TITLE_LYING if flow.sheet.lying else TITLE
    for line in balanced(document.title, flow.measure, style.width) if document.title else []:
        shown = line.strip()
        top = flow.take(style.leading)
        flow.page.line_of(flow.left + (flow.measure - style.width(shown)) / 2, top, shown, style)
    if document.letter:
        flow.gap(BODY.leading)
    if document.left or document.right:
        _meta(flow, document.left, document.right)
    elif not document.letter:
        flow.gap(3 * MM)


def _meta(flow: Flow, left: str, right: str) -> None:
    if not flow.fresh:
        flow.gap(2 * MM)
    beside = META.width(left) + META.width(right) + 2 * META.size <= flow.measure
    if beside and "\n" not in left + right:
        top = flow.take(META.leading)
        flow.page.line_of(flow.left, top, left, META)
        flow.page.line_of(flow.left + flow.measure - META.width(right), top, right, META)
    else:
        for text in (left, right):
            for line in break_lines(text, flow.measure, META.width) if text else []:
                flow.page.line_of(flow.left, flow.take(META.leading), line, META)
    flow.gap(1.8 * MM)


def set_heading(flow: Flow, heading: Heading, beginning: float = 0.0) -> None:
    """A head stays with at least two lines of what follows, or with the `beginning` (points) of a table or plot."""
    style = HEAD if heading.level == 1 else BODY
    indent = _INDENT * (style.size + style.tracking)
    lines = break_lines(heading.text, flow.measure, style.width, indent)
    flow.need(min(len(lines) * style.leading + max(2 * style.leading, beginning), flow.whole))
    for number, line in enumerate(lines):
        flow.page.line_of(flow.left + (0 if number else indent), flow.take(style.leading), line.rstrip(), style)


def set_paragraph(flow: Flow, paragraph: Paragraph, closing: float = 0.0) -> None:
    """Body text. Of a paragraph over two pages at least two lines stand on each; the last ones stay with the
    `closing` (落款 and date, in points) behind it."""
    step = BODY.size + BODY.tracking
    indent = _INDENT * step if paragraph.indent and paragraph.align is Align.LEFT else 0.0
    width = flow.measure - (paragraph.inset * step if paragraph.align is Align.RIGHT else 0)
    starts: list[float] = []
    lines: list[str] = []
    for part in paragraph.text.split("\n"):
        broken = break_lines(part, width, BODY.width, indent)
        starts += [indent, *[0.0] * (len(broken) - 1)]
        lines += broken
    left = len(lines)
    kept = left if left <= 3 else 2
    for start, line in zip(starts, lines, strict=True):
        fits = int(flow.room / BODY.leading)
        alone = left == len(lines) and fits == 1 and left > 1
        widow = (fits == 1 and left == 2) or (fits == 2 and left == 3 and len(lines) == 3)
        parted = bool(closing) and left == kept and kept * BODY.leading + closing > flow.room
        if fits < 1 or ((alone or widow or parted) and not flow.fresh):
            flow.new_page()
        shown = line.rstrip()
        x = start
        if paragraph.align is Align.CENTRE:
            x = (width - BODY.width(shown)) / 2
        elif paragraph.align is Align.RIGHT:
            x = width - BODY.width(shown)
        flow.page.line_of(flow.left + x, flow.take(BODY.leading), shown, BODY)
        left -= 1


def note_lines(note: Note, measure: float) -> list[str]:
    return break_lines(note.text, measure, NOTE.width)


def set_note(flow: Flow, note: Note) -> None:
    flow.gap(1 * MM)
    for line in note_lines(note, flow.measure):
        flow.need(NOTE.leading)
        flow.page.line_of(flow.left, flow.take(NOTE.leading), line, NOTE)


def note_height(note: Note, measure: float) -> float:
    return 1 * MM + len(note_lines(note, measure)) * NOTE.leading
