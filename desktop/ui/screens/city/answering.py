"""A receipt for one or several districts: accepted, or returned with reasons; signed with the city's certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions.receipts import Made, make_many
from desktop.actions.submissions import Use
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import look
from ...kit.dialog import Dialog
from ...kit.form import FormRow
from ...kit.lines import FilePick
from ...kit.longtext import LongText
from ...kit.text import Text
from ...kit.yesno import Segments
from ..submissions.keyfields import KeyFields


class ReceiptDialog(Dialog):
    """`wanted` are (district's name, 数据校验码); `done()` is called when receipts were written."""

    def __init__(
        self, frame: Frame, wanted: Sequence[tuple[str, str]], done: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        names = "、".join(name for name, _ in wanted[:4]) + ("等" if len(wanted) > 4 else "")
        super().__init__(
            f"给{names}出具回执？", "回执由市级证书签名，写成文件交区县读入。", verb="出具回执", wide=520, parent=parent
        )
        self.frame, self.wanted, self._done = frame, list(wanted), done
        self.verdict = Segments("verdict", "结论", [("accepted", "接收"), ("returned", "退回")], "accepted")
        self.reasons = LongText("reasons", "退回原因", lines=3, limit=500, required=True, help="一行一条")
        wide = look.theme().control(76)
        self.reason_row = FormRow(self.reasons, label_width=wide)
        self.key = KeyFields()
        self.folder = FilePick("folder", "保存到", kind="folder", required=True, help="U 盘或文件夹，文件名自动取")
        self.fault = Text("", ink="red", wrap=True)
        self.fault.hide()
        rows = (self.verdict, self.reason_row, self.key, FormRow(self.folder, label_width=wide), self.fault)
        for each in rows:
            self.add_widget(each)
        self.verdict.changed.connect(lambda _: self._refresh())
        self.key.changed.connect(self.adjustSize)
        self._refresh()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.verdict.setFocus()

    def _refresh(self) -> None:
        self.reason_row.setVisible(self.verdict.value() == "returned")
        self.adjustSize()

    def accept(self) -> None:
        verdict = self.verdict.value() or "accepted"
        reasons = [line.strip() for line in (self.reasons.value() or "").splitlines() if line.strip()]
        lacking = verdict == "returned" and not reasons
        self.reasons.set_error("退回要写明原因，请填写" if lacking else "")
        self.folder.set_error("" if self.folder.value() else "还没有选文件夹，请按右边的文件夹选择")
        opener = self.key.opener(Use.RECEIPT) if not lacking and self.folder.value() else None
        if opener is None:
            self.adjustSize()
            return
        digests, folder = [digest for _, digest in self.wanted], Path(self.folder.value() or "")
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: make_many(desk, digests, verdict, reasons if verdict == "returned" else [], opener, folder),
            self._made, self._failed, "正在出具回执",
        )  # fmt: skip

    def _made(self, made: list[Made]) -> None:
        super().accept()
        self.frame.say(f"已写入 {len(made)} 份回执，写完后都已重新读过，可以安全拔出")
        self._done()

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.fault.setText(str(error))
        self.fault.show()
        self.adjustSize()
