"""Several issued submissions signed with one password or PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.signing import SignedFile, submit_many
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.dialog import Dialog, inform
from ...kit.form import FormRow
from ...kit.lines import FilePick
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Text
from .keyfields import KeyFields
from .wording import Summary

COLUMNS = (Column("tick", "签", width=34, kind="tick"), Column("name", "报送", width=420, ink="ink"))


class SignMany(Dialog):
    """All issued ones are ticked at first; Space ticks. `done()` is called when something was signed."""

    def __init__(
        self, frame: Frame, lines: Sequence[Summary], done: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "一起签名哪些？", "口令或 PIN 码只输入一次。每一份单独成文件，写完后会重新读一遍。", verb="签名", wide=560,
            parent=parent,
        )  # fmt: skip
        self.frame, self._done = frame, done
        self.lines = list(lines)
        self.ticked = {line.id for line in lines}
        self.table = TableView(
            RowsModel(list(COLUMNS)), by_rows=True, numbered=False, column_lines=False, name="many",
            label="已签发的报送",
        )  # fmt: skip
        self.table.setFixedHeight((min(len(lines), 8) + 1) * look.theme().control(28) + 2)
        self.table.model().toggled.connect(lambda key, _: self._toggle(key))
        self.key = KeyFields()
        self.folder = FilePick("folder", "保存到", kind="folder", required=True, help="U 盘或文件夹，文件名自动取")
        self.add_widget(self.table)
        self.add_widget(self.key)
        self.add_widget(FormRow(self.folder, label_width=look.theme().control(76)))
        self.fault = Text("", ink="red", wrap=True)
        self.fault.hide()
        self.add_widget(self.fault)
        self.key.changed.connect(self.adjustSize)
        self._show()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _toggle(self, key: str) -> None:
        self.ticked ^= {key}
        self._show()

    def _show(self) -> None:
        here = self.table.currentIndex().row()
        ticks = {line.id: "on" if line.id in self.ticked else "off" for line in self.lines}
        self.table.model().set_rows([
            Row(line.id, (Cell(check=ticks[line.id]), Cell(f"{line.name}　{line.period_words}"))) for line in self.lines
        ])  # fmt: skip
        if here >= 0:
            self.table.setCurrentIndex(self.table.model().index(here, 0))
        self.yes.set_words(f"签名 {len(self.ticked)} 份")
        self.yes.setEnabled(bool(self.ticked))

    def accept(self) -> None:
        self.folder.set_error("" if self.folder.value() else "还没有选文件夹，请按右边的文件夹选择")
        opener = self.key.opener() if not self.folder.error_text else None
        if opener is None:
            self.adjustSize()
            return
        wanted, folder = [line.id for line in self.lines if line.id in self.ticked], Path(self.folder.value() or "")
        self.yes.setEnabled(False)

        def work(desk: Any, report: Callable[[int, int], None]) -> list[SignedFile]:
            def progress(done: int, whole: int, name: str) -> bool:
                try:
                    report(done, whole)
                except DeskError:  # 取消 was pressed: what is signed stays signed
                    return False
                return True

            return submit_many(desk, wanted, opener, folder, progress)

        self.frame.bridge.ask_long(work, self._signed, self._failed, "正在签名")

    def _signed(self, made: list[SignedFile]) -> None:
        super().accept()
        good = [each for each in made if not each.fault]
        if len(good) == len(made):
            self.frame.say(f"已签名 {len(good)} 份，写完后都已重新读过，可以安全拔出")
        else:
            lines = [f"{each.file}：{each.fault}" for each in made if each.fault]
            inform(f"签好 {len(good)} 份，{len(lines)} 份没有签好", "\n".join(lines))
        self._done()

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.fault.setText(str(error))
        self.fault.show()
        self.adjustSize()
