"""The list of a form: views as tabs, conditions as chips, a search field, the table, sums in the status line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.entry import choices_of
from desktop.actions.listing import Condition, Line, Listing, listing
from desktop.actions.records import remove, save_typed
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.chips import ChipRow
from ...kit.dialog import ask_text
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.lines import LineField
from ...kit.rows import Cell, Column, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.tabs import Tab, TabRow
from ...kit.text import column
from .columns import columns_of, default_names, row_of, view_field
from .conditions import ConditionDialog, words_of
from .outward import Outward
from .picking import ColumnsDialog

LARGER = {"元": "万元", "万元": "亿元"}
WAIT = 180  # ms of quiet after typing before the list is asked anew


class ListPage(QWidget):
    """`opened(id)` and `made()` ask for the form of one record. `extra` stands between the chips and the table."""

    opened = Signal(str)
    made = Signal()
    listed = Signal(object)  # the Listing now shown

    def __init__(self, frame: Frame, form_name: str) -> None:
        super().__init__()
        self.frame, self.form = frame, frame.forms[form_name]
        self.by = view_field(self.form)
        self.view, self.sort = "", None
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
        self.head = ScreenHead(self.form.sheet, "", [self.columns, *self.outward.buttons, self.new], rule=False)
        self.tabs = TabRow([Tab("", "全部")], here="")
        self.tabs.setAccessibleName("视图")
        self.chips = ChipRow()
        self.add = KeyButton("添加条件", icon="plus", kind="text", key="add_condition", name="add_condition")
        self.find = LineField("filter", "在结果中查找", left_icon="search", placeholder="名称、拼音首字母")
        self.find.box.right_hint = keys.hint("filter")
        self.find.setFixedWidth(220)
        self.find.box.refit()
        self.chips.add_after(self.add)
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
        self.frame.bridge.changed.connect(self._changed)
        if self.frame.may("enter"):
            keys.bind(self, "new", self.made.emit)
            keys.bind(self.table, "delete", self.delete, pane=True)
        keys.bind(self, "filter", self.find.setFocus)
        keys.bind(self, "add_condition", lambda: self.add_condition(""))
        keys.bind(self.table, "open", self._open_current, pane=True)

    def panes(self) -> list[QWidget]:
        return [self.tabs, self.middle.currentWidget()]

    # Asking.
    def entered(self) -> None:
        self._arrived = True
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
        columns = columns_of(self.form, self.names, sort=self.sort, filtered=filtered, may=may)
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

    def _tabs(self, held: Listing) -> None:
        every = sum(count for _, _, count in held.views) if self.by else None
        tabs = [Tab("", "全部", held.total if not (self.conditions or self.find.value()) else every)]
        tabs += [Tab(code, label, count) for code, label, count in held.views]
        if held.faulty or self.view == "faulty":
            tabs.append(Tab("faulty", "待核对", held.faulty, "soon"))
        if held.open or self.view == "open":
            tabs.append(Tab("open", "有冲突", held.open, "conflict"))
        self.tabs.set_tabs(tabs)
        self.tabs.set_here(self.view)

    def _chips(self) -> None:
        labels = {code: label for some in self.choices.values() for code, label in some}
        labels |= {"1": "是", "0": "否"} if not labels.get("1") else {}
        self.chips.set_chips([(key, words_of(self.form, each, labels)) for key, each in self.conditions.items()])

    def _money(self) -> str:
        return next((name for name in self.names if self.form.field(name).type.name == "money"), "")

    def _facts(self, held: Listing) -> None:
        facts, name = f"{held.total:,} {self.form.measure}", self._money()
        shown = f"显示 {len(held.lines):,} / {held.total:,} {self.form.measure}"
        if name:
            each, total = self.form.field(name), held.sums.get(name, Decimal(0))
            if len(held.lines) == held.total:
                larger = LARGER.get(each.unit) if total >= 10000 else None
                facts += f"，{each.label} {total / 10000 if larger else total:,.2f} {larger or each.unit}"
            self._note = [Note(f"{shown}，{each.label}", f"{total:,.2f}", each.unit)]
        else:
            self._note = [shown]
        self.head.set_facts(facts)
        self._sums(0, 0, [])

    def _sums(self, count: int, cells: int, sums: list[tuple[str, str, Decimal]]) -> None:
        notes = list(self._note)
        if count > 1 and sums:
            for place, (title, unit, total) in enumerate(sums[:4]):
                notes.append(Note(f"选中 {count} 行：{title}" if not place else title, f"{total:,.2f}", unit))
        elif count > 1:
            notes.append(f"选中 {count} 行")
        row = self.table.current_row()
        if count <= 1 and row is not None and row.mark and row.cell(0).tip:
            notes.append(Note(row.cell(0).tip, mark=row.mark))
        self.frame.status(
            self, notes, [keys.phrase("home_open", "打开"), keys.phrase("edit", "改一格"), keys.phrase("copy"),
                          keys.phrase("next_pane")]
        )  # fmt: skip

    # What the clerk does.
    def _viewed(self, name: str) -> None:
        self.view = name
        self.reload()

    def _sorted(self, name: str) -> None:
        if name in self.form:
            self.sort = (
                (name, False) if not self.sort or self.sort[0] != name else (name, True) if not self.sort[1] else None
            )
            self.reload()

    def add_condition(self, field: str) -> None:
        field = self.conditions[field].field if field in self.conditions else field
        dialog = ConditionDialog(self.form, self.choices, field if field in self.form else "", self.window())
        if dialog.run() and dialog.condition is not None:
            self.set_condition(dialog.condition)

    def set_condition(self, condition: Condition) -> None:
        """Put a condition on the list; one of the same field and kind is replaced."""
        self.conditions[f"{condition.field}.{condition.op}"] = condition
        self.reload()

    def only(self, where: dict[str, str]) -> None:
        """These stored values as the only conditions."""
        self.conditions = {f"{name}.is": Condition(name, "is", (value,)) for name, value in where.items()}
        self.find.set_value("")
        self.view = ""
        self.reload()

    def _removed(self, key: str) -> None:
        self.conditions.pop(key, None)
        self.reload()

    def clear(self) -> None:
        self.conditions.clear()
        self.find.set_value("")
        self.view = ""
        self.reload()

    def _pick_columns(self) -> None:
        dialog = ColumnsDialog(self.form, self.names, self.window())
        if dialog.run():
            self.names = dialog.chosen()
            self.reload()

    def _dropped(self, shown: int, every: int) -> None:
        self.columns.set_words("列" if shown == every else f"列 {shown} / {every}")

    def _editing(self, name: str, text: str) -> None:
        if not name or name not in self.form:
            self._sums(0, 0, [])
            return
        each = self.form.field(name)
        words = f"正在编辑 {each.label}"
        if each.type.name == "money" and text.strip():
            from ..record.echo import money_words

            words += f"　{money_words(each, text)}"
        self.frame.status(self, [*self._note, words], [f"{keys.hint('save_down')} 保存", f"{keys.hint('drop')} 放弃"])

    def _edited(self, record: str, name: str, text: str) -> None:
        form = self.form

        def failed(error: DeskError) -> None:
            self.frame.fail(str(error))

        self.frame.ask(lambda desk: save_typed(desk, form.name, record, {name: text}), lambda _: None, failed)

    def _open_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.opened.emit(row.key)

    def delete(self) -> None:
        """Delete the selected records, after a reason."""
        chosen, form = self.table.selected_keys(), self.form
        if not chosen or self.table.editing_now():
            return
        row = self.table.current_row()
        named = (
            f"“{row.cell(0).text}”" if len(chosen) == 1 and row else f"选中的 {len(chosen)} {form.measure}{form.noun}"
        )
        why = ask_text(f"删除{named}？", "删除后移入“已删除”，可以恢复。", "原因", verb="删除", parent=self.window())
        if why is None:
            return

        def done(_: Any) -> None:
            self.frame.say(f"已删除{named}", verb="撤销", key="undo", slot=self.frame.undo)

        self.frame.ask(
            lambda desk: [remove(desk, form.name, record, why) for record in chosen], done,
            lambda error: self.frame.fail(str(error)),
        )  # fmt: skip

    def wish(self, record: str) -> None:
        """Make this record current when the list is shown next."""
        self._wish = record

    def neighbours(self) -> list[str]:
        return [line.id for line in self.listing.lines] if self.listing else []
