"""One file's answer: the verdict in large words, why, whose it is, every condition, and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.actions.checking import PAGES, VERDICTS, CheckedFile, pages_from_data, verdict_json
from desktop.model.periods import Period

from ...kit import look
from ...kit.buttons import KeyButton
from ...kit.detail import Facts
from ...kit.marks import Mark
from ...kit.rows import Cell, Column, Row, RowsModel
from ...kit.table import TableView
from ...kit.text import Rule, Text, column, ground, row
from ..submissions.paper import PaperView

LOOKS = {"valid": ("done", "green"), "invalid": ("error", "red"), "undecided": ("soon", "amber")}
SHOWN = {
    "equal": "，右边是文件本身的页面", "different": "，右边是按数据重新生成的页面",
    "not_compared": "（版式版本不同），右边是按数据重新生成的页面",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The answer about one file as plain values. `kept` is the whole verdict, for its pages."""

    path: str
    file: str
    said: dict[str, Any]
    kept: CheckedFile

    @property
    def outcome(self) -> str:
        return str(self.said["verdict"])


def told(path: Path, found: CheckedFile) -> Told:
    """Runs on the worker thread."""
    said = verdict_json(found.verdict) if found.verdict else _unread(found)
    return Told(str(path), found.file, said, found)


def _unread(found: CheckedFile) -> dict[str, Any]:
    empty = dict.fromkeys(("signer", "office", "signed", "district", "period", "data_digest"), "")
    return {
        **empty, "verdict": found.outcome, "pages": "not_compared", "reasons": [found.fault], "practice": False,
        "conditions": [], "not_checked": [],
    }  # fmt: skip


def pages(one: Told) -> bytes:
    """The pages to show: the file's own only when they say what its data say. Runs on the worker thread."""
    if one.said["pages"] == "equal":
        return Path(one.path).read_bytes()
    return pages_from_data(one.kept.verdict) if one.kept.verdict else b""


class Answer(QWidget):
    """`show_told(…)`, `show_pages(bytes)`; `read_asked` when the data are to be read."""

    read_asked = Signal()

    def __init__(self, may_read: bool) -> None:
        super().__init__()
        self.may_read = may_read
        self.mark = Mark("todo", size=22)
        self.words, self.why = Text("", size=28), Text("", wrap=True, select=True)
        self.facts = Facts()
        self.read = KeyButton("读取其中数据", icon="file-down", name="read_data")
        self.read.clicked.connect(self.read_asked)
        self.table = TableView(
            RowsModel([Column("title", "条件", width=230, ink="ink"), Column("reason", "说明", width=320)]),
            by_rows=True, numbered=False, column_lines=False, name="conditions", label="核对的条件",
        )  # fmt: skip
        left = ground(QWidget(), "panel")
        heading = row(None, [self.mark, self.words, None, self.read], gap=12)
        column(left, [heading, self.why, self.facts, 4, self.table], gap=8, margins=(20, 14, 20, 8)).setStretch(4, 1)
        self.paper = PaperView()
        self.table.setMinimumHeight(look.theme().control(28) * 4)
        area = QScrollArea()  # large letters in a low window: what does not fit is scrolled to, never laid over
        area.setWidget(left)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row(self, [area, Rule(upright=True), self.paper], gap=0).setStretch(0, 1)

    def show_told(self, one: Told, district: str) -> None:
        """`district` is the code of this office: only its own data can be read here."""
        said = one.said
        mark, ink = LOOKS[one.outcome]
        words = VERDICTS[one.outcome]
        self.mark.set_mark(mark, words)
        self.words.setText(words + ("（练习）" if said["practice"] else ""))
        self.words.set_ink(ink)
        self.why.setText("\n".join(said["reasons"]))
        self.why.setVisible(bool(said["reasons"]))
        signed = said["signed"].replace("T", " ")[:16]
        digest = said["data_digest"]
        when = Period.parse(said["period"]).label if said["period"] else ""
        where = "　".join(filter(None, (said.get("district_name", ""), said["district"], when)))
        pairs: list[tuple[str, str | QWidget]] = [
            ("文件", one.file),
            ("签名人", "　".join(part for part in (said["signer"], said["office"]) if part)),
            ("签名时间", f"{signed}（签名人的时钟）" if signed else ""), ("区县与填报时间", where),
            ("数据校验码", f"{digest[:8]}…{digest[-8:]}" if digest else ""),
            ("页面", PAGES[said["pages"]] + SHOWN[said["pages"]] if said["data_digest"] else ""),
        ]  # fmt: skip
        self.facts.set_pairs(pairs)
        self.table.model().set_rows(_rows(said))
        mine = said["district"] == district and one.outcome != "invalid" and bool(digest)
        self.read.setVisible(self.may_read and mine)

    def show_pages(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)


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
