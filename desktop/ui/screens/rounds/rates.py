"""交回率: by unit and by bureaus and townships together, over the last periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.rounds_answered import UnitRate, percent, rates, together
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys
from ...kit.empty import Empty
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import commands_only

FIRST = (
    Column("unit", "单位", width=230, ink="ink", frozen=True),
    Column("rate", "合计交回率", width=90, kind="number"),
    Column("in_time", "按时交回率", width=90, kind="number"),
)


@dataclass(frozen=True)
class Line:
    """One line: numbers per period as {period: (given, owed, in time)}."""

    name: str
    head: bool
    periods: dict[str, tuple[int, int, int]]


class RatesPage(QStackedWidget):
    """A column per period, oldest first; a line for each unit under its group."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.table = TableView(RowsModel(FIRST), by_rows=True, numbered=False, name="rates", label="交回率")
        commands_only(self.table)
        self.addWidget(
            Empty("clipboard-check", "还没有可以比较的填报", "下发并收回一期以后，这里列出各单位历次交回率。")
        )
        self.addWidget(self.table)
        self.count = 0

    def panes(self) -> list[QWidget]:
        return [self.table] if self.currentIndex() else []

    def load(self, period: str) -> None:
        self.frame.ask(lambda desk: rates(desk, period), self._show)

    def _show(self, found: list[UnitRate]) -> None:
        periods = sorted(
            {period for each in found for period, *_ in each.periods}, key=lambda key: Period.parse(key).first
        )
        labels = [(key, Period.parse(key)) for key in periods]
        many = len({span.year for _, span in labels}) > 1
        columns = [Column(key, _short(span, many), width=90, kind="number") for key, span in labels]
        self.table.model().set_columns([*FIRST, *columns, Column("rest", "", width=1)])
        lines = _lines(found)
        self.count = len(found)
        self.table.model().set_rows([_row(each, periods) for each in lines])
        self.setCurrentIndex(1 if found else 0)
        if found:
            self.table.setCurrentIndex(self.table.model().index(0, 0))

    def say(self) -> None:
        self.frame.status(self, [Note("单位", str(self.count), "个")], [keys.phrase("copy")])


def _short(span: Period, many: bool) -> str:
    label = span.label.partition("（")[0]
    return label if many else label.partition("年")[2] or label


def _lines(found: Sequence[UnitRate]) -> list[Line]:
    made = []
    for name, township in (("部门", False), ("街道、镇", True)):
        rows = [each for each in found if each.township == township]
        if rows:
            made.append(Line(f"{name}（{len(rows)} 个）", True, {key: (g, o, t) for key, g, o, t in together(rows)}))
            made += [Line(each.unit, False, {key: (g, o, t) for key, g, o, t in each.periods}) for each in rows]
    return made


def _row(line: Line, periods: Sequence[str]) -> Row:
    given, owed, in_time = (sum(each[place] for each in line.periods.values()) for place in range(3))
    cells = [Cell(line.name, tip=line.name), _cell(given, owed), Cell(percent(in_time, owed))]
    for period in periods:
        held = line.periods.get(period)
        cells.append(_cell(held[0], held[1]) if held else Cell("—"))
    cells.append(Cell("\u3000"))  # the rest of the line, without a dash
    return Row(line.name, tuple(cells), kind="group" if line.head else "data")


def _cell(given: int, owed: int) -> Cell:
    if not owed:
        return Cell("—")
    return Cell(
        percent(given, owed),
        tip=f"已报 {given} 项，应报 {owed} 项",
        tone="red" if not given else "",
    )
