"""A list of facts (projects, fixed sites) filled like a sheet; the last row is always empty for typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.errors import Refused
from desktop.model.policies.facts import NUMBERS, Fact

from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog
from ...kit.field import Field as Input
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column
from .remark import Remark
from .values import make_input, read, show

NEW = "new"
AWARD = "award"
MOST_ROWS, MOST_NOTES = 8, 5
WIDTHS = {"text": 112, "choice": 84}


class RowDialog(Dialog):
    """All facts of one row; `values` afterwards."""

    def __init__(self, fact: Fact, texts: Mapping[str, str], host: QWidget) -> None:
        super().__init__(f"{fact.label}：一行", verb="写入这一行", parent=host)
        self.fact = fact
        self.inputs: dict[str, Input] = {}
        for inner in fact.fields:
            self.inputs[inner.name] = self.add(make_input(inner, inner.name, required=inner.required))
            value = None
            if texts.get(inner.name):
                value = show(inner, read(inner, texts[inner.name]), code=True)
            self.inputs[inner.name].set_value(value)
        self.values: dict[str, str] = {}

    def accept(self) -> None:
        found, wrong = {}, False
        for inner in self.fact.fields:
            field = self.inputs[inner.name]
            text = field.value() or field.shown()
            try:
                found[inner.name] = show(inner, read(inner, text))
                field.set_error("")
            except Refused as refused:
                field.set_error(str(refused))
                wrong = True
        if not wrong:
            self.values = found
            super().accept()


class FactRows(QWidget):
    """`rows()` gives the facts of all rows; `changed` fires after each edit."""

    changed = Signal()

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.fact = fact
        self.texts: list[dict[str, str]] = []
        self.awards: dict[int, Decimal] = {}
        self._inner = {inner.name: inner for inner in fact.fields}
        self.add = KeyButton("加一行", key="add_row", kind="text", name=f"{fact.name}.add")
        self.drop = KeyButton("删除行", key="remove_row", kind="text", name=f"{fact.name}.remove")
        head = PaneHead(fact.label, fact.help, [self.add, self.drop])
        columns = [
            Column(
                inner.name, inner.label, inner.unit if inner.kind in NUMBERS else "", width=WIDTHS.get(inner.kind, 0),
                kind="number" if inner.kind in NUMBERS else "text", ink="ink", editable=inner.kind != "flag",
            )
            for inner in fact.fields
        ]  # fmt: skip
        columns.append(Column(AWARD, "金额", "元", kind="number", width=92, drop=9))
        self.table = TableView(RowsModel(columns), numbered=False, name=fact.name, label=fact.label, pad=8)
        self.notes = QWidget()
        self._down = column(self.notes, [], gap=2)
        column(self, [head, Rule(), self.table, Rule(), self.notes], gap=4, margins=(0, 4, 0, 8))
        self.table.model().edited.connect(self._edited)
        self.table.model().toggled.connect(self._toggled)
        self.table.opened.connect(self.open_row)
        self.add.clicked.connect(lambda: self.open_row(NEW))
        self.drop.clicked.connect(self.delete)
        keys.bind(self.table, "remove_row", self.delete, pane=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._fill()

    def set_rows(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Replace all rows by facts as `facts_from` gives them."""
        self.texts = [
            {name: show(inner, row.get(name)) for name, inner in self._inner.items() if row.get(name) is not None}
            for row in rows
        ]
        self.awards = {}
        self._fill()

    def rows(self) -> list[dict[str, object]]:
        """The facts of the rows, empty ones left out."""
        found = []
        for texts in self.texts:
            values = {name: read(self._inner[name], text) for name, text in texts.items() if text}
            found.append({name: value for name, value in values.items() if value is not None})
        return found

    def show_awards(self, awards: Mapping[int, Decimal], notes: Sequence[str]) -> None:
        """The amount of each row (by its place), and below the table why some give nothing."""
        self.awards = dict(awards)
        for place in range(len(self.texts)):
            self.table.model().replace_cell(str(place), AWARD, self._award(place))
        while self._down.count():
            old = self._down.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        for words in notes[:MOST_NOTES]:
            self._down.addWidget(Remark("na", words, size=12, ink="ink3"))
        if len(notes) > MOST_NOTES:
            self._down.addWidget(Text(f"还有 {len(notes) - MOST_NOTES} 行", size=12, ink="ink3"))

    def _fill(self) -> None:
        model, here = self.table.model(), self.table.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else None
        model.set_rows([*(self._row(n, texts) for n, texts in enumerate(self.texts)), self._row(None, {})])
        if place is not None:
            self.table.setCurrentIndex(model.index(min(place[0], model.rowCount() - 1), place[1]))
        rows = max(1, min(len(self.texts) + 1, MOST_ROWS))
        self.table.setFixedHeight(self.table.head_height() + rows * look.theme().control(28) + 2)

    def refit(self) -> None:
        self._fill()

    def _row(self, place: int | None, texts: Mapping[str, str]) -> Row:
        cells = []
        for inner in self.fact.fields:
            text = texts.get(inner.name, "")
            if inner.kind == "flag" and place is not None:
                cells.append(Cell(check="on" if text == "是" else "off"))
            else:
                cells.append(Cell(text))
        cells.append(self._award(place))
        return Row(NEW if place is None else str(place), tuple(cells))

    def _award(self, place: int | None) -> Cell:
        """What the row gives: 0.00 where others give something and this one does not."""
        if place is None or not self.awards:
            return Cell()
        award = self.awards.get(place)
        return Cell(f"{award or 0:,.2f}", tone="" if award else "ink3")

    def _edited(self, key: str, name: str, text: str) -> None:
        inner = self._inner[name]
        try:
            shown = show(inner, read(inner, text))
        except Refused as refused:
            self.show_awards(self.awards, [f"{inner.label}：{refused}"])
            return
        if key == NEW:
            if not shown:
                return
            flags = {each.name: "否" for each in self.fact.fields if each.kind == "flag"}
            self.texts.append({**flags, name: shown})
        else:
            self.texts[int(key)][name] = shown
        self._fill()
        self.changed.emit()

    def _toggled(self, key: str, name: str) -> None:
        if key != NEW:
            held = self.texts[int(key)]
            held[name] = "否" if held.get(name) == "是" else "是"
            self._fill()
            self.changed.emit()

    def open_row(self, key: str) -> None:
        """All facts of a row in a dialog; a new one with NEW."""
        dialog = RowDialog(self.fact, {} if key == NEW else self.texts[int(key)], self.window())
        if dialog.run():
            if key == NEW:
                self.texts.append(dialog.values)
            else:
                self.texts[int(key)] = dialog.values
            self._fill()
            self.changed.emit()

    def delete(self) -> None:
        row = self.table.current_row()
        if row is not None and row.key != NEW:
            self.texts.pop(int(row.key))
            self.awards = {}
            self._fill()
            self.changed.emit()
