"""The sources whose workbooks are taken: name, fingerprint, since when, and taking that back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.peers import PeerLine, own_fingerprint, peers, revoke
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.dialog import ask_text
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column
from ...wording import when_words

COLUMNS = (
    Column("name", "来源", width=260, ink="ink"),
    Column("fingerprint", "指纹", width=330),
    Column("accepted", "认可时间", width=130),
    Column("by", "认可人", width=100),
    Column("last", "最近读入", width=130),
    Column("files", "读入", "份", kind="number", width=80),
)


class PeersPage(QWidget):
    """Enter on a line, or 撤销认可, asks for the reason. `went_back` leads to the list of workbooks."""

    went_back = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.revoke = KeyButton("撤销认可", name="revoke")
        self.revoke.clicked.connect(self.ask_revoke)
        self.head = ScreenHead("来源", "", [self.revoke], back=True)
        self.head.went_back.connect(self.went_back)
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="peers", label="认可的来源")
        self.table.opened.connect(lambda _: self.ask_revoke())
        nothing = Empty(
            "shield-check", "还没有认可的来源", "第一次导入别的单位的工作簿时，核对指纹后认可。认可过的列在这里。"
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(nothing)
        self.middle.addWidget(self.table)
        column(self, [self.head, self.middle], gap=0).setStretch(1, 1)
        keys.bind(self, "back", self.went_back.emit, pane=True)
        self.lines: list[PeerLine] = []

    def entered(self) -> None:
        self.load()
        self.middle.currentWidget().setFocus()

    def load(self) -> None:
        self.frame.ask(lambda desk: (own_fingerprint(desk), peers(desk)), lambda got: self._show(*got))

    def _show(self, own: str, lines: list[PeerLine]) -> None:
        self.lines = lines
        today = self.frame.person.today
        self.head.set_facts(f"本机指纹 {own}，别人问时照着念")
        self.table.model().set_rows([
            Row(line.replica, (
                Cell(line.name), Cell(line.fingerprint, tip=line.replica), Cell(when_words(line.accepted, today)),
                Cell(line.accepted_by), Cell(when_words(line.last, today) if line.last else ""), Cell(str(line.files)),
            ))
            for line in lines
        ])  # fmt: skip
        self.middle.setCurrentIndex(1 if lines else 0)
        self.revoke.setEnabled(bool(lines) and self.frame.may("enter"))
        if lines and self.isVisible():
            self.table.setCurrentIndex(self.table.model().index(0, 0))
            self.table.setFocus()
        self.frame.status(self, [f"认可的来源 {len(lines)} 个"], [keys.phrase("back")])

    def ask_revoke(self) -> None:
        held = self.table.current_row()
        line = next((each for each in self.lines if held is not None and each.replica == held.key), None)
        if line is None or not self.revoke.isEnabled():
            return
        words = f"指纹 {line.fingerprint}。已经合并的内容不变；它下次再交来时，重新核对指纹。"
        why = ask_text(f"不再认可“{line.name}”？", words, "原因", verb="撤销认可", parent=self)
        if why:
            self.frame.ask(
                lambda desk: revoke(desk, line.replica, why),
                lambda gone: (self.frame.say(f"已撤销认可“{gone.name}”"), self.load()), self._failed,
            )  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))
