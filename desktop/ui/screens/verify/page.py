"""The place 核对签名: a signed PDF, the verdict in large words, each condition with its reason, the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.checking import pages_from_data, verdict_json, verify
from desktop.model.errors import DeskError

from ...frame import Frame
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.detail import Facts
from ...kit.empty import Empty
from ...kit.form import FormRow
from ...kit.head import ScreenHead
from ...kit.lines import FilePick
from ...kit.marks import Mark
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.status import Note
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, ground, row
from ..submissions.paper import PaperView

VERDICTS = {
    "valid": ("done", "有效", "green"), "invalid": ("error", "无效", "red"), "undecided": ("soon", "无法判定", "amber"),
}  # fmt: skip
PAGES = {
    "equal": "页面与数据一致，右边是文件本身的页面", "different": "页面与数据不一致，右边是按数据重新生成的页面",
    "not_compared": "版式版本不同，页面没有比对，右边是按数据重新生成的页面",
}  # fmt: skip
WIDE = 1600


@dataclass(frozen=True)
class Told:
    """The verdict as plain values, and the pages to show."""

    verdict: dict[str, Any]
    pages: bytes


class VerifyPlace(QWidget):
    """Choose or drop a PDF. F5 checks again. Without a root named, what this office trusts is used."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAcceptDrops(True)
        self.again = KeyButton("核对", key="check", icon="shield-check", kind="main", name="check")
        self.again.clicked.connect(self.check)
        self.head = ScreenHead("核对签名", "核对的是签名和数据，不改动文件", [self.again])
        self.file = FilePick("file", "文件", filter="PDF (*.pdf)", required=True, placeholder="选择或拖入签名的 PDF")
        hint = "不选，用本单位收下的"
        self.root = FilePick("root", "根证书", filter="证书 (*.pem *.crt *.cer)", placeholder=hint)
        self.register = FilePick("register", "登记表", filter="登记表 (*.json);;所有文件 (*)", placeholder=hint)
        self.crl = FilePick("crl", "吊销清单", filter="吊销清单 (*.pem *.crl)", placeholder=hint)
        fields = ground(QWidget(), "sunken")
        wide = look.width("吊销清单") + 8
        rows = [FormRow(field, label_width=wide) for field in (self.file, self.root, self.register, self.crl)]
        lower = row(None, rows[2:], gap=16)
        upper = row(None, rows[:2], gap=16)
        column(fields, [upper, lower], gap=8, margins=(16, 10, 16, 12))
        for layout in (upper, lower):
            layout.setStretch(0, 1)
            layout.setStretch(1, 1)
        self.mark = Mark("todo", size=22)
        self.words, self.why = Text("", size=28), Text("", wrap=True, select=True)
        self.facts = Facts()
        self.table = TableView(
            RowsModel([Column("title", "条件", width=230, ink="ink"), Column("reason", "说明", width=320)]),
            by_rows=True, numbered=False, column_lines=False, name="conditions", label="核对的条件",
        )  # fmt: skip
        left = ground(QWidget(), "panel")
        heading = row(None, [self.mark, self.words, None], gap=12)
        column(left, [heading, self.why, self.facts, 4, self.table], gap=8, margins=(20, 14, 20, 8)).setStretch(4, 1)
        self.paper = PaperView()
        self.body = QWidget()
        row(self.body, [left, Rule(upright=True), self.paper], gap=0).setStretch(0, 1)
        self.middle = QStackedWidget()
        self.middle.addWidget(Empty("file-check", "还没有选文件", "选择或拖入签名的 PDF，再按 F5 核对。"))
        self.middle.addWidget(self.body)
        column(self, [self.head, fields, Rule(), self.middle], gap=0).setStretch(3, 1)
        self.file.changed.connect(self._picked)
        keys.bind(self, "check", self.check, pane=True)
        keys.bind(self, "previous_page", lambda: self.paper.turn(-1), pane=True)
        keys.bind(self, "next_page", lambda: self.paper.turn(1), pane=True)

    def panes(self) -> list[QWidget]:
        return [self.file.input, self.table, self.paper]

    def entered(self) -> None:
        self.file.setFocus()
        page = f"{keys.hint('previous_page')} {keys.hint('next_page')} 翻页"
        shown = [keys.phrase("next_pane"), page, keys.phrase("check", "核对")]
        self.frame.status(self, [Note("电子签名不是公章")], shown)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.paper.setFixedWidth(look.theme().control(620 if self.width() >= WIDE else 420))

    def open_file(self, path: str) -> None:
        """Check this file now."""
        self.file.set_value(path)
        self.check()

    def _picked(self, path: str) -> None:
        if path.lower().endswith(".pdf") and Path(path).is_file():
            self.check()

    def check(self) -> None:
        text = self.file.value()
        self.file.set_error("" if text else "没有选文件，请选择签名的 PDF")
        if not text:
            self.file.setFocus()
            return
        path = Path(text)
        root, register, crl = ([Path(each.value() or "")] if each.value() else [] for each in self._means())

        def work(desk: Any) -> Told:
            verdict = verify(path, roots=root, register=register[0] if register else None, crls=crl, desk=desk)
            said = verdict_json(verdict)
            pages = path.read_bytes() if said["pages"] == "equal" else pages_from_data(verdict)
            return Told(said, pages)

        self.again.setEnabled(False)
        self.frame.ask(work, self._show, self._failed, "正在核对")

    def _means(self) -> tuple[FilePick, FilePick, FilePick]:
        return self.root, self.register, self.crl

    def _failed(self, error: DeskError) -> None:
        self.again.setEnabled(True)
        self.middle.setCurrentIndex(0)
        self.file.set_error(str(error))

    def _show(self, told: Told) -> None:
        self.again.setEnabled(True)
        said = told.verdict
        mark, words, ink = VERDICTS[said["verdict"]]
        practice = "（练习）" if said["practice"] else ""
        self.mark.set_mark(mark, words)
        self.words.setText(words + practice)
        self.words.set_ink(ink)
        self.why.setText("\n".join(said["reasons"]))
        self.why.setVisible(bool(said["reasons"]))
        signed = said["signed"].replace("T", " ")[:16]
        digest = said["data_digest"]
        pairs: list[tuple[str, str | QWidget]] = [
            ("签名人", "　".join(part for part in (said["signer"], said["office"]) if part)),
            ("签名时间", f"{signed}（签名人的时钟）" if signed else ""),
            ("区县与期次", f"{said['district']}　{said['period']}"),
            ("数据校验码", f"{digest[:8]}…{digest[-8:]}" if digest else ""), ("页面", PAGES[said["pages"]]),
        ]  # fmt: skip
        self.facts.set_pairs(pairs)
        self.table.model().set_rows(_rows(said))
        self.paper.show_pdf(told.pages)
        self.middle.setCurrentIndex(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if urls and urls[0].toLocalFile().lower().endswith(".pdf"):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_file(event.mimeData().urls()[0].toLocalFile())

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return []


def _rows(said: dict[str, Any]) -> list[Row]:
    """What holds, what does not and why, then what was not checked."""
    marks = {True: ("done", ""), False: ("error", "red"), None: ("na", "")}
    rows = []
    for each in said["conditions"]:
        mark, tone = marks[each["holds"]]
        note = each["reason"] or ("符合" if each["holds"] else "没有核对")
        rows.append(Row(each["code"], (Cell(each["title"], mark=mark), Cell(note, tone=tone, tip=note))))
    if said["not_checked"]:
        rows.append(Row("head", (Cell("没有核对的"),), kind="span"))
        rows += [
            Row(f"left:{place}", (Cell(words, mark="na", tip=words), Cell(" ")))
            for place, words in enumerate(said["not_checked"])
        ]
    return rows
