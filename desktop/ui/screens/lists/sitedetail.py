"""Below the map: how the current site stands toward the goal, and which sites could fill what townships lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.actions.network import Need, Standing

from ...kit.head import PaneHead
from ...kit.text import MarkedText, Rule, Text, column, row

MARKS = {"full": "done", "half": "going", "none": "na"}


class SiteDetail(QWidget):
    """Hidden while no site is current."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.left = Text("", size=14), Text("", size=12, ink="ink3")
        self.state = MarkedText("na", " ")
        head = row(None, [self.name, self.state, self.left], gap=8)
        head.setStretch(1, 1)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(4)
        column(self, [Rule("line2"), 2, head, self.grid], gap=6)
        self.hide()

    def show_site(self, name: str, standing: Standing, needs: Sequence[Need]) -> None:
        self.name.setText(name)
        self.state.set_state(MARKS[standing.kind], standing.words)
        open_ = sum(not need.met for need in needs)
        closed = standing.words == "已停用"
        self.left.setText("已计入目标" if not open_ else "" if closed else f"还差 {open_} 项即可计入")
        _empty(self.grid)
        for place, need in enumerate(needs):
            mark = MarkedText("done" if need.met else "error", need.label, ink="ink")
            held = Text(need.held, ink="ink2" if need.met else "red")
            line = QWidget()
            row(line, [mark, held], gap=8).setStretch(0, 1)
            self.grid.addWidget(line, place // 2, place % 2)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.show()


class Candidates(QWidget):
    """缺额与候选: one line per township that lacks sites."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        column(self, [Rule("line2"), 2, PaneHead("缺额与候选", "还没有计入的网点里，谁能补上"), self.lines], gap=6)
        self.hide()

    def show_towns(self, lacking: Mapping[str, int], found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        while self.lines.count():
            old = self.lines.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for town, count in lacking.items():
            sites = "；".join(f"{name}：{lack}" for name, lack in found.get(town, []))
            words = Text(sites or "没有候选", ink="ink2" if sites else "ink3", wrap=True)
            line = QWidget()
            mark = MarkedText("soon", f"{town}　缺 {count} 个", ink="ink")
            row(line, [mark, words], gap=12).setStretch(1, 1)
            self.lines.addWidget(line)
        self.setVisible(bool(lacking))


def _empty(grid: QGridLayout) -> None:
    while grid.count():
        old = grid.takeAt(0).widget()
        if old is not None:
            old.hide()
            old.deleteLater()
