"""指标: all of them at a glance as tiles, or as a table to fill in; states as tabs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.indicators import Line, Overview, overview
from desktop.actions.indicators_entry import enter
from desktop.model.errors import DeskError
from desktop.model.indicators import STATES

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.status import Note
from ...kit.tabs import Tab, TabRow
from ...kit.text import column
from ...kit.yesno import Segments
from ..lists.outward import Outward
from .table import IndicatorTable
from .tiles import MARKS, TileView

ORDER = ("late", "missed", "unreported", "waiting", "on_track", "met", "not_judged", "no_target", "closed")


class IndicatorsPage(QWidget):
    """`opened(record)` asks for the page of one indicator; `made()` for a new one; `listed()` for the plain list."""

    opened = Signal(str)
    made = Signal()
    listed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.found: Overview | None = None
        self._arrived = False
        self.how = Segments("how", "看法", [("tiles", "图"), ("table", "填报表")], "tiles")
        self.plain = KeyButton("指标目录", name="catalogue")
        self.outward = Outward(frame, frame.forms["indicator"], self)
        self.new = KeyButton("新建指标", icon="plus", key="new", kind="main", name="new")
        may = frame.may("enter")
        self.new.setVisible(may)
        self.head = ScreenHead("指标", "", [self.how, self.plain, *self.outward.buttons, self.new], rule=False)
        self.tabs = TabRow([Tab("", "全部")], here="", name="states")
        self.tabs.setAccessibleName("状态")
        self.tiles, self.table = TileView(), IndicatorTable(may)
        self.none = Empty("search", "没有这种状态的指标", "换一个状态看。", [])
        self.middle = QStackedWidget()
        for widget in (self.tiles, self.table, self.none):
            self.middle.addWidget(widget)
        column(self, [self.head, self.tabs], gap=0).addWidget(self.middle, 1)
        self.how.changed.connect(lambda _: self._fill())
        self.plain.clicked.connect(self.listed)
        self.new.clicked.connect(self.made)
        self.tabs.picked.connect(lambda _: self._fill())
        self.tiles.opened.connect(self.opened)
        self.table.opened.connect(self.opened)
        self.table.model().edited.connect(self._edited)
        frame.bridge.changed.connect(lambda: self.isVisible() and self.reload())
        frame.period_changed.connect(lambda _: self.isVisible() and self.reload())
        if may:
            keys.bind(self, "new", self.made.emit)

    def panes(self) -> list[QWidget]:
        return [self.tabs, self.middle.currentWidget()]

    def entered(self) -> None:
        self._arrived = True
        self.reload()

    def reload(self) -> None:
        period = self.frame.period
        self.frame.ask(lambda desk: overview(desk, period), self._show)

    def _show(self, found: Overview) -> None:
        self.found = found
        tabs = [Tab("", "全部", len(found.lines))]
        tabs += [
            Tab(state, STATES[state], found.counts[state], MARKS[state] if state in ("late", "unreported") else "")
            for state in ORDER if state in found.counts
        ]  # fmt: skip
        self.tabs.set_tabs(tabs)
        filled = sum(1 for line in found.lines if line.figure)
        self.head.set_facts(f"{found.label}　{len(found.lines)} 项，有数 {filled} 项")
        self._fill()

    def lines(self) -> list[Line]:
        """What the tab shows: those with a figure first, in the plan's order."""
        held = self.found.lines if self.found is not None else ()
        state = self.tabs.here
        shown = [line for line in held if not state or line.state == state]
        return shown if self.how.value() == "table" else sorted(shown, key=lambda line: not line.figure)

    def _fill(self) -> None:
        lines = self.lines()
        tiles = self.how.value() != "table"
        within = any(each.hasFocus() for each in (self.tiles, self.table))
        held = self.table.current_row()
        here = self.tiles.current() if tiles or held is None else held.key
        shown: QWidget = self.none if not lines else self.tiles if tiles else self.table
        self.middle.setCurrentWidget(shown)
        self.tiles.set_lines(lines, here)
        self.table.set_lines(lines, here)
        if lines and (within or self._arrived):
            shown.setFocus()
        self._arrived = False
        self._status(lines)

    def _status(self, lines: list[Line]) -> None:
        late = sum(1 for line in lines if line.state in ("late", "missed"))
        notes: list[Note | str] = [Note("显示 ", str(len(lines)), "项")]
        if late:
            notes.append(Note("滞后或未达到 ", str(late), "项", mark="late"))
        shown = ["home_open", "later", "next_pane"] if self.how.value() == "tiles" else ["edit", "save_down", "later"]
        self.frame.status(self, notes, [keys.phrase(each) for each in shown])

    def _edited(self, record: str, name: str, text: str) -> None:
        """A figure was typed into the table: it goes to the indicator's own period."""
        line = next((each for each in self.found.lines if each.record == record), None) if self.found else None
        if line is None or text.strip() == getattr(line, "typed" if name == "value" else name):
            return
        row = {"indicator": record, "period": line.own, name: text}
        period = self.frame.period
        self.frame.ask(lambda desk: enter(desk, period, [row]), lambda _: None, self._refused)

    def _refused(self, error: DeskError) -> None:
        details: Any = getattr(error, "details", None)
        self.frame.fail(str(details[0]["message"]) if details else str(error))
        self._fill()
