"""The gallery's list: invented projects, to look at heads, frozen columns, bars, marks and sums."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from . import keys
from .buttons import KeyButton
from .chips import ChipRow
from .head import ScreenHead
from .lines import LineField
from .rows import Cell, Column, Row, RowsModel
from .status import Note, StatusLine
from .table import TableView
from .tabs import Tab, TabRow
from .text import column

COLUMNS = (
    Column("name", "项目名称", width=222, ink="ink", frozen=True, editable=True),
    Column("owner", "项目单位", width=193, drop=3),
    Column("sector", "领域", width=61, filtered=True),
    Column("stage", "阶段", width=62, filtered=True),
    Column("total", "总投资", "万元", 97, "number", sums=True, sort="down", filtered=True, editable=True),
    Column("equipment", "设备投资", "万元", 97, "number", sums=True, editable=True),
    Column("paid", "累计完成", "万元", 96, "number", sums=True, editable=True),
    Column("ratio", "完成率", "%", 101, "ratio"),
    Column("start", "开工", "年月", 83, drop=2),
    Column("finish", "竣工", "年月", 84),
    Column("updated", "更新", "日期", 66),
)
DATA = """轧机主传动变频改造 示例特钢有限公司 工业 9870 8800 6909 2025-10 2027-02 11-22
热电2号机组辅机更新 示例热力有限公司 能源 8900 7300 3560 2026-03 2027-09 11-22
数字化冲压整车间改造 示例汽车零部件有限公司 工业 7640 6880 5348 2025-11 2027-01 11-23
制氧空压机组更新 示例特钢有限公司 能源 6420 5900 1926 2026-06 2027-12 11-22
五轴龙门加工中心更新 示例机床制造有限公司 工业 6150 5900 4020 2026-01 2026-12 11-21
储能电站电池簇更换 样例新能源有限公司 能源 5200 4700 1560 2026-06 2027-06 11-17
重卡车架智能焊接线改造 示例重工有限公司 工业 4800 3680 2650 2026-03 2027-02 11-20
供热管网泵组与换热器更新 示例热力有限公司 能源 4460 3520 2230 2026-05 2027-10 11-21
轮胎硫化机群更新 示例橡胶制品有限公司 工业 3980 3600 1990 2026-04 2027-04 11-20
窑炉富氧燃烧与脱硝更新 范例建材有限公司 工业 3350 2790 670 2026-09 2027-08 10-29
锅炉低氮与余热回收改造 样本锅炉有限公司 能源 3200 2610 1180 2026-05 2027-03 11-23
乳品灌装整生产线换新 示例泉润食品有限公司 工业 2880 2440 960 2026-06 2027-04 10-27"""


def rows() -> list[Row]:
    made = []
    for number, line in enumerate(DATA.splitlines() * 3, start=1):
        name, owner, sector, total, equipment, paid, start, finish, updated = line.split()
        late = updated.startswith("10-")
        share = Decimal(paid) / Decimal(total)
        clash = number == 11
        money = [Cell(f"{Decimal(v):,.2f}", Decimal(v)) for v in (total, equipment, paid)]
        if clash:
            money[2] = Cell(money[2].text, money[2].value, mark="conflict", tone="amber")
        made.append(
            Row(
                str(number),
                (Cell(name), Cell(owner), Cell(sector), Cell("在建"), *money,
                 Cell(f"{share * 100:.0f}", ratio=float(share)), Cell(start), Cell(finish),
                 Cell(updated, tone="amber" if late else "")),
                mark="soon" if late else "conflict" if clash else "",
            )
        )  # fmt: skip
    return made


class ListPage(QWidget):
    """A list screen made of the kit's parts only."""

    def __init__(self, status: StatusLine) -> None:
        super().__init__()
        self._status = status
        head = ScreenHead(
            "项目清单", "128 个，总投资 31.42 亿元",
            [KeyButton("列", icon="columns-3"), KeyButton("导出", icon="download"), KeyButton("打印", icon="printer"),
             KeyButton("新建项目", icon="plus", key="new", kind="main")], rule=False,
        )  # fmt: skip
        tabs = TabRow([
            Tab("all", "全部", 128), Tab("big", "千万以上在建", 29), Tab("stale", "本月未更新", 9, "soon"),
            Tab("funds", "资金合计不符", 3, "error"), Tab("claim", "可申报技改补贴", 21),
            Tab("open", "有冲突", 1, "conflict"),
        ], here="big")  # fmt: skip
        tabs.add_right(KeyButton("另存视图", icon="bookmark", kind="text"))
        chips = ChipRow([("stage", "阶段：在建"), ("sector", "领域：工业、能源"), ("total", "总投资 ≥ 1,000 万元")])
        chips.add_after(KeyButton("添加条件", icon="plus", kind="text", key="add_condition"))
        find = LineField("filter", "在结果中查找", left_icon="search", placeholder="在结果中查找", width=200)
        find.box.right_hint = keys.hint("filter")
        find.refresh()
        find.setFixedWidth(200)
        find.box.refit()
        chips.add_right(find)
        self.table = TableView(RowsModel(COLUMNS, rows()), name="projects", label="项目清单")
        column(self, [head, tabs, chips, self.table], gap=0)
        self.table.sums_changed.connect(self._sums)

    def panes(self) -> list[QWidget]:
        return [self.table]

    def _sums(self, count: int, cells: int, sums: list[tuple[str, str, Decimal]]) -> None:
        notes: list[Note | str] = [Note("显示 29 / 128 个，总投资", "92,945.00", "万元")]
        for place, (title, unit, total) in enumerate(sums):
            notes.append(Note(f"选中 {count} 行：{title}" if not place else title, f"{total:,.2f}", unit))
        self._status.show_notes(notes)
        self._status.show_keys([keys.phrase("edit", "编辑"), keys.phrase("copy"), keys.phrase("next_pane")])
