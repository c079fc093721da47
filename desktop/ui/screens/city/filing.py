"""A sealed paper's scan, filed for a district that has no certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions.papers import file_paper
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import FilePick, LineField
from ...kit.text import Text


class PaperDialog(Dialog):
    """`names` are the districts by code; the period and form are those on screen."""

    def __init__(
        self, frame: Frame, names: Mapping[str, str], district: str, form: str, done: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            "登记哪个区县的盖章件？",
            "没有证书的区县以盖章的纸件报送。扫描件里没有数据，不进汇总；填了纸上的校验码，才能出具回执。",
            verb="归档扫描件", wide=520, parent=parent,
        )  # fmt: skip
        self.frame, self.form, self._done = frame, form, done
        self.district = ChoiceField("district", "区县", choices=list(names.items()), required=True)
        self.scan = FilePick("scan", "扫描件", filter="PDF (*.pdf)", required=True)
        self.code = LineField(
            "code", "校验码", help="纸面页脚 64 位的数据校验码；有扫码枪的，在这里扫页脚的二维码", limit=200
        )
        self.sequence = LineField("sequence", "次数", help="页脚写着“第几次报送”；扫了二维码的不用改", width=90)
        for field in (self.district, self.scan, self.code, self.sequence):
            self.add(field)
        self.sequence.set_value("1")
        self.district.set_value(district or None)
        self.fault = Text("", ink="red", wrap=True)
        self.fault.hide()
        self.add_widget(self.fault)

    def accept(self) -> None:
        for field in (self.district, self.scan):
            field.set_error("" if field.value() else f"{field.label}没有选，请选一个")
            if field.error_text:
                return
        sequence = (self.sequence.value() or "1").strip()
        self.sequence.set_error("" if sequence.isdecimal() else f"“{sequence}”不是次数，应是 1、2 这样的数")
        if self.sequence.error_text:
            self.adjustSize()
            return
        code = self.code.value() or ""
        district, scan, period = self.district.value() or "", Path(self.scan.value() or ""), self.frame.period
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: file_paper(desk, district, period, scan, self.form, code, int(sequence)),
            lambda _: self._filed(bool(code.strip())), self._failed, "正在归档",
        )  # fmt: skip

    def _filed(self, coded: bool) -> None:
        super().accept()
        self.frame.say("已归档盖章扫描件" + ("，可以出具回执" if coded else "。没有校验码，不能出具回执"))
        self._done()

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.fault.setText(str(error))
        self.fault.show()
        self.adjustSize()
