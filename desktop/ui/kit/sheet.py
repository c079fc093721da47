"""A list that is filled in like a sheet: cells as typed, what stood there before, what is wrong, steps to take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, Signal

from .rows import Cell, Column, Index, Row, RowsModel

NEW = "new "
Change = tuple[int, int, str]  # row, column, text
Finding = tuple[str, bool]  # sentence, whether it blocks


@dataclass
class SheetRow:
    """`texts` by column name as typed; `hints` stand grey in empty cells, `beside` grey at the left of numbers; `fixed`
    columns are only read."""

    key: str
    texts: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    beside: dict[str, str] = field(default_factory=dict)
    mark: str = ""
    begun: dict[str, str] = field(default_factory=dict)


class SheetModel(RowsModel):
    """`stirred` after every change. `growing`: an empty row waits at the end, and another when it is filled.

    `tidy(column, text)` gives the text as it is shown once it can be read; `follow(row, texts)` texts for cells
    that are still empty or that it filled itself. Neither may raise.
    """

    stirred = Signal()

    def __init__(self, columns: Sequence[Column], *, growing: bool = False) -> None:
        self.growing = growing
        self.tidy: Callable[[str, str], str] = lambda _, text: text
        self.follow: Callable[[SheetRow, dict[str, str]], Mapping[str, str]] = lambda *_: {}
        self._made: dict[int, Row] = {}  # rows as shown, until anything changes
        self._rows: list[SheetRow] = []
        self._findings: dict[tuple[str, str], Finding] = {}
        self._steps: list[list[tuple[int, int, str, str]]] = []
        self._undone: list[list[tuple[int, int, str, str]]] = []
        self._number = 0
        super().__init__(columns)

    def load(self, rows: Iterable[SheetRow]) -> None:
        """Show these rows; what is typed before is gone."""
        self.beginResetModel()
        self._rows = list(rows)
        for row in self._rows:
            row.begun = dict(row.texts)
        self._made.clear()
        self._findings.clear()
        self._steps.clear()
        self._undone.clear()
        if self.growing:
            self._rows.append(self._empty())
        self._total = len(self._rows)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        self._made.clear()
        super().set_columns(columns)

    def _empty(self) -> SheetRow:
        self._number += 1
        return SheetRow(f"{NEW}{self._number}")

    # What is shown.
    def row_at(self, place: int) -> Row:
        if not 0 <= place < len(self._rows):
            return Row("")
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = self._row(self._rows[place])
        return made

    def _row(self, row: SheetRow) -> Row:
        return Row(row.key, tuple(self._cell(row, column) for column in self.columns), mark=self._mark(row))

    def _cell(self, row: SheetRow, column: Column) -> Cell:
        text, said = row.texts.get(column.name, ""), self._findings.get((row.key, column.name))
        ground = "" if column.editable and column.name not in row.fixed else "sunken"
        if said is not None:
            ground = "redsoft" if said[1] else "ambersoft"
        mark = "" if said is None else "error" if said[1] else "soon"
        tip, beside = said[0] if said else "", row.beside.get(column.name, "")
        if not text and row.hints.get(column.name):
            return Cell(row.hints[column.name], tone="ink3", ground=ground, mark=mark, tip=tip, beside=beside)
        changed = text != row.begun.get(column.name, "")
        tone = "accent" if changed and not mark else ""
        return Cell(text, tone=tone, ground=ground, mark=mark, tip=tip, beside=beside)

    def _mark(self, row: SheetRow) -> str:
        said = [finding for (key, _), finding in self._findings.items() if key == row.key] if self._findings else []
        if said:
            return "error" if any(blocks for _, blocks in said) else "soon"
        return row.mark

    def words(self, place: int, column: int) -> str:
        return self.row_at(place).cell(column).text

    def place_of(self, key: str) -> int:
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.text(index.row(), index.column())
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return made | Qt.ItemFlag.ItemIsEditable if self.open(index.row(), index.column()) else made

    def open(self, place: int, column: int) -> bool:
        """Whether a cell can be typed into."""
        named = self.columns[column]
        return 0 <= place < len(self._rows) and named.editable and named.name not in self._rows[place].fixed

    def text(self, place: int, column: int) -> str:
        return self._rows[place].texts.get(self.columns[column].name, "")

    def sheet_row(self, key: str) -> SheetRow | None:
        return next((row for row in self._rows if row.key == key), None)

    def sheet_rows(self) -> list[SheetRow]:
        return list(self._rows)

    # Changing.
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.set_cells([(index.row(), index.column(), str(value))])
        return True

    def set_cells(self, changes: Iterable[Change]) -> int:
        """Write texts as one step; cells that cannot be typed into are left out. Returns how many changed."""
        step = []
        for place, column, text in changes:
            while self.growing and place >= len(self._rows):
                self._append()
            if not self.open(place, column):
                continue
            tidied = self.tidy(self.columns[column].name, text.strip()) if text.strip() else ""
            held = self.text(place, column)
            if tidied != held:
                step.append((place, column, held, tidied))
        step += self._followed(step)
        if step:
            self._steps.append(step)
            self._undone.clear()
            self._write([(place, column, new) for place, column, _, new in step])
        return len(step)

    def _followed(self, step: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
        """What other cells of the touched rows say now, when nobody has typed there."""
        more = []
        for place in sorted({each[0] for each in step}):
            row = self._rows[place]
            typed = {self.columns[column].name: new for at, column, _, new in step if at == place}
            filled = dict(self.follow(row, row.texts))
            for name, text in self.follow(row, {**row.texts, **typed}).items():
                column, held = self.column_of(name), row.texts.get(name, "")
                untouched = held in ("", filled.get(name)) and name not in typed
                if column >= 0 and untouched and text != held and self.open(place, column):
                    more.append((place, column, held, text))
        return more

    def _append(self) -> None:
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.append(self._empty())
        self._total = len(self._rows)
        self.endInsertRows()

    def _write(self, changes: Sequence[Change]) -> None:
        self._made.clear()
        for place, column, text in changes:
            row, name = self._rows[place], self.columns[column].name
            row.texts[name] = text
            self._findings.pop((row.key, name), None)
        if self.growing and any(self._rows[-1].texts.values()):
            self._append()
        places = [place for place, _, _ in changes]
        self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, min(places), max(places))
        self.stirred.emit()

    def can_step_back(self) -> bool:
        return bool(self._steps)

    def step_back(self) -> list[tuple[int, int]]:
        """Take the last step back; the cells it touched, or none."""
        return self._step(self._steps, self._undone, 2)

    def step_again(self) -> list[tuple[int, int]]:
        return self._step(self._undone, self._steps, 3)

    def _step(self, source: list, target: list, side: int) -> list[tuple[int, int]]:
        if not source:
            return []
        step = source.pop()
        target.append(step)
        self._write([(each[0], each[1], each[side]) for each in step])
        return [(each[0], each[1]) for each in step]

    # What is wrong, what is to be saved.
    def set_findings(self, findings: Mapping[tuple[str, str], Finding]) -> None:
        """What is said about cells, by row key and column name; "" for the row, shown in its first column."""
        first = self.columns[0].name if self.columns else ""
        now = {(key, name or first): said for (key, name), said in findings.items()}
        if now == self._findings:
            return
        self._findings = now
        self._made.clear()
        if self._rows:
            self._show(0, len(self._rows) - 1)

    def _show(self, first: int, last: int | None = None) -> None:
        end = first if last is None else last
        self.dataChanged.emit(self.index(first, 0), self.index(end, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, first, end)

    def finding(self, place: int, column: int) -> Finding | None:
        if not 0 <= place < len(self._rows):
            return None
        return self._findings.get((self._rows[place].key, self.columns[column].name))

    def faults(self) -> list[tuple[int, int, str, bool]]:
        """(row, column, sentence, blocks) in the order of the sheet."""
        found = []
        places = {row.key: place for place, row in enumerate(self._rows)}
        for (key, name), (words, blocks) in self._findings.items():
            if key in places:
                found.append((places[key], max(0, self.column_of(name)), words, blocks))
        return sorted(found)

    def dirty(self) -> dict[str, dict[str, str]]:
        """By row key the texts that differ from what was loaded; rows that are still empty are left out."""
        found = {}
        for row in self._rows:
            texts = {name: text for name, text in row.texts.items() if text != row.begun.get(name, "")}
            if texts:
                found[row.key] = texts
        return found
