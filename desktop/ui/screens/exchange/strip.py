"""The line that comes when a stick is plugged in: its name, how much is new on it, two verbs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...kit.buttons import KeyButton
from ...kit.text import IconView, Text, ground, row


class StickStrip(QWidget):
    """`show_sticks([(folder, name)…])`, `tell(folder, news)`; hidden without a stick."""

    look_at = Signal(str)
    write_to = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._words: dict[str, tuple[str, Text]] = {}
        self.hide()

    def show_sticks(self, sticks: list[tuple[str, str]]) -> None:
        while self._down.count():
            old = self._down.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._words = {}
        for number, (folder, name) in enumerate(sticks):
            line = ground(QWidget(), "soft")
            words = Text(f"U 盘 {name}（{folder}）", cut=True)
            see, put = KeyButton("看里面", name=f"look.{number}"), KeyButton("写入", name=f"put.{number}")
            see.clicked.connect(lambda _=False, f=folder: self.look_at.emit(f))
            put.clicked.connect(lambda _=False, f=folder: self.write_to.emit(f))
            row(line, [IconView("usb"), words, see, put], margins=(16, 5, 16, 5)).setStretch(1, 1)
            self._down.addWidget(line)
            self._words[folder] = (name, words)
        self.setVisible(bool(sticks))

    def tell(self, folder: str, news: int) -> None:
        if folder in self._words:
            name, words = self._words[folder]
            told = f"，{news} 份有新内容" if news else "，没有新内容"
            words.setText(f"U 盘 {name}（{folder}）{told}")
