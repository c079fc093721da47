"""The words of the city's plan in serif, the figures in them underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from ...kit import look


class OfficialText(QTextEdit):
    """`set_pieces([(text, is a figure)…])`. As high as its text; can be selected and copied, not edited."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[tuple[str, bool]] = []
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self._label = label
        look.bus().changed.connect(self.refit)

    def set_pieces(self, pieces: Sequence[tuple[str, bool]]) -> None:
        self._pieces = list(pieces)
        words = "".join(text for text, _ in pieces)
        figures = "、".join(text for text, figure in pieces if figure)
        self.setAccessibleName(f"{self._label}，{words}")
        self.setAccessibleDescription(f"其中的指标：{figures}" if figures else "")
        self.refit()

    def refit(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(look.theme().px(24), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        for text, figure in self._pieces:
            ink = QTextCharFormat()
            ink.setFont(look.font(13, official=True))
            ink.setForeground(look.color("ink"))
            if figure:
                ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                ink.setUnderlineColor(look.color("accent"))
            cursor.insertText(text, ink)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(max(self.viewport().width(), 80))
        self.setFixedHeight(int(self.document().size().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # the pane around it scrolls
