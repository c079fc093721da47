"""回收网点: the list, with the plan's two goals above it and the townships as tiles beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import network
from desktop.actions.listing import Condition, Line
from desktop.actions.records import find

from ...frame import Frame
from ...kit import look
from ...kit.rows import Cell, Column
from ...kit.text import Rule, row
from .network import GoalStrip, TownshipPane
from .page import ListPage

COLUMNS = ["name", "kind", "township", "operator", "state", "area"]
WIDTHS = {"name": 152, "kind": 82, "township": 78, "operator": 140, "state": 44, "counts": 104}
DROPS = {"operator": 2, "area": 1}
SIDE, NARROW, WIDE = 532, 1000, 1500  # px of the pane at the right; it is left out below NARROW of work
MARKS = {"full": ("done", "green"), "half": ("going", ""), "none": ("na", "ink3")}
NONE: tuple[network.Standing, list[network.Need]] = (network.Standing("none", ""), [])
TOWNSHIP = "township.is"


class SiteList(ListPage):
    def __init__(self, frame: Frame) -> None:
        self._shaped: tuple[bool, bool] | None = None
        super().__init__(frame, "site")
        self.names = [name for name in COLUMNS if name in self.form]
        self.standings: dict[str, tuple[network.Standing, list[network.Need]]] = {}
        self.goals = GoalStrip()
        self.towns = TownshipPane()
        self.layout().insertWidget(1, self.goals)
        self.below.removeWidget(self.middle)
        self.edge = Rule(upright=True)
        self.below.addLayout(row(None, [self.middle, self.edge, self.towns], gap=0), 1)
        self.towns.map.narrowed.connect(self._narrow)
        self.towns.map.opened.connect(self._narrow)
        self.table.chosen.connect(self._point)

    def panes(self) -> list[QWidget]:
        return [*super().panes(), self.towns.map]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before, room = self._shaped, self.width() > look.theme().control(NARROW)
        self.towns.setVisible(room and bool(self.towns.map.tiles))
        self.edge.setVisible(self.towns.isVisibleTo(self))
        self._shaped = (room, self.width() > look.theme().control(WIDE))
        self.towns.setFixedWidth(look.theme().control(640 if self._shaped[1] else SIDE))
        if before is not None and before != self._shaped and self.listing is not None:
            self.reload()  # the columns have other widths now

    def more(self, desk: Any) -> Any:
        standings = {
            record: (network.standing(values), network.needs_of(values)) for record, values in find(desk, "site")[0]
        }
        return network.goals(desk), network.townships(desk), standings, network.candidates(desk)

    def show_more(self, more: Any) -> None:
        goals, towns, self.standings, candidates = more
        self.goals.set_goals(goals)
        self.towns.set_townships(towns, candidates)
        self.towns.setVisible(bool(towns) and self.width() > look.theme().control(NARROW))
        self.edge.setVisible(self.towns.isVisibleTo(self))

    def extra_columns(self) -> list[Column]:
        return [Column("counts", "是否计入", width=120)]

    def shape(self, columns: list[Column]) -> list[Column]:
        if not self.towns.isVisibleTo(self) or self.width() > look.theme().control(WIDE):
            return columns
        return [
            replace(each, width=WIDTHS.get(each.name, each.width), drop=DROPS.get(each.name, 0)) for each in columns
        ]

    def extra_cells(self, line: Line) -> tuple[Cell, ...]:
        held = self.standings.get(line.id, NONE)[0]
        mark, tone = MARKS[held.kind]
        return (Cell(held.words, mark=mark, tone=tone),)

    def _narrow(self, name: str) -> None:
        """Only this township; a second time all again."""
        held = self.conditions.get(TOWNSHIP)
        if held is not None and held.values == (name,):
            self.conditions.pop(TOWNSHIP)
            self.reload()
        else:
            self.set_condition(Condition("township", "is", (name,)))

    def _point(self, record: str) -> None:
        line = next((each for each in self.listing.lines if each.id == record), None) if self.listing else None
        if line is not None:
            self.towns.map.set_here(line.texts.get("township", ""))
            self.towns.site.show_site(line.texts["name"], *self.standings.get(record, NONE))
