"""All indicators as a table: the figures of the period are typed into it, one below the other."""

from __future__ import annotations

from desktop.actions.indicators import KINDS, Line

from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from .tiles import MARKS, TONES

COLUMNS = [
    Column("name", "指标", width=230, ink="ink", frozen=True),
    Column("unit", "单位", width=52, drop=8),
    Column("own", "填报时间", width=112),
    Column("value", "填报数", kind="number", width=84, editable=True),
    Column("reference", "对照值", kind="number", width=72, editable=True, drop=6),
    Column("figure", "完成值", kind="number", width=76, drop=5),
    Column("aim", "目标", width=172, drop=1),
    Column("completion", "完成率", kind="number", width=62, drop=2),
    Column("behind", "应到", width=150, drop=7),
    Column("projection", "年底预计", kind="number", width=70, drop=4),
    Column("month_before", "较上期", kind="number", width=64, drop=9),
    Column("year_before", "较上年同期", kind="number", width=78, drop=10),
    Column("state", "状态", width=118),
]


def row_of(line: Line) -> Row:
    """One indicator as a row; what is typed goes to its own period."""
    waiting = line.state in ("waiting", "unreported") and not line.typed
    cells = (
        Cell(line.name, tip=f"{line.name}（{KINDS[line.kind]}）"), Cell(line.unit), Cell(line.own_label),
        Cell(line.typed), Cell(line.reference), Cell(line.figure, tip=line.words), Cell(line.aim, tip=line.aim),
        Cell(line.completion), Cell(line.behind, tip=line.pace), Cell(line.projection, tip=line.method),
        Cell(line.month_before), Cell(line.year_before),
        Cell(line.state_words, mark=MARKS[line.state], tone=TONES.get(line.state, ""), tip=line.pace),
    )  # fmt: skip
    return Row(line.record, cells, mark="soon" if waiting and line.state == "unreported" else "")


class IndicatorTable(TableView):
    def __init__(self, may: bool) -> None:
        columns = COLUMNS if may else [Column(**{**vars(each), "editable": False}) for each in COLUMNS]
        super().__init__(RowsModel(columns), name="indicator_table", label="指标填报表")

    def set_lines(self, lines: list[Line], here: str = "") -> None:
        self.model().set_rows([row_of(line) for line in lines])
        if here:
            place = self.currentIndex().column() if self.currentIndex().isValid() else 3
            row = self.model().place_of(here)
            if row >= 0:
                self.setCurrentIndex(self.model().index(row, max(place, 0)))
