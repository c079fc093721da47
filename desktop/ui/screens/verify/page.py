"""The place 核对签名: one signed PDF, several, or a folder; each with its verdict, conditions and pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions.checking import VERDICTS, files_in, in_one, verify_many
from desktop.model.errors import DeskError, Refused

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.dialog import Dialog
from ...kit.empty import Empty
from ...kit.form import FormRow
from ...kit.head import ScreenHead
from ...kit.lines import FilePick
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import Rule, column, ground, row
from .answer import LOOKS, Answer, Told, pages, told

WIDE = 1600
LISTED = (
    Column("verdict", "结果", width=96, ink="ink"), Column("file", "文件", width=280, ink="ink"),
    Column("period", "填报时间", width=90), Column("why", "原因", width=330),
)  # fmt: skip


class VerifyPlace(QWidget):
    """Choose or drop PDFs and folders. F5 checks again. Without a root named, what this office trusts is used."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.found: list[Told] = []
        self.here = -1
        self.dropped: list[Path] = []
        self.setAcceptDrops(True)
        self.folder = KeyButton("核对文件夹…", icon="folder-open", name="check_folder")
        self.folder.clicked.connect(self.choose_folder)
        self.again = KeyButton("核对", key="check", icon="shield-check", kind="main", name="check")
        self.again.clicked.connect(self.check)
        self.head = ScreenHead("核对签名", "核对的是签名和数据，不改动文件", [self.folder, self.again])
        drop = "选择或拖入签名的 PDF、文件夹"
        self.file = FilePick("file", "文件", filter="PDF (*.pdf)", required=True, placeholder=drop)
        hint = "不选，用本单位收下的"
        self.root = FilePick("root", "根证书", filter="证书 (*.pem *.crt *.cer)", placeholder=hint)
        self.register = FilePick("register", "登记表", filter="登记表 (*.json);;所有文件 (*)", placeholder=hint)
        self.crl = FilePick("crl", "吊销清单", filter="吊销清单 (*.pem *.crl)", placeholder=hint)
        fields = ground(QWidget(), "sunken")
        wide = look.width("吊销清单") + 8
        rows = [FormRow(field, label_width=wide) for field in (self.file, self.root, self.register, self.crl)]
        upper, lower = row(None, rows[:2], gap=16), row(None, rows[2:], gap=16)
        column(fields, [upper, lower], gap=8, margins=(16, 10, 16, 12))
        for layout in (upper, lower):
            layout.setStretch(0, 1)
            layout.setStretch(1, 1)
        self.list = TableView(
            RowsModel(list(LISTED)), by_rows=True, column_lines=False, name="files", label="核对过的文件"
        )
        self.list.chosen.connect(self._chosen)
        self.answer = Answer(frame.may("enter") and frame.has("exchange"))
        self.answer.read_asked.connect(self.read_data)
        self.words, self.why, self.paper, self.table = (
            self.answer.words, self.answer.why, self.answer.paper, self.answer.table,
        )  # fmt: skip
        self.middle = QStackedWidget()
        self.middle.addWidget(Empty("file-check", "还没有选文件", "选择或拖入签名的 PDF 或文件夹，再按 F5 核对。"))
        self.middle.addWidget(self.answer)
        column(self, [self.head, fields, Rule(), self.list, self.middle], gap=0).setStretch(4, 1)
        self.list.hide()
        self.file.changed.connect(self._picked)
        keys.bind(self, "check", self.check, pane=True)
        keys.bind(self, "previous_page", lambda: self.paper.turn(-1), pane=True)
        keys.bind(self, "next_page", lambda: self.paper.turn(1), pane=True)

    def panes(self) -> list[QWidget]:
        listed = [self.list] if self.list.isVisible() else []
        return [self.file.input, *listed, self.table, self.paper]

    def entered(self) -> None:
        (self.list if self.list.isVisible() else self.file).setFocus()
        self._status()

    def _status(self) -> None:
        notes: list[Note | str] = []
        if len(self.found) > 1:
            notes = [
                Note(words, str(sum(one.outcome == code for one in self.found)), "个", LOOKS[code][0])
                for code, words in VERDICTS.items()
            ]
        page = f"{keys.hint('previous_page')} {keys.hint('next_page')} 翻页"
        shown = [keys.phrase("next_pane"), page, keys.phrase("check", "核对")]
        self.frame.status(self, [*notes, Note("电子签名不是公章")], shown)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.paper.setFixedWidth(look.theme().control(620 if self.width() >= WIDE else 420))

    def open_file(self, path: str) -> None:
        """Check this file now."""
        self.dropped = []
        self.file.set_value(path)
        self.check()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Check several files and folders now."""
        self.dropped = list(paths)
        self.file.set_value(str(paths[0]) if len(paths) == 1 else "")
        self.check()

    def choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "核对文件夹", str(Path.home()))
        if path:
            self.open_files([Path(path)])

    def _picked(self, path: str) -> None:
        self.dropped = []
        if path.lower().endswith(".pdf") and Path(path).is_file():
            self.check()

    def check(self) -> None:
        text = self.file.value()
        wanted = self.dropped or ([Path(text)] if text else [])
        self.file.set_error("" if wanted else "没有选文件，请选择签名的 PDF")
        if not wanted:
            self.file.setFocus()
            return
        root, register, crl = ([Path(each.value() or "")] if each.value() else [] for each in self._means())

        def work(desk: Any, report: Callable[[int, int], None]) -> list[Told]:
            files = [each for path in wanted for each in (files_in(path) if path.is_dir() else [path])]
            if not files:
                raise Refused("文件夹里没有 PDF，请核对路径")
            if len(files) == 1 and not files[0].is_file():
                raise Refused(f"找不到文件 {files[0]}，请核对路径")

            def progress(done: int, whole: int, name: str) -> bool:
                report(done, whole)
                return True

            answers = verify_many(
                files, roots=root, register=register[0] if register else None, crls=crl, desk=desk, progress=progress
            )
            return [told(path, each) for path, each in zip(files, answers, strict=True)]

        self.again.setEnabled(False)
        self.frame.bridge.ask_long(work, self._show, self._failed, "正在核对")

    def _means(self) -> tuple[FilePick, FilePick, FilePick]:
        return self.root, self.register, self.crl

    def _failed(self, error: DeskError) -> None:
        self.again.setEnabled(True)
        self.middle.setCurrentIndex(0)
        self.list.hide()
        self.file.set_error(str(error))

    def _show(self, found: list[Told]) -> None:
        self.again.setEnabled(True)
        self.found, self.here = found, -1
        many = len(found) > 1
        self.list.setVisible(many)
        if many:
            line = look.theme().control(28)
            lines = max(3, min(len(found), 7, self.height() // 4 // line))
            self.list.setFixedHeight((lines + 1) * line + 2)
            self.list.model().set_rows([_line(place, one) for place, one in enumerate(found)])
        self.middle.setCurrentIndex(1)
        worst = next((place for place, one in enumerate(found) if one.outcome != "valid"), 0)
        if many:
            self.list.setCurrentIndex(self.list.model().index(worst, 0))
            self.list.setFocus()
        self._pick(worst)
        self._status()

    def _chosen(self, key: str) -> None:
        if key:
            self._pick(int(key))

    def _pick(self, place: int) -> None:
        if place == self.here or not 0 <= place < len(self.found):
            return
        self.here = place
        one = self.found[place]
        self.answer.show_told(one, self.frame.person.district)
        self.frame.ask(lambda _: pages(one), lambda pdf: self.answer.show_pages(pdf) if self.here == place else None)

    def read_data(self) -> None:
        """What reading the file's data would do, in 导入导出; nothing is written before it is confirmed there."""
        if not 0 <= self.here < len(self.found):
            return
        one = self.found[self.here]
        if one.outcome != "undecided":
            self.frame.read_file(Path(one.path))
            return
        why = in_one(one.said["reasons"])
        words = f"这份文件不能判定：{why}。文件本身是完整的。"
        question = Dialog("仍要读取其中数据？", words, verb="读取", parent=self)
        question.accepted.connect(lambda: self.frame.read_file(Path(one.path), True))
        question.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_files(_local(event))

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return []


def _local(event: QDropEvent) -> list[Path]:
    """The PDFs and folders that are dragged."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.toLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".pdf" or path.is_dir()]


def _line(place: int, one: Told) -> Row:
    mark, ink = LOOKS[one.outcome]
    why = in_one(one.said["reasons"])
    practice = "（练习）" if one.said["practice"] else ""
    return Row(
        str(place),
        (
            Cell(VERDICTS[one.outcome] + practice, mark=mark, tone=ink), Cell(one.file, tip=one.path),
            Cell(one.said["period"]), Cell(why or "—", tip=why),
        ),
    )  # fmt: skip
