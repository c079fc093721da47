"""Rows of a table as boxes, before they are placed on pages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.model.page import Align, Row, RowKind, Table
from desktop.pdf.boxes import EMPTY, PAD_X, Box, Breaker, row_height
from desktop.pdf.columns import bracketed, column_widths, styles
from desktop.pdf.style import MM, UNIT

DENSE_ROW, ROW = 7.2 * MM, 8.2 * MM


@dataclass
class Line:
    """One row ready to be placed. `key` is the text of the first column, for merging equal neighbours."""

    boxes: list[Box]
    height: float
    kind: RowKind
    key: str = ""


class RowMaker:
    """Makes the rows of one table on a type area of this width (points)."""

    def __init__(self, table: Table, measure: float, breaker: Breaker) -> None:
        self.table = table
        self.breaker = breaker
        self.text, self.bold, self.figures = styles(table)
        self.least = DENSE_ROW if table.dense else ROW
        self.edges = [0.0]
        for width in column_widths(table, measure):
            self.edges.append(self.edges[-1] + width)
        self.edges[-1] = measure

    def head(self) -> Line:
        boxes = []
        for place, column in enumerate(self.table.columns):
            x0, x1 = self.edges[place], self.edges[place + 1]
            box = self.breaker.box(x0, x1, column.label, self.bold, Align.CENTRE, even=True)
            if column.unit:
                unit = self.breaker.box(x0, x1, bracketed(column.unit), UNIT, Align.CENTRE)
                box = Box(x0, x1, box.lines + unit.lines, Align.CENTRE)
            boxes.append(box)
        return Line(boxes, row_height(boxes, self.least), RowKind.DATA)

    def line(self, row: Row) -> Line:
        if row.kind in (RowKind.PART, RowKind.AREA):
            align = Align.CENTRE if row.kind is RowKind.PART else Align.LEFT
            text = next((cell for cell in row.cells if cell), EMPTY)
            boxes = [self.breaker.box(0, self.edges[-1], text, self.bold, align)]
        elif row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL):
            boxes = self._sum_boxes(row.cells)
        else:
            boxes = [self._box(place, place + 1, self._cell(row, place)) for place in range(len(self.table.columns))]
        key = row.cells[0] if row.cells and row.kind is RowKind.DATA else ""
        return Line(boxes, row_height(boxes, self.least), row.kind, key)

    def nothing(self) -> Line:
        boxes = [self.breaker.box(0, self.edges[-1], self.table.empty, self.text, Align.CENTRE)]
        return Line(boxes, row_height(boxes, self.least), RowKind.DATA)

    def again(self, line: Line) -> Box:
        """What stands in the first column where a row goes on on the next page."""
        first = line.boxes[0]
        again = f"{line.key}（续）"
        if "\n" not in again and self.text.width(again) > first.x1 - first.x0 - 2 * PAD_X and len(line.key) <= 3:
            again = f"{line.key}\n续"  # in the narrow column of the numbers
        return self.breaker.box(first.x0, first.x1, again, self.text, Align.CENTRE)

    def _cell(self, row: Row, place: int) -> str:
        return row.cells[place] if place < len(row.cells) else ""

    def _box(self, start: int, end: int, text: str) -> Box:
        column = self.table.columns[start]
        style = self.figures if column.number else self.text
        align = Align.RIGHT if column.number and column.align is Align.LEFT else column.align
        return self.breaker.box(self.edges[start], self.edges[end], text or EMPTY, style, align)

    def _sum_boxes(self, cells: tuple[str, ...]) -> list[Box]:
        """The label of a sum runs over the empty cells behind it and stands at their right end."""
        boxes, place, count = [], 0, len(self.table.columns)
        padded = [*cells, *[""] * (count - len(cells))]
        while place < count:
            end = place + 1
            labelled = bool(padded[place]) and not self.table.columns[place].number
            # Empty cells before the label belong to it too, when it is the first text of the row.
            leading = not padded[place] and not any(padded[:end])
            while labelled and end < count and not padded[end]:
                end += 1
            if leading:
                while end < count and not padded[end]:
                    end += 1
                if end < count and not self.table.columns[end].number:
                    padded[place], padded[end] = padded[end], ""
                    continue
            box = self._box(place, end, padded[place] or " ")
            if labelled:
                align = Align.RIGHT if end - place > 1 else Align.CENTRE
                box = self.breaker.box(self.edges[place], self.edges[end], padded[place], self.bold, align)
            boxes.append(box)
            place = end
        return boxes
