"""A table from outside as plain cells: what stands where, which cells are merged, which cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from desktop.model.exchange.sheets import Place
from desktop.model.fields.base import Cell

Area = tuple[int, int, int, int]  # top, left, bottom, right; all counted from 0, all inside


@dataclass(frozen=True)
class Grid:
    """One sheet of a table. `rows` begin at A1; `framed` are rows drawn as rows of a table, empty or not.

    `faults` are cells that cannot be read as they stand (formulas without a value, errors). `date1904` as in Workbook.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[Area, ...] = ()
    faults: Mapping[Place, str] = field(default_factory=dict)
    framed: frozenset[int] = frozenset()
    date1904: bool = False
    hidden: bool = False

    @cached_property
    def height(self) -> int:
        return max(len(self.rows), max(self.framed, default=-1) + 1)

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def _covered(self) -> dict[Place, Area]:
        places = {}
        for area in self.merges:
            top, left, bottom, right = area
            for row in range(top, min(bottom, self.height) + 1):
                for column in range(left, min(right, self.width) + 1):
                    places[row, column] = area
        return places

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself: of a merged area only the top left one holds something."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        value = cells[column] if 0 <= column < len(cells) else None
        return None if isinstance(value, str) and not value.strip() else value

    def area(self, row: int, column: int) -> Area:
        """The merged area that a cell belongs to; a cell alone is its own area."""
        return self._covered.get((row, column), (row, column, row, column))

    def seen(self, row: int, column: int) -> Cell:
        """What a reader sees at a place: the content of the merged area it belongs to."""
        top, left, _, _ = self.area(row, column)
        return self.cell(top, left)

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something of their own."""
        return [column for column in range(self.width) if self.cell(row, column) is not None]
