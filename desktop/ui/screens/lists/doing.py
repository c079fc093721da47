"""What a clerk does with the rows of a list: changing a cell, many rows, pasting, deleting."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop.actions.many import ManyChanged, change_many
from desktop.actions.pasting import Block, read_block
from desktop.actions.records import remove, save_typed
from desktop.model.errors import DeskError

from ...kit import picked
from ...kit.dialog import ask_text, tell
from .many import ManyDialog
from .pasting import PasteDialog

MOST_TOLD = 12  # refused records that are named one by one


class Doing:
    """A part of `ListPage`, which it is mixed into."""

    def _fail(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def _edited(self, record: str, name: str, text: str) -> None:
        form = self.form
        self.frame.ask(lambda desk: save_typed(desk, form.name, record, {name: text}), lambda _: None, self._fail)

    def _open_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.opened.emit(row.key)

    # Many rows.
    def change_many(self) -> None:
        """One field of the selected records, asked for with a preview."""
        chosen = self.table.selected_keys()
        if not chosen or self.table.editing_now():
            return
        here = self.table.columns()[self.table.currentIndex().column()].name
        dialog = ManyDialog(self.frame, self.form, self.choices, chosen, here, self.window())
        if dialog.run():
            self._change(chosen, *dialog.answer)

    def fill_many(self) -> None:
        """The first selected row's value of the current column into the other selected rows."""
        rows, index = picked.rows(self.table), self.table.currentIndex()
        model = self.table.model()
        if len(rows) < 2 or self.table.editing_now() or not model.columns[index.column()].editable:
            self.frame.say("先选中同一列的几行，再按一次：第一行的值会填到其余各行。")
            return
        keys = [model.row_at(place).key for place in rows if model.row_at(place).kind == "data"]
        text = model.row_at(rows[0]).cell(index.column()).text
        self._change(keys[1:], model.columns[index.column()].name, text)

    def _change(self, chosen: list[str], name: str, text: str) -> None:
        form = self.form
        self.frame.ask(lambda desk: change_many(desk, form.name, chosen, name, text), self._changed_many, self._fail)

    def _changed_many(self, done: ManyChanged) -> None:
        form, labels = self.form, {row.key: row.cell(0).text for row in self._data_rows()}
        words = f"已改 {len(done.ids)} {form.measure}{form.noun}"
        if done.ids:
            self.frame.say(words, verb="撤销", key="undo", slot=self.frame.undo)
        elif not done.refused:
            self.frame.say(f"选中的{form.noun}已经是这个值，没有更改。")
        if done.refused:
            told = [f"{labels.get(record, record[:8])}：{why}" for record, why in done.refused[:MOST_TOLD]]
            rest = len(done.refused) - len(told)
            told += [f"还有 {rest} {form.measure}"] if rest else []
            tell(f"{words}，{len(done.refused)} {form.measure}没有改", "\n".join(told), parent=self.window())

    def _data_rows(self) -> list:
        model = self.table.model()
        return [model.row_at(place) for place in range(model.rowCount())]

    # Pasting.
    def paste_rows(self) -> None:
        """Rows copied from WPS, previewed before they are written."""
        form, text = self.form, QGuiApplication.clipboard().text()
        names = [column.name for column in self.table.columns() if column.name in form]
        if self.table.editing_now():
            return
        self.frame.ask(lambda desk: read_block(desk, form.name, text, columns=names), self._preview, self._fail)

    def _preview(self, block: Block) -> None:
        PasteDialog(self.frame, self.form, block, self.window()).open()

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

        self.frame.ask(lambda desk: [remove(desk, form.name, record, why) for record in chosen], done, self._fail)
