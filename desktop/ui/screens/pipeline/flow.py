"""回收网络按月: sites opened and closed, open at the end, and what they took in by goods."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.network_flow import Flow, flow
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys
from ...kit.head import PaneHead, ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, row

MONTHS = (
    Column("period", "月份", width=76, ink="ink"),
    Column("opened", "新开", "个", kind="number", width=56),
    Column("closed", "停用", "个", kind="number", width=56),
    Column("open", "月末运营", "个", kind="number", width=76),
    Column("counting", "其中计入目标", "个", kind="number", width=96),
    Column("names", "新开和停用的网点", width=320),
)


class FlowPage(QWidget):
    """The year of the period in the top bar, up to that period. `closed` asks for the list."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, frame: Frame, form: str = "site") -> None:
        super().__init__()
        del form
        self.frame = frame
        self.head = ScreenHead("回收网络按月", "", back=True)
        self.head.went_back.connect(self.closed)
        self.months = TableView(RowsModel(MONTHS), by_rows=True, numbered=False, name="months", label="各月新开和停用")
        self.goods = TableView(RowsModel([]), by_rows=True, numbered=False, name="goods", label="各品种回收量")
        self.notes = Text("", size=12, ink="amber", wrap=True)
        down = column(self, [self.head], gap=0)
        for head, table in (
            (PaneHead("新开和停用"), self.months),
            (PaneHead("回收量", "吨；按件计的另列台（辆）"), self.goods),
        ):
            down.addLayout(row(None, [head], margins=(16, 8, 16, 8)))
            down.addWidget(table, 1)
            down.addWidget(Rule("line2"))
        down.addLayout(row(None, [self.notes], margins=(16, 8, 16, 8)))
        keys.bind(self, "back", self.closed.emit)
        frame.period_changed.connect(lambda _: self.reload() if self.isVisible() else None)

    def panes(self) -> list[QWidget]:
        return [self.months, self.goods]

    def entered(self) -> None:
        self.reload()
        self.months.setFocus()

    def reload(self) -> None:
        last = Period.of(Period.parse(self.frame.period).last, "month").key
        first = f"{last[:4]}-01"
        self.frame.ask(lambda desk: flow(desk, first, last), lambda held: self._show(held, first, last))

    def _show(self, held: Flow, first: str, last: str) -> None:
        self.head.set_facts(f"{Period.parse(first).label}至{Period.parse(last).label}")
        rows = []
        for each in held.months:
            names = "、".join([*each.opened, *(f"{name}（停用）" for name in each.closed)])
            numbers = (len(each.opened), len(each.closed), each.open, each.counting)
            cells = [Cell(str(number) if number else "", Decimal(number)) for number in numbers]
            rows.append(Row(each.period, (Cell(each.period), *cells, Cell(names, tip=names))))
        self.months.model().set_rows(rows)
        periods = [each.period for each in held.months]
        columns = [Column("label", "品种", width=150, ink="ink", frozen=True)]
        columns += [Column(period, period[5:] + "月", kind="number", drop=len(periods) - place)
                    for place, period in enumerate(periods)]  # fmt: skip
        columns += [Column("tons", "合计", "吨", kind="number"), Column("units", "合计", "台（辆）", kind="number")]
        self.goods.model().set_columns(columns)
        made = []
        every = [tons for each in held.goods for tons, _ in each.months.values()]
        places = max((-int(tons.as_tuple().exponent) for tons in every), default=0)
        for each in held.goods:
            cells = [_tons(each.months.get(period, (Decimal(0), 0))[0], places) for period in periods]
            units = Cell(f"{each.units:,}" if each.units else "", Decimal(each.units))
            made.append(Row(each.code, (Cell(each.label), *cells, _tons(each.tons, places), units)))
        self.goods.model().set_rows(made or [Row("", (Cell("这几个月还没有填回收量"),), kind="span")])
        said = []
        if held.undated:
            said.append(f"没有建成日期，不计入任何月份：{'、'.join(held.undated)}")
        if held.silent:
            said.append(f"运营中而没有回收量：{'、'.join(held.silent)}")
        self.notes.setText("　".join(said))
        opened, closed = (sum(len(getattr(each, name)) for each in held.months) for name in ("opened", "closed"))
        self.frame.status(
            self, [f"新开 {opened} 个，停用 {closed} 个　回收 {sum((g.tons for g in held.goods), Decimal(0)):,} 吨"],
            [keys.phrase("next_pane"), keys.phrase("back")],
        )  # fmt: skip


def _tons(amount: Decimal, places: int) -> Cell:
    """Tons with as many decimals as the finest figure of the table has: one column, one way of writing."""
    return Cell(f"{amount:,.{places}f}" if amount else "", amount)
