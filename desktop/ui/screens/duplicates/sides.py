"""Two records field by field, and which value the standing one gets: 1 left, 2 right, Space the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.actions.merging import Compared, Side

from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView

COLUMNS = (
    Column("label", "字段", width=110),
    Column("left", "左边（保留）", width=190, ink="ink"),
    Column("right", "右边（并入）", width=190, ink="ink"),
)


class SidesTable(TableView):
    """`take()` are the fields whose value comes from the right; what is empty at the left does so from the start."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__(RowsModel(COLUMNS), by_rows=True, numbered=False, name="sides", label="两条对比")
        self._sides: dict[str, Side] = {}
        self._right: set[str] = set()
        self.model().toggled.connect(lambda key, name: self._set(key, name == "right"))

    def show_sides(self, held: Compared) -> None:
        """The fields that at least one side fills, those that differ first."""
        filled = [each for each in held.sides if each.left or each.right]
        filled.sort(key=lambda each: (not each.differs, bool(each.left) and bool(each.right)))
        self._sides = {each.field: each for each in filled}
        self._right = {each.field for each in filled if not each.left}
        self._fill()

    def take(self) -> list[str]:
        return [name for name in self._sides if name in self._right]

    def _fill(self) -> None:
        here = self.current_row().key if self.current_row() else ""
        self.model().set_rows([self._row(each) for each in self._sides.values()])
        if self._sides:
            self.select_key(here if here in self._sides else next(iter(self._sides)))

    def _row(self, each: Side) -> Row:
        same = each.left == each.right
        right = each.field in self._right
        cells = [Cell(each.label, mark="changed" if each.differs else "same" if same else "new")]
        for text, chosen in ((each.left, not right), (each.right, right)):
            radio = "" if same else "on" if chosen else "off"
            tone = "" if same or chosen else "ink3"
            cells.append(Cell(text or "—", tip=text, radio=radio, tone=tone))
        return Row(each.field, tuple(cells))

    def _set(self, name: str, right: bool) -> None:
        side = self._sides.get(name)
        if side is None or side.left == side.right:
            return
        (self._right.add if right else self._right.discard)(name)
        self._fill()
        self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.current_row()
        if here is not None and event.key() in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Space):
            right = event.key() == Qt.Key.Key_2
            if event.key() == Qt.Key.Key_Space:
                right = here.key not in self._right
            self._set(here.key, right)
            return
        super().keyPressEvent(event)
