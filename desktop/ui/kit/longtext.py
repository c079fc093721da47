"""Text of several lines with its count against the limit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from . import look
from .field import Box, Field


class LongText(Field):
    """Several lines of plain text. With `limit` the line below counts: 128 / 500 字. Tab leaves the field."""

    def __init__(self, name: str, label: str = "", *, lines: int = 3, limit: int = 0, **rest: object) -> None:
        super().__init__(name, label, **rest)
        self.limit, self._lines = limit, lines
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setReadOnly(self.readonly)
        self.edit.document().setDocumentMargin(2)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = Box(tall=True)
        box.hold(self.edit)
        self.build(box, self.edit)
        self.edit.textChanged.connect(self._typed)
        self.refit()

    def refit(self) -> None:
        line = look.metrics(13).lineSpacing()
        self.box.setFixedHeight(line * self._lines + 14)

    def _typed(self) -> None:
        if self.composing():
            return
        self._count()
        if self.edit.hasFocus():
            self.changed.emit(self.edit.toPlainText())

    def _count(self) -> None:
        if self.limit:
            used = len(self.edit.toPlainText().strip())
            self.echo_text = f"{used} / {self.limit} 字" if used else ""
            if self.error_text.startswith("超出"):
                self.error_text = ""
            if used > self.limit:
                self.error_text = f"超出 {used - self.limit} 字，最多 {self.limit} 字"
            self.refresh()

    def value(self) -> str | None:
        return self.edit.toPlainText().strip() or None

    def set_value(self, value: str | None) -> None:
        self.edit.setPlainText(value or "")
        self._count()
        self.refresh()

    def set_readonly(self, on: bool) -> None:
        self.edit.setReadOnly(on)
        super().set_readonly(on)


def fixed_text(words: str, parent: QWidget | None = None) -> QPlainTextEdit:
    """A read-only area of plain text that can be selected and copied (details of a fault, an official text)."""
    made = QPlainTextEdit(parent)
    made.setPlainText(words)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    return made
