"""The preview of any printed form, from lists and the ledger: look at it, save it as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.actions.printing import Printed, document_pdf, print_form, printed_form
from desktop.model.errors import DeskError
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys, look, paint
from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.text import Text, column, ground, row
from .paper import PaperView


class PrintPreview(QDialog):
    """`PrintPreview(frame, printed form, records=ids, period=key, unit=name).open_and_show()`.

    Unsigned pages, marked 草稿. Several records: one file each, the first one shown. Esc closes.
    """

    def __init__(
        self, frame: Frame, name: str, *, records: Sequence[str] = (), period: str = "", unit: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent.window() if parent is not None else None)
        self.frame, self.name, self.records = frame, name, list(records)
        self.form = printed_form(name)
        self.period, self.unit = period or frame.period, unit
        self.setWindowTitle(f"打印预览　{self.form.title}")
        self.setAccessibleName(f"打印预览，{self.form.title}")
        self.setModal(True)
        self.paper = PaperView()
        self.save = KeyButton("另存 PDF", icon="file-down", key="save", kind="main", name="save_pdf")
        self.save.setEnabled(False)
        self.close_ = KeyButton("关闭", key="back", name="close")
        self.choice = ChoiceField("unit", "单位", placeholder="选择单位")
        self.choice.setVisible(self.form.for_unit)
        self.choice.setFixedWidth(look.theme().control(260))
        self.told = Text(f"{Period.parse(self.period).label}　未签名，每页标明草稿", ink="ink2", cut=True)
        head = ground(QWidget(), "panel")
        title = Text(self.form.title, size=16)
        across = row(head, [title, self.told, self.choice, self.close_, self.save], margins=(16, 9, 16, 9))
        across.setStretch(1, 1)
        column(self, [head, self.paper], gap=0, margins=(1, 1, 1, 1)).setStretch(1, 1)
        self.close_.clicked.connect(self.reject)
        self.save.clicked.connect(self.save_pdf)
        self.choice.picked.connect(self._unit)
        keys.bind(self, "save", self.save_pdf)

    def open_and_show(self) -> None:
        """Open at nearly the size of the window and ask for the pages."""
        host = self.parentWidget()
        size = host.size() if host is not None else self.sizeHint()
        self.resize(min(size.width() - 40, look.theme().control(1180)), size.height() - 40)
        self.open()
        self.paper.setFocus()
        if self.form.for_unit:
            self.frame.ask(lambda desk: list(desk.names.units()), self._units)
        if not self.form.for_unit or self.unit:
            self.load()

    def _units(self, units: list[str]) -> None:
        self.choice.set_choices([(unit, unit) for unit in units])
        self.choice.set_value(self.unit)
        if not self.unit:
            self.told.setText("选一个单位，再看它的页面")
            self.choice.setFocus()

    def _unit(self, unit: str) -> None:
        self.unit = unit
        self.load()

    def load(self) -> None:
        record = self.records[0] if self.records else None
        self.told.setText("正在排版……")
        self.frame.ask(
            lambda desk: document_pdf(desk, self.name, record=record, period=self.period, unit=self.unit).pdf,
            self._show, self._failed,
        )  # fmt: skip

    def _show(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)
        several = f"共 {len(self.records)} 份，这里是第一份　" if len(self.records) > 1 else ""
        self.told.setText(f"{several}{Period.parse(self.period).label}　未签名，每页标明草稿")
        self.save.setEnabled(True)

    def _failed(self, error: DeskError) -> None:
        self.told.setText(str(error))
        self.told.set_ink("red")

    def save_pdf(self) -> None:
        if not self.save.isEnabled():
            return
        begin = Path.home() / f"{self.form.title}_{self.period}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "另存 PDF", str(begin), "PDF (*.pdf)")
        if path:
            out = Path(path if path.lower().endswith(".pdf") else f"{path}.pdf")
            self.frame.ask(
                lambda desk: print_form(
                    desk, self.name, out, records=self.records, period=self.period, unit=self.unit
                ),
                self._saved, self._failed,
            )  # fmt: skip

    def _saved(self, made: Printed) -> None:
        more = f"等 {len(made.paths)} 份" if len(made.paths) > 1 else ""
        self.frame.say(f"已保存 {made.paths[0].name}{more}，共 {made.pages} 页")
        self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 0)
