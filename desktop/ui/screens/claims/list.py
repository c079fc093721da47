"""补贴申报: the list by state, claimed beside computed, and totals by policy, period and applicant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QResizeEvent

from desktop.actions import claims
from desktop.actions.listing import Line
from desktop.actions.records import find

from ...frame import Frame
from ...kit import look
from ...kit.rows import Cell, Column
from ...kit.text import Rule, row
from ..lists.page import ListPage
from .totals import TotalsPane

SIDE, NARROW = 420, 1060  # px of the totals; below NARROW of work they are left out
WIDTHS = {"policy": 150, "applicant_kind": 76, "applicant": 150, "period": 60, "state": 66}


class ClaimList(ListPage):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "claim")
        self.by = "state"
        self.said: dict[str, str] = {}
        self.twice: dict[str, list[str]] = {}
        self.totals = TotalsPane(frame)
        self.edge = Rule(upright=True)
        self.below.removeWidget(self.middle)
        self.below.addLayout(row(None, [self.middle, self.edge, self.totals], gap=0), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() >= look.theme().control(NARROW)
        self.totals.setVisible(room)
        self.edge.setVisible(room)
        self.totals.setFixedWidth(look.theme().control(SIDE if self.width() < 1500 else 640))

    def more(self, desk: Any) -> Any:
        said = {record: claims.compared(values) for record, values in find(desk, "claim")[0]}
        return said, claims.doubles(desk), {by: claims.totals(desk, by) for by in ("policy", "period", "applicant")}

    def show_more(self, more: Any) -> None:
        self.said, self.twice, totals = more
        self.totals.show_totals(totals)

    def extra_columns(self) -> list[Column]:
        return [Column("compared", "申报与测算", width=150)]

    def shape(self, columns: list[Column]) -> list[Column]:
        drops = {"paid_amount": 3, "approved_amount": 2, "applicant_kind": 4}
        return [
            replace(each, width=WIDTHS.get(each.name, each.width), drop=drops.get(each.name, 0)) for each in columns
        ]

    def extra_cells(self, line: Line) -> tuple[Cell, ...]:
        twice = self.twice.get(line.id)
        if twice:
            words = "；".join(twice)
            return (Cell("可能重复申报", mark="soon", tone="amber", tip=words),)
        said = self.said.get(line.id, "")
        if said.startswith("比测算多"):
            return (Cell(said, mark="soon", tone="amber"),)
        return (Cell(said, mark="done" if said == "与测算一致" else ""),)
