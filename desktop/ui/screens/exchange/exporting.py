"""Which records go into a workbook, and where it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions.exchange import Exported, export
from desktop.actions.sticks import OUTBOX, make_outbox
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.buttons import Tick
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import FilePick
from ...kit.text import MarkedText, Text
from .working import Working

BASE = ("assignment", "progress", "project", "project_month", "equipment", "site", "site_month", "enterprise")


class ExportDialog(Dialog):
    """`written` after a file was written. Everything ticked and no unit: a whole copy with what was deleted."""

    written = Signal()

    def __init__(
        self, frame: Frame, *, forms: Sequence[str] | None = None, unit: str = "", folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        words = "对方用 WPS 或 Excel 填好交回，再导入合并。"
        super().__init__("导出工作簿", words, verb="导出", wide=620, parent=parent)
        self.frame, self._unit = frame, unit
        self.done_already = False
        self.body.addWidget(Text("导出哪些表", size=12, ink="ink2"))
        grid_host = QWidget()
        grid = QGridLayout(grid_host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.ticks: dict[str, Tick] = {}
        for place, form in enumerate(frame.forms.values()):
            tick = Tick(form.sheet, name=f"form.{form.name}")
            tick.setChecked(form.name in forms if forms is not None else form.name in BASE)
            tick.toggled.connect(lambda _: self._check())
            grid.addWidget(tick, place // 4, place % 4)
            self.ticks[form.name] = tick
        self.add_widget(grid_host)
        self.unit = ChoiceField("unit", "只要这个单位的", free=True, placeholder="全部单位")
        self.file = FilePick("file", "保存到", kind="save", filter="工作簿 (*.xlsx)", required=True)
        place = Path.home() if folder is None else folder if folder.name == OUTBOX else folder / OUTBOX
        self.file.set_value(str(place / self._name(unit)))
        self.add(self.unit)
        self.add(self.file)
        self.unit.picked.connect(self._renamed)
        self.told = MarkedText("done", " ")
        self.told.words.setWordWrap(True)
        self.told.hide()
        self.add_widget(self.told)
        frame.ask(lambda desk: list(desk.names.units()), self._units)
        self._check()

    def _name(self, unit: str) -> str:
        district = re.sub(r"[\\/:*?\"<>|]", "", self.frame.person.district)
        who = f"_{unit}" if unit else ""
        return f"{district}填报{who}_{self.frame.person.today.replace('-', '')[4:]}.xlsx"

    def _units(self, units: list[str]) -> None:
        self.unit.set_choices([(unit, unit) for unit in units])
        self.unit.set_value(self._unit)

    def _renamed(self, unit: str) -> None:
        path = Path(self.file.value() or "")
        if path.name.endswith(".xlsx") and "填报" in path.name:
            self.file.set_value(str(path.with_name(self._name(unit))))

    def _check(self) -> None:
        self.yes.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))

    def accept(self) -> None:
        if self.done_already:
            super().accept()
            return
        text = self.file.value()
        if not text:
            self.file.set_error("没有写文件名，请选择保存的地方")
            return
        path = Path(text if text.lower().endswith(".xlsx") else f"{text}.xlsx")
        chosen = [name for name, tick in self.ticks.items() if tick.isChecked()]
        forms = None if len(chosen) == len(self.ticks) else chosen
        unit = self.unit.value() or ""
        self.yes.setEnabled(False)
        self.told.show()
        self.told.set_state("going", "正在写入并核对……")

        def work(desk: Any, report: Any) -> Exported:
            make_outbox(path.parent)
            return export(desk, path, forms=forms, unit=unit, report=report)

        Working.start(self.frame, "正在导出", work, self._done, self._failed, self)

    def _done(self, made: Exported) -> None:
        self.done_already = True
        self.told.set_state("done", f"已写入 {made.path.name}，{made.records} 条，写完后已重新读过。U 盘可以安全拔出。")
        self.yes.set_words("完成")
        self.yes.setEnabled(True)
        self.no.hide()
        self.yes.setFocus()
        self.adjustSize()
        self.written.emit()

    def _failed(self, error: DeskError) -> None:
        self.told.set_state("error", str(error))
        self.yes.setEnabled(True)
        self.adjustSize()
