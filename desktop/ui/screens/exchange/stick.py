"""A stick: what lies in 收件 and 发件, whose it is, what is new here; Enter reads one, Ctrl+E writes onto it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions.sticks import BAD, NEW, OLDER, OWN, READ, RECEIPT, STATES, TABLE, Parcel, Stick, look
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys
from ...kit.buttons import KeyButton
from ...kit.empty import Empty
from ...kit.head import ScreenHead
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import column
from ...wording import when_words
from .working import Working

COLUMNS = (
    Column("state", "情况", width=170, ink="ink"),
    Column("file", "文件", width=300, ink="ink"),
    Column("folder", "文件夹", width=70),
    Column("sender", "来自", width=210),
    Column("unit", "发给", width=150, drop=2),
    Column("records", "记录", "条", kind="number", width=70, drop=1),
    Column("news", "有新内容", "条", kind="number", width=100),
    Column("created", "导出时间", width=120),
)
MARKS = {NEW: "new", READ: "done", OLDER: "same", OWN: "same", TABLE: "todo", RECEIPT: "returned", BAD: "error"}


class StickPage(QWidget):
    """`show_folder(Path)`; `read_file(str)` when one was chosen, `write_to(str)` for 写入 U 盘."""

    went_back = Signal()
    read_file = Signal(str)
    write_to = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.folder: Path | None = None
        self.again = KeyButton("重新看", key="check", name="again")
        self.other = KeyButton("别的文件夹…", icon="folder-open", name="other_folder")
        self.put = KeyButton("写入 U 盘", icon="usb", key="export", name="write_to")
        self.take = KeyButton("导入这一份", icon="file-down", key="home_open", kind="main", name="read_file")
        self.head = ScreenHead("U 盘", "", [self.again, self.other, self.put, self.take], back=True)
        self.head.went_back.connect(self.went_back)
        self.table = TableView(RowsModel(COLUMNS), by_rows=True, numbered=False, name="stick", label="U 盘里的文件")
        self.nothing = Empty("usb", "这里没有工作簿", "别人交回的放进“收件”文件夹；写给别人的，本程序放进“发件”。")
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.table)
        column(self, [self.head, self.middle], gap=0).setStretch(1, 1)
        self.again.clicked.connect(self.load)
        self.other.clicked.connect(self.choose)
        self.put.clicked.connect(self._put)
        self.take.clicked.connect(lambda: self._open())
        self.table.opened.connect(lambda _: self._open())
        self.table.chosen.connect(self._chosen)
        for name, slot in (("back", self.went_back.emit), ("check", self.load), ("export", self._put)):
            keys.bind(self, name, slot, pane=True)
        self.parcels: dict[str, Parcel] = {}

    def show_folder(self, folder: Path) -> None:
        self.folder = folder
        self.load()

    def choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "看哪个文件夹", str(self.folder or Path.home()))
        if path:
            self.show_folder(Path(path))

    def load(self) -> None:
        folder = self.folder
        if folder is not None:
            Working.start(
                self.frame,
                "正在看 U 盘",
                lambda desk, report: look(desk, folder, report),
                self._show,
                self._failed,
                self,
            )

    def _failed(self, error: DeskError) -> None:
        self.frame.fail(str(error))
        self.went_back.emit()

    def _show(self, stick: Stick) -> None:
        self.parcels = {str(each.path): each for each in stick.parcels}
        today = self.frame.person.today
        order = (NEW, TABLE, RECEIPT, BAD, OLDER, READ, OWN)
        lines = sorted(stick.parcels, key=lambda each: (order.index(each.state), each.path.name))
        self.table.model().set_rows([_row(each, today) for each in lines])
        left = f"，另有 {stick.left_out} 份没有看" if stick.left_out else ""
        self.head.set_facts(f"{stick.folder}　{len(lines)} 份，{stick.news} 份有新内容{left}")
        self.middle.setCurrentIndex(1 if lines else 0)
        if lines:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        if self.isVisible():
            (self.table if lines else self.put).setFocus()
        self._chosen("")
        shown = [keys.phrase("home_open", "导入这一份"), keys.phrase("export", "写入 U 盘"), keys.phrase("back")]
        self.frame.status(self, ["先后次序不影响合并的结果，读过的再读也不会改动什么"], shown)

    def _here(self) -> Parcel | None:
        held = self.table.current_row()
        return self.parcels.get(held.key) if held is not None else None

    def _chosen(self, _: str) -> None:
        here = self._here()
        may = self.frame.may("enter")
        self.take.setEnabled(may and here is not None and here.state not in (BAD, RECEIPT))
        self.put.setEnabled(may)

    def _open(self) -> None:
        here = self._here()
        if here is None:
            return
        if here.state == BAD:
            self.frame.fail(here.message)
        elif here.state == RECEIPT:
            self.frame.fail("这是市级回执，请在“报送”里收回执")
        elif self.take.isEnabled():
            self.read_file.emit(str(here.path))

    def _put(self) -> None:
        if self.folder is not None and self.put.isEnabled():
            self.write_to.emit(str(self.folder))


def _news(each: Parcel) -> Cell:
    """How many records are new here; what was typed into the sheets is counted by the preview alone."""
    if each.edited and not each.news:
        return Cell("", tip="有人在工作簿里填写过，几处要导入时核对才知道")
    return Cell(str(each.news) if each.package else "")


def _row(each: Parcel, today: str) -> Row:
    words = STATES[each.state]
    if each.state == READ and each.read_at:
        words = f"{when_words(each.read_at, today)} 已读入"
    elif each.state == NEW and each.edited:
        words = "交回的，填写过"
    elif each.state == NEW and each.out_of_order:
        words = "有新内容，也有旧的"
    tip = each.message or {"unknown": f"来源还没有认可，指纹 {each.fingerprint}"}.get(each.known, each.fingerprint)
    sender = f"{each.sender}（未认可）" if each.known == "unknown" else each.sender
    return Row(str(each.path), (
        Cell(words, mark=MARKS[each.state], tip=each.message, tone="red" if each.state == BAD else ""),
        Cell(each.path.name, tip=str(each.path)), Cell(each.folder), Cell(sender or each.message, tip=tip),
        Cell(each.unit or ("全部单位" if each.package else "")),
        Cell(str(each.records) if each.package else ""), _news(each),
        Cell(when_words(each.created, today) if each.created else "", tip=each.created),
    ))  # fmt: skip
