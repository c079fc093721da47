"""The third pane of a wide first page: what each unit has given for the period, and how the townships stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.network import Township
from desktop.actions.rounds_answered import UnitAnswer
from desktop.model.periods import Period

from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column

UNITS = (
    Column("unit", "单位", width=180, ink="ink"), Column("share", "已报", width=110, kind="ratio"),
    Column("count", "应报", width=54), Column("state", "是否交齐", width=110),
)  # fmt: skip
TOWNS = (
    Column("town", "街道、镇", width=190, ink="ink"), Column("sites", "网点", width=164),
    Column("state", "目标名额", width=90),
)  # fmt: skip
MOST = 19  # rows of units before the list scrolls by itself


class ReturnsPane(QWidget):
    """`opened(unit)` when a unit is chosen: its reports; `town(name)` for a township: its sites."""

    opened = Signal(str)
    town = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.units_head, self.towns_head = PaneHead("各单位填报"), PaneHead("街道、镇", "现代化回收网点")
        self.units = self._table(UNITS, "returns", "各单位填报")
        self.towns = self._table(TOWNS, "towns", "街道、镇")
        column(
            self, [self.units_head, self.units, 6, self.towns_head, self.towns], gap=8, margins=(16, 12, 16, 8)
        ).setStretch(4, 1)  # fmt: skip
        self.units.opened.connect(self.opened)
        self.towns.opened.connect(self.town)

    def _table(self, columns: tuple[Column, ...], name: str, label: str) -> TableView:
        made = TableView(
            RowsModel(columns), by_rows=True, numbered=False, column_lines=False, name=name, label=label, pad=0
        )
        made.horizontalHeader().hide()
        made.frozen.horizontalHeader().hide()
        return made

    def show_all(self, units: Sequence[UnitAnswer], towns: Sequence[Township], period: str) -> None:
        asked, told = sum(each.owed for each in units), sum(each.given for each in units)
        self.units_head.title.setText(f"各单位{Period.parse(period).label}填报")
        self.units_head.note.setText(f"应报 {asked} 项，已报 {told} 项")
        self.units.model().set_rows(
            [_unit(each) for each in units] or [Row("", (Cell("还没有应报单位，请先在“任务台账”里分工"),), kind="span")]
        )
        rows = max(1, min(len(units), MOST))
        self.units.setFixedHeight(rows * self.units.verticalHeader().defaultSectionSize() + 2)
        self.towns.model().set_rows(
            [_town(each) for each in sorted(towns, key=lambda town: -town.missing)]
            or [Row("", (Cell("还没有录入街道、镇"),), kind="span")]
        )


def _unit(held: UnitAnswer) -> Row:
    left = held.owed - held.given
    if not left:
        state = Cell("已交齐", mark="done", tone="green")
    elif held.overdue:
        state = Cell(f"逾期差 {left} 项", mark="late", tone="red")
    else:
        state = Cell(f"差 {left} 项", mark="soon", tone="amber")
    share = Cell(str(held.given), ratio=held.given / held.owed)
    return Row(held.unit, (Cell(held.unit, tip=held.unit), share, Cell(f"共 {held.owed}", tone="ink3"), state))


def _town(held: Township) -> Row:
    if held.missing:
        state = Cell(f"缺 {held.missing} 个", mark="soon", tone="amber")
    elif held.half:
        state = Cell("筹建中", mark="going")
    else:
        state = Cell("已满", mark="done", tone="green") if held.target else Cell("未设目标", mark="na", tone="ink3")
    return Row(held.name, (held.name, f"计入 {held.full}，筹建 {held.half}", state))
