"""The place 申报批次: the batches by deadline, one batch with its ranked projects, and its form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.actions.batches import Batch, batches
from desktop.actions.listing import Line

from ...frame import Frame
from ...kit.rows import Cell, Column
from ..lists.page import ListPage
from ..lists.place import ListPlace
from .page import BatchPage

NAMES = ["name", "fund", "deadline", "result", "doc_no", "amount"]
WIDTHS = {"name": 260, "fund": 110, "deadline": 84, "result": 150, "doc_no": 150}


class BatchList(ListPage):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "batch")
        self.by, self.names = "fund", list(NAMES)
        self.held: dict[str, Batch] = {}

    def more(self, desk: Any) -> dict[str, Batch]:
        return {each.id: each for each in batches(desk)}

    def show_more(self, more: dict[str, Batch]) -> None:
        self.held = more

    def extra_columns(self) -> list[Column]:
        return [
            Column("due", "截止情况", width=130), Column("projects", "项目", "个", kind="number", width=56),
            Column("asked", "申请资金", "万元", kind="number", sums=True), Column("faults", "核对", width=150),
        ]  # fmt: skip

    def shape(self, columns: list[Column]) -> list[Column]:
        return [
            replace(each, width=WIDTHS.get(each.name, each.width), editable=False, frozen=each.name == "name")
            for each in columns
        ]

    def extra_cells(self, line: Line) -> tuple[Cell, ...]:
        held = self.held.get(line.id)
        if held is None:
            return ()
        return (
            due_cell(held), Cell(str(len(held.projects)) if held.projects else ""),
            Cell(f"{held.asked:,.2f}" if held.asked else "", held.asked), findings_cell(held),
        )  # fmt: skip


def due_cell(held: Batch) -> Cell:
    """The deadline in words, with its mark."""
    if held.days is None:
        return Cell(held.due, mark="done" if held.due else "")
    if held.days < 0:
        return Cell(held.due, mark="late", tone="red")
    return Cell(held.due, mark="soon" if held.days <= 7 else "")


def findings_cell(held: Batch) -> Cell:
    if held.faults:
        return Cell(f"{held.faults} 个不能申报", mark="error", tone="red")
    if held.warnings:
        return Cell(f"{held.warnings} 个有提醒", mark="soon", tone="amber")
    return Cell("无问题" if held.projects else "", mark="done" if held.projects else "")


class BatchPlace(ListPlace):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "batch")
        self.list.opened.disconnect()
        self.list.opened.connect(self.show_batch)

    def make_list(self) -> ListPage:
        return BatchList(self.frame)

    def show_batch(self, record: str) -> None:
        """One batch with its ranked projects; its form is one key away."""
        page = BatchPage(self.frame, record)
        page.edit.clicked.connect(lambda: self.open_record("batch", record))
        self.show_page(page)

    def shots(self) -> list[tuple[str, Any]]:
        every = self.list.neighbours()
        return [("one", lambda: self.show_batch(every[0])), *super().shots()] if every else super().shots()
