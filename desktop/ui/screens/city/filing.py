"""A sealed paper's scan, filed for a district that has no certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions.city import file_paper
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import FilePick


class PaperDialog(Dialog):
    """`names` are the districts by code; the period and form are those on screen."""

    def __init__(
        self, frame: Frame, names: Mapping[str, str], district: str, form: str, done: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            "登记哪个区县的盖章件？", "没有证书的区县以盖章的纸件报送。扫描件里没有数据，不进汇总。", verb="归档扫描件",
            parent=parent,
        )  # fmt: skip
        self.frame, self.form, self._done = frame, form, done
        self.district = ChoiceField("district", "区县", choices=list(names.items()), required=True)
        self.scan = FilePick("scan", "扫描件", filter="PDF (*.pdf)", required=True)
        self.add(self.district)
        self.add(self.scan)
        self.district.set_value(district or None)

    def accept(self) -> None:
        for field in (self.district, self.scan):
            field.set_error("" if field.value() else f"{field.label}没有选，请选一个")
            if field.error_text:
                return
        district, scan, period = self.district.value() or "", Path(self.scan.value() or ""), self.frame.period
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: file_paper(desk, district, period, scan, self.form), lambda _: self._filed(), self._failed,
            "正在归档",
        )  # fmt: skip

    def _filed(self) -> None:
        super().accept()
        self.frame.say("已归档盖章扫描件")
        self._done()

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.scan.set_error(str(error))
        self.adjustSize()
