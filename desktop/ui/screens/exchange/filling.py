"""临时调度: a blank table that was handed out is filled from the records, filters chosen, what stayed empty listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.filling import FilledTable, fill
from desktop.actions.filling_outline import Outline, outline
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.form import FormRow
from ...kit.lines import FilePick, LineField
from ...kit.text import MarkedText, Text, row
from .assistant import AssistantDialog
from .working import Working


class FillDialog(Dialog):
    """Choose the blank table, see how it was understood, choose records and the file, fill. `done_already`: it is."""

    def __init__(self, frame: Frame, blank: Path | None = None, parent: QWidget | None = None) -> None:
        words = "选市里或领导发来的空表，按本单位的记录填好，另存一份。表头、格式、公式都不动。"
        super().__init__("填空表", words, verb="填好", wide=680, parent=parent)
        self.frame, self.seen, self.done_already = frame, None, False
        self.blank = FilePick("blank", "空表", kind="open", filter="工作簿 (*.xlsx)", required=True)
        self.blank.left.connect(self._look)
        self.add(self.blank)
        self.told = MarkedText("todo", "还没有选空表")
        self.told.words.setWordWrap(True)
        self.map = KeyButton("对照各列…", name="map")
        self.map.clicked.connect(self._assist)
        line = QWidget()
        row(line, [self.told, None, self.map]).setStretch(0, 1)
        self.add_widget(line)
        self.search = LineField("search", "只填含有这些字的", placeholder="不写就全填")
        self.period = LineField("period", "哪个月的进展", placeholder="如 2026-11")
        self.where = ChoiceField("where", "只填这一项", choices=[])
        self.value = ChoiceField("value", "等于", choices=[], free=True)
        self.where.picked.connect(self._values)
        for pair in ((self.search, self.period), (self.where, self.value)):
            host = QWidget()
            across = row(host, [FormRow(field, stacked=True) for field in pair], gap=12)
            across.setStretch(0, 1)
            across.setStretch(1, 1)
            self.add_widget(host)
            self.fields.update({field.name: field for field in pair})
        self.out = FilePick("out", "填好的表存到", kind="save", filter="工作簿 (*.xlsx)", required=True)
        self.add(self.out)
        self.result = Text("", wrap=True, select=True)
        self.result.hide()
        self.add_widget(self.result)
        self.yes.setEnabled(False)
        self.map.setEnabled(False)
        if blank is not None:
            self.blank.set_value(str(blank))
            self._look()

    def _look(self) -> None:
        text = (self.blank.value() or "").strip()
        if not text:
            return
        path = Path(text)
        if not self.out.value():
            self.out.set_value(str(path.with_name(f"{path.stem}_已填.xlsx")))
        self.map.setEnabled(True)
        self.frame.ask(lambda desk: outline(desk, path), self._seen, self._unknown)

    def _unknown(self, error: DeskError) -> None:
        self.seen = None
        self.told.set_state("error", f"{error}。也可以按“对照各列”自己指明" if self.map.isEnabled() else str(error))
        self.yes.setEnabled(False)

    def _seen(self, seen: Outline) -> None:
        self.seen = seen
        left = f"，{len(seen.unfilled)} 列没有对应，不填：{'、'.join(seen.unfilled)}" if seen.unfilled else ""
        self.told.set_state("done", f"认作“{seen.title}”，能填 {seen.filled} 列{left}")
        self.where.set_choices([("", "不筛选"), *((name, label) for name, label, _ in seen.filters)])
        self.where.set_value("")
        self.period.set_value(seen.month or (self.frame.period[:7] if seen.monthly else None))
        self.period.set_readonly(not seen.monthly)
        self.yes.setEnabled(True)

    def _values(self, name: str) -> None:
        held = next((choices for each, _, choices in self.seen.filters if each == name), ()) if self.seen else ()
        self.value.set_choices(list(held))
        self.value.set_value(None)

    def _assist(self) -> None:
        path = Path(self.blank.value() or "")
        AssistantDialog(self.frame, path, lambda _: self._look(), verb="记住", parent=self).open()

    def accept(self) -> None:
        if self.done_already:
            super().accept()
            return
        blank, out = Path(self.blank.value() or ""), Path(self.out.value() or "")
        if not out.name:
            self.out.set_error("没有写文件名，请选择保存的地方")
            return
        if out.suffix.lower() != ".xlsx":
            out = out.with_name(f"{out.name}.xlsx")
        where = {self.where.value(): self.value.value()} if self.where.value() and self.value.value() else {}
        period = "" if self.period.readonly else self.period.value() or ""
        search = self.search.value() or ""
        self.yes.setEnabled(False)

        def work(desk: Any, report: Any) -> FilledTable:
            return fill(desk, blank, out, period=period, where=where, search=search, report=report)

        Working.start(self.frame, "正在填表", work, self._filled, self._failed, self)

    def _failed(self, error: DeskError) -> None:
        self.told.set_state("error", str(error))
        self.yes.setEnabled(True)

    def _filled(self, done: FilledTable) -> None:
        self.done_already = True
        self.told.set_state("done", f"已填 {done.filled} 条，存到 {done.path}")
        parts = [f"没有填的列：{'、'.join(done.unfilled)}"] if done.unfilled else ["各列都填了。"]
        if done.left_out:
            named = "、".join(done.left_out[:8])
            more = f"等 {len(done.left_out)} 条" if len(done.left_out) > 8 else ""
            parts.append(f"表里没有地方填的：{named}{more}")
        self.result.setText("\n".join([*parts, *done.notes]))
        self.result.show()
        self.yes.set_words("完成")
        self.yes.setEnabled(True)
        self.no.hide()
        self.yes.setFocus()
        self.adjustSize()
