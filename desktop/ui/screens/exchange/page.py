"""The place 导入导出: two ways, what went where, and the preview over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions import foreign, signed_data
from desktop.actions.exchange import read
from desktop.actions.packages import PackageLine, packages
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import column
from ...wording import when_words
from .exporting import ExportDialog
from .outside import describe_outside
from .preview import PreviewPage
from .wording import Shown, describe

COLUMNS = (
    Column("at", "时间", width=120),
    Column("way", "方向", width=80, ink="ink"),
    Column("file", "文件", width=360, ink="ink"),
    Column("peer", "单位", width=220),
    Column("records", "记录", "条", kind="number", width=70),
    Column("who", "经办", width=100),
    Column("sha", "SHA-256", width=180, drop=1),
)


KINDS = (".xlsx", ".xlsm", ".csv", ".pdf")


class ExchangePlace(QStackedWidget):
    """Ctrl+E exports, Ctrl+I imports; a workbook may also be dropped here."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAcceptDrops(True)
        may = frame.may("enter")
        self.start = QWidget()
        self.head = ScreenHead("导入导出", "", self._buttons(may))
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="packages", label="往来工作簿")
        self.nothing = Empty(
            "arrow-left-right", "还没有往来的工作簿", "导出一份给单位、街道填写，或导入他们交回的。", self._buttons(may)
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.table)
        column(self.start, [self.head, self.middle], gap=0).setStretch(1, 1)
        self.preview = PreviewPage(frame)
        self.preview.finished.connect(self._back)
        self.addWidget(self.start)
        self.addWidget(self.preview)
        keys.bind(self.start, "export", self.export, pane=True)
        keys.bind(self.start, "import", self.choose, pane=True)
        frame.bridge.changed.connect(self.load)
        self.load()

    def _buttons(self, may: bool) -> list[KeyButton]:
        out = KeyButton("导出工作簿", icon="file-up", key="export", name="export")
        come = KeyButton("导入工作簿", icon="file-down", key="import", kind="main", name="import")
        out.clicked.connect(self.export)
        come.clicked.connect(self.choose)
        for button in (out, come):
            button.setEnabled(may)
        return [out, come]

    def panes(self) -> list[QWidget]:
        return self.preview.panes() if self.currentWidget() is self.preview else [self.middle.currentWidget()]

    def entered(self) -> None:
        if self.currentWidget() is self.preview:
            self.preview.table.setFocus()
        else:
            self.middle.currentWidget().setFocus()
            self._status()

    def _status(self) -> None:
        count = self.table.model().rowCount()
        self.frame.status(self, [Note("最近", str(count), "份")], [keys.phrase("export"), keys.phrase("import")])

    def load(self) -> None:
        self.frame.ask(packages, self._show)

    def _show(self, lines: list[PackageLine]) -> None:
        today = self.frame.person.today
        self.table.model().set_rows([
            Row(f"{line.id}:{line.at}:{line.direction}", (
                Cell(when_words(line.at, today), tip=line.at), Cell("导出" if line.direction == "out" else "导入"),
                Cell(line.file), Cell(line.peer or "全部单位"), Cell(str(line.records)), Cell(line.who),
                Cell(f"{line.sha256[:8]}…{line.sha256[-4:]}", tip=line.sha256),
            ))
            for line in lines
        ])  # fmt: skip
        self.middle.setCurrentIndex(1 if lines else 0)
        self.head.set_facts("交回的工作簿先预览，写入前什么都不改")
        if self.currentWidget() is self.start:
            self._status()

    def export(self) -> None:
        if self.frame.may("enter"):
            ExportDialog(self.frame, parent=self).open()

    def choose(self) -> None:
        if not self.frame.may("enter"):
            return
        path, _ = QFileDialog.getOpenFileName(
            self, "导入工作簿", str(Path.home()), "工作簿、表格、签名的 PDF (*.xlsx *.xlsm *.csv *.pdf)"
        )
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path, accept: bool = False) -> None:
        """Read a workbook, or the data of a signed PDF, and show what it would do; writes nothing.

        `accept`: a PDF whose signature cannot be decided is read all the same.
        """

        def work(desk: Any) -> Shown:
            if signed_data.is_signed_file(path):
                return describe(desk, signed_data.read(desk, path, accept=accept))
            if foreign.is_foreign(path):
                return describe_outside(desk, foreign.read(desk, path))
            return describe(desk, read(desk, path))

        self.frame.ask(work, self._read, self._failed, "正在读取")

    def _read(self, shown: Shown) -> None:
        self.setCurrentWidget(self.preview)
        self.preview.show_workbook(shown)

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def _back(self) -> None:
        self.setCurrentWidget(self.start)
        self.load()
        self.entered()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if self.frame.may("enter") and urls and urls[0].toLocalFile().lower().endswith(KINDS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.read_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return [("export", self.export)]
