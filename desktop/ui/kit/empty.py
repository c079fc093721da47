"""An empty screen: what is missing, how it comes, the two usual actions. A filter that finds nothing says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from .buttons import KeyButton
from .text import IconView, Text, column, row


class Empty(QWidget):
    """`Empty("recycle", "还没有回收网点", "登记一个网点，或导入街道、镇交回的工作簿。", [KeyButton…])`."""

    def __init__(
        self, icon: str, line: str, hint: str = "", actions: Sequence[KeyButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line, self.hint = Text(line, size=14), Text(hint, ink="ink2", wrap=bool(hint))
        for words in (self.line, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture = row(None, [None, IconView(icon, size=28), None])
        buttons = row(None, [None, *actions, None])
        column(self, [None, picture, 2, self.line, self.hint, 2, buttons, None], gap=6, margins=(16, 12, 16, 12))
        self.setAccessibleName(f"{line}。{hint}")
