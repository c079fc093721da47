"""项目进度: stages with their investment, the rates, and the projects that lag, named by rule."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.pipeline import Lagging, Pipeline, Sums, pipeline
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys
from ...kit.detail import Figure
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import Rule, Text, column, ground, row

MONEY = (
    ("total", "总投资"), ("equipment", "设备投资"), ("plan", "年度计划"), ("ytd", "本年完成"), ("done", "累计完成"),
    ("arrived", "资金到位"), ("paid", "资金支付"),
)  # fmt: skip
RATES = (
    ("start_rate", "开工率", "已开工 ÷ 全部"), ("completion_rate", "完工率", "已完工 ÷ 全部"),
    ("done_rate", "投资完成率", "累计完成 ÷ 总投资"), ("plan_rate", "年度计划完成率", "本年完成 ÷ 年度计划"),
    ("arrived_rate", "资金到位率", "到位 ÷ 总投资"), ("paid_rate", "资金支付率", "支付 ÷ 到位"),
)  # fmt: skip
LATE = (
    Column("name", "项目名称", width=240, ink="ink"),
    Column("lags", "滞后在哪里", width=380),
    Column("enterprise", "项目单位", width=180, drop=2),
    Column("stage", "阶段", width=64, drop=3),
    Column("total", "总投资", "万元", kind="number", sums=True),
    Column("done", "累计完成", "万元", kind="number", sums=True),
    Column("last", "最近调度", width=76, drop=1),
    Column("authority", "行业主管部门", width=140, drop=4),
)


class PipelinePage(QWidget):
    """`wanted(id)` asks for a project, `closed` for the list."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, frame: Frame, form: str = "project") -> None:
        super().__init__()
        del form
        self.frame = frame
        self.held: Pipeline | None = None
        self.head = ScreenHead("项目进度", "", back=True)
        self.head.went_back.connect(self.closed)
        self.rates = {name: Figure("—", "") for name, _, _ in RATES}
        blocks: list[QWidget | int | None] = []
        for name, label, how in RATES:
            block = QWidget()
            column(block, [Text(label, size=12, ink="ink2"), self.rates[name], Text(how, size=12, ink="ink3")], gap=2)
            blocks += [block, 24]
        strip = ground(QWidget(), "panel")
        row(strip, [*blocks, None], gap=0, margins=(16, 10, 16, 10))
        columns = [Column("stage", "阶段", width=92, ink="ink"), Column("count", "个数", kind="number", width=56)]
        columns += [Column(name, label, "万元", kind="number") for name, label in MONEY]
        self.stages = TableView(RowsModel(columns), by_rows=True, numbered=False, name="stages", label="各阶段投资")
        self.by = TabRow([Tab("", "全部滞后")], here="", name="lag_rule")
        self.by.setAccessibleName("滞后原因")
        self.by.picked.connect(self._pick)
        self.late = TableView(RowsModel(LATE), by_rows=True, name="lagging", label="滞后项目")
        self.late.opened.connect(self.wanted)
        down = column(self, [self.head, strip, Rule("line2"), self.stages, 12, self.by], gap=0)
        down.addWidget(self.late, 1)
        keys.bind(self, "back", self.closed.emit)
        frame.period_changed.connect(lambda _: self.reload() if self.isVisible() else None)
        frame.bridge.changed.connect(lambda: self.reload() if self.isVisible() else None)

    def panes(self) -> list[QWidget]:
        return [self.stages, self.by, self.late]

    def entered(self) -> None:
        self.reload()
        self.late.setFocus()

    def month(self) -> str:
        """The last month of the period in the top bar."""
        period = Period.parse(self.frame.period)
        return Period.of(period.last, "month").key

    def reload(self) -> None:
        at = self.month()
        self.frame.ask(lambda desk: pipeline(desk, at), self._show)

    def _show(self, held: Pipeline) -> None:
        self.held = held
        label = Period.parse(held.period).label
        exited = f"，另有 {held.exited} 个已退出或未入库" if held.exited else ""
        self.head.set_facts(f"截至{label}，阶段按现在　项目 {held.whole.count} 个（不含终止）{exited}")
        for name, _, _ in RATES:
            rate = getattr(held, name)
            self.rates[name].set_value("—" if rate is None else str(rate), "" if rate is None else "%")
        rows = [_stage_row(each.code, each.label, each.sums) for each in held.stages]
        rows.append(_stage_row("whole", "合计（不含终止）", held.whole))
        self.stages.model().set_rows(rows)
        head = self.stages.horizontalHeader().sizeHint().height()
        self.stages.setFixedHeight(head + sum(self.stages.rowHeight(place) for place in range(len(rows))) + 2)
        tabs = [Tab("", "全部滞后", len(held.lagging))]
        tabs += [Tab(rule, label, count) for rule, label, count in held.rules]
        here = self.by.here if self.by.here in [tab.name for tab in tabs] else ""
        self.by.set_tabs(tabs)
        self.by.set_here(here)
        self._fill_late()

    def _pick(self, rule: str) -> None:
        self.by.set_here(rule)
        self._fill_late()

    def _fill_late(self) -> None:
        if self.held is None:
            return
        rule = self.by.here
        shown = [each for each in self.held.lagging if not rule or any(lag.rule == rule for lag in each.lags)]
        rows = [_late_row(each, rule) for each in shown]
        self.late.model().set_rows(rows or [Row("", (Cell("没有滞后的项目", mark="done"),), kind="span")])
        if rows:
            self.late.select_key(rows[0].key)
        total = sum((each.total for each in shown), Decimal(0))
        self.frame.status(
            self, [f"滞后 {len(shown)} 个　总投资 {total:,.2f} 万元"],
            [keys.phrase("home_open", "打开"), keys.phrase("next_pane"), keys.phrase("back")],
        )  # fmt: skip


def _wan(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-6)


def _stage_row(key: str, label: str, sums: Sums) -> Row:
    amounts = [_wan(getattr(sums, name)) for name, _ in MONEY]
    cells = [Cell(f"{amount:,.2f}" if amount else "", amount) for amount in amounts]
    return Row(key, (Cell(label), Cell(str(sums.count) if sums.count else ""), *cells))


def _late_row(each: Lagging, rule: str) -> Row:
    said = [lag for lag in each.lags if not rule or lag.rule == rule]
    words = "；".join(lag.words for lag in said)
    more = len(each.lags) - len(said)
    cells = (
        Cell(each.name, tip=each.name), Cell(words + (f"（另有 {more} 处）" if more else ""), mark="late", tip=words),
        Cell(each.enterprise, tip=each.enterprise), Cell(each.stage), Cell(f"{each.total:,.2f}", each.total),
        Cell(f"{each.done:,.2f}", each.done), Cell(each.last or "从未"), Cell(each.authority),
    )  # fmt: skip
    return Row(each.id, cells)
