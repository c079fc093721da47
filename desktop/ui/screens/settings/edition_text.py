"""The words of an item of the plan, what went struck out and what came underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from ...kit import look
from ..tasks.official import OfficialText

TOLD = {"same": "", "gone": "删去", "new": "新增"}


class ChangedText(OfficialText):
    """`set_words([(same, gone or new, text)…])`."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self._words: list[tuple[str, str]] = []
        super().__init__(label, parent)

    def set_words(self, words: Sequence[tuple[str, str]]) -> None:
        self._words = list(words)
        told = "".join(f"（{TOLD[kind]}：{text}）" if kind != "same" else text for kind, text in words)
        self.setAccessibleName(f"{self._label}，{told}")
        self.refit()

    def refit(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(look.theme().px(24), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        for kind, text in self._words:
            ink = QTextCharFormat()
            ink.setFont(look.font(13, official=True))
            ink.setForeground(look.color({"gone": "red", "new": "green"}.get(kind, "ink")))
            ink.setFontStrikeOut(kind == "gone")
            if kind == "new":
                ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            cursor.insertText(text, ink)
        self._fit()
