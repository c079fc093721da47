"""What a pasted block would do, row by row, before it is written."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.pasting import Block, PastedRow, apply_block
from desktop.model.errors import DeskError
from desktop.model.forms import Form

from ...frame import Frame
from ...kit import look
from ...kit.dialog import Dialog
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Text
from ..sheetfields import CHARACTER

KINDS = {
    "added": ("new", "新增"),
    "changed": ("changed", "更改"),
    "unchanged": ("same", "相同"),
    "refused": ("error", "不能写入"),
}


class PasteDialog(Dialog):
    """Changed cells stand out, refused ones are red with the sentence in the tooltip and below. Esc writes nothing."""

    def __init__(self, frame: Frame, form: Form, block: Block, host: QWidget) -> None:
        good = block.count("added") + block.count("changed")
        how = "按表头对列" if block.heads else "没有表头，按清单的列从左到右对"
        unread = f"。没有读入的列：{'、'.join(block.unread)}" if block.unread else ""
        words, verb = f"{how}，按名称或代码对记录{unread}。", f"写入 {good} {form.measure}"
        super().__init__(f"粘贴到{form.sheet}", words, verb=verb, wide=1180, parent=host)
        self.setFixedWidth(min(look.theme().control(1180), host.width() - 48))
        self.frame, self.form, self.block = frame, form, block
        names = [name for name in dict.fromkeys(block.fields) if name]
        columns = [
            Column("kind", "结果", width=96, frozen=True),
            Column("label", "记录", width=180, ink="ink", frozen=True),
        ]
        for name in names:
            each = form.field(name)
            kind = "number" if each.type.number else "text"
            columns.append(Column(name, each.short, each.unit, width=min(each.width * CHARACTER + 16, 220), kind=kind))
        columns.append(Column("why", "说明", width=260))
        self.table = TableView(RowsModel(columns), by_rows=True, name="pasted", label="粘贴预览")
        self.table.model().set_rows([self._row(row, names) for row in block.rows])
        self.table.setFixedHeight(max(look.theme().control(200), min(look.theme().control(440), host.height() - 260)))
        self.add_widget(self.table)
        counts = [f"{words} {block.count(kind)} 行" for kind, (_, words) in KINDS.items() if block.count(kind)]
        self.said = Text("", size=12, ink="ink2", wrap=True)
        self.add_widget(Text("，".join(counts)))
        self.add_widget(self.said)
        self.table.chosen.connect(self._say)
        self.yes.setEnabled(bool(good))
        refused = next((row for row in block.rows if row.kind == "refused"), None)
        if refused is not None:
            self.table.select_key(str(refused.line))

    def _row(self, row: PastedRow, names: list[str]) -> Row:
        mark, words = KINDS[row.kind]
        told = {cell.field: cell for cell in row.cells}
        cells: list[Cell | str] = [Cell(words, mark=mark), row.label]
        for name in names:
            cell = told.get(name)
            if cell is None:
                cells.append(Cell(row.typed.get(name, ""), tone="ink3"))
            elif cell.error:
                cells.append(Cell(cell.text, tone="red", ground="redsoft", tip=cell.error))
            else:
                cells.append(Cell(cell.after, ground="hover", tip=f"原来：{cell.before or '空'}" if row.record else ""))
        cells.append(Cell(self._why(row), tone="red" if row.kind == "refused" else ""))
        return Row(str(row.line), tuple(cells), mark="error" if row.kind == "refused" else "")

    def _why(self, row: PastedRow) -> str:
        wrong = [f"{self.form.field(cell.field).label}：{cell.error}" for cell in row.cells if cell.error]
        return "；".join([*wrong, *row.errors, *row.warnings])

    def _say(self, key: str) -> None:
        row = next((each for each in self.block.rows if str(each.line) == key), None)
        self.said.setText(f"第 {row.line} 行　{self._why(row) or KINDS[row.kind][1]}" if row is not None else "")

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        (self.yes if self.yes.isEnabled() else self.no).setFocus()

    def accept(self) -> None:
        block, frame, form = self.block, self.frame, self.form
        if not self.yes.isEnabled():
            return

        def done(saved: Any) -> None:
            frame.say(f"已写入 {len(saved.ids)} {form.measure}{form.noun}", verb="撤销", key="undo", slot=frame.undo)
            super(PasteDialog, self).accept()

        def failed(error: DeskError) -> None:
            self.said.setText(str(error))

        frame.ask(lambda desk: apply_block(desk, block, only_good=True), done, failed)
