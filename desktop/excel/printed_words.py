"""Running text, form tables and 盖章 boxes as a sheet of twelve columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from desktop.excel.printed_cells import HEI, joined, lines_of
from desktop.excel.printed_table import foot_rows, head_rows
from desktop.model.page import Align, Block, Document, Grid, Heading, Note, Paragraph, Seal, Seals, Signers

COLUMNS = 12
_EACH = 7.4  # characters of one column
_WHOLE = COLUMNS * _EACH
_POINTS = 15.5
_TALLEST = 409.0  # points, as high as a row can be


def words_sheet(sheet: Any, document: Document, blocks: Sequence[Block]) -> None:
    """The blocks one below the other, without tables of their own columns and without plots."""
    for place in range(1, COLUMNS + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _EACH
    row = head_rows(sheet, document, COLUMNS, _WHOLE)
    for block in blocks:
        match block:
            case Grid():
                row = _grid(sheet, row, block)
            case Seals():
                row = _seals(sheet, row, block)
            case Heading():
                row = _text(sheet, row, block.text, font=HEI, size=12)
            case Paragraph():
                text = f"　　{block.text}" if block.indent and not block.inset else block.text
                row = _text(sheet, row, f"{text}{'　' * block.inset}", align=block.align, size=11)
            case Note() | Signers():
                row = foot_rows(sheet, row, COLUMNS, _WHOLE, [block])


def _text(sheet: Any, row: int, text: str, **look: Any) -> int:
    joined(sheet, row, 1, COLUMNS, text, **look)
    _height(sheet, row, lines_of(text, _WHOLE, look["size"]) * 16.5 + 4)
    return row + 1


def _height(sheet: Any, row: int, points: float) -> None:
    sheet.row_dimensions[row].height = min(max(points, 18.0), _TALLEST)


def _grid(sheet: Any, first: int, grid: Grid) -> int:
    taken: set[tuple[int, int]] = set()
    for number, cells in enumerate(grid.rows):
        place, lines = 1, 1
        for cell in cells:
            while (number, place) in taken:
                place += 1
            last = place + cell.span - 1
            taken |= {(number + down, at) for down in range(cell.down) for at in range(place, last + 1)}
            joined(
                sheet, first + number, place, last, cell.text or ("" if cell.label else "—"), down=cell.down - 1,
                framed=True, number=cell.number, fill=cell.label, **({"font": HEI} if cell.label else {}),
                align=Align.CENTRE if cell.label else cell.align,
            )  # fmt: skip
            if cell.down == 1:
                lines = max(lines, lines_of(cell.text, cell.span * _EACH))
            place = last + 1
        _height(sheet, first + number, lines * _POINTS + 6)
    return first + len(grid.rows)


def _seals(sheet: Any, row: int, seals: Seals) -> int:
    """Boxes side by side, three abreast, each one merged cell with its head, room for the stamp and the date."""
    row += 1
    for start in range(0, len(seals.boxes), 3):
        boxes = seals.boxes[start : start + 3]
        span = COLUMNS // len(boxes)
        said = any(box.text for box in boxes)
        texts = [_seal(box, said) for box in boxes]
        for place, text in enumerate(texts):
            joined(sheet, row, 1 + place * span, (place + 1) * span, text, framed=True)
        _height(sheet, row, max(lines_of(text, span * _EACH) for text in texts) * _POINTS + 8)
        row += 1
    return row


def _seal(box: Seal, said: bool) -> str:
    head = [box.title, *([box.text] if said else [])]
    return "\n".join([*head, "", "　　　　（盖章）", "", "负责人签字：", "　　　　　年　　月　　日"])
