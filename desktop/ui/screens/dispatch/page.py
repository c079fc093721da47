"""One month in one table: last month's figures grey beside, sums offered, what looks odd said, saved as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.dispatch import (
    MonthRow,
    MonthTable,
    Oddity,
    check_months,
    keep_months,
    kept_months,
    month_table,
    proposals,
    save_months,
)  # fmt: skip
from desktop.model.errors import DeskError, Refused
from desktop.model.forms import Form

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Column
from ...kit.sheet import SheetModel, SheetRow
from ...kit.sheetview import SheetView
from ...kit.status import Note
from ...kit.text import column
from ..sheetfields import sheet_column, tidier

QUIET = 250  # ms after the last change until the checks are asked
KEPT = 2000  # ms until what is typed is kept against a crash
TEXTS = ("progress", "problem", "next")  # last month's text stands in the empty cell, not beside
NAMES = {"project_month": ("项目", "项目单位"), "site_month": ("网点", "品种")}
EMPTY = {
    "project_month": ("没有要调度的项目", "项目登记后，未投产、未终止、未退出的每月在这里填报。"),
    "site_month": ("没有要填回收量的网点", "运营中的网点写明回收品种后，每个品种在这里有一行。"),
}


class MonthPage(QWidget):
    """The table of one form in the period of the top bar. `counted(missing)` after each reading."""

    counted = Signal(int)

    def __init__(self, frame: Frame, form_name: str) -> None:
        super().__init__()
        self.frame, self.form = frame, frame.forms[form_name]
        self.period = frame.period
        self.table_data: MonthTable | None = None
        self._rows: dict[str, MonthRow] = {}
        self.save_ = KeyButton("保存", key="save", kind="main", name="save")
        self.drop = KeyButton("放弃更改", name="drop")
        self.next_fault = KeyButton("下一处", key="next_error", kind="text", name="next_fault")
        may = frame.may("enter")
        self.head = ScreenHead("", "", [self.next_fault, self.drop, self.save_])
        self.save_.setVisible(may)
        self.drop.hide()
        self.next_fault.hide()
        self.model = SheetModel(self._columns(False))
        self.model.tidy = tidier(self.form)
        self.model.follow = self._follow
        self.table = SheetView(self.model, name=form_name, label=self.form.title)
        self.nothing = Empty("layout-list", *EMPTY[form_name])
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.nothing)
        column(self, [self.head], gap=0).addWidget(self.middle, 1)
        self._check, self._keep = QTimer(self), QTimer(self)
        for timer, wait, slot in ((self._check, QUIET, self.check), (self._keep, KEPT, self.keep_now)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(slot)
        self.save_.clicked.connect(self.save)
        self.drop.clicked.connect(self.forget)
        self.next_fault.clicked.connect(lambda: self.table.step_fault())
        self.model.stirred.connect(self._stirred)
        self.table.pasted.connect(self._pasted)
        self.table.sums_changed.connect(lambda count, cells, sums: self._status(count, sums))
        keys.bind(self, "save", self.save)
        keys.bind(self, "next_error", lambda: self.table.step_fault())
        keys.bind(self, "previous_error", lambda: self.table.step_fault(-1))
        frame.bridge.changed.connect(self._changed)
        frame.period_changed.connect(self._moved)

    def _columns(self, open_: bool) -> list[Column]:
        first, second = NAMES[self.form.name]
        made = [Column("row", first, width=200, ink="ink", frozen=True), Column("beside", second, width=150, drop=9)]
        editable = open_ and self.frame.may("enter")
        figures = ("plan_year", "month", "ytd", "total", "arrived", "paid", "tons", "units")
        for name in (*figures, *TEXTS):
            if name in self.form:
                extra = 46 if name in figures and name not in ("plan_year", "month") else 0
                drop = {"next": 8, "problem": 7}.get(name, 0)
                one = sheet_column(self.form.field(name), {}, editable=editable, extra=extra)
                width = one.width if self.form.name == "project_month" else 0
                made.append(replace(one, drop=drop, width=width))
        return made

    def panes(self) -> list[QWidget]:
        return [self.table]

    # Reading.
    def entered(self) -> None:
        if not self.dirty():
            self.reload()

    def _changed(self) -> None:
        if self.isVisible() and not self.dirty():
            self.reload()

    def _moved(self, period: str) -> None:
        if period == self.period:
            return
        if self.isVisible() and not self.may_leave():
            self.frame.set_period(self.period)
            return
        self.period = period
        if self.isVisible():
            self.reload()  # a hidden one reads when it is shown

    def reload(self) -> None:
        form, period = self.form.name, self.period

        def work(desk: Any) -> tuple[MonthTable, dict[str, dict[str, str]], list[Oddity]]:
            table = month_table(desk, form, period)
            filled: dict[str, dict[str, str]] = {row.key: {} for row in table.rows if row.record}
            return table, kept_months(desk, form, period), check_months(desk, form, period, filled)

        self.frame.ask(work, self._show, self._failed)

    def _failed(self, error: DeskError) -> None:
        self.middle.setCurrentWidget(self.nothing)
        self.frame.fail(str(error))

    def _show(self, answer: tuple[MonthTable, dict[str, dict[str, str]], list[Oddity]]) -> None:
        table, kept, said = answer
        self.table_data, self._rows = table, {row.key: row for row in table.rows}
        here, index = self.table.current_row(), self.table.currentIndex()
        name = self.model.columns[index.column()].name if index.isValid() else ""
        columns = self._columns(not table.closed)
        if columns != self.model.columns:
            self.model.set_columns(columns)
        self.model.load(self._sheet_row(row) for row in table.rows)
        self._say(said)
        if kept:
            changes = [
                (self.model.place_of(key), self.model.column_of(name), text)
                for key, texts in kept.items() if key in self._rows
                for name, text in texts.items()
            ]  # fmt: skip
            if self.model.set_cells(changes):
                self.frame.say("上次填了没有保存的，已放回表里。核对后请保存。")
        if table.rows:
            first = next((i for i, each in enumerate(columns) if each.name in ("month", "tons")), 0)
            place = self.model.place_of(here.key) if here is not None else 0
            across = self.model.column_of(name) if here is not None else first
            self.table.setCurrentIndex(self.model.index(max(0, place), max(0, across)))
            self.table.scrollTo(self.table.currentIndex())
        self.middle.setCurrentWidget(self.table if table.rows else self.nothing)
        if self.isVisible() and table.rows:
            self.table.setFocus()
        self.counted.emit(table.missing)
        self._facts()

    def _sheet_row(self, row: MonthRow) -> SheetRow:
        texts = {**row.now, "row": row.name, "beside": row.beside}
        hints = {name: row.last[name] for name in TEXTS if row.last.get(name)}
        beside = {name: text for name, text in row.last.items() if text and name not in (*TEXTS, "plan_year", "month")}
        return SheetRow(row.key, texts, hints, frozenset(), beside=beside, mark="" if row.record else "todo")

    def _follow(self, row: SheetRow, texts: dict[str, str]) -> dict[str, str]:
        held = self._rows.get(row.key)
        own = {name: text for name, text in texts.items() if name in self.form}
        return proposals(self.form, held, own) if held is not None and any(own.values()) else {}

    # Typing.
    def dirty(self) -> dict[str, dict[str, str]]:
        return self.model.dirty()

    def _stirred(self) -> None:
        self._check.start()
        self._keep.start()
        self._facts()

    def _pasted(self, wrote: int, lost: int) -> None:
        if lost:
            self.frame.say(f"粘贴了 {wrote} 格，有 {lost} 格在表外，没有粘贴。")

    def check(self) -> None:
        """Ask what the checks say about all rows that are filled in."""
        form, period, dirty = self.form.name, self.period, self.dirty()
        typed = {**{key: {} for key, row in self._rows.items() if row.record}, **dirty}
        self.frame.ask(lambda desk: check_months(desk, form, period, typed), self._say, self._failed)

    def _say(self, said: list[Oddity]) -> None:
        found: dict[tuple[str, str], tuple[str, bool]] = {}
        for each in said:
            held = found.get((each.key, each.field))
            if held is None or (each.blocks and not held[1]):
                found[each.key, each.field] = (each.message, each.blocks)
        self.model.set_findings(found)
        self._facts()

    def keep_now(self) -> None:
        """Keep what is typed, in the encrypted file."""
        self._keep.stop()
        if self.frame.may("enter") and self.table_data is not None:
            form, period, dirty = self.form.name, self.period, self.dirty()
            self.frame.ask(lambda desk: keep_months(desk, form, period, dirty), lambda _: None)

    def _facts(self) -> None:
        table, dirty = self.table_data, self.dirty()
        if table is None:
            return
        left = sum(not row.record and row.key not in dirty for row in table.rows)
        words = f"{table.label}，{len(table.rows)} 行"
        words += "，已关账" if table.closed else f"，还有 {left} 行未填" if left else "，都已填"
        self.head.set_title(self.form.title)
        self.head.set_facts(words)
        faults = self.model.faults()
        self.save_.setEnabled(bool(dirty) and not table.closed)
        self.drop.setVisible(bool(dirty))
        self.next_fault.setVisible(bool(faults))
        self._status(0, [])

    def _status(self, count: int, sums: list) -> None:
        table, dirty, faults = self.table_data, self.dirty(), self.model.faults()
        if table is None:
            return
        notes: list[Note | str] = []
        if table.closed:
            notes.append(Note(table.closed, mark="na"))
        blocks = sum(each[3] for each in faults)
        if blocks:
            notes.append(Note(f"{blocks} 处不能保存", mark="error"))
        if len(faults) > blocks:
            notes.append(Note(f"{len(faults) - blocks} 处请核对，可以保存", mark="soon"))
        if dirty:
            notes.append(Note(f"改了 {len(dirty)} 行，没有保存", mark="changed"))
        notes.append(f"灰色是上月数；{table.label}")
        shown = [
            f"{keys.hint('fill_down')} 向下填充",
            f"{keys.hint('paste')} 粘贴",
            keys.phrase("save_right", "下一格"),
        ]
        self.frame.status(self, notes, [*([keys.phrase("next_error")] if faults else []), *shown])

    # Saving, leaving.
    def save(self) -> None:
        """Save all rows that were changed; nothing is written while a cell is refused."""
        dirty, form, period = self.dirty(), self.form.name, self.period
        if not dirty or not self.frame.may("enter"):
            return
        self._check.stop()
        self._keep.stop()

        def work(desk: Any) -> int:
            saved = save_months(desk, form, period, dirty)
            keep_months(desk, form, period, {})
            return len(saved.ids)

        def done(count: int) -> None:
            self.model.load([])
            self.frame.say(f"已保存 {count} 行{self.form.noun}", verb="撤销", key="undo", slot=self.frame.undo)
            self.reload()

        self.frame.ask(work, done, self._refused)

    def _refused(self, error: DeskError) -> None:
        details = error.details if isinstance(error, Refused) else []
        self._say(
            [Oddity(str(each.get("key", "")), str(each["field"]), str(each["message"]), True) for each in details]
        )
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.step_fault()
        self.frame.fail(str(error))

    def forget(self) -> None:
        """Let go of what is typed."""
        if self.may_leave():
            self.reload()

    def may_leave(self) -> bool:
        """Whether the table may be left; asks when something is not saved."""
        dirty = self.dirty()
        if not dirty:
            return True
        words = f"改了 {len(dirty)} 行，还没有保存。"
        if not ask(f"放弃对“{self.form.title}”的更改？", words, verb="放弃更改", harmful=True, parent=self.window()):
            return False
        form, period = self.form.name, self.period
        self._keep.stop()
        self.model.load([])
        self.frame.ask(lambda desk: keep_months(desk, form, period, {}), lambda _: None)
        return True


def forms_of(frame: Frame) -> list[Form]:
    return [frame.forms[name] for name in NAMES]
