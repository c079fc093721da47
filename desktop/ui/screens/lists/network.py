"""The two goals of the recycling network as squares, and the townships as a map of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.actions.network import Goal, Township

from ...kit import look
from ...kit.detail import Figure
from ...kit.head import PaneHead
from ...kit.squares import UnitSquares
from ...kit.text import Rule, Text, column, row
from ...kit.tilemap import Tile, TileMap
from .sitedetail import Candidates, SiteDetail


class GoalStrip(QWidget):
    """84 px over the list: name, figure against the district's target, squares."""

    def __init__(self) -> None:
        super().__init__()
        self._across = row(self, [], gap=0)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(look.theme().control(84))

    def set_goals(self, goals: Sequence[Goal]) -> None:
        while self._across.count():
            old = self._across.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for goal in goals:
            of = f"/ {goal.target} 个" if goal.target is not None else "个，区级目标未设"
            figure = Figure(str(goal.full), of, before=goal.name)
            head = QWidget()
            row(head, [figure, Text(goal.city, size=12, ink="ink3")])
            squares = UnitSquares(goal.full, goal.half, goal.missing, dashed=goal.missing, label=goal.name)
            block = QWidget()
            column(block, [head, squares, None], gap=4, margins=(16, 10, 16, 6))
            self._across.addWidget(block, 1)
            self._across.addWidget(Rule("line2", upright=True))
        legend = QWidget()
        words = ("实心：计入，运营且通过认定", "半格：筹建，投运后计入", "虚线：未落实，还没有网点")
        column(
            legend, [None, *(Text(each, size=12, ink="ink2") for each in words), None], gap=3, margins=(16, 6, 16, 6)
        )
        self._across.addWidget(legend)


class TownshipPane(QWidget):
    """The map with what is missing in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.missing = Text("", size=12, ink="amber")
        self.head = PaneHead("街道、镇", "每格一个目标名额", [self.missing])
        self.map = TileMap()
        self.map.setToolTip("方向键在图上移动，空格只看该街道，再按一次看全部。")
        self.site, self.candidates = SiteDetail(), Candidates()
        column(
            self, [self.head, self.map, 2, self.site, 2, self.candidates, None], gap=6, margins=(16, 10, 16, 12)
        )  # fmt: skip

    def set_townships(self, towns: Sequence[Township], found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self.candidates.show_towns({each.name: each.missing for each in towns if each.missing}, found)
        rows = [each.row for each in towns] or [0]
        columns = [each.column for each in towns] or [0]
        self.map.set_tiles([
            Tile(
                each.name, each.name, each.column - min(columns), each.row - min(rows),
                ("full",) * each.full + ("half",) * each.half + ("dashed",) * each.missing,
                f"缺 {each.missing} 个" if each.missing else "筹建中" if each.half else "已满" if each.target else "",
                bool(each.missing),
            )
            for each in towns
        ])  # fmt: skip
        short = [each for each in towns if each.missing]
        lack = sum(each.missing for each in short)
        names = "、".join(each.name for each in short[:4]) + ("等" if len(short) > 4 else "")
        self.missing.setText(f"尚缺 {lack} 个：{names}" if short else "")
        self.missing.setVisible(bool(short))
