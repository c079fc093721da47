"""Placing a table on pages: repeated heads, rows kept together, rules, sums carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.model.errors import Refused
from desktop.model.page import Row, RowKind, Table
from desktop.pdf.boxes import Breaker, row_height, tear
from desktop.pdf.carrying import Carrier
from desktop.pdf.flow import Flow
from desktop.pdf.pen import INNER
from desktop.pdf.rowmaking import Line, RowMaker
from desktop.pdf.style import CAPTION, META, MM

_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)
_HEADS = (RowKind.PART, RowKind.AREA)


class TableSetter:
    """Sets one table; what stands on the current page is drawn when the page is full or the table ends."""

    def __init__(self, flow: Flow, table: Table, breaker: Breaker, tail: float) -> None:
        self.flow = flow
        self.table = table
        self.maker = RowMaker(table, flow.measure, breaker)
        self.head = self.maker.head()
        self.tail = tail
        self.part: list[Line] = []
        self.top = 0.0
        self.carrier = Carrier(table) if table.carried and any(c.sum for c in table.columns) else None
        self.kept = 0.0

    def set(self) -> None:
        rows = list(self.table.rows)
        lines = [self.maker.line(row) for row in rows] or [self.maker.nothing()]
        if self.carrier:
            self.kept = max(self.maker.line(row).height for row in self.carrier.widest())
        chains = self._chains(lines)
        self._open(lines, chains)
        for start, end in chains:
            self._place(lines[start:end], rows[start:end], last=end == len(lines))
        self._close()

    def _chains(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Rows that stay together, from and to; above notes and names stand at least two rows of the list."""
        chains, start = [], 0
        while start < len(lines):
            chains.append((start, _chain_end(lines, start)))
            start = chains[-1][1]
        if self.tail and len(chains) > 1 and chains[-1][1] - chains[-1][0] == 1:
            together = sum(line.height for line in lines[chains[-2][0] :])
            if together + self.tail + self.head.height <= self.flow.whole / 2:
                chains[-2:] = [(chains[-2][0], chains[-1][1])]
        return chains

    def _open(self, lines: list[Line], chains: list[tuple[int, int]]) -> None:
        """Caption and unit with the head and the first rows, never alone at the foot of a page."""
        table, flow = self.table, self.flow
        if self.head.height > flow.whole / 2:
            raise Refused(f"表“{table.caption or table.columns[0].label}”的表头太高，占了半页以上，请把栏名写短。")
        above = self._above
        first = sum(line.height for line in lines[: chains[0][1]])
        if len(chains) == 1 and above + self.head.height + first + self.tail <= flow.whole:
            first += self.tail
        fits = above + self.head.height + first <= flow.room
        if not fits and not flow.fresh and (first < flow.whole / 2 or flow.room < flow.whole / 3):
            flow.new_page()
        if above:
            flow.gap(1.5 * MM)
            top = flow.take(above)
            flow.page.line_of(flow.left, top, table.caption, CAPTION)
            unit = f"单位：{table.unit}" if table.unit and "：" not in table.unit else table.unit
            flow.page.line_of(flow.left + flow.measure - META.width(unit), top, unit, META)
        elif not flow.framed:
            flow.gap(2 * MM)
        self._start_part()

    @property
    def _above(self) -> float:
        return CAPTION.leading + 1 * MM if self.table.caption or self.table.unit else 0.0

    def beginning(self) -> float:
        """Points that caption, head and the first rows take together, with the tail of a table as short as that."""
        some = [self.maker.line(row) for row in self.table.rows[:6]] or [self.maker.nothing()]
        short = len(self.table.rows) < 6
        end = self._chains(some)[0][1] if short else _chain_end(some, 0)
        first = sum(line.height for line in some[:end])
        height = 2 * MM + self._above + self.head.height + first
        if short and end == len(some):
            return height + self.tail
        return min(height, self.flow.whole / 2)

    def _start_part(self) -> None:
        self.top = self.flow.y
        self.part = [self.head]
        self.flow.take(self.head.height)

    def _next_page(self) -> None:
        if self.carrier and len(self.part) > 1:
            self._add(self.maker.line(self.carrier.close()))
        self._close()
        self.flow.new_page()
        self._start_part()
        if self.carrier:
            self._add(self.maker.line(self.carrier.brought()))

    def _add(self, line: Line) -> None:
        self.part.append(line)
        self.flow.take(line.height)

    def _place(self, lines: list[Line], rows: Sequence[Row], last: bool) -> None:
        whole = self.flow.whole - self.head.height - 2 * self.kept
        height = sum(line.height for line in lines)
        more = self.tail if last and height + self.tail <= whole else (0.0 if last else self.kept)
        if height + more > self.flow.room and height <= whole and self._has_rows():
            self._next_page()
        heads = sum(line.height for line in lines if line.kind in _HEADS)
        if heads and height > whole and heads + self._beginning > self.flow.room and self._has_rows():
            self._next_page()
        for place, line in enumerate(lines):
            behind = 0.0 if last and place == len(lines) - 1 else self.kept
            if line.height > self.flow.room - behind:
                headed = place > 0 and lines[place - 1].kind in _HEADS
                self._too_high(line, whole, behind, headed)
            else:
                self._add(line)
            if self.carrier and place < len(rows):
                self.carrier.add(rows[place])

    def _has_rows(self) -> bool:
        return len(self.part) > (2 if self.carrier else 1)

    @property
    def _beginning(self) -> float:
        """The least room in which a row longer than a page begins."""
        return 4 * self.maker.text.leading

    def _too_high(self, line: Line, whole: float, behind: float, headed: bool) -> None:
        """A row that does not fit: onto a new page, and torn when it is longer than a page or its head stands here."""
        if line.height <= whole and not headed:
            self._next_page()
            self._add(line)
            return
        rest = line
        while rest.height > self.flow.room - behind:
            room = self.flow.room - behind
            halves = tear(rest.boxes, room) if room > self._beginning or not self._has_rows() else None
            if halves is None:
                self._next_page()
                continue
            first, boxes = halves
            self._add(replace(rest, boxes=first, height=min(row_height(first, self.maker.least), room)))
            if not boxes[0].lines and line.key:
                boxes[0] = self.maker.again(line)
            rest = replace(rest, boxes=boxes, height=row_height(boxes, self.maker.least))
            self._next_page()
        self._add(rest)

    def _close(self) -> None:
        """Draw what stands on this page."""
        flow, page = self.flow, self.flow.page
        left, right = flow.left, flow.left + flow.measure
        groups = _groups(self.part) if self.table.group else {}
        covered = {row for start, end in groups.items() for row in range(start + 1, end)}
        tops = [self.top]
        for line in self.part:
            tops.append(tops[-1] + line.height)
        verticals: dict[float, list[list[float]]] = {}
        for place, line in enumerate(self.part):
            y0, y1 = tops[place], tops[place + 1]
            for number, box in enumerate(line.boxes):
                if not (number == 0 and place in covered):
                    reach = tops[groups[place]] if number == 0 and place in groups else y1
                    box.draw(page, left, y0, reach)
                if box.x0 > 0:
                    spans = verticals.setdefault(box.x0, [])
                    if spans and spans[-1][1] == y0:
                        spans[-1][1] = y1
                    else:
                        spans.append([y0, y1])
            if place:
                indent = line.boxes[0].x1 if place in covered else 0.0
                page.rule(left + indent, y0, right, y0, INNER)
        for x, spans in verticals.items():
            for y0, y1 in spans:
                page.rule(left + x, y0, left + x, y1, INNER)
        page.frame(left, self.top, right, tops[-1])
        flow.framed = True


def _chain_end(lines: list[Line], start: int) -> int:
    """Behind the last of the rows that stay together from `start`: heads with what follows, sums with what precedes."""
    end = start + 1
    while end < len(lines) and (lines[end - 1].kind in _HEADS or lines[end].kind in _SUMS):
        end += 1
    return end


def _groups(part: list[Line]) -> dict[int, int]:
    """Runs of equal texts in the first column: where each starts and where it ends."""
    groups: dict[int, int] = {}
    start = 1
    for place in range(1, len(part) + 1):
        same = place < len(part) and part[place].kind is RowKind.DATA and part[place].key == part[start].key
        if not same or part[start].kind is not RowKind.DATA or not part[start].key:
            if place - start > 1:
                groups[start] = place
            start = place
    return groups
