"""数字来源 beside the pages: pick a figure, see its records, Enter opens one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions.tracing import Traced

from ...frame import Frame
from ...kit import look
from ...kit.head import PaneHead
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Text, column, ground

WIDE = 430


class SourcesPane(QWidget):
    """`show_figures(figures)`; `opened(form, id)` is called when a record is to be shown."""

    def __init__(self, frame: Frame, opened: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self.frame, self._opened = frame, opened
        self.figures: list[Traced] = []
        self.setFixedWidth(look.theme().control(WIDE))
        self.wanted = LineField("wanted", "查找", placeholder="位置、名称或数字")
        self.wanted.setAccessibleName("查找数字")
        self.model = RowsModel(
            [
                Column("text", "数字", width=94, ink="ink"), Column("label", "名称", width=96),
                Column("place", "在纸面上", width=160), Column("count", "记录", width=46, kind="number"),
            ]
        )  # fmt: skip
        self.list = TableView(self.model, by_rows=True, name="figures", label="纸面上的数字")
        self.behind = RowsModel([Column("label", "记录", width=250, ink="ink"), Column("form", "种类", width=110)])
        self.records = TableView(self.behind, by_rows=True, name="figure_records", label="数字背后的记录")
        self.told = Text("Enter 打开记录", ink="ink2", cut=True)
        parts = [PaneHead("数字来源"), self.wanted, self.list, self.told, self.records]
        down = column(self, parts, gap=6, margins=(10, 4, 10, 8))
        down.setStretch(2, 3)
        down.setStretch(4, 2)
        self.wanted.changed.connect(lambda _: self._fill())
        self.list.chosen.connect(self._picked)
        self.list.opened.connect(lambda _: self._into())
        self.records.opened.connect(self._open)

    def show_figures(self, figures: list[Traced]) -> None:
        self.figures = figures
        self._fill()

    def _fill(self) -> None:
        wanted = (self.wanted.value() or "").strip()
        rows = [
            Row(str(place), (Cell(each.text), Cell(each.label), Cell(each.place), Cell(str(len(each.sources)))))
            for place, each in enumerate(self.figures)
            if wanted in f"{each.place}　{each.label}　{each.text}"
        ]
        self.model.set_rows(rows)
        self.behind.set_rows([])
        self.told.setText("没有这样的数字" if not rows else "选一个数字，看它来自哪些记录")
        if rows:
            self.list.select_key(rows[0].key)

    def _picked(self, key: str) -> None:
        one = self.figures[int(key)]
        forms = self.frame.forms
        self.behind.set_rows(
            [
                Row(f"{each.form}\n{each.record}", (Cell(each.label), Cell(forms[each.form].title)))
                for each in one.sources
            ]
        )
        count = len(one.sources)
        self.told.setText(f"来自 {count} 条记录，Enter 打开" if count else "这个数字背后没有记录（例如 0 项）")

    def _into(self) -> None:
        """From a figure to its records; a single one is opened at once."""
        if self.behind.rowCount() == 1:
            self._open(self.behind.row_at(0).key)
        elif self.behind.rowCount():
            self.records.setFocus()
            self.records.select_key(self.behind.row_at(0).key)

    def _open(self, key: str) -> None:
        form, _, record = key.partition("\n")
        self._opened(form, record)
