"""盖章 boxes and lines of names."""

from __future__ import annotations

from desktop.model.errors import Refused
from desktop.model.page import Seal, Seals, Signers
from desktop.pdf.boxes import PAD_X, PAD_Y
from desktop.pdf.flow import Flow
from desktop.pdf.lines import break_lines
from desktop.pdf.pen import INNER
from desktop.pdf.style import CELL, CELL_LABEL, MM

_LEAST = 45 * MM
_STAMP = 16 * MM  # free height for the stamp between the sentence and 负责人签字
_NAMES = 20.0  # leading of the line of names, in points
_SEAL, _SIGN, _DATE = "（盖章）", "负责人签字：", "年　　月　　日"


def _abreast(flow: Flow, seals: Seals) -> list[list[Seal]]:
    """The boxes in rows: at most three abreast upright and four lying."""
    most = 4 if flow.sheet.lying else 3
    boxes = list(seals.boxes)
    rows = -(-len(boxes) // most)
    abreast = -(-len(boxes) // rows) if rows else 1
    return [boxes[start : start + abreast] for start in range(0, len(boxes), abreast)]


def set_seals(flow: Flow, seals: Seals, tail: float = 0.0) -> None:
    """Boxes side by side; a row of them is never split, and the last stays with the `tail` (points) behind it."""
    rows = _abreast(flow, seals)
    for row in rows:
        _row(flow, row, len(rows[0]), tail if row is rows[-1] else 0.0)


def seals_height(flow: Flow, seals: Seals) -> float:
    rows = _abreast(flow, seals)
    return sum(_measured(row, flow.measure / len(rows[0]))[2] for row in rows)


def _measured(boxes: list[Seal], width: float) -> tuple[list[tuple[list[str], list[str]]], float, float]:
    """Titles and sentences in lines, the height that they take, and that of the row."""
    room = width - 2 * PAD_X
    texts = [(break_lines(b.title, room, CELL_LABEL.width), break_lines(b.text, room, CELL.width)) for b in boxes]
    upper = max(len(title) + len(text) for title, text in texts) * CELL.leading + 2 * PAD_Y
    return texts, upper, max(_LEAST, upper + _STAMP + 2 * CELL.leading)


def _row(flow: Flow, boxes: list[Seal], abreast: int, tail: float) -> None:
    width = flow.measure / abreast
    texts, upper, height = _measured(boxes, width)
    if height > flow.whole:
        raise Refused(f"盖章栏“{boxes[0].title}”的文字一页放不下，请写短。")
    flow.need(height + tail if height + tail <= flow.whole else height)
    if not flow.framed:
        flow.gap(2 * MM)
    top = flow.take(height)
    page = flow.page
    low = top + height - PAD_Y - 2 * CELL.leading
    for number, (title, text) in enumerate(texts):
        left = flow.left + number * width
        y = top + PAD_Y
        for line in title:
            page.line_of(left + PAD_X, y, line, CELL_LABEL)
            y += CELL.leading
        for line in text:
            page.line_of(left + PAD_X, y, line, CELL)
            y += CELL.leading
        middle = left + (width - CELL.width(_SEAL)) / 2
        page.line_of(middle, (top + upper + low - CELL.leading) / 2, _SEAL, CELL)
        page.line_of(left + PAD_X, low, _SIGN, CELL)
        date = left + width - PAD_X - CELL.width(_DATE) - CELL.size
        page.line_of(date, low + CELL.leading, _DATE, CELL)
        if number:
            page.rule(left, top, left, top + height, INNER)
    page.frame(flow.left, top, flow.left + len(boxes) * width, top + height)
    flow.framed = True


def _names(signers: Signers, measure: float) -> tuple[list[list[str]], int]:
    """The names in rows, as many abreast as fit in equal parts of the width; a long one takes rows of its own."""
    texts = [f"{label}：{name}" for label, name in signers.pairs]
    widest = max((CELL.width(text) for text in texts), default=0.0) + 2 * CELL.size
    abreast = max(1, min(len(texts), int(measure / widest)))
    if abreast == 1:
        return [[line] for text in texts for line in break_lines(text, measure, CELL.width)], 1
    return [texts[start : start + abreast] for start in range(0, len(texts), abreast)], abreast


def signers_height(signers: Signers, measure: float) -> float:
    return 2 * MM + len(_names(signers, measure)[0]) * _NAMES


def set_signers(flow: Flow, signers: Signers) -> None:
    """填表人, 审核人 …, spread evenly over the width."""
    rows, abreast = _names(signers, flow.measure)
    flow.need(min(signers_height(signers, flow.measure), flow.whole))
    flow.gap(2 * MM)
    for row in rows:
        flow.need(_NAMES)
        top = flow.take(_NAMES)
        for number, text in enumerate(row):
            flow.page.line_of(flow.left + number * flow.measure / abreast, top + 2, text, CELL)
