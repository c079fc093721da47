"""One task on one time line: reports, figures, changes of the assignment, problems. Enter opens what is behind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.progress_timeline import KINDS, TimeEvent

from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column
from .months import mark_of

COLUMNS = (
    Column("when", "时间", width=104), Column("kind", "类别", width=84, ink="ink"), Column("who", "单位、人", width=96),
    Column("text", "内容", width=420, ink="ink"),
)  # fmt: skip
MARKS = {"assignment": "changed", "problem": "soon", "closed": "done"}
MOST = 14  # rows before the list scrolls by itself


class TimeLine(QWidget):
    """`opened(form, record)` on Enter."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._events: dict[str, TimeEvent] = {}
        self.table = TableView(
            RowsModel(COLUMNS), by_rows=True, numbered=False, column_lines=False, name="timeline", label="时间线", pad=0
        )
        self.table.horizontalHeader().hide()
        self.table.frozen.horizontalHeader().hide()
        self.table.opened.connect(self._open)
        column(self, [self.table], gap=0)

    def set_events(self, events: Sequence[TimeEvent]) -> None:
        self._events = {str(place): each for place, each in enumerate(events)}
        rows = [_row(key, each) for key, each in self._events.items()]
        none = Row("", (Cell("还没有进展、指标、问题，分工也没有改过。"),), kind="span")
        self.table.model().set_rows(rows or [none])
        self.table.setFixedHeight(max(1, min(len(rows), MOST)) * self.table.verticalHeader().defaultSectionSize() + 2)

    def _open(self, key: str) -> None:
        event = self._events.get(key)
        if event is not None:
            self.opened.emit(event.form, event.record)


def _row(key: str, event: TimeEvent) -> Row:
    mark = mark_of(event.mark) if event.kind == "progress" else MARKS.get(event.kind, "")
    files = f"　附件：{'、'.join(event.files)}" if event.files else ""
    text = f"{event.text}{files}".replace("\n", "　")
    return Row(key, (
        Cell(event.when, tip=event.day), Cell(KINDS[event.kind], mark=mark), Cell(event.who, tip=event.who),
        Cell(text, tip=f"{event.text}{files}"),
    ))  # fmt: skip
