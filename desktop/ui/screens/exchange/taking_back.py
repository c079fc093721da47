"""An import taken back as a whole: what would go back, and what was edited since and stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.undo import Outlook, outlook, undo
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.dialog import Dialog
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...wording import when_words

COLUMNS = (
    Column("label", "记录", width=270, ink="ink"),
    Column("field", "此后又改过", width=170),
    Column("who", "谁", width=90),
    Column("when", "何时", width=110),
)


def ask_take_back(frame: Frame, action: int, parent: QWidget) -> None:
    """Ask the worker what would happen, show it, and take back when the clerk says so."""
    frame.ask(lambda desk: outlook(desk, action), lambda seen: _show(frame, seen, parent),
              lambda error: frame.fail(str(error)))  # fmt: skip


def _show(frame: Frame, seen: Outlook, parent: QWidget) -> None:
    if not seen.back and not seen.kept:
        frame.fail("这次导入没有改动记录，不用撤销")
        return
    dialog = TakeBackDialog(frame, seen, parent)
    if dialog.run():
        _take(frame, seen.action)


def _take(frame: Frame, action: int) -> None:
    def done(undone: Any) -> None:
        stayed = f"，{len(undone.kept)} 处此后又改过，保持不变" if undone.kept else ""
        frame.say(f"已整批撤销{stayed}")

    def failed(error: DeskError) -> None:
        frame.fail(str(error))

    frame.ask(lambda desk: undo(desk, action), done, failed, "正在撤销")


class TakeBackDialog(Dialog):
    """The list of what stays; 撤销 is the verb, 取消 the default."""

    def __init__(self, frame: Frame, seen: Outlook, parent: QWidget) -> None:
        words = f"“{seen.why}”带来的更改，{seen.back} 条退回导入前的样子。"
        if seen.kept:
            words += f"下面 {len(seen.kept)} 处此后又改过，保持不变。"
        super().__init__("整批撤销这次导入？", words, verb="撤销", harmful=True, wide=720, parent=parent)
        self.table: TableView | None = None
        if seen.kept:
            today = frame.person.today
            rows = [
                Row(str(place), (
                    Cell(each.label or "（无名称）", tip=each.label), Cell(each.field or "整条记录"), Cell(each.who),
                    Cell(when_words(each.when, today) if each.when else "", tip=each.when),
                ))
                for place, each in enumerate(seen.kept)
            ]  # fmt: skip
            model = RowsModel(COLUMNS, rows)
            self.table = TableView(model, by_rows=True, numbered=False, name="kept", label="此后又改过的")
            self.table.setFixedHeight(260)
            self.add_widget(self.table)
