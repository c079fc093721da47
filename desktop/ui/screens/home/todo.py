"""What waits, in groups: late, near, conflicts, unfinished entries, returned by the city."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.actions.home import Todo

from ...kit import look
from ...kit.empty import Empty
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...wording import day_words, when_words

GROUPS = (
    ("late", "late", "已逾期"),
    ("soon", "soon", "7 天内到期"),
    ("waiting", "waiting", "还没有填报的单位"),
    ("conflict", "conflict", "待定的冲突"),
    ("draft", "going", "没有填完"),
    ("returned", "returned", "市级退回"),
)
WHO, WHEN, LEAST = 160, 110, 220  # px of the narrow columns, and the least of the first one


def columns_for(room: int) -> list[Column]:
    """The title takes what the others leave of `room` px."""
    scale = look.theme().scale
    title = max(LEAST, int(room / scale) - WHO - WHEN - 2)
    return [
        Column("title", "事项", width=title, ink="ink"), Column("who", "单位或字段", width=WHO),
        Column("when", "时间", width=WHEN, kind="number", ink="ink"),
    ]  # fmt: skip


def when_of(todo: Todo, today: str) -> tuple[str, str]:
    """(words, ink token): 逾期 9 天, 还有 2 天, 11月27日, 昨天 16:40."""
    if todo.kind == "late" or (todo.kind == "waiting" and todo.days < 0):
        return f"逾期 {-todo.days} 天", "red"
    if todo.kind in ("soon", "waiting"):
        return ("今天" if not todo.days else day_words(todo.day, today)), "amber" if todo.days <= 2 else ""
    return when_words(todo.at, today), ""


class TodoList(QStackedWidget):
    """`opened(form, record)` on Enter, `unit(name)` where a unit's reports are waited for; `pointed(words)` moving."""

    opened = Signal(str, str)
    unit = Signal(str)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._todos: dict[str, Todo] = {}
        self.table = TableView(
            RowsModel(columns_for(634)), by_rows=True, numbered=False, column_lines=False, name="todo", label="待办"
        )
        self.table.horizontalHeader().hide()
        self.table.frozen.horizontalHeader().hide()
        self.addWidget(self.table)
        self.addWidget(Empty("clipboard-check", "没有待办", "到期的任务、问题和冲突会列在这里。"))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        made, model = columns_for(self.width()), self.table.model()
        if made != model.columns:
            here = self.table.current_row()
            model.set_columns(made)
            self.table.select_key(here.key if here is not None else "")

    def set_todos(self, todos: list[Todo], today: str) -> None:
        rows, self._todos = [], {}
        for kind, mark, words in GROUPS:
            held = [each for each in todos if each.kind == kind]
            if not held:
                continue
            rows.append(Row(f"group.{kind}", (Cell(f"{words}　{len(held)}", mark=mark, tone="ink2"),), kind="group"))
            for place, todo in enumerate(held):
                key = f"{kind}.{place}"
                self._todos[key] = todo
                when, tone = when_of(todo, today)
                rows.append(Row(key, (Cell(todo.title, tip=todo.title), Cell(todo.who), Cell(when, tone=tone))))
        here = self.table.current_row().key if self.table.current_row() else ""
        self.table.model().set_rows(rows)
        self.setCurrentIndex(0 if rows else 1)
        self.table.select_key(here if here in self._todos else next(iter(self._todos), ""))

    def _open(self, key: str) -> None:
        todo = self._todos.get(key)
        if todo is not None and todo.unit:
            self.unit.emit(todo.unit)
        elif todo is not None:
            self.opened.emit(todo.form, todo.record)

    def _point(self, key: str) -> None:
        todo = self._todos.get(key)
        if todo is not None:
            who = f"：{todo.who}" if todo.who else ""
            day = f"，时限 {todo.day}" if todo.day else ""
            self.pointed.emit(f"{todo.title}{who}{day}")
