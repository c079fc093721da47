"""What a list shows: columns, rows and cells as plain values, and the model that hands them to a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from . import marks

ROW = Qt.ItemDataRole.UserRole + 1
CELL = Qt.ItemDataRole.UserRole + 2
PAGE = 200
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, number (right-aligned), ratio (number and bar), tick (a tick box).

    `width` px at 标准, 0: from the widest value. `ink`: ink for what the row is about, else ink2. `key`: a key cap in
    the head. `sums`: its values are added up in the status line. `sort`: "", up or down. `drop`: columns with the
    highest number fall out first when the window or larger text leaves no room (0 stays). `choices` (code, label) drop
    down while editing; `free`: other texts may be typed too.
    """

    name: str
    title: str
    unit: str = ""
    width: int = 0
    kind: str = "text"
    ink: str = ""
    frozen: bool = False
    editable: bool = False
    sums: bool = False
    sort: str = ""
    filtered: bool = False
    key: str = ""
    drop: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    free: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell. `mark` stands before the text; `tone` is its ink token; `ratio` 0..1 fills the bar; `value` is summed.

    `check`: "", on, off, locked. `radio`: "", on, off. `ground`: token behind it. `tip`: tooltip. `link`: accent verb.
    `beside`: grey at the left of a number, such as last month's.
    """

    text: str = ""
    value: Decimal | None = None
    mark: str = ""
    tone: str = ""
    ratio: float | None = None
    check: str = ""
    radio: str = ""
    ground: str = ""
    tip: str = ""
    link: bool = False
    small: bool = False
    beside: str = ""


@dataclass(frozen=True)
class Row:
    """One row. `kind`: data, group (sunken, own cells, no column lines), span (one text across, `cells[0]`).

    `mark` replaces the row number when the row needs something. `quiet` greys the whole row (不适用).
    """

    key: str
    cells: tuple[Cell | str, ...] = field(default_factory=tuple)
    mark: str = ""
    kind: str = "data"
    quiet: bool = False

    def cell(self, place: int) -> Cell:
        if place >= len(self.cells):
            return Cell()
        held = self.cells[place]
        return held if isinstance(held, Cell) else Cell(held)


Fetch = Callable[[int, int], Sequence[Row]]


class RowsModel(QAbstractTableModel):
    """Rows for `TableView`. Either all at once (`set_rows`) or by pages of 200 when scrolled to (`set_source`)."""

    edited = Signal(str, str, str)  # row key, column name, text as typed
    toggled = Signal(str, str)  # row key, column name: a tick or radio was pressed

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._pages: dict[int, list[Row]] = {}
        self._fetch: Fetch | None = None
        self._total = 0
        self.set_rows(rows)

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._fetch, self._total = None, len(rows)
        self._pages = {n: list(rows[n * PAGE : (n + 1) * PAGE]) for n in range((len(rows) + PAGE - 1) // PAGE)}
        self.endResetModel()

    def set_source(self, total: int, fetch: Fetch) -> None:
        """`fetch(start, count)` returns that many rows; it is asked once per page and must be quick."""
        self.beginResetModel()
        self._fetch, self._total, self._pages = fetch, total, {}
        self.endResetModel()

    def row_at(self, place: int) -> Row:
        page = place // PAGE
        if page not in self._pages:
            got = self._fetch(page * PAGE, min(PAGE, self._total - page * PAGE)) if self._fetch else []
            self._pages[page] = list(got)
        held = self._pages[page]
        return held[place % PAGE] if place % PAGE < len(held) else Row("")

    def words(self, place: int, column: int) -> str:
        """The text shown in a cell: — where a data cell is empty."""
        row = self.row_at(place)
        cell = row.cell(column)
        return cell.text or ("—" if row.kind == "data" and not (cell.check or cell.radio or cell.mark) else "")

    def place_of(self, key: str) -> int:
        """Row number of a key among the rows loaded so far, else -1."""
        for page, rows in sorted(self._pages.items()):
            for place, one in enumerate(rows):
                if one.key == key:
                    return page * PAGE + place
        return -1

    def column_of(self, name: str) -> int:
        return next((i for i, column in enumerate(self.columns) if column.name == name), -1)

    def replace_row(self, row: Row) -> None:
        """Show a row anew after its record changed."""
        place = self.place_of(row.key)
        if place >= 0:
            self._pages[place // PAGE][place % PAGE] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, place, place)

    def replace_cell(self, key: str, name: str, cell: Cell) -> None:
        place, column = self.place_of(key), self.column_of(name)
        if place >= 0 and column >= 0:
            held = self.row_at(place)
            cells = [held.cell(i) for i in range(len(self.columns))]
            cells[column] = cell
            self.replace_row(replace(held, cells=tuple(cells)))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._total:
            return None
        row = self.row_at(index.row())
        if role == ROW:
            return row
        cell, column = row.cell(index.column()), self.columns[index.column()]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        if role == Qt.ItemDataRole.CheckStateRole and cell.check:
            return Qt.CheckState.Checked if cell.check == "on" else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = cell.mark or (row.mark if index.column() == 0 else "")
            parts = (column.title, cell.text or "空", column.unit if cell.text else "", marks.WORDS.get(mark, ""))
            return "，".join(part for part in parts if part)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind == "number":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, where: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if where == Qt.Orientation.Vertical:
            return str(section + 1)
        column = self.columns[section]
        return f"{column.title}，{column.unit}" if column.unit else column.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index.row())
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.kind == "data" and self.columns[index.column()].editable:
            made |= Qt.ItemFlag.ItemIsEditable
        return made

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        row, column = self.row_at(index.row()), self.columns[index.column()]
        if str(value) != row.cell(index.column()).text:
            self.edited.emit(row.key, column.name, str(value))
        return True
