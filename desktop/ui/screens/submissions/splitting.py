"""One list as one file per 行业主管部门, unit or 街镇: by what, which kind of file, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions.splitting import Split, print_split
from desktop.model.errors import DeskError
from desktop.model.printed import PrintedForm
from desktop.model.printed.definition import FORMATS, SPLITS

from ...frame import Frame
from ...kit.choices import ChoiceField
from ...kit.dialog import Dialog
from ...kit.lines import FilePick


class SplitDialog(Dialog):
    """`SplitDialog(frame, form, period, kind, parent).open()`; writes the files and says how many."""

    def __init__(self, frame: Frame, form: PrintedForm, period: str, kind: str, parent: QWidget) -> None:
        words = "每个单位或街镇一份文件，文件按名称命名，另有一份目录。没有填的归入“未填”。"
        super().__init__(f"拆分{form.title}", words, verb="拆分", parent=parent)
        self.frame, self.printed, self.period = frame, form, period
        self.by = ChoiceField("by", "拆分依据", choices=[(by, SPLITS[by]) for by in form.splits], required=True)
        self.kind = ChoiceField("format", "格式", choices=[(one, FORMATS[one]) for one in form.formats], required=True)
        self.folder = FilePick("folder", "存到文件夹", kind="folder", required=True, start=str(Path.home()))
        for field in (self.by, self.kind, self.folder):
            self.add(field)
        self.by.set_value(form.splits[0])
        self.kind.set_value(kind)

    def accept(self) -> None:
        for field in (self.by, self.kind, self.folder):
            field.set_error("" if (field.value() or "").strip() else "请填写")
            if field.error_text:
                return
        by, kind, folder = self.by.value() or "", self.kind.value() or "", Path(self.folder.value() or "")
        self.yes.setEnabled(False)
        self.frame.ask(
            lambda desk: print_split(desk, self.printed.name, by, folder, period=self.period, kind=kind),
            self._done, self._failed, "正在拆分",
        )  # fmt: skip

    def _done(self, made: Split) -> None:
        super().accept()
        self.frame.say(f"已拆成 {len(made.files)} 份，目录在 {made.index}")

    def _failed(self, error: DeskError) -> None:
        self.yes.setEnabled(True)
        self.folder.set_error(str(error))
        self.adjustSize()
