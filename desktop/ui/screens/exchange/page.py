"""The place 导入导出: two ways, what went where, and the preview over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions import foreign
from desktop.actions.exchange import read
from desktop.actions.foreign_assistant import Fitting, fitting, is_unknown
from desktop.actions.packages import PackageLine, packages
from desktop.actions.sticks import look
from desktop.model.errors import DeskError, Refused

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
from .assistant import AssistantDialog
from .exporting import ExportDialog
from .filling import FillDialog
from .mounts import Mounts
from .outside import describe_outside
from .peers import PeersPage
from .preview import PreviewPage
from .stick import StickPage
from .strip import StickStrip
from .taking_back import ask_take_back
from .which import WhichDialog, must_ask
from .wording import Shown, describe
from .working import Working

COLUMNS = (
    Column("at", "时间", width=120),
    Column("way", "方向", width=80, ink="ink"),
    Column("file", "文件", width=300, ink="ink"),
    Column("peer", "单位", width=190),
    Column("records", "记录", "条", kind="number", width=70),
    Column("who", "经办", width=100),
    Column("echo", "回音", width=190, drop=1),
    Column("sha", "SHA-256", width=180, drop=2),
)


KINDS = (".xlsx", ".xlsm", ".csv", ".pdf")


UNKNOWN = "unknown"


def echo_words(line: PackageLine, today: str) -> str:
    """What is known of a workbook that went out: it came back, or others have what was in it."""
    if line.back:
        return f"{when_words(line.back, today)} 交回"
    return f"{'、'.join(line.reached)}已收到" if line.reached else ""


class ExchangePlace(QStackedWidget):
    """Ctrl+E exports, Ctrl+I imports; a workbook may also be dropped here."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAcceptDrops(True)
        may = frame.may("enter")
        self.start = QWidget()
        self.head = ScreenHead("导入导出", "", [*self._more(), *self._buttons(may)])
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="packages", label="往来工作簿")
        self.nothing = Empty(
            "arrow-left-right", "还没有往来的工作簿", "导出一份给单位、街道填写，或导入他们交回的。", self._buttons(may)
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.table)
        self.preview = PreviewPage(frame)
        self.preview.finished.connect(self._back)
        self.peers, self.stick = PeersPage(frame), StickPage(frame)
        self.strip = StickStrip()
        column(self.start, [self.head, self.strip, self.middle], gap=0).setStretch(2, 1)
        for page in (self.start, self.preview, self.peers, self.stick):
            self.addWidget(page)
        self.peers.went_back.connect(self._back)
        self.stick.went_back.connect(self._back)
        self.stick.read_file.connect(lambda path: self.read_file(Path(path)))
        self.stick.write_to.connect(lambda folder: self.export(Path(folder)))
        self.strip.look_at.connect(self.look_at)
        self.strip.write_to.connect(lambda folder: self.export(Path(folder)))
        self.mounts = Mounts(parent=self)
        self.mounts.changed.connect(self.strip.show_sticks)
        self.mounts.changed.connect(self._sticks)
        self.table.opened.connect(self._opened)
        self.lines: dict[str, PackageLine] = {}
        keys.bind(self.start, "export", self.export, pane=True)
        keys.bind(self.start, "import", self.choose, pane=True)
        frame.bridge.changed.connect(self.load)
        self.load()
        self.mounts.look()

    def _buttons(self, may: bool) -> list[KeyButton]:
        out = KeyButton("导出工作簿", icon="file-up", key="export", name="export")
        come = KeyButton("导入工作簿", icon="file-down", key="import", kind="main", name="import")
        blank = KeyButton("填空表", icon="file-spreadsheet", name="fill")
        out.clicked.connect(lambda: self.export())
        come.clicked.connect(self.choose)
        blank.clicked.connect(self.fill)
        for button in (out, come, blank):
            button.setEnabled(may)
        return [blank, out, come]

    def _more(self) -> list[KeyButton]:
        sources, stick = KeyButton("来源", name="peers"), KeyButton("U 盘", icon="usb", name="stick")
        sources.clicked.connect(self.show_peers)
        stick.clicked.connect(self.choose_stick)
        return [sources, stick]

    def show_peers(self) -> None:
        self.setCurrentWidget(self.peers)
        self.peers.entered()

    def choose_stick(self) -> None:
        """The stick that is plugged in; without one any folder may be looked at."""
        if self.mounts.here:
            self.look_at(self.mounts.here[0][0])
            return
        path = QFileDialog.getExistingDirectory(self, "没有看到 U 盘，请选文件夹", str(Path.home()))
        if path:
            self.look_at(path)

    def look_at(self, folder: str) -> None:
        self.setCurrentWidget(self.stick)
        self.stick.show_folder(Path(folder))

    def _sticks(self, here: list[tuple[str, str]]) -> None:
        gone = self.stick.folder is not None and not self.stick.folder.is_dir()
        if gone and self.currentWidget() is self.stick:
            self.frame.fail("U 盘已拔出")
            self._back()
        for folder, _ in here:
            self.frame.ask(lambda desk, f=folder: (f, look(desk, Path(f)).news), lambda got: self.strip.tell(*got),
                           lambda _: None)  # fmt: skip

    def fill(self) -> None:
        if self.frame.may("enter"):
            FillDialog(self.frame, parent=self).open()

    def _opened(self, key: str) -> None:
        """Enter on an import: take it back as a whole."""
        line = self.lines.get(key)
        if line is None or not self.frame.may("enter"):
            return
        if line.direction == "in" and line.action:
            ask_take_back(self.frame, line.action, self)
        else:
            self.frame.fail("导出的不用撤销" if line.direction == "out" else "这次导入没有改动记录，不用撤销")

    def panes(self) -> list[QWidget]:
        here = self.currentWidget()
        if here is self.preview:
            return self.preview.panes()
        return [here.middle.currentWidget()] if here in (self.peers, self.stick) else [self.middle.currentWidget()]

    def entered(self) -> None:
        here = self.currentWidget()
        if here is self.preview:
            self.preview.table.setFocus()
        elif here in (self.peers, self.stick):
            here.middle.currentWidget().setFocus()
        else:
            self.middle.currentWidget().setFocus()
            self._status()

    def _status(self) -> None:
        count = self.table.model().rowCount()
        shown = [keys.phrase("home_open", "整批撤销导入"), keys.phrase("export"), keys.phrase("import")]
        self.frame.status(self, [Note("最近", str(count), "份")], shown)

    def load(self) -> None:
        self.frame.ask(packages, self._show)

    def _show(self, lines: list[PackageLine]) -> None:
        today = self.frame.person.today
        self.lines = {f"{line.id}:{line.at}:{line.direction}": line for line in lines}
        self.table.model().set_rows([
            Row(f"{line.id}:{line.at}:{line.direction}", (
                Cell(when_words(line.at, today), tip=line.at), Cell("导出" if line.direction == "out" else "导入"),
                Cell(line.file), Cell(line.peer or "全部单位"), Cell(str(line.records)), Cell(line.who),
                Cell(echo_words(line, today), tip="、".join(line.reached)),
                Cell(f"{line.sha256[:8]}…{line.sha256[-4:]}", tip=line.sha256),
            ))
            for line in lines
        ])  # fmt: skip
        self.middle.setCurrentIndex(1 if lines else 0)
        self.head.set_facts("交回的工作簿先预览，写入前什么都不改")
        if self.currentWidget() is self.start:
            self._status()

    def export(self, folder: Path | None = None) -> None:
        if self.frame.may("enter"):
            place = folder or (Path(self.mounts.here[0][0]) if self.mounts.here else None)
            dialog = ExportDialog(self.frame, folder=place, parent=self)
            dialog.written.connect(lambda: self.stick.load() if self.currentWidget() is self.stick else None)
            dialog.open()

    def choose(self) -> None:
        if not self.frame.may("enter"):
            return
        path, _ = QFileDialog.getOpenFileName(
            self, "导入工作簿", str(Path.home()), "工作簿、表格、签名的 PDF (*.xlsx *.xlsm *.csv *.pdf)"
        )
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path, layout: str = "", period: str = "", asked: bool = False) -> None:
        """Read a workbook and show what it would do; writes nothing. A table from outside may need an answer first."""

        def work(desk: Any, report: Any) -> Any:
            if not foreign.is_foreign(path):
                return describe(desk, read(desk, path, report))
            found = [] if asked else fitting(desk, path)
            if must_ask(found):
                return found
            try:
                return describe_outside(desk, foreign.read(desk, path, layout=layout, period=period, report=report))
            except Refused:
                if layout or asked or not is_unknown(desk, path):
                    raise
                return UNKNOWN

        def seen(got: Any) -> None:
            if got == UNKNOWN:
                AssistantDialog(self.frame, path, lambda _: self.read_file(path, asked=True), parent=self).open()
            elif isinstance(got, list):
                self._which(path, got)
            else:
                self._read(got)

        Working.start(self.frame, "正在读取", work, seen, self._failed, self)

    def _which(self, path: Path, found: list[Fitting]) -> None:
        dialog = WhichDialog(self.frame, found, self)
        dialog.accepted.connect(lambda: self.read_file(path, dialog.layout_name, dialog.period, asked=True))
        dialog.open()

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
        return [("export", self.export), ("fill", self.fill), ("peers", self.show_peers)]
