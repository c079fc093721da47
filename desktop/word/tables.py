"""Tables, form tables, 盖章 boxes and lines of names in a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from desktop.model.page import Align, Column, Grid, Row, RowKind, Seal, Seals, Signers, Table
from desktop.word import styles
from desktop.word.cells import Said, WordCell, WordRow, add_table
from desktop.word.styles import CAPTION, CELL, CELL_LABEL, DENSE, DENSE_LABEL, Ink, put, shape

EMPTY = "—"
TWELFTHS = 12
_SEAL_ROOM = 45.0  # mm
_LEAST = 8.0  # mm, two characters
_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)


def set_table(file: Any, table: Table, measure: float) -> None:
    """A table whose head repeats on every page."""
    if table.caption or table.unit:
        paragraph = file.add_paragraph()
        shape(paragraph, CAPTION, before=6)
        paragraph.paragraph_format.keep_with_next = True
        put(paragraph, table.caption, CAPTION)
        if table.unit:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(measure), WD_TAB_ALIGNMENT.RIGHT)
            put(paragraph, f"\t{table.unit}", styles.META)
    ink, label = (DENSE, DENSE_LABEL) if table.dense else (CELL, CELL_LABEL)
    heads = [f"{column.label}\n（{column.unit}）" if column.unit else column.label for column in table.columns]
    rows = [WordRow(tuple(_one(head, label, Align.CENTRE) for head in heads), head=True)]
    if not table.rows:
        rows.append(WordRow((_one(table.empty, ink, Align.CENTRE, len(table.columns)),)))
    merges = _groups(table)
    rows += [_row(row, table.columns, merge, ink, label) for row, merge in zip(table.rows, merges, strict=True)]
    add_table(file, column_widths(table.columns, measure), rows)


def _one(text: str, ink: Ink, align: Align, span: int = 1, merge: str = "") -> WordCell:
    return WordCell((Said(text, ink, align),), span, merge)


def _row(row: Row, columns: Sequence[Column], merge: str, ink: Ink, label: Ink) -> WordRow:
    if row.kind in (RowKind.PART, RowKind.AREA):
        align = Align.CENTRE if row.kind is RowKind.PART else Align.LEFT
        return WordRow((_one(row.cells[0], label, align, len(columns)),), follow=True)
    sums, cells, place = row.kind in _SUMS, [], 0
    while place < len(columns):
        span = 1
        label_of_sum = sums and row.cells[place] and not columns[place].number
        while label_of_sum and place + span < len(columns) and not row.cells[place + span]:
            span += 1
        align = Align.LEFT if span > 1 else columns[place].align
        text = "" if merge == "continue" and not place else row.cells[place] or EMPTY
        cells.append(_one(text, label if sums else ink, align, span, merge if not place else ""))
        place += span
    return WordRow(tuple(cells))


def _groups(table: Table) -> list[str]:
    """Which cells of the first column are joined: equal neighbours, in a grouped table."""
    rows, found = table.rows, [""] * len(table.rows)
    for number in range(1, len(rows) if table.group else 0):
        both = rows[number - 1].kind is rows[number].kind is RowKind.DATA
        if both and rows[number].cells[0] == rows[number - 1].cells[0]:
            found[number - 1] = found[number - 1] or "restart"
            found[number] = "continue"
    return found


def column_widths(columns: Sequence[Column], measure: float) -> list[float]:
    """Widths in mm, by the shares of the columns, none below two characters."""
    total = sum(max(column.width, 0.1) for column in columns)
    widths = [max(column.width, 0.1) * measure / total for column in columns]
    short = sum(max(_LEAST - width, 0) for width in widths)
    spare = sum(max(width - _LEAST, 0) for width in widths)
    part = min(short / spare, 1.0) if spare else 0.0
    return [_LEAST if width <= _LEAST else width - (width - _LEAST) * part for width in widths]


def set_grid(file: Any, grid: Grid, measure: float) -> None:
    """A form table of twelve columns; labels in 黑体, cells that reach down joined."""
    below: dict[tuple[int, int], int] = {}  # (row, column) of a cell that only goes on -> its span
    rows = []
    for number, row in enumerate(grid.rows):
        cells: list[WordCell] = []
        waiting, place = list(row), 0
        while place < TWELFTHS:
            if (number, place) in below:
                span = below[number, place]
                cells.append(_one("", CELL, Align.CENTRE, span, "continue"))
            else:
                cell = waiting.pop(0)
                span = cell.span
                below |= {(number + down, place): span for down in range(1, cell.down)}
                ink = CELL_LABEL if cell.label else CELL
                align = Align.CENTRE if cell.label else cell.align
                cells.append(_one(cell.text or EMPTY, ink, align, span, "restart" if cell.down > 1 else ""))
            place += span
        rows.append(WordRow(tuple(cells), height=8))
    add_table(file, [measure / TWELFTHS] * TWELFTHS, rows)


def set_seals(file: Any, seals: Seals, measure: float, lying: bool) -> None:
    """Boxes side by side, three abreast upright and four lying, never split."""
    most = 4 if lying else 3
    count = -(-len(seals.boxes) // most)
    abreast = -(-len(seals.boxes) // count) if count else 1
    for start in range(0, len(seals.boxes), abreast):
        boxes = seals.boxes[start : start + abreast]
        said = any(box.text for box in boxes)
        add_table(
            file,
            [measure / abreast] * len(boxes),
            [WordRow(tuple(_seal(box, said) for box in boxes), height=_SEAL_ROOM)],
        )


def _seal(box: Seal, said_any: bool) -> WordCell:
    lines = [("", Align.LEFT), ("（盖章）", Align.CENTRE), ("", Align.LEFT), ("负责人签字：", Align.LEFT),
             ("年　　月　　日", Align.RIGHT)]  # fmt: skip
    said = [Said(box.title, CELL_LABEL), *([Said(box.text, CELL)] if said_any else [])]
    return WordCell((*said, *(Said(text, CELL, align) for text, align in lines)))


def set_signers(file: Any, signers: Signers, measure: float) -> None:
    """填表人, 审核人 …, spread over the width."""
    paragraph = file.add_paragraph()
    shape(paragraph, CELL, before=8)
    step = measure / max(len(signers.pairs), 1)
    for number, (label, name) in enumerate(signers.pairs):
        if number:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(step * number))
        put(paragraph, f"{chr(9) if number else ''}{label}：{name.strip()}", CELL)
