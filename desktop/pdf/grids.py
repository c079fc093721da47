"""Placing a form table of twelfths on pages: cells that reach down, long texts that go on on a 续页."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.model.page import Align, Cell, Grid
from desktop.pdf.boxes import EMPTY, Box, Breaker, row_height, tear
from desktop.pdf.flow import Flow
from desktop.pdf.pen import INNER
from desktop.pdf.rowmaking import ROW
from desktop.pdf.style import CELL, CELL_LABEL, CELL_NUMBER, MM, Style

TWELFTHS = 12
_AGAIN = "（续）"
# A row longer than a page begins where at least this much is left.
_BEGINNING = 5 * CELL.leading


@dataclass(frozen=True)
class Placed:
    """A cell with its first twelfth."""

    cell: Cell
    column: int


@dataclass
class Band:
    """Rows that cells reaching down tie together; most bands are one row. `heights` are those of its rows."""

    rows: list[list[Placed]]
    boxes: list[list[Box]]
    heights: list[float]

    @property
    def height(self) -> float:
        return sum(self.heights)


def bands_of(grid: Grid) -> list[list[list[Placed]]]:
    """The rows in bands, each cell at its twelfth. ValueError when the spans of a row do not add up to 12."""
    bands: list[list[list[Placed]]] = []
    reach = [0] * TWELFTHS  # up to which row each twelfth is taken from above
    until = 0
    for number, row in enumerate(grid.rows):
        placed, column = [], 0
        for cell in row:
            while column < TWELFTHS and reach[column] > number:
                column += 1
            placed.append(Placed(cell, column))
            if cell.span < 1 or cell.down < 1 or column + cell.span > TWELFTHS:
                raise ValueError(f"row {number} of the form table is wider than twelve twelfths")
            reach[column : column + cell.span] = [number + cell.down] * cell.span
            column += cell.span
        if min(reach) <= number:
            raise ValueError(f"row {number} of the form table is narrower than twelve twelfths")
        if number >= until:
            bands.append([])
        bands[-1].append(placed)
        until = max(until, *(number + cell.down for cell in row), 0) if row else until
    if grid.rows and max(reach) > len(grid.rows):
        raise ValueError("a cell reaches below the form table")
    return bands


class GridSetter:
    """Sets one form table."""

    def __init__(self, flow: Flow, grid: Grid, breaker: Breaker, tail: float = 0.0) -> None:
        self.flow = flow
        self.breaker = breaker
        self.tail = tail
        self.unit = flow.measure / TWELFTHS
        self.grid = grid
        self.part: list[Band] = []
        self.top = 0.0

    def set(self) -> None:
        flow = self.flow
        bands = [self._band(rows) for rows in bands_of(self.grid)]
        if not bands:
            return
        flow.need(bands[0].height if bands[0].height <= flow.whole else _BEGINNING)
        if not flow.framed:
            flow.gap(2 * MM)
        self.top = flow.y
        for band in bands:
            for piece in [band] if band.height <= flow.whole else self._apart(band):
                self._place(piece, self.tail if band is bands[-1] else 0.0)
        self._close()

    def _band(self, rows: list[list[Placed]]) -> Band:
        boxes = [[self._box(placed) for placed in row] for row in rows]
        flat = [
            [box for box, placed in zip(line, row, strict=True) if placed.cell.down == 1]
            for line, row in zip(boxes, rows, strict=True)
        ]
        heights = [row_height(line, ROW) for line in flat]
        for number, row in enumerate(rows):
            for box, placed in zip(boxes[number], row, strict=True):
                last = number + placed.cell.down - 1
                lacking = box.height - sum(heights[number : last + 1])
                if placed.cell.down > 1 and lacking > 0:
                    heights[last] += lacking
        return Band(rows, boxes, heights)

    def _apart(self, band: Band) -> list[Band]:
        """The rows of a band longer than a page one by one; labels that reached down stand in each of them."""
        apart = []
        for number, row in enumerate(band.rows):
            cells = [Placed(replace(placed.cell, down=1), placed.column) for placed in row]
            for above in range(number):
                for placed in band.rows[above]:
                    if above + placed.cell.down > number:
                        text = placed.cell.text if placed.cell.label else " "
                        cells.append(Placed(replace(placed.cell, down=1, text=text), placed.column))
            cells.sort(key=lambda placed: placed.column)
            apart.append(self._band([cells]))
        return apart

    def _box(self, placed: Placed) -> Box:
        cell = placed.cell
        x0, x1 = placed.column * self.unit, (placed.column + cell.span) * self.unit
        align = cell.align
        style: Style = CELL
        if cell.label:
            style, align = CELL_LABEL, Align.CENTRE
        elif cell.number:
            style = CELL_NUMBER
            align = Align.RIGHT if align is Align.LEFT else align
        return self.breaker.box(x0, x1, cell.text or ("" if cell.label else EMPTY), style, align, even=cell.label)

    def _place(self, band: Band, tail: float) -> None:
        flow = self.flow
        if flow.room < band.height + tail <= flow.whole and self.part:
            self._next_page()
        while band.height > flow.room:
            halves = tear(band.boxes[0], flow.room) if flow.room >= _BEGINNING or not self.part else None
            if halves is None:
                self._next_page()
                continue
            first, rest = halves
            self._add(Band(band.rows, [first], [flow.room - 0.01]))
            rest = [self._again(box, placed) for box, placed in zip(rest, band.rows[0], strict=True)]
            band = Band(band.rows, [rest], [row_height(rest, ROW)])
            self._next_page()
        self._add(band)

    def _again(self, box: Box, placed: Placed) -> Box:
        """What a cell shows in the 续页 row: the rest of its text, or its label once more."""
        if placed.cell.label and not box.lines:
            return self._box(replace(placed, cell=replace(placed.cell, text=placed.cell.text + _AGAIN)))
        return box

    def _add(self, band: Band) -> None:
        self.part.append(band)
        self.flow.take(band.height)

    def _next_page(self) -> None:
        self._close()
        self.flow.new_page()
        self.top = self.flow.y

    def _close(self) -> None:
        flow, page = self.flow, self.flow.page
        if not self.part:
            return
        y = self.top
        for band in self.part:
            tops = [y]
            for height in band.heights:
                tops.append(tops[-1] + height)
            for number, row in enumerate(band.rows):
                for box, placed in zip(band.boxes[number], row, strict=True):
                    low = tops[number + placed.cell.down]
                    box.draw(page, flow.left, tops[number], low)
                    if box.x0 > 0:
                        page.rule(flow.left + box.x0, tops[number], flow.left + box.x0, low, INNER)
                    if tops[number] > self.top:
                        page.rule(flow.left + box.x0, tops[number], flow.left + box.x1, tops[number], INNER)
            y = tops[-1]
        page.frame(flow.left, self.top, flow.left + flow.measure, y)
        flow.framed = True
        self.part = []
