"""The gallery's figures: squares, plots, tiles, stations, tree, grouped rows, facts. All of it is invented."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from .detail import Facts, Figure, Pane
from .head import PaneHead, ScreenHead
from .rows import Cell, Column, Row, RowsModel
from .spark import Spark
from .squares import UnitSquares
from .stations import StateLine, Station
from .table import TableView
from .text import MarkedText, Rule, Text, column, row
from .tilemap import Tile, TileMap
from .tree import Node, TreeList

NODES = (
    Node("all", "全部任务", 60),
    Node("goals", "一、工作目标", 8),
    Node(
        "two",
        "二、多领域设备更新",
        28,
        (Node("a", "（一）工业装备更新改造", 3), Node("b", "（二）能源设备更新改造", 2)),
        open=True,
    ),
    Node("three", "三、多维度以旧换新", 6, (Node("c", "（一）汽车以旧换新", 2),)),
    Node("units", "按单位", head=True),
    Node("u1", "区发展和改革局", 12),
    Node("u2", "区商务局", 7),
)
ROWS = (
    Row("g1", (Cell("（十七）做优做强特色品牌"),), kind="span"),
    Row("41", ("41", "实施质量强市和品牌战略", "区工信局", "12月31日", Cell("已完成", mark="done", tone="green"))),
    Row("g2", (Cell("（十八）完善废旧物资回收体系"),), kind="span"),
    Row("42", ("42", "健全再生资源回收网络", "区商务局", Cell("11月30日", tone="amber"), Cell("推进中", mark="going"))),
    Row("38", ("38", "不断塑造信息技术新优势", "区工信局", "", Cell("不适用", mark="na")), quiet=True),
    Row("43", ("43", "创新废旧物资回收模式", "区发改局", Cell("12月15日"), Cell("滞后", mark="late", tone="red"))),
)


def _plots() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(16)
    rising = [1.5, 1.53, 1.56, 1.6, 1.66, 1.7, 1.74, 1.8, 1.85, 1.92, 1.99]
    falling = [9.4, 9.2, 9.2, 9.0, 8.8, 8.7, 8.5, 8.4, 8.3, 8.4, 8.6]
    plots = (
        Spark("示例保有量", rising, 2.6, value="1.99", unit="万辆", aim="2027年底 2.60"),
        Spark("示例回收量", [v * 400 for v in rising], 900, value="830", unit="辆", aim="年底 900"),
        Spark("示例漏损率", falling, 8.0, value="8.6%", lower=True, fault="连升 2 月"),
    )
    for place, plot in enumerate(plots):
        grid.addWidget(plot, 0, place)
    return grid


def _tiles() -> TileMap:
    spots = {"长风镇": (1, 0), "听松镇": (2, 0), "青禾镇": (0, 1), "晴溪街道": (1, 1), "星河街道": (2, 1)}
    made = []
    for name, (x, y) in spots.items():
        short = name in ("长风镇", "青禾镇")
        squares = ("dashed",) if short else ("full", "half") if name.endswith("街道") else ("full",)
        words = "缺 1 个" if short else "筹建中" if "half" in squares else "已满"
        made.append(Tile(name, name, x, y, squares, words, short))
    map_ = TileMap(made)
    map_.set_here("晴溪街道")
    return map_


class FiguresPage(QWidget):
    """Everything that is neither a form nor the big list."""

    def __init__(self) -> None:
        super().__init__()
        stations = StateLine([
            Station("草稿", "李示例 11月20日 17:05", "done"), Station("已审核", "赵示例 11月24日 09:20", "done"),
            Station("签名", "待签", "going"), Station("送达", "U 盘"), Station("接收", "市级回执"),
        ])  # fmt: skip
        self.tree = TreeList(NODES, label="任务分类")
        self.tree.setFixedWidth(204)
        self.tree.select_key("all")
        columns = [
            Column("no", "序号", width=56, ink="ink"), Column("task", "重点任务", width=211, ink="ink"),
            Column("unit", "牵头单位", width=84), Column("due", "本月节点", width=74),
            Column("state", "状态", width=75),
        ]  # fmt: skip
        self.table = TableView(
            RowsModel(columns, ROWS), by_rows=True, numbered=False, column_lines=False, name="tasks", label="任务"
        )
        self.table.setFixedWidth(500)
        self.table.select_key("42")
        right = Pane(gap=10, scroll=True)
        sites = [Figure("9", "/ 14 个", before="现代化回收网点"), UnitSquares(9, 3, 2, dashed=2)]
        right.add(*sites, Text("已计入 9，筹建 3，未落实 2。2027年全市 120 个。", size=12, ink="ink2"))
        right.add(PaneHead("指标", "2026年1—11月，虚线为目标"))
        right.down.addLayout(_plots())
        right.add(Rule(), PaneHead("街道、镇", "每格一个目标名额"), _tiles(), Rule())
        right.add(
            Facts([("牵头单位", "区商务局、区供销社"),
                   ("工作措施", "街道、镇落实用地，供销社牵头布点，每月核对两项条件。"),
                   ("本月节点", MarkedText("soon", "11月30日，还有 6 天"))])
        )  # fmt: skip
        right.end()
        line = QWidget()
        column(line, [stations], margins=(20, 12, 20, 8))
        work = QWidget()
        across = row(work, [self.tree, Rule(upright=True), self.table, Rule(upright=True), right], gap=0)
        across.setStretch(4, 1)
        layout = column(self, [ScreenHead("图形", "点数、走势、分布"), line, Rule(), work], gap=0)
        layout.setStretch(3, 1)

    def panes(self) -> list[QWidget]:
        return [self.table, self.tree]
