"""帮助: the manual's chapters at the left, one of them at the right; without the manual the table of keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QWidget

from ...frame import Frame
from ...kit import keys, look
from ...kit.head import ScreenHead
from ...kit.text import Rule, column, row
from ...kit.tree import Node, TreeList
from ..settings.shortcuts import ShortcutsPart
from .manual import Chapter, chapter_of, chapters, fill

MOST = 860  # px of the text
ABOUT = {  # place -> words in the title of the chapter about it
    "home": "首页", "tasks": "任务台账", "progress": "任务台账", "indicators": "任务台账", "problems": "任务台账",
    "projects": "登记项目", "enterprises": "登记项目", "sites": "登记项目", "deleted": "登记项目", "exchange": "导出",
    "conflicts": "冲突", "policies": "政策", "claims": "政策", "submissions": "报送", "verify": "核对签名",
    "settings": "备份",
}  # fmt: skip


class HelpPage(QWidget):
    """`show_about(place)` opens the chapter about a place of the rail; Esc goes back there."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.chapters: list[Chapter] = chapters()
        self._from = ""
        self.tree = TreeList([Node(each.key, each.title) for each in self.chapters], label="说明的各章")
        self.tree.setFixedWidth(look.theme().control(220))
        self.tree.picked.connect(self.show_chapter)
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("说明")
        self.text.setMaximumWidth(look.theme().control(MOST))
        self.text.anchorClicked.connect(self._follow)
        body = QWidget()
        across = QHBoxLayout()
        across.setContentsMargins(24, 12, 8, 0)
        across.addWidget(self.text if self.chapters else ShortcutsPart(frame), 1000)
        across.addStretch(1)
        row(body, [self.tree, Rule(upright=True)], gap=0).addLayout(across, 1)
        self.tree.setVisible(bool(self.chapters))
        column(self, [ScreenHead("帮助", "使用说明" if self.chapters else "快捷键")], gap=0).addWidget(body, 1)
        keys.bind(self, "back", self.back)

    def panes(self) -> list[QWidget]:
        return [self.tree, self.text] if self.chapters else []

    def entered(self) -> None:
        if self.chapters and not self.text.document().characterCount() > 1:
            self.tree.select_key(self.chapters[0].key)
            self.show_chapter(self.chapters[0].key)
        self.tree.setFocus()
        self._status()

    def _status(self) -> None:
        self.frame.status(
            self, ["把光标放在一项里按 Shift+F1，只看那一项的说明"],
            ["↑↓ 选择", keys.phrase("next_pane"), keys.phrase("back")],
        )  # fmt: skip

    def show_about(self, place: str) -> None:
        self._from = place
        words = ABOUT.get(place, "")
        found = next((each for each in self.chapters if words and words in each.title), None)
        if found is not None:
            self.tree.select_key(found.key)
            self.show_chapter(found.key)

    def show_chapter(self, key: str) -> None:
        found = next((each for each in self.chapters if each.key == key), None)
        if found is not None:
            fill(self.text.document(), found.text)
            self.text.verticalScrollBar().setValue(0)

    def refit(self) -> None:
        self.show_chapter(self.tree.key())

    def _follow(self, link: QUrl) -> None:
        key = chapter_of(link.toString())
        if key:
            self.tree.select_key(key)
            self.show_chapter(key)

    def back(self) -> None:
        if self._from:
            self.frame.go(self._from)

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return [("list", lambda: self.show_about("projects"))]
