"""What the claims add up to: one table, by policy, period or applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.actions.claims import Total

from ...frame import Frame
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, ground, row
from ...kit.yesno import Segments

BY = [("policy", "按政策"), ("period", "按申报期"), ("applicant", "按单位")]
SUMS = [("computed", "测算"), ("claimed", "申报"), ("approved_amount", "核定"), ("paid_amount", "拨付")]


class TotalsPane(QWidget):
    """`show_totals({by: lines})`; amounts in 元, refused and withdrawn claims counted apart."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        ground(self, "panel")
        self.frame = frame
        self._held: Mapping[str, Sequence[Total]] = {}
        self.by = Segments("totals_by", "汇总", BY, "policy")
        columns = [Column("label", "", width=110, ink="ink")]
        columns.append(Column("count", "份数", kind="number", sums=True, width=44))
        for place, (name, label) in enumerate(SUMS):
            columns.append(Column(name, label, "元", kind="number", sums=True, drop=1 + place))
        self.table = TableView(RowsModel(columns), by_rows=True, numbered=False, name="totals", label="汇总", pad=8)
        self.note = Text("", size=12, ink="ink3", wrap=True)
        top = row(None, [PaneHead("汇总"), self.by], gap=8, margins=(16, 8, 12, 8))
        down = column(self, [], gap=0)
        down.addLayout(top)
        down.addWidget(Rule("line2"))
        down.addWidget(self.table, 1)
        down.addLayout(row(None, [self.note], margins=(16, 6, 12, 8)))
        self.by.changed.connect(lambda _: self._fill())

    def show_totals(self, totals: Mapping[str, Sequence[Total]]) -> None:
        self._held = totals
        self._fill()

    def _fill(self) -> None:
        lines = self._held.get(self.by.value() or "policy", ())
        rows = []
        for line in lines:
            amounts = [getattr(line, name) for name, _ in SUMS]
            cells = [Cell(f"{amount:,.2f}" if amount else "", amount) for amount in amounts]
            label = Cell(line.label, tip=line.label)
            rows.append(Row(line.key, (label, Cell(str(line.count)), *cells)))
        self.table.model().set_rows(rows or [Row("", (Cell("还没有申报"),), kind="span")])
        closed = sum(line.closed for line in lines)
        words = "测算不等于核定。" + (f"不予支持和已撤回的 {closed} 份不计入。" if closed else "")
        self.note.setText(words)
