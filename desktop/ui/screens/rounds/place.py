"""The place 下发收回: who has answered, what came back, return rates, closing the period; one tab each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions.rounds_returns import Returns, read_returns
from desktop.model.errors import DeskError
from desktop.model.periods import Period

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.head import ScreenHead
from ...kit.tabs import Tab, TabRow
from ...kit.text import column
from ..exchange.working import Working
from .answers import AnswersPage
from .closing import ClosingPage
from .handing import HandOutDialog
from .rates import RatesPage
from .returns import ReturnsPage

TABS = (Tab("answers", "交回情况"), Tab("returns", "收回预览"), Tab("rates", "交回率"), Tab("closing", "关账"))


class RoundsPlace(QWidget):
    """Ctrl+E hands out, Ctrl+I collects a folder; a folder may also be dropped here. ←→ on the tabs."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAcceptDrops(True)
        self.head = ScreenHead("下发收回", "", self._buttons(frame.may("enter")))
        self.tabs = TabRow(TABS, name="rounds.tabs")
        self.pages: dict[str, Any] = {
            "answers": AnswersPage(frame, self.hand_out), "returns": ReturnsPage(frame, self.collect),
            "rates": RatesPage(frame), "closing": ClosingPage(frame),
        }  # fmt: skip
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        column(self, [self.head, self.tabs, self.stack], gap=0).setStretch(2, 1)
        self.tabs.picked.connect(self.show_tab)
        self.pages["returns"].finished.connect(self._collected)
        self.pages["answers"].facts.connect(self.head.set_facts)
        self.pages["answers"].came.connect(self._came)
        keys.bind(self, "export", self.hand_out, pane=True)
        keys.bind(self, "import", self.collect, pane=True)
        keys.bind(self, "round_remind", self.pages["answers"].copy_reminder, pane=True)
        keys.bind(self, "round_report", self.pages["answers"].copy_report, pane=True)
        keys.bind(self, "round_close", self.turn, pane=True)
        frame.period_changed.connect(lambda _: self.load())
        frame.bridge.changed.connect(self.load)
        self.load()

    def _buttons(self, may: bool) -> list[KeyButton]:
        out = KeyButton("下发填报表…", icon="file-up", key="export", name="hand_out")
        come = KeyButton("收回文件夹…", icon="folder-open", key="import", kind="main", name="collect")
        out.clicked.connect(self.hand_out)
        come.clicked.connect(self.collect)
        for button in (out, come):
            button.setEnabled(may)
        return [out, come]

    @property
    def here(self) -> Any:
        return self.pages[self.tabs.here]

    def panes(self) -> list[QWidget]:
        return [self.tabs, *self.here.panes()]

    def entered(self) -> None:
        (self.here.panes() or [self.tabs])[0].setFocus()
        self.here.say()

    def _came(self) -> None:
        if self.isVisible() and self.tabs.hasFocus() and self.tabs.here == "answers":
            self.pages["answers"].table.setFocus()

    def load(self) -> None:
        for name in ("answers", "rates", "closing"):
            self.pages[name].load(self.frame.period)

    def show_tab(self, name: str) -> None:
        self.tabs.set_here(name)
        self.stack.setCurrentWidget(self.pages[name])
        self.here.say()

    def turn(self) -> None:
        """Close or open the period, with its state in sight."""
        self.show_tab("closing")
        self.pages["closing"].turn()

    def hand_out(self) -> None:
        if self.frame.may("enter"):
            HandOutDialog(self.frame, self.frame.period, self.pages["answers"].ticked, parent=self).open()

    def collect(self) -> None:
        if not self.frame.may("enter"):
            return
        folder = QFileDialog.getExistingDirectory(self, "收回：选择存放交回工作簿的文件夹", str(Path.home()))
        if folder:
            self.read_folder(Path(folder))

    def read_folder(self, folder: Path) -> None:
        """Read all workbooks of a folder and show what they would do; writes nothing."""
        period = self.frame.period

        def work(desk: Any, report: Any) -> Returns:
            return read_returns(desk, folder, Period.parse(period).key, report)

        Working.start(self.frame, "正在读取交回的工作簿", work, self._read, self._failed, self)

    def _read(self, found: Returns) -> None:
        self.pages["returns"].show_returns(found)
        self.show_tab("returns")
        self.entered()

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))

    def _collected(self) -> None:
        self.show_tab("answers")
        self.entered()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if self.frame.may("enter") and urls and Path(urls[0].toLocalFile()).is_dir():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.read_folder(Path(event.mimeData().urls()[0].toLocalFile()))

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("rates", lambda: self.show_tab("rates")), ("closing", lambda: self.show_tab("closing")),
            ("handing", self.hand_out),
        ]  # fmt: skip
