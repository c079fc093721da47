"""The right side of one indicator: periods to fill in, the split with its sums, the records behind a figure."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.indicators_page import Entry, IndicatorPage, YearSplit

from ...kit.empty import Empty
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import Rule, column, ground

JUDGED = {"met": "已达到", "going": "推进中", "not_met": "未达到"}


def entry_columns(kind: str, may: bool) -> list[Column]:
    """The columns of the periods; a qualitative indicator is judged, not counted."""
    if kind == "qualitative":
        return [
            Column("label", "填报时间", width=120, ink="ink"), Column("judged", "判断", width=80, editable=may),
            Column("said", "情况", editable=may), Column("more", "说明", width=90),
        ]  # fmt: skip
    return [
        Column("label", "填报时间", width=120, ink="ink"),
        Column("value", "填报数", kind="number", width=86, editable=may),
        Column("reference", "对照值", kind="number", width=76, editable=may, drop=2),
        Column("figure", "完成值", kind="number", width=84, drop=1), Column("more", "说明"),
    ]  # fmt: skip


def entry_row(each: Entry, kind: str) -> Row:
    more = "；".join(filter(None, (each.status, *each.corrected, each.note)))
    mark = {"未报": "soon", "未到发布期": "waiting"}.get(each.status, "changed" if each.corrected else "")
    last = Cell(more, mark=mark, tip=more)
    if kind == "qualitative":
        return Row(each.period, (Cell(each.label), Cell(JUDGED.get(each.judged, "")), Cell(each.said), last))
    cells = (Cell(each.label), Cell(each.typed), Cell(each.reference), Cell(each.figure, tip=each.figure), last)
    return Row(each.period, cells)


SPLIT = [
    Column("unit", "单位", width=190, ink="ink"), Column("value", "目标", kind="number", width=86, editable=True),
    Column("figure", "完成值", kind="number", width=86), Column("completion", "完成率", kind="number", width=76),
    Column("rest", ""),
]  # fmt: skip


def split_rows(splits: tuple[YearSplit, ...]) -> list[Row]:
    """Year by year: the district's target, every unit's, and whether the sum agrees."""
    rows = []
    for each in splits:
        target = f"区级目标 {each.target}" if each.target else "区级目标没有填"
        rows.append(Row(f"year-{each.year}", (Cell(f"{each.year}年　{target}", tone="ink"),), kind="span"))
        for share in each.shares:
            texts = (share.unit, share.target, share.figure, share.completion, " ")
            rows.append(Row(share.record, tuple(Cell(text, tip=text.strip()) for text in texts)))
        tone = "red" if each.adds_up is False else "green" if each.adds_up else "ink3"
        rows.append(Row(f"sum-{each.year}", (Cell(each.words, tone=tone),), kind="span"))
    return rows


class Sides(QWidget):
    """`entered(period, column, text)`, `aimed(target record, text)`, `wanted(form, record)` to open a record."""

    entered = Signal(str, str, str)
    aimed = Signal(str, str)
    wanted = Signal(str, str)

    def __init__(self, may: bool) -> None:
        super().__init__()
        ground(self, "panel")
        self.may, self.kind, self.form = may, "", ""
        self.tabs = TabRow([Tab("entries", "各期"), Tab("split", "目标分解")], here="entries", name="indicator_tabs")
        self.entries = TableView(
            RowsModel(entry_columns("", may)), name="entries", label="各期的数", numbered=False
        )  # fmt: skip
        split = SPLIT if may else [Column(**{**vars(each), "editable": False}) for each in SPLIT]
        self.split = TableView(RowsModel(split), name="split", label="目标分解", numbered=False)
        self.records = TableView(
            RowsModel([Column("name", "记录", ink="ink")]), by_rows=True, name="behind", label="计入的记录"
        )
        self.none = Empty("inbox", "没有分解目标", "按“加目标…”把区级目标和部门、街镇的目标填进来。", [])
        self.middle = QStackedWidget()
        for widget in (self.entries, self.split, self.records, self.none):
            self.middle.addWidget(widget)
        column(self, [self.tabs, Rule("line2")], gap=0).addWidget(self.middle, 1)
        self.tabs.picked.connect(self._turn)
        self.entries.model().edited.connect(self.entered)
        self.split.model().edited.connect(lambda record, _, text: self.aimed.emit(record, text))
        self.split.opened.connect(lambda record: self.wanted.emit("target", record))
        self.records.opened.connect(lambda record: self.wanted.emit(self.form, record))

    def table(self) -> QWidget:
        return self.middle.currentWidget()

    def turn(self, name: str) -> None:
        """Show a tab and put the focus on what it holds."""
        self.tabs.set_here(name)
        self._turn(name)
        self.table().setFocus()

    def _turn(self, name: str) -> None:
        held = {"entries": self.entries, "split": self.split, "behind": self.records}[name]
        empty = name == "split" and not self.split.model().rowCount()
        self.middle.setCurrentWidget(self.none if empty else held)

    def show_page(self, page: IndicatorPage) -> None:
        """Fill the tables; what was current stays current."""
        self.kind = page.line.kind
        held, at = self.entries.current_row(), self.entries.currentIndex().column()
        self.entries.model().set_columns(entry_columns(self.kind, self.may))
        self.entries.model().set_rows([entry_row(each, self.kind) for each in page.entries])
        here = held.key if held is not None else page.line.own
        if self.entries.model().place_of(here) < 0:
            here = page.line.own
        place = self.entries.model().place_of(here)
        if place >= 0:
            self.entries.setCurrentIndex(self.entries.model().index(place, at if at > 0 else 1))
        self.split.model().set_rows(split_rows(page.splits))
        bad = any(each.adds_up is False for each in page.splits)
        tabs = [Tab("entries", "各期"), Tab("split", "目标分解", mark="soon" if bad else "")]
        if page.behind is not None:
            self.form = page.behind.form
            named = zip(page.behind.ids, page.behind.labels, strict=True)
            rows = [Row(record, (Cell(label),)) for record, label in named]
            self.records.model().set_rows(rows or [Row("", (Cell("没有计入的记录"),), kind="span")])
            tabs.append(Tab("behind", "计入的记录", len(page.behind.ids), "soon" if page.behind.differs else ""))
        self.tabs.set_tabs(tabs)
        self._turn(self.tabs.here)
