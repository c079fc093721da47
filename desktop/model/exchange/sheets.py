"""A workbook as the model sees it: sheets of plain cells, without the library that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.model.fields.base import Cell
from desktop.model.package import Package

Place = tuple[int, int]  # row and column, both from 0


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` begin at A1; `faults` are cells that cannot be read as they stand, with the reason."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    faults: Mapping[Place, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else None


@dataclass(frozen=True)
class Workbook:
    """What a file holds. `package` is None for a table that did not come from the program.

    `signature` and `state` are the package's signature and bytes, kept so that an annotated workbook can carry them.
    `date1904`: serials count from 1904. `notes` are sentences about what was ignored (macros, links).
    """

    package: Package | None
    signature_ok: bool
    sheets: list[Sheet]
    date1904: bool = False
    notes: tuple[str, ...] = ()
    signature: bytes = b""


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(16, 6) → G17."""
    return f"{column_letters(column)}{row + 1}"
