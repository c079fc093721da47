"""The preview of any printed form: look at it, trace its figures, save it as PDF, .docx or .xlsx, split it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.actions.printing import Printed, as_closed, document_pdf, print_form, printed_form
from desktop.actions.tracing import trace
from desktop.model.errors import DeskError
from desktop.model.periods import Period
from desktop.model.printed.definition import FORMATS

from ...frame import Frame
from ...kit import keys, look, paint
from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.text import Text, column, ground, row
from .paper import PaperView
from .sources import SourcesPane
from .splitting import SplitDialog


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
        self.sources = SourcesPane(frame, self._open_record)
        self.sources.hide()
        self._make_tools()
        head = ground(QWidget(), "panel")
        title = Text(self.form.title, size=16)
        tools = [self.choice, self.traced, self.split, self.kind, self.save, self.close_]
        across = row(head, [title, self.told, *tools], margins=(16, 9, 16, 9))
        across.setStretch(1, 1)
        middle = QWidget()
        side = row(middle, [self.paper, self.sources], gap=0)
        side.setStretch(0, 1)
        column(self, [head, middle], gap=0, margins=(1, 1, 1, 1)).setStretch(1, 1)
        keys.bind(self, "save", self.save_as)
        keys.bind(self, "next_pane", self._next_pane)

    def _make_tools(self) -> None:
        theme = look.theme()
        self.told = Text(self._plain(), ink="ink2", cut=True)
        self.choice = ChoiceField("unit", "单位", placeholder="选择单位")
        self.choice.setVisible(self.form.for_unit)
        self.choice.setFixedWidth(theme.control(220))
        self.traced = KeyButton("数字来源", icon="search", kind="quiet", name="trace", tip=keys.phrase("next_pane"))
        self.split = KeyButton("拆分", kind="quiet", name="split", tip="每个单位或街镇一份文件")
        self.split.setVisible(bool(self.form.splits) and not self.records and not self.unit)
        self.kind = ChoiceField("format", "格式", choices=[(one, FORMATS[one]) for one in self.form.formats])
        self.kind.set_value("pdf")
        self.kind.setFixedWidth(theme.control(124))
        self.save = KeyButton("另存", icon="file-down", key="save", kind="main", name="save_pdf")
        self.save.setEnabled(False)
        self.close_ = KeyButton("关闭", key="back", name="close")
        self.close_.clicked.connect(self.reject)
        self.save.clicked.connect(self.save_as)
        self.split.clicked.connect(self._split)
        self.traced.clicked.connect(self.show_sources)
        self.choice.picked.connect(self._unit)

    def _plain(self) -> str:
        return f"{Period.parse(self.period).label}　未签名，每页标明草稿"

    def open_and_show(self) -> None:
        """Open at nearly the size of the window and ask for the pages."""
        host = self.parentWidget()
        size = host.size() if host is not None else self.sizeHint()
        self.resize(min(size.width() - 40, look.theme().control(1320)), size.height() - 40)
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

    @property
    def _record(self) -> str | None:
        return self.records[0] if self.records else None

    def load(self) -> None:
        self.told.setText("正在排版……")

        def work(desk: Any) -> tuple[bytes, str]:
            made = document_pdf(desk, self.name, record=self._record, period=self.period, unit=self.unit)
            return made.pdf, as_closed(desk, self.period)

        self.frame.ask(work, self._show, self._failed)
        if self.sources.isVisible():
            self._ask_sources()

    def _show(self, made: tuple[bytes, str]) -> None:
        pdf, then = made
        self.paper.show_pdf(pdf)
        several = f"共 {len(self.records)} 份，这里是第一份　" if len(self.records) > 1 else ""
        self.told.setText("　".join(filter(None, (f"{several}{self._plain()}", then))))
        self.save.setEnabled(True)

    def _failed(self, error: DeskError) -> None:
        self.told.setText(str(error))
        self.told.set_ink("red")

    def show_sources(self) -> None:
        """Open or close the pane of figures."""
        shown = not self.sources.isVisible()
        self.sources.setVisible(shown)
        if shown:
            self._ask_sources()
            self.sources.list.setFocus()
        else:
            self.paper.setFocus()

    def _ask_sources(self) -> None:
        self.frame.ask(
            lambda desk: trace(desk, self.name, record=self._record, period=self.period, unit=self.unit),
            self.sources.show_figures, self._failed,
        )  # fmt: skip

    def _next_pane(self) -> None:
        if not self.sources.isVisible():
            self.show_sources()
        else:
            away = self.sources.isAncestorOf(self.focusWidget() or self)
            (self.paper if away else self.sources.list).setFocus()

    def _open_record(self, form: str, record: str) -> None:
        if self.frame.open_record(form, record):
            self.accept()
        else:
            self.sources.told.setText("这种记录没有单独的页面，请在它的清单里查找")

    def _split(self) -> None:
        SplitDialog(self.frame, self.form, self.period, self.kind.value() or "pdf", self).open()

    def save_as(self) -> None:
        """Ask where to, and write the kind of file that is chosen."""
        if not self.save.isEnabled():
            return
        kind = self.kind.value() or "pdf"
        begin = Path.home() / f"{self.form.title}_{self.period}.{kind}"
        path, _ = QFileDialog.getSaveFileName(self, f"另存 {FORMATS[kind]}", str(begin), f"{FORMATS[kind]} (*.{kind})")
        if path:
            out = Path(path if path.lower().endswith(f".{kind}") else f"{path}.{kind}")
            self.frame.ask(
                lambda desk: print_form(
                    desk, self.name, out, records=self.records, period=self.period, unit=self.unit
                ),
                self._saved, self._failed,
            )  # fmt: skip

    def _saved(self, made: Printed) -> None:
        more = f"等 {len(made.paths)} 份" if len(made.paths) > 1 else ""
        pages = f"，共 {made.pages} 页" if made.pages else ""
        self.frame.say(f"已保存 {made.paths[0].name}{more}{pages}")
        self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 0)
