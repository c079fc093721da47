"""The list of a form: views as tabs, conditions as chips, a search field, the table, sums in the status line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.entry import choices_of
from desktop.actions.listing import Condition, Line, Listing, listing

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.chips import ChipRow
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import column
from .columns import columns_of, default_names, row_of, view_field
from .doing import Doing
from .narrowing import Narrowing
from .outward import Outward
from .saved import Saved
from .telling import Telling

WAIT = 180  # ms of quiet after typing before the list is asked anew


class ListPage(Narrowing, Telling, Doing, Saved, QWidget):
    """`opened(id)` and `made()` ask for the form of one record. `extra` stands between the chips and the table."""

    opened = Signal(str)
    made = Signal()
    listed = Signal(object)  # the Listing now shown

    def __init__(self, frame: Frame, form_name: str) -> None:
        super().__init__()
        self.frame, self.form = frame, frame.forms[form_name]
        self.by = view_field(self.form)
        self.view, self.sort = "", None
        self.here, self.kept = "", []
        self.names = default_names(self.form)
        self.conditions: dict[str, Condition] = {}
        self.choices: dict[str, list[tuple[str, str]]] = {}
        self.listing: Listing | None = None
        self._wish, self._arrived = "", False
        may = frame.may("enter")
        self.new = KeyButton(f"新建{self.form.noun}", icon="plus", key="new", kind="main", name="new")
        if not may:
            self.new.hide()
        self.columns = KeyButton("列", icon="columns-3", name="columns")
        self.outward = Outward(frame, self.form, self)
        self.many = KeyButton("批量修改", icon="pencil", name="change_many", tip=keys.phrase("change_many"))
        self.paste = KeyButton("粘贴", icon="clipboard-paste", name="paste_rows", tip=keys.phrase("paste_rows"))
        for button in (self.many, self.paste):
            button.setVisible(may)
        self.many.setEnabled(False)
        head = [self.columns, self.many, self.paste, *self.outward.buttons, self.new]
        self.head = ScreenHead(self.form.sheet, "", head, rule=False)
        self.tabs = TabRow([Tab("", "全部")], here="")
        self.tabs.setAccessibleName("视图")
        self.chips = ChipRow()
        self.add = KeyButton("添加条件", icon="plus", kind="text", key="add_condition", name="add_condition")
        self.find = LineField("filter", "在结果中查找", left_icon="search", placeholder="名称、拼音首字母")
        self.find.box.right_hint = keys.hint("filter")
        self.find.setFixedWidth(220)
        self.find.box.refit()
        self.keep = KeyButton("另存视图", icon="bookmark", kind="text", name="save_view")
        self.keep.hide()
        self.chips.add_after(self.add)
        self.chips.add_right(self.keep)
        self.chips.add_right(self.find)
        self.table = TableView(
            RowsModel(columns_of(self.form, self.names, may=may)), name=self.form.name, label=self.form.sheet
        )
        self.nothing = Empty(
            "inbox", f"还没有{self.form.noun}", f"按 {keys.hint('new')} 新建，或从工作簿导入。",
            [self._new_button()] if may else [],
        )  # fmt: skip
        self.unfound = Empty("search", "没有符合条件的记录", "改一改条件或查找的字。", [self._clear_button()])
        self.middle = QStackedWidget()
        for widget in (self.table, self.nothing, self.unfound):
            self.middle.addWidget(widget)
        self.below = column(None, [self.middle], gap=0)
        column(self, [self.head, self.tabs, self.chips], gap=0).addLayout(self.below, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.reload)
        self._bind()
        self._note: list[Note | str] = []

    def _new_button(self) -> KeyButton:
        made = KeyButton(f"新建{self.form.noun}", icon="plus", kind="main")
        made.clicked.connect(self.made)
        return made

    def _clear_button(self) -> KeyButton:
        made = KeyButton("清除条件")
        made.clicked.connect(self.clear)
        return made

    def _bind(self) -> None:
        table = self.table
        table.opened.connect(self.opened)
        table.model().edited.connect(self._edited)
        table.sums_changed.connect(self._sums)
        table.editing.connect(self._editing)
        table.head_pressed.connect(self._sorted)
        table.filter_asked.connect(self.add_condition)
        table.columns_dropped.connect(self._dropped)
        self.tabs.picked.connect(self._viewed)
        self.chips.removed.connect(self._removed)
        self.chips.opened.connect(self.add_condition)
        self.find.changed.connect(lambda _: self._timer.start())
        self.find.edit.returnPressed.connect(self.table.setFocus)
        self.new.clicked.connect(self.made)
        self.add.clicked.connect(lambda: self.add_condition(""))
        self.columns.clicked.connect(self._pick_columns)
        self.keep.clicked.connect(self.save_view)
        self.many.clicked.connect(self.change_many)
        self.paste.clicked.connect(self.paste_rows)
        self.frame.bridge.changed.connect(self._changed)
        if self.frame.may("enter"):
            keys.bind(self, "new", self.made.emit)
            keys.bind(self.table, "delete", self.delete, pane=True)
            for action, slot in (
                ("change_many", self.change_many), ("paste_rows", self.paste_rows), ("fill_many", self.fill_many),
            ):  # fmt: skip
                keys.bind(self.table, action, slot, pane=True)
            keys.bind(self.nothing, "paste_rows", self.paste_rows, pane=True)
        keys.bind(self, "filter", self.find.setFocus)
        keys.bind(self, "add_condition", lambda: self.add_condition(""))
        keys.bind(self.table, "open", self._open_current, pane=True)

    def panes(self) -> list[QWidget]:
        return [self.tabs, self.middle.currentWidget()]

    # Asking.
    def entered(self) -> None:
        self._arrived = True
        if self.listing is None:
            self.load_views()
        self.reload()

    def _changed(self) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Ask for the list anew; the current row stays current."""
        form, search = self.form, self.find.value() or ""
        conditions, by, view, sort = list(self.conditions.values()), self.by, self.view, self.sort
        offered, more = bool(self.choices), self.more

        def work(desk: Any) -> tuple[Listing, dict[str, list[tuple[str, str]]], Any]:
            found = listing(desk, form.name, search=search, conditions=conditions, by=by, view=view, order=sort)
            choices = {} if offered else {each.name: choices_of(desk, each) for each in form.fields}
            return found, {name: some for name, some in choices.items() if some}, more(desk)

        self.frame.ask(work, self._show)

    def more(self, desk: Any) -> Any:
        """What a list of one form shows besides its fields; runs on the worker."""
        return None

    def extra_columns(self) -> list[Column]:
        return []

    def extra_cells(self, line: Line) -> tuple[Cell, ...]:
        return ()

    def shape(self, columns: list[Column]) -> list[Column]:
        """A last word on the columns, such as widths for a narrow table."""
        return columns

    def show_more(self, more: Any) -> None:
        """What `more` found has arrived; the rows are made after this."""

    def _show(self, answer: tuple[Listing, dict[str, list[tuple[str, str]]], Any]) -> None:
        found, choices, more = answer
        self.show_more(more)
        self.choices = choices or self.choices
        held = self.listing = found
        here = self._wish or (self.table.current_row().key if self.table.current_row() else "")
        self._wish = ""
        may = self.frame.may("enter")
        filtered = {condition.field for condition in self.conditions.values()}
        columns = columns_of(self.form, self.names, sort=self.sort, filtered=filtered, may=may, choices=self.choices)
        shown = self.shape([*columns, *self.extra_columns()])
        model = self.table.model()
        if shown != model.columns:
            model.set_columns(shown)
        made = [(row_of(self.form, columns, line), self.extra_cells(line)) for line in held.lines]
        model.set_rows([replace(row, cells=(*row.cells, *extra)) for row, extra in made])
        if here:
            self.table.select_key(here)
        filled = bool(held.lines)
        self.middle.setCurrentWidget(self.table if filled else self.unfound if held.total else self.nothing)
        self._tabs(held)
        self._chips()
        self._facts(held)
        if self._arrived and filled and not self.find.edit.hasFocus():
            self.table.setFocus()
        self._arrived = False
        self.listed.emit(held)

    def wish(self, record: str) -> None:
        """Make this record current when the list is shown next."""
        self._wish = record

    def neighbours(self) -> list[str]:
        return [line.id for line in self.listing.lines] if self.listing else []
