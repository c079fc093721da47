"""The right side of the first page: goals as squares, six indicators as lines, changes since the last sign-in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.actions.home import Plot
from desktop.actions.home_changes import ChangedGroup
from desktop.actions.network import Goal
from desktop.model.periods import Period

from ...kit import look
from ...kit.detail import Figure
from ...kit.head import PaneHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.spark import Spark
from ...kit.squares import UnitSquares
from ...kit.table import TableView
from ...kit.text import Text, column
from ...wording import action_words, when_words

CHANGES = (Column("when", "时间", width=150), Column("who", "谁", width=84), Column("what", "更改", ink="ink"))
PLOT = 180  # px at 标准 below which a plot's words are cut: then two stand in a line instead of three
SHORT = {
    "规模以上工业企业关键工序数控化率": "关键工序数控化率", "城镇公共供水管网漏损率": "公共供水管网漏损率",
    "规模以上工业企业数字化研发设计工具普及率": "数字化研发设计工具普及率",
}  # fmt: skip


class GoalBlock(QWidget):
    """Name, the figure against the district's target, squares, and the words below them."""

    def __init__(self, goal: Goal) -> None:
        super().__init__()
        of = f"/ {goal.target} 个" if goal.target is not None else "个"
        figure = Figure(str(goal.full), of, before=goal.name)
        squares = UnitSquares(goal.full, goal.half, goal.missing, label=goal.name)
        parts = [f"已计入 {goal.full}"]
        parts += [f"{word} {count}" for word, count in (("筹建", goal.half), ("未落实", goal.missing)) if count]
        parts += ["区级目标未设"] if goal.target is None else []
        self.words = f"{'，'.join(parts)}。{goal.city.replace('，', '')}。"
        column(self, [figure, squares, Text(self.words, size=12, ink="ink3", wrap=True), None], gap=4)

    def wanted(self) -> int:
        """Width at which the words below the squares stay on one line."""
        return look.width(self.words, 12)


class Figures(QWidget):
    """`asked(form, record)` when a figure is chosen, `group(changed)` for what somebody changed."""

    asked = Signal(str, str)
    group = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.goals, self.sparks = QGridLayout(), QGridLayout()
        self.sparks.setHorizontalSpacing(24)
        self.sparks.setVerticalSpacing(10)
        self.goals.setHorizontalSpacing(24)
        self.plots_head = PaneHead("指标")
        self.none = Text("还没有录入指标完成值。在“指标”里打开一项，填目标和每月完成值。", ink="ink2", wrap=True)
        self.changes_head = PaneHead("上次登录以来")
        self.changes = TableView(
            RowsModel(CHANGES),
            by_rows=True,
            numbered=False,
            column_lines=False,
            name="changes",
            label="上次登录以来",
            pad=0,
        )
        self.changes.horizontalHeader().hide()
        self.changes.opened.connect(self._opened)
        self._groups: dict[str, ChangedGroup] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 12, 16, 8)
        down.setSpacing(8)
        down.addLayout(self.goals)
        down.addSpacing(6)
        down.addWidget(self.plots_head)
        down.addWidget(self.none)
        down.addLayout(self.sparks)
        down.addSpacing(6)
        down.addWidget(self.changes_head)
        down.addWidget(self.changes, 1)

    def show_all(
        self, goals: list[Goal], plots: list[Plot], changes: list[dict[str, Any]], groups: list[ChangedGroup],
        last: str, today: str, period: str,
    ) -> None:  # fmt: skip
        _empty(self.goals)
        _empty(self.sparks)
        for place, goal in enumerate(goals):
            block = GoalBlock(goal)
            self.goals.addWidget(block, 0, place)
            self.goals.setColumnStretch(place, block.wanted())
        year = Period.parse(period).year
        self.plots_head.note.setText(f"{year}年，虚线为目标" if plots else "")
        self.none.setVisible(not plots)
        high = 44 if self.window().height() < 900 else 96
        across = 3 if self.width() >= look.theme().px(PLOT) * 3 else 2
        for place, plot in enumerate(plots[: 2 * across]):
            aim = plot.target_words
            spark = Spark(
                SHORT.get(plot.name, plot.name), plot.values, plot.target, value=plot.last, unit=plot.unit, aim=aim,
                lower=plot.lower, high=high,
            )  # fmt: skip
            self.sparks.addWidget(spark, place // across, place % across)
        for place in range(3):
            self.sparks.setColumnStretch(place, 1 if place < across else 0)
        self._changes(changes, groups, last, today)

    def _opened(self, key: str) -> None:
        if key in self._groups:
            self.group.emit(self._groups[key])

    def _changes(self, changes: list[dict[str, Any]], groups: list[ChangedGroup], last: str, today: str) -> None:
        said = f"{when_words(last, today)} 之后 {len(changes)} 次更改" if last else f"{len(changes)} 次更改"
        self.changes_head.note.setText(said)
        rows = [
            Row(str(row["action"]), (Cell(when_words(row["at"], today), tone="ink3"), Cell(row["who"]), _what(row)))
            for row in changes
        ]
        self._groups = {f"group.{place}": each for place, each in enumerate(groups)}
        others = [
            Row(key, (
                Cell("他人更改", mark="changed"), Cell(each.who, tip=each.who),
                Cell(f"{each.title} {len(each.records)} 条", tip="、".join(label for _, label in each.records[:8])),
            ))
            for key, each in self._groups.items()
        ]  # fmt: skip
        self.changes.model().set_rows([*others, *rows] or [Row("", (Cell("没有更改"),), kind="span")])


def _what(row: dict[str, Any]) -> Cell:
    words = action_words(row)
    return Cell(words, tip=words)


def _empty(grid: QGridLayout) -> None:
    while grid.count():
        widget = grid.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
