"""设置: sections at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from ...frame import Frame
from ...kit import keys, look
from ...kit.head import ScreenHead
from ...kit.text import Rule, column, row
from ...kit.tree import Node, TreeList
from .about import AboutPart
from .accounts import AccountsPart
from .backups import BackupsPart
from .certificates import CertificatesPart
from .display import DisplayPart
from .edition import EditionPart
from .office import OfficePart
from .shortcuts import ShortcutsPart

PARTS: tuple[tuple[str, str, Callable[[Frame], QWidget]], ...] = (
    ("office", "本单位", OfficePart),
    ("edition", "新版方案", EditionPart),
    ("accounts", "账号", AccountsPart),
    ("certificates", "证书", CertificatesPart),
    ("backups", "备份与恢复", BackupsPart),
    ("display", "显示", DisplayPart),
    ("shortcuts", "快捷键", ShortcutsPart),
    ("about", "关于", AboutPart),
)
MOST = 860  # px of the content


class SettingsPage(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.tree = TreeList([Node(key, label) for key, label, _ in PARTS], label="设置的各部分")
        self.tree.setFixedWidth(look.theme().control(160))
        self.tree.picked.connect(self.show_part)
        self.stack = QStackedWidget()
        self.parts: dict[str, QWidget] = {}
        for key, _, make in PARTS:
            part = make(frame)
            part.setMaximumWidth(look.theme().control(MOST))
            self.parts[key] = part
            holder = QWidget()
            across = QHBoxLayout(holder)
            across.setContentsMargins(24, 14, 24, 16)
            across.addWidget(part, 1000)
            across.addStretch(1)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(holder)
            self.stack.addWidget(area)
        body = QWidget()
        row(body, [self.tree, Rule(upright=True), self.stack], gap=0).setStretch(2, 1)
        column(self, [ScreenHead("设置")], gap=0).addWidget(body, 1)

    def panes(self) -> list[QWidget]:
        return [self.tree, self.stack.currentWidget()]

    def show_part(self, key: str) -> None:
        place = next((i for i, part in enumerate(PARTS) if part[0] == key), 0)
        self.stack.setCurrentIndex(place)
        part = self.parts[key]
        if hasattr(part, "reload"):
            part.reload()
        self.frame.status(self, ["账号与备份的每次更改都记入日志"], [keys.phrase("next_pane")])

    def entered(self) -> None:
        self.tree.select_key("office" if self.stack.currentIndex() == 0 else PARTS[self.stack.currentIndex()][0])
        self.show_part(PARTS[self.stack.currentIndex()][0])

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        return [(key, lambda key=key: self.tree.select_key(key)) for key, _, _ in PARTS[1:]]
